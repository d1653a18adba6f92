"""Planning at the desk, without a map: plans, sites by keyboard and by numbers, undo, two
planners at once, and a network that goes."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from planning.models import Edit, Plan, Proposal
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.browser.ground import Ground
from tests.factories import MembershipFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CUT = (r"net::ERR_", "Failed to load resource")


@pytest.fixture
def ground(estate) -> Ground:
    return Ground(estate)


@pytest.fixture
def plan(people) -> Plan:
    """Shared, and still empty."""
    return Plan.objects.create(
        id=uuid4(), name="陈村第一批", by=people["planner"], shared=True, content_sha256="0"
    )


@pytest.fixture
def colleague(people):
    people["colleague"] = UserFactory(username="colleague")
    MembershipFactory(user=people["colleague"], role="planner")
    return people["colleague"]


def put_site(page: Page, ground: Ground, x: float, y: float) -> None:
    """By its coordinates; it is open afterwards."""
    page.get_by_text("按坐标放置").click()
    page.get_by_label("坐标").fill(ground.typed(x, y))
    page.get_by_role("button", name="放在此处").click()
    expect(page.locator(".verdict").first).to_be_visible()


def tab(page: Page, name: str) -> None:
    page.get_by_role("group", name="拟建点的内容").get_by_role("button", name=name).click()


def verdict(page: Page, code: str) -> Locator:
    return page.locator(f".verdict[data-code={code}]")


def saved(page: Page) -> None:
    expect(page.locator(".saving")).to_have_attribute("data-saving", "saved")


def by_server(page: Page) -> None:
    expect(page.locator(".verdict-who")).to_have_attribute("data-state", "checked")


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#site-{name}")


def test_an_empty_list_says_what_to_do_and_a_plan_begins_with_a_name(page_as, ground):
    page = page_as("planner")
    page.goto("/plan/")
    page.get_by_role("button", name="方案", exact=True).click()
    expect(page).to_have_url(re.compile(r"/plan/\?show=plans$"))
    expect(page.get_by_text("还没有方案")).to_be_visible()
    page.get_by_role("button", name="新建方案").click()
    page.get_by_role("button", name="建立方案").click()
    expect(page.get_by_text("请填写名称")).to_be_visible()
    page.get_by_label("方案名称").fill("第一版")
    page.keyboard.press("Enter")
    expect(page.get_by_text("方案里还没有充电点")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/plan/\?plan=[0-9a-f-]{36}$"))
    assert Plan.objects.get().name == "第一版"


def test_a_plan_is_renamed_shared_copied_put_away_and_brought_back(page_as, plan, ground):
    page = page_as("planner")
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    saved(page)
    page.get_by_role("button", name="返回方案").click()
    menu = page.get_by_title("方案操作")
    menu.click()
    page.get_by_role("button", name="改名").click()
    page.get_by_label("方案名称").fill("第二版")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="第二版")).to_be_visible()
    menu.click()
    page.get_by_role("button", name="停止共享").click()
    expect(page.get_by_text("仅自己可见")).to_be_visible()
    menu.click()
    page.get_by_role("button", name="复制一份").click()
    expect(page.get_by_role("heading", name="第二版（副本）")).to_be_visible()
    expect(page.get_by_text("充电点 1")).to_be_visible()
    menu.click()
    page.get_by_role("button", name="归档").click()
    expect(page.get_by_text("这个方案已归档")).to_be_visible()
    menu.click()
    page.get_by_role("button", name="恢复使用").click()
    expect(page.get_by_text("这个方案已归档")).to_have_count(0)
    page.get_by_role("button", name="返回方案列表").click()
    lines = page.locator(".plan-line")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("1 个点")


def test_each_rule_is_judged_here_at_once_and_then_by_the_server(page_as, plan, ground):
    page = page_as("planner")
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    by_server(page)
    expect(verdict(page, "R03")).to_contain_text("18.")
    tab(page, "属性")
    field(page, "lat").fill(f"{ground.at(90, 78)[1]:.7f}")
    field(page, "lat").press("Tab")
    tab(page, "核查")
    expect(verdict(page, "R03")).to_have_class(re.compile("warn"))
    by_server(page)
    expect(verdict(page, "R03")).to_have_class(re.compile("warn"))
    expect(page.locator(".verdict").first).to_have_class(re.compile("warn|breach"))
    expect(page.get_by_text("本机与服务器判断不一致")).to_have_count(0)
    tab(page, "属性")
    field(page, "lat").fill(f"{ground.at(90, 40)[1]:.7f}")
    field(page, "lat").press("Tab")
    tab(page, "核查")
    expect(verdict(page, "R01")).to_have_class(re.compile("breach"))
    expect(verdict(page, "R01")).to_contain_text("占用消防车通道")
    by_server(page)
    expect(verdict(page, "R01")).to_have_class(re.compile("breach"))


def test_what_nobody_told_is_never_fine(page_as, plan, ground):
    page = page_as("planner")
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    expect(verdict(page, "R09")).to_have_attribute("data-verdict", "cant_tell")
    expect(verdict(page, "R09")).to_contain_text("无法判断")
    expect(page.locator(".verdict-sum .badge")).to_have_text("无法判断")
    tab(page, "属性")
    field(page, "place").select_option("open_ground")
    tab(page, "核查")
    expect(verdict(page, "R09")).to_have_attribute("data-verdict", "ok")


def test_by_keyboard_alone_a_site_is_moved_turned_sized_taken_out_and_brought_back(
    page_as, plan, ground
):
    page = page_as("planner")
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    tab(page, "属性")
    field(page, "angle").fill("90")
    field(page, "angle").press("Tab")
    before = float(field(page, "lat").input_value())
    pad = page.locator(".pad")
    pad.focus()
    for _ in range(5):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowUp")
    moved_m = (float(field(page, "lat").input_value()) - before) * 110_770
    assert moved_m == pytest.approx(1.5, abs=0.02)
    page.keyboard.press("[")
    page.keyboard.press("Shift+}")
    expect(field(page, "angle")).to_have_value("104")
    field(page, "bays").fill("20")
    field(page, "bays").press("Tab")
    expect(field(page, "length_m")).to_have_value("16")
    field(page, "length_m").fill("17.5")
    field(page, "length_m").press("Tab")
    expect(field(page, "outline")).to_have_value("own")
    pad.focus()
    page.keyboard.press("Control+z")
    expect(field(page, "length_m")).to_have_value("16")
    page.keyboard.press("Delete")
    expect(page.get_by_text("方案里还没有充电点")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.locator(".plan-line")).to_have_count(1)
    saved(page)
    site = Proposal.objects.get()
    assert (site.state, site.bays, site.outline) == ("proposed", 20, "rectangle")
    assert site.rotation_deg == pytest.approx(104)
    assert site.vacant_space_id == ground.space.pk


def test_undo_and_redo_go_over_attributes_and_places_alike(page_as, plan, ground):
    page = page_as("planner")
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    tab(page, "属性")
    field(page, "canopy").select_option("open")
    field(page, "ports").fill("12")
    field(page, "ports").press("Tab")
    field(page, "lon").fill(f"{ground.at(95, 60)[0]:.7f}")
    field(page, "lon").press("Tab")
    there = field(page, "lon").input_value()
    undo, redo = (page.get_by_role("button", name=name) for name in ("撤销（", "重做（"))
    undo.click()
    expect(field(page, "lon")).not_to_have_value(there)
    undo.click()
    expect(field(page, "ports")).to_have_value("10")
    undo.click()
    expect(field(page, "canopy")).to_have_value("")
    for _ in range(3):
        redo.click()
    expect(field(page, "lon")).to_have_value(there)
    expect(field(page, "ports")).to_have_value("12")
    expect(field(page, "canopy")).to_have_value("open")
    saved(page)
    site = Proposal.objects.get()
    assert (site.ports, site.canopy) == (12, "open")


def test_a_size_follows_the_bays_in_one_row_or_two_until_it_is_given_its_own(page_as, plan, ground):
    page = page_as("planner")
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    tab(page, "属性")
    expect(field(page, "length_m")).to_have_value("8")
    field(page, "outline").select_option("2")
    expect(field(page, "length_m")).to_have_value("4.4")
    expect(field(page, "width_m")).to_have_value("4")
    field(page, "bays").fill("viele")
    field(page, "bays").press("Tab")
    expect(page.locator("#site-bays-wrong")).to_have_text("请填写整数，不知道就留空")
    field(page, "bays").fill("")
    field(page, "bays").press("Tab")
    saved(page)
    assert Proposal.objects.get().bays is None


def test_a_drawn_outline_has_corners_that_are_typed(page_as, plan, ground):
    page = page_as("planner")
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    tab(page, "属性")
    field(page, "outline").select_option("drawn")
    page.get_by_text("边界各角").click()
    expect(page.locator(".corner-list li")).to_have_count(4)
    page.get_by_role("button", name="在第 1 角后加一角").click()
    expect(page.locator(".corner-list li")).to_have_count(5)
    page.get_by_label("第 2 角", exact=True).fill(ground.typed(90, 66))
    page.get_by_label("第 2 角", exact=True).press("Tab")
    page.get_by_role("button", name="删去第 4 角").click()
    expect(page.locator(".corner-list li")).to_have_count(4)
    saved(page)
    site = Proposal.objects.get()
    assert (site.outline, site.anchor, site.geom.num_points) == ("drawn", None, 5)


def test_two_planners_at_once_lose_nothing_and_choose_where_they_wrote_the_same(
    page_as, plan, ground, colleague
):
    one, two = page_as("planner"), page_as("colleague", expected=CUT)
    one.goto(f"/plan/?plan={plan.pk}")
    put_site(one, ground, 90, 60)
    saved(one)
    two.goto(one.url)
    tab(two, "属性")
    expect(field(two, "ports")).to_have_value("10")
    two.context.set_offline(True)
    field(two, "ports").fill("8")
    field(two, "ports").press("Tab")
    field(two, "cctv").select_option("true")
    expect(two.locator(".saving")).to_have_attribute("data-saving", "waiting")
    tab(one, "属性")
    field(one, "ports").fill("6")
    field(one, "ports").press("Tab")
    field(one, "note").fill("靠墙一侧")
    field(one, "note").press("Tab")
    saved(one)
    two.context.set_offline(False)
    two.reload()
    race = two.get_by_role("group", name="充电端口")
    expect(race).to_contain_text("我的：8")
    expect(race).to_contain_text("同事的：6")
    expect(field(two, "note")).to_have_value("靠墙一侧")
    race.get_by_role("button", name="用我的").click()
    expect(race).to_have_count(0)
    saved(two)
    site = Proposal.objects.get()
    assert (site.ports, site.cctv, site.note) == (8, True, "靠墙一侧")
    assert Edit.objects.filter(set_aside=True).count() == 1
    expect(field(one, "ports")).to_have_value("8")
    tab(two, "记录")
    expect(two.get_by_text("未采用，留存")).to_be_visible()
    expect(two.get_by_text("充电端口：10 → 6").first).to_be_visible()


def test_with_no_server_verdicts_go_on_edits_wait_and_a_reload_loses_nothing(page_as, plan, ground):
    page = page_as("planner", expected=CUT)
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    saved(page)
    page.route("**/api/v1/**", lambda route: route.abort())
    tab(page, "属性")
    field(page, "lat").fill(f"{ground.at(90, 40)[1]:.7f}")
    field(page, "lat").press("Tab")
    tab(page, "核查")
    expect(verdict(page, "R01")).to_have_class(re.compile("breach"))
    expect(page.get_by_text("连不上服务器，以下为本机判断")).to_be_visible()
    expect(page.locator(".saving")).to_have_text("无网络：1 处修改已存在本机，联网后自动上传")
    page.reload()
    expect(page.locator(".saving")).to_have_attribute("data-saving", "waiting")
    expect(verdict(page, "R01")).to_have_class(re.compile("breach"))
    page.unroute("**/api/v1/**")
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    by_server(page)
    site = Proposal.objects.get()
    assert site.anchor.y == pytest.approx(ground.at(90, 40)[1], abs=1e-6)


def test_what_the_server_refuses_stays_with_its_reason(page_as, plan, ground):
    page = page_as("planner", expected=("422",))
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    saved(page)
    tab(page, "属性")
    lon, lat = ground.at(165, 70)
    field(page, "lon").fill(f"{lon:.7f}")
    field(page, "lon").press("Tab")
    field(page, "lat").fill(f"{lat:.7f}")
    field(page, "lat").press("Tab")
    expect(page.get_by_text("服务器没有接受").first).to_be_visible()
    expect(page.locator(".saving")).to_have_attribute("data-saving", "refused")
    page.get_by_role("button", name="撤销（").click()
    page.get_by_role("button", name="撤销（").click()
    saved(page)


def test_who_is_no_planner_reads_and_changes_nothing(page_as, plan, ground, people):
    page = page_as("planner")
    page.goto(f"/plan/?plan={plan.pk}")
    put_site(page, ground, 90, 60)
    saved(page)
    leader = page_as("leader")
    leader.goto(page.url)
    expect(verdict(leader, "R03")).to_be_visible()
    tab(leader, "属性")
    expect(field(leader, "ports")).to_be_disabled()
    expect(leader.locator(".pad")).to_have_count(0)


def test_a_plan_that_is_not_ones_own_says_so(page_as, plan, people):
    Plan.objects.filter(pk=plan.pk).update(shared=False)
    page = page_as("leader", expected=("404",))
    page.goto(f"/plan/?plan={plan.pk}")
    expect(page.get_by_text("方案不存在，或不对您开放")).to_be_visible()


@pytest.mark.parametrize(("locale", "check"), [("zh-CN", "核查"), ("en-GB", "Checks")])
def test_a_plan_and_a_site_stick_out_at_no_size_in_either_language(
    page_as, plan, ground, locale, check
):
    page = page_as("planner", locale=locale)
    page.goto(f"/plan/?plan={plan.pk}")
    page.get_by_text("按坐标放置" if locale == "zh-CN" else "Place by coordinates").click()
    page.locator("#place-at").fill(ground.typed(90, 60))
    page.locator("#place-at").press("Enter")
    expect(page.locator(".verdict").first).to_be_visible()
    parts = page.locator(".desk-panel .choices").first.get_by_role("button")
    for n in range(4):
        parts.nth(n).click()
        for size in (DESK, TABLET, PHONE):
            page.set_viewport_size(size)
            page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => drawn()))")
            assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    expect(parts.first).to_have_text(check)
