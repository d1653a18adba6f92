"""Hot spots are asked for, worked out by the worker, and kept while the data are the same."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from geo import writes
from geo.scope import Scope
from inspections import overview
from inspections.honest import hotspots as reckoning
from inspections.models import HotSpots, HotSpotsState
from inspections.overview import Asked
from inspections.reports import next_crossing

# The name of the task in inspections.tasks, which stands above this module.
RUN = "inspections.tasks.reckon_hot_spots"

# What is written that hot spots are made from, of the groups of `geo.models.WriteCount`.
_WRITTEN = ("findings", "inspections", "estates", "communities")
# Another release may reckon in another way.
_MADE_BY = sha256(
    Path(reckoning.__file__).read_bytes() + Path(overview.hotspots.__file__).read_bytes()
).hexdigest()


class Keys(NamedTuple):
    """`question` is equal for equal questions by those who see the same, `answer` also while the
    data that it is made from are the same."""

    question: str
    answer: str


def keys_of(scope: Scope, asked: Asked) -> Keys:
    """To be made before the rows are read. Of today, a question is the same tomorrow."""
    as_of = None if asked.as_of == timezone.localdate() else asked.as_of
    question = _hashed(_MADE_BY, scope.fingerprint, asked.told() | {"as_of": as_of})
    made_from: list[object] = [writes.counts(scope).get(group) for group in _WRITTEN]
    if asked.measure == "overdue":
        # Time alone makes cases overdue.
        made_from += [writes.counts(scope).get("cases"), next_crossing(scope)]
    return Keys(question, _hashed(question, asked, made_from))


@transaction.atomic
def ask_hot_spots(*, keys: Keys, version: str, scope: Scope, asked: Asked) -> HotSpots:
    """`version` of the data (`inspections.reports.data_version`), told with the answer. Asked
    again, it is the same row; what failed, or was lost with its worker, is queued anew."""
    row, new = HotSpots.objects.select_for_update().get_or_create(
        key=keys.answer,
        defaults={
            "of_question": keys.question,
            "version": version,
            "question": _told(asked),
            "scope": _scope_told(scope),
        },
    )
    if new or row.lost or row.state == HotSpotsState.FAILED:
        row.state, row.asked_at, row.ended_at = HotSpotsState.WORKING, timezone.now(), None
        row.version = version
        row.save(update_fields=["state", "asked_at", "ended_at", "version"])
        app.configure_task(RUN).defer(key=row.key)
    return row


def reckon_hot_spots(key: str) -> bool:
    """The worker's part: whether there is an answer. What has one is left alone."""
    row = HotSpots.objects.filter(pk=key, state=HotSpotsState.WORKING).first()
    if row is None:
        return False
    try:
        result = overview.hot_spots(_scope(row.scope), _asked(row.question))
    except Exception:
        _end(row, HotSpotsState.FAILED, None)
        raise
    _end(row, HotSpotsState.READY, result)
    return True


def forget_hot_spots() -> int:
    """How many answers are gone that nobody can ask for any more."""
    return HotSpots.objects.outdated().delete()[0]


def _hashed(*told: object) -> str:
    return sha256(repr(told).encode()).hexdigest()


def _end(row: HotSpots, state: HotSpotsState, result: dict[str, Any] | None) -> None:
    rows = HotSpots.objects.filter(pk=row.pk, state=HotSpotsState.WORKING)
    rows.update(state=state, result=result, ended_at=timezone.now())


def _told(asked: Asked) -> dict[str, Any]:
    days = {name: day and day.isoformat() for name, day in _days(asked).items()}
    return asked.told() | days


def _days(asked: Asked) -> dict[str, date | None]:
    return {"since": asked.since, "until": asked.until, "as_of": asked.as_of}


def _asked(told: dict[str, Any]) -> Asked:
    since, until = (told[name] and date.fromisoformat(told[name]) for name in ("since", "until"))
    return Asked(
        as_of=date.fromisoformat(told["as_of"]),
        measure=told["measure"],
        kinds=tuple(told["kind"]),
        items=tuple(told["item"]),
        severities=tuple(told["severity"]),
        communities=tuple(told["community"]),
        estates=tuple(told["estate"]),
        companies=tuple(told["company"]),
        since=since,
        until=until,
    )


def _scope_told(scope: Scope) -> dict[str, Any]:
    return {
        "everything": scope.everything,
        "communities": sorted(scope.communities),
        "companies": sorted(scope.companies),
    }


def _scope(told: dict[str, Any]) -> Scope:
    return Scope(
        everything=told["everything"],
        communities=frozenset(told["communities"]),
        companies=frozenset(told["companies"]),
    )
