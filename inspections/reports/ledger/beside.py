"""What the book tells of a case from other tables, read for many cases at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models.expressions import RawSQL

from inspections import policy
from inspections.models import Complaint, Finding, Move, Paper
from inspections.workflow import FIXING
from people.models import User

CHECKS = ("pass_check", "fail_check")


@dataclass(frozen=True, slots=True)
class Check:
    at: datetime
    passed: bool
    by: str


@dataclass(slots=True)
class Beside:
    """By case. Names are empty for who is not told any."""

    part: dict[UUID, str] = field(default_factory=dict)
    finder: dict[UUID, str] = field(default_factory=dict)
    fixed_at: dict[UUID, datetime] = field(default_factory=dict)
    check: dict[UUID, Check] = field(default_factory=dict)
    papers: dict[UUID, list[str]] = field(default_factory=lambda: defaultdict(list))


def read(user: User, cases: Sequence[UUID]) -> Beside:
    names = policy.sees_names(user)
    beside = Beside()
    _findings(beside, cases, names=names)
    if names:
        complaints = Complaint.objects.filter(case__in=_each(cases)).order_by("-received_at")
        beside.part |= dict(complaints.exclude(place_told="").values_list("case", "place_told"))
    _moves(beside, cases, names=names)
    _papers(beside, user, cases)
    return beside


def _each(cases: Sequence[UUID]) -> RawSQL:
    """One value to quote and to plan with, however many they are."""
    return RawSQL("SELECT unnest(%s::uuid[])", [list(cases)])


def _findings(beside: Beside, cases: Sequence[UUID], *, names: bool) -> None:
    """By the first one in force, the last read."""
    found = Finding.objects.filter(case__in=_each(cases)).order_by(
        "in_force", "-recorded_at", "item"
    )
    for case, name, username, asset, code, *where in found.values_list(
        "case",
        "inspection__inspector__name",
        "inspection__inspector__username",
        "asset__name",
        "asset__code",
        "inspection__building__number",
        "inspection__floor",
        "inspection__zone",
    ):
        beside.part[case] = " ".join(filter(None, (asset or code, *where)))
        if names:
            beside.finder[case] = name or username


def _moves(beside: Beside, cases: Sequence[UUID], *, names: bool) -> None:
    """The last of each: a later one takes the place of an earlier one."""
    moves = Move.objects.made().filter(case__in=_each(cases), name__in=[*FIXING, *CHECKS])
    told = moves.order_by("version").values_list(
        "case", "name", "made_at", "by__name", "by__username"
    )
    for case, name, at, by, username in told:
        if at is None:  # no made move is without its moment
            continue
        if name in FIXING:
            beside.fixed_at[case] = at
        else:
            by = (by or username or "") if names else ""
            beside.check[case] = Check(at, name == "pass_check", by)


def _papers(beside: Beside, user: User, cases: Sequence[UUID]) -> None:
    seen = Paper.objects.visible_to(user).in_force()
    pairs: Any = Paper.cases.through.objects.filter(case__in=_each(cases), paper__in=seen)
    told = pairs.order_by("paper__issued_at", "paper__number").values_list(
        "case", "paper__series__code", "paper__year", "paper__number"
    )
    for case, series, year, number in told:
        beside.papers[case].append(f"{series}〔{year}〕{number}号")
