"""Plans of the demonstration: one with a site in every state of its life, another way to do it
beside that one, and one that was put away. Made by the product's own services."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import shapely
from django.db import transaction
from django.utils import timezone

from geo.measure import metric
from geo.models import Asset, AssetType
from inspections.demo.additions import Made
from people.models import User
from planning.demo import papers
from planning.demo.sites import Spot, spots
from planning.errors import RulesBroken
from planning.models import Document, Plan, Proposal
from planning.services import documents, life, plans, proposals

NOTE = "演示：已到现场看过"
# A vacant space where a rule forbids a site is left for the next one, so often at most.
TRIES = 12


@dataclass(frozen=True, slots=True)
class Turn:
    """A step: by whom, so many days before the end, carried or lost where it is a vote."""

    step: str
    by: str = "planner"
    ago: int | None = None
    note: str = NOTE
    carried: bool | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """`astray`: drawn where it should not be, on purpose. `photos`: how many it has."""

    turns: tuple[Turn, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)
    astray: str = ""
    photos: int = 0


_CHECK = Turn("check")
_APPROVE = Turn("approve", "leader")
_BUSINESS = {"commercial": True}


def _vote(ago: int, *, carried: bool = True) -> Turn:
    return Turn("record_vote", ago=ago, carried=carried)


def _open(built: int, opened: int) -> tuple[Turn, ...]:
    return _CHECK, _APPROVE, Turn("build", ago=built), Turn("open", ago=opened)


# Of each state some; days are those before the record's end.
STORIES = (
    Story(astray="lane"),
    Story(astray="wall"),
    Story(changes={"place": "lobby", "level": "ground_indoor", "canopy": "closed"}),
    Story(changes={"bays": None, "ports": None, "cctv": None, "commercial": None}),
    Story((_CHECK,), photos=1),
    Story((_CHECK,)),
    Story((_CHECK, _vote(12, carried=False)), _BUSINESS),
    Story((_CHECK, _vote(20)), _BUSINESS, photos=1),
    Story((_CHECK, _APPROVE)),
    Story((_CHECK, _vote(60), _APPROVE), _BUSINESS, photos=2),
    Story((_CHECK, _APPROVE, Turn("build", ago=9)), photos=1),
    Story(_open(260, 240), photos=2),
    Story(_open(210, 180)),
    Story((_CHECK, _vote(190), *_open(150, 120)[1:]), _BUSINESS, photos=2),
    Story(_open(40, 25)),
    Story(
        (*_open(420, 390), Turn("retire", "leader", ago=70, note="演示：小区改造，另行选址")),
        photos=1,
    ),
    Story((_CHECK, Turn("refuse", "leader", note="演示：离最近的单元门太远"))),
    Story((Turn("withdraw", note="演示：业主另有用途"),)),
)


def draw(made: Made) -> None:
    chance = Random(f"{made.seed} plans")  # noqa: S311
    people = {each.username: each for each in User.objects.filter(username__in=_who())}
    maker = _Maker(made.until, chance, people, spots(chance))
    first = maker.plan(
        "充电设施增补方案(演示)", "每处空地一个点，先解决飞线多的小区。", shared=True
    )
    for number, story in enumerate(STORIES, 1):
        maker.tell(first, story, f"{number}号拟建点")
    other = maker.plan("备选：少而大(演示)", "只选大块空地，每处车位多一些。", shared=True)
    for number in range(1, 7):
        maker.tell(other, Story(changes={"cctv": True, "entrances": 2}), f"备选{number}号")
    away = maker.plan("去年的设想(演示)", "已被增补方案代替。", shared=True)
    maker.tell(away, Story(), "旧设想")
    plans.archive_plan(plan=away, by=people["planner"])
    _as_the_town()


def _as_the_town() -> None:
    """What is approved lies in the register as all else there: not confirmed, and of its own days,
    whenever the demonstration is made."""
    dated = {"build": "built_at", "retire": "retired_at"}
    rows = Proposal.objects.exclude(site=None).select_related("site").prefetch_related("steps")
    for row in rows.order_by("pk"):
        assert row.site is not None
        columns: dict[str, Any] = {"unconfirmed": True}
        for step in row.steps.all():
            if step.name in dated and step.on is not None:
                moment = timezone.make_aware(datetime.combine(step.on, time(9)))
                columns[dated[step.name]] = moment
        Asset.objects.filter(pk=row.site.pk).update(**columns)


def _who() -> set[str]:
    return {"planner"} | {turn.by for story in STORIES for turn in story.turns}


@dataclass(slots=True)
class _Maker:
    until: date
    chance: Random
    people: dict[str, User]
    free: Iterator[Spot]

    def plan(self, name: str, note: str, *, shared: bool) -> Plan:
        body = _body(name=name, note=note, community=None, shared=shared)
        return plans.make_plan(id=self._id(), body=body, by=self.people["planner"])[0]

    def tell(self, plan: Plan, story: Story, name: str) -> None:
        """On the first spot where the rules let it happen."""
        for _ in range(TRIES):
            spot = next(self.free, None)
            if spot is None:
                return
            try:
                with transaction.atomic():
                    self._live(plan, story, _strayed(spot, story.astray), name)
            except RulesBroken:
                continue
            return

    def _live(self, plan: Plan, story: Story, spot: Spot, name: str) -> None:
        called = f"{spot.space.estate}{name}"
        told = spot.fields(self.chance, plan=str(plan.pk), name=called, **story.changes)
        by = self.people["planner"]
        row, _new = proposals.draw(id=self._id(), body=_body(**told), by=by)
        for _ in range(story.photos):
            self._document(row, f"{called}.jpg", papers.photo(self.chance))
        for turn in story.turns:
            self._take(row, turn)

    def _take(self, row: Proposal, turn: Turn) -> None:
        row = Proposal.objects.select_related("plan", "estate").get(pk=row.pk)
        told: dict[str, Any] = {"step": turn.step, "seen": row.version, "note": turn.note}
        if turn.ago is not None:
            # Made for a day to come, the demonstration is of what was before today all the same.
            last = min(self.until, timezone.localdate())
            told["on"] = (last - timedelta(days=turn.ago)).isoformat()
        if turn.carried is not None:
            vote = self._vote(row, carried=turn.carried)
            told |= {"vote": vote, "documents": [str(self._minutes(row, vote).pk)]}
        by = self.people[turn.by]
        life.take_step(id=self._id(), proposal=row, body=_body(**told), by=by)

    def _vote(self, row: Proposal, *, carried: bool) -> dict[str, Any]:
        heads = max((row.estate.households if row.estate else None) or 300, 30)
        area = Decimal(heads * self.chance.randint(88, 118)) + Decimal("0.50")
        part = round(heads * self.chance.uniform(0.70, 0.86))
        agreed = round(part * (self.chance.uniform(0.79, 0.92) if carried else 0.64))
        took_part = (area * part / heads).quantize(Decimal("0.01"))
        return {
            "heads": heads,
            "heads_took_part": part,
            "heads_agreed": agreed,
            "area_m2": str(area),
            "area_took_part_m2": str(took_part),
            "area_agreed_m2": str((took_part * agreed / part).quantize(Decimal("0.01"))),
        }

    def _minutes(self, row: Proposal, vote: dict[str, Any]) -> Document:
        lines = [
            f"小区：{row.estate}　　拟建点：{row.name}",
            f"业主 {vote['heads']} 人，专有面积 {vote['area_m2']} 平方米",
            f"参与表决 {vote['heads_took_part']} 人，{vote['area_took_part_m2']} 平方米",
            f"同意 {vote['heads_agreed']} 人，{vote['area_agreed_m2']} 平方米",
            "演示文件，内容均非真实",
        ]
        return self._document(row, "业主表决记录.pdf", papers.minutes("业主表决记录(演示)", lines))

    def _document(self, row: Proposal, name: str, body: bytes) -> Document:
        return documents.add_document(
            id=self._id(),
            proposal=row,
            name=name,
            read=io.BytesIO(body).read,
            promised=len(body),
            by=self.people["planner"],
        )[0]

    def _id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)


def _strayed(spot: Spot, astray: str) -> Spot:
    """Onto a lane, or up to a wall."""
    if not astray:
        return spot
    if astray == "lane":
        rows = Asset.objects.current().of_type(AssetType.LANE)
        shapes = [
            metric(shapely.from_wkb(bytes(row.geom.wkb)))
            for row in rows.filter(estate=spot.space.estate_id).order_by("pk")
        ]
        near = min(shapes, key=spot.footprint.distance)
        return spot.moved(near.interpolate(near.project(spot.footprint.centroid)))
    assert spot.space.estate is not None
    walls = [
        metric(shapely.from_wkb(bytes(row.geom.wkb)))
        for row in spot.space.estate.buildings.current().order_by("pk")
    ]
    near = min(walls, key=spot.footprint.distance)
    to_wall = shapely.shortest_line(spot.footprint, near)
    over = max(to_wall.length - 1.2, 0.0) / to_wall.length if to_wall.length else 0.0
    (x, y), (x_to, y_to) = shapely.get_coordinates(to_wall).tolist()
    middle = spot.footprint.centroid
    return spot.moved(shapely.Point(middle.x + (x_to - x) * over, middle.y + (y_to - y) * over))


def _body(**told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()
