"""From the estate to the leader's desk, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import TABLET
from tests.browser.walk import record_one_fault, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_an_inspector_records_on_a_tablet_stands_on_the_leaders_page(page_as, estate):
    west, south, east, north = estate.geom.extent
    here = {"longitude": (west + east) / 2, "latitude": (south + north) / 2, "accuracy": 8}
    leader = page_as("leader")
    leader.goto("/overview/")
    expect(leader.get_by_text("所选范围内没有记录")).to_be_visible()

    tablet = page_as("inspector", viewport=TABLET, geolocation=here, permissions=["geolocation"])
    record_one_fault(tablet, estate)
    submit(tablet)
    expect(tablet.get_by_text("服务器已收妥")).to_be_visible()

    # Nobody reloads the page: it learns of it by itself.
    figures = leader.locator(".lead-numbers .big-number")
    expect(figures.nth(0).get_by_role("link")).to_have_text("1")
    expect(figures.nth(1).get_by_role("link")).to_have_text("1")
    leader.get_by_role("button", name="社区", exact=True).click()
    row = leader.locator(".bars li").filter(has_text="陈村社区")
    expect(row.get_by_role("link")).to_have_text("1")
    row.get_by_role("link").click()
    rows = leader.get_by_role("region", name="数字背后的明细").locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(estate.name)
