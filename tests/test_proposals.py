"""What the register lacks is proposed from the field, and is there at once."""

import uuid
from functools import partial

import pytest
from django.utils import timezone

from geo import services as geo_services
from geo.models import Asset, Estate, ExcludedArea
from inspections.models import Finding, Inspection, Photo, Proposal, Refused
from tests.factories import AssetFactory, EstateFactory, square
from tests.records import a_lamp, a_photo, a_record, an_estate, propose, put

pytestmark = pytest.mark.django_db


def test_a_lamp_is_there_at_once(as_user, estate):
    id = uuid.uuid4()
    reply = propose(as_user("inspector"), a_lamp(estate, name="东门灯"), id)
    lamp = Asset.objects.get()
    assert (reply.status_code, reply.json()) == (
        201,
        {"id": str(id), "layer": "lights", "row": lamp.pk, "standing": "proposed", "note": ""},
    )
    assert (lamp.proposed, lamp.unconfirmed, lamp.type) == (id, True, "light")
    assert (lamp.estate, lamp.community, lamp.code) == (estate, estate.community, "LD-900")
    assert lamp.name == "东门灯"
    assert lamp.geom.coords == estate.geom.centroid.coords
    (event,) = lamp.events.all()
    assert event.pgh_context.metadata["act"] == "propose"
    told = as_user("inspector").get(f"/api/v1/assets/{lamp.pk}/").json()["properties"]
    assert (told["unconfirmed"], told["proposed"]) == (True, str(id))


def test_an_estate_is_its_community_s_by_where_it_lies(as_user, community):
    reply = propose(as_user("inspector"), an_estate(community))
    estate = Estate.objects.get(pk=reply.json()["row"])
    assert (estate.name, estate.community, estate.unconfirmed) == ("新村", community, True)
    assert estate.geom.geom_type == "MultiPolygon"


def test_a_boundary_drawn_too_narrow_keeps_nobody_from_proposing(as_user, community, elsewhere):
    community.geom = square(118.40, 24.70, 0.01)
    community.save()
    shape = square(118.411, 24.705)
    body = an_estate(elsewhere, geometry={"type": "MultiPolygon", "coordinates": shape.coords})
    reply = propose(as_user("inspector"), body)
    assert Estate.objects.get(pk=reply.json()["row"]).community == community


def test_an_estate_without_a_name_is_told_by_its_proposal(as_user, community):
    id = uuid.uuid4()
    reply = propose(as_user("inspector"), an_estate(community, name=None), id)
    assert Estate.objects.get(pk=reply.json()["row"]).name == f"Unnamed {str(id)[-6:]}"


def test_proposing_the_same_twice_proposes_it_once(as_user, estate):
    id, client = uuid.uuid4(), as_user("inspector")
    first, second = (propose(client, a_lamp(estate), id) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    other = propose(client, a_lamp(estate, code="LD-901"), id)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    assert (Proposal.objects.count(), Asset.objects.count()) == (1, 1)
    assert [(row.type, row.code) for row in Refused.objects.all()] == [
        ("proposal", "recorded_differently")
    ]


def test_what_another_has_in_use_by_that_name_or_code_is_that_one(as_user, community, estate):
    lamp = AssetFactory(estate=estate, code="LD-900")
    client = as_user("inspector")
    same_lamp = propose(client, a_lamp(estate)).json()
    same_estate = propose(client, an_estate(community, name=estate.name)).json()
    assert (same_lamp["row"], same_lamp["standing"]) == (lamp.pk, "merged")
    assert (same_estate["row"], same_estate["standing"]) == (estate.pk, "merged")
    assert (Asset.objects.count(), Estate.objects.count()) == (1, 1)


def test_an_inspection_names_what_was_proposed(as_user, community):
    client, new_estate, new_lamp, id = as_user("inspector"), *(str(uuid.uuid4()) for _ in range(3))
    propose(client, an_estate(community), new_estate)
    estate = Estate.objects.get(name="新村")
    lamp = propose(client, a_lamp(estate, estate=new_estate), new_lamp).json()["row"]
    reply = put(client, a_record(estate, estate=new_estate, asset=new_lamp), id)
    assert (reply.status_code, reply.json()["estate"], reply.json()["asset"]) == (
        201,
        estate.pk,
        lamp,
    )
    inspection = Inspection.objects.get()
    assert inspection.content["estate"] == new_estate
    assert put(client, a_record(estate, estate=new_estate, asset=new_lamp), id).status_code == 200


def test_a_merged_or_declined_proposal_takes_its_inspections_along(
    as_user, people, community, estate
):
    client, proposal = as_user("inspector"), str(uuid.uuid4())
    twin = Estate.objects.get(pk=propose(client, an_estate(community), proposal).json()["row"])
    put(client, a_record(twin, estate=proposal))
    geo_services.merge_estates(kept=estate, twin=twin, by=people["clerk"], reason="same")
    late = put(client, a_record(twin, estate=proposal))
    assert (late.status_code, late.json()["estate"]) == (201, estate.pk)
    assert set(Inspection.objects.values_list("estate", flat=True)) == {estate.pk}
    assert propose(client, an_estate(community), proposal).json()["row"] == estate.pk
    Estate.objects.filter(pk=estate.pk).update(retired_at=timezone.now())
    assert put(client, a_record(twin, estate=proposal)).status_code == 201


def test_what_names_a_proposal_waits_for_it(as_user, community):
    client, new_estate, new_lamp = as_user("inspector"), str(uuid.uuid4()), str(uuid.uuid4())
    inspection = uuid.uuid4()
    early = put(client, a_record(community, estate=new_estate, asset=new_lamp), inspection)
    assert (early.status_code, early.json()) == (
        409,
        {
            "code": "proposal_unknown",
            "message": "The place this names was proposed and has not arrived yet. "
            "It is kept until then.",
            "details": {"proposal": new_estate},
        },
    )
    lamp = an_estate(community, layer="lights", estate=new_estate, name=None)
    lamp["geometry"] = {"type": "Point", "coordinates": lamp["geometry"]["coordinates"][0][0]}
    assert propose(client, lamp, new_lamp).json()["code"] == "proposal_unknown"
    assert not Inspection.objects.exists()
    assert propose(client, an_estate(community), new_estate).status_code == 201
    assert Inspection.objects.get().pk == inspection
    assert Inspection.objects.get().asset == Asset.objects.get()
    assert not Refused.objects.filter(settled_at=None).exists()


def test_an_inspection_that_waits_for_two_proposals_is_recorded_with_the_second(as_user, estate):
    client, first, second, id = as_user("inspector"), *(str(uuid.uuid4()) for _ in range(3))
    put(client, a_record(estate, estate=first, asset=second), id)
    propose(client, an_estate(estate.community), first)
    (row,) = Refused.objects.filter(settled_at=None)
    assert str(row.waits_for) == second
    propose(client, a_lamp(estate, estate=first), second)
    assert str(Inspection.objects.get().pk) == id
    assert not Refused.objects.filter(settled_at=None).exists()


def test_photos_of_a_proposal_are_its_own(as_user, estate):
    id, photo = uuid.uuid4(), a_photo()
    propose(as_user("inspector"), a_lamp(estate, photos=[photo]), id)
    row = Photo.objects.get()
    assert (str(row.pk), row.proposal_id, row.sha256) == (photo["id"], id, photo["sha256"])


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("inspector", 201, None),
        ("supervisor", 201, None),
        ("admin", 201, None),
        ("inspector2", 404, "estate_not_found"),
        ("stranger", 404, "estate_not_found"),
        ("leader", 403, "not_an_inspector"),
        ("clerk", 403, "not_an_inspector"),
        ("company", 403, "not_an_inspector"),
        ("nobody", 401, "not_signed_in"),
    ],
)
def test_who_proposes_in_an_estate(as_user, estate, who, status, code):
    reply = propose(as_user(who), a_lamp(estate))
    assert (reply.status_code, reply.json().get("code") if status != 201 else None) == (
        status,
        code,
    )


def test_elsewhere_nothing_is_proposed(as_user, elsewhere):
    reply = propose(as_user("inspector"), an_estate(elsewhere))
    assert (reply.status_code, reply.json()["code"]) == (404, "place_not_found")
    assert [(row.type, row.code) for row in Refused.objects.all()] == [
        ("proposal", "place_not_found")
    ]


def test_scope_is_that_of_the_day_it_was_recorded(as_user, people, estate):
    people["inspector"].memberships.update(since="2024-01-01", until="2024-06-30")
    client = as_user("inspector")
    then = propose(client, a_lamp(estate, recorded_at="2024-06-30T23:59:00+08:00"))
    later = propose(client, a_lamp(estate, recorded_at="2024-07-01T00:01:00+08:00"))
    assert (then.status_code, later.status_code) == (201, 404)


def test_on_excluded_ground_only_the_hash_is_kept(as_user, estate):
    ExcludedArea.objects.create(name="营区", geom=estate.geom)
    client = as_user("inspector")
    replies = [
        propose(client, a_lamp(estate)),
        propose(client, a_lamp(estate, layer="nothing")),
        propose(client, a_lamp(estate, estate=str(uuid.uuid4()))),
    ]
    assert [reply.json()["code"] for reply in replies] == [
        "excluded_area",
        "record_invalid",
        "excluded_area",
    ]
    assert {(row.body, row.body_bytes) for row in Refused.objects.all()} == {(None, 0)}


def test_every_wrong_field_is_named_at_once(as_user, estate):
    body = {
        "layer": "estates",
        "estate": estate.pk,
        "name": "x" * 101,
        "code": 7,
        "geometry": {"type": "Point", "coordinates": [118.5, 24.8]},
        "note": [],
        "recorded_at": "today",
        "device": "mine",
        "number": 0,
        "photos": [{"id": 1}],
        "weather": "rain",
    }
    reply = propose(as_user("inspector"), body)
    assert (reply.status_code, reply.json()["code"]) == (400, "record_invalid")
    assert set(reply.json()["details"]["fields"]) == {
        "estate",
        "name",
        "code",
        "geometry",
        "note",
        "recorded_at",
        "device",
        "number",
        "weather",
        *(f"photos.0.{name}" for name in ("id", "sha256", "bytes", "type")),
    }


@pytest.mark.parametrize("layer", ["lanes", "operation_areas", "roads", "estates"])
def test_a_shape_fits_what_is_proposed(as_user, estate, layer):
    reply = propose(as_user("inspector"), a_lamp(estate, layer=layer, estate=None))
    assert reply.status_code == 400


def test_an_inspection_of_a_thing_that_is_no_estate(as_user, estate):
    client, lamp = as_user("inspector"), str(uuid.uuid4())
    propose(client, a_lamp(estate), lamp)
    assert put(client, a_record(estate, estate=lamp)).json()["code"] == "estate_not_found"
    other = EstateFactory(community=estate.community)
    assert put(client, a_record(other, asset=lamp)).json()["code"] == "asset_not_found"
    assert not Finding.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_are_one(as_user, community, estate):
    from tests.test_delivery import at_once

    id, clients = uuid.uuid4(), [as_user("inspector") for _ in range(8)]
    replies = at_once([partial(propose, each, an_estate(community), id) for each in clients])
    assert sorted(reply.status_code for reply in replies) == [200] * 7 + [201]
    assert len({reply.content for reply in replies}) == 1
    others = at_once([partial(propose, each, an_estate(community)) for each in clients])
    assert {reply.json()["row"] for reply in others} == {replies[0].json()["row"]}
    assert Estate.objects.count() == 2
