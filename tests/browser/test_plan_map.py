"""A site under the hand on a real map: verdicts move with it."""

import io
import math
import re
from uuid import uuid4

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from planning.models import Plan, Proposal
from tests.browser.conftest import TABLET
from tests.browser.ground import Ground

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Where a site is gone to, a pixel of the screen is so many metres.
METRES = 40_075_016.686 * 0.9079 / (512 * 2**19.5)


@pytest.fixture
def ground(estate) -> Ground:
    return Ground(estate)


@pytest.fixture
def plan(people) -> Plan:
    return Plan.objects.create(
        id=uuid4(), name="陈村第一批", by=people["planner"], shared=True, content_sha256="0"
    )


def open_site(page: Page, plan: Plan, ground: Ground, x: float, y: float) -> None:
    """A site there, lying east and west, in the middle of what is seen of the map."""
    page.goto(f"/plan/?plan={plan.pk}")
    page.get_by_text("按坐标放置").click()
    page.get_by_label("坐标").fill(ground.typed(x, y))
    page.get_by_role("button", name="放在此处").click()
    expect(page.locator(".verdict").first).to_be_visible()
    expect(page.locator(".saving")).to_have_attribute("data-saving", "saved")
    at_rest(page)


def at_rest(page: Page) -> None:
    expect(page.locator(".desk-map .map")).to_have_attribute("aria-busy", "false")


def middle_of(page: Page) -> tuple[float, float]:
    frame = page.locator(".desk-map").bounding_box()
    panel = page.locator(".desk-panel").bounding_box()
    assert frame is not None
    assert panel is not None
    left = panel["width"] + 12 if frame["width"] > 1024 else 0
    return (left + frame["width"]) / 2, frame["y"] + frame["height"] / 2


def drag(page: Page, start: tuple[float, float], right: float, down: float) -> None:
    """Held at its end: the button is not let go of."""
    x, y = start
    page.mouse.move(x, y)
    page.mouse.down()
    for n in range(1, 13):
        page.mouse.move(x + right * n / 12, y + down * n / 12)


def test_verdicts_move_with_a_site_over_a_lane_by_a_wall_and_onto_excluded_ground(
    page_as, plan, ground
):
    page = page_as("planner", draws=True, expected=("422",))
    open_site(page, plan, ground, 110, 62)
    lane, wall = (page.locator(f".verdict[data-code={code}]") for code in ("R01", "R03"))
    live = page.locator(".plan-live")
    expect(lane).to_have_attribute("data-verdict", "ok")
    start = middle_of(page)

    # Twenty-two metres to the south the lane is; with the hand still on it, it is told.
    drag(page, start, 0, 22 / METRES)
    expect(live).to_contain_text("占用消防车通道")
    expect(lane).to_have_attribute("data-verdict", "breach")
    expect(page.locator(".verdict").first).to_have_attribute("data-code", re.compile("R01"))

    # Back, and on to the wall, in the same pull.
    for n in range(1, 13):
        page.mouse.move(start[0], start[1] + (22 - 38 * n / 12) / METRES)
    expect(lane).to_have_attribute("data-verdict", "ok")
    expect(wall).to_have_attribute("data-verdict", "breach")
    expect(wall).to_contain_text("0.9")
    page.mouse.up()
    expect(live).to_have_count(0)
    expect(page.locator(".verdict-who")).to_have_attribute("data-state", "checked")
    expect(wall).to_have_attribute("data-verdict", "breach")
    expect(page.locator(".saving")).to_have_attribute("data-saving", "saved")
    assert Proposal.objects.get().anchor.y == pytest.approx(ground.at(0, 78)[1], abs=3e-6)

    # What the office keeps to itself only the server knows.
    x, y = start[0], start[1] - 16 / METRES
    drag(page, (x, y), 55 / METRES, 10 / METRES)
    page.mouse.up()
    excluded = page.locator(".verdict[data-code=R00]")
    expect(excluded).to_have_attribute("data-verdict", "breach")
    expect(page.get_by_text("服务器没有接受").first).to_be_visible()

    moves = page.evaluate(
        "() => performance.getEntriesByName('plan-move').map((each) => each.duration)"
    )
    assert len(moves) > 10


def test_a_site_is_placed_and_an_outline_drawn_by_pressing_the_map(page_as, plan, ground):
    page = page_as("planner", draws=True)
    open_site(page, plan, ground, 90, 62)
    x, y = middle_of(page)
    page.get_by_role("button", name="返回方案").click()
    page.get_by_role("button", name="放置充电点").click()
    page.mouse.click(x + 15 / METRES, y)
    expect(page.get_by_role("heading", name="充电点 2")).to_be_visible()
    page.get_by_role("button", name="返回方案").click()
    page.get_by_role("button", name="画边界").click()
    corners = [(0, -12), (10, -12), (10, -6), (0, -6)]
    for right, down in corners:
        page.mouse.move(x + right / METRES, y + down / METRES)
        page.mouse.click(x + right / METRES, y + down / METRES)
    page.mouse.move(x + 2 / METRES, y - 9 / METRES)
    page.get_by_role("button", name="完成").click()
    expect(page.get_by_role("heading", name="充电点 3")).to_be_visible()
    expect(page.locator(".saving")).to_have_attribute("data-saving", "saved")
    outlines = Proposal.objects.order_by("created_at").values_list("outline", flat=True)
    assert list(outlines) == ["rectangle", "rectangle", "drawn"]


def test_a_distance_is_measured_on_the_map(page_as, plan, ground):
    page = page_as("planner", draws=True)
    open_site(page, plan, ground, 90, 62)
    x, y = middle_of(page)
    page.get_by_role("button", name="量距离").click()
    for right in (10, 30):
        page.mouse.move(x + right / METRES, y + 80)
        page.mouse.click(x + right / METRES, y + 80)
    page.get_by_role("button", name="完成").click()
    says = page.locator(".plan-hint")
    expect(says).to_contain_text(re.compile(r"(19\.9|20\.0)\d 米"))
    page.keyboard.press("Escape")
    expect(says).to_have_count(0)


def test_a_finger_moves_a_site_on_a_tablet(page_as, plan, ground):
    page = page_as("planner", draws=True, viewport=TABLET, has_touch=True)
    open_site(page, plan, ground, 100, 62)
    x, y = middle_of(page)
    page.evaluate("scrollTo(0, 0)")
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        told = [{"x": px, "y": py} for px, py in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": told})

    touch("touchStart", (x, y))
    for n in range(1, 11):
        touch("touchMove", (x, y + 22 / METRES * n / 10))
    expect(page.locator(".plan-live")).to_contain_text("占用消防车通道")
    touch("touchEnd")
    expect(page.locator(".verdict[data-code=R01]")).to_have_attribute("data-verdict", "breach")
    expect(page.locator(".saving")).to_have_attribute("data-saving", "saved")
    assert Proposal.objects.get().anchor.y == pytest.approx(ground.at(0, 40)[1], abs=5e-6)


def test_a_plan_is_printed_as_a_clean_sheet(page_as, plan, ground):
    page = page_as("planner", draws=True)
    open_site(page, plan, ground, 90, 62)
    page.evaluate("() => { window.print = () => document.body.setAttribute('printed', '') }")
    page.get_by_role("button", name="打印").click()
    expect(page.locator("body[printed]")).to_be_attached()
    page.emulate_media(media="print")
    sheet = page.locator(".plan-sheet")
    expect(sheet.get_by_role("heading", name="陈村第一批")).to_be_visible()
    expect(sheet.locator("img")).to_be_visible()
    expect(sheet.get_by_role("heading", name="充电点 1")).to_be_visible()
    expect(page.locator(".desk-panel")).to_be_hidden()
    assert "凭记忆，待核实" not in sheet.inner_text()


def knob(page: Page, degrees: float) -> tuple[float, float]:
    """Where the knob stands when the long side of ten bays points there, clockwise from north."""
    x, y = middle_of(page)
    out = 4 / METRES + 34
    turn = math.radians(degrees)
    return x + out * math.sin(turn), y - out * math.cos(turn)


def turn(page: Page, start: float, end: float) -> None:
    """By the knob, along its circle; the button is not let go of."""
    page.mouse.move(*knob(page, start))
    page.mouse.down()
    for n in range(1, 13):
        page.mouse.move(*knob(page, start + (end - start) * n / 12))


def test_a_site_is_turned_by_its_knob_and_by_keys_and_lies_along_walls(page_as, plan, ground):
    page = page_as("planner", draws=True)
    open_site(page, plan, ground, 100, 75)
    wall = page.locator(".verdict[data-code=R03]")
    saving = page.locator(".saving")
    expect(wall).to_have_attribute("data-verdict", "ok")
    middle = Proposal.objects.get().anchor.coords

    # Upright, its end comes within a metre of the wall; with the hand still on it, it is told.
    turn(page, 90, 152)
    expect(page.locator(".plan-live")).to_contain_text("建筑")
    expect(wall).to_have_attribute("data-verdict", "breach")
    page.mouse.up()
    expect(page.locator(".verdict-who")).to_have_attribute("data-state", "checked")
    expect(saving).to_have_attribute("data-saving", "saved")
    turned = Proposal.objects.get()
    assert turned.rotation_deg == pytest.approx(152, abs=0.5)
    assert turned.anchor.coords == pytest.approx(middle, abs=1e-8)

    # Nearly along the wall is along it.
    turn(page, 152, 91.5)
    page.mouse.up()
    expect(wall).to_have_attribute("data-verdict", "ok")
    expect(saving).to_have_attribute("data-saving", "saved")
    assert Proposal.objects.get().rotation_deg == pytest.approx(90, abs=0.02)

    # A degree, fifteen more, and both at once are undone.
    page.keyboard.press("BracketRight")
    page.keyboard.press("Shift+BracketRight")
    expect(saving).to_have_attribute("data-saving", "saved")
    expect(page.locator(".verdict-who")).to_have_attribute("data-state", "checked")
    assert Proposal.objects.get().rotation_deg == pytest.approx(106, abs=0.02)
    page.keyboard.press("Control+z")
    expect(saving).to_have_attribute("data-saving", "saved")
    assert Proposal.objects.get().rotation_deg == pytest.approx(90, abs=0.02)


LOSES = """() => {
  const canvas = document.querySelector("canvas.maplibregl-canvas");
  window.context = canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
  const lost = new Promise((seen) => canvas.addEventListener("webglcontextlost", seen));
  window.context.loseContext();
  return lost.then(() => null);
}"""
RESTORES = """() => {
  const canvas = document.querySelector("canvas.maplibregl-canvas");
  const back = new Promise((seen) => canvas.addEventListener("webglcontextrestored", seen));
  window.context.restoreContext();
  return back.then(() => null);
}"""


def seen(page: Page) -> Image.Image:
    """The site and what lies around it, without what floats over the map."""
    x, y = middle_of(page)
    clip = {"x": x - 220, "y": y - 160, "width": 440, "height": 320}
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that are not the same."""
    apart = ImageChops.difference(one, other).convert("L").point(lambda by: 255 * (by > 24))
    return apart.histogram()[255] / (apart.width * apart.height)


def test_a_lost_drawing_context_takes_nothing_of_the_map_nor_of_what_is_in_the_hand(
    page_as, plan, ground
):
    page = page_as("planner", draws=True)
    open_site(page, plan, ground, 110, 62)
    expect(page.locator(".verdict-who")).to_have_attribute("data-state", "checked")
    page.mouse.move(5, 5)
    at_rest(page)
    before = seen(page)
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".verdict-who")).to_have_attribute("data-state", "checked")
    at_rest(page)
    assert unlike(seen(page), before) > 0.002
    page.evaluate(LOSES)
    page.keyboard.press("Control+z")
    expect(page.locator(".verdict-who")).to_have_attribute("data-state", "checked")
    page.evaluate(RESTORES)
    at_rest(page)
    assert unlike(seen(page), before) < 0.002

    # While it is in the hand, on its way to the lane; and it grew dark meanwhile.
    start = middle_of(page)
    drag(page, start, 0, 11 / METRES)
    page.evaluate(LOSES)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.mouse.move(start[0], start[1] + 22 / METRES)
    expect(page.locator(".plan-live")).to_contain_text("占用消防车通道")
    page.evaluate(RESTORES)
    page.mouse.move(start[0], start[1] + 23 / METRES)
    page.mouse.up()
    expect(page.locator(".verdict-who")).to_have_attribute("data-state", "checked")
    expect(page.locator(".saving")).to_have_attribute("data-saving", "saved")
    assert Proposal.objects.get().anchor.y == pytest.approx(ground.at(0, 39)[1], abs=3e-6)
    page.keyboard.press("Control+z")
    page.mouse.move(5, 5)
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    at_rest(page)
    assert unlike(seen(page), before) < 0.002
