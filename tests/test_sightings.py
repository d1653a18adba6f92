"""A finding seen again is the earlier one's, and counts for itself when that one can't."""

import uuid
from functools import partial
from itertools import permutations

import pytest

from inspections.models import EstateMonth, Finding, Inspection
from tests.records import a_record, put
from tests.test_delivery import at_once

pytestmark = pytest.mark.django_db

A, B, C, D = (uuid.UUID(int=n) for n in (0xA, 0xB, 0xC, 0xD))


def on(day: int, /, **changes) -> dict:
    return {"recorded_at": f"2024-12-{day:02}T08:00:00Z", **changes}


def seen(first: uuid.UUID, item: str = "ZM-01") -> dict:
    return {"same_as": {item: str(first)}}


def counting() -> set[uuid.UUID]:
    """The inspections whose findings count."""
    return set(Finding.objects.in_force().values_list("inspection", flat=True))


def summed() -> int:
    return sum(row.open_3 for row in EstateMonth.objects.all())


def test_what_was_seen_again_is_one_finding(as_user, estate):
    client = as_user("inspector")
    put(client, a_record(estate, **on(1)), A)
    reply = put(client, a_record(estate, **on(5), **seen(A)), B)
    assert (reply.status_code, reply.json()["in_force"]) == (201, True)
    again = reply.json()["findings"][0]["id"]
    assert (counting(), summed()) == ({A}, 1)
    (told,) = client.get("/api/v1/findings/").json()["features"]
    assert (told["properties"]["same_as"], told["properties"]["sightings"]) == (None, 1)
    told = client.get(f"/api/v1/findings/{again}/").json()["properties"]
    assert (told["same_as"], told["sightings"], told["in_force"]) == (
        str(Finding.id_of(A, "ZM-01")),
        0,
        False,
    )
    assert put(client, a_record(estate, **on(5), **seen(A)), B).json() == reply.json()


def test_only_that_item_was_seen_again(as_user, estate):
    client = as_user("inspector")
    put(client, a_record(estate, **on(1)), A)
    answers = {"ZM-01": True, "ZM-03": True}
    put(client, a_record(estate, answers=answers, **on(5), **seen(A)), B)
    assert set(Finding.objects.in_force().values_list("inspection", "item")) == {
        (A, "ZM-01"),
        (B, "ZM-03"),
    }


ENTRIES = {
    "A first": (A, on(1)),
    "B sees A": (B, on(5, **seen(A))),
    "C sees B": (C, on(7, **seen(B))),
    "D corrects A": (D, on(9, supersedes=str(A), reason="no fault", answers={"ZM-01": False})),
}


@pytest.mark.parametrize("order", list(permutations(ENTRIES)), ids=" · ".join)
def test_whatever_arrives_first(as_user, estate, order):
    """A is corrected away in the end: B counts, and C is B seen again."""
    client = as_user("inspector")
    for name in (*order, *order):
        id, changes = ENTRIES[name]
        put(client, a_record(estate, **changes), id)
    assert Inspection.objects.count() == 4
    assert (counting(), summed()) == ({B}, 1)


@pytest.mark.parametrize("order", list(permutations(list(ENTRIES)[:3])), ids=" · ".join)
def test_one_seen_twice_goes_back_to_the_first(as_user, estate, order):
    client = as_user("inspector")
    for name in order:
        id, changes = ENTRIES[name]
        put(client, a_record(estate, **changes), id)
    assert (counting(), summed()) == ({A}, 1)


def test_a_circle_of_names_hides_nothing(as_user, estate):
    client = as_user("inspector")
    put(client, a_record(estate, **on(1), **seen(C)), A)
    put(client, a_record(estate, **on(2), **seen(A)), B)
    put(client, a_record(estate, **on(3), **seen(B)), C)
    assert (counting(), summed()) == ({A}, 1)


@pytest.mark.parametrize(("closed", "count"), [("04", {A, B}), ("06", {A})])
def test_what_was_closed_before_is_a_new_finding(as_user, estate, closed, count):
    client = as_user("inspector")
    put(client, a_record(estate, **on(1)), A)
    Finding.objects.update(closed_at=f"2024-12-{closed}T08:00:00Z")
    put(client, a_record(estate, **on(5), **seen(A)), B)
    assert counting() == count


def test_an_item_without_a_fault_is_no_sighting(as_user, estate):
    client = as_user("inspector")
    put(client, a_record(estate, **on(1)), A)
    put(client, a_record(estate, answers={"ZM-01": False}, **on(5), **seen(A)), B)
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("told", [[], {"ZM-01": "that one"}, {"ZM-01": 5}, {"ZM-01": str(A)}])
def test_what_was_seen_before_is_an_inspection_by_its_id(as_user, estate, told):
    reply = put(as_user("inspector"), a_record(estate, same_as=told), A)
    assert (reply.status_code, list(reply.json()["details"]["fields"])) == (400, ["same_as"])


@pytest.mark.django_db(transaction=True)
def test_first_and_again_sent_at_once_are_one(as_user, estate):
    for _ in range(5):
        first, *others = (uuid.uuid4() for _ in range(6))
        bodies = [a_record(estate, **on(1))]
        bodies += [a_record(estate, **on(2 + n), **seen(first)) for n in range(5)]
        calls = [
            partial(put, as_user("inspector"), body, id)
            for id, body in zip((first, *others), bodies, strict=True)
        ]
        assert {reply.status_code for reply in at_once(calls)} == {201}
        assert counting() & {first, *others} == {first}
    assert summed() == 5
