"""The campaign's pages on a slow line: what is asked for later is shown, whatever answers last;
what was sent is done, whatever was closed meanwhile; and a key is heard though answers lack."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from campaign.models import DeclaredVeto, Indicator, ReportCell, ReportMove
from campaign.services.loading import load_actions
from tests.browser.test_month import MONTH, input_at, saved
from tests.campaign.creation import sent
from tests.campaign.entered import a_value, enter
from tests.campaign.monthly import id_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/campaign/standardisation/"


@pytest.fixture
def notice(live, people):
    load_actions()


@pytest.fixture
def row(notice, as_user, estate):
    return sent.enrolled(as_user("clerk"), estate)


def held_back(page: Page, address: str) -> list[Route]:
    """The line keeps the first such request until it is let go."""
    held: list[Route] = []
    page.route(
        re.compile(address),
        lambda route: route.continue_() if held else held.append(route),
    )
    return held


def let_go(page: Page, route: Route) -> None:
    """Until the page has heard the answer."""
    with page.expect_event("requestfinished", lambda each: each == route.request):
        route.continue_()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


@pytest.mark.parametrize("where", ["list", "card"])
def test_an_earlier_days_answer_does_not_come_over_a_later_ones(page_as, row, estate, where):
    page = page_as("clerk")
    page.goto(LIST if where == "list" else f"{LIST}{row.pk}/")
    shown = page.get_by_role("row", name=estate.name) if where == "list" else page.get_by_text("S1")
    expect(shown.first).to_be_visible()
    earlier = held_back(page, r"creation/.*as_of=2024-11-09")
    with page.expect_request(re.compile("as_of=2024-11-09")):
        page.get_by_label("截至").fill("2024-11-09")
    with page.expect_response(re.compile("as_of=2024-11-20")) as later:
        page.get_by_label("截至").fill("2024-11-20")
    assert later.value.ok
    heard: list[str] = []
    page.on("response", lambda reply: heard.append(reply.url))
    body = page.locator("[aria-busy]").first
    expect(body).to_have_attribute("aria-busy", "false")
    before = body.inner_html()
    let_go(page, earlier[0])
    assert [url for url in heard if "as_of=2024-11-09" in url]
    assert body.inner_html() == before


def test_another_months_ledger_is_not_shown_under_this_month(page_as, notice, estate, as_user):
    page = page_as("officer", locale="en-GB")
    page.goto("/campaign/ledgers/?month=2024-12")
    badge = page.locator(".ledgers-card").first
    expect(badge).to_be_visible()
    earlier = held_back(page, r"ledgers/\?month=2024-11")
    page.get_by_role("button", name="Month before").click()
    with page.expect_response(re.compile("month=2024-10")):
        page.get_by_role("button", name="Month before").click()
    expect(badge).to_be_visible()
    let_go(page, earlier[0])
    expect(page.get_by_label("Month", exact=True).last).to_have_value("2024-10")
    before = page.locator(".campaign-room").inner_html()
    assert "2024-10" in page.url
    assert page.locator(".campaign-room").inner_html() == before


def test_what_was_sent_is_done_though_its_dialog_was_closed_meanwhile(page_as, row):
    page = page_as("clerk")
    page.goto(f"{LIST}{row.pk}/")
    declare = page.locator(".creation-card").get_by_role("button", name="登记否决事项")
    declare.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("情况说明").fill("台账补写")
    held = held_back(page, "/vetoes/")
    with page.expect_request(re.compile("/vetoes/")):
        dialog.get_by_role("button", name="登记否决事项").click()
    dialog.get_by_role("button", name="取消").last.click()
    # The next one is begun, and stays open as the first arrives.
    declare.click()
    dialog.get_by_label("情况说明").fill("另有一事")
    let_go(page, held[0])
    expect(page.get_by_role("region", name="1 个否决项")).to_contain_text("台账补写")
    expect(page.get_by_role("status").filter(has_text="已记录")).to_be_visible()
    expect(dialog.get_by_label("情况说明")).to_have_value("另有一事")
    assert DeclaredVeto.objects.get().note == "台账补写"


def test_a_veto_lifted_before_it_began_says_so_at_the_day(page_as, row):
    page = page_as("clerk", expected=("status of 4",))
    page.goto(f"{LIST}{row.pk}/")
    page.locator(".creation-card").get_by_role("button", name="登记否决事项").click()
    dialog = page.get_by_role("dialog")
    # One file proves it: a second would not be kept.
    expect(dialog.get_by_label("佐证文件")).not_to_have_attribute("multiple", "")
    dialog.get_by_label("情况说明").fill("台账补写")
    dialog.get_by_role("button", name="登记否决事项").click()
    vetoes = page.get_by_role("region", name="1 个否决项")
    vetoes.get_by_role("button", name="解除").click()
    dialog.get_by_label("解除日期").fill("2024-01-01")
    dialog.get_by_label("情况说明").fill("查无此事")
    dialog.get_by_role("button", name="解除").click()
    expect(dialog.locator(".field", has_text="解除日期").locator(".wrong")).to_have_text(
        "当日尚未开始。"
    )
    expect(dialog.get_by_label("解除日期")).to_be_focused()
    dialog.get_by_label("解除日期").fill(timezone.localdate().isoformat())
    dialog.get_by_role("button", name="解除").click()
    expect(vetoes).to_have_count(0)


def test_an_estate_is_not_said_to_be_unknown_before_the_estates_are_here(page_as, notice, estate):
    page = page_as("clerk")
    held = held_back(page, "/api/v1/estates/")
    page.goto(LIST)
    page.get_by_role("button", name="纳入名单").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(estate.name)
    expect(dialog.get_by_role("status")).to_have_text("加载中…")
    let_go(page, held[0])
    expect(dialog.get_by_role("button", name=estate.name)).to_be_visible()


def test_a_sheet_takes_nothing_more_while_it_is_on_its_way(page_as, row):
    page = page_as("company")
    page.goto(f"{LIST}{row.pk}/#/sheet/self")
    item = page.locator("#item-C1-01")
    item.get_by_label("部分符合", exact=True).check()
    held = held_back(page, "/api/v1/campaign/sheets/")
    with page.expect_request(re.compile("/sheets/")):
        page.get_by_role("button", name="提交").click()
    expect(page.locator(".sheet-form")).to_have_attribute("inert", "")
    expect(page.get_by_label("日期")).to_be_disabled()
    let_go(page, held[0])
    expect(page.get_by_role("region", name="评分表")).to_contain_text("自评表")


def test_back_while_a_report_waits_to_be_submitted_submits_no_other(page_as, notice, community):
    page = page_as("officer")
    page.goto(MONTH)
    key = f"{id_of('ZX02-D1')}:community-{community.pk}"
    expect(input_at(page, key, "n")).to_be_visible()
    page.get_by_role("button", name="上个月").click()
    expect(page.get_by_label("月份", exact=True).last).to_have_value("2024-11")
    held = held_back(page, "/cells/")
    with page.expect_request(re.compile("/cells/")):
        input_at(page, key, "n").fill("3")
    page.get_by_role("button", name="提交月报").click()
    page.get_by_role("button", name="仍要提交").click()
    page.go_back()
    expect(page.get_by_label("月份", exact=True).last).to_have_value("2024-12")
    expect(input_at(page, key, "n")).to_be_visible()
    let_go(page, held[0])
    saved(page)
    # What was typed is there, in the report where it was typed.
    assert ReportCell.objects.get().report.month.isoformat() == "2024-11-01"
    assert not ReportMove.objects.exists()
    expect(page.get_by_role("button", name="提交月报")).to_be_enabled()


def test_a_report_stays_to_be_typed_in_when_the_line_goes(page_as, notice, community):
    page = page_as("officer", expected=("ERR_INTERNET_DISCONNECTED",))
    page.goto(MONTH)
    key = f"{id_of('ZX02-D1')}:community-{community.pk}"
    expect(input_at(page, key, "n")).to_be_visible()
    page.context.set_offline(True)
    # As when somebody comes back to the page: it asks whether it is still so.
    with page.expect_event("requestfailed"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    input_at(page, key, "n").fill("2")
    expect(page.locator(".month-saving")).to_contain_text("已存在本机")
    page.context.set_offline(False)
    saved(page)
    assert ReportCell.objects.get().numerator == 2


def test_escape_closes_a_cells_rows_while_the_page_waits_for_an_answer(page_as, notice, estate):
    page = page_as("leader")
    held = held_back(page, "/api/v1/me/")
    first = Indicator.objects.get(code="ZX07-R1")
    page.goto(f"/campaign/?as_of=2024-12-20&indicator={first.pk}&at=all")
    expect(page.locator(".board-behind")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".board-behind")).to_have_count(0)
    let_go(page, held[0])


def test_what_is_written_while_the_first_board_is_on_its_way_is_news(
    page_as, notice, as_user, estate
):
    page = page_as("leader", locale="en-GB")
    before = as_user("leader").get("/api/v1/campaign/board/").content
    held = held_back(page, "/campaign/board/$")
    with page.expect_response(re.compile("/board/version/")):
        page.goto("/campaign/?action=ZX05")
    assert enter(as_user("admin"), a_value("ZX05-D2", estate=estate.pk)).status_code == 201
    held[0].fulfill(body=before, content_type="application/json")
    first = Indicator.objects.get(code="ZX05-D2")
    expect(page.locator(f'[data-key="{first.pk}/all"]')).to_contain_text("1/1")
