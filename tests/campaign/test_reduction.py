"""Fewer complaints than before: against a baseline that the office sets, and only so."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from campaign.metrics import METRICS, WHOLE, Place, Span
from campaign.models import Baseline
from geo.scope import EVERYTHING, Scope
from inspections.models import Complaint
from tests.factories import CaseFactory, EstateFactory
from tests.registers import page_of

pytestmark = pytest.mark.django_db

SLUG = "complaint_reduction"
# 44 days.
SPAN = Span(date(2024, 11, 7), date(2024, 12, 20), date(2024, 12, 20))


def complaints(estate, people, day: str, n: int) -> None:
    at = datetime.fromisoformat(f"{day}T10:00:00+08:00")
    for minute in range(n):
        received = at + timedelta(minutes=minute)
        Complaint.objects.create(
            id=uuid4(),
            case=CaseFactory(estate=estate, reported_at=received),
            channel="phone",
            community=estate.community,
            estate=estate,
            text="垃圾",
            received_at=received,
            entered_at=received,
            entered_by=people["officer"],
            content_sha256="",
        )


def baseline(people, /, **columns) -> Baseline:
    told = {
        "metric": SLUG,
        "since": "2024-06-01",
        "until": "2024-08-27",
        "source": "街道信访台账",
        "holds_from": "2024-11-07",
        "by": people["clerk"],
    }
    return Baseline.objects.create(**told | columns)


def told(scope: Scope = EVERYTHING, span: Span = SPAN) -> dict:
    counted = METRICS[SLUG].count(scope, span)
    return {place: (float(each.n), float(each.of)) for place, each in counted.items()}


def test_without_a_baseline_there_is_no_figure(estate, people):
    complaints(estate, people, "2024-12-01", 3)
    assert told() == {}


def test_the_pace_of_the_baseline_is_what_would_have_come(estate, elsewhere, people):
    """88 days with 20 complaints are 10 in 44 days; 7 came: 30 % fewer."""
    complaints(estate, people, "2024-12-01", 4)
    complaints(EstateFactory(community=elsewhere), people, "2024-12-02", 3)
    complaints(estate, people, "2024-12-21", 5)
    baseline(people, number=20)
    assert told() == {WHOLE: (3, 10)}
    # A community alone was not compared, and the whole is not its officer's.
    assert told(Scope(communities=frozenset({estate.community_id}))) == {}


def test_a_communitys_own_baseline_goes_for_it_alone(estate, elsewhere, people):
    complaints(estate, people, "2024-12-01", 6)
    baseline(people, number=20)
    baseline(people, number=8, community=estate.community)
    assert told() == {WHOLE: (4, 10), Place(estate.community_id, None): (-2, 4)}


def test_without_a_number_the_complaints_of_that_time_are_counted_everywhere(
    estate, elsewhere, people
):
    far = EstateFactory(community=elsewhere)
    complaints(estate, people, "2024-07-01", 8)
    complaints(far, people, "2024-07-01", 4)
    complaints(estate, people, "2024-05-31", 9)
    complaints(estate, people, "2024-12-01", 3)
    complaints(far, people, "2024-12-01", 3)
    baseline(people)
    assert told() == {
        WHOLE: (0, 6),
        Place(estate.community_id, None): (1, 4),
        Place(elsewhere.pk, None): (-1, 2),
    }


def test_a_baseline_set_later_leaves_earlier_days_as_they_were(estate, people):
    complaints(estate, people, "2024-12-01", 1)
    baseline(people, number=20)
    baseline(people, number=40, holds_from="2024-12-10")
    assert told(span=Span(SPAN.since, date(2024, 12, 9), date(2024, 12, 9)))[WHOLE][1] == 7.5
    assert told()[WHOLE] == (19, 20)
    assert told(span=Span(date(2024, 11, 1), date(2024, 11, 6), date(2024, 11, 6))) == {}


def test_the_clerk_sets_a_baseline_and_another_follows_it(as_user, people):
    sent = {
        "metric": SLUG,
        "community": "",
        "since": "2023-11-07",
        "until": "2023-12-31",
        "number": "120",
        "source": "街道信访台账",
        "holds_from": "2024-11-07",
    }
    assert as_user("clerk").post(page_of(Baseline, "add"), sent).status_code == 302
    row = Baseline.objects.get()
    assert (row.number, row.by, row.days) == (120, people["clerk"], 55)
    change = page_of(Baseline, "change", row.pk)
    assert as_user("clerk").post(change, sent | {"number": "90"}).status_code == 403
