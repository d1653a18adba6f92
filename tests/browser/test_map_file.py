"""The map in one file, opened from a stick in a real Chromium with the network cut."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from inspections.models import Finding
from tests.browser.conftest import DESK, PHONE
from tests.factories import EstateFactory, FindingFactory, InspectionFactory
from tests.overview.taking import taken
from tests.overview.test_map_file import EVIL, a_masked_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

AXE = Path(__file__).parent.parent.parent / "node_modules/axe-core/axe.min.js"


@pytest.fixture
def opened(browser, tmp_path) -> Iterator[Callable[..., Page]]:
    """The file on a page that has no network; whatever it asks for or complains of fails the
    test."""
    heard: list[str] = []
    contexts = []

    def open_(reply, viewport=DESK) -> Page:
        path = tmp_path / "map.html"
        path.write_bytes(reply.content)
        context = browser.new_context(viewport=viewport, offline=True, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda asked: heard.append(f"asks {asked.url}"))
        page.on("console", lambda said: heard.append(f"says {said.text}"))
        page.on("pageerror", lambda error: heard.append(f"fails {error}"))
        page.goto(path.as_uri())
        assert heard.pop(0) == f"asks {path.as_uri()}"
        return page

    yield open_
    for each in contexts:
        each.close()
    # Pictures of the file itself are asked for at nobody.
    assert [each for each in heard if not each.startswith("asks data:")] == []


@pytest.fixture
def world(estate) -> None:
    """Three findings in November, one of them closed; in December one more, elsewhere."""
    EstateFactory(community=estate.community, name="无人小区")
    other = EstateFactory(community=estate.community, name=EVIL[:100])
    for of, day, closed in (
        (estate, "2024-11-05", None),
        (estate, "2024-11-06", "2024-11-20"),
        (estate, "2024-11-07", None),
        (other, "2024-12-01", None),
    ):
        at, ended = (
            each and timezone.make_aware(timezone.datetime.fromisoformat(each))
            for each in (day, closed)
        )
        inspection = InspectionFactory(estate=of, recorded_at=at)
        FindingFactory(
            estate=of, inspection=inspection, recorded_at=at, closed_at=ended, severity=1
        )


def test_it_opens_with_the_network_cut_and_counts_right(as_user, world, opened):
    page = opened(taken(as_user("leader"), language="zh-CN", kind="lighting"))
    expect(page.locator("#total")).to_have_text("4")
    expect(page.locator("#when")).to_have_text("整个时段：4 处；隐患点 4 个")
    rows = page.locator("#rows tr")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="银星花园")).to_contain_text("3")
    expect(rows.filter(has_text="无人小区")).to_contain_text("0")
    rows.filter(has_text="银星花园").get_by_role("button").click()
    popup = page.locator(".leaflet-popup-content")
    expect(popup).to_contain_text("3 处")
    rows.filter(has_text="无人小区").get_by_role("button").click()
    expect(popup.last).to_contain_text("在该类检查的规定周期内无人检查")


def test_its_slider_goes_by_the_keyboard_from_month_to_month(as_user, world, opened):
    page = opened(taken(as_user("leader"), since="2024-10-01"))
    page.get_by_role("slider", name="Month").focus()
    said = []
    for _ in range(4):
        said.append(page.locator("#when").inner_text())
        page.keyboard.press("ArrowRight")
    assert said == [
        "Whole period: 4 findings; 4 as points",
        "2024-10: 0 findings; 0 as points",
        "2024-11: 3 findings; 3 as points",
        "2024-12: 1 findings; 1 as points",
    ]
    expect(page.locator("#rows tr").filter(has_text="银星花园")).to_contain_text("0")


def test_layers_are_switched_by_the_keyboard_and_a_point_says_what_it_is(as_user, world, opened):
    page = opened(taken(as_user("leader"), since="2024-12-01"))
    findings = page.get_by_label("Findings", exact=True)
    expect(findings).not_to_be_checked()
    findings.focus()
    page.keyboard.press("Space")
    expect(findings).to_be_checked()
    page.locator("#rows tr", has_text="alert(1)").get_by_role("button").press("Enter")
    expect(page.locator(".leaflet-popup-content")).to_contain_text(EVIL[:100])
    page.get_by_label("Estates, by the measure").uncheck()
    page.get_by_label("Hexagons, whole period").check()
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    page.get_by_label("Hexagons, whole period").uncheck()
    # The finding lies in the middle of its estate, which the map was moved to.
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".leaflet-popup-content")).to_contain_text("Found on 2024-12-01")
    expect(page.locator(".leaflet-popup-content")).to_contain_text("immediate danger")


def test_a_point_shows_the_masked_copy_of_its_photo(as_user, estate, opened, settings, tmp_path):
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"
    supervisor = as_user("supervisor")
    a_masked_photo(supervisor, estate)
    Finding.objects.update(place=estate.geom.centroid)
    page = opened(taken(supervisor, as_of=str(timezone.localdate())))
    page.get_by_label("Findings", exact=True).check()
    page.locator("#rows tr", has_text="银星花园").get_by_role("button").click()
    expect(page.locator(".leaflet-popup")).to_be_visible()
    page.get_by_label("Estates, by the measure").uncheck()
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    picture = page.get_by_role("img", name="Photo, masked")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.naturalWidth") == 256


@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_everyone_can_read_it(as_user, world, opened, viewport):
    page = opened(taken(as_user("leader")), viewport)
    expect(page.locator("#rows tr")).to_have_count(3)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run().then(({violations}) => violations)")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
