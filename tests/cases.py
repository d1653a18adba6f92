"""A case that a record opened, and moves as they are sent."""

import uuid

from inspections.models import Case, Finding
from tests.records import a_photo, a_record, put

AT = "2024-12-02T09:00:00+08:00"
LATER = "2099-12-31"


def a_case(client, estate, /, id=None, item: str = "ZM-01", **changes) -> Case:
    """The one that this record opens."""
    id = id or uuid.uuid4()
    reply = put(client, a_record(estate, **changes), id)
    assert reply.status_code == 201, reply.json()
    return Case.objects.get(pk=Case.id_of(Finding.id_of(id, item)))


def a_move(case, name: str, /, **changes) -> dict:
    """With the version that the case has, and nothing that it needs; a change to None leaves a
    member out."""
    version = case.version if isinstance(case, Case) else 0
    body = {"move": name, "version": version, "recorded_at": AT} | changes
    return {name: value for name, value in body.items() if value is not None}


def put_move(client, case, body, id=None):
    pk = case.pk if isinstance(case, Case) else case
    return client.put(f"/api/v1/cases/{pk}/moves/{id or uuid.uuid4()}/", body, format="json")


def made(client, case, name: str, /, **changes) -> Case:
    """Moved, with what it needs where that is not told; the case as it is then."""
    body = a_move(case, name, **(needed(case, name) | changes))
    reply = put_move(client, case, body)
    assert (reply.status_code, reply.json().get("standing")) == (201, "made"), reply.json()
    case.refresh_from_db()
    return case


def needed(case, name: str, into=None) -> dict:
    """What a move needs, whatever it is."""
    fields = {
        "fix_on_spot": {"photos"},
        "reject": {"note"},
        "void": {"note"},
        "join": {"into"},
        "reconsider": {"note"},
        "assign": {"handler"},
        "return": {"note"},
        "ask_extension": {"note", "until"},
        "grant_extension": {"until"},
        "refuse_extension": {"note"},
        "hand_back": {"note", "photos"},
        "pass_check": {"photos"},
        "fail_check": {"note", "photos"},
        "reopen": {"note"},
        "suspend": {"note", "until", "approver"},
        "refer": {"note", "body"},
        "hear_done": {"note"},
        "take_back": {"note"},
    }.get(name, set())
    told = {
        "note": "路灯已修好",
        "until": LATER,
        "approver": "leader",
        "body": "urban",
        "handler": {"kind": "company"},
        "into": into and str(into.pk),
        "photos": [a_photo(uuid.uuid4().bytes, pair=_earlier(case))],
    }
    return {name: told[name] for name in fields}


def _earlier(case) -> str | None:
    """A photo that a later one may be laid beside."""
    photo = case.moves.filter(photos__isnull=False).values_list("photos", flat=True).first()
    return photo and str(photo)


# By state: who does what to bring a reported case there.
WAYS = {
    "reported": [],
    "fixed": [("inspector", "fix_on_spot")],
    "filed": [("supervisor", "file")],
    "assigned": [("supervisor", "file"), ("supervisor", "assign")],
    "rejected": [("supervisor", "reject")],
    "void": [("supervisor", "void")],
}
WAYS["in_progress"] = [*WAYS["assigned"], ("company", "claim")]
WAYS["returned"] = [*WAYS["assigned"], ("company", "return")]
WAYS["extension_asked"] = [*WAYS["in_progress"], ("company", "ask_extension")]
WAYS["suspended"] = [*WAYS["in_progress"], ("supervisor", "suspend")]
WAYS["referred"] = [*WAYS["in_progress"], ("supervisor", "refer")]
WAYS["checking"] = [*WAYS["in_progress"], ("company", "hand_back")]
WAYS["checked"] = [*WAYS["checking"], ("inspector", "pass_check")]
WAYS["closed"] = [*WAYS["checked"], ("supervisor", "close")]


def bring(as_user, case, state: str) -> Case:
    """Through the same door as everybody."""
    for who, name in WAYS[state]:
        made(as_user(who), case, name)
    assert case.state == state
    return case
