"""With the record that found the fault there is its case; it follows what counts."""

import uuid
from itertools import permutations

import pytest

from geo import services as register
from inspections.models import Case, Complaint, Finding, Move
from tests.cases import a_case, a_move, bring, made, put_move
from tests.factories import EstateFactory
from tests.records import a_record, put

pytestmark = pytest.mark.django_db

A, B, C, D, E = (uuid.UUID(int=n) for n in (0xA, 0xB, 0xC, 0xD, 0xE))


def on(day: int, /, **changes) -> dict:
    return {"recorded_at": f"2024-12-{day:02}T08:00:00Z", **changes}


def seen(first: uuid.UUID) -> dict:
    return {"same_as": {"ZM-01": str(first)}}


def corrects(first: uuid.UUID, fault: bool) -> dict:
    return {"supersedes": str(first), "reason": "looked again", "answers": {"ZM-01": fault}}


def case_of(inspection: uuid.UUID, item: str = "ZM-01") -> uuid.UUID:
    return Case.id_of(Finding.id_of(inspection, item))


def standing() -> dict:
    """By inspection, the case of its finding; and every open case."""
    found = Finding.objects.filter(inspection__in_force=True, item="ZM-01")
    return {
        "findings": dict(found.values_list("inspection", "case")),
        "open": set(Case.objects.open().values_list("pk", flat=True)),
    }


def test_a_fault_opens_its_case(as_user, estate):
    put(as_user("inspector"), a_record(estate, answers={"ZM-01": True, "ZM-03": True}), A)
    first, second = Case.objects.order_by("item")
    assert (first.pk, second.pk) == (case_of(A), case_of(A, "ZM-03"))
    assert (first.title, first.source, first.state, first.version) == (
        "单盏路灯不亮",
        "inspection",
        "reported",
        0,
    )
    assert first.findings.get().inspection_id == A
    assert (first.estate, first.community) == (estate, estate.community)
    assert first.due_at == first.first_due_at is not None
    assert first.step_due_at is not None


def test_what_is_only_noted_opens_none(as_user, estate):
    record = a_record(estate, kind="fire_lane", answers={"XF-06": 3})
    put(as_user("inspector"), record, A)
    assert list(Finding.objects.values_list("advisory", flat=True)) == [True]
    assert not Case.objects.exists()


def test_what_was_seen_again_belongs_to_the_first_ones_case(as_user, estate):
    client = as_user("inspector")
    put(client, a_record(estate, **on(1)), A)
    put(client, a_record(estate, **on(5), **seen(A)), B)
    assert standing() == {"findings": {A: case_of(A), B: case_of(A)}, "open": {case_of(A)}}


def test_a_correction_that_keeps_a_fault_keeps_its_case(as_user, estate):
    client = as_user("inspector")
    put(client, a_record(estate, **on(1)), A)
    put(client, a_record(estate, **on(2), **corrects(A, fault=True)), B)
    assert standing() == {"findings": {B: case_of(A)}, "open": {case_of(A)}}
    assert Case.objects.get().version == 0


def test_a_correction_that_tells_another_estate_takes_the_case_along(
    as_user, people, community, estate
):
    client, other = as_user("inspector"), EstateFactory(community=community, name="金星花园")
    put(client, a_record(estate, **on(1)), A)
    put(client, a_record(other, **on(2), **corrects(A, fault=True)), B)
    case = Case.objects.get()
    assert (case.pk, case.estate, case.state, case.version) == (case_of(A), other, "reported", 0)


def test_what_was_corrected_away_is_void_and_comes_back_with_the_fault(as_user, estate):
    client = as_user("inspector")
    put(client, a_record(estate, **on(1)), A)
    put(client, a_record(estate, **on(2), **corrects(A, fault=False)), B)
    case = Case.objects.get()
    assert (case.state, standing()["open"]) == ("void", set())
    put(client, a_record(estate, **on(3), **corrects(B, fault=True)), C)
    case.refresh_from_db()
    assert (case.state, standing()) == (
        "reported",
        {"findings": {C: case_of(A)}, "open": {case_of(A)}},
    )
    assert list(case.moves.values_list("name", "by", "standing")) == [
        ("void", None, "made"),
        ("reconsider", None, "made"),
    ]


def test_what_is_corrected_away_under_work_is_for_a_supervisor_to_decide(as_user, estate):
    case = bring(as_user, a_case(as_user("inspector"), estate, A), "in_progress")
    put(as_user("inspector"), a_record(estate, **on(2), **corrects(A, fault=False)), B)
    case.refresh_from_db()
    assert case.state == "in_progress"
    proposed = case.moves.undecided().get()
    assert (proposed.name, proposed.by, proposed.problem) == ("void", None, "corrected_away")
    made(as_user("company"), case, "return")
    decision = f"/api/v1/cases/{case.pk}/moves/{proposed.pk}/decision/"
    reply = as_user("supervisor").put(decision, {"accept": True}, format="json")
    assert (reply.status_code, reply.json()["state"]) == (200, "void")


ENTRIES = {
    "A": (A, on(1)),
    "B sees A": (B, on(5) | seen(A)),
    "C sees B": (C, on(7) | seen(B)),
    "D corrects A": (D, on(9) | corrects(A, fault=False)),
    "E corrects D": (E, on(11) | corrects(D, fault=True)),
}


@pytest.mark.slow
@pytest.mark.parametrize("order", list(permutations(ENTRIES)), ids=" · ".join)
def test_whatever_arrives_first(as_user, estate, order):
    """In the end A's fault is there again, and the others only saw it."""
    client = as_user("inspector")
    for name in (*order, *order):
        id, changes = ENTRIES[name]
        put(client, a_record(estate, **changes), id)
    # E was recorded after B and C: it can't be what they saw. B counts, and C is B seen again.
    assert standing() == {
        "findings": {B: case_of(B), C: case_of(B), E: case_of(A)},
        "open": {case_of(A), case_of(B)},
    }


@pytest.mark.parametrize("order", list(permutations(list(ENTRIES)[:3])), ids=" · ".join)
def test_whatever_arrives_first_of_what_was_seen_again(as_user, estate, order):
    client = as_user("inspector")
    for name in (*order, *order):
        id, changes = ENTRIES[name]
        put(client, a_record(estate, **changes), id)
    assert standing() == {
        "findings": {A: case_of(A), B: case_of(A), C: case_of(A)},
        "open": {case_of(A)},
    }


def test_a_closed_case_closes_what_was_found_and_what_was_seen_until_then(as_user, estate):
    client = as_user("inspector")
    put(client, a_record(estate, **on(1)), A)
    put(client, a_record(estate, **on(5), **seen(A)), B)
    case = Case.objects.get()
    bring(as_user, case, "checked")
    made(as_user("supervisor"), case, "close", recorded_at="2024-12-08T08:00:00Z")
    assert case.ended_at.isoformat() == "2024-12-08T08:00:00+00:00"
    assert set(Finding.objects.values_list("closed_at", flat=True)) == {case.ended_at}
    # Seen after that it is a fault of its own; seen before, and sent late, it is none.
    put(client, a_record(estate, **on(10), **seen(A)), C)
    put(client, a_record(estate, **on(7), **seen(A)), D)
    assert standing() == {
        "findings": {A: case.pk, B: case.pk, C: case_of(C), D: case.pk},
        "open": {case_of(C)},
    }
    assert Finding.objects.get(inspection=D).closed_at == case.ended_at


@pytest.mark.parametrize("late", [False, True])
def test_what_was_seen_after_a_closing_is_a_fault_of_its_own_whichever_came_first(
    as_user, estate, late
):
    client = as_user("inspector")
    case = bring(as_user, a_case(client, estate, A, **on(1)), "checked")

    def see():
        put(client, a_record(estate, **on(10), **seen(A)), B)

    if not late:
        see()
    made(as_user("supervisor"), case, "close", recorded_at="2024-12-08T08:00:00Z")
    if late:
        see()
    assert standing() == {"findings": {A: case.pk, B: case_of(B)}, "open": {case_of(B)}}
    assert Finding.objects.get(inspection=B).closed_at is None
    # Opened again, the first stands for it once more.
    made(as_user("supervisor"), case, "reopen")
    assert standing() == {"findings": {A: case.pk, B: case.pk}, "open": {case.pk}}


def test_reopening_keeps_the_first_deadline(as_user, estate):
    case = a_case(as_user("inspector"), estate)
    first, due = case.first_due_at, case.due_at
    bring(as_user, case, "closed")
    assert Finding.objects.get().closed_at is not None
    made(as_user("supervisor"), case, "reopen")
    assert (case.first_due_at, case.reopened, case.ended_at) == (first, 1, None)
    assert case.due_at > due
    assert Finding.objects.get().closed_at is None


def test_where_the_estate_goes_its_case_goes(as_user, people, community, estate):
    case = a_case(as_user("inspector"), estate)
    twin = EstateFactory(community=community, name="银星花苑")
    other = a_case(as_user("inspector"), twin)
    register.merge_estates(kept=estate, twin=twin, by=people["clerk"], reason="one and the same")
    assert set(Case.objects.values_list("estate", flat=True)) == {estate.pk}
    assert {case.pk, other.pk} == set(Case.objects.values_list("pk", flat=True))


def test_joined_is_what_belongs_together_and_parted_again(as_user, people, estate):
    """With what was said of it, and with what was seen since."""
    client, supervisor = as_user("inspector"), as_user("supervisor")
    kept, twin = a_case(client, estate, A, **on(1)), a_case(client, estate, B, **on(2))
    said = Complaint.objects.create(
        id=uuid.uuid4(),
        case=twin,
        channel="phone",
        community=estate.community,
        text="路灯不亮",
        received_at="2024-12-02T08:00:00Z",
        entered_by=people["supervisor"],
        content_sha256="",
    )
    made(supervisor, twin, "join", into=str(kept.pk))
    put(client, a_record(estate, **on(3), **seen(B)), C)
    assert standing() == {
        "findings": {A: kept.pk, B: kept.pk, C: kept.pk},
        "open": {kept.pk},
    }
    said.refresh_from_db()
    assert (said.case, twin.joined_to) == (kept, kept)
    made(supervisor, twin, "reconsider")
    assert standing() == {
        "findings": {A: kept.pk, B: twin.pk, C: twin.pk},
        "open": {kept.pk, twin.pk},
    }
    said.refresh_from_db()
    assert (said.case, twin.joined_to, twin.ended_at) == (twin, None, None)


def test_of_what_was_joined_the_other_case_decides(as_user, estate):
    client, supervisor = as_user("inspector"), as_user("supervisor")
    kept, twin = a_case(client, estate, A, **on(1)), a_case(client, estate, B, **on(2))
    made(supervisor, twin, "join", into=str(kept.pk))
    bring(as_user, kept, "closed")
    assert not Finding.objects.open().exists()
    made(supervisor, twin, "reconsider")
    assert list(Finding.objects.open().values_list("inspection", flat=True)) == [B]


@pytest.mark.parametrize("into", ["itself", "ended", "unknown", "elsewhere"])
def test_only_an_open_case_in_sight_stands_for_another(as_user, elsewhere, estate, into):
    client, supervisor = as_user("inspector"), as_user("supervisor")
    case = a_case(client, estate, A, **on(1))
    other = {
        "itself": case,
        "ended": None,
        "unknown": Case(pk=uuid.uuid4()),
        "elsewhere": None,
    }[into]
    if into == "ended":
        other = bring(as_user, a_case(client, estate, B, **on(2)), "void")
    if into == "elsewhere":
        other = a_case(as_user("inspector2"), EstateFactory(community=elsewhere), B)
    reply = put_move(supervisor, case, a_move(case, "join", into=str(other.pk)))
    assert (reply.status_code, reply.json()["code"]) == (400, "move_invalid")
    assert list(reply.json()["details"]["fields"]) == ["into"]
    assert not Move.objects.filter(case=case).exists()
