"""The page to read the API by, in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_api_is_read_and_tried_with_nothing_from_outside(page_as, estate):
    page = page_as("inspector")
    page.goto("/api/docs/")
    # Only what is in sight is drawn.
    page.wait_for_function("""() => {
      const there = document.querySelector("#operations-estates-estates_list");
      if (!there) scrollBy(0, innerHeight / 4);
      return there;
    }""")
    estates = page.locator("#operations-estates-estates_list")
    estates.locator(".opblock-summary-control").click()
    estates.locator(".try-out__btn").click()
    estates.locator(".execute").click()
    answer = estates.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text("银星花园")
