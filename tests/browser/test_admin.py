"""The clerk's pages in a real browser: shapes are drawn, nothing complains, nothing is asked
outside."""

import json
import re

import pytest

from geo.models import Asset, Estate
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.factories import AssetFactory, BuildingFactory, EstateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def the_map(page):
    """Where the map is, once it is drawn and ready to be drawn on."""
    page.locator(".shape-tools button[aria-pressed=true]").wait_for()
    page.locator(".shape-map").scroll_into_view_if_needed()
    box = page.locator(".shape-canvas").bounding_box()
    return lambda x, y: (box["x"] + box["width"] * x, box["y"] + box["height"] * y)


def draw(page, at, *places):
    """Clicks corner after corner, as a hand does; the last one twice."""
    for x, y in [*places, places[-1]]:
        page.mouse.move(*at(x, y))
        page.mouse.click(*at(x, y))


def text_of(page) -> str:
    return page.locator("textarea[name=geom]").input_value()


def test_the_clerk_draws_an_estate_and_saves_it(page_as, people, community):
    page = page_as("clerk", draws=True, locale="en-GB")
    page.goto("/admin/geo/estate/add/")
    page.fill("[name=name]", "新画的小区")
    page.locator(".field-community .select2-selection").click()
    page.locator(".select2-results__option", has_text=community.name).click()
    at = the_map(page)
    assert page.locator(".shape-says").inner_text().startswith("Nothing is drawn yet.")
    assert page.get_by_role("button", name="Area").get_attribute("aria-pressed") == "true"
    draw(page, at, (0.4, 0.3), (0.6, 0.3), (0.6, 0.6), (0.4, 0.6))
    assert re.match(r'\{"type":"Polygon"', text_of(page))
    assert page.locator(".shape-says").is_hidden()
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/geo/estate/")
    made = Estate.objects.get(name="新画的小区")
    assert (made.geom.num_geom, made.geom.num_points, made.src_datum) == (1, 5, "drawn")


def test_a_second_area_joins_the_first_and_undo_takes_it_back(page_as, people, estate):
    page = page_as("clerk", draws=True, locale="en-GB")
    page.goto(f"/admin/geo/estate/{estate.pk}/change/")
    before = text_of(page)
    at = the_map(page)
    page.get_by_role("button", name="Area").click()
    draw(page, at, (0.05, 0.7), (0.15, 0.7), (0.15, 0.9))
    drawn = json.loads(text_of(page))
    assert (drawn["type"], len(drawn["coordinates"])) == ("MultiPolygon", 2)
    page.get_by_role("button", name="Undo").click()
    assert text_of(page) == before
    assert page.get_by_role("button", name="Undo").is_disabled()


def test_dragging_a_corner_changes_the_shape_and_saving_keeps_it(page_as, people, estate):
    page = page_as("clerk", draws=True, locale="en-GB")
    page.goto(f"/admin/geo/estate/{estate.pk}/change/")
    before = text_of(page)
    at = the_map(page)
    page.mouse.click(*at(0.5, 0.5))
    # The square fills the frame's height but for 60 pixels above and below; a degree of longitude
    # is 0.908 of one of latitude here.
    frame = page.locator(".shape-canvas").bounding_box()
    x = frame["x"] + frame["width"] / 2 - (frame["height"] - 120) * 0.908 / 2
    y = frame["y"] + 60
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20, y + 10, steps=5)
    page.mouse.move(x - 40, y + 20, steps=5)
    page.mouse.up()
    assert text_of(page) != before
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/geo/estate/")
    assert not Estate.objects.get(pk=estate.pk).geom.equals(estate.geom)


def test_the_type_of_an_asset_says_what_is_drawn(page_as, people, estate):
    page = page_as("clerk", draws=True, locale="en-GB")
    page.goto("/admin/geo/asset/add/")
    the_map(page)

    def offered():
        names = ("Point", "Line", "Area")
        return [
            name for name in names if page.get_by_role("button", name=name, exact=True).is_visible()
        ]

    told = {}
    for type_ in ("lane", "light", "charging_site", "vacant_space"):
        page.select_option("[name=type]", type_)
        told[type_] = offered()
    assert told == {
        "lane": ["Line"],
        "light": ["Point"],
        "charging_site": ["Point", "Area"],
        "vacant_space": ["Area"],
    }


def test_a_light_has_one_place_however_often_one_clicks(page_as, people, estate):
    page = page_as("clerk", draws=True, locale="en-GB")
    page.goto("/admin/geo/asset/add/")
    at = the_map(page)
    page.select_option("[name=type]", "light")
    page.get_by_role("button", name="Point", exact=True).click()
    for place in ((0.3, 0.5), (0.5, 0.5), (0.7, 0.5)):
        page.mouse.move(*at(*place))
        page.mouse.click(*at(*place))
    assert text_of(page).count("Point") == 1
    page.locator(".field-estate .select2-selection").click()
    page.locator(".select2-results__option", has_text=estate.name).click()
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/geo/asset/")
    assert Asset.objects.get().geom.geom_type == "Point"


def test_an_area_with_a_hole_keeps_it(page_as, people, estate):
    x, y = estate.geom.extent[:2]
    outer = [[x, y], [x + 0.002, y], [x + 0.002, y + 0.002], [x, y + 0.002], [x, y]]
    inner = [[a + 0.0005, b + 0.0005] for a, b in [(x, y), (x + 0.0005, y), (x, y + 0.0005)]]
    page = page_as("clerk", draws=True, locale="en-GB")
    page.goto(f"/admin/geo/estate/{estate.pk}/change/")
    at = the_map(page)
    page.locator(".shape-words summary").click()
    holed = {"type": "Polygon", "coordinates": [outer, [*inner, inner[0]]]}
    page.fill("textarea[name=geom]", str(holed).replace("'", '"'))
    page.locator("[name=name]").focus()
    assert "holes" in page.locator(".shape-says").inner_text()
    page.get_by_role("button", name="Area").click()
    page.locator(".shape-map").scroll_into_view_if_needed()
    at = the_map(page)
    draw(page, at, (0.05, 0.7), (0.15, 0.7), (0.15, 0.9))
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/geo/estate/")
    shape = Estate.objects.get(pk=estate.pk).geom
    assert sorted(part.num_interior_rings for part in shape) == [0, 1]


def test_without_webgl_the_coordinates_are_written_by_hand(page_as, people, estate):
    page = page_as("clerk", locale="en-GB")
    page.goto(f"/admin/geo/estate/{estate.pk}/change/")
    page.locator("textarea[name=geom]").wait_for(state="visible")
    assert page.locator(".shape-map").is_hidden()


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE], ids=["desk", "tablet", "phone"])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_clerks_pages_complain_of_nothing_and_fit(page_as, people, estate, size, locale):
    twin = EstateFactory(community=estate.community)
    BuildingFactory(estate=twin)
    AssetFactory(estate=estate)
    page = page_as("clerk", viewport=size, locale=locale)
    person = people["inspector"].pk
    for address in (
        "/admin/",
        "/admin/geo/estate/",
        "/admin/geo/asset/?q=LD",
        f"/admin/geo/estate/{estate.pk}/change/",
        f"/admin/geo/estate/{estate.pk}/history/",
        f"/admin/geo/estate/merge/?id={estate.pk}",
        f"/admin/geo/estate/merge/?id={estate.pk}&id={twin.pk}&kept={estate.pk}",
        f"/admin/people/user/{person}/change/",
        f"/admin/people/user/{person}/invite/",
        "/people/privacy/",
        "/people/password/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{address} is {wide} pixels too wide"


def test_an_old_browser_is_told_in_both_languages(context_of, live):
    page = context_of().new_page()
    page.add_init_script("HTMLScriptElement.supports = undefined")
    page.goto("/sign-in/")
    told = page.locator("#old-browser").inner_text()
    assert "这个浏览器版本太旧" in told
    assert "This browser is too old for Xuntu." in told


def test_a_present_browser_is_told_nothing(context_of, live):
    page = context_of().new_page()
    page.goto("/sign-in/")
    assert page.locator("#old-browser").is_hidden()


def test_without_scripts_the_page_says_what_it_needs(context_of, live):
    page = context_of(java_script_enabled=False).new_page()
    page.goto("/sign-in/")
    assert "Xuntu needs JavaScript." in page.locator("noscript .old-browser").inner_text()


def test_the_first_sign_in_leads_through_the_notice_to_ones_page(context_of, people, sign_in):
    clerk = people["clerk"]
    clerk.privacy_read_at = None
    clerk.save()
    page = context_of(locale="en-GB").new_page()
    page.goto("/")
    sign_in(page, clerk)
    page.get_by_role("button", name="I have read this").click()
    page.wait_for_url("**/admin/")
    page.get_by_role("button", name="中文").click()
    page.get_by_role("heading", name="台账", exact=True).wait_for()
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in/")
