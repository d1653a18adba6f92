"""The list of cases: what is told of each, how it is narrowed, and what it says a moment later."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from inspections.models import Case
from tests.factories import CaseFactory, EstateFactory, MoveFactory

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases/"


@pytest.fixture
def case(estate):
    return CaseFactory(estate=estate)


def told(reply) -> list[dict]:
    assert reply.status_code == 200, reply.json()
    return [feature["properties"] for feature in reply.json()["features"]]


def test_a_case_is_told_whole(as_user, community, estate, people):
    case = CaseFactory(
        estate=estate,
        place=estate.geom.centroid,
        state="assigned",
        version=2,
        handler="company",
        company=estate.company,
        person=people["company"],
        assigned_at="2024-12-01T10:00:00+08:00",
        step_began_at="2024-12-01T10:00:00+08:00",
        step_due_at="2024-12-02T10:00:00+08:00",
        due_at="2024-12-05T17:30:00+08:00",
        first_due_at="2024-12-05T17:30:00+08:00",
        outside_number="JJ-2024-1",
    )
    reply = as_user("leader").get(CASES)
    assert reply["Content-Type"] == "application/geo+json"
    (feature,) = reply.json()["features"]
    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"] == {
        "id": str(case.pk),
        "number": Case.objects.get().number,
        "source": "complaint",
        "outside_number": "JJ-2024-1",
        "state": "assigned",
        "version": 2,
        "community": community.pk,
        "community_name": "陈村社区",
        "estate": estate.pk,
        "estate_name": "银星花园",
        "asset": None,
        "kind": "",
        "item": "",
        "title": "路灯不亮",
        "severity": 3,
        "simple": False,
        "handler": {
            "kind": "company",
            "id": estate.company_id,
            "name": estate.company.name,
            "person": "company",
            "person_name": "",
        },
        "reported_at": "2024-11-30T01:30:00Z",
        "opened_at": feature["properties"]["opened_at"],
        "assigned_at": "2024-12-01T02:00:00Z",
        "ended_at": None,
        "step": "claim",
        "step_began_at": "2024-12-01T02:00:00Z",
        "step_due_at": "2024-12-02T02:00:00Z",
        "due_at": "2024-12-05T09:30:00Z",
        "first_due_at": "2024-12-05T09:30:00Z",
        "overdue": True,
        "step_late": True,
        "provisional": False,
        "paused": False,
        "reopened": 0,
        "joined_to": None,
        "findings": 0,
        "complaints": 0,
        "undecided": 0,
    }
