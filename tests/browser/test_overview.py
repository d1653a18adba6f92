"""The leaders' page in a real browser: what a leader comes for, on records that came in."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from geo.models import Estate
from inspections.models import ClosedSpan, Finding
from tests.browser.conftest import PHONE
from tests.factories import CaseFactory, EstateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ESTATES = "/overview/?view=estates&since="
VERSION = "/overview/version/"


@pytest.fixture
def target(estate) -> Estate:
    """On the list of this year's twenty."""
    estate.target_year = 2024
    estate.save()
    return estate


@pytest.fixture
def finds(as_user, target):
    """`finds(days=3)`: a fire lane found blocked, so long ago."""

    def one(*, estate: Estate = target, days: float = 0) -> None:
        west, south, east, north = estate.geom.extent
        place = {"type": "Point", "coordinates": [(west + east) / 2, (south + north) / 2]}
        recorded_at = timezone.now() - timedelta(days=days, hours=1)
        reply = as_user("inspector").put(
            f"/api/v1/inspections/{uuid4()}/",
            {
                "kind": "fire_lane",
                "estate": estate.pk,
                "location": place,
                "location_source": "gps",
                "accuracy_m": 8,
                "recorded_at": recorded_at.isoformat(),
                "answers": {"XF-01": True},
            },
            format="json",
        )
        assert reply.status_code == 201

    return one


def number(page: Page, name: str):
    return page.locator(".big-number", has=page.get_by_text(name, exact=True)).locator("dd").first


def asked(page: Page) -> list[str]:
    """What the page asks the server from here on, but whether anything is new."""
    told: list[str] = []

    def note(request) -> None:
        if ("/api/" in request.url or "/tiles/" in request.url) and VERSION not in request.url:
            told.append(request.url)

    page.on("request", note)
    return told


def main_colour(page: Page) -> tuple[int, ...]:
    """Of most pixels in the middle of the map."""
    pixels = middle_of_map(page)
    return max(pixels, key=lambda colour: pixels[colour])


def middle_of_map(page: Page) -> dict[tuple[int, ...], int]:
    """How many pixels of each colour are there."""
    box = page.locator("canvas.maplibregl-canvas").bounding_box()
    x = box["x"] + 472 + (box["width"] - 472) / 2
    clip = {"x": x - 40, "y": box["y"] + (box["height"] - 124) / 2 - 40, "width": 80, "height": 80}
    image = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    return {colour: n for n, colour in image.getcolors(6400)}


def drawn(page: Page) -> None:
    """The map stands still and has all it shows."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator(".map[aria-busy=false]").first).to_be_visible()


def test_a_leader_sees_what_the_inspector_found_and_opens_just_those_rows(page_as, target, finds):
    for days in (1, 2, 40):
        finds(days=days)
    page = page_as("leader")
    page.goto("/overview/?view=estates&" + last(30))
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^2"))
    expect(number(page, "未销号")).to_have_text("3 处")
    expect(page.get_by_text("这段时间内检查发现").first).to_be_visible()
    number(page, "发现隐患数").get_by_role("link").click()
    expect(page.get_by_role("heading", name="2 条明细")).to_be_visible()
    rows = page.get_by_role("region", name="数字背后的明细").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("银星花园")
    expect(page).to_have_url(re.compile("rows="))
    page.get_by_role("button", name="返回").click()
    expect(number(page, "未销号")).to_have_text("3 处")


def last(days: int) -> str:
    today = timezone.localdate()
    return f"since={today - timedelta(days=days - 1)}&until={today}"


def test_a_rate_is_told_with_what_it_is_of_and_how_sure_it_is(page_as, target, finds):
    finds()
    page = page_as("leader")
    page.goto(ESTATES)
    page.get_by_label("指标").select_option("rate")
    expect(page.get_by_text("1 条 ÷ 1 次检查").first).to_be_visible()
    expect(page.get_by_text("95% 区间 0.03 至 5.57").first).to_be_visible()
    expect(page).to_have_url(re.compile("measure=rate"))


def test_an_estate_is_read_by_keys_with_its_number_and_its_doubt(page_as, target, finds):
    finds()
    page = page_as("leader")
    page.goto(ESTATES + "&measure=rate&kind=fire_lane")
    page.get_by_text("各小区的数").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="银星花园").first.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("complementary")
    expect(card).to_contain_text("银星花园")
    expect(card).to_contain_text("1 条 ÷ 1 次检查")
    expect(card).to_contain_text("高低可能只是偶然")
    page.get_by_role("button", name="关闭").focus()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_where_nobody_looked_is_said_and_not_taken_for_no_hazard(page_as, target, finds):
    finds(days=60)
    page = page_as("leader")
    page.goto(ESTATES)
    page.get_by_text("各小区的数").click()
    row = page.get_by_role("row", name="银星花园").first
    expect(row).to_contain_text("未检查")
    row.get_by_role("button").click()
    expect(page.get_by_role("complementary")).to_contain_text("没有记录不等于没有隐患")


def test_a_record_that_comes_in_is_on_the_open_page_by_itself(page_as, target, finds):
    finds(days=1)
    page = page_as("leader")
    page.goto(ESTATES)
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^1"))
    page.get_by_text("各小区的数").click()
    versions: list[str] = []
    page.on("request", lambda each: versions.append(each.url) if VERSION in each.url else None)
    finds()
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^2"))
    # It asks every two seconds: the second question after the record knows of it.
    assert len(versions) <= 2
    expect(page.get_by_text("有新数据，已更新")).to_be_visible()
    # What was open stays open.
    expect(page.get_by_role("row", name="银星花园").first).to_be_visible()


def test_a_step_of_the_slider_asks_the_server_nothing(page_as, target, finds):
    for days in (3, 20, 20):
        finds(days=days)
    page = page_as("leader")
    page.goto(f"{ESTATES[:-6]}{last(30)}&step=week")
    slider = page.get_by_role("slider", name="时间")
    expect(slider).to_be_enabled()
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^3"))
    page.wait_for_load_state("networkidle")
    questions = asked(page)
    slider.focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("at="))
    said = []
    for _ in range(4):
        said.append(slider.get_attribute("aria-valuetext"))
        page.keyboard.press("ArrowRight")
    said.append(slider.get_attribute("aria-valuetext"))
    numbers = [int(re.search(r"：(\d+)", each).group(1)) for each in said]
    assert sum(numbers) == 3
    assert max(numbers) == 2
    assert questions == []
    page.get_by_role("button", name="整段").click()
    expect(page).not_to_have_url(re.compile("at="))


def signs(page: Page) -> int:
    """Pixels in the middle of the map that have the colour of immediate danger."""
    drawn(page)
    colour = page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--danger').trim()"
    )
    return middle_of_map(page).get(tuple(bytes.fromhex(colour.removeprefix("#"))), 0)


def test_single_findings_follow_the_slider_to_the_day(page_as, target, finds):
    """Found on the first day, put right on the third, opened again on the fifth."""
    finds(days=9)
    finding = Finding.objects.get()
    closed, again = (finding.recorded_at + timedelta(days=days) for days in (2, 4))
    ClosedSpan.objects.create(finding=finding, closed_at=closed, reopened_at=again)
    page = page_as("leader", draws=True)
    first = timezone.localdate(finding.recorded_at)
    page.goto(f"/overview/?view=points&since={first}&until={timezone.localdate()}&step=day")
    page.get_by_text("各小区的数").click()
    page.get_by_role("button", name="银星花园").first.click()
    page.get_by_role("button", name="关闭").click()
    slider = page.get_by_role("slider", name="时间")
    assert signs(page)

    def seen(steps: int) -> list[bool]:
        """From the first one on, with no tile asked for."""
        slider.focus()
        page.keyboard.press("Home")
        signs(page)
        questions, told = asked(page), []
        for _ in range(steps):
            told.append(bool(signs(page)))
            page.keyboard.press("ArrowRight")
        assert [each for each in questions if "/tiles/" in each] == []
        return told

    assert seen(3) == [True, False, False]
    page.get_by_label("方式").select_option("cumulative")
    assert seen(3) == [True, True, True]
    page.get_by_label("方式").select_option("open")
    assert seen(6) == [True, True, False, False, True, True]


def test_the_time_is_played_and_paused(page_as, target, finds):
    finds(days=3)
    page = page_as("leader")
    page.goto(
        f"/overview/?view=estates&{last(30)}&step=day&at={timezone.localdate() - timedelta(29)}"
    )
    slider = page.get_by_role("slider", name="时间")
    expect(slider).to_have_value("0")
    page.get_by_role("button", name="播放").click()
    expect(slider).to_have_value("2")
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_role("button", name="播放")).to_be_visible()


def test_two_periods_are_compared_by_one_scale(page_as, target, finds):
    for days in (1, 2, 3, 40):
        finds(days=days)
    page = page_as("leader")
    page.goto("/overview/?view=estates&measure=rate&" + last(30))
    expect(number(page, "检出率")).to_contain_text("1")
    page.goto("/overview/?view=estates&" + last(30))
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^3"))
    page.get_by_role("button", name="对比两个时段").click()
    expect(number(page, "时段一")).to_have_text("1")
    expect(number(page, "时段二")).to_have_text("3")
    expect(number(page, "变化")).to_have_text("+200%")
    expect(page).to_have_url(re.compile("before_since="))
    page.get_by_role("button", name="结束对比").click()
    expect(page).not_to_have_url(re.compile("before_since="))


def test_two_maps_move_as_one(page_as, target, finds):
    finds(days=1)
    page = page_as("leader", draws=True)
    page.goto("/overview/?view=estates&" + last(30))
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^1"))
    page.get_by_role("button", name="对比两个时段").click()
    expect(page.get_by_role("group", name="两个时段的地图").locator("canvas")).to_have_count(2)


def test_the_same_number_has_the_same_colour_at_every_zoom(page_as, target, finds):
    for _ in range(5):
        finds()
    page = page_as("leader", draws=True)
    page.goto(ESTATES + "&kind=fire_lane")
    page.get_by_text("各小区的数").click()
    page.get_by_role("button", name="银星花园").first.click()
    page.get_by_role("button", name="关闭").click()
    legend = page.locator("details.legend")
    drawn(page)
    before = (main_colour(page), legend.inner_text())
    page.get_by_role("button", name="缩小").click()
    drawn(page)
    assert (main_colour(page), legend.inner_text()) == before


def test_the_middle_of_the_map_is_read_by_enter(page_as, target, finds):
    finds()
    page = page_as("leader", draws=True)
    page.goto(ESTATES)
    page.get_by_text("各小区的数").click()
    page.get_by_role("button", name="银星花园").first.click()
    page.get_by_role("button", name="关闭").click()
    drawn(page)
    page.locator("canvas.maplibregl-canvas").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary")).to_contain_text("银星花园")


def test_what_is_seen_can_be_kept_as_a_picture(page_as, target, finds):
    finds()
    page = page_as("leader", draws=True)
    page.goto(ESTATES + "&tab=take")
    drawn(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="当前画面 PNG").click()
    assert download.value.suggested_filename == f"xuntu-found-{timezone.localdate()}.png"
    image = Image.open(download.value.path())
    assert image.format == "PNG"
    assert image.height > 800


def test_other_ways_to_take_it_away_are_of_what_is_chosen(page_as, target, finds):
    page = page_as("leader")
    page.goto(
        "/overview/?view=estates&measure=rate&kind=fire_lane&since=2024-11-01&by=company&tab=take"
    )
    query = "measure=rate&kind=fire_lane&since=2024-11-01"
    for name, address in (
        ("一页 PDF", f"/overview/page.pdf?{query}"),
        ("离线地图 HTML", f"/overview/map.html?{query}"),
        ("表格 XLSX", f"/api/v1/overview/table.xlsx?{query}&by=company"),
        ("表格 CSV", f"/api/v1/overview/table.csv?{query}&by=company"),
    ):
        expect(page.get_by_role("link", name=name)).to_have_attribute("href", address)


def test_a_view_stands_in_the_address_and_can_be_sent_to_a_colleague(page_as, target, finds):
    finds()
    page = page_as("leader")
    page.goto(ESTATES)
    page.get_by_text("筛选", exact=True).click()
    page.get_by_label("类别").select_option("lighting")
    expect(page.get_by_text("所选范围内没有记录")).to_be_visible()
    page.get_by_role("button", name="社区", exact=True).click()
    expect(page).to_have_url(re.compile("kind=lighting.*by=community"))
    colleague = page_as("officer")
    colleague.goto(page.url)
    colleague.get_by_text("筛选", exact=True).click()
    expect(colleague.get_by_label("类别")).to_have_value("lighting")
    expect(colleague.get_by_role("button", name="社区", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_groups_stand_in_the_registers_order_whatever_their_numbers(page_as, target, finds):
    other = EstateFactory(community=target.community, name="金星花园")
    finds()
    for _ in range(2):
        finds(estate=other)
    page = page_as("leader")
    page.goto(ESTATES + "&by=kind")
    names = page.locator(".bars li button")
    expect(names.first).to_be_visible()
    assert names.all_inner_texts() == [
        "电动自行车停放充电",
        "环境卫生",
        "消防车通道",
        "公共照明",
    ]
    expect(page.get_by_text("不按多少排名").first).to_be_visible()
    page.get_by_role("button", name="消防车通道").click()
    expect(page).to_have_url(re.compile("kind=fire_lane"))


def test_as_of_a_day_that_is_over_nothing_later_has_happened(page_as, target, finds):
    finds(days=10)
    finds(days=1)
    day = timezone.localdate() - timedelta(days=5)
    page = page_as("leader")
    page.goto(f"{ESTATES}&as_of={day}")
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^1"))
    expect(page.get_by_text("日终的情况")).to_be_visible()
    page.get_by_role("button", name="回到今天").click()
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^2"))


def test_target_estates_tell_what_is_open_in_them(page_as, target, finds):
    finds()
    page = page_as("leader")
    page.goto(ESTATES)
    row = page.get_by_role("region", name="创建目标小区").get_by_role("row", name="银星花园")
    expect(row).to_contain_text("1")
    row.get_by_role("button").click()
    expect(row).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize(("who", "opens"), [("leader", 1), ("inspector", 0)])
def test_what_is_overdue_leads_to_its_cases_where_the_reader_may_open_them(
    page_as, target, who, opens
):
    now, hour = timezone.now(), timedelta(hours=1)
    late = CaseFactory(estate=target, due_at=now - hour, step_due_at=now - hour)
    CaseFactory(estate=target, due_at=now + hour, step_due_at=now + hour)
    page = page_as(who)
    page.goto(ESTATES)
    expect(number(page, "逾期")).to_have_text("1 件")
    number(page, "逾期").get_by_role("link").click()
    row = page.get_by_role("region", name="数字背后的明细").locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(f"{late.number}")
    expect(row.get_by_role("link")).to_have_count(opens)


def test_with_nothing_recorded_the_leader_is_told_what_that_means(page_as, community):
    page = page_as("leader")
    page.goto(ESTATES)
    expect(page.get_by_text("没有记录不等于没有隐患")).to_be_visible()


def test_a_leader_whose_server_is_gone_is_told_so_and_can_try_again(page_as, target, finds):
    finds()
    page = page_as("leader", expected=("Failed to load resource",))
    page.goto(ESTATES)
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^1"))
    page.route("**/api/v1/overview/**", lambda route: route.abort())
    page.get_by_label("指标").select_option("repeat")
    expect(page.get_by_text("服务器暂时连不上").first).to_be_visible()
    page.unroute("**/api/v1/overview/**")
    page.get_by_role("button", name="再试一次").first.click()
    expect(page.get_by_text("服务器暂时连不上")).to_have_count(0)
    expect(number(page, "30日内复发")).to_have_text(re.compile("^0"))


def test_the_big_screen_turns_by_itself_and_stops_with_a_key(page_as, target, finds):
    finds()
    page = page_as("leader", viewport={"width": 1920, "height": 1080})
    page.clock.install()
    page.goto(ESTATES + "&screen=1")
    expect(page.locator(".screen-head h3")).to_have_text("发现隐患数")
    page.clock.run_for(20_000)
    expect(page.locator(".screen-head h3")).to_have_text("检出率")
    page.keyboard.press("Escape")
    expect(page.locator(".screen-head")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("screen=1"))


def test_on_a_phone_the_slider_and_the_numbers_are_in_reach(page_as, target, finds):
    finds()
    page = page_as("leader", viewport=PHONE)
    page.goto(ESTATES)
    expect(page.get_by_role("slider", name="时间")).to_be_in_viewport()
    expect(number(page, "发现隐患数")).to_have_text(re.compile("^1"))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
