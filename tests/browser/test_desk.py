"""What leaders and planners see, in a real browser."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from geo.models import Estate
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.factories import AssetFactory, EstateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def target(estate) -> Estate:
    """On the list of this year's twenty, with one danger found an hour ago."""
    estate.target_year = 2024
    estate.save()
    return estate


@pytest.fixture
def blocked_lane(target, as_user) -> None:
    """A finding of immediate danger, recorded through the API an hour ago."""
    west, south, east, north = target.geom.extent
    reply = as_user("inspector").put(
        f"/api/v1/inspections/{uuid4()}/",
        {
            "kind": "fire_lane",
            "estate": target.pk,
            "location": {"type": "Point", "coordinates": [(west + east) / 2, (south + north) / 2]},
            "location_source": "gps",
            "accuracy_m": 8,
            "recorded_at": (timezone.now() - timedelta(hours=1)).isoformat(),
            "answers": {"XF-01": True},
        },
        format="json",
    )
    assert reply.status_code == 201


def test_a_planner_finds_an_estate_and_reads_its_card(page_as, target):
    AssetFactory(estate=target)
    EstateFactory(community=target.community, name="金星花园", geom=None)
    page = page_as("planner")
    page.goto("/plan/")
    page.get_by_label("查找小区").fill("银星")
    page.keyboard.press("Enter")
    card = page.get_by_role("article")
    expect(card.get_by_role("heading", name="银星花园")).to_be_visible()
    expect(card).to_contain_text("陈村社区")
    expect(card).to_contain_text("2024")
    expect(page.get_by_role("link", name="在台账中编辑")).to_have_count(0)


def test_of_two_estates_looked_for_the_second_is_shown_whichever_answers_last(page_as, target):
    other = EstateFactory(community=target.community, name="金星花园", geom=None)
    page = page_as("planner")
    page.goto("/plan/")
    held: list[Route] = []
    page.route(f"**/estates/{target.pk}/", lambda route: held.append(route))
    for name in ("银星", "金星"):
        page.get_by_label("查找小区").fill(name)
        page.keyboard.press("Enter")
    heading = page.get_by_role("article").get_by_role("heading")
    expect(heading).to_have_text(other.name)
    with page.expect_event("requestfinished", lambda each: each == held[0].request):
        held[0].continue_()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    expect(heading).to_have_text(other.name)


def test_a_layer_that_is_switched_off_stays_off_in_the_address(page_as, target):
    page = page_as("planner")
    page.goto("/plan/")
    page.get_by_role("checkbox", name="路灯").uncheck()
    expect(page).to_have_url(re.compile(r"/plan/\?off=lights$"))
    page.reload()
    expect(page.get_by_role("checkbox", name="路灯")).not_to_be_checked()


def test_what_is_downloaded_is_the_register_as_a_planner_may_see_it(page_as, target):
    page = page_as("planner")
    page.goto("/plan/")
    page.get_by_text("下载", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="小区 GeoJSON").click()
    assert "银星花园" in download.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["/overview/", "/plan/"])
@pytest.mark.parametrize(("locale", "lang"), [("zh-CN", "zh-Hans"), ("en-GB", "en")])
def test_nothing_sticks_out_at_any_size_in_either_language(
    page_as, target, blocked_lane, address, locale, lang
):
    page = page_as("admin", draws=True, locale=locale)
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    for size in (DESK, TABLET, PHONE):
        page.set_viewport_size(size)
        expect(page.locator(".desk-panel h2").first).to_be_visible()
        expect(page.locator("canvas.maplibregl-canvas")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


@pytest.mark.parametrize("address", ["/overview/", "/plan/"])
def test_company_people_have_other_pages(page_as, people, address):
    page = page_as("company", expected=("403",))
    assert page.goto(address).status == 403
