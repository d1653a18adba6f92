"""What an inspector does on a tablet, step by step, as a person does it."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from geo.models import Estate
from tests.browser.line import Line
from tests.browser.tablet import Tablet

WAYS = ["off", "refuses", "hangs"]


def lose_network(way: str, tablet: Tablet, line: Line) -> None:
    """Flight mode; a server that is switched off; one that accepts and never answers."""
    tablet.go_offline(way == "off")
    if way != "off":
        getattr(line, way)()


def find_network(tablet: Tablet, line: Line) -> None:
    tablet.go_offline(False)
    line.passes()


def take_pack(page: Page) -> None:
    page.get_by_role("button", name="下载", exact=True).click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def go(page: Page, place: str) -> None:
    """Somewhere else in the app that is open."""
    page.evaluate("(to) => { location.hash = to; }", f"#/{place}")


def question(page: Page, code: str) -> Locator:
    return page.locator(f"#item-{code}")


def begin(page: Page, estate: Estate, kind: str) -> None:
    go(page, f"estate/{estate.pk}/{kind}")
    expect(page.locator(".question").first).to_be_visible()


def report(page: Page, code: str) -> None:
    question(page, code).get_by_label("有问题", exact=True).check()
    expect(question(page, code)).to_contain_text("隐患")


def open_camera(page: Page, code: str) -> None:
    question(page, code).get_by_role("link", name=f"为 {code} 拍照").click()
    expect(shutter(page)).to_be_visible()


def shutter(page: Page) -> Locator:
    return page.get_by_role("button", name="拍照", exact=True)


def photograph(page: Page, code: str, so_far: int = 1) -> None:
    open_camera(page, code)
    shutter(page).click()
    expect(page.locator(".last .count")).to_have_text(str(so_far))
    page.get_by_role("button", name="完成").click()
    expect(question(page, code)).to_be_visible()


def choose_photo(page: Page, estate: Estate, kind: str, code: str, file: Path) -> None:
    go(page, f"estate/{estate.pk}/{kind}/photos/{code}")
    page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    begin(page, estate, kind)


def review(page: Page) -> Locator:
    """As far as the button that submits."""
    page.get_by_role("link", name="核对并提交").click()
    expect(page.get_by_role("heading", name="核对", exact=True)).to_be_visible()
    return page.get_by_role("button", name="提交", exact=True)


def submit(page: Page) -> str:
    """Into the journal. The record's id."""
    review(page).click()
    expect(page.get_by_role("heading", name="已提交")).to_be_visible()
    return re.sub(".*/", "", page.evaluate("location.hash"))


def waits(page: Page, n: int) -> None:
    """The bar says truly how many are on this tablet alone."""
    expect(page.locator(".sending")).to_contain_text(f"待上传 {n} 条")


def all_is_held(page: Page, n: int) -> None:
    """The statement of uploads agrees: so many taken, sent and held."""
    go(page, "statement")
    # Sending goes on by itself after a while; a person does not wait for it.
    page.get_by_role("button", name="和服务器核对").click()
    expect(page.get_by_text("两边一致，没有遗漏")).to_be_visible()
    expect(page.locator("dl.tally dd")).to_have_text([*[str(n)] * 3, "0", "0", "0"])


# The whole of a store, as the tablet has it on its disk.
_ALL = """
async ([database, store]) => {
  const open = indexedDB.open(database);
  const db = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
  const all = db.transaction([store]).objectStore(store).getAll();
  const rows = await new Promise((resolve) => { all.onsuccess = () => resolve(all.result); });
  db.close();
  return rows;
}
"""


def on_disk(page: Page, person: int, store: str) -> list[dict]:
    return page.evaluate(_ALL, [f"xuntu-{person}", store])
