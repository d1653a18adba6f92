"""Records, what was seen again, corrections and moves: in whatever order they arrive, and however
often, every finding ends in the same case, and every case as it should."""

import uuid
from dataclasses import dataclass, field

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.models import Estate
from inspections import services
from inspections.models import Case, Finding, Move, Refused
from inspections.services import INSPECTION, MOVE, Sent
from people.models import User
from tests.factories import CommunityFactory, EstateFactory, MembershipFactory, UserFactory
from tests.records import a_photo, a_record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ITEMS = ("ZM-01", "ZM-03")
# What a supervisor who walks along does with a case offline, one after the other.
CHAIN: list[dict] = [
    {"move": "file", "severity": 2},
    {"move": "assign", "handler": {"kind": "community"}},
    {"move": "refer", "note": "转办", "body": "urban"},
    {"move": "hear_done", "note": "已办"},
]


@dataclass
class World:
    estate: Estate
    supervisor: User


@dataclass
class Day:
    """`faulty`: by inspection, the items that it found and that nobody ever corrects away."""

    sent: list[Sent] = field(default_factory=list)
    inspections: list[uuid.UUID] = field(default_factory=list)
    moved: set[uuid.UUID] = field(default_factory=set)


@pytest.fixture
def world(db) -> World:
    community = CommunityFactory(name="陈村社区")
    supervisor = UserFactory(username="supervisor")
    MembershipFactory(user=supervisor, role="supervisor", community=community)
    services.published_kinds()
    return World(EstateFactory(community=community), supervisor)


@st.composite
def days(draw, world: World) -> Day:
    """Any record may see, and correct, any earlier one; moved are cases of records that no
    correction takes away and that saw nothing themselves."""
    day = Day()
    touched: set[uuid.UUID] = set()
    found: dict[uuid.UUID, list[str]] = {}
    for n in range(draw(st.integers(2, 6))):
        id = uuid.UUID(int=n + 1)
        answers = {item: draw(st.booleans()) for item in ITEMS}
        body = a_record(
            world.estate,
            answers=answers,
            recorded_at=f"2024-12-0{draw(st.integers(1, 3))}T08:00:00Z",
        )
        if day.inspections and draw(st.booleans()):
            seen = st.sampled_from(day.inspections)
            body["same_as"] = {item: str(draw(seen)) for item in ITEMS if draw(st.booleans())}
            touched.add(id)
        if day.inspections and draw(st.integers(0, 2)) == 0:
            corrected = draw(st.sampled_from(day.inspections))
            body |= {"supersedes": str(corrected), "reason": "wrong"}
            touched |= {id, corrected}
        found[id] = [item for item in ITEMS if answers[item]]
        day.inspections.append(id)
        day.sent.append(Sent(id, orjson.dumps(body), type=INSPECTION))
    for id in day.inspections:
        for item in found[id] if id not in touched else ():
            case = Case.id_of(Finding.id_of(id, item))
            for version in range(draw(st.integers(0, len(CHAIN)))):
                told = {"version": version, "recorded_at": "2024-12-05T08:00:00Z"}
                told |= CHAIN[version] | {"case": str(case)}
                if draw(st.booleans()):
                    told["photos"] = [
                        a_photo(b"%d" % version, id=str(uuid.uuid5(case, told["move"])))
                    ]
                move = uuid.uuid5(case, str(version))
                day.sent.append(Sent(move, orjson.dumps(told), type=MOVE))
                day.moved.add(case)
    return day


def state(day: Day) -> dict[str, object]:
    """All that matters of it. A case that Xuntu itself ended, since what it was opened for turned
    out to be another's, may be there or not."""
    recorded = Finding.objects.filter(inspection__in_force=True)
    cases = Case.objects.open() | Case.objects.filter(pk__in=day.moved)
    return {
        "findings": set(recorded.values_list("inspection", "item", "in_force", "case")),
        "cases": {
            (case.pk, case.state, case.estate_id, case.severity, case.handler) for case in cases
        },
        "moved": set(
            Case.objects.filter(pk__in=day.moved).values_list("pk", "version", "first_due_at")
        ),
        "moves": set(
            Move.objects.exclude(by=None).values_list(
                "pk", "standing", "version", "state_after", "photos_missing"
            )
        ),
        "waits": set(Refused.objects.filter(settled_at=None).values_list("entry", "waits_for")),
    }


def outcome(world: World, day: Day, sent: list[Sent], together: bool = False) -> dict[str, object]:
    """What sending them comes to; nothing of it stays."""
    with transaction.atomic():
        if together:
            services.take(sent, sender=world.supervisor)
        else:
            for each in sent:
                services.take([each], sender=world.supervisor)
        told = state(day)
        transaction.set_rollback(True)
    return told


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(data=st.data())
def test_what_does_not_conflict_converges(world, data):
    day = data.draw(days(world))
    in_turn = outcome(world, day, day.sent)
    assert in_turn["waits"] == set()
    assert {standing for _, standing, *_ in in_turn["moves"]} <= {"made"}
    # A fault that counts is in a case that is open.
    open_cases = {case for case, *_ in in_turn["cases"]}
    assert all(case in open_cases for *_, counts, case in in_turn["findings"] if counts)
    mixed = data.draw(st.permutations(day.sent))
    again = data.draw(st.lists(st.sampled_from(day.sent)))
    told = outcome(world, day, mixed + again)
    # By the server's clock a case begins when it came.
    assert told == in_turn
    assert outcome(world, day, mixed, together=True) == in_turn
