"""The campaign's board in a real browser: a cell opens its places, the map is coloured by them, and
the address holds all of it."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from campaign.models import Indicator, Responsibility
from campaign.services.loading import load_actions
from people.models import Unit
from tests.browser.conftest import PHONE
from tests.campaign.entered import a_value, enter
from tests.campaign.kept import stood
from tests.factories import CompanyFactory, EstateFactory, MembershipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAST = "/campaign/?as_of=2024-12-20"


@pytest.fixture
def far(elsewhere):
    return EstateFactory(community=elsewhere, company=CompanyFactory(), has_company=True)


@pytest.fixture
def told(live, people, estate, far):
    """The notice; one of two estates cleaned up in November and December."""
    load_actions()
    for day in ("2024-11-28", "2024-12-12"):
        stood("cleanups", day, people["admin"], {"places": ["lobbies"]}, estate=estate)
    return Indicator.objects.get(code="ZX07-R1")


def cell(page: Page, key: str):
    return page.locator(f'[data-key="{key}"]')


def rows(page: Page) -> list[str]:
    """Place and light of each."""
    found = page.locator(".behind-table tbody tr")
    told = []
    for row in found.all():
        name = row.locator("th").inner_text().splitlines()[0]
        told.append(f"{name}: {row.locator('.light-word').inner_text()}")
    return told


def test_a_cell_opens_its_places_and_back_closes_them(page_as, told, estate, far):
    page = page_as("leader", locale="en-GB")
    page.goto(PAST)
    page.get_by_role("button", name="Estate environment", expanded=False).click()
    expect(cell(page, f"{told.pk}/all")).to_have_accessible_name(
        "Mass clean-up, All: Late 1/2 since 1 Dec 2024"
    )
    cell(page, f"{told.pk}/all").click()
    expect(page.locator(".behind-table tbody tr")).to_have_count(2)
    assert rows(page) == [f"{far.name}: Late", f"{estate.name}: Done"]
    expect(page.locator(".facts")).to_contain_text("1 of 2 places have done it")
    shared = page.url
    page.go_back()
    expect(page.locator(".board-behind")).to_have_count(0)
    expect(cell(page, f"{told.pk}/all")).to_be_focused()
    # Whoever is sent the address sees the same.
    other = page_as("leader", locale="en-GB")
    other.goto(shared)
    expect(other.locator(".behind-table tbody tr")).to_have_count(2)
    other.keyboard.press("Escape")
    expect(other.locator(".board-behind")).to_have_count(0)


def test_the_cell_of_an_action_opens_what_stands_worst_in_it(page_as, told, far):
    page = page_as("leader")
    page.goto(PAST)
    cell(page, f"ZX07/{far.community_id}").click()
    # 10月31日前首次集中卫生大扫除 was before the notice, and nobody told of it there.
    expect(page.locator(".behind-head h2")).to_contain_text("ZX07-D1")
    expect(page.get_by_role("button", name="住宅小区环境提升", expanded=True)).to_be_visible()


def test_a_row_leads_to_the_cases_that_it_is_counted_from(page_as, told, as_user, estate):
    page = page_as("supervisor", locale="en-GB")
    handled = Indicator.objects.get(code="ZX03-M2")
    page.goto(f"{PAST}&indicator={handled.pk}&at=all")
    link = page.get_by_role("link", name="To the cases")
    expect(link).to_have_attribute("href", "/cases/?status=any&source=complaint")


def test_the_arrows_go_from_cell_to_cell(page_as, told, estate):
    page = page_as("leader")
    page.goto(PAST)
    cell(page, "ZX00/all").focus()
    page.keyboard.press("ArrowDown")
    expect(cell(page, "ZX01/all")).to_be_focused()
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.dataset.key")
    assert re.fullmatch(r"ZX01/\d+", focused)
    page.keyboard.press("Enter")
    expect(page.locator(".board-behind h2")).to_be_visible()


def test_another_day_is_another_board(page_as, told):
    page = page_as("leader", locale="en-GB", expected=("as_of=2024-11-01",))
    page.goto(f"{PAST}&action=ZX07")
    expect(cell(page, f"{told.pk}/all")).to_contain_text("Late")
    page.locator("input[type=date]").fill("2024-11-30")
    expect(cell(page, f"{told.pk}/all")).to_contain_text("On pace")
    assert "as_of=2024-11-30" in page.url
    page.get_by_role("button", name="A day later").click()
    expect(cell(page, f"{told.pk}/all")).to_contain_text("Late")
    # The day goes along to the other tabs.
    tab = page.get_by_role("link", name="Ledgers")
    tab.hover()
    expect(tab).to_have_attribute("href", re.compile(r"/campaign/ledgers/\?as_of=2024-12-01$"))
    page.goto("/campaign/?as_of=2024-11-01")
    expect(page.get_by_text("There was no programme on that day")).to_be_visible()
    expect(page.get_by_text("Choose a later day.")).to_be_visible()


def test_before_any_notice_nobody_is_sent_to_a_later_day(page_as):
    page = page_as("leader", locale="en-GB", expected=("/board/",))
    page.goto("/campaign/")
    expect(page.locator(".empty")).to_have_text(
        re.compile(r"^\s*There is no programme yet\s*Programmes are kept in the registers\.\s*$")
    )


def test_a_new_value_turns_the_light_by_itself(page_as, told, as_user, far):
    first = Indicator.objects.get(code="ZX05-D2")
    page = page_as("leader", locale="en-GB")
    page.goto("/campaign/?action=ZX05")
    expect(cell(page, f"{first.pk}/all")).to_contain_text("0/2")
    reply = enter(as_user("admin"), a_value("ZX05-D2", estate=far.pk))
    assert reply.status_code == 201
    expect(cell(page, f"{first.pk}/all")).to_contain_text("1/2")
    expect(page.locator(".board-head .fresh")).to_contain_text("Renewed at")


def test_a_units_person_sees_what_the_unit_answers_for(page_as, told, people):
    unit = Unit.objects.create(name="青阳派出所")
    Responsibility.objects.filter(named="青阳派出所").update(unit=unit)
    people["unit"].memberships.all().delete()
    MembershipFactory(user=people["unit"], role="unit", unit=unit)
    page = page_as("unit", locale="en-GB")
    page.goto(PAST)
    shown = page.locator(".action-toggle .code")
    # 各有关单位 is every unit; it leads the sixth.
    expect(shown).to_have_text(["ZX00", "ZX02", "ZX04", "ZX06"])
    expect(page.locator(".action-toggle", has_text="ZX06")).to_contain_text("leads")
    page.get_by_role("button", name="Due this month").click()
    due = page.locator(".late-table tbody tr", has_text="ZX04-R2")
    expect(due).to_contain_text("31 Dec 2024")
    expect(due).to_contain_text("every month")
    page.locator(".choose", has_text="All units").locator("select").select_option("")
    expect(shown).to_have_count(0)
    assert "unit=" in page.url


def test_an_officer_begins_with_the_own_community(page_as, told, people, community):
    page = page_as("officer", locale="en-GB")
    page.goto(PAST)
    expect(page.locator(".lights-table thead th")).to_have_count(3)
    page.get_by_role("button", name="What is late").click()
    first = page.locator(".late-table tbody tr").first
    expect(first).to_contain_text(community.name_en or community.name)


def test_on_a_phone_it_is_a_list_and_rows_take_its_place(page_as, told, estate, far):
    page = page_as("leader", viewport=PHONE, locale="en-GB")
    page.goto(f"{PAST}&action=ZX07")
    expect(page.locator(".lights-table")).to_have_count(0)
    page.get_by_role("button", name="ZX07-R1").click()
    expect(page.locator(".behind-table tbody tr")).to_have_count(2)
    expect(page.locator(".lights-list")).to_be_hidden()
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    page.get_by_role("button", name="Back to the board").click()
    expect(page.locator(".lights-list")).to_be_visible()


def test_the_map_is_coloured_by_the_lights(page_as, told, estate, far):
    page = page_as("leader", draws=True, locale="en-GB")
    page.goto(f"{PAST}&indicator={told.pk}&at={estate.community_id}")
    expect(page.locator(".behind-table tbody tr")).to_have_count(1)
    expect(page.locator(".behind-map .map[aria-busy=false]")).to_be_visible()
    picture = page.locator(".behind-map .map").screenshot()
    colours = Image.open(io.BytesIO(picture)).convert("RGB").getcolors(1_000_000)
    # --good, and nothing of --danger: the estate of this community has done it.
    found = {colour for _, colour in colours or ()}
    assert (27, 122, 72) in found
    assert (171, 19, 32) not in found
