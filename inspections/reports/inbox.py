"""What a person has to do now, counted by what it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, TypeAlias

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone

from inspections import ladder, policy
from inspections.models import Case, Complaint, Move, Paper
from inspections.workflow import State
from people.models import Role, User

S = State


@dataclass(frozen=True, slots=True)
class Duty:
    """`query` finds the same in the list of cases. `part`: it is counted in another one too, and
    stands beside it to be told apart."""

    what: str
    states: tuple[State, ...] = ()
    part: bool = False

    @property
    def query(self) -> str:
        return "&".join(f"state={each}" for each in self.states)


_HANDLED = (S.ASSIGNED, S.IN_PROGRESS, S.EXTENSION_ASKED)
TO_TAKE_UP = Duty("to_take_up", (S.ASSIGNED,))
TO_ANSWER = Duty("to_answer", (S.IN_PROGRESS, S.EXTENSION_ASKED))
TO_FILE = Duty("to_file", (S.REPORTED,))
TO_DISPATCH = Duty("to_dispatch", (S.FILED, S.RETURNED))
TO_DECIDE = Duty("to_decide", (S.EXTENSION_ASKED,))
TO_CHECK = Duty("to_check", (S.CHECKING,))
TO_CLOSE = Duty("to_close", (S.FIXED, S.CHECKED))
_SUPERVISOR = (TO_FILE, TO_DISPATCH, TO_DECIDE, TO_CHECK, TO_CLOSE)
_OFFICER = (TO_FILE, TO_CHECK)
_INSPECTOR = (TO_CHECK,)
AGAIN = ("fail_check", "reopen")


# By the address of a page above this app: how much there is to do on it, and how much of that is
# late.
Elsewhere: TypeAlias = Callable[[User, datetime], tuple[int, int]]
_elsewhere: dict[str, Elsewhere] = {}


def count_elsewhere(page: str, count: Elsewhere) -> None:
    """Registered once, by `AppConfig.ready`."""
    _elsewhere[page] = count


def inbox_of(user: User, now: datetime) -> dict[str, Any]:
    """`total` counts each thing once; `elsewhere` what is done on other pages, and is not in it;
    `again_at` is when some of this changes by time alone."""
    lines = [*_in_hand(user, now), *_office(user, now), *_complaints(user, now)]
    told = [line for line in lines if line["count"]]
    return {
        "total": sum(line["count"] for line in told if not line["part"]),
        "late": sum(line["late"] for line in told if not line["part"]),
        "todo": told,
        "elsewhere": list(_told_elsewhere(user, now)),
        "again_at": _again_at(user, now),
    }


def _told_elsewhere(user: User, now: datetime) -> Iterator[dict[str, Any]]:
    for page, counted in _elsewhere.items():
        count, late = counted(user, now)
        if count:
            yield {"page": page, "count": count, "late": late}


def _in_hand(user: User, now: datetime) -> Iterator[dict[str, Any]]:
    """Of whoever a case was given to: a company, a unit, a community's group."""
    hands = policy.hands_of(user)
    rows = Case.objects.open().filter(hands.rows, state__in=_HANDLED)
    yield from _counted(rows, (TO_TAKE_UP, TO_ANSWER), now)
    tomorrow = _tomorrow(now)
    late = Q(step_due_at__lt=now) | Q(due_at__lt=now)
    today = Q(step_due_at__lt=tomorrow) | Q(due_at__lt=tomorrow)
    again = Move.objects.made().filter(
        case=OuterRef("pk"), name__in=AGAIN, version=OuterRef("version")
    )
    found = rows.annotate(again=Exists(again)).aggregate(
        due_today=Count("pk", filter=today & ~late),
        overdue=Count("pk", filter=late),
        returned=Count("pk", filter=Q(again=True)),
    )
    for what, count in found.items():
        yield _line(Duty(what, _HANDLED, part=True), count, count if what == "overdue" else 0)
    papers = Paper.objects.in_force().filter(company__in=hands.companies, delivered_at=None)
    yield _line(Duty("papers"), papers.count(), 0)


def _office(user: User, now: datetime) -> Iterator[dict[str, Any]]:
    """Each duty once, wherever and as whatever one has it."""
    where: dict[Duty, Q] = {}
    for scope, duties in (
        (user.scope_as(Role.SUPERVISOR), _SUPERVISOR),
        (user.scope_as(Role.OFFICER), _OFFICER),
        (user.scope_as(Role.INSPECTOR), _INSPECTOR),
    ):
        for duty in duties if not scope.nothing else ():
            here = Q() if scope.everything else Q(community__in=scope.communities)
            where[duty] = where[duty] | here if duty in where and where[duty] and here else here
    for duty, here in where.items():
        yield from _counted(Case.objects.open().filter(here), (duty,), now)
    supervised = user.scope_as(Role.SUPERVISOR)
    if not supervised.nothing:
        late_moves = Move.objects.visible_in(supervised).undecided().count()
        yield _line(Duty("proposals"), late_moves, 0) | {"query": "undecided=1"}
        lapsed = Case.objects.visible_in(supervised).lapsed(now).count()
        yield _line(Duty("lapsed"), lapsed, lapsed) | {"query": "status=lapsed"}
        yield _line(Duty("escalations"), len(ladder.due_now(supervised, now)), 0)


def _complaints(user: User, now: datetime) -> Iterator[dict[str, Any]]:
    scope = policy.scope_of_complaints(user)
    if scope.nothing:
        return
    rows = Complaint.objects.visible_in(scope).unanswered()
    found = rows.aggregate(count=Count("pk"), late=Count("pk", filter=Q(reply_due_at__lt=now)))
    yield _line(Duty("complaints"), found["count"], found["late"]) | {"query": "answered=0"}


def _counted(rows: Any, duties: tuple[Duty, ...], now: datetime) -> Iterator[dict[str, Any]]:
    asked: dict[str, Any] = {}
    for duty in duties:
        standing = Q(state__in=duty.states)
        asked[duty.what] = Count("pk", filter=standing)
        asked[f"{duty.what}_late"] = Count("pk", filter=standing & Q(step_due_at__lt=now))
    found = rows.aggregate(**asked)
    for duty in duties:
        yield _line(duty, found[duty.what], found[f"{duty.what}_late"])


def _line(duty: Duty, count: int, late: int) -> dict[str, Any]:
    told = {"what": duty.what, "count": count, "late": late}
    return told | {"query": duty.query, "part": duty.part}


def _tomorrow(now: datetime) -> datetime:
    day = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))


def _again_at(user: User, now: datetime) -> datetime:
    cases = Case.objects.visible_to(user).open()
    complaints = Complaint.objects.visible_to(user).unanswered()
    deadlines: list[datetime | None] = [
        rows.filter(**{f"{name}__gte": now}).aggregate(next=Min(name))["next"]
        for rows, name in (
            (cases, "step_due_at"),
            (cases, "due_at"),
            (complaints, "reply_due_at"),
        )
    ]
    supervised = user.scope_as(Role.SUPERVISOR)
    if not supervised.nothing:
        deadlines.append(ladder.next_due_at(supervised, now))
    # With the day goes the last one of what was put aside.
    return min(each for each in (*deadlines, _tomorrow(now)) if each is not None)
