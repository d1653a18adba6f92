"""How cases stood at any moment: kept as they move, and the same told anew from their moves."""

from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import translation

from inspections.models import Case, CaseSpan
from inspections.services.cases.clocks import recompute
from inspections.services.cases.standing import tell_all_anew
from tests.cases import a_case, a_move, bring, made, needed, put_move
from tests.factories import CaseFactory

pytestmark = pytest.mark.django_db
TOLD = ("state", "company", "reopened", "ended_at", "due_at", "step_due_at")
DAY = timedelta(days=1)


def spans(case: Case) -> list[dict]:
    rows = CaseSpan.objects.filter(case=case).order_by("since")
    return list(rows.values("since", "until", *TOLD))


def stood(case: Case, moment: datetime) -> str | None:
    rows = CaseSpan.objects.filter(case=case).standing_at(moment)
    return rows.values_list("state", flat=True).first()


def walked(as_user, estate, clock) -> Case:
    """A case with a long life."""
    case = a_case(as_user("inspector"), estate)
    clock(1)
    bring(as_user, case, "in_progress")
    clock(2)
    made(as_user("supervisor"), case, "suspend", until="2024-12-20")
    clock(3)
    made(as_user("supervisor"), case, "resume")
    made(as_user("company"), case, "hand_back")
    clock(4)
    made(as_user("inspector"), case, "fail_check")
    clock(5)
    made(as_user("company"), case, "hand_back")
    clock(6)
    made(as_user("supervisor"), case, "close", recorded_at="2024-12-08T08:00:00+08:00")
    clock(8)
    made(as_user("supervisor"), case, "reopen")
    return case


def test_each_stretch_of_a_case_is_kept_as_it_stood(as_user, estate, clock):
    case = walked(as_user, estate, clock)
    told = spans(case)
    assert [(each["state"], each["reopened"]) for each in told] == [
        ("reported", 0),
        ("in_progress", 0),
        ("suspended", 0),
        ("checking", 0),
        ("assigned", 1),
        ("checking", 1),
        ("closed", 1),
        ("assigned", 2),
    ]
    assert [each["until"] for each in told] == [*(each["since"] for each in told[1:]), None]
    assert told[0]["since"] == case.reported_at
    # It stands still while it is put aside, and ends when that happened, not when it was heard of.
    assert (told[2]["due_at"], told[2]["step_due_at"]) == (None, None)
    closed = datetime.fromisoformat("2024-12-08T08:00:00+08:00")
    assert (told[6]["since"], told[6]["ended_at"]) == (closed, closed)
    assert [each["company"] for each in told] == [None, *[estate.company_id] * 7]
    now = Case.objects.filter(pk=case.pk).values(*TOLD).get()
    assert {name: told[-1][name] for name in TOLD} == now


def test_told_anew_from_its_moves_it_stood_the_same(as_user, estate, clock):
    case = walked(as_user, estate, clock)
    kept = spans(case)
    CaseSpan.objects.all().delete()
    assert tell_all_anew() == 1
    assert spans(case) == kept
    assert tell_all_anew() == 1
    assert spans(case) == kept


def test_a_move_that_came_late_counts_from_when_it_was_accepted(as_user, estate, clock):
    case = bring(as_user, a_case(as_user("inspector"), estate), "in_progress")
    clock(1)
    made(as_user("supervisor"), case, "assign")
    late, id = needed(case, "hand_back") | {"version": case.version - 1}, uuid4()
    assert (
        put_move(as_user("company"), case, a_move(case, "hand_back", **late), id).json()["standing"]
        == "proposed"
    )
    accepted = clock(2)
    address = f"/api/v1/cases/{case.pk}/moves/{id}/decision/"
    body = {"accept": True, "note": ""}
    assert as_user("supervisor").put(address, body, format="json").status_code == 200
    told = spans(case)
    assert (told[-1]["state"], told[-1]["since"]) == ("checking", accepted)
    tell_all_anew()
    assert spans(case) == told


def test_a_moment_has_one_span_and_the_one_before_the_report_none(as_user, estate, clock):
    case = walked(as_user, estate, clock)
    begins = case.reported_at
    for moment, state in (
        (begins, None),
        (begins + timedelta(seconds=1), "reported"),
        (clock(1), "reported"),
        (clock(1.5), "in_progress"),
        (clock(2.5), "suspended"),
        (clock(7), "closed"),
        (clock(9), "assigned"),
        (clock(900), "assigned"),
    ):
        assert stood(case, moment) == state, moment


def test_another_calendar_counts_from_when_it_was_told(as_user, estate, clock):
    case = a_case(as_user("inspector"), estate)
    (before,) = spans(case)
    Case.objects.filter(pk=case.pk).update(provisional=True, due_at=before["due_at"] + 9 * DAY)
    assert recompute() == 1
    told = spans(case)
    # What was put right at once leaves the true one standing.
    assert [each["due_at"] for each in told][-1] == before["due_at"]
    assert told[0]["since"] == before["since"]
    assert {each["state"] for each in told} == {"reported"}


def test_a_case_that_comes_already_ended_stood_open_until_then(estate):
    case = CaseFactory(
        estate=estate,
        state="closed",
        reported_at="2024-11-01T09:00:00+08:00",
        ended_at="2024-11-05T09:00:00+08:00",
        reopened=1,
    )
    told = [(each["state"], each["reopened"], each["ended_at"] is None) for each in spans(case)]
    assert told == [("reported", 0, True), ("closed", 1, False)]
    before, after = (datetime.fromisoformat(f"2024-11-0{n}T10:00:00+08:00") for n in (4, 5))
    assert (stood(case, before), stood(case, after)) == ("reported", "closed")


def test_what_was_loaded_without_triggers_is_found_and_told_anew(as_user, estate, clock):
    case = walked(as_user, estate, clock)
    kept = spans(case)
    assert verified() == (0, ["Cases that stand otherwise than is kept: 0."])
    CaseSpan.objects.filter(case=case, until=None).delete()
    assert verified() == (1, ["Cases that stand otherwise than is kept: 1."])
    said = ["Cases that stand otherwise than is kept: 1.", "Told anew from their moves."]
    assert verified("--repair") == (0, said)
    assert (verified()[0], spans(case)) == (0, kept)


def verified(*options: str) -> tuple[int, list[str]]:
    """The exit code, and what was said."""
    said, code = StringIO(), 0
    with translation.override("en"):
        try:
            call_command("verify_cases", *options, stdout=said)
        except SystemExit as e:
            code = int(e.code or 0)
    return code, said.getvalue().splitlines()
