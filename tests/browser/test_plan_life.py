"""From an empty plan to an approved site on the inspectors' tablets."""

import pytest
from playwright.sync_api import Page, expect

from geo.models import Asset
from planning.models import Proposal
from tests.browser.conftest import TABLET
from tests.browser.ground import Ground
from tests.browser.walk import take_pack

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def ground(estate) -> Ground:
    return Ground(estate)


def tab(page: Page, name: str) -> None:
    page.get_by_role("group", name="拟建点的内容").get_by_role("button", name=name).click()


def saved(page: Page) -> None:
    expect(page.locator(".saving")).to_have_attribute("data-saving", "saved")


def take(page: Page, step: str, note: str = "") -> None:
    page.get_by_role("button", name=step, exact=True).click()
    if note:
        page.get_by_label("说明").fill(note)
    page.get_by_role("button", name="办理", exact=True).last.click()
    expect(page.get_by_text(f"已办理：{step}")).to_be_visible()


def test_a_site_goes_from_an_empty_plan_to_the_inspectors_tablet(page_as, ground):
    page = page_as("planner")
    page.goto("/plan/?show=plans")
    page.get_by_role("button", name="新建方案").click()
    page.get_by_label("方案名称").fill("陈村第一批")
    page.get_by_role("button", name="建立方案").click()
    page.get_by_title("方案操作").click()
    page.get_by_role("button", name="共享给同事").click()
    expect(page.get_by_text("已共享")).to_be_visible()

    page.get_by_text("按坐标放置").click()
    page.get_by_label("坐标").fill(ground.typed(90, 62))
    page.get_by_role("button", name="放在此处").click()
    tab(page, "属性")
    page.locator("#site-name").fill("东门充电点")
    for field, value in (
        ("place", "open_ground"),
        ("level", "ground"),
        ("canopy", "open"),
        ("partitions", "true"),
        ("cctv", "true"),
        ("commercial", "true"),
        ("power", "grid"),
    ):
        page.locator(f"#site-{field}").select_option(value)
    saved(page)

    tab(page, "办理")
    page.get_by_label("添加文件或照片").set_input_files(
        {"name": "表决结果.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(page.get_by_role("link", name="表决结果.pdf")).to_be_visible()
    take(page, "提交核查", "敏感场所和出口已到现场看过，无")
    page.get_by_role("button", name="登记业主表决", exact=True).click()
    for name, value in (
        ("heads", "300"),
        ("area_m2", "30000"),
        ("heads_took_part", "200"),
        ("area_took_part_m2", "20000.00"),
        ("heads_agreed", "149"),
        ("area_agreed_m2", "15000"),
    ):
        page.locator(f"#vote-{name}").fill(value)
    expect(page.get_by_text("74.5%，未达 3/4，还差 1")).to_be_visible()
    page.locator("#vote-heads_agreed").fill("150")
    expect(page.get_by_text("表决通过", exact=True)).to_be_visible()
    page.get_by_label("表决结果.pdf").check()
    page.get_by_role("button", name="办理", exact=True).last.click()
    expect(page.get_by_text("目前：业主已同意")).to_be_visible()
    # Whoever drew it does not approve it.
    expect(page.get_by_role("button", name="批准", exact=True)).to_have_count(0)

    approver = page_as("supervisor")
    approver.goto(page.url)
    expect(approver.get_by_text("目前：业主已同意")).to_be_visible()
    take(approver, "批准", "敏感场所和出口已核实")
    expect(approver.get_by_text("目前：已批准")).to_be_visible()
    site = Proposal.objects.get().site
    assert (site.type, site.status, site.ports) == ("charging_site", "planned", 10)

    page.reload()
    expect(page.get_by_text("目前：已批准")).to_be_visible()
    tab(page, "属性")
    expect(page.get_by_text("已批准的点不能再改边界和属性")).to_be_visible()
    expect(page.locator("#site-bays")).to_be_disabled()

    tablet = page_as("inspector", viewport=TABLET)
    tablet.goto(f"/field/#/estate/{ground.estate.pk}/ebike_charging/asset")
    take_pack(tablet)
    # Shown, and not yet to be inspected.
    told = tablet.get_by_role("listitem").filter(has_text="东门充电点")
    expect(told).to_contain_text("规划中")
    expect(told.get_by_role("button")).to_have_count(0)

    tab(page, "办理")
    take(page, "登记建成")
    expect(page.get_by_text("目前：已建成")).to_be_visible()
    assert Asset.objects.get(pk=site.pk).status == "built"
    # What is built is to be inspected.
    tablet.reload()
    expect(told.get_by_role("button")).to_contain_text("东门充电点")
