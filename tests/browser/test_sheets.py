"""A score sheet of an estate on its way to the standard, filled in with no network: it survives the
power, arrives once when the network is back, and moves the score on the card."""

import json

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaign.models import Sheet
from campaign.services.loading import load_actions
from inspections.models import Refused
from tests.browser import day
from tests.campaign.creation import sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def row(live, as_user, estate):
    load_actions()
    return sent.enrolled(as_user("clerk"), estate)


def grade(page: Page, code: str, word: str) -> None:
    page.locator(f"#item-{code}").get_by_label(word, exact=True).check()


def graded(page: Page, code: str, word: str) -> None:
    expect(page.locator(f"#item-{code}").get_by_label(word, exact=True)).to_be_checked()


def score(as_user, row) -> dict:
    told = sent.card(as_user("leader"), row, timezone.localdate().isoformat())
    return {"score": told["score"], "C1-01": sent.item(told, "C1-01")["state"]}


def test_a_sheet_filled_with_no_network_survives_the_power_and_moves_the_score(
    tablet, line, people, as_user, estate, row
):
    tablet.sign_in(people["inspector"])
    page = tablet.open()
    day.take_pack(page)
    day.go(page, "sheets")
    expect(page.get_by_role("listitem").filter(has_text=estate.name)).to_contain_text("评审表")
    page.goto(f"{tablet.home}/field/#/tablet")
    expect(page.get_by_text("可以打开，可以检查")).to_be_visible()
    assert score(as_user, row) == {"score": 0, "C1-01": "never"}

    # In flight mode; the app was closed and is opened again, and the power goes as it is filled.
    tablet.switch_off()
    day.lose_network("off", tablet, line)
    tablet.switch_on()
    address = f"/field/#/sheet/{row.pk}/review"
    tablet.loses_power(lambda: grade(tablet.open(address), "C1-01", "符合"), writes=1)
    page = tablet.open(address)
    graded(page, "C1-01", "符合")
    grade(page, "C2-01", "不符合")
    page.locator("#item-C2-01").get_by_label("说明").fill("制度没有更新")
    expect(page.locator(".progress")).to_contain_text("2/")

    # As it is submitted the power goes again: it is an entry, and no draft any more.
    def submit() -> None:
        button = page.get_by_role("button", name="提交")
        page.evaluate("writesOf = 'entries'; writesLeft = 1")
        button.dispatch_event("click")

    page.close()

    def fill() -> None:
        nonlocal page
        page = tablet.open(address)
        graded(page, "C2-01", "不符合")
        submit()

    tablet.loses_power(fill, writes=None)
    page = tablet.open("/field/#/sheets")
    day.waits(page, 1)
    (entry,) = day.on_disk(page, people["inspector"].pk, "entries")
    assert (entry["type"], entry["number"], entry["kind"]) == ("sheet", 1, "review")
    assert day.on_disk(page, people["inspector"].pk, "drafts") == []
    expect(page.get_by_text("本机已提交")).to_be_visible()
    assert Sheet.objects.count() == 0

    # The network is back.
    day.find_network(tablet, line)
    day.all_is_held(page, 1)
    sheet = Sheet.objects.get()
    assert (str(sheet.pk), sheet.content_sha256) == (entry["id"], entry["sha256"])
    assert sheet.answers == {
        "C1-01": {"grade": "met", "note": ""},
        "C2-01": {"grade": "unmet", "note": "制度没有更新"},
    }
    assert not Refused.objects.exists()
    after = score(as_user, row)
    assert after["C1-01"] == "met"
    assert after["score"] > 0


def test_one_that_comes_back_says_why_is_put_right_and_goes_again(
    tablet, people, as_user, estate, row
):
    tablet.sign_in(people["inspector"])
    page = tablet.open()
    day.take_pack(page)
    day.go(page, "sheets")
    expect(page.get_by_role("listitem").filter(has_text=estate.name)).to_be_visible()
    day.go(page, f"sheet/{row.pk}/recheck")
    grade(page, "C1-01", "符合")
    # Before it was on the list.
    page.get_by_label("评分日期").fill("2024-11-01")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("link", name="返回").click()
    day.go(page, "outbox")
    back = page.get_by_role("listitem").filter(has_text=estate.name)
    expect(back).to_contain_text("复核表")
    back.get_by_role("link").click()
    page.get_by_role("button", name="改正后重新提交").click()
    expect(page.get_by_text("这张表被退回，改好后再提交。")).to_be_visible()
    graded(page, "C1-01", "符合")
    page.get_by_label("评分日期").fill("2024-11-20")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("本机已提交")).to_be_visible()
    expect(page.locator(".sending")).to_contain_text("都已上传")
    sheet = Sheet.objects.get()
    assert (sheet.form, sheet.day.isoformat()) == ("recheck", "2024-11-20")
    (refused,) = Refused.objects.all()
    assert json.loads(bytes(refused.body))["day"] == "2024-11-01"
