"""What an inspector does with /field/, in a real browser."""

import hashlib
import json
import re
from urllib.parse import urlsplit

import pytest
from django.contrib.gis.geos import LineString
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from geo.models import Asset, ExcludedArea
from inspections.models import Finding, Inspection, Refused
from tests.browser import day
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.browser.walk import open_checklist, question, record_one_fault, submit, take_pack
from tests.factories import AssetFactory, BuildingFactory, square

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def middle(estate) -> dict[str, float]:
    """Of the estate, as a receiver has it."""
    west, south, east, north = estate.geom.extent
    return {"longitude": (west + east) / 2, "latitude": (south + north) / 2, "accuracy": 8}


@pytest.fixture
def lane(estate) -> Asset:
    west, south, east, north = estate.geom.extent
    BuildingFactory(estate=estate, number="14栋")
    AssetFactory(estate=estate, code="LD-023")
    return AssetFactory(
        type="lane",
        estate=estate,
        name="环形消防车道",
        code="XC-01",
        width_m=4.5,
        geom=LineString((west + 0.0002, south + 0.0002), (east - 0.0002, north - 0.0002)),
    )


def test_an_inspector_finds_an_estate_records_a_blocked_lane_and_sees_it_on_the_map(
    context_of, sign_in, people, estate, lane, middle
):
    page = context_of(draws=True, geolocation=middle, permissions=["geolocation"]).new_page()
    page.goto("/field/")
    sign_in(page, people["inspector"])
    take_pack(page)

    page.get_by_role("searchbox").fill("银星")
    page.get_by_role("link", name="银星花园").click()
    expect(page.get_by_role("heading", name="银星花园")).to_be_focused()
    expect(page.get_by_role("link", name="消防车通道")).to_contain_text("从未检查")
    page.get_by_role("link", name="消防车通道").click()
    page.get_by_role("button", name="环形消防车道 XC-01").click()

    question(page, "XF-01").get_by_label("有问题", exact=True).check()
    expect(question(page, "XF-01")).to_contain_text("隐患 · 紧急")
    expect(question(page, "XF-01")).to_contain_text("《消防法》第二十八条")
    question(page, "XF-02").get_by_label("没问题", exact=True).check()
    question(page, "XF-03").get_by_role("textbox").click()
    for key in ["4", ".", "5"]:
        page.get_by_role("button", name=key, exact=True).click()
    question(page, "XF-04").get_by_label("未能检查", exact=True).check()
    expect(page.get_by_role("progressbar")).to_have_accessible_name("已答 4 项，共 20 项")
    page.get_by_role("link", name="核对并提交").click()

    expect(page.get_by_text("发现 1 处隐患")).to_be_visible()
    expect(page.get_by_text("± 8 米")).to_be_visible()
    expect(page.get_by_text("在小区内")).to_be_visible()
    submit(page)
    expect(page.get_by_text("服务器已收妥")).to_be_visible()
    expect(page.get_by_text("位置：在现场")).to_be_visible()

    recorded = Inspection.objects.get()
    assert recorded.answers == {
        "XF-01": True,
        "XF-02": False,
        "XF-03": 4.5,
        "XF-04": "could_not_check",
    }
    assert (recorded.estate, recorded.asset, recorded.inspector.username) == (
        estate,
        lane,
        "inspector",
    )
    assert (recorded.location_source, recorded.accuracy_m, recorded.placed) == ("gps", 8, "on_site")

    # The map stands on the estate now, and the sign where the record was made: in its middle.
    panel = page.locator(".panel").bounding_box()
    ground = page.locator(".map").bounding_box()
    left = panel["x"] + panel["width"]
    sign = ((left + ground["x"] + ground["width"]) / 2, ground["y"] + ground["height"] / 2)
    reported = page.get_by_role("button", name="消防车通道被机动车、非机动车占用")

    expect(page.locator(".map")).to_have_attribute("aria-busy", "false")
    page.mouse.click(*sign)
    expect(reported).to_have_attribute("aria-current", "true")
    expect(reported).to_contain_text("紧急")


def test_a_number_that_cannot_be_is_said_at_its_item_and_is_not_sent(page_as, estate, lane):
    page = page_as("inspector", viewport=TABLET)
    open_checklist(page, estate)
    width = question(page, "XF-03")
    expect(width).to_contain_text("要求 ≥ 4 m")

    width.get_by_role("textbox").fill("450")
    expect(width).to_contain_text("这个数值不合理，请核对数字和单位。")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="核对并提交").click()
    expect(page.get_by_text("有 1 项填写有误，请返回修改")).to_be_visible()
    expect(page.get_by_role("button", name="提交")).to_be_disabled()

    page.get_by_role("link", name="返回").click()
    width.get_by_role("textbox").fill("3.9")
    expect(width).to_contain_text("隐患 · 紧急")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="撤销").click()
    expect(width.get_by_role("textbox")).to_have_value("")


def test_what_the_server_says_of_an_answer_stands_at_its_item(page_as, estate, lane):
    """A page that is older than the server may take for right what is not."""
    page = page_as("inspector", expected=("400",))
    as_it_was(page)
    open_checklist(page, estate)
    for code in ("XF-03", "XF-04"):
        question(page, code).get_by_role("textbox").fill("450")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="核对并提交").click()
    submit(page)

    expect(page.get_by_text("服务器未接收")).to_be_visible()
    page.get_by_role("link", name="为什么被退回").click()
    page.get_by_role("button", name="改正后重新提交").click()
    expect(page.get_by_text("有 2 项答案需要修改")).to_be_visible()
    for code in ("XF-03", "XF-04"):
        expect(question(page, code)).to_contain_text("请核对")
        question(page, code).get_by_role("textbox").fill("4.5")
    page.keyboard.press("Escape")
    assert (Inspection.objects.count(), Refused.objects.get().code) == (0, "answers_invalid")

    page.get_by_role("link", name="核对并提交").click()
    submit(page)
    expect(page.get_by_text("服务器已收妥")).to_be_visible()
    held, came_back = Inspection.objects.get(), Refused.objects.get()
    assert held.answers == {"XF-03": 4.5, "XF-04": 4.5}
    assert (came_back.code, held.pk == came_back.entry) == ("answers_invalid", False)
    # One was explained and one is held: nothing is missing.
    page.goto("/field/#/statement")
    expect(page.get_by_text("两边一致，没有遗漏")).to_be_visible()


def as_it_was(page: Page) -> None:
    """The pack's checklist of an earlier day, in which a lane may be 1000 m wide."""
    old = {}

    def manifest(route) -> None:
        reply = route.fetch()
        told = reply.json()
        part = next(each for each in told["parts"] if each["name"] == "kinds")
        kinds = page.request.get(part["url"]).json()
        for item in next(each for each in kinds["rows"] if each["slug"] == "fire_lane")["items"]:
            if item["code"] in ("XF-03", "XF-04"):
                item["answer"]["max"] = 1000
        old["body"] = json.dumps(kinds)
        part["sha256"] = hashlib.sha256(old["body"].encode()).hexdigest()
        old["path"] = urlsplit(part["url"]).path
        route.fulfill(response=reply, body=json.dumps(told))

    def part(route) -> None:
        if urlsplit(route.request.url).path == old["path"]:
            route.fulfill(body=old["body"], content_type="application/json")
        else:
            route.continue_()

    page.route(re.compile(r"/api/v1/pack/\?"), manifest)
    page.route(re.compile(r"/api/v1/pack/parts/"), part)


def test_a_refused_record_stays_with_its_reason(page_as, estate, lane, middle):
    ExcludedArea.objects.create(name="营区", geom=square(*estate.geom.extent[:2]))
    page = page_as("inspector", expected=("422",), geolocation=middle, permissions=["geolocation"])
    record_one_fault(page, estate)
    expect(page.get_by_text("± 8 米")).to_be_visible()
    submit(page)

    expect(page.get_by_text("服务器未接收")).to_be_visible()
    expect(page.locator(".bar")).to_contain_text("1 条被退回")
    page.get_by_role("link", name="为什么被退回").click()
    expect(page.locator(".notice.bad")).to_contain_text("这个位置不允许记录")
    expect(page.locator(".notice.bad")).to_contain_text("内容和照片都在平板上")
    page.get_by_role("button", name="改正后重新提交").click()
    expect(question(page, "XF-01")).to_contain_text("隐患 · 紧急")


def test_with_the_server_down_nothing_is_lost_and_the_record_arrives_once(
    page_as, live, estate, lane
):
    page = page_as("inspector", viewport=PHONE, expected=("ERR_CONNECTION_REFUSED",))
    record_one_fault(page, estate)
    live.stop()
    submit(page)
    expect(page.get_by_text("已存在这台平板上，有网络时自动上传。")).to_be_visible()
    page.get_by_role("link", name=re.compile("待上传 1 条")).click()
    expect(page.get_by_text("连不上服务器，稍后自动重试")).to_be_visible()

    live.start()
    # "Send now" goes as soon as the tablet has sent by itself, which may be a moment before.
    day.all_is_held(page, 1)
    day.go(page, "outbox")
    expect(page.get_by_text("没有等待上传的记录")).to_be_visible()
    expect(page.locator(".bar")).to_contain_text("都已上传")
    assert Inspection.objects.count() == 1


def test_an_expired_sign_in_keeps_what_was_recorded_and_sends_it_after_the_next(
    page_as, sign_in, people, estate, lane
):
    page = page_as("inspector", expected=("401",))
    record_one_fault(page, estate)
    Session.objects.all().delete()
    submit(page)
    expect(page.get_by_text("未登录：可以照常检查，登录后上传")).to_be_visible()
    expect(page.locator(".bar")).to_contain_text("待上传 1 条")
    assert Inspection.objects.count() == 0

    page.get_by_role("link", name="重新登录").click()
    sign_in(page, people["inspector"])
    expect(page.locator(".bar")).to_contain_text("都已上传")
    assert Inspection.objects.count() == 1


@pytest.mark.parametrize("viewport", [TABLET, DESK])
def test_without_a_receiver_the_position_is_set_on_the_map_by_hand(
    page_as, estate, lane, middle, viewport
):
    page = page_as("inspector", draws=True, viewport=viewport)
    record_one_fault(page, estate)
    page.get_by_role("button", name="获取当前位置").click()
    expect(page.get_by_text("浏览器没有定位权限")).to_be_visible()
    page.get_by_role("button", name="在地图上标").click()
    # What is tapped comes under the cross. Under it already: nothing moves.
    cross = page.locator(".aim").bounding_box()
    page.mouse.click(cross["x"] + cross["width"] / 2, cross["y"] + cross["height"] / 2)
    page.get_by_role("button", name="就是这里").click()
    expect(page.get_by_text("手动标注")).to_be_visible()
    submit(page)
    expect(page.get_by_text("位置：在现场")).to_be_visible()

    recorded = Inspection.objects.get()
    assert (recorded.location_source, recorded.accuracy_m, recorded.placed) == (
        "manual",
        None,
        "on_site",
    )
    # Some metres: a pixel here is a third of one.
    assert recorded.location.coords == pytest.approx(
        (middle["longitude"], middle["latitude"]), abs=5e-5
    )


def test_a_record_is_corrected_by_another_that_stands_in_for_it(page_as, estate, lane):
    page = page_as("inspector")
    record_one_fault(page, estate)
    submit(page)
    expect(page.get_by_text("登记了 1 处隐患")).to_be_visible()
    expect(page.get_by_text("服务器已收妥")).to_be_visible()

    page.get_by_role("link", name="检查记录").click()
    page.get_by_role("button", name="更正这条记录").click()
    expect(question(page, "XF-01").get_by_label("有问题", exact=True)).to_be_checked()
    question(page, "XF-01").get_by_label("没问题", exact=True).check()
    page.get_by_role("link", name="核对并提交").click()
    expect(page.get_by_role("button", name="提交")).to_be_disabled()
    page.get_by_label("更正原因").fill("车是救护车")
    submit(page)
    expect(page.get_by_text("没有隐患，已记为检查过。")).to_be_visible()
    expect(page.get_by_text("服务器已收妥")).to_be_visible()

    page.get_by_role("link", name="回到小区").click()
    expect(page.get_by_text("没有未销号的隐患")).to_be_visible()
    assert not Finding.objects.filter(in_force=True).exists()
    assert Inspection.objects.get(in_force=True).reason == "车是救护车"


def test_the_language_changes_under_a_form_that_stays(page_as, estate, lane):
    page = page_as("inspector")
    open_checklist(page, estate)
    page.get_by_role("button", name="EN").click()
    question(page, "XF-01").get_by_label("Problem", exact=True).check()
    expect(question(page, "XF-01")).to_contain_text("Finding · Immediate danger")
    page.get_by_role("button", name="中文").click()
    expect(question(page, "XF-01")).to_contain_text("隐患 · 紧急")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    page.get_by_role("button", name="EN").click()
    expect(question(page, "XF-01")).to_contain_text("Finding · Immediate danger")
    expect(page.get_by_text("1/20")).to_be_visible()


def test_the_whole_way_by_keyboard(page_as, estate, lane):
    page = page_as("inspector")
    page.goto("/field/")
    tab_to(page, page.get_by_role("button", name="下载"))
    page.keyboard.press("Enter")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("银星")
    tab_to(page, page.get_by_role("link", name="银星花园"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="银星花园")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="消防车通道"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="整个小区"))
    page.keyboard.press("Enter")
    tab_to(page, question(page, "XF-01").get_by_label("没问题", exact=True))
    page.keyboard.press("ArrowRight")
    expect(question(page, "XF-01").get_by_label("有问题", exact=True)).to_be_checked()
    tab_to(page, page.get_by_role("link", name="核对并提交"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="提交", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="已提交")).to_be_focused()


def tab_to(page: Page, wanted) -> None:
    """Twice around at most: a page that draws itself anew may let the focus fall to its start."""
    for _ in range(180):
        if wanted.count() and wanted.evaluate("(each) => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {wanted}")


def test_whoever_does_not_record_is_told_so(page_as):
    page = page_as("leader", expected=("403",))
    reply = page.goto("/field/")
    assert reply is not None
    assert reply.status == 403
    expect(page.get_by_role("heading")).to_have_text("无权打开此页面")
