"""A site under the hand on the planners' map, in Chromium without a graphics card: over a lane, by
a wall and into excluded ground.

Three times of each move: judging it by the rules; all that the page does for it, with snapping, the
list of verdicts and the shapes for the map; and the whole of it, from the pointer's event until the
browser has painted the page.
"""

import math
import os
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from uuid import uuid4

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright

from bench import figures, ground
from bench.figures import Figure
from bench.ground import Ground
from bench.office import web
from bench.page import ARGUMENTS, session_of
from people.models import Membership, User
from planning.models import Plan

SIZE = {"width": 1280, "height": 800}
# Where the site goes, in metres: from open ground over the lane and back, to within a metre of the
# wall, and over the edge of the excluded ground.
WAY = ((4, -3), (4, 9), (4, -3), (14, -10), (33, -6))
STEPS = 15
# As near as the map goes to a new site.
ZOOM = 19.5
EQUATOR_M = 40_075_016.686
# A message that is sent in a frame is handed over when that frame is painted.
WATCH = """() => {
  window.moves = [];
  addEventListener("mousemove", ({ timeStamp }) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => window.moves.push(performance.now() - timeStamp);
    port2.postMessage(null);
  }), { capture: true });
}"""
TOOK = "(name) => performance.getEntriesByName(name).map(({ duration }) => duration)"


def measure(dsn: str) -> dict[str, Figure]:
    expect.set_options(timeout=60_000)
    person = _planner()
    session = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(person)}
    grounds = {"small ground": ground.small(), "120 buildings": ground.large()}
    plans = {name: _plan(person) for name in grounds}
    told: dict[str, Figure] = {}
    with web(DEBUG="1") as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=ARGUMENTS
        )
        for name, where in grounds.items():
            context = chromium.new_context(viewport=SIZE, locale="zh-CN")
            address = f"http://127.0.0.1:{port}"
            context.add_cookies([session | {"url": address}])
            page = context.new_page()
            page.goto(f"{address}/plan/?plan={plans[name].pk}")
            for part, ms in _dragged(page, where).items():
                told[f"{part}, {name}"] = figures.spread(ms)
            context.close()
        chromium.close()
    return told | figures.machine()


def _planner() -> User:
    person, _ = User.objects.get_or_create(
        username="planner", defaults={"privacy_read_at": timezone.now()}
    )
    Membership.objects.get_or_create(user=person, role="planner", since=date(2024, 1, 1))
    return person


def _plan(person: User) -> Plan:
    new = uuid4()
    return Plan.objects.create(id=new, name=f"{new}", by=person, shared=True, content_sha256="0")


def _dragged(page: Page, where: Ground) -> dict[str, list[float]]:
    """Milliseconds of each move."""
    page.get_by_text("按坐标放置").click()
    lon, lat = where.at(*WAY[0])
    page.get_by_label("坐标").fill(f"{lon:.7f}, {lat:.7f}")
    page.get_by_role("button", name="放在此处").click()
    expect(page.locator(".verdict-who")).to_have_attribute("data-state", "checked")
    expect(page.locator(".map-loading")).to_have_count(0)
    page.evaluate(WATCH)
    places = list(_way(page, where))
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)
    page.wait_for_function(f"window.moves.length >= {len(places)}")
    took = {
        "a move by the rules in Chromium": page.evaluate(TOOK, "plan-judge"),
        "a move in the page": page.evaluate(TOOK, "plan-move"),
        # The first is the press.
        "a move until it is painted": page.evaluate("window.moves")[1:],
    }
    page.mouse.up()
    expect(page.locator(".verdict[data-code=R00]")).to_have_attribute("data-verdict", "breach")
    return took


def _way(page: Page, where: Ground) -> Iterator[tuple[float, float]]:
    """In pixels: the site lies in the middle of what is seen of the map."""
    frame, panel = (page.locator(name).bounding_box() for name in (".desk-map", ".desk-panel"))
    assert frame
    assert panel
    x = (panel["width"] + 12 + frame["width"]) / 2
    y = frame["y"] + frame["height"] / 2
    metres = EQUATOR_M * math.cos(math.radians(where.middle[1])) / (512 * 2**ZOOM)
    yield x, y
    for start, end in pairwise(WAY):
        for n in range(1, STEPS + 1):
            east, north = (
                a + (b - a) * n / STEPS - first
                for a, b, first in zip(start, end, WAY[0], strict=True)
            )
            yield x + east / metres, y - north / metres
