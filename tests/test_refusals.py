"""What the server can't accept is kept, with a code and a sentence, and nothing is given away."""

import uuid
from hashlib import sha256
from itertools import permutations

import pytest
from django.utils import timezone

from geo.models import ExcludedArea
from inspections.models import Finding, Inspection, Refused
from tests.factories import AssetFactory, EstateFactory, square
from tests.records import a_record, put

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[str, str, bytes]]:
    """Sender, code and body of every refusal."""
    return [
        (row.sender.username, row.code, bytes(row.body or b""))
        for row in Refused.objects.order_by("pk")
    ]


def test_the_same_id_with_other_content_is_refused_and_both_are_kept(as_user, estate):
    id, client = uuid.uuid4(), as_user("inspector")
    first = put(client, a_record(estate), id)
    other = put(client, a_record(estate, answers={"ZM-01": False}), id)
    assert (other.status_code, other.json()) == (
        409,
        {
            "code": "recorded_differently",
            "message": "This inspection was already received with other content. Both are kept.",
            "details": {},
        },
    )
    assert Inspection.objects.get().answers == {"ZM-01": True}
    ((sender, code, body),) = kept()
    assert (sender, code) == ("inspector", "recorded_differently")
    assert b'"ZM-01":false' in body.replace(b" ", b"")
    assert put(client, a_record(estate), id).json() == first.json()


def test_another_person_s_record_is_never_shown_to_who_sends_its_id(as_user, estate):
    id = uuid.uuid4()
    put(as_user("inspector"), a_record(estate), id)
    for who in ("inspector2", "supervisor", "stranger"):
        reply = put(as_user(who), a_record(estate), id)
        assert (reply.status_code, reply.json()["details"]) == (409, {})
    assert [row[:2] for row in kept()] == [
        (who, "recorded_differently") for who in ("inspector2", "supervisor", "stranger")
    ]


def test_every_wrong_answer_is_named_at_once(as_user, estate):
    answers = {"ZM-01": "maybe", "ZM-99": 1, "ZM-02": 4}
    reply = put(as_user("inspector"), a_record(estate, answers=answers))
    assert (reply.status_code, reply.json()) == (
        400,
        {
            "code": "answers_invalid",
            "message": "Some answers need another look.",
            "details": {"items": {"ZM-99": "Not asked.", "ZM-01": "Answer yes or no."}},
        },
    )
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("answers", [None, [], "all well", {"ZM-01": None}])
def test_answers_are_an_object_of_answers(as_user, estate, answers):
    reply = as_user("inspector").put(
        f"/api/v1/inspections/{uuid.uuid4()}/", a_record(estate) | {"answers": answers}, "json"
    )
    assert reply.status_code == 400


def test_every_wrong_field_is_named_at_once(as_user, estate):
    reply = put(
        as_user("inspector"),
        {
            "kind": 3,
            "kind_version": "newest",
            "estate": "银星花园",
            "asset": 0,
            "location": {"type": "Point", "coordinates": [24.8, 118.5]},
            "location_source": "guess",
            "accuracy_m": -1,
            "recorded_at": "2024-11-30 09:30",
            "supersedes": "the last one",
            "reason": "x" * 301,
            "weather": "rain",
        },
    )
    assert (reply.status_code, reply.json()) == (
        400,
        {
            "code": "record_invalid",
            "message": "Parts of this record can't be read.",
            "details": {
                "fields": {
                    "weather": "A record has no such field.",
                    "kind": "Name the kind of inspection.",
                    "kind_version": "A whole number is needed.",
                    "estate": "A whole number is needed.",
                    "asset": "A whole number is needed.",
                    "location": "Coordinates must be longitude, latitude in degrees, "
                    "within China: 24.8, 118.5.",
                    "location_source": "One of gps, manual, qr, last_fix.",
                    "accuracy_m": "Metres, at least 0.",
                    "recorded_at": "A time with its offset, as 2024-11-30T09:30:00+08:00.",
                    "answers": "An object of answers is needed; it may be empty.",
                    "supersedes": "The id of the inspection it corrects is needed.",
                    "reason": "A sentence of at most 300 characters.",
                }
            },
        },
    )


AT = {"type": "Point", "coordinates": [118.57, 24.8]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"recorded_at": "2024-11-30T09:30:00"}, "recorded_at"),
        ({"recorded_at": "9999-12-31T23:59:59Z"}, "recorded_at"),
        ({"recorded_at": 1732930200}, "recorded_at"),
        ({"location": AT}, "location_source"),
        ({"location_source": "gps"}, "location_source"),
        ({"accuracy_m": 5}, "accuracy_m"),
        ({"location": AT, "location_source": "manual", "accuracy_m": 5}, "accuracy_m"),
        ({"location": AT, "location_source": "gps", "accuracy_m": True}, "accuracy_m"),
        ({"location": [118.57, 24.8], "location_source": "gps"}, "location"),
        ({"estate": 1.5}, "estate"),
        ({"estate": True}, "estate"),
        ({"estate": 2**63}, "estate"),
        ({"reason": "wrong estate"}, "reason"),
        ({"supersedes": str(uuid.uuid4())}, "reason"),
        ({"supersedes": str(uuid.uuid4()), "reason": "  "}, "reason"),
    ],
)
def test_a_field_that_can_t_be_is_named(as_user, estate, changes, field):
    reply = put(as_user("inspector"), a_record(estate, **changes))
    assert (reply.status_code, reply.json()["code"]) == (400, "record_invalid")
    assert list(reply.json()["details"]["fields"]) == [field]


def test_a_record_can_t_correct_itself(as_user, estate):
    id = uuid.uuid4()
    reply = put(as_user("inspector"), a_record(estate, supersedes=str(id), reason="wrong"), id)
    assert list(reply.json()["details"]["fields"]) == ["supersedes"]


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"kind": NaN}',
        b'{"kind": 1e999}',
        b'{"kind": "\\u0000"}',
        b'{"kind": "\\ud800"}',
        b'{"a":' * 500 + b"1" + b"}" * 500,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    ],
    ids=range(11),
)
def test_what_can_t_be_read_is_kept_as_it_came(as_user, body):
    reply = as_user("inspector").put(
        f"/api/v1/inspections/{uuid.uuid4()}/", body, content_type="application/json"
    )
    assert (reply.status_code, reply.json()["code"]) == (400, "body_unreadable")
    assert kept() == [("inspector", "body_unreadable", body)]


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("inspector2", 404, "estate_not_found"),
        ("stranger", 404, "estate_not_found"),
        ("planner", 403, "not_an_inspector"),
        ("leader", 403, "not_an_inspector"),
        ("clerk", 403, "not_an_inspector"),
        ("unit", 403, "not_an_inspector"),
        ("officer", 403, "not_an_inspector"),
        ("company", 403, "not_an_inspector"),
    ],
)
def test_who_may_not_record(as_user, estate, who, status, code):
    reply = put(as_user(who), a_record(estate))
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert not Inspection.objects.exists()
    assert [row[:2] for row in kept()] == [(who, code)]


def test_nobody_s_record_is_not_kept(as_user, estate):
    reply = put(as_user("nobody"), a_record(estate))
    assert (reply.status_code, reply.json()["code"]) == (401, "not_signed_in")
    assert kept() == []


def test_an_estate_that_is_not_there_is_not_told_from_one_out_of_scope(as_user, elsewhere, estate):
    client, other = as_user("inspector"), EstateFactory(community=elsewhere)
    there, nowhere = (put(client, a_record(estate, estate=pk)).json() for pk in (other.pk, 10**12))
    assert there | {"details": {}} == nowhere | {"details": {}}


@pytest.mark.parametrize("change", [{"kind": "manhole"}, {"kind_version": 9}])
def test_a_kind_that_is_not_known(as_user, estate, change):
    reply = put(as_user("inspector"), a_record(estate, **change))
    assert (reply.status_code, reply.json()["code"]) == (400, "kind_unknown")


def test_an_asset_is_one_of_the_estate_and_of_the_kind(as_user, community, estate):
    lamp = AssetFactory(estate=EstateFactory(community=community))
    hydrant = AssetFactory(estate=estate, type="hydrant")
    in_the_street = AssetFactory(estate=None, community=community, geom=lamp.geom)
    client = as_user("inspector")
    replies = [
        put(client, a_record(estate, asset=pk)).json()
        for pk in (lamp.pk, 10**12, hydrant.pk, in_the_street.pk)
    ]
    assert [reply.get("code") for reply in replies] == [
        "asset_not_found",
        "asset_not_found",
        "record_invalid",
        None,
    ]


@pytest.fixture
def barracks(estate) -> ExcludedArea:
    west, south, *_ = estate.geom.extent
    return ExcludedArea.objects.create(name="营区", geom=square(west, south, 0.0005))


@pytest.fixture
def inside(barracks) -> dict:
    lon, lat = barracks.geom.centroid.coords
    return {
        "location": {"type": "Point", "coordinates": [lon, lat]},
        "location_source": "gps",
    }


def test_of_an_excluded_area_only_the_id_the_hash_the_time_and_the_code_are_kept(
    as_user, estate, inside
):
    id, client, body = uuid.uuid4(), as_user("inspector"), a_record(estate, **inside)
    reply = put(client, body, id)
    assert (reply.status_code, reply.json()) == (
        422,
        {
            "code": "excluded_area",
            "message": "Nothing may be recorded here: the place lies in an excluded area.",
            "details": {},
        },
    )
    row = Refused.objects.get()
    assert (row.entry, row.code, row.body, row.details, row.body_bytes) == (
        str(id),
        "excluded_area",
        None,
        {},
        0,
    )
    assert len(row.body_sha256) == 64
    assert not Inspection.objects.exists()


def test_nor_is_what_was_refused_there_for_another_reason(as_user, estate, inside):
    id, client = uuid.uuid4(), as_user("inspector")
    put(client, a_record(estate), id)
    put(client, a_record(estate, **inside), id)
    put(client, a_record(estate, answers=3, weather="rain", **inside))
    put(as_user("stranger"), a_record(estate, **inside))
    assert kept() == [
        ("inspector", "recorded_differently", b""),
        ("inspector", "record_invalid", b""),
        ("stranger", "estate_not_found", b""),
    ]


def test_an_asset_in_an_excluded_area_is_refused(as_user, estate, barracks):
    lamp = AssetFactory(estate=estate, geom=barracks.geom.centroid)
    assert put(as_user("inspector"), a_record(estate, asset=lamp.pk)).status_code == 422


def test_an_excluded_area_that_was_given_up_hinders_nothing(as_user, estate, barracks, inside):
    barracks.retired_at = timezone.now()
    barracks.save()
    assert put(as_user("inspector"), a_record(estate, **inside)).status_code == 201


def test_a_refusal_is_kept_once_however_often_it_is_sent(as_user, estate):
    id, client, wrong = uuid.uuid4(), as_user("inspector"), a_record(estate, answers={"ZM-99": 1})
    replies = [put(client, wrong, id).json() for _ in range(3)]
    assert replies[0] == replies[1] == replies[2]
    assert len(kept()) == 1


def test_beyond_a_person_s_room_a_refusal_is_kept_without_its_body(as_user, settings):
    settings.REFUSED_MAX_BYTES = 10
    client = as_user("inspector")
    for body in (b"{1234567", b"{12", b"{1", b"{"):
        client.put(f"/api/v1/inspections/{uuid.uuid4()}/", body, content_type="application/json")
    as_user("inspector2").put(
        f"/api/v1/inspections/{uuid.uuid4()}/", b"{12345678", content_type="application/json"
    )
    assert [row[2] for row in kept()] == [b"{1234567", b"", b"{1", b"", b"{12345678"]
    assert [row.body_sha256 for row in Refused.objects.order_by("pk")][1] == (
        sha256(b"{12").hexdigest()
    )


def test_a_record_too_large_is_not_read(as_user, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    reply = as_user("inspector").put(
        f"/api/v1/inspections/{uuid.uuid4()}/", b" " * 1001, content_type="application/json"
    )
    assert (reply.status_code, reply.json()["code"]) == (413, "body_too_large")
    assert [(row.code, row.body, row.body_bytes) for row in Refused.objects.all()] == [
        ("body_too_large", None, 1001)
    ]


def test_sentences_are_in_the_person_s_language(as_user, estate):
    client = as_user("inspector")
    client.cookies["django_language"] = "zh-hans"
    reply = put(client, a_record(estate, answers={"ZM-99": 1}))
    assert reply.json()["message"] == "有些回答需要再看一看。"


def corrects(id, **changes) -> dict:
    return {"supersedes": str(id), "reason": "wrong lamp", **changes}


def in_force() -> list[uuid.UUID]:
    return list(Inspection.objects.in_force().values_list("pk", flat=True))


def test_a_correction_stands_in_for_what_it_corrects(as_user, estate):
    client, first, second = as_user("inspector"), uuid.uuid4(), uuid.uuid4()
    put(client, a_record(estate), first)
    reply = put(client, a_record(estate, answers={"ZM-03": True}, **corrects(first)), second)
    assert (reply.status_code, reply.json()["in_force"]) == (201, True)
    assert in_force() == [second]
    assert list(Finding.objects.in_force().values_list("item", flat=True)) == ["ZM-03"]
    told = client.get(f"/api/v1/inspections/{first}/").json()["properties"]
    assert (told["in_force"], told["answers"]) == (False, {"ZM-01": True})


@pytest.mark.parametrize(
    ("who", "status"),
    [("inspector", 201), ("supervisor", 201), ("admin", 201), ("colleague", 403)],
)
def test_who_corrects(as_user, people, community, estate, who, status):
    people["colleague"] = people["stranger"]
    people["colleague"].memberships.create(
        role="inspector", community=community, since="2023-01-01"
    )
    first = uuid.uuid4()
    put(as_user("inspector"), a_record(estate), first)
    reply = put(as_user(who), a_record(estate, **corrects(first)))
    assert reply.status_code == status
    if status == 403:
        assert reply.json()["code"] == "not_yours_to_correct"
        assert in_force() == [first]


def test_a_correction_may_move_a_record_to_the_right_estate(as_user, community, estate):
    first, other = uuid.uuid4(), EstateFactory(community=community)
    put(as_user("inspector"), a_record(estate), first)
    put(as_user("inspector"), a_record(other, **corrects(first, reason="wrong estate")))
    assert [finding.estate for finding in Finding.objects.in_force()] == [other]


def test_a_correction_waits_for_what_it_corrects(as_user, estate):
    client, first, second = as_user("inspector"), uuid.uuid4(), uuid.uuid4()
    correction = a_record(estate, **corrects(first))
    early = put(client, correction, second)
    assert (early.status_code, early.json()) == (
        409,
        {
            "code": "corrects_unknown",
            "message": "The inspection this corrects has not arrived yet. It is kept until then.",
            "details": {"supersedes": str(first)},
        },
    )
    assert put(client, a_record(estate), first).json()["in_force"] is False
    assert in_force() == [second]
    assert put(client, correction, second).status_code == 200
    assert not Refused.objects.filter(settled_at=None).exists()


def test_a_correction_that_there_is_no_room_for_is_sent_again(as_user, estate, settings):
    settings.REFUSED_MAX_BYTES = 10
    client, first, second = as_user("inspector"), uuid.uuid4(), uuid.uuid4()
    correction = a_record(estate, **corrects(first))
    early = put(client, correction, second).json()
    assert (early["code"], early["message"]) == (
        "corrects_unknown",
        "The inspection this corrects has not arrived yet. Send this again after it.",
    )
    put(client, a_record(estate), first)
    assert put(client, correction, second).status_code == 201


def test_a_waiting_correction_is_judged_when_its_turn_comes(as_user, people, community, estate):
    """A colleague's early correction of a record that turns out not to be theirs."""
    people["stranger"].memberships.create(role="inspector", community=community, since="2023-01-01")
    first = uuid.uuid4()
    put(as_user("stranger"), a_record(estate, **corrects(first)))
    put(as_user("inspector"), a_record(estate), first)
    assert in_force() == [first]
    assert [row[:2] for row in kept()] == [
        ("stranger", "corrects_unknown"),
        ("stranger", "not_yours_to_correct"),
    ]


A, B, C, D = (uuid.UUID(int=n) for n in (0xA, 0xB, 0xC, 0xD))


@pytest.mark.parametrize("order", list(permutations("ABCD")), ids="".join)
def test_corrections_end_the_same_in_whatever_order_they_arrive(as_user, estate, order):
    """B and C correct A; D corrects B, by a tablet whose clock runs behind."""
    entries = {
        "A": (A, a_record(estate, answers={"ZM-01": True})),
        "B": (B, a_record(estate, recorded_at="2024-12-01T08:00:00Z", **corrects(A))),
        "C": (C, a_record(estate, recorded_at="2024-12-02T08:00:00Z", **corrects(A))),
        "D": (D, a_record(estate, recorded_at="2024-12-01T07:00:00Z", **corrects(B))),
    }
    client = as_user("inspector")
    for name in (*order, *order):
        id, body = entries[name]
        put(client, body, id)
    assert set(Inspection.objects.values_list("pk", "root")) == {(each, A) for each in (A, B, C, D)}
    assert in_force() == [C]
    assert [found.inspection_id for found in Finding.objects.in_force()] == [C]
    assert not Refused.objects.filter(settled_at=None).exists()
