"""Steps that an inspector takes at /field/."""

from playwright.sync_api import Locator, Page, expect


def take_pack(page: Page) -> None:
    """The first start on a tablet: everything offered is taken along."""
    page.get_by_role("button", name="下载").click()
    expect(page.get_by_role("heading", name="先把辖区下载到平板")).to_be_hidden()


def question(page: Page, code: str) -> Locator:
    return page.locator(f"#item-{code}")


def open_checklist(page: Page, estate, kind: str = "fire_lane") -> None:
    page.goto(f"/field/#/estate/{estate.pk}/{kind}")
    take_pack(page)
    expect(page.locator(".question").first).to_be_visible()


def record_one_fault(page: Page, estate) -> None:
    """As far as the review."""
    open_checklist(page, estate)
    question(page, "XF-01").get_by_label("有问题", exact=True).check()
    page.get_by_role("link", name="核对并提交").click()
    expect(page.get_by_role("heading", name="核对", exact=True)).to_be_focused()


def submit(page: Page) -> None:
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("heading", name="已提交")).to_be_visible()
