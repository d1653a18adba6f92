"""A case that a record opened, and moves as they are sent."""

import uuid

from inspections.models import Case, Finding
from inspections.workflow import MOVES
from tests.records import a_photo, a_record, put

AT = "2024-12-02T09:00:00+08:00"


def a_case(client, estate, /, id=None, item: str = "ZM-01", **changes) -> Case:
    """The one that this record opens."""
    id = id or uuid.uuid4()
    reply = put(client, a_record(estate, **changes), id)
    assert reply.status_code == 201, reply.json()
    return Case.objects.get(pk=Case.id_of(Finding.id_of(id, item)))


def a_move(case, name: str, /, **changes) -> dict:
    """With the version that the case has, and with nothing that it needs; a change to None leaves
    a member out."""
    body = {"move": name, "version": getattr(case, "version", 0), "recorded_at": AT} | changes
    return {name: value for name, value in body.items() if value is not None}


def put_move(client, case, body, id=None):
    pk = getattr(case, "pk", case)
    return client.put(f"/api/v1/cases/{pk}/moves/{id or uuid.uuid4()}/", body, format="json")


def made(client, case, name: str, /, **changes):
    """As `put_move`, and it is made; the case as it is then."""
    reply = put_move(client, case, a_move(case, name, **changes))
    assert (reply.status_code, reply.json().get("standing")) == (201, "made"), reply.json()
    case.refresh_from_db()
    return case


assert MOVES
assert a_photo
