"""What the clerk draws and writes: kept as it is, or refused with the reason."""

import json
import re

import pytest
from django.contrib.gis.geos import LineString, MultiPolygon, Point, Polygon
from django.db.models import UniqueConstraint

from geo.admin.forms import SENTENCES
from geo.models import Asset, Building, Estate, ExcludedArea, Exit, Office, Road
from tests.factories import (
    EstateFactory,
)
from tests.registers import REGISTERS, asset_form, drawn, estate_form, page_of, wrong_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(as_user):
    return as_user("clerk")


def test_an_area_drawn_by_hand_becomes_the_estates_boundary(clerk, estate):
    ring = [(118.541, 24.771), (118.543, 24.771), (118.543, 24.773), (118.541, 24.771)]
    estate.src_datum, estate.src_file = "gcj02", "estates.shp"
    estate.save()
    form = estate_form(estate, geom=drawn(Polygon(ring)))
    reply = clerk.post(page_of(Estate, "change", estate.pk), form)
    assert reply.status_code == 302, wrong_in(reply)
    estate.refresh_from_db()
    assert estate.geom.equals_exact(MultiPolygon(Polygon(ring), srid=4326))
    assert (estate.src_datum, estate.src_file) == ("drawn", ""), "it is not the file's any more"


def test_a_shape_nobody_touched_stays_what_it_is_and_where_it_came_from(clerk, estate):
    ring = [(118.5410000000123, 24.771), (118.543, 24.771), (118.543, 24.773), (118.541, 24.775)]
    estate.geom = MultiPolygon(Polygon([*ring, ring[0]]), srid=4326)
    estate.src_datum, estate.src_file = "gcj02", "estates.shp"
    estate.save()
    page = clerk.get(page_of(Estate, "change", estate.pk)).text
    text = re.search(r"<textarea[^>]*name=\"geom\"[^>]*>(.*?)</textarea>", page, re.S).group(1)
    form = estate_form(estate, name="银星花园一期", geom=text.strip().replace("&quot;", '"'))
    assert clerk.post(page_of(Estate, "change", estate.pk), form).status_code == 302
    kept = Estate.objects.get(pk=estate.pk)
    assert kept.name == "银星花园一期"
    assert kept.geom.wkb == estate.geom.wkb
    assert (kept.src_datum, kept.src_file) == ("gcj02", "estates.shp")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{", "This is not JSON: line 1, column 2."),
        ('{"type": "Point", "coordinates": [118.54, 24.77]}', "Expected Polygon, MultiPolygon"),
        (
            '{"type":"Polygon","coordinates":[[[118.54,24.77],[118.56,24.79],[118.56,24.77],'
            "[118.54,24.79],[118.54,24.77]]]}",
            "crosses itself",
        ),
        (
            '{"type":"Polygon","coordinates":[[[24.77,118.54],[24.79,118.54],[24.79,118.56],'
            "[24.77,118.54]]]}",
            "within China",
        ),
        ('{"type": "Polygon", "coordinates": []}', "The shape is empty."),
    ],
)
def test_a_shape_that_cannot_be_is_refused_with_the_reason(clerk, estate, written, says):
    page = clerk.post(page_of(Estate, "change", estate.pk), estate_form(estate, geom=written))
    assert page.status_code == 200
    assert any(says in sentence for sentence in wrong_in(page)), wrong_in(page)


def test_a_geojson_feature_is_read_as_its_geometry(clerk, estate):
    shape = json.loads(drawn(estate.geom))
    feature = json.dumps({"type": "Feature", "properties": {}, "geometry": shape})
    form = estate_form(estate, geom=feature)
    assert clerk.post(page_of(Estate, "change", estate.pk), form).status_code == 302


def test_an_estate_drawn_beyond_its_community_is_kept_and_asked_about(clerk, estate):
    west, south, _, _ = estate.community.geom.extent
    ring = [(west - 0.01, south), (west, south), (west, south + 0.01), (west - 0.01, south)]
    form = estate_form(estate, geom=drawn(Polygon(ring)))
    page = clerk.post(page_of(Estate, "change", estate.pk), form, follow=True)
    assert "reaches beyond the community" in page.text


@pytest.mark.parametrize(
    ("type_", "says"),
    [
        ("lane", "A fire lane is drawn as a line."),
        ("operation_area", "An aerial-operation area is drawn as an area."),
        ("vacant_space", "A vacant space is drawn as an area."),
    ],
)
def test_a_point_is_no_lane_and_no_area(clerk, estate, type_, says):
    page = clerk.post(page_of(Asset, "add"), asset_form(estate, type=type_))
    assert wrong_in(page) == [says]


def test_a_fire_lane_has_a_line_and_a_width_and_a_light_has_neither(clerk, estate):
    x, y = estate.geom.extent[:2]
    line = drawn(LineString((x, y), (x + 0.001, y + 0.001)))
    lane = asset_form(estate, type="lane", code="XF-1", width_m="3.8", geom=line)
    assert clerk.post(page_of(Asset, "add"), lane).status_code == 302
    made = Asset.objects.get(code="XF-1")
    assert (made.geom.geom_type, made.width_m, made.community) == (
        "LineString",
        3.8,
        estate.community,
    )
    light = asset_form(estate, width_m="3.8", ports="2")
    assert wrong_in(clerk.post(page_of(Asset, "add"), light)) == [
        "Only a fire lane has a width.",
        "Only a charging site has this.",
    ]
    light = asset_form(estate, status="planned")
    assert wrong_in(clerk.post(page_of(Asset, "add"), light)) == [
        "Only a charging site is planned, and has ports, bays and a roof."
    ]


def test_an_asset_in_the_street_says_its_community(clerk, estate, elsewhere):
    nowhere = asset_form(estate, estate="")
    assert wrong_in(clerk.post(page_of(Asset, "add"), nowhere)) == [
        "Choose an estate, or at least a community."
    ]
    street = asset_form(estate, estate="", community=elsewhere.pk)
    assert clerk.post(page_of(Asset, "add"), street).status_code == 302
    assert Asset.objects.get(code="LD-1").community == elsewhere


def test_an_asset_of_an_estate_is_in_the_estates_community_whatever_is_said(
    clerk, estate, elsewhere
):
    form = asset_form(estate, community=elsewhere.pk)
    assert clerk.post(page_of(Asset, "add"), form).status_code == 302
    assert Asset.objects.get(code="LD-1").community == estate.community


def test_buildings_exits_roads_and_excluded_areas_are_entered(clerk, estate):
    shape = drawn(estate.geom)
    building = {
        "estate": estate.pk,
        "number": "14栋",
        "floors": "11",
        "height_m": "33.5",
        "households": "",
        "geom": shape,
    }
    assert clerk.post(page_of(Building, "add"), building).status_code == 302
    made = Building.objects.get(number="14栋")
    assert made.community == estate.community
    door = {"building": made.pk, "name": "北门", "geom": drawn(Point(118.545, 24.775))}
    assert clerk.post(page_of(Exit, "add"), door).status_code == 302
    road = {
        "name": "青阳路",
        "rank": "2",
        "geom": drawn(LineString((118.54, 24.77), (118.55, 24.78))),
    }
    assert clerk.post(page_of(Road, "add"), road).status_code == 302
    assert Road.objects.get().geom.geom_type == "MultiLineString"
    area = {"name": "军事管理区", "reason": "", "geom": shape}
    assert clerk.post(page_of(ExcludedArea, "add"), area).status_code == 302
    assert Exit.objects.count() == ExcludedArea.objects.count() == 1


def test_a_second_estate_of_one_name_is_refused_in_words(clerk, estate):
    form = estate_form(EstateFactory.build(community=estate.community, name=estate.name))
    page = clerk.post(page_of(Estate, "add"), form)
    assert wrong_in(page) == ["This community has an estate of this name already."]
    assert Estate.objects.count() == 1


def test_what_the_database_would_refuse_is_said_in_a_sentence_for_every_register():
    """A constraint added to a register of places has its words, or is told by Django's own."""
    silent = {
        constraint.name
        for model in REGISTERS
        if model._meta.app_label == "geo"
        for constraint in model._meta.constraints
        if constraint.name not in SENTENCES
        and not (isinstance(constraint, UniqueConstraint) and constraint.condition is None)
    }
    assert silent == {
        "there_is_one_office",
        "a_merged_estate_is_retired",
        "no_estate_merges_into_itself",
        "a_merged_asset_is_retired",
        "no_asset_merges_into_itself",
    }, "what no form here can bring about"


def test_there_is_one_office(clerk):
    assert clerk.post(page_of(Office, "add"), {"name": "青阳街道"}).status_code == 302
    assert clerk.get(page_of(Office, "add")).status_code == 403
    assert Office.objects.get().demonstration is False
