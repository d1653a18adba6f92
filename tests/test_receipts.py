"""What the server holds of a tablet's entries is told to that tablet, and nothing is left out."""

import json
import uuid

import pytest
from django.db import connection

from inspections.models import Inspection, Photo, Refused, Upload
from inspections.services import photos
from inspections.services.receipts import Asked, receipts
from tests.factories import InspectionFactory
from tests.pictures import held
from tests.records import a_lamp, a_photo, a_record, propose, put

pytestmark = pytest.mark.django_db

DEVICE = uuid.UUID(int=0xD)


def asked(client, **query):
    return client.get("/api/v1/receipts/", {"device": str(DEVICE)} | query)


def of(reply, *names) -> list[tuple]:
    return [tuple(each.get(name) for name in names) for each in reply.json()["entries"]]


def mine(number: int, **changes) -> dict:
    return {"device": str(DEVICE), "number": number} | changes


def canonical(body: dict) -> bytes:
    told = {"recorded_at": "2024-11-30T01:30:00Z"}
    return json.dumps(body | told, separators=(",", ":"), sort_keys=True).encode()


@pytest.fixture
def tablet(as_user, estate):
    return as_user("inspector")


def test_a_receipt_tells_what_is_held(tablet, estate):
    id, photo = uuid.uuid4(), a_photo()
    body = a_record(estate, **mine(1, photos=[photo]))
    put(tablet, body, id)
    reply = asked(tablet)
    assert reply.status_code == 200
    inspection = Inspection.objects.get()
    assert reply.json() == {
        "cursor": reply.json()["cursor"],
        "entries": [
            {
                "id": str(id),
                "type": "inspection",
                "number": 1,
                "sha256": inspection.content_sha256,
                "bytes": len(canonical(body)),
                "received_at": inspection.received_at.isoformat().replace("+00:00", "Z"),
                "status": "held",
                "photos": [
                    {
                        "id": photo["id"],
                        "sha256": photo["sha256"],
                        "bytes": 7,
                        "held": False,
                        "received_bytes": 0,
                        "problem": "",
                    }
                ],
            }
        ],
        "next": None,
    }


def test_every_kind_of_entry_and_its_outcome(tablet, estate):
    first, waiting, wrong, lamp, street = (uuid.uuid4() for _ in range(5))
    put(tablet, a_record(estate, **mine(1)), first)
    put(tablet, a_record(estate, answers={"ZM-99": 1}, **mine(2)), wrong)
    correction = {"supersedes": str(uuid.uuid4()), "reason": "wrong lamp"}
    put(tablet, a_record(estate, **mine(3), **correction), waiting)
    propose(tablet, a_lamp(estate, **mine(4)), lamp)
    propose(tablet, a_lamp(estate, layer="street", **mine(5)), street)
    assert of(asked(tablet), "number", "id", "type", "status", "code") == [
        (1, str(first), "inspection", "held", None),
        (2, str(wrong), "inspection", "refused", "answers_invalid"),
        (3, str(waiting), "inspection", "waits", "corrects_unknown"),
        (4, str(lamp), "proposal", "held", None),
        (5, str(street), "proposal", "refused", "record_invalid"),
    ]
    assert asked(tablet).json()["entries"][1]["message"] == "Some answers need another look."


def test_only_one_s_own_of_that_tablet(as_user, people, tablet, estate):
    put(tablet, a_record(estate, **mine(1)))
    put(tablet, a_record(estate, device=str(uuid.uuid4()), number=1))
    put(tablet, a_record(estate))
    put(as_user("supervisor"), a_record(estate, **mine(1)))
    assert len(of(asked(tablet), "id")) == 1
    assert len(of(asked(as_user("supervisor")), "id")) == 1
    assert of(asked(as_user("stranger")), "id") == []


def test_an_entry_that_names_no_tablet_is_of_the_one_that_sent_it(tablet, estate):
    address = f"/api/v1/inspections/{uuid.uuid4()}/"
    tablet.put(address, b"{", content_type="application/json", headers={"X-Device": str(DEVICE)})
    assert of(asked(tablet), "status", "code", "bytes") == [("refused", "body_unreadable", 1)]


def test_what_is_settled_is_no_longer_told_as_refused(tablet, estate):
    id = uuid.uuid4()
    put(tablet, a_record(estate, answers={"ZM-99": 1}, **mine(1)), id)
    cursor = asked(tablet).json()["cursor"]
    put(tablet, a_record(estate, **mine(1)), id)
    assert of(asked(tablet), "status") == [("held",)]
    assert of(asked(tablet, since=cursor), "id", "status") == [(str(id), "held")]


def test_what_there_was_no_room_for_is_as_if_it_had_not_come(tablet, estate, settings):
    settings.REFUSED_MAX_BYTES = 10
    correction = {"supersedes": str(uuid.uuid4()), "reason": "wrong lamp"}
    put(tablet, a_record(estate, **mine(1), **correction))
    assert of(asked(tablet), "status") == []


def test_a_photo_s_bytes_are_told_as_they_come(tablet, people, estate):
    id, photo, video = uuid.uuid4(), a_photo(b"one"), a_photo(b"two", type="video/mp4")
    put(tablet, a_record(estate, **mine(1, photos=[photo, video])), id)
    cursor = asked(tablet).json()["cursor"]
    Upload.objects.create(
        sender=people["inspector"],
        entry=id,
        photo=video["id"],
        length=3,
        offset=2,
        expires_at="2099-01-01T00:00:00Z",
    )
    photos.hold(
        held(photo["sha256"], 3),
        sender=people["inspector"],
        entry=id,
        photo=uuid.UUID(photo["id"]),
    )
    (entry,) = asked(tablet, since=cursor).json()["entries"]
    assert [(each["held"], each["received_bytes"]) for each in entry["photos"]] == [
        (True, 3),
        (False, 2),
    ]
    assert Photo.objects.missing().count() == Inspection.objects.get().photos_missing == 1


def test_what_the_worker_finds_of_a_held_photo_is_told_with_it(tablet, people, estate):
    id, photo = uuid.uuid4(), a_photo(b"cut")
    put(tablet, a_record(estate, **mine(1, photos=[photo])), id)
    cut = held(photo["sha256"], 3)
    photos.hold(cut, sender=people["inspector"], entry=id, photo=uuid.UUID(photo["id"]))
    cursor = asked(tablet).json()["cursor"]
    Photo.objects.update(problem="photo_cut")
    (entry,) = asked(tablet, since=cursor).json()["entries"]
    assert [(each["held"], each["problem"]) for each in entry["photos"]] == [(True, "photo_cut")]


def test_many_come_in_pages(tablet, people, community, estate):
    ids = [uuid.UUID(int=n) for n in range(1, 1002)]
    kind = InspectionFactory(estate=estate, id=ids[0])
    Inspection.objects.bulk_create(
        Inspection(
            id=id,
            root=id,
            kind="lighting",
            kind_version_id=kind.kind_version_id,
            estate=estate,
            community=community,
            inspector=people["inspector"],
            placed="unknown",
            recorded_at="2024-11-30T09:30:00+08:00",
            received_at="2024-11-30T09:30:00+08:00",
            answers={},
            content={},
            device=DEVICE,
            number=n,
        )
        for n, id in enumerate(ids[1:], 1)
    )
    told, pages, reply = [], [], asked(tablet)
    while True:
        told += of(reply, "number")
        pages.append(reply.json()["cursor"])
        if not reply.json()["next"]:
            break
        reply = tablet.get(reply.json()["next"])
    assert told == [(n,) for n in range(1, 1001)]
    assert len(pages) == 2
    assert len(set(pages)) == 1


@pytest.mark.parametrize("query", [{"device": "mine"}, {"device": ""}, {"after": "x"}, {"of": "1"}])
def test_what_can_t_be_read_is_named(tablet, query):
    reply = asked(tablet, **query)
    assert (reply.status_code, reply.json()["code"]) == (400, "filter_invalid")
    assert list(reply.json()["details"]["fields"]) == list(query)


def test_a_cursor_of_another_tablet_or_database_is_answered_with_everything(tablet, estate):
    put(tablet, a_record(estate, **mine(1)))
    other = asked(tablet, device=str(uuid.uuid4())).json()["cursor"]
    known = asked(tablet).json()["cursor"]
    ahead = known.rpartition(".")[0] + f".{10**17}"
    restored = known.replace(known.split(".")[1], "0" * 12)
    for cursor in (other, ahead, restored, "yesterday"):
        assert of(asked(tablet, since=cursor), "number") == [(1,)]


@pytest.mark.django_db(transaction=True)
def test_what_was_written_before_and_committed_after_a_reading_is_told_next_time(
    tablet, people, estate
):
    put(tablet, a_record(estate, **mine(1)))
    late = connection.copy()
    try:
        late.set_autocommit(False)
        with late.cursor() as cursor:
            cursor.execute(
                "INSERT INTO inspections_refused (entry, sender_id, code, message, details, "
                "body_sha256, body_bytes, received_at, device, number) "
                "VALUES (%s, %s, 'record_invalid', '', '{}', '', 0, now(), %s, 2)",
                [str(uuid.uuid4()), people["inspector"].pk, DEVICE],
            )
        put(tablet, a_record(estate, **mine(3)))
        before = asked(tablet)
        assert of(before, "number") == [(1,), (3,)]
        late.commit()
    finally:
        late.close()
    after = asked(tablet, since=before.json()["cursor"])
    assert (2, "refused") in of(after, "number", "status")
    assert Refused.objects.count() == 1


def test_of_what_is_old_only_that_with_photos_to_come_is_told_again(tablet, people, estate):
    put(tablet, a_record(estate, **mine(1)))
    put(tablet, a_record(estate, **mine(2, photos=[a_photo()])))
    propose(tablet, a_lamp(estate, **mine(3)))
    propose(tablet, a_lamp(estate, code="LD-901", **mine(4, photos=[a_photo(b"two")])))
    put(tablet, a_record(estate, answers={"ZM-99": 1}, **mine(5)))
    asked_late = Asked(people["inspector"], DEVICE, since=2**60)
    assert [each.number for each in receipts(asked_late, 10)] == [2, 4]
