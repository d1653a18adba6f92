"""What supervisors, officers and units do on the page of cases, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from inspections.models import Case, ComplainantReading, DispatchRule, Move, Photo, SavedFilter
from people.models import Unit
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.cases import a_case, a_move, bring, made, put_move
from tests.factories import CaseFactory
from tests.pictures import photo

# Drawing by software, on a machine with much to do.
DRAWN_MS = 90_000

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cases(people, estate) -> list[Case]:
    """Three that a resident reported, due in some days; the last is dangerous. A rule sends each
    to the estate's company."""
    DispatchRule.objects.get_or_create(rank=900, defaults={"handler": "company"})
    due = timezone.now() + timedelta(days=20)
    titles = (("路灯不亮", 3), ("楼道堆物", 3), ("消防车通道被占", 1))
    return [
        CaseFactory(
            estate=estate,
            title=title,
            severity=severity,
            place=estate.geom.centroid,
            reported_at=timezone.now(),
            due_at=due + timedelta(hours=n),
        )
        for n, (title, severity) in enumerate(titles)
    ]


def row(page: Page, title: str):
    return page.locator("tr[data-case]", has_text=title)


def tab(page: Page, name: str):
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def states() -> dict[str, str]:
    return dict(Case.objects.values_list("title", "state"))


def test_a_view_stands_in_the_address_and_is_kept_under_a_name(page_as, cases):
    made_page = page_as("supervisor")
    made_page.goto("/overview/")
    made_page.get_by_role("link", name=re.compile("^案卷")).click()
    page = made_page
    expect(page.locator("tr[data-case]")).to_have_count(3)
    expect(tab(page, "待立案")).to_have_text(re.compile(r"待立案\s*3"))
    page.get_by_label("查找").fill("堆物")
    expect(page.locator("tr[data-case]")).to_have_count(1)
    page.get_by_label("查找").fill("")
    page.get_by_text("筛选条件").click()
    page.get_by_role("button", name="紧急").click()
    tab(page, "待立案").click()
    expect(page.locator("tr[data-case]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?tab=to_file&severity=1$"))
    page.reload()
    expect(row(page, "消防车通道被占")).to_be_visible()
    expect(tab(page, "待立案")).to_have_attribute("aria-current", "true")
    expect(page.get_by_text("筛选条件（1）")).to_be_visible()
    page.get_by_text("我的视图").click()
    page.get_by_label("名称").fill("急件待立案")
    page.get_by_label("同事也能看到").check()
    page.get_by_role("button", name="保存当前视图").click()
    expect(page.get_by_text("已保存“急件待立案”")).to_be_visible()
    assert SavedFilter.objects.get().query == "tab=to_file&severity=1"
    tab(page, "逾期").click()
    expect(page.get_by_text("没有符合筛选条件的案卷。")).to_be_visible()
    page.get_by_role("button", name="清除筛选").last.click()
    expect(page.get_by_text("这一类都已办完。")).to_be_visible()
    page.go_back()
    expect(row(page, "消防车通道被占")).to_be_visible()
    officer = page_as("officer")
    officer.goto("/cases/")
    officer.get_by_text("我的视图").click()
    officer.get_by_role("button", name="急件待立案").click()
    expect(officer.locator("tr[data-case]")).to_have_count(1)
    expect(officer).to_have_url(re.compile(r"\?tab=to_file&severity=1$"))


def test_a_number_of_the_leaders_board_opens_its_rows_and_says_which_it_is(page_as, cases):
    Case.objects.filter(pk=cases[0].pk).update(due_at=timezone.now() - timedelta(hours=1))
    page = page_as("leader")
    day = timezone.localdate()
    page.goto(f"/cases/?figure=overdue&kind=&as_of={day}&holds=1")
    expect(page.locator("tr[data-case]")).to_have_count(1)
    expect(row(page, "路灯不亮")).to_be_visible()
    expect(page.get_by_text(f"看板数字“逾期”计入的案卷，截至 {day}")).to_be_visible()
    page.goto(f"/cases/?figure=overdue&as_of={day}&holds=0")
    expect(page.locator("tr[data-case]")).to_have_count(2)
    page.get_by_role("button", name="显示全部案卷").click()
    expect(page.locator("tr[data-case]")).to_have_count(3)
    expect(page).to_have_url(re.compile(r"/cases/$"))


def test_a_case_is_filed_and_given_to_its_company_with_the_keyboard_alone(page_as, cases):
    page = page_as("supervisor")
    page.goto("/cases/")
    expect(row(page, "路灯不亮")).to_contain_text(re.compile("还剩 \\d+ 个工作日"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("下一件")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_label("查找")).to_be_focused()
    page.keyboard.type("jx路灯")
    expect(page.get_by_text("没有符合筛选条件的案卷。")).to_be_visible()
    page.get_by_label("查找").fill("")
    expect(page.locator("tr[data-case]")).to_have_count(3)
    page.get_by_role("heading", name="案卷").last.click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(row(page, "路灯不亮").get_by_role("link")).to_be_focused()
    page.keyboard.press("f")
    expect(page.get_by_role("dialog")).to_contain_text("1 件变为“已立案”")
    page.keyboard.press("Enter")
    expect(row(page, "路灯不亮")).to_contain_text("已立案")
    page.keyboard.press("a")
    company = cases[0].estate.company.name
    expect(page.get_by_role("dialog")).to_contain_text(f"1 件“已派遣”，交{company}")
    page.keyboard.press("Enter")
    expect(row(page, "路灯不亮")).to_contain_text(company)
    page.keyboard.press("Enter")
    expect(page.get_by_role("article")).to_contain_text("办理经过")
    page.keyboard.press("Escape")
    expect(row(page, "路灯不亮").get_by_role("link")).to_be_focused()
    assert list(Move.objects.order_by("version").values_list("name", "by__username")) == [
        ("file", "supervisor"),
        ("assign", "supervisor"),
    ]


def test_many_are_moved_at_once_and_it_is_said_before_and_after_what_becomes_of_each(
    page_as, as_user, cases
):
    lamp, stairs, _ = cases
    made(as_user("supervisor"), lamp, "file")
    made(as_user("supervisor"), stairs, "file")
    page = page_as("supervisor")
    page.goto("/cases/")
    page.get_by_label("选择本页全部").check()
    page.get_by_role("toolbar").get_by_role("button", name="派遣").click()
    asking = page.get_by_role("dialog")
    expect(asking).to_contain_text("1 件不能办")
    asking.get_by_label("处置单位").select_option(label="综合执法队")
    expect(asking).to_contain_text("2 件“已派遣”，交综合执法队")
    # Somebody is quicker with one of them: that is told afterwards, and nothing is lost.
    made(as_user("supervisor"), stairs, "void")
    asking.get_by_role("button", name="派遣 2 件").click()
    expect(asking.locator(".outcomes .made")).to_contain_text("路灯不亮")
    expect(asking.locator(".outcomes .proposed")).to_contain_text("楼道堆物")
    expect(asking.locator(".outcomes .refused")).to_contain_text("消防车通道被占")
    asking.get_by_role("button", name="完成").click()
    expect(row(page, "路灯不亮")).to_contain_text("综合执法队")
    assert states() == {"路灯不亮": "assigned", "楼道堆物": "void", "消防车通道被占": "reported"}
    assert Case.objects.get(pk=lamp.pk).unit == Unit.objects.get()
    # A move that has a way back is taken back where it was made.
    page.keyboard.press("Escape")
    row(page, "消防车通道被占").get_by_role("checkbox").check()
    page.get_by_text("更多操作").click()
    page.get_by_role("button", name="不予立案").click()
    asking.get_by_label("说明").fill("重复上报")
    expect(asking).to_contain_text("1 件变为“不予立案”")
    asking.get_by_role("button", name="不予立案 1 件").click()
    expect(row(page, "消防车通道被占")).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(row(page, "消防车通道被占")).to_contain_text("待立案")
    assert Move.objects.filter(name="reconsider", note__contains="撤销").exists()


def test_a_move_that_came_late_waits_to_be_decided_and_is_accepted(page_as, as_user, cases):
    lamp = cases[0]
    made(as_user("supervisor"), lamp, "file")
    made(as_user("supervisor"), lamp, "assign")
    seen = lamp.version
    made(as_user("supervisor"), lamp, "assign")
    late = put_move(as_user("company"), lamp, a_move(lamp, "claim", version=seen))
    assert late.json()["standing"] == "proposed"
    page = page_as("supervisor")
    page.goto("/cases/?tab=to_decide")
    expect(tab(page, "待审批")).to_have_text(re.compile(r"待审批\s*1"))
    expect(row(page, "路灯不亮")).to_contain_text("1 项待审批")
    row(page, "路灯不亮").get_by_role("link").click()
    waiting = page.locator(".proposal")
    expect(waiting).to_contain_text("company提出“接件”，待审批")
    expect(waiting).to_contain_text("其所见为第 2 步，现为第 3 步")
    waiting.get_by_role("button", name="不采纳").click()
    waiting.get_by_role("button", name="不采纳").click()
    expect(waiting.get_by_role("alert")).to_have_text("请填写")
    waiting.get_by_role("button", name="取消").click()
    waiting.get_by_role("button", name="采纳", exact=True).click()
    waiting.get_by_role("button", name="采纳", exact=True).click()
    expect(page.locator(".proposal")).to_have_count(0)
    expect(page.locator(".chain")).to_contain_text("supervisor采纳")
    expect(page.get_by_role("article").locator("header")).to_contain_text("整改中")


def test_a_case_that_is_over_asks_for_nothing_and_its_history_is_told_as_history(
    page_as, as_user, cases
):
    lamp = bring(as_user, cases[0], "closed")
    page = page_as("supervisor", locale="en-GB")
    page.goto(f"/cases/#/{lamp.pk}")
    expect(page.locator(".moves .button")).to_have_text(["Reopen"])
    expect(page.locator(".moves .primary")).to_have_count(0)
    history = ("Reported", "Filed", "Assigned", "Taken up", "Handed back", "Passed the check")
    expect(page.locator(".chain > li > span > b")).to_have_text([*history, "Closed"])


def test_a_deadline_passes_while_the_page_is_open(page_as, cases):
    page = page_as("supervisor")
    page.goto("/cases/")
    expect(page.locator("tr[data-case]")).to_have_count(3)
    expect(tab(page, "逾期")).to_have_text(re.compile(r"逾期\s*0"))
    Case.objects.filter(pk=cases[0].pk).update(due_at=timezone.now() + timedelta(seconds=3))
    page.reload()
    expect(row(page, "路灯不亮")).to_contain_text("还剩 1 分钟")
    expect(row(page, "路灯不亮")).to_contain_text("逾期 1 分钟")
    expect(tab(page, "逾期")).to_have_text(re.compile(r"逾期\s*1"))
    due = row(page, "路灯不亮").locator("time.late")
    expect(due).to_have_attribute("title", re.compile(r"\d{4}年\d+月\d+日"))


def test_what_is_taken_back_is_the_case_that_was_moved_whichever_is_open_by_then(page_as, cases):
    lamp, stairs = cases[:2]
    page = page_as("supervisor")
    page.goto(f"/cases/#/{lamp.pk}")
    article = page.get_by_role("article")
    article.get_by_role("button", name="不予立案").click()
    form = article.get_by_role("form")
    form.get_by_role("textbox").first.fill("查无此事")
    form.get_by_role("button", name="不予立案").click()
    undo = page.get_by_role("button", name="撤销", exact=True)
    expect(undo).to_be_visible()
    page.evaluate(f"location.hash = '#/{stairs.pk}'")
    expect(article).to_contain_text("楼道堆物")
    undo.click()
    expect(page.get_by_text("已撤销 1 件")).to_be_visible()
    assert list(Move.objects.order_by("version").values_list("name", "case__title")) == [
        ("reject", "路灯不亮"),
        ("reconsider", "路灯不亮"),
    ]


def test_one_case_is_moved_by_what_each_move_needs(page_as, people, as_user, estate, cases):
    case = a_case(as_user("inspector"), estate)
    complaint = {"channel": "phone", "text": "晚上看不见路", "estate": estate.pk}
    complaint |= {"received_at": timezone.now().isoformat(), "join": str(case.pk)}
    complaint |= {"complainant": {"name": "林女士", "phone": "13800000000"}}
    sent = as_user("supervisor").put(
        "/api/v1/complaints/01890000-0000-7000-8000-000000000001/", complaint, format="json"
    )
    assert sent.status_code == 201, sent.json()
    page = page_as("supervisor")
    page.goto(f"/cases/#/{case.pk}")
    article = page.get_by_role("article")
    expect(article).to_contain_text("晚上看不见路")
    expect(article).not_to_contain_text("林女士")
    article.get_by_role("button", name="查看投诉人信息").click()
    expect(article).to_contain_text("林女士")
    assert ComplainantReading.objects.get().by == people["supervisor"]
    article.get_by_role("button", name="答复投诉人").click()
    article.get_by_label("答复投诉人").fill("今天派人来看")
    article.get_by_role("button", name="记录答复").click()
    expect(article).to_contain_text("已答复：今天派人来看")
    # A photo goes with the move, and after it to the byte.
    article.get_by_role("button", name="当场整改").click()
    form = article.get_by_role("form")
    form.get_by_role("button", name="当场整改").click()
    expect(form).to_contain_text("请至少附一张照片")
    picture = photo()
    form.get_by_label("照片", exact=True).set_input_files(
        {"name": "修好了.jpg", "mimeType": "image/jpeg", "buffer": picture}
    )
    expect(form.get_by_text("修好了.jpg")).to_be_visible()
    form.get_by_role("button", name="当场整改").click()
    expect(article.locator("header")).to_contain_text("当场已改")
    assert Photo.objects.get(move__name="fix_on_spot").bytes == len(picture)
    # Who put it right does not close it: nobody offers that.
    expect(article.get_by_role("button", name="退回重办")).to_be_visible()
    expect(article.get_by_role("button", name="销号")).to_have_count(0)
    article.get_by_role("button", name="退回重办").click()
    form.get_by_label("说明").fill("没有修好")
    form.get_by_role("button", name="退回重办").click()
    expect(article.locator("header")).to_contain_text("已立案")
    article.get_by_role("button", name="挂账").click()
    form.get_by_role("button", name="挂账").click()
    expect(form.locator(".wrong")).to_have_text(["请填写", "请填写", "请填写"])
    expect(form.get_by_label("到哪天")).to_be_focused()
    form.get_by_label("到哪天").fill("2099-12-31")
    form.get_by_label("批准人").select_option("leader")
    form.get_by_label("说明").fill("等待维修资金")
    form.get_by_role("button", name="挂账").click()
    expect(article).to_contain_text("暂停计时")
    page.get_by_role("button", name="撤销").click()
    expect(article.locator("header")).to_contain_text("已立案")
    article.get_by_role("button", name="并案").click()
    form.get_by_role("searchbox").fill("堆物")
    form.get_by_role("radio").check()
    form.get_by_role("button", name="并案").click()
    expect(article.locator("header")).to_contain_text("已并案")
    article.get_by_role("link", name="并入的案卷").click()
    expect(article).to_contain_text("并入本案的案卷")
    expect(article).to_contain_text("晚上看不见路")


@pytest.mark.parametrize(("locale", "lang"), [("zh-CN", "zh-Hans"), ("en-GB", "en")])
def test_nothing_sticks_out_at_any_size_in_either_language(
    page_as, as_user, estate, cases, locale, lang
):
    case = bring(as_user, a_case(as_user("inspector"), estate), "checking")
    page = page_as("admin", locale=locale)
    for address in ("/cases/", f"/cases/#/{case.pk}"):
        page.set_viewport_size(DESK)
        page.goto("about:blank")
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(page.locator(".desk-panel .waiting")).to_have_count(0)
        if lang == "en":
            expect(page.locator(".desk-panel")).to_contain_text("Single lamp out")
        for size in (DESK, TABLET, PHONE):
            page.set_viewport_size(size)
            expect(page.locator(".desk-panel h2").first).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    page.locator(".map-switch").get_by_role("button").last.click()
    expect(page.locator(".desk-map")).to_be_visible()
    expect(page.get_by_role("article")).to_be_hidden()


def test_a_sign_on_the_map_opens_its_case(page_as, cases):
    page = page_as("supervisor", draws=True)
    page.goto(f"/cases/#/{cases[2].pk}")
    expect(page.get_by_role("article")).to_be_visible()
    expect(page.locator(".map-loading")).to_have_count(0, timeout=DRAWN_MS)
    Case.objects.exclude(pk=cases[2].pk).update(place=None)
    page.keyboard.press("Escape")
    panel = page.locator(".desk-panel").bounding_box()
    drawn = page.locator(".map canvas").bounding_box()
    left = panel["width"] + 12
    middle = {"x": (left + drawn["width"]) / 2, "y": drawn["height"] / 2}
    expect(row(page, "消防车通道被占")).to_be_visible()
    expect(page.locator(".map-loading")).to_have_count(0, timeout=DRAWN_MS)
    page.locator(".map canvas").click(position=middle)
    expect(page.get_by_role("article").get_by_role("heading").first).to_have_text("消防车通道被占")


def test_a_move_whose_answer_is_lost_is_made_once(page_as, cases):
    page = page_as("supervisor", expected=("Failed to load resource",))
    page.goto(f"/cases/#/{cases[0].pk}")
    article = page.get_by_role("article")
    article.get_by_role("button", name="立案", exact=True).click()

    def lost(route) -> None:
        route.fetch()
        route.abort()

    page.route("**/moves/**", lost, times=1)
    form = article.get_by_role("form")
    form.get_by_role("button", name="立案", exact=True).click()
    expect(form.locator(".wrong")).to_have_text("连接不上服务器")
    form.get_by_role("button", name="立案", exact=True).click()
    expect(article.locator("header")).to_contain_text("已立案")
    assert list(Move.objects.values_list("name", "standing")) == [("file", "made")]


def test_when_the_server_is_gone_it_is_said_and_tried_again(page_as, cases):
    page = page_as("unit", expected=("Failed to load resource",))
    page.route("**/api/v1/cases/**", lambda route: route.abort())
    page.goto("/cases/")
    expect(page.get_by_text("服务器暂时连不上").first).to_be_visible()
    page.unroute("**/api/v1/cases/**")
    page.get_by_role("button", name="再试一次").first.click()
    expect(page.locator("tr[data-case]")).to_have_count(3)
    page.goto("/cases/#/01890000-0000-7000-8000-000000000009")
    expect(page.get_by_text("找不到这件案卷")).to_be_visible()
    page.get_by_role("button", name="返回列表").last.click()
    expect(page.locator("tr[data-case]")).to_have_count(3)


def test_others_have_other_pages(page_as, people):
    for who in ("inspector", "planner", "company"):
        assert page_as(who, expected=("403",)).goto("/cases/").status == 403
