"""The leaders' page with everything on it, in Chromium without a graphics card, against the same
page of a time in which nothing was recorded; and each question it asks, over HTTP with nothing
kept, against the same from rows.

The page itself tells when all of an address is on its map (`DRAWN_MARK` of its scene).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bench import figures, leading_server, office
from bench.figures import Figure
from bench.load import ROUNDS
from bench.office import web
from bench.page import ARGUMENTS, session_of
from inspections.models import Case
from people.models import Membership, User

SIZE = {"width": 1280, "height": 800}
CASES = 100_000
# The records are of two years up to the last day; of the others there are none.
FULL = "since=2023-12-21&until=2024-12-20&as_of=2024-12-20"
EMPTY = "since=2011-12-21&until=2012-12-20&as_of=2012-12-20"
VIEWS = ("heat", "hexagons", "estates", "points")
# What a hand does at the filter, one after the other.
FILTERS = (
    ("filter-kind", "fire_lane"),
    ("filter-severity", "1"),
    ("filter-kind", ""),
    ("filter-severity", ""),
)
STEPS = 6
PATIENCE_MS = 120_000
# When all of the address was on the map that is shown since a moment of the page's own clock.
DRAWN = """(since) => {
  const last = performance.getEntriesByName("lead-drawn").at(-1);
  return last?.detail === location.search && last.startTime > since && last.startTime;
}"""


@dataclass(frozen=True, slots=True)
class Visit:
    """Milliseconds, and what was asked for."""

    first: float
    filters: list[float]
    steps: list[float]
    asked_at_first: int
    asked_by_steps: int


def measure(dsn: str) -> dict[str, Figure]:
    office.add_cases(CASES - Case.objects.count())
    expect.set_options(timeout=PATIENCE_MS)
    session = session_of(_leader())
    visits: dict[tuple[str, str], list[Visit]] = {}
    with web(KEPT_BYTES="0") as port, _chromium() as chromium:
        address = f"http://127.0.0.1:{port}"
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}
        ways = [(view, layer) for view in VIEWS for layer in (FULL, EMPTY)]
        # The first is not counted: the web processes are still reading their code.
        for n, (view, layer) in enumerate([ways[0], *ways * ROUNDS]):
            with _context(chromium, cookie) as context:
                visit = _visit(context, f"{address}/overview/?view={view}&{layer}")
            if n:
                visits.setdefault((view, layer), []).append(visit)
    return _told(visits) | leading_server.measure() | figures.machine()


def _leader() -> User:
    person, _ = User.objects.get_or_create(
        username="leader", defaults={"privacy_read_at": timezone.now()}
    )
    Membership.objects.get_or_create(user=person, role="leader", since=date(2024, 1, 1))
    return person


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=ARGUMENTS
        )
        yield browser
        browser.close()


@contextmanager
def _context(chromium: Browser, cookie: dict[str, str]) -> Iterator[BrowserContext]:
    """A browser that was never here."""
    context = chromium.new_context(viewport=SIZE, locale="zh-CN")
    context.add_cookies([cookie])
    yield context
    context.close()


def _visit(context: BrowserContext, address: str) -> Visit:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    first = _drawn(page, 0)
    at_first = _questions(asked)
    page.wait_for_load_state("networkidle")
    page.locator(".filter-fold summary").click()
    filters = [_chosen(page, name, value) for name, value in FILTERS]
    page.locator(".filter-fold summary").click()
    slider = page.get_by_role("slider", name="时间")
    expect(slider).to_be_enabled()
    page.wait_for_load_state("networkidle")
    slider.focus()
    # The first key leads from the whole period into its steps.
    page.keyboard.press("Home")
    _drawn(page, 0)
    page.wait_for_load_state("networkidle")
    asked.clear()
    steps = [_pressed(page, "ArrowRight") for _ in range(STEPS)]
    return Visit(first, filters, steps, at_first, _questions(asked))


def _drawn(page: Page, since: float) -> float:
    """Milliseconds of the page's clock."""
    return float(page.wait_for_function(DRAWN, arg=since, timeout=PATIENCE_MS).json_value())


def _chosen(page: Page, name: str, value: str) -> float:
    page.wait_for_load_state("networkidle")
    begun = float(page.evaluate("performance.now()"))
    page.locator(f"#{name}").select_option(value)
    return _drawn(page, begun) - begun


def _pressed(page: Page, key: str) -> float:
    begun = float(page.evaluate("performance.now()"))
    page.keyboard.press(key)
    return _drawn(page, begun) - begun


def _questions(asked: list[str]) -> int:
    """To the API and for tiles, but whether anything is new."""
    return sum(("/api/" in each or "/tiles/" in each) and "/version/" not in each for each in asked)


def _told(visits: dict[tuple[str, str], list[Visit]]) -> dict[str, Figure]:
    told: dict[str, Figure] = {}
    for view in VIEWS:
        full, empty = visits[view, FULL], visits[view, EMPTY]
        for name, times in (
            ("first map", lambda visit: [visit.first]),
            ("filter change", lambda visit: visit.filters),
            ("slider step", lambda visit: visit.steps),
        ):
            here, there = ([ms for visit in each for ms in times(visit)] for each in (full, empty))
            told[f"{name}, {view}"] = {
                **figures.spread(here),
                "ratio": median(here) / median(there),
            }
        told[f"first map, {view}, asked"] = {
            "questions": median(visit.asked_at_first for visit in full)
        }
        told[f"slider step, {view}, asked"] = {
            "questions": median(visit.asked_by_steps for visit in full) / STEPS
        }
    return told
