"""Before and after under a divider, and boxes over faces, in a real browser."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from inspections.models import MaskedCopy
from tests.browser.conftest import PHONE
from tests.evidence.worlds import World, handled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(live, as_user, estate, settings) -> World:
    data = Path(live.environment["XUNTU_DATA"])
    settings.MEDIA_ROOT, settings.UPLOADS_DIR = data / "photos", data / "uploads"
    return handled(as_user, estate)


def drag(page: Page, at: dict, one: tuple[float, float], other: tuple[float, float]) -> None:
    """From one share of a box to another."""
    points = [(at["x"] + x * at["width"], at["y"] + y * at["height"]) for x, y in (one, other)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=4)
    page.mouse.up()


SHOTS = os.environ.get("SHOTS")


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_boxes_are_drawn_by_hand_and_by_keys_and_burnt_into_a_copy(page_as, world):
    page = page_as("supervisor")
    page.goto(f"/photos/{world.before.pk}/mask/")
    frame = page.locator(".mask-frame svg")
    expect(frame).to_be_visible()
    save = page.get_by_role("button", name="生成脱敏副本")
    expect(save).to_be_disabled()
    drag(page, frame.bounding_box(), (0.1, 0.2), (0.3, 0.5))
    first = page.get_by_role("group", name="遮挡框 1：距左 10%，距上 20%，宽 20%，高 30%")
    expect(first).to_be_focused()
    # Moved by hand, a little by the arrows, and back.
    drag(page, frame.bounding_box(), (0.2, 0.4), (0.4, 0.4))
    page.keyboard.press("Control+ArrowDown")
    moved = page.get_by_role(
        "group", name=re.compile("遮挡框 1：距左 30%，距上 2[23]%，宽 20%，高 30%")
    )
    expect(moved).to_be_focused()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(first).to_be_visible()
    # With no pointer at all.
    page.get_by_role("button", name="加一个遮挡框").press("Enter")
    page.keyboard.press("Shift+Control+ArrowRight")
    second = page.get_by_role(
        "group", name=re.compile("遮挡框 2：距左 42%，距上 42%，宽 1[89]%，高 16%")
    )
    expect(second).to_be_focused()
    page.keyboard.press("Delete")
    expect(second).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(second).to_be_visible()
    shot(page, "mask")
    page.get_by_role("button", name="生成脱敏副本（2 处）").click()
    expect(page.get_by_text("脱敏副本已生成")).to_be_visible()
    expect(page.get_by_role("heading", name="对外使用的副本")).to_be_visible()
    expect(save).to_be_disabled()
    copy = MaskedCopy.objects.get()
    assert [[round(each, 2) for each in box] for box in copy.boxes] == [
        [0.1, 0.2, 0.2, 0.3],
        [0.42, 0.42, 0.18, 0.16],
    ]
    shot(page, "masked")
    page.reload()
    expect(second).to_be_visible()


def test_it_is_as_large_as_the_screen_of_a_phone(page_as, world):
    page = page_as("inspector", viewport=PHONE)
    page.goto(f"/photos/{world.before.pk}/mask/")
    frame = page.locator(".mask-frame svg")
    expect(frame).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    drag(page, frame.bounding_box(), (0.5, 0.5), (0.8, 0.8))
    expect(page.get_by_role("button", name="生成脱敏副本（1 处）")).to_be_enabled()
    shot(page, "mask-phone")


def test_before_and_after_lie_under_a_divider_that_follows_finger_and_keys(page_as, world):
    page = page_as("supervisor")
    page.goto(f"/cases/#/{world.case.pk}")
    figure = page.locator("figure.swipe")
    expect(figure).to_be_visible()
    figure.scroll_into_view_if_needed()
    slider = page.get_by_role("slider", name="整改前占多少")
    expect(slider).to_have_attribute("aria-valuetext", "左边 50% 是整改前")
    frame = figure.locator(".swipe-frame")
    drag(page, frame.bounding_box(), (0.5, 0.5), (0.25, 0.5))
    expect(slider).to_have_attribute("aria-valuetext", "左边 25% 是整改前")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "左边 26% 是整改前")
    expect(figure).to_contain_text("相距 10 米，在东侧（误差 10 米以内）")
    expect(figure).to_contain_text("2 天后")
    shot(page, "swipe")
    # Closer: both together, and then the picture is moved and not the divider.
    figure.get_by_role("button", name="放大").click()
    drag(page, frame.bounding_box(), (0.6, 0.5), (0.7, 0.5))
    scales = figure.locator("img").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).transform)"
    )
    assert scales[0] == scales[1] != "none"
    expect(slider).to_have_attribute("aria-valuetext", "左边 26% 是整改前")
    figure.get_by_role("button", name="并排").click()
    boxes = [figure.locator(f".swipe-pane.{each}").bounding_box() for each in ("before", "after")]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    shot(page, "side")
    expect(figure.get_by_role("link", name="脱敏").first).to_have_attribute(
        "href", f"/photos/{world.before.pk}/mask/"
    )
