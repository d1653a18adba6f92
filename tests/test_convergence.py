"""Whatever the order and however often: what tablets sent ends in one state."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.models import Asset, Community, Estate
from inspections import services
from inspections.errors import Refusal
from inspections.models import EstateMonth, Finding, Inspection, Photo, Proposal, Refused
from inspections.services import INSPECTION, PROPOSAL, Sent, photos
from people.models import User
from tests.factories import CommunityFactory, EstateFactory, MembershipFactory, UserFactory
from tests.pictures import held
from tests.records import a_lamp, a_photo, a_record, an_estate

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ITEMS = ("ZM-01", "ZM-03")
Step = tuple[str, Any]


@dataclass
class World:
    """An office in which one inspector sends."""

    community: Community
    estate: Estate
    inspector: User


@dataclass
class Day:
    """What one tablet has to send: entries that name one another as they may, and photos."""

    entries: dict[uuid.UUID, Sent] = field(default_factory=dict)
    photos: list[tuple[uuid.UUID, dict]] = field(default_factory=list)

    def steps(self) -> list[Step]:
        sent: list[Step] = [("entry", each) for each in self.entries.values()]
        return sent + [("photo", each) for each in self.photos]

    def add(self, n: int, body: dict, type: str, photographed: bool) -> uuid.UUID:
        id = uuid.UUID(int=n + 1)
        if photographed:
            photo = a_photo(b"%d" % n, id=str(uuid.UUID(int=1000 + n)))
            body = body | {"photos": [photo]}
            self.photos.append((id, photo))
        self.entries[id] = Sent(id, orjson.dumps(body), type=type)
        return id


@pytest.fixture
def world(db) -> World:
    community = CommunityFactory(name="陈村社区")
    inspector = UserFactory(username="inspector")
    MembershipFactory(user=inspector, role="inspector", community=community)
    world = World(community, EstateFactory(community=community), inspector)
    services.published_kinds()
    return world


@st.composite
def days(draw, world: World) -> Day:
    """Each entry names earlier ones of the same day; the clock may stand still between them."""
    day = Day()
    estates: list[object] = [world.estate.pk]
    lamps: list[tuple[object, str]] = []
    inspections: list[uuid.UUID] = []
    for n in range(draw(st.integers(2, 7))):
        at = {"recorded_at": f"2024-12-0{draw(st.integers(1, 3))}T08:00:00Z"}
        photographed = draw(st.booleans())
        what = draw(st.sampled_from(["inspection", "inspection", "inspection", "estate", "lamp"]))
        estate = draw(st.sampled_from(estates))
        if what == "estate":
            body = an_estate(world.community, name=f"新村{n}", **at)
            estates.append(str(day.add(n, body, PROPOSAL, photographed)))
            continue
        if what == "lamp":
            body = a_lamp(world.estate, estate=estate, code=f"LD-{n}", **at)
            lamps.append((estate, str(day.add(n, body, PROPOSAL, photographed))))
            continue
        answers = {item: draw(st.booleans()) for item in ITEMS}
        body = a_record(world.estate, estate=estate, answers=answers, **at)
        here = [lamp for of, lamp in lamps if of == estate]
        if here and draw(st.booleans()):
            body["asset"] = draw(st.sampled_from(here))
        if inspections and draw(st.booleans()):
            seen = st.sampled_from(inspections)
            body["same_as"] = {item: str(draw(seen)) for item in ITEMS if draw(st.booleans())}
        if inspections and draw(st.booleans()):
            body |= {"supersedes": str(draw(st.sampled_from(inspections))), "reason": "wrong"}
        inspections.append(day.add(n, body, INSPECTION, photographed))
    return day


def send(world: World, steps: list[Step]) -> None:
    for what, told in steps:
        if what == "entry":
            services.take([told], sender=world.inspector)
        else:
            entry, photo = told
            photos.hold(
                held(photo["sha256"], photo["bytes"]),
                sender=world.inspector,
                entry=entry,
                photo=uuid.UUID(photo["id"]),
            )


def state(world: World) -> dict[str, object]:
    """All that anyone can see of it, by names that do not follow from the order."""
    estates = dict(Estate.objects.values_list("pk", "name"))
    lamps = dict(Asset.objects.values_list("pk", "code"))
    return {
        "inspections": {
            row.pk: (
                estates[row.estate_id],
                lamps.get(row.asset_id),
                row.root,
                row.supersedes,
                row.in_force,
                row.photos_missing,
                row.content_sha256,
            )
            for row in Inspection.objects.all()
        },
        "findings": set(
            Finding.objects.values_list("pk", "inspection", "item", "in_force", "same_as")
        ),
        "proposals": set(Proposal.objects.values_list("pk", "standing", "content_sha256")),
        "register": (
            set(Estate.objects.values_list("name", "proposed", "unconfirmed")),
            set(Asset.objects.values_list("code", "estate__name", "proposed")),
        ),
        "photos": {
            (row.pk, row.entry, row.inspection_id, row.proposal_id, bool(row.held_at))
            for row in Photo.objects.all()
        },
        "waits": set(Refused.objects.filter(settled_at=None).values_list("entry", "waits_for")),
        "sums": {(estates[estate], kind): n for estate, kind, n in _sums() if any(n)},
    }


def _sums():
    by_place: dict[tuple[int, str], tuple[int, int]] = {}
    for row in EstateMonth.objects.all():
        n, found = by_place.get((row.estate_id, row.kind), (0, 0))
        by_place[row.estate_id, row.kind] = (n + row.inspections, found + row.open_3)
    return [(*key, n) for key, n in by_place.items()]


def outcome(world: World, steps: list[Step]) -> dict[str, object]:
    """What sending them comes to; nothing of it stays."""
    with transaction.atomic():
        send(world, steps)
        told = state(world)
        transaction.set_rollback(True)
    return told


QUIET = settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)


@QUIET
@given(data=st.data())
def test_entries_that_do_not_conflict_converge(world, data):
    day = data.draw(days(world))
    steps = day.steps()
    in_turn = outcome(world, steps)
    mixed = data.draw(st.permutations(steps)) + data.draw(st.lists(st.sampled_from(steps)))
    assert outcome(world, mixed) == in_turn
    assert len(in_turn["inspections"]) + len(in_turn["proposals"]) == len(day.entries)
    assert in_turn["waits"] == set()
    assert {each[-1] for each in in_turn["photos"]} <= {True}
    chains = [root for _, _, root, _, in_force, *_ in in_turn["inspections"].values() if in_force]
    assert len(chains) == len(set(chains))


@QUIET
@given(data=st.data())
def test_orphans_wait_for_their_parent_and_nothing_of_them_is_lost(world, data):
    """Some entries never arrive: the others are held, or wait for one that is not."""
    day = data.draw(days(world))
    lost = data.draw(st.sets(st.sampled_from(sorted(day.entries))))
    steps = [each for each in day.steps() if each[0] == "photo" or each[1].id not in lost]
    arrived = day.entries.keys() - lost
    told = outcome(world, data.draw(st.permutations(steps)))
    held = told["inspections"].keys() | {id for id, *_ in told["proposals"]}
    waits = {uuid.UUID(entry): parent for entry, parent in told["waits"]}
    assert held | waits.keys() == arrived
    assert not held & waits.keys()
    assert all(parent not in held for parent in waits.values())
    assert outcome(world, data.draw(st.permutations(steps)))["inspections"] == told["inspections"]


@QUIET
@given(data=st.data())
def test_of_entries_that_conflict_all_are_kept_and_one_is_in_force(world, data):
    """Several contents of one id: the first to arrive is recorded, the others are refused."""
    id = uuid.UUID(int=1)
    contents = [
        Sent(id, orjson.dumps(a_record(world.estate, answers={"ZM-02": n})))
        for n in range(data.draw(st.integers(2, 5)))
    ]
    order = data.draw(st.permutations(contents)) + data.draw(st.lists(st.sampled_from(contents)))
    with transaction.atomic():
        outcomes = [services.take([each], sender=world.inspector)[0] for each in order]
        row = Inspection.objects.get()
        refused = {bytes(each.body) for each in Refused.objects.all()}
        transaction.set_rollback(True)
    assert row.in_force
    assert row.content_sha256 == order[0].sha256
    assert refused == {each.body for each in contents} - {order[0].body}
    for sent, told in zip(order, outcomes, strict=True):
        assert isinstance(told, Refusal) is (sent.body != order[0].body)
