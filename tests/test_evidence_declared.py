"""What a record says of its tablet, its place in the estate and its photos."""

import uuid
from datetime import timedelta
from functools import partial
from hashlib import sha256

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inspections.models import Inspection, Photo, Refused
from inspections.services import photos
from tests.factories import BuildingFactory, EstateFactory
from tests.pictures import held
from tests.records import a_photo, a_record, here, put
from tests.test_delivery import at_once
from tests.test_recording import put_all

pytestmark = pytest.mark.django_db

DEVICE = str(uuid.UUID(int=0xD))


def arrives(photo: dict, entry: uuid.UUID, sender) -> None:
    photos.hold(
        held(photo["sha256"], photo["bytes"]),
        sender=sender,
        entry=entry,
        photo=uuid.UUID(photo["id"]),
    )


def evidence(reply) -> tuple[int, int]:
    told = reply.json()["evidence"]
    return told["declared"], told["held"]


def test_a_basement_is_a_building_and_a_floor(as_user, estate):
    building = BuildingFactory(estate=estate)
    record = a_record(
        estate,
        building=building.pk,
        floor="B1",
        zone="东区",
        device=DEVICE,
        number=7,
        **here(estate, location_source="last_fix"),
        location_age_s=95.5,
        location_datum="gcj02",
        location_doubts=["coarse", "frozen", "coarse"],
    )
    reply = put(as_user("inspector"), record)
    assert (reply.status_code, reply.json()["doubts"]) == (201, ["coarse", "frozen"])
    row = Inspection.objects.get()
    assert (row.building, row.floor, row.zone) == (building, "B1", "东区")
    assert (str(row.device), row.number) == (DEVICE, 7)
    assert (row.location_age_s, row.location_datum) == (95.5, "gcj02")
    assert row.doubts == ["coarse", "frozen"]
    told = as_user("inspector").get(f"/api/v1/inspections/{row.pk}/").json()["properties"]
    assert (told["building"], told["floor"], told["zone"]) == (building.pk, "B1", "东区")
    assert (told["doubts"], told["photos_missing"]) == (["coarse", "frozen"], 0)


def test_a_building_that_is_another_estate_s_is_noted_and_left_out(as_user, community, estate):
    other = BuildingFactory(estate=EstateFactory(community=community))
    for building in (other.pk, 10**9):
        reply = put(as_user("inspector"), a_record(estate, building=building))
        assert (reply.status_code, reply.json()["doubts"]) == (201, ["building"])
    assert set(Inspection.objects.values_list("building", flat=True)) == {None}


@pytest.mark.parametrize(
    ("seconds", "doubts"), [(0, []), (110, []), (-110, []), (130, ["clock"]), (-259200, ["clock"])]
)
def test_a_tablet_s_clock_is_noted_against_the_server_s(as_user, estate, seconds, doubts):
    clock = timezone.now() - timedelta(seconds=seconds)
    body = {"entries": [{"id": str(uuid.uuid4()), "record": a_record(estate)}]}
    headers = {"X-Device-Clock": clock.isoformat().replace("+00:00", "Z")}
    client = as_user("inspector")
    one = client.put(
        f"/api/v1/inspections/{uuid.uuid4()}/", a_record(estate), format="json", headers=headers
    )
    many = client.post("/api/v1/inspections/", body, format="json", headers=headers)
    assert one.json()["doubts"] == many.json()["entries"][0]["answer"]["doubts"] == doubts
    for row in Inspection.objects.all():
        assert row.clock_offset_s == pytest.approx(seconds, abs=8)


@pytest.mark.parametrize("clock", ["", "now", "2024-11-30T09:30:00"])
def test_a_clock_that_can_t_be_read_says_nothing(as_user, estate, clock):
    reply = as_user("inspector").put(
        f"/api/v1/inspections/{uuid.uuid4()}/",
        a_record(estate),
        format="json",
        headers={"X-Device-Clock": clock},
    )
    assert (reply.status_code, reply.json()["doubts"]) == (201, [])
    assert Inspection.objects.get().clock_offset_s is None


def test_a_clock_is_that_of_the_moment_it_was_sent_even_if_it_waited(as_user, estate):
    client, first, second = as_user("inspector"), uuid.uuid4(), uuid.uuid4()
    clock = timezone.now() - timedelta(days=3)
    correction = a_record(estate, supersedes=str(first), reason="wrong lamp")
    client.put(
        f"/api/v1/inspections/{second}/",
        correction,
        format="json",
        headers={"X-Device-Clock": clock.isoformat()},
    )
    assert "clock_offset_s" not in put(client, correction, second).json()["details"]
    put(client, a_record(estate), first)
    assert Inspection.objects.get(pk=second).doubts == ["clock"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"building": "14栋"}, "building"),
        ({"floor": "x" * 21}, "floor"),
        ({"zone": 5}, "zone"),
        ({"location_age_s": 5}, "location_age_s"),
        ({"location_age_s": -1, "location_source": "last_fix"}, "location_age_s"),
        ({"location_datum": "bd09"}, "location_datum"),
        ({"location_doubts": ["clock"]}, "location_doubts"),
        ({"location_doubts": "frozen"}, "location_doubts"),
        ({"device": "mine"}, "device"),
        ({"number": 0}, "number"),
        ({"photos": {}}, "photos"),
        ({"photos": [a_photo()] * 41}, "photos"),
        ({"photos": [a_photo(id=str(uuid.UUID(int=1)))] * 2}, "photos"),
        ({"photos": ["a"]}, "photos.0"),
        ({"photos": [a_photo(id="a")]}, "photos.0.id"),
        ({"photos": [a_photo(), a_photo(sha256="A" * 64)]}, "photos.1.sha256"),
        ({"photos": [a_photo(bytes=0)]}, "photos.0.bytes"),
        ({"photos": [a_photo(type="image/svg+xml")]}, "photos.0.type"),
        ({"photos": [a_photo(how="drawn")]}, "photos.0.how"),
        ({"photos": [a_photo(taken_at="today")]}, "photos.0.taken_at"),
        ({"photos": [a_photo(location={"type": "Point"})]}, "photos.0.location"),
        ({"photos": [a_photo(name="x" * 121)]}, "photos.0.name"),
        ({"photos": [a_photo(owner="me")]}, "photos.0.owner"),
    ],
)
def test_what_can_t_be_is_named(as_user, estate, changes, field):
    at = here(estate) if "location_source" in changes else {}
    reply = put(as_user("inspector"), a_record(estate, **(at | changes)))
    assert (reply.status_code, reply.json()["code"]) == (400, "record_invalid")
    assert list(reply.json()["details"]["fields"]) == [field]


def test_a_record_names_its_photos_and_stands_before_they_come(as_user, people, estate):
    id, one, two = uuid.uuid4(), a_photo(b"one", item="ZM-01"), a_photo(b"two")
    at = here(estate)["location"]
    one |= {
        "how": "camera",
        "taken_at": "2024-11-30T09:29:00+08:00",
        "location": at,
        "location_source": "gps",
        "accuracy_m": 4,
        "name": "IMG_1.jpg",
    }
    record, client = a_record(estate, photos=[one, two]), as_user("inspector")
    assert evidence(put(client, record, id)) == (2, 0)
    assert Inspection.objects.get().photos_missing == 2
    row = Photo.objects.get(pk=one["id"])
    assert (row.entry, row.inspection_id, row.sender) == (id, id, people["inspector"])
    assert (row.item, row.how, row.name, row.accuracy_m) == ("ZM-01", "camera", "IMG_1.jpg", 4)
    assert row.location.coords == tuple(at["coordinates"])
    arrives(one, id, people["inspector"])
    assert evidence(put(client, record, id)) == (2, 1)
    arrives(two, id, people["inspector"])
    arrives(two, id, people["inspector"])
    assert evidence(put(client, record, id)) == (2, 2)
    assert Inspection.objects.get().photos_missing == 0


def test_a_photo_may_come_before_its_record(as_user, people, estate):
    id, photo = uuid.uuid4(), a_photo()
    arrives(photo, id, people["inspector"])
    assert evidence(put(as_user("inspector"), a_record(estate, photos=[photo]), id)) == (1, 1)
    assert Inspection.objects.get().photos_missing == 0
    assert Photo.objects.get().inspection_id == id


def test_a_correction_shows_the_same_photos(as_user, people, estate):
    client, first, second, photo = as_user("inspector"), uuid.uuid4(), uuid.uuid4(), a_photo()
    put(client, a_record(estate, photos=[photo]), first)
    arrives(photo, first, people["inspector"])
    correction = a_record(estate, photos=[photo], supersedes=str(first), reason="wrong lamp")
    assert evidence(put(client, correction, second)) == (1, 1)


def test_photos_of_a_record_that_waited_are_named_when_it_is_recorded(as_user, people, estate):
    client, first, second, photo = as_user("inspector"), uuid.uuid4(), uuid.uuid4(), a_photo()
    correction = a_record(estate, photos=[photo], supersedes=str(first), reason="wrong lamp")
    put(client, correction, second)
    arrives(photo, second, people["inspector"])
    put(client, a_record(estate), first)
    assert evidence(put(client, correction, second)) == (1, 1)


def test_the_hash_of_a_record_is_that_of_the_body_a_tablet_sends(as_user, estate):
    """Sorted, without nulls, its time in UTC: what is new in a record stays as it was written."""
    record = a_record(
        estate,
        recorded_at="2024-11-30T01:30:00.25Z",
        device=DEVICE.upper(),
        photos=[a_photo(taken_at="2024-11-30T09:29:00+08:00", name="东门.jpg")],
        same_as={"ZM-01": str(uuid.UUID(int=5))},
    )
    body = orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
    reply = as_user("inspector").put(
        f"/api/v1/inspections/{uuid.uuid4()}/", body, content_type="application/json"
    )
    assert reply.status_code == 201
    assert Inspection.objects.get().content_sha256 == sha256(body).hexdigest()


def test_many_with_photos_take_no_more_queries_than_few(as_user, people, estate):
    client, building = as_user("inspector"), BuildingFactory(estate=estate)
    put(client, a_record(estate))

    def queries(n: int) -> int:
        records = [
            (
                uuid.uuid4(),
                a_record(
                    estate,
                    building=building.pk,
                    device=DEVICE,
                    number=each + 1,
                    photos=[a_photo(b"%d %d" % (n, each))],
                ),
            )
            for each in range(n)
        ]
        with CaptureQueriesContext(connection) as captured:
            reply = put_all(client, *records)
        assert {each["status"] for each in reply.json()["entries"]} == {201}
        return len(captured)

    assert queries(60) == queries(2) <= 20


def test_what_is_refused_is_kept_with_its_tablet_and_number(as_user, estate):
    address, client = f"/api/v1/inspections/{uuid.uuid4()}/", as_user("inspector")
    put(client, a_record(estate, answers={"ZM-99": 1}, device=DEVICE, number=4))
    client.put(address, b"{", content_type="application/json", headers={"X-Device": DEVICE})
    rows = Refused.objects.order_by("pk")
    assert [(row.type, str(row.device), row.number, row.code) for row in rows] == [
        ("inspection", DEVICE, 4, "answers_invalid"),
        ("inspection", DEVICE, None, "body_unreadable"),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_record_and_its_photos_sent_at_once_are_counted_exactly(as_user, people, estate):
    for turn in range(4):
        id = uuid.uuid4()
        shown = [a_photo(b"%d %d" % (turn, n)) for n in range(3)]
        record = a_record(estate, photos=shown)
        calls = [partial(put, as_user("inspector"), record, id) for _ in range(4)]
        calls += [partial(arrives, each, id, people["inspector"]) for each in shown[:2]] * 2
        replies = at_once(calls)[:4]
        assert sorted(reply.status_code for reply in replies) == [200, 200, 200, 201]
        assert Inspection.objects.get(pk=id).photos_missing == 1
        assert evidence(put(as_user("inspector"), record, id)) == (3, 2)
        assert Photo.objects.filter(inspection=id).count() == 3
