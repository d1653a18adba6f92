"""A ledger in the browser: a row is added from what is owed, corrected and withdrawn; a workbook
goes out and comes in, with every bad cell named."""

import io
from datetime import date

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from campaign.models import LedgerRow
from campaign.services.loading import load_actions
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.browser.test_axe import AXE, LOOK
from tests.campaign.kept import stood

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEDGER = "/campaign/ledgers/cleanups/"


@pytest.fixture
def page(live, page_as, estate) -> Page:
    load_actions()
    return page_as("officer", locale="en-GB", expected=("status of 400",))


def data() -> list[tuple]:
    rows = LedgerRow.objects.order_by("at").values_list("data", "reason", "withdrawn")
    return [(row["places"], row.get("people"), *said) for row, *said in rows]


def test_a_row_is_added_corrected_and_withdrawn(page, estate):
    page.goto(LEDGER)
    page.get_by_role("region", name="Owed").get_by_role("button", name=estate.name).click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Add").click()
    expect(form.get_by_text("This is needed.")).to_be_visible()
    form.get_by_label("lobbies").check()
    form.get_by_role("button", name="Add").click()
    line = page.locator("tbody tr", has_text=estate.name)
    expect(line).to_contain_text("lobbies")
    expect(page.get_by_text("all there")).to_be_visible()

    line.get_by_role("button", name="Correct").click()
    form.get_by_label("People (optional)").fill("12")
    form.get_by_label("Reason").fill("forgotten")
    form.get_by_role("button", name="Correct").click()
    expect(line).to_contain_text("Corrected: forgotten")

    line.get_by_role("button", name="Withdraw").click()
    form.get_by_label("Reason").fill("twice")
    form.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("Nothing is entered in")).to_be_visible()
    assert data() == [
        (["lobbies"], None, "", False),
        (["lobbies"], 12, "forgotten", False),
        (["lobbies"], 12, "twice", True),
    ]


def test_a_month_that_is_over_asks_for_the_day_and_what_is_typed_outlives_the_sign_in(
    page_as, people, estate, sign_in
):
    load_actions()
    page = page_as("officer", locale="en-GB", expected=("status of 400", "status of 401"))
    page.goto(f"{LEDGER}?month=2024-11")
    page.get_by_role("region", name="Owed").get_by_role("button", name=estate.name).click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Day")).to_have_value("")
    form.get_by_label("lobbies").check()
    form.get_by_role("button", name="Add").click()
    expect(form.get_by_text("A date such as 2024-11-30.")).to_be_visible()
    form.get_by_label("Day").fill("2024-11-28")
    page.context.clear_cookies(name="sessionid")
    form.get_by_role("button", name="Add").click()
    with page.context.expect_page() as opened:
        form.get_by_role("link", name="Sign in").click()
    sign_in(opened.value, people["officer"])
    opened.value.wait_for_url(f"**{LEDGER}?month=2024-11")
    form.get_by_role("button", name="Try again").click()
    line = page.locator("tbody tr", has_text=estate.name)
    expect(line).to_contain_text("lobbies")
    # Rows of several years stand in one ledger.
    expect(line).to_contain_text("28 Nov 2024")
    assert LedgerRow.objects.get().day == date(2024, 11, 28)


def test_a_row_is_found_by_its_communitys_name_in_the_language_of_the_page(
    page, people, estate, community
):
    community.name_en = "Chencun"
    community.save()
    stood("cleanups", "2024-12-12", people["admin"], {"places": ["lobbies"]}, estate=estate)
    page.goto(f"{LEDGER}?month=2024-12")
    line = page.locator("tbody tr", has_text=estate.name)
    expect(line).to_contain_text("Chencun")
    find = page.get_by_role("searchbox")
    find.fill("chen")
    expect(line).to_be_visible()
    find.fill("chex")
    expect(page.get_by_text("Nothing found")).to_be_visible()


def test_who_is_signed_out_meanwhile_is_led_back(live, page_as, estate):
    load_actions()
    page = page_as("officer", locale="en-GB", expected=("status of 401",))
    page.goto("/campaign/ledgers/?month=2024-12")
    expect(page.locator(".ledgers-card").first).to_be_visible()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Month before").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_have_attribute(
        "href", "/sign-in/?next=%2Fcampaign%2Fledgers%2F%3Fmonth%3D2024-11"
    )


def test_a_workbook_goes_out_is_filled_in_and_comes_in(page, estate, tmp_path):
    page.goto(LEDGER)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export XLSX").click()
    path = tmp_path / "cleanups.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet["A2"].value == estate.name

    def bring(where: str) -> None:
        sheet["C2"], sheet["D2"] = "2024-12-03", where
        file = io.BytesIO()
        book.save(file)
        told = {"name": "cleanups.xlsx", "mimeType": "application/xlsx", "buffer": file.getvalue()}
        page.locator("input[type=file]").set_input_files(told)

    bring("roof")
    expect(page.get_by_text("Line 2: where “roof”")).to_be_visible()
    bring("lobbies")
    expect(page.get_by_text("Taken in: 1 new, 0 corrected, 0 there already")).to_be_visible()
    assert data() == [(["lobbies"], None, "", False)]


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_no_page_of_ledgers_keeps_anybody_out_or_runs_over(live, page_as, estate, language):
    load_actions()
    for size in (DESK, TABLET, PHONE):
        page = page_as("officer", viewport=size, locale=language, reduced_motion="reduce")
        page.context.add_init_script(path=AXE)
        for path, stands in (("/campaign/ledgers/", ".ledgers-card"), (LEDGER, ".ledgers-owed")):
            page.goto(path)
            expect(page.locator(stands).first).to_be_visible()
            assert page.evaluate(LOOK, {"theme": "light", "only": None}) == []
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.locator(".ledgers-head .primary").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate(LOOK, {"theme": "light", "only": None}) == []
