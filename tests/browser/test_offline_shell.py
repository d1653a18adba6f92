"""The app itself with no network: it opens, in either language, and no version of it is ever half
there or comes under somebody's hands."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from inspections.models import Inspection
from tests.browser import day
from tests.browser.day import WAYS, find_network, lose_network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def ready(tablet, person) -> Page:
    """Signed in, and the app kept for the days without a network."""
    tablet.sign_in(person)
    page = tablet.open("/field/#/tablet")
    expect(page.get_by_text("可以打开，可以检查")).to_be_visible()
    return page


def version_of(page: Page) -> str:
    return page.locator("meta[name=version]").get_attribute("content") or ""


def kept_addresses(page: Page) -> dict[str, list[str]]:
    return page.evaluate(
        """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(
            async (name) => [name, (await (await caches.open(name)).keys()).map(
              ({ url }) => new URL(url).pathname)])))"""
    )


@contextmanager
def served_otherwise(live, name: str, change: Callable[[str], str]) -> Iterator[None]:
    """A file of the app is another than it was, as after a renewal of the server."""
    file = Path(live.environment["XUNTU_DATA"]) / "staticfiles" / name
    before = file.read_text("utf-8")
    file.write_text(change(before), "utf-8")
    try:
        yield
    finally:
        file.write_text(before, "utf-8")


def renewed(live) -> None:
    live.stop()
    live.start()


@pytest.fixture
def another_version(live) -> Iterator[Callable[[], None]]:
    """Puts the server to another version of the app; afterwards it is as it was."""
    with ExitStack() as afterwards:

        def put() -> None:
            afterwards.callback(renewed, live)
            later = served_otherwise(live, "app/when.js", lambda text: f"{text}\n// later\n")
            afterwards.enter_context(later)
            renewed(live)

        yield put


def test_it_opens_in_either_language_in_all_three_ways_of_having_no_network(tablet, line, people):
    page = ready(tablet, people["inspector"])
    version = version_of(page)
    assert re.fullmatch("[0-9a-f]{12}", version)
    for way in WAYS:
        tablet.switch_off()
        tablet.switch_on()
        lose_network(way, tablet, line)
        page = tablet.open("/field/#/tablet")
        expect(page.get_by_role("heading", name="本机")).to_be_visible()
        expect(page.get_by_text("可以打开，可以检查")).to_be_visible()
        expect(page.get_by_text(version)).to_be_visible()
        page.get_by_role("button", name="EN").click()
        expect(page.get_by_role("heading", name="This tablet")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="This tablet")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_text("opens and works")).to_be_visible()
        page.get_by_role("button", name="中文").click()
        expect(page.get_by_role("heading", name="本机")).to_be_visible()
        find_network(tablet, line)


def test_all_that_the_page_asks_for_is_kept_and_nothing_else_and_the_map_is_drawn_of_it(
    tablet_of, line, people, estate
):
    tablet = tablet_of(draws=True)
    asked: set[str] = set()
    tablet.context.on("request", lambda request: asked.add(urlsplit(request.url).path))
    page = ready(tablet, people["inspector"])
    day.go(page, "")
    day.take_pack(page)
    day.begin(page, estate, "fire_lane")
    day.open_camera(page, "XF-01")
    ((name, kept),) = kept_addresses(page).items()
    assert name == f"xuntu-shell-{version_of(page)}"
    of_app = {path for path in asked if path.startswith(("/static/", "/field/workers/"))}
    assert of_app - {"/static/app/worker.js"} - set(kept) == set()
    assert {"/static/app/field.js", "/field/workers/map.js"} <= of_app
    strange = [path for path in kept if not path.startswith(("/static/", "/field/workers/"))]
    assert strange == ["/field/"]

    line.refuses()
    page.goto(f"{tablet.home}/field/#/estate/{estate.pk}")
    page.reload()
    expect(page.get_by_role("heading", name="银星花园")).to_be_visible()
    expect(page.locator(".map canvas")).to_be_visible()
    expect(page.get_by_text("地图加载中")).to_have_count(0)
    expect(page.get_by_text("未加载")).to_have_count(0)


def test_a_newer_version_waits_for_an_open_form_and_finds_what_was_not_sent(
    tablet, line, people, estate, another_version
):
    page = ready(tablet, people["inspector"])
    before = version_of(page)
    form = tablet.open()
    day.take_pack(form)
    day.begin(form, estate, "fire_lane")
    day.report(form, "XF-01")

    another_version()
    page.get_by_role("button", name="检查新版本").click()
    expect(page.get_by_text("新版本已经准备好")).to_be_visible()
    page.get_by_role("button", name="现在更新").click()
    expect(page.get_by_text("有一张检查表或相机正开着")).to_be_visible()
    expect(form.locator("#item-XF-01")).to_contain_text("隐患 · 紧急")
    assert (version_of(form), len(kept_addresses(page))) == (before, 2)

    # The form becomes a record that can't be sent; then both tabs change over, with no network.
    line.refuses()
    id = day.submit(form)
    page.get_by_role("button", name="现在更新").click()
    expect(page.locator(f"meta[name=version][content='{before}']")).to_have_count(0)
    expect(page.get_by_text("可以打开，可以检查")).to_be_visible()
    after = version_of(page)
    expect(form.locator(f"meta[name=version][content='{after}']")).to_have_count(1)
    expect(page.get_by_text("新版本已经准备好")).to_have_count(0)
    assert list(kept_addresses(page)) == [f"xuntu-shell-{after}"]
    day.waits(form, 1)
    (entry,) = day.on_disk(form, people["inspector"].pk, "entries")
    assert (entry["id"], entry["appVersion"]) == (id, before)

    line.passes()
    day.all_is_held(form, 1)
    assert Inspection.objects.get().content_sha256 == entry["sha256"]


def test_a_newer_version_that_does_not_come_whole_leaves_the_present_one(
    tablet, people, another_version
):
    page = ready(tablet, people["inspector"])
    before = version_of(page)
    # The tablet looks by itself too.
    tablet.sign_out()
    another_version()
    page.get_by_role("button", name="检查新版本").click()
    expect(page.get_by_text("新版本没能取全，现在的版本照常使用")).to_be_visible()
    expect(page.get_by_text("取应用文件时被要求登录")).to_be_visible()
    page.reload()
    assert version_of(page) == before

    tablet.sign_in(people["inspector"])
    page.get_by_role("button", name="检查新版本").click()
    expect(page.get_by_text("新版本已经准备好")).to_be_visible()


def test_a_file_that_is_not_what_the_list_says_is_told_aloud(tablet, live, people):
    """Something in between answers with a page of its own, or the server is half renewed."""
    renewed(live)
    live.ask("/field/sw.js")
    tablet.sign_in(people["inspector"])
    # Of the same length, as the server noted it when it started.
    with served_otherwise(live, "app/rules.js", lambda text: text.replace("the ", "teh ", 1)):
        page = tablet.open("/field/")
        expect(page.locator(".needs")).to_contain_text("没有网络时还打不开")
        expect(page.locator(".needs")).to_contain_text("/static/app/rules.js 与清单不符")
    page.locator(".needs").get_by_text("本机").click()
    page.get_by_role("button", name="重试").click()
    expect(page.get_by_text("可以打开，可以检查")).to_be_visible()
    expect(page.get_by_text("没有网络时还打不开")).to_have_count(0)


def test_little_room_is_said_before_it_is_short(tablet, people):
    page = ready(tablet, people["inspector"])
    devtools = tablet.context.new_cdp_session(page)
    devtools.send(
        "Storage.overrideQuotaForOrigin", {"origin": tablet.home, "quotaSize": 300_000_000}
    )
    page.reload()
    expect(page.get_by_text("存储空间快满了")).to_be_visible()
    expect(page.get_by_text(re.compile("还允许用 29[0-9] MB"))).to_have_count(2)
    page.goto(f"{tablet.home}/field/#/")
    expect(page.locator(".needs")).to_contain_text("存储空间快满了")
