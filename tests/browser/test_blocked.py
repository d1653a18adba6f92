"""A tablet that the office takes out of use, and one on which nobody has signed in yet."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from inspections.models import Inspection
from people.devices import revoke_device
from people.models import Device
from tests.browser.conftest import TABLET
from tests.browser.walk import record_one_fault, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AWAY = ("ERR_INTERNET_DISCONNECTED", "401")
LEFT = """async () => ({
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"databases": [], "caches": [], "workers": 0}


def blocked_while_away(page: Page, estate, clerk) -> None:
    """One record waits on it when the office takes it out of use."""
    record_one_fault(page, estate)
    page.context.set_offline(True)
    submit(page)
    expect(page.locator(".bar")).to_contain_text("待上传 1 条")
    revoke_device(device=Device.objects.get(), by=clerk)


def is_wiped(page: Page) -> None:
    assert page.evaluate(LEFT) == NOTHING
    device = Device.objects.get()
    assert device.wiped_at is not None
    assert device.wiped_at >= device.revoked_at


def test_what_waits_is_delivered_in_sight_and_then_nothing_is_left(page_as, people, estate):
    page = page_as("inspector", viewport=TABLET, expected=AWAY)
    blocked_while_away(page, estate, people["clerk"])
    held: list[Route] = []
    page.route(re.compile("/api/v1/inspections/.+"), lambda route: held.append(route))
    with page.expect_request(re.compile("/api/v1/inspections/.+")):
        page.context.set_offline(False)
    expect(page.get_by_role("heading", name="这台平板已停用")).to_be_visible()
    expect(page.get_by_text("已送达 0 / 1 条")).to_be_visible()
    expect(page.get_by_text("没送到的也会删除")).to_be_visible()
    page.get_by_role("button", name="EN").click()
    expect(page.get_by_text("0 of 1 delivered")).to_be_visible()
    page.get_by_role("button", name="中文").click()

    held[0].continue_()
    expect(page.get_by_text("1 条记录已送达服务器。")).to_be_visible()
    expect(page.get_by_text("平板上的内容已全部删除。")).to_be_visible()
    assert Inspection.objects.count() == 1
    is_wiped(page)
    assert settings.SESSION_COOKIE_NAME not in {each["name"] for each in page.context.cookies()}


def test_signed_out_it_is_wiped_at_once_and_says_what_was_lost(page_as, people, estate):
    page = page_as("inspector", viewport=TABLET, expected=AWAY)
    blocked_while_away(page, estate, people["clerk"])
    Session.objects.all().delete()
    page.get_by_role("button", name="EN").click()
    page.context.set_offline(False)
    expect(page.get_by_text("This tablet was taken out of use")).to_be_visible()
    expect(page.get_by_text("1 record could not be delivered")).to_be_visible()
    expect(page.get_by_text("Everything on this tablet is deleted.")).to_be_visible()
    assert Inspection.objects.count() == 0
    is_wiped(page)


def test_before_the_first_sign_in_a_dead_line_is_said_and_tried_again(page_as, people, estate):
    page = page_as("inspector", viewport=TABLET, expected=("ERR_CONNECTION_REFUSED",))
    held: list[Route] = []
    page.route("**/api/v1/me/", lambda route: held.append(route))
    with page.expect_request("**/api/v1/me/"):
        page.goto("/field/")
    expect(page.get_by_text("正在打开…")).to_be_visible()
    held[0].abort("connectionrefused")
    expect(page.get_by_text("连不上服务器")).to_be_visible()
    expect(page.get_by_text("这台平板还没有登录过，第一次要有网络。")).to_be_visible()
    page.unroute("**/api/v1/me/")
    page.get_by_role("button", name="重试").click()
    expect(page.get_by_role("heading", name="先把辖区下载到平板")).to_be_visible()
