"""A community's month in the browser: by page and by workbook the same; two at once, a lost line, a
submission in the middle of typing."""

import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from playwright.sync_api import BrowserContext, Page, expect

from campaign.models import Programme, Report, ReportCell, Value
from campaign.services.loading import load_actions
from campaign.standing import PERCENT
from people.models import Unit
from tests.browser.conftest import PHONE
from tests.campaign.monthly import address, ask_more, cell, id_of, matters, page, put, step
from tests.factories import CompanyFactory, EstateFactory, MembershipFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MONTH = "/campaign/month/?month=2024-12"
BOARD = "/api/v1/campaign/board/?as_of=2024-12-31"


@pytest.fixture
def ten(people, community, estate):
    """The notice, and ten estates of two companies."""
    load_actions()
    ask_more()
    other = CompanyFactory()
    for n in range(9):
        company = estate.company if n % 2 else other
        EstateFactory(community=community, company=company, has_company=True, name=f"小区{n}")


def wished(client, community) -> dict[str, tuple[float, float | None]]:
    """What is to be told of every cell that is asked: by indicator and place."""
    told = {}
    for row in matters(page(client, community)).values():
        for n, each in enumerate(row["cells"]):
            of = 7 + n if row["unit"] == PERCENT else None
            # Of one matter all the same.
            same = row["code"] == "ZX05-M1"
            told[f"{row['id']}:{each['place']}"] = (5 if same else n % 5, 12 if same else of)
    return told


def input_at(page: Page, key: str, part: str):
    return page.locator(f'input[data-cell="{key}"][data-part="{part}"]')


def saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()


def state() -> list[tuple]:
    rows = Value.objects.values_list(
        *("indicator__code", "community", "estate", "company", "numerator", "denominator"),
        *("measured_on", "period", "source", "by__username"),
    )
    return sorted(map(repr, rows))


def lights(client) -> dict:
    """The board, whatever number its data has."""
    told = client.get(BOARD).json()
    del told["version"]
    return told


def anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE campaign_value, campaign_report CASCADE")


def submitted(page: Page) -> None:
    page.get_by_role("button", name="提交月报").click()
    expect(page.locator(".month-head .badge")).to_have_text("已提交")


def test_by_page_and_by_workbook_a_month_is_the_same(
    page_as, as_user, people, community, ten, tmp_path
):
    officer, leader = as_user("officer"), as_user("leader")
    told = wished(officer, community)
    same = id_of("ZX05-M1")
    there = page_as("officer")
    there.goto(MONTH)
    expect(there.get_by_role("heading", name="陈村社区")).to_be_visible()
    for part, number in (("数", "5"), ("总数", "12")):
        there.get_by_label(f"全部相同 ZX05-M1 {part}", exact=True).fill(number)
    there.get_by_role("button", name="填入空格 ZX05-M1").click()
    for key, (n, of) in told.items():
        if key.startswith(f"{same}:"):
            continue
        input_at(there, key, "n").fill(f"{n}")
        if of is not None:
            input_at(there, key, "of").fill(f"{of}")
    about = there.locator("li", has_text="ZX01-D1").locator("details")
    about.locator("summary").click()
    about.get_by_label("数据日期").fill("2024-12-09")
    about.get_by_label("数据来源").fill("入户登记表")
    saved(there)
    submitted(there)
    by_page, board = state(), lights(leader)
    assert len(by_page) == len(told)

    anew()
    there.goto(MONTH)
    with there.expect_download() as download:
        there.get_by_role("link", name="下载表格").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    for sheet, at, what, id, key, *_ in book["_xuntu"].iter_rows(min_row=3, values_only=True):
        if key:
            book[sheet][at] = told[f"{id}:{key}"][what == "of"]
        elif id == id_of("ZX01-D1"):
            book[sheet][at] = {"day": "2024/12/9", "source": "入户登记表"}[what]
    book.save(tmp_path / "filled.xlsx")
    there.locator('input[type=file][accept=".xlsx"]').set_input_files(tmp_path / "filled.xlsx")
    expect(there.get_by_text(re.compile(r"已从表格填入 \d+ 项"))).to_be_visible()
    submitted(there)
    assert state() == by_page
    assert lights(leader) == board


def test_a_bad_cell_of_a_workbook_is_named_on_the_page(
    page_as, as_user, people, community, ten, tmp_path
):
    reply = as_user("officer").get(f"{address(community)}workbook.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(reply.content))
    book["Estates"]["B7"] = "很多"
    book.save(tmp_path / "bad.xlsx")
    there = page_as("officer", expected=("422",))
    there.goto(MONTH)
    there.locator('input[type=file][accept=".xlsx"]').set_input_files(tmp_path / "bad.xlsx")
    alert = there.get_by_role("alert")
    expect(alert).to_contain_text("未采用该文件的任何内容")
    expect(alert).to_contain_text("Estates!B7")
    assert ReportCell.objects.count() == 0


def test_of_two_officers_in_one_cell_neither_is_lost(page_as, people, community, ten):
    people["second"] = UserFactory(username="second", name="王专员")
    MembershipFactory(user=people["second"], role="officer", community=community)
    first, second = page_as("officer"), page_as("second")
    key = f"{id_of('ZX02-D1')}:community-{community.pk}"
    for each in (first, second):
        each.goto(MONTH)
        expect(input_at(each, key, "n")).to_be_visible()
    input_at(second, key, "n").fill("3")
    saved(second)
    input_at(first, key, "n").fill("4")
    alert = first.get_by_role("alert")
    expect(alert).to_contain_text("王专员 已填 3")
    expect(input_at(first, key, "n")).to_have_value("4")
    assert ReportCell.objects.get().numerator == 3
    first.get_by_role("button", name="用我的").click()
    saved(first)
    assert ReportCell.objects.get().numerator == 4
    # The other way: theirs is taken, and mine is let go.
    input_at(second, key, "n").fill("5")
    second.get_by_role("button", name="用他的").click()
    expect(input_at(second, key, "n")).to_have_value("4")
    assert ReportCell.objects.get().numerator == 4


def typed_on_a_lost_line(page_as, community) -> tuple[BrowserContext, str]:
    """An officer's browser in which a 2 is kept, its page closed; and the number's cell."""
    there = page_as("officer", expected=("ERR_INTERNET_DISCONNECTED",))
    key = f"{id_of('ZX02-D1')}:community-{community.pk}"
    there.goto(MONTH)
    expect(input_at(there, key, "n")).to_be_visible()
    there.context.set_offline(True)
    input_at(there, key, "n").fill("2")
    expect(there.locator(".month-saving")).to_contain_text("已存在本机")
    there.close()
    return there.context, key


def test_what_is_typed_on_a_lost_line_is_kept_and_saved_later(page_as, people, community, ten):
    context, key = typed_on_a_lost_line(page_as, community)
    # The page was closed, and is opened again when the line is back.
    assert ReportCell.objects.count() == 0
    context.set_offline(False)
    again = context.new_page()
    again.goto(MONTH)
    expect(input_at(again, key, "n")).to_have_value("2")
    saved(again)
    assert ReportCell.objects.get().numerator == 2


def looked_at_again(page: Page) -> None:
    """As by coming back to the tab."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_who_is_signed_out_while_typing_signs_in_beside_it_and_goes_on(
    page_as, people, community, ten, sign_in
):
    there = page_as("officer", expected=("401",))
    key = f"{id_of('ZX02-D1')}:community-{community.pk}"
    there.goto(MONTH)
    expect(input_at(there, key, "n")).to_be_visible()
    there.context.clear_cookies(name="sessionid")
    input_at(there, key, "n").fill("2")
    with there.context.expect_page() as opened:
        there.get_by_role("link", name="重新登录").click()
    beside = opened.value
    sign_in(beside, people["officer"])
    expect(input_at(beside, key, "n")).to_have_value("2")
    looked_at_again(there)
    saved(there)
    expect(there.get_by_text("登录已过期")).to_have_count(0)
    assert ReportCell.objects.get().numerator == 2


def test_what_one_typed_is_not_shown_to_the_next_at_the_same_computer(
    page_as, people, community, ten
):
    context, key = typed_on_a_lost_line(page_as, community)
    context.add_cookies(page_as("admin").context.cookies())
    context.set_offline(False)
    after = context.new_page()
    after.goto(f"{MONTH}&community={community.pk}")
    expect(input_at(after, key, "n")).to_have_value("")


def test_what_is_typed_for_another_notice_goes_into_its_own_report(
    page_as, as_user, people, community, ten
):
    """Two notices of one month: each has a report, and neither loses what was typed."""
    old = Programme.objects.get()
    new = Programme.objects.create(
        code="晋政青〔2024〕99号", year=2024, issued_on=date(2024, 12, 1), zh="冬季", en="Winter"
    )
    there = page_as("officer")
    key = f"{id_of('ZX02-D1')}:community-{community.pk}"
    there.goto(f"{MONTH}&community={community.pk}&programme={old.code}")
    input_at(there, key, "n").fill("2")
    saved(there)
    told = ReportCell.objects.values_list("report__programme__code", "numerator")
    assert list(told) == [(old.code, 2)]
    there.get_by_role("button", name="提交月报").click()
    there.get_by_role("button", name="仍要提交").click()
    expect(there.locator(".month-head .badge")).to_have_text("已提交")
    (value,) = Value.objects.values_list("indicator__action__programme", "numerator")
    assert value == (old.pk, 2)
    assert not Report.objects.filter(programme=new).exists()


def test_a_submission_in_the_middle_of_typing_loses_nothing(
    page_as, as_user, people, community, ten
):
    """Another submits while one types: what is typed stays, and is saved when it is returned."""
    there = page_as("officer", expected=("ERR_INTERNET_DISCONNECTED", "409"))
    first, later = (f"{id_of(code)}:community-{community.pk}" for code in ("ZX02-D1", "ZX02-R1"))
    there.goto(MONTH)
    input_at(there, first, "n").fill("1")
    saved(there)
    there.context.set_offline(True)
    input_at(there, later, "n").fill("3")
    expect(there.locator(".month-saving")).to_contain_text("已存在本机")
    admin = as_user("admin")
    assert step(admin, community, "submit", 1).status_code == 201
    there.context.set_offline(False)
    expect(there.locator(".month-saving")).to_contain_text("未保存的 1 项留在本机")
    expect(input_at(there, later, "n")).to_have_value("3")
    step(as_user("supervisor"), community, "return", 2, reason="履职培训未填")
    there.reload()
    expect(there.get_by_text("履职培训未填").first).to_be_visible()
    expect(input_at(there, later, "n")).to_have_value("3")
    saved(there)
    assert ReportCell.objects.get(indicator__code="ZX02-R1").numerator == 3


def test_what_is_typed_is_checked_at_once(page_as, as_user, people, community, ten):
    there = page_as("officer", viewport=PHONE)
    there.goto(MONTH)
    key = f"{id_of('TX-M1')}:community-{community.pk}"
    row = there.locator(".month-cell").filter(has=input_at(there, key, "n"))
    for n, of, says in (
        ("13", "12", "大于总数"),
        ("abc", "12", "不是数"),
        ("5", "", "还差一半"),
        ("５", "１２", "未达标"),
        ("12", "12", "达标"),
    ):
        input_at(there, key, "n").fill(n)
        input_at(there, key, "of").fill(of)
        expect(row.locator(".month-says")).to_contain_text(says)
    saved(there)
    told = ReportCell.objects.get()
    assert (told.numerator, told.denominator) == (12, 12)


def test_a_report_is_returned_with_a_reason_and_accepted(page_as, as_user, people, community, ten):
    put(as_user("officer"), community, cell("ZX02-D1", community, 1))
    step(as_user("officer"), community, "submit", 1)
    there = page_as("supervisor")
    there.goto(MONTH)
    there.get_by_role("link", name="陈村社区", exact=True).click()
    there.get_by_role("button", name="退回").click()
    there.get_by_label("退回原因").fill("请补报各小区")
    there.get_by_role("button", name="退回").last.click()
    expect(there.locator(".month-head .badge")).to_have_text("已退回")
    expect(there.locator(".month-history")).to_contain_text("请补报各小区")
    officer = page_as("officer")
    officer.goto(MONTH)
    expect(officer.get_by_text("退回：请补报各小区")).to_be_visible()
    officer.get_by_role("button", name="提交月报").click()
    officer.get_by_role("button", name="仍要提交").click()
    expect(officer.locator(".month-head .badge")).to_have_text("已提交")
    there.goto(MONTH + f"&community={community.pk}")
    there.get_by_role("button", name="通过").click()
    expect(there.locator(".month-head .badge")).to_have_text("已通过")


def test_who_owes_nothing_this_month_is_told_so(page_as, people, ten):
    # What its actions ask others lead.
    unit, _ = Unit.objects.create(name="青阳市管所"), Unit.objects.create(name="社区发展办")
    load_actions()
    there = page_as("leader")
    there.goto(MONTH)
    line = there.get_by_role("row", name="青阳市管所")
    expect(line.locator(".number")).to_have_text("本月没有应报事项")
    there.goto(f"{MONTH}&unit={unit.pk}")
    expect(there.locator(".month-bar b")).to_have_text("本月没有应报事项")
    expect(there.locator(".month-bar progress")).to_have_count(0)


def test_of_a_month_before_the_notice_another_can_be_chosen(page_as, ten):
    there = page_as("officer", expected=("month=2024-09",))
    there.goto("/campaign/month/?month=2024-09")
    expect(there.get_by_text("该月还没有行动方案")).to_be_visible()
    there.locator("input[type=month]").fill("2024-12")
    expect(there.locator(".month-head h2")).to_have_text("陈村社区")


def test_on_paper_no_column_of_a_month_is_lost(page_as, ten):
    # As wide as A4 lying, less its margins.
    there = page_as("officer", viewport={"width": 1047, "height": 720})
    there.goto(MONTH)
    grid = there.locator(".month-grid").first
    expect(grid.locator("thead th[scope=col]").last).to_contain_text("ZX08-D2")
    there.emulate_media(media="print")
    assert grid.evaluate("each => each.offsetWidth - each.parentElement.clientWidth") <= 0


def test_a_submission_is_taken_back_and_submitted_again(page_as, as_user, people, community, ten):
    key = f"{id_of('ZX01-D1')}:community-{community.pk}"
    there = page_as("officer")
    there.goto(MONTH)
    before = lights(as_user("leader"))
    input_at(there, key, "n").fill("1")
    saved(there)
    there.get_by_role("button", name="提交月报").click()
    there.get_by_role("button", name="仍要提交").click()
    expect(there.locator(".month-head .badge")).to_have_text("已提交")
    assert lights(as_user("leader")) != before
    # It is asked first, with what follows.
    there.get_by_role("button", name="撤回").click()
    ask = there.get_by_role("group", name="撤回")
    expect(ask).to_contain_text("本次提交写入的 1 条数据不再计入看板")
    ask.get_by_role("button", name="取消").click()
    expect(there.locator(".month-head .badge")).to_have_text("已提交")
    there.get_by_role("button", name="撤回").click()
    ask.get_by_role("button", name="撤回").click()
    expect(there.locator(".month-head .badge")).to_have_text("填报中")
    expect(there.locator(".month-history li").first).to_contain_text("撤出 1 条")
    assert lights(as_user("leader")) == before
    # What was typed stays, and may be put right.
    expect(input_at(there, key, "n")).to_have_value("1")
    input_at(there, key, "n").fill("2")
    saved(there)
    there.get_by_role("button", name="提交月报").click()
    there.get_by_role("button", name="仍要提交").click()
    expect(there.locator(".month-head .badge")).to_have_text("已提交")
    standing = Value.objects.filter(taken_back_at=None)
    assert [float(each.numerator) for each in standing] == [2.0]
