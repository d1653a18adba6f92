"""Sensitive places, gates, and which layers are drawn completely where."""

import pytest
from django.contrib.gis.geos import LineString, Point
from django.db import IntegrityError, connection, transaction

from geo.models import Gate, SensitivePlace, Survey
from geo.services import merge_estates, move_estate, restore, retire
from tests.factories import CommunityFactory, EstateFactory
from tests.registers import drawn, page_of, wrong_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def why(people):
    return {"by": people["clerk"], "reason": "按核查结果"}


@pytest.fixture
def clerk(client, people):
    client.force_login(people["clerk"])
    return client


@pytest.fixture
def gate(estate):
    return Gate.objects.create(estate=estate, name="东门", geom=estate.geom.point_on_surface)


@pytest.fixture
def survey(estate):
    return Survey.objects.create(estate=estate, layer="hydrants", on="2024-12-01", by="小陈")


def test_a_gate_and_a_survey_are_in_the_community_of_their_estate(estate, gate, survey, why):
    to = CommunityFactory()
    move_estate(estate=estate, to=to, **why)
    for row in (gate, survey):
        row.refresh_from_db()
        assert row.community_id == to.pk


def test_they_go_out_of_use_with_their_estate_and_come_back_with_it(estate, gate, survey, why):
    assert +retire(row=estate, **why).retired == {Gate: 1, Survey: 1}
    assert not Gate.objects.current().exists()
    assert +restore(row=estate, **why).restored == {Gate: 1, Survey: 1}


def test_of_two_estates_that_are_one_each_layer_is_complete_once(estate, gate, survey, why):
    twin = EstateFactory(community=estate.community)
    Survey.objects.create(estate=twin, layer="hydrants", on="2024-12-02")
    lanes = Survey.objects.create(estate=twin, layer="lanes", on="2024-12-02")
    far = Gate.objects.create(estate=twin, geom=twin.geom.point_on_surface)
    merge_estates(kept=estate, twin=twin, **why)
    assert set(estate.gates.current()) == {gate, far}
    assert set(estate.surveys.current()) == {survey, lanes}


def test_a_sensitive_place_is_a_point_or_an_area(estate):
    line = LineString((118.54, 24.77), (118.55, 24.78), srid=4326)
    with pytest.raises(IntegrityError, match="a_sensitive_place"), transaction.atomic():
        SensitivePlace.objects.create(kind="school", name="小学", geom=line)


def test_the_clerk_enters_them(clerk, estate):
    place = {"kind": "school", "name": "小学", "geom": drawn(estate.geom)}
    assert clerk.post(page_of(SensitivePlace, "add"), place).status_code == 302
    line = {
        **place,
        "geom": '{"type": "LineString", "coordinates": [[118.5, 24.7], [118.6, 24.8]]}',
    }
    assert wrong_in(clerk.post(page_of(SensitivePlace, "add"), line))
    gate = {"estate": estate.pk, "name": "东门", "open_to": "all"}
    gate["geom"] = drawn(Point(118.545, 24.775))
    assert clerk.post(page_of(Gate, "add"), gate).status_code == 302
    survey = {"estate": estate.pk, "layer": "exits", "on": "2024-12-01", "by": "小陈"}
    assert clerk.post(page_of(Survey, "add"), survey).status_code == 302
    again = clerk.post(page_of(Survey, "add"), survey)
    assert wrong_in(again) == ["这个小区的该图层已确认画全。"]
    for row in (SensitivePlace.objects.get(), Gate.objects.get(), Survey.objects.get()):
        assert row.events.count() == 1
        assert clerk.get(page_of(type(row), "history", row.pk)).status_code == 200


def count_of(group) -> int:
    with connection.cursor() as cursor:
        cursor.execute('SELECT coalesce(sum(n), 0) FROM geo_writecount WHERE "group" = %s', [group])
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("group", ["sensitive_places", "gates", "surveys"])
def test_what_is_written_of_them_is_counted(estate, group):
    before = count_of(group)
    if group == "gates":
        Gate.objects.create(estate=estate, geom=estate.geom.point_on_surface)
    elif group == "surveys":
        Survey.objects.create(estate=estate, layer="lanes", on="2024-12-01")
    else:
        SensitivePlace.objects.create(kind="ward", name="病区", geom=estate.geom)
    assert count_of(group) > before
