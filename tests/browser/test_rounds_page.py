"""What a supervisor does on the page of rounds, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from inspections.models import Round
from people.models import Leave
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.factories import EstateFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def colleague(people, community):
    """A second inspector of the community; both have names here."""
    people["inspector"].name = "李四"
    people["inspector"].save()
    people["colleague"] = UserFactory(username="colleague", name="王五")
    MembershipFactory(user=people["colleague"], community=community)
    return people["colleague"]


@pytest.fixture
def given(people, estate, colleague) -> Round:
    """Lights at the estate, the inspector's, for this week."""
    today = timezone.localdate()
    row = Round.objects.create(
        name="路灯季查",
        inspector=people["inspector"],
        kinds=["lighting"],
        since=today,
        until=today + timedelta(days=6),
        given_by=people["supervisor"],
    )
    row.estates.add(estate)
    return row


def line(page: Page, name: str):
    return page.locator(".round-line", has_text=name)


def test_a_supervisor_gives_a_round_and_sees_who_has_it_today(
    page_as, community, estate, colleague
):
    EstateFactory(community=community, name="金星花园")
    page = page_as("supervisor")
    page.goto("/overview/")
    page.get_by_role("link", name="巡查任务").click()
    expect(page.get_by_text("没有进行中的任务")).to_be_visible()
    page.get_by_role("button", name="派任务").first.click()
    page.get_by_role("button", name="派出").click()
    expect(page.get_by_label("任务名称")).to_be_focused()
    expect(page.get_by_text("请至少选一个小区")).to_be_visible()
    page.get_by_label("任务名称").fill("年底夜查")
    page.get_by_label("巡查员").select_option("colleague")
    page.get_by_role("button", name="公共照明").click()
    page.get_by_label("查找小区").fill("金星")
    page.get_by_role("checkbox", name=re.compile("金星花园")).check()
    page.get_by_role("button", name="派出").click()
    expect(page.get_by_text("已派给王五")).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("金星花园")
    page.get_by_role("button", name="返回列表").click()
    today = page.get_by_role("table")
    expect(today.get_by_role("row", name="王五")).to_contain_text("年底夜查")
    assert Round.objects.get().estates.get().name == "金星花园"


def test_what_somebody_has_is_shown_before_saving_and_shared_on_purpose(page_as, given):
    page = page_as("supervisor")
    page.goto("/rounds/?give=1")
    page.get_by_label("任务名称").fill("一起查")
    page.get_by_label("巡查员").select_option("colleague")
    page.get_by_role("button", name="公共照明").click()
    page.get_by_role("checkbox", name=re.compile("银星花园")).check()
    overlap = page.locator(".notice", has_text="其中一部分已经派给别人")
    expect(overlap).to_contain_text("李四的“路灯季查”")
    overlap.get_by_role("button", name="去掉这些小区").click()
    expect(overlap).to_have_count(0)
    page.get_by_role("checkbox", name=re.compile("银星花园")).check()
    overlap.get_by_role("checkbox", name=re.compile("有意共同负责")).check()
    page.get_by_role("button", name="派出").click()
    expect(page.get_by_text("与李四共同负责")).to_be_visible()
    page.get_by_role("button", name="返回列表").click()
    expect(line(page, "路灯季查")).to_contain_text("与王五共同负责")


def test_one_who_was_quicker_is_shown_and_nothing_typed_is_lost(
    page_as, people, estate, colleague, as_user
):
    page = page_as("supervisor", expected=("409",))
    page.goto("/rounds/?give=1")
    page.get_by_label("任务名称").fill("夜查")
    page.get_by_label("巡查员").select_option("colleague")
    page.get_by_role("button", name="公共照明").click()
    page.get_by_role("checkbox", name=re.compile("银星花园")).check()
    today = timezone.localdate().isoformat()
    other = {"name": "先给的", "inspector": "inspector", "kinds": ["lighting"]}
    other |= {"estates": [estate.pk], "since": today, "until": today}
    assert as_user("supervisor").post("/api/v1/rounds/", other, format="json").status_code == 201
    page.get_by_role("button", name="派出").click()
    expect(page.get_by_text("李四的“先给的”")).to_be_visible()
    expect(page.get_by_label("任务名称")).to_have_value("夜查")
    assert Round.objects.count() == 1


def test_an_estate_tapped_on_the_map_is_chosen_and_tapped_again_is_not(
    page_as, community, estate, colleague
):
    estate.geom = community.geom
    estate.save()
    page = page_as("supervisor", draws=True)
    page.goto("/rounds/?give=1")
    page.get_by_label("巡查员").select_option("colleague")
    expect(page.locator(".map-loading")).to_have_count(0)
    middle = {"x": 860, "y": 360}
    page.locator("canvas.maplibregl-canvas").click(position=middle)
    expect(page.get_by_text("小区：已选 1 个")).to_be_visible()
    page.locator("canvas.maplibregl-canvas").click(position=middle)
    expect(page.get_by_text("小区：已选 0 个")).to_be_visible()


def test_a_cancelled_round_comes_back_by_undo(page_as, given):
    page = page_as("supervisor")
    page.goto("/rounds/")
    line(page, "路灯季查").click()
    expect(page).to_have_url(re.compile(rf"round={given.pk}"))
    page.get_by_role("button", name="取消任务").click()
    expect(page.get_by_text("没有这样的任务")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("article")).to_contain_text("路灯季查")


def test_a_round_is_handed_over(page_as, given):
    page = page_as("supervisor")
    page.goto(f"/rounds/?round={given.pk}")
    page.get_by_role("button", name="转交").click()
    expect(page.get_by_label("巡查员")).to_be_focused()
    page.get_by_label("巡查员").select_option("colleague")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("article")).to_contain_text("王五")
    given.refresh_from_db()
    assert given.inspector.username == "colleague"


def test_during_a_leave_the_stand_in_has_the_round_and_undo_brings_it_back(page_as, given):
    page = page_as("supervisor")
    page.goto("/rounds/")
    page.get_by_role("button", name="登记请假").click()
    page.get_by_label("谁请假").select_option("inspector")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".wrong")).to_have_count(1)
    page.get_by_label("谁代班").select_option("colleague")
    page.get_by_role("button", name="登记", exact=True).click()
    today = page.get_by_role("table")
    expect(today.get_by_role("row", name=re.compile("^王五"))).to_contain_text("代李四")
    expect(today.get_by_role("row", name=re.compile("^李四"))).to_contain_text("请假，王五代班")
    page.get_by_role("button", name="取消请假").click()
    expect(page.get_by_text("近期没有人请假")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("李四请假，王五代班")).to_be_visible()
    assert Leave.objects.get().stand_in.username == "colleague"


def test_filters_stand_in_the_address_and_can_be_sent_to_a_colleague(page_as, given):
    page = page_as("supervisor")
    page.goto("/rounds/")
    page.get_by_label("巡查员").select_option("colleague")
    expect(page.get_by_text("换一个时段、巡查员或类别。")).to_be_visible()
    page.get_by_role("button", name="将开始").click()
    expect(page).to_have_url(re.compile(r"\?when=coming&who=colleague$"))
    other = page_as("admin")
    other.goto(page.url)
    expect(other.get_by_label("巡查员")).to_have_value("colleague")
    expect(other.get_by_role("button", name="将开始")).to_have_attribute("aria-pressed", "true")
    other.get_by_role("button", name="查看全部").click()
    expect(line(other, "路灯季查")).to_be_visible()


def test_everything_is_done_with_the_keyboard(page_as, given):
    page = page_as("supervisor")
    page.goto("/rounds/")
    line(page, "路灯季查").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_be_visible()
    page.get_by_role("button", name="修改").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("任务名称")).to_be_focused()
    page.get_by_label("任务名称").fill("路灯季查二")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_contain_text("路灯季查二")


def test_a_form_closed_while_it_waits_is_given_all_the_same_and_calls_nobody_back(page_as, given):
    page = page_as("supervisor")
    page.goto(f"/rounds/?round={given.pk}")
    page.get_by_role("button", name="修改").click()
    page.get_by_label("任务名称").fill("路灯季查二")
    held: list[Route] = []
    page.route("**/api/v1/rounds/*/", lambda route: held.append(route))
    with page.expect_request("**/api/v1/rounds/*/"):
        page.keyboard.press("Enter")
    page.get_by_role("button", name="取消").click()
    # Another is begun, and stays.
    page.get_by_role("button", name="派任务").first.click()
    page.get_by_label("任务名称").fill("消防月查")
    held[0].continue_()
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_label("任务名称")).to_have_value("消防月查")
    given.refresh_from_db()
    assert given.name == "路灯季查二"


def test_when_the_server_is_gone_it_is_said_and_tried_again(page_as, given):
    page = page_as("supervisor", expected=("Failed to load resource",))
    page.route("**/api/v1/rounds/**", lambda route: route.abort())
    page.goto("/rounds/")
    expect(page.get_by_text("服务器暂时连不上").first).to_be_visible()
    page.unroute("**/api/v1/rounds/**")
    page.get_by_role("button", name="再试一次").first.click()
    expect(line(page, "路灯季查")).to_be_visible()


@pytest.mark.parametrize(("locale", "lang"), [("zh-CN", "zh-Hans"), ("en-GB", "en")])
def test_nothing_sticks_out_at_any_size_in_either_language(page_as, given, locale, lang):
    page = page_as("admin", locale=locale)
    for address in ("/rounds/", f"/rounds/?round={given.pk}", "/rounds/?give=1"):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(page.locator(".desk-panel .waiting")).to_have_count(0)
        for size in (DESK, TABLET, PHONE):
            page.set_viewport_size(size)
            expect(page.locator(".desk-panel h2").first).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_others_have_other_pages(page_as, people):
    for who in ("inspector", "planner", "company"):
        assert page_as(who, expected=("403",)).goto("/rounds/").status == 403
