"""What a tablet sends is recorded once, judged and placed."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.gis.geos import LineString
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from geo.models import Estate
from inspections import kinds
from inspections.kind import Item, Kind, Severity, Sure
from inspections.models import Finding, Inspection, KindVersion, Refused
from tests.factories import AssetFactory, BuildingFactory, EstateFactory, MembershipFactory
from tests.records import a_record, here, put
from tests.tiles import address, features

pytestmark = pytest.mark.django_db


def test_a_record_is_answered_with_what_was_found(as_user, estate):
    id = uuid.uuid4()
    reply = put(as_user("inspector"), a_record(estate, **here(estate, -50)), id)
    inspection = Inspection.objects.get()
    finding = Finding.objects.get()
    assert reply.status_code == 201
    assert reply.json() == {
        "id": str(id),
        "kind": "lighting",
        "kind_version": 1,
        "estate": estate.pk,
        "asset": None,
        "placed": "on_site",
        "distance_m": 0.0,
        "received_at": inspection.received_at.isoformat().replace("+00:00", "Z"),
        "in_force": True,
        "evidence": {"declared": 0, "held": 0},
        "doubts": [],
        "findings": [
            {
                "id": str(uuid.uuid5(id, "ZM-01")),
                "number": finding.number,
                "item": "ZM-01",
                "severity": 3,
                "advisory": False,
            }
        ],
    }
    assert (inspection.inspector.username, inspection.community) == ("inspector", estate.community)
    assert inspection.answers == {"ZM-01": True}
    assert inspection.location.coords == finding.place.coords


def test_sending_the_same_twice_records_it_once(as_user, estate):
    id, body = uuid.uuid4(), a_record(estate, **here(estate))
    first, second = (put(as_user("inspector"), body, id) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert (Inspection.objects.count(), Finding.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "written",
    [
        '{"recorded_at": "2024-11-30T01:30:00Z", "estate": ESTATE.0, "kind": "fire_lane",'
        ' "answers": {"XF-03": 4.0, "XF-01": false}}',
        '{"kind":"fire_lane","kind_version":null,"asset":null,"estate":ESTATE,'
        '"answers":{"XF-01":false,"XF-03":40e-1},"recorded_at":"2024-11-30T09:30:00.000+08:00"}',
    ],
    ids=["other order, other offset", "nulls, other numbers, other digits"],
)
def test_the_same_content_written_otherwise_is_the_same(as_user, estate, written):
    id, client = uuid.uuid4(), as_user("inspector")
    body = a_record(estate, kind="fire_lane", answers={"XF-01": False, "XF-03": 4})
    assert put(client, body, id).status_code == 201
    reply = client.put(
        f"/api/v1/inspections/{id}/",
        written.replace("ESTATE", str(estate.pk)),
        content_type="application/json",
    )
    assert reply.status_code == 200


def test_what_is_known_is_answered_before_anything_is_looked_at_again(as_user, people, estate):
    id, client, body = uuid.uuid4(), as_user("inspector"), a_record(estate)
    put(client, body, id)
    people["inspector"].memberships.update(until=timezone.localdate() - timedelta(days=1))
    people["inspector"].memberships.update(since="2020-01-01", until="2020-01-02")
    assert put(client, body, id).status_code == 200


@pytest.mark.parametrize(
    ("east_m", "accuracy_m", "placed"),
    [
        (-50, 5, "on_site"),
        (9, None, "on_site"),
        (15, 5, "near"),
        (15, 20, "on_site"),
        (105, 5, "near"),
        (115, 5, "far"),
        (115, 20, "near"),
        (3000, 5, "far"),
        (3000, 5000, "unknown"),
    ],
)
def test_a_position_is_graded_with_its_accuracy_as_a_margin(
    as_user, estate, east_m, accuracy_m, placed
):
    reply = put(
        as_user("inspector"), a_record(estate, **here(estate, east_m, accuracy_m=accuracy_m))
    )
    assert (reply.status_code, reply.json()["placed"]) == (201, placed)
    assert reply.json()["distance_m"] == pytest.approx(max(east_m, 0), abs=0.5, rel=0.002)


def test_without_a_position_nothing_is_said_of_it(as_user, estate):
    reply = put(as_user("inspector"), a_record(estate)).json()
    assert (reply["placed"], reply["distance_m"]) == ("unknown", None)


def test_nor_where_the_estate_has_no_shape_yet(as_user, community):
    estate = EstateFactory(community=community, geom=None)
    at = {"type": "Point", "coordinates": [118.5431, 24.7731]}
    reply = put(as_user("inspector"), a_record(estate, location=at, location_source="manual"))
    assert (reply.status_code, reply.json()["placed"]) == (201, "unknown")
    assert Finding.objects.get().place.coords == (118.5431, 24.7731)


def test_a_finding_is_drawn_at_its_lamp_before_the_position(as_user, estate):
    lamp = AssetFactory(estate=estate)
    reply = put(as_user("inspector"), a_record(estate, asset=lamp.pk, **here(estate)))
    assert (reply.status_code, reply.json()["asset"]) == (201, lamp.pk)
    assert Finding.objects.get().place.coords == lamp.geom.coords


def test_a_finding_on_a_lane_is_drawn_at_the_position_or_else_on_the_lane(as_user, estate):
    west, south, *_ = estate.geom.extent
    line = LineString((west, south + 0.001), (west + 0.001, south + 0.001), srid=4326)
    lane = AssetFactory(estate=estate, type="lane", geom=line)
    lane_record = a_record(estate, kind="fire_lane", asset=lane.pk, answers={"XF-01": True})
    put(as_user("inspector"), lane_record | here(estate, -20))
    put(as_user("inspector"), lane_record)
    seen, unseen = Finding.objects.order_by("inspection__received_at")
    assert seen.place.coords == tuple(here(estate, -20)["location"]["coordinates"])
    assert line.distance(unseen.place) == pytest.approx(0, abs=1e-9)


def test_a_finding_with_no_position_is_drawn_in_the_estate_or_else_its_community(
    as_user, estate, community
):
    shapeless = EstateFactory(community=community, geom=None)
    put(as_user("inspector"), a_record(estate))
    put(as_user("inspector"), a_record(shapeless))
    assert estate.geom.contains(Finding.objects.get(estate=estate).place)
    assert community.geom.contains(Finding.objects.get(estate=shapeless).place)


def test_nothing_is_drawn_where_nothing_has_a_shape(as_user, community):
    shapeless = EstateFactory(community=community, geom=None)
    community.geom = None
    community.save()
    sound = put(as_user("inspector"), a_record(shapeless, answers={"ZM-01": False}))
    faulty = put(as_user("inspector"), a_record(shapeless))
    assert sound.status_code == 201
    assert (faulty.status_code, list(faulty.json()["details"]["fields"])) == (400, ["location"])


def found_with(client, estate, answers, **changes) -> list[str]:
    reply = put(client, a_record(estate, kind="fire_lane", answers=answers, **changes))
    assert reply.status_code == 201, reply.json()
    return [finding["item"] for finding in reply.json()["findings"]]


def test_a_high_rise_estate_is_judged_as_one(as_user, estate):
    client = as_user("inspector")
    assert found_with(client, estate, {"XF-05": 10}) == []
    BuildingFactory(estate=estate, height_m=54)
    assert found_with(client, estate, {"XF-05": 10}) == ["XF-05"]
    Estate.objects.filter(pk=estate.pk).update(height_class="high")
    estate.buildings.update(retired_at=timezone.now())
    assert found_with(client, estate, {"XF-05": 10}) == ["XF-05"]


def test_what_was_not_checked_is_no_finding(as_user, estate):
    answers = {"XF-01": "could_not_check", "XF-02": "not_applicable", "XF-03": 3.9}
    assert found_with(as_user("inspector"), estate, answers) == ["XF-03"]


def test_a_tablet_s_clock_may_run_ahead(as_user, estate):
    reply = put(as_user("inspector"), a_record(estate, recorded_at="2031-01-01T00:00:00+08:00"))
    assert reply.status_code == 201


def test_a_retired_estate_is_still_recorded(as_user, estate):
    Estate.objects.filter(pk=estate.pk).update(retired_at=timezone.now())
    assert put(as_user("inspector"), a_record(estate)).status_code == 201


def test_a_record_for_a_merged_estate_is_the_survivor_s(as_user, community, estate):
    merged = EstateFactory(community=community, merged_into=estate, retired_at=timezone.now())
    twice = EstateFactory(community=community, merged_into=merged, retired_at=timezone.now())
    lamp = AssetFactory(estate=estate)
    reply = put(as_user("inspector"), a_record(twice, asset=lamp.pk))
    assert (reply.status_code, reply.json()["estate"]) == (201, estate.pk)
    assert Inspection.objects.get().content["estate"] == twice.pk


def test_scope_is_that_of_the_day_it_was_recorded(as_user, people, estate):
    people["inspector"].memberships.update(since="2024-01-01", until="2024-06-30")
    client = as_user("inspector")
    then = put(client, a_record(estate, recorded_at="2024-06-30T23:59:00+08:00"))
    next_day = put(client, a_record(estate, recorded_at="2024-06-30T16:01:00Z"))
    assert (then.status_code, next_day.status_code) == (201, 404)


def test_and_that_of_today(as_user, people, estate):
    """A tablet whose clock was reset loses nothing."""
    record = a_record(estate, recorded_at="1970-01-01T00:00:10+08:00")
    assert put(as_user("inspector"), record).status_code == 201


def test_an_earlier_refusal_is_settled_when_the_entry_is_recorded(as_user, estate):
    id, client = uuid.uuid4(), as_user("inspector")
    put(client, a_record(estate, answers={"ZM-01": "maybe"}), id)
    assert Refused.objects.get().settled_at is None
    assert put(client, a_record(estate), id).status_code == 201
    assert Refused.objects.get().settled_at is not None


def item(code: str, **changes) -> Item:
    return Item(
        code=code,
        zh=f"{code} 有问题",
        en=f"{code} is wrong",
        severity=Severity.SERIOUS,
        evidence_zh="照片",
        evidence_en="photo",
        basis_zh="管理建议",
        basis_en="our proposal",
        sure=Sure.PROPOSAL,
        **changes,
    )


def a_kind(slug: str, *items: Item) -> Kind:
    return Kind(
        slug=slug,
        title_zh="电梯",
        title_en="Lifts",
        asset=None,
        due_every=timedelta(days=30),
        items=items,
    )


def test_a_record_is_judged_by_the_version_it_names(as_user, estate):
    """The previous version asked for ZM-90, which is retired since."""
    newest = kinds.get("lighting")
    previous = a_kind("lighting", item("ZM-90"), item("ZM-01"))
    KindVersion.objects.create(
        slug="lighting", version=1, description=previous.describe(), sha256=previous.digest()
    )
    client, answers = as_user("inspector"), {"ZM-90": True, "ZM-01": True}
    old = put(client, a_record(estate, kind_version=1, answers=answers))
    new = put(client, a_record(estate, kind_version=2, answers=answers))
    unnamed = put(client, a_record(estate))
    assert (old.status_code, old.json()["kind_version"]) == (201, 1)
    assert [(f["item"], f["severity"]) for f in old.json()["findings"]] == [
        ("ZM-01", 2),
        ("ZM-90", 2),
    ]
    assert (new.status_code, list(new.json()["details"]["items"])) == (400, ["ZM-90"])
    assert unnamed.json()["kind_version"] == 2
    assert KindVersion.objects.get(slug="lighting", version=2).sha256 == newest.digest()
    told = client.get("/api/v1/findings/").json()["features"]
    assert {each["properties"]["item_en"] for each in told} >= {"ZM-90 is wrong"}


def test_a_fourth_kind_is_one_file(as_user, estate, monkeypatch):
    folder = Path(__file__).parent / "kinds" / "fourth"
    monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(folder)])
    client = as_user("inspector")
    listed = client.get("/api/v1/kinds/").json()["kinds"]
    assert "manhole" in {kind["slug"] for kind in listed}
    record = a_record(estate, kind="manhole", answers={"JG-01": True}, **here(estate, -20))
    recorded = put(client, record)
    assert (recorded.status_code, recorded.json()["kind_version"]) == (201, 1)
    (found,) = client.get("/api/v1/findings/?kind=manhole").json()["features"]
    assert found["id"] == recorded.json()["findings"][0]["id"]
    assert (found["properties"]["item_zh"], found["properties"]["severity"]) == (
        "井盖缺失、破损",
        1,
    )
    drawn = features(
        client.get(address("findings", 16, *record["location"]["coordinates"], "kind=manhole"))
    )
    assert [each["properties"]["item"] for each in drawn] == ["JG-01"]
    counted = client.get("/api/v1/overview/figures/?kind=manhole&severity=1").json()
    assert counted["total"]["n"] == 1


def test_recording_takes_few_queries(as_user, people, estate):
    client = as_user("inspector")
    put(client, a_record(estate))
    with CaptureQueriesContext(connection) as queries:
        assert put(client, a_record(estate, **here(estate))).status_code == 201
    # Two tell who it is, two are the transaction's ends.
    assert len(queries) <= 14, "\n".join(each["sql"][:150] for each in queries)


@pytest.mark.parametrize("who", ["inspector", "supervisor", "admin"])
def test_who_records(as_user, people, estate, who):
    assert put(as_user(who), a_record(estate)).status_code == 201


def test_an_inspector_of_the_whole_office_records_everywhere(as_user, people, elsewhere):
    MembershipFactory(user=people["stranger"], role="inspector", community=None)
    estate = EstateFactory(community=elsewhere)
    assert put(as_user("stranger"), a_record(estate)).status_code == 201


def put_all(client, *entries):
    body = {"entries": [{"id": str(id), "record": record} for id, record in entries]}
    return client.post("/api/v1/inspections/", body, format="json")


def test_several_records_are_each_answered_as_if_put_by_themselves(as_user, elsewhere, estate):
    client = as_user("inspector")
    known, twice, fresh, wrong, far, late = (uuid.uuid4() for _ in range(6))
    first = put(client, a_record(estate), known).json()
    reply = put_all(
        client,
        (known, a_record(estate)),
        (twice, a_record(estate)),
        (late, a_record(estate, supersedes=str(fresh), reason="wrong lamp")),
        (wrong, a_record(estate, answers={"ZM-99": 1})),
        (far, a_record(EstateFactory(community=elsewhere))),
        (twice, a_record(estate)),
        (fresh, a_record(estate)),
        (known, a_record(estate, answers={})),
    )
    assert reply.status_code == 200
    told = reply.json()["entries"]
    assert [(each["id"], each["status"], each["answer"].get("code")) for each in told] == [
        (str(known), 200, None),
        (str(twice), 201, None),
        (str(late), 201, None),
        (str(wrong), 400, "answers_invalid"),
        (str(far), 404, "estate_not_found"),
        (str(twice), 200, None),
        (str(fresh), 201, None),
        (str(known), 409, "recorded_differently"),
    ]
    assert told[0]["answer"] == first
    assert told[1]["answer"] == told[5]["answer"]
    assert set(Inspection.objects.in_force().values_list("pk", flat=True)) == {known, twice, late}
    assert set(Refused.objects.values_list("code", flat=True)) == {
        "answers_invalid",
        "estate_not_found",
        "recorded_differently",
    }


def test_a_hundred_records_take_no_more_queries_than_one(as_user, people, estate):
    client = as_user("inspector")
    put(client, a_record(estate))
    records = [(uuid.uuid4(), a_record(estate, **here(estate, n))) for n in range(100)]
    with CaptureQueriesContext(connection) as queries:
        reply = put_all(client, *records)
    assert {each["status"] for each in reply.json()["entries"]} == {201}
    assert len(queries) <= 14


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"entries": []},
        {"entries": [{"id": "1", "record": {}}]},
        {"entries": [{"id": str(uuid.uuid4())}]},
        {"entries": [None] * 201},
    ],
)
def test_a_list_of_records_that_can_t_be_read_is_refused_whole(as_user, body):
    reply = as_user("inspector").post("/api/v1/inspections/", body, format="json")
    assert (reply.status_code, reply.json()["code"]) == (400, "record_invalid")


def test_one_record_that_breaks_the_database_holds_up_no_other(as_user, estate):
    good, bad = uuid.uuid4(), uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION break_on_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NEW.id = '{bad}' THEN RAISE EXCEPTION 'broken'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER breaks BEFORE INSERT ON inspections_inspection "
            "FOR EACH ROW EXECUTE FUNCTION break_on_one()"
        )
    reply = put_all(as_user("inspector"), (bad, a_record(estate)), (good, a_record(estate)))
    assert [(each["status"], each["answer"].get("code")) for each in reply.json()["entries"]] == [
        (500, "failed"),
        (201, None),
    ]
