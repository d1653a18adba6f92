"""Two who write at the same moment under one id, number or name, each on a line of their own:
one is first, and the other is told so at once."""

import uuid
from functools import partial

import pytest

from inspections.models import Case, Complaint, Hold, Move, Paper, Refused, SavedFilter, Series
from tests.cases import a_case, a_move, put_move
from tests.papers.desk import a_notice, put_paper
from tests.test_complaints import a_complaint, take
from tests.test_delivery import at_once
from tests.test_saved_filters import kept

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 4


def outcomes(calls) -> list:
    """Status and code of each, the successful ones first."""
    told = [(reply.status_code, reply.json().get("code")) for reply in at_once(calls)]
    return sorted(told, key=lambda each: each[0])


@pytest.mark.parametrize("name", ["file", "reject"])
def test_one_id_of_a_move_for_two_cases_moves_one_and_is_refused_for_the_other(
    as_user, estate, name
):
    for _ in range(ROUNDS):
        cases, id = [a_case(as_user("inspector"), estate) for _ in range(4)], uuid.uuid4()
        calls = [
            partial(put_move, as_user("supervisor"), case, a_move(case, name, note="不属实"), id)
            for case in cases
        ]
        assert outcomes(calls) == [(201, None)] + [(409, "recorded_differently")] * 3
        moved = Move.objects.get(pk=id).case
        others = Case.objects.filter(pk__in=[each.pk for each in cases]).exclude(pk=moved.pk)
        assert (moved.version, set(others.values_list("version", flat=True))) == (1, {0})
        kept = Refused.objects.filter(entry=str(id), body__isnull=False)
        assert set(kept.values_list("code", flat=True)) == {"recorded_differently"}


def test_one_id_among_moves_of_several_cases_is_refused_alone(as_user, estate):
    for _ in range(ROUNDS):
        cases, id = [a_case(as_user("inspector"), estate) for _ in range(4)], uuid.uuid4()

        def move(case, beside, id=id):
            moves = [
                {"case": str(each.pk), "id": str(pk), **a_move(each, "file")}
                for each, pk in ((case, id), (beside, uuid.uuid4()))
            ]
            reply = as_user("supervisor").post(
                "/api/v1/cases/moves/", {"moves": moves}, format="json"
            )
            return [each["status"] for each in reply.json()["moves"]]

        pairs = (cases[:2], cases[2:])
        assert sorted(at_once([partial(move, *pair) for pair in pairs])) == [[201, 201], [409, 201]]


def open_case(client, id, **told):
    return client.put(f"/api/v1/cases/{id}/", told, format="json")


def test_cases_by_hand_under_one_id_or_one_number_are_one(as_user, estate):
    supervisor, wish = as_user("supervisor"), {"estate": estate.pk, "severity": 2}
    for n in range(ROUNDS):
        id, number = uuid.uuid4(), f"JJWG-{n}"
        calls = [
            partial(open_case, supervisor, id, source="joint", title="占道", **wish),
            partial(
                open_case,
                supervisor,
                id,
                source="platform",
                outside_number=f"A{n}",
                title="占道",
                **wish,
            ),
        ]
        assert outcomes(calls) == [(201, None), (409, "recorded_differently")]
        by_number = {"source": "platform", "outside_number": number, "title": "占道", **wish}
        calls = [partial(open_case, supervisor, uuid.uuid4(), **by_number) for _ in range(3)]
        assert [status for status, _ in outcomes(calls)] == [201, 400, 400]
        assert Case.objects.filter(outside_number=number).count() == 1


def test_complaints_under_one_id_or_one_number_are_one(as_user, estate):
    officer = as_user("officer")
    for n in range(ROUNDS):
        id = uuid.uuid4()
        calls = [partial(take, officer, a_complaint(estate, title=f"{m}"), id) for m in range(3)]
        assert outcomes(calls) == [(201, None)] + [(409, "recorded_differently")] * 2
        told = a_complaint(estate, channel="hotline", outside_number=f"12345-{n}")
        calls = [partial(take, officer, told) for _ in range(3)]
        assert outcomes(calls) == [(201, None)] + [(409, "complaint_entered")] * 2
    assert Complaint.objects.count() == Case.objects.count() == 2 * ROUNDS


def test_a_name_of_a_view_is_kept_once(as_user):
    client = as_user("supervisor")
    for n in range(ROUNDS):
        calls = [partial(kept, client, name=f"{n}", query=f"q={m}") for m in range(4)]
        assert outcomes(calls) == [(200, None)] * 4
    assert SavedFilter.objects.count() == ROUNDS


def test_papers_under_one_id_are_one(as_user, estate, settings, tmp_path):
    settings.PAPER_FONTS_DIR = tmp_path / "fonts"
    Series.objects.get_or_create(kind="notice", defaults={"code": "青街改"})
    client = as_user("supervisor")
    for n in range(ROUNDS):
        id, case = uuid.uuid4(), a_case(as_user("inspector"), estate)
        calls = [
            partial(put_paper, client, a_notice(case, edits={"phone": f"{m}"}), id)
            for m in range(3)
        ]
        assert outcomes(calls) == [(201, None)] + [(409, "recorded_differently")] * 2
        assert Paper.objects.count() == n + 1


def test_a_hold_is_one_of_several_said_at_once(as_user, estate):
    case = a_case(as_user("inspector"), estate)
    client = as_user("supervisor")

    def hold(reason):
        return client.put(f"/api/v1/cases/{case.pk}/hold/", {"reason": reason}, format="json")

    assert {status for status, _ in outcomes([partial(hold, f"理由{n}") for n in range(4)])} == {
        201
    }
    assert Hold.objects.filter(case=case, lifted_at=None).count() == 1
