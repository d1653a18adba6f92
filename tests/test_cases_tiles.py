"""Cases on the map, and what changes there by time alone."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import CaseFactory, EstateFactory, FindingFactory, case_of
from tests.tiles import address, features

pytestmark = pytest.mark.django_db
DUE = datetime.fromisoformat("2024-12-05T17:30:00+08:00")


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is; nothing is written by that."""

    def at(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(DUE - timedelta(minutes=1))
    return at


def of_tile(reply) -> list[dict]:
    return [each["properties"] for each in features(reply)]


def test_a_case_is_a_point_with_what_it_is(as_user, estate, clock):
    case = CaseFactory(
        estate=estate,
        place=estate.geom.centroid,
        severity=2,
        state="assigned",
        due_at=DUE,
        step_due_at=DUE - timedelta(hours=4),
    )
    case.refresh_from_db()
    (point,) = features(as_user("leader").get(address("cases", 16, *case.place.coords)))
    assert (point["id"], point["properties"]) == (
        case.number,
        {
            "state": "assigned",
            "severity": 2,
            "open": True,
            "overdue": False,
            "late": True,
            "source": "complaint",
            "estate": estate.pk,
        },
    )
