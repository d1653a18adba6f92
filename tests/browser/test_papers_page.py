"""What a supervisor does on the page of papers, in a real browser."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from inspections.models import Case, Escalation, LadderRule, Paper, Series
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.factories import FindingFactory, case_of
from tests.papers.desk import day, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case(people, estate) -> Case:
    codes = (("notice", "青街改"), ("reminder", "青街提"), ("record", "青街查"))
    rows = [Series(kind=kind, code=code) for kind, code in codes]
    Series.objects.bulk_create(rows, ignore_conflicts=True)
    return case_of(FindingFactory(estate=estate), title="路灯不亮")


def fill(page: Page) -> None:
    for n, name in enumerate(("张三", "李四")):
        page.get_by_label("姓名").nth(n).fill(name)
        page.get_by_label("执法（检查）证号").nth(n).fill(f"闽C00{n}")
    page.get_by_label("整改期限").fill(day(7))
    page.get_by_label("复查日期").fill(day(10))


def test_a_notice_is_drafted_issued_delivered_and_made_void(page_as, case, live):
    page = page_as("supervisor", expected=("/delivery/",))
    page.goto(f"/papers/#/new?kind=notice&case={case.pk}")
    sheet = page.get_by_role("article", name="文书内容")
    expect(sheet).to_contain_text("整改通知书")
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_text("至少 2 名检查人员，并填写证号。")).to_be_visible()
    fill(page)
    page.get_by_label("其他要求").fill("夜间专人值守。")
    expect(sheet).to_contain_text("夜间专人值守。")
    expect(sheet).to_contain_text(f"整改期限为{said(day(7))}")
    page.get_by_role("button", name="签发").click()
    year = timezone.localdate().year
    expect(page.get_by_text(f"已签发：青街改〔{year}〕1号")).to_be_visible()
    expect(page.get_by_role("status").get_by_text("文件生成中")).to_be_visible()
    live.manage("procrastinate", "worker", "--one-shot")
    expect(page.get_by_role("link", name="PDF")).to_be_visible()
    page.get_by_role("button", name="登记送达").click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请填写签收人；无人签收的选“留置送达”。")).to_be_visible()
    page.get_by_label("签收人").fill("王五")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已登记送达")).to_be_visible()
    page.get_by_role("button", name="作废").click()
    page.get_by_label("作废原因").fill("检查时间写错")
    page.locator(".paper-facts form").get_by_role("button", name="作废").click()
    expect(page.get_by_text("作废于")).to_contain_text("检查时间写错")
    paper = Paper.objects.get()
    assert (paper.receiver, paper.void_reason) == ("王五", "检查时间写错")
    # The office's numbers are known the next time.
    page.goto(f"/papers/#/new?kind=record&case={case.pk}")
    page.get_by_label("姓名").first.fill("李四")
    expect(page.get_by_label("执法（检查）证号").first).to_have_value("闽C001")


def test_cases_are_searched_and_chosen_on_the_page(page_as, case):
    page = page_as("supervisor")
    page.goto("/papers/")
    expect(page.get_by_text("还没有文书")).to_be_visible()
    page.get_by_role("link", name="起草文书").click()
    page.get_by_label("选择案卷").fill("银星")
    page.get_by_role("button", name=re.compile("路灯不亮")).click()
    expect(page.get_by_role("article", name="文书内容")).to_contain_text("银星花园")
    page.get_by_role("button", name="移除").click()
    expect(page.get_by_role("article", name="文书内容")).to_have_count(0)


def test_a_place_behind_the_address_is_gone_to_once(page_as, case):
    page = page_as("supervisor")
    page.goto("/papers/")
    expect(page.get_by_role("link", name="起草文书").first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url) if "/draft/" in each.url else None)
    with page.expect_response("**/papers/draft/"):
        page.evaluate(f"location.hash = '#/new?kind=notice&case={case.pk}'")
    expect(page.get_by_role("article", name="文书内容")).to_contain_text("整改通知书")
    assert len(asked) == 1


def test_what_is_due_by_the_ladder_is_drafted_or_waived(page_as, case):
    LadderRule.objects.create(rung="reminder", trigger="overdue", amount=0)
    past = timezone.now() - timezone.timedelta(days=30)
    Case.objects.filter(pk=case.pk).update(state="filed", due_at=past, step_due_at=past)
    page = page_as("supervisor")
    page.goto("/papers/")
    page.get_by_role("link", name=re.compile("待升级")).click()
    page.get_by_role("button", name="起草工作提醒函").click()
    expect(page.get_by_role("article", name="文书内容")).to_contain_text("工作提醒函")
    page.go_back()
    page.get_by_text("这次不发").click()
    page.get_by_label("不发的原因").fill("已当面督促")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("目前没有需要升级的事项")).to_be_visible()
    assert Escalation.objects.get().note == "已当面督促"


@pytest.mark.parametrize("viewport", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_nothing_runs_out_of_the_page(page_as, case, viewport, locale):
    page = page_as("supervisor", viewport=viewport, locale=locale)
    for address in ("/papers/", f"/papers/#/new?kind=notice&case={case.pk}", "/papers/#/due"):
        page.goto(address)
        expect(page.locator(".papers-room h2")).to_be_visible()
        expect(page.locator(".waiting")).to_have_count(0)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, address
