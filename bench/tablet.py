"""The inspector's app in Chromium: its weight, how soon it is there, how long a record takes."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect, sync_playwright

from bench.figures import Figure
from bench.load import ROUNDS
from bench.office import web
from bench.page import ARGUMENTS, session_of
from people.models import Membership, User

SIZE = {"width": 800, "height": 1280}
ESTATE = "小区50"
# Everything that the worker keeps for days without a network.
KEPT = """async () => {
  let bytes = 0;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys())
      bytes += (await (await cache.match(key)).blob()).size;
  }
  return bytes;
}"""


class _Taps:
    """Taps as a finger makes them, counted."""

    def __init__(self) -> None:
        self.n = 0

    def __call__(self, target: Locator) -> None:
        target.click()
        self.n += 1


def measure(dsn: str) -> dict[str, Figure]:
    expect.set_options(timeout=60_000)
    session = _inspector()
    with web(DEBUG="1") as port, sync_playwright() as playwright, TemporaryDirectory() as data:
        address = f"http://127.0.0.1:{port}"
        start = _starter(playwright, Path(data), address, session)
        told = _first_day(start, address)
        cold: list[float] = []
        warm: list[float] = []
        for _ in range(ROUNDS):
            context = start()
            context.set_offline(True)
            page = _page(context)
            cold.append(_opened(page, address))
            warm.append(_opened(page, address))
            context.close()
    return told | {
        "tablet, cold start with no network": {"s": median(cold)},
        "tablet, opened again with no network": {"s": median(warm)},
    }


def _inspector() -> str:
    """The key of a session."""
    person, _ = User.objects.get_or_create(
        username="tablet", defaults={"privacy_read_at": timezone.now()}
    )
    Membership.objects.get_or_create(
        user=person, role="inspector", community_id=5, since=date(2024, 1, 1)
    )
    return session_of(person)


def _starter(
    playwright: Playwright, data: Path, address: str, session: str
) -> Callable[[], BrowserContext]:
    """A browser on the same disk each time."""

    def start() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            data,
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium",
            args=ARGUMENTS,
            viewport=SIZE,
            locale="zh-CN",
            geolocation={"longitude": 118.57, "latitude": 24.78, "accuracy": 8},
            permissions=["geolocation"],
        )
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}]
        )
        return context

    return start


def _page(context: BrowserContext) -> Page:
    return context.pages[0] if context.pages else context.new_page()


def _opened(page: Page, address: str) -> float:
    """Seconds until there is something to find an estate with."""
    page.goto("about:blank")
    begun = perf_counter()
    page.goto(f"{address}/field/")
    expect(page.get_by_role("searchbox")).to_be_visible()
    return perf_counter() - begun


def _first_day(start: Callable[[], BrowserContext], address: str) -> dict[str, Figure]:
    context = start()
    page = _page(context)
    page.goto(f"{address}/field/")
    begun = perf_counter()
    page.get_by_role("button", name="下载", exact=True).click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    taken = perf_counter() - begun
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    reply = context.request.get(f"{address}/api/v1/pack/?community=5").json()
    basemap = (reply["basemap"] or {"bytes": 0})["bytes"]
    one, whole = _record(page, address, few=True), _record(page, address, few=False)
    heap = context.new_cdp_session(page)
    heap.send("HeapProfiler.collectGarbage")
    used = heap.send("Runtime.getHeapUsage")["usedSize"]
    told: dict[str, Figure] = {
        "tablet, the app on its disk": {"kB": page.evaluate(KEPT) / 1000},
        "tablet, a community's pack": {"kB": reply["bytes"] / 1000},
        "tablet, the base map": {"kB": basemap / 1000},
        "tablet, pack taken": {"s": taken},
        "tablet, one fault recorded": one,
        "tablet, a whole checklist recorded": whole,
        "tablet, heap with the pack": {"MB": used / 1e6},
    }
    context.close()
    return told


def _record(page: Page, address: str, *, few: bool) -> Figure:
    """From the first screen until the record is safe on the tablet."""
    page.goto(f"{address}/field/#/")
    page.get_by_role("searchbox").fill(ESTATE)
    tap = _Taps()
    begun = perf_counter()
    tap(page.get_by_role("link", name=ESTATE))
    tap(page.get_by_role("link", name="照明"))
    questions = page.locator(".question")
    expect(questions.first).to_be_visible()
    if few:
        tap(questions.first.get_by_label("有问题", exact=True))
    for n in range(0 if few else questions.count()):
        ways = questions.nth(n)
        fine = ways.get_by_label("没问题", exact=True)
        tap(fine if fine.count() else ways.get_by_label("未能检查", exact=True))
    tap(page.get_by_role("link", name="核对并提交"))
    tap(page.get_by_role("button", name="提交", exact=True))
    expect(page.get_by_role("heading", name="已提交")).to_be_visible()
    return {"taps": tap.n, "s": perf_counter() - begun}
