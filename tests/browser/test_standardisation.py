"""Estates on their way to the standard: put on the list, moved on with their evidence, assessed by
their company, and looked at as of any day; in three sizes and both languages nobody is kept out."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaign.models import Enrolment, Sheet, StageMove
from campaign.services.loading import load_actions
from inspections.models import Case
from tests.browser import day
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.browser.test_axe import AXE, LOOK
from tests.campaign.brought import workbook
from tests.campaign.creation import sent
from tests.campaign.creation.ready import ago, walked
from tests.cases import WAYS, made
from tests.factories import EstateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/campaign/standardisation/"


@pytest.fixture
def notice(live):
    load_actions()


@pytest.fixture
def row(notice, as_user, estate):
    return sent.enrolled(as_user("clerk"), estate)


def test_an_estate_is_put_on_the_list_and_moved_on_with_what_proves_it(
    page_as, notice, estate, live
):
    page = page_as("clerk")
    page.goto(LIST)
    expect(page.get_by_text("名单上还没有小区")).to_be_visible()
    page.get_by_role("button", name="纳入名单").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="下一步").click()
    expect(dialog.get_by_text("请选择一个小区。")).to_be_visible()
    dialog.get_by_role("searchbox").fill(estate.name)
    dialog.get_by_role("button", name=estate.name).click()
    dialog.get_by_label("责任人").fill("王经理")
    dialog.get_by_role("button", name="下一步").click()
    expect(dialog).to_contain_text(f"把{estate.name}纳入创建名单？")
    assert not Enrolment.objects.exists()
    dialog.get_by_role("button", name="确认纳入").click()
    expect(page.get_by_role("row", name=estate.name)).to_contain_text("S1 纳入创建名单")

    page.get_by_role("link", name=estate.name).click()
    expect(page.get_by_role("heading", name=estate.name)).to_be_visible()
    stages = page.get_by_role("region", name="阶段与佐证")
    stages.get_by_role("listitem").filter(has_text="S2 方案与责任").get_by_role(
        "button", name="推进"
    ).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="推进").click()
    expect(dialog.get_by_text("请附上佐证文件。")).to_be_visible()
    dialog.get_by_label("佐证文件").set_input_files(
        {"name": "方案.xlsx", "mimeType": "application/zip", "buffer": workbook()}
    )
    expect(dialog.get_by_text("已上传")).to_be_visible()
    dialog.get_by_label("说明").fill("方案已备案")
    dialog.get_by_role("button", name="推进").click()
    expect(stages.get_by_role("link", name="方案.xlsx")).to_be_visible()
    (move,) = StageMove.objects.all()
    assert (move.to, move.note, [each.name for each in move.attachments.all()]) == (
        *("S2", "方案已备案"),
        ["方案.xlsx"],
    )
    # What the next stage lacks is said, and can't be skipped.
    page.goto(LIST)
    expect(page.get_by_role("row", name=estate.name)).to_contain_text("S2 方案与责任")
    # Before it was on the list, it was not.
    yesterday = timezone.localdate() - timedelta(days=1)
    page.get_by_label("截至").fill(yesterday.isoformat())
    expect(page.get_by_text("名单上还没有小区")).to_be_visible()
    expect(page.get_by_role("button", name="纳入名单")).to_have_count(0)


def test_an_estate_is_returned_or_taken_off_the_list_and_brought_back(page_as, row, estate):
    page = page_as("clerk")
    page.goto(f"{LIST}{row.pk}/")
    stages = page.get_by_role("region", name="阶段与佐证")
    dialog = page.get_by_role("dialog")
    # To be put right is what is meant, unless somebody says otherwise.
    stages.get_by_role("button", name="退回或撤销").click()
    expect(dialog.get_by_role("radio", name="退回")).to_be_checked()
    expect(dialog).to_contain_text("留在名单上")
    dialog.get_by_label("理由").fill("材料不全")
    dialog.get_by_role("button", name="退回").click()
    expect(stages.locator(".stage-list")).to_contain_text("退回")
    page.goto(LIST)
    expect(page.get_by_role("row", name=estate.name)).to_contain_text("SX 退回")
    # Who was returned can still be taken off, and goes on from survey and fixing.
    page.get_by_role("link", name=estate.name).click()
    stages.get_by_role("button", name="推进").click()
    dialog.get_by_label("理由").fill("已补正")
    dialog.get_by_role("button", name="推进").click()
    expect(stages).to_contain_text("已补正")
    stages.get_by_role("button", name="退回或撤销").click()
    dialog.get_by_role("radio", name="撤销").check()
    expect(dialog).to_contain_text("移出名单，不计数")
    dialog.get_by_role("button", name="撤销").click()
    expect(dialog.get_by_text("请写明理由。")).to_be_visible()
    dialog.get_by_label("理由").fill("物业已退出")
    dialog.get_by_role("button", name="撤销").click()
    line = stages.get_by_role("listitem").filter(has_text="撤销，移出名单")
    expect(line).to_contain_text("物业已退出")
    assert list(StageMove.objects.values_list("to", "removed").order_by("at")) == [
        ("SX", False),
        ("S4", False),
        ("SX", True),
    ]
    expect(stages).to_contain_text("已撤销，不在名单上")
    expect(page.get_by_role("region", name="预计公告")).to_have_count(0)

    page.goto(LIST)
    expect(page.get_by_text("名单上还没有小区")).to_be_visible()
    fold = page.locator("details", has_text="已移出名单（1）")
    expect(fold.get_by_role("link", name=estate.name)).to_be_hidden()
    fold.locator("summary").click()
    expect(fold).to_contain_text("物业已退出")
    page.get_by_role("button", name="纳入名单").click()
    dialog.get_by_role("searchbox").fill(estate.name)
    expect(dialog.get_by_role("button", name=estate.name)).to_be_disabled()
    expect(dialog).to_contain_text("已移出名单，可在评分卡上恢复")
    dialog.get_by_role("button", name="取消").last.click()
    fold.get_by_role("link", name=estate.name).click()
    stages.get_by_role("button", name="恢复").click()
    expect(dialog).to_contain_text("恢复后重新列入名单")
    dialog.get_by_label("理由").fill("新物业已进驻")
    dialog.get_by_role("button", name="恢复").click()
    expect(stages).to_contain_text("新物业已进驻")
    page.goto(LIST)
    expect(page.get_by_role("row", name=estate.name)).to_contain_text("S4 隐患排查整改")
    expect(fold).to_have_count(0)


def test_a_company_assesses_its_own_estate_from_its_own_page(page_as, row, estate):
    page = page_as("company", viewport=PHONE)
    page.goto("/company/")
    section = page.locator("details.asked-creation")
    section.get_by_text("安全标准化创建").click()
    expect(section).to_contain_text(estate.name)
    section.get_by_role("link", name="填自评表").click()
    item = page.locator("#item-C1-01")
    item.get_by_label("部分符合", exact=True).check()
    item.get_by_label("说明").fill("经费待批")
    # What is typed outlasts the page.
    page.reload()
    expect(item.get_by_label("部分符合", exact=True)).to_be_checked()
    expect(item.get_by_label("说明")).to_have_value("经费待批")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("region", name="评分表")).to_contain_text("自评表")
    sheet = Sheet.objects.get()
    assert (sheet.form, sheet.sender.username, sheet.answers) == (
        *("self", "company"),
        {"C1-01": {"grade": "partly", "note": "经费待批"}},
    )
    # It may neither move it on nor review it.
    expect(page.get_by_role("button", name="推进")).to_have_count(0)
    expect(page.get_by_role("link", name="填评审表")).to_have_count(0)
    # Begun anew it is empty.
    page.goto(f"{LIST}{row.pk}/#/sheet/self")
    expect(item.get_by_label("部分符合", exact=True)).not_to_be_checked()
    expect(item).to_contain_text("上次：部分符合")


def test_what_was_declared_vetoes_whatever_the_score_until_it_is_lifted(page_as, row):
    page = page_as("clerk")
    page.goto(f"{LIST}{row.pk}/")
    page.get_by_role("button", name="登记否决事项").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("事项").select_option("V5")
    dialog.get_by_label("情况说明").fill("台账补写")
    dialog.get_by_role("button", name="登记否决事项").click()
    vetoes = page.get_by_role("region", name="1 个否决项")
    expect(vetoes).to_contain_text("台账补写")
    expect(page.get_by_text("有否决项，得分再高也不达标")).to_be_visible()
    vetoes.get_by_role("button", name="解除").click()
    dialog.get_by_label("情况说明").fill("查无此事")
    dialog.get_by_role("button", name="解除").click()
    expect(vetoes).to_have_count(0)


def test_what_was_refused_says_that_it_was_not_done(page_as, as_user, row):
    veto = sent.declare(as_user("clerk"), row, code="V5").json()["id"]
    page = page_as("clerk", expected=("/lifted/",))
    page.goto(f"{LIST}{row.pk}/")
    page.get_by_role("region", name="1 个否决项").get_by_role("button", name="解除").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("情况说明").fill("查无此事")
    # Somebody else was quicker.
    assert sent.lift(as_user("admin"), row, veto).status_code == 201
    dialog.get_by_role("button", name="解除").click()
    expect(dialog.locator(".notice")).to_contain_text("未被受理，没有办成")
    expect(dialog.get_by_role("button", name="再试一次")).to_have_count(0)
    expect(dialog.get_by_label("情况说明")).to_have_value("查无此事")


def test_a_card_that_is_not_there_offers_no_second_try(page_as, notice):
    gone = "00000000-0000-4000-8000-000000000000"
    page = page_as("leader", expected=(gone,))
    page.goto(f"{LIST}{gone}/")
    expect(page.locator(".notice")).to_contain_text("这部分内容未能加载")
    expect(page.get_by_role("button", name="再试一次")).to_have_count(0)


def test_a_danger_found_on_the_tablet_is_loud_on_list_and_card_until_its_case_is_closed(
    page_as, as_user, notice, estate
):
    walked(as_user, estate)
    leader = page_as("leader")
    leader.goto(LIST)
    line = leader.get_by_role("row", name=estate.name)
    expect(line).to_contain_text("S9 公示")
    expect(line).to_contain_text("达到")

    page = page_as("inspector", viewport=TABLET)
    page.goto("/field/")
    day.take_pack(page)
    day.begin(page, estate, "fire_lane")
    day.report(page, "XF-01")
    day.submit(page)
    expect(page.locator(".sending")).to_contain_text("都已上传")
    case = Case.objects.get()

    leader.reload()
    expect(line).to_contain_text("否决")
    line.get_by_role("link", name=estate.name).click()
    vetoes = leader.get_by_role("region", name="1 个否决项")
    expect(vetoes).to_contain_text("XF-01")
    expect(vetoes.get_by_role("link")).to_have_attribute("href", f"/cases/#/{case.pk}")
    category = leader.locator("details.creation-category", has_text="消防车通道与疏散")
    category.locator("summary").click()
    expect(category.locator(f'a[href="/cases/#/{case.pk}"]').first).to_be_visible()

    for who, name in WAYS["closed"]:
        made(as_user(who), case, name)
    leader.reload()
    expect(leader.get_by_text("达到达标线 60 分")).to_be_visible()
    expect(vetoes).to_have_count(0)


def axe(page: Page, stands: str) -> list[list[str]]:
    expect(page.locator(f"main :is({stands})").first).to_be_visible()
    found = page.evaluate(LOOK, {"theme": "light", "only": None})
    for theme in ("dark", "outdoor"):
        found += page.evaluate(LOOK, {"theme": theme, "only": ["color-contrast"]})
    return found


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_list_card_and_sheet_keep_nobody_out(page_as, as_user, row, estate, language):
    other = EstateFactory(community=estate.community, company=estate.company, has_company=True)
    off = sent.enrolled(as_user("clerk"), other)
    sent.reach(as_user("clerk"), off, "SX", ago(0), reason="物业已退出", removed=True)
    sent.fill(as_user("company"), sent.a_sheet(row, C1_01="met", C2_01="partly"))
    sent.declare(as_user("clerk"), row)
    wrong = {}
    for size in (DESK, TABLET, PHONE):
        page = page_as("admin", viewport=size, locale=language, reduced_motion="reduce")
        page.context.add_init_script(path=AXE)
        for path, stands in (
            (LIST, "tbody tr"),
            (f"{LIST}?q=nothing", ".empty"),
            (f"{LIST}{row.pk}/", ".creation-category"),
            (f"{LIST}{row.pk}/?as_of=2024-12-20", ".creation-category"),
            (f"{LIST}{row.pk}/#/sheet/review", ".sheet-item"),
            (f"{LIST}{off.pk}/", ".stage-list"),
        ):
            page.goto("about:blank")
            page.goto(path)
            if found := axe(page, stands):
                wrong[f"{size['width']} {path}"] = found
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (size, path)
        page.goto(f"{LIST}{row.pk}/")
        page.locator(".creation-category summary").first.click()
        # Moved on; returned or taken off the list.
        for at in (0, -1):
            page.locator(".next-stage .button:enabled").nth(at).click()
            if found := axe(page, "dialog form"):
                wrong[f"{size['width']} dialog {at}"] = found
            page.keyboard.press("Escape")
        page.goto(LIST)
        page.locator(".creation-removed summary").click()
        if found := axe(page, ".creation-removed li"):
            wrong[f"{size['width']} taken off"] = found
    assert wrong == {}


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_the_tablets_sheets_keep_nobody_out(page_as, row, estate, language):
    page = page_as("inspector", viewport=TABLET, locale=language, reduced_motion="reduce")
    page.context.add_init_script(path=AXE)
    page.goto("/field/#/sheets")
    expect(page.get_by_role("listitem").filter(has_text=estate.name)).to_be_visible()
    found = axe(page, ".sheet-estate")
    page.goto(f"/field/#/sheet/{row.pk}/review")
    page.locator("#item-C1-01 .bad input").check()
    assert [*found, *axe(page, ".sheet-item")] == []
