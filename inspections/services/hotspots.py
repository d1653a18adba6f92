"""Hot spots are asked for, worked out by the worker, and kept while the data are the same."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from geo.scope import Scope
from inspections import overview
from inspections.honest import hotspots as reckoning
from inspections.models import HotSpots, HotSpotsState
from inspections.overview import Asked

# The name of the task in inspections.tasks, which stands above this module.
RUN = "inspections.tasks.reckon_hot_spots"

# Another release may reckon in another way.
_MADE_BY = sha256(
    Path(reckoning.__file__).read_bytes() + Path(overview.hotspots.__file__).read_bytes()
).hexdigest()


def key_of(scope: Scope, asked: Asked, version: str) -> str:
    """`version` of the data (`inspections.reports.data_version`), read before the rows are."""
    told = repr((_MADE_BY, version, scope.fingerprint, asked))
    return sha256(told.encode()).hexdigest()


@transaction.atomic
def ask_hot_spots(*, key: str, scope: Scope, asked: Asked) -> HotSpots:
    """Asked again, it is the same row; what failed, or was lost with its worker, is queued anew."""
    row, new = HotSpots.objects.select_for_update().get_or_create(
        key=key, defaults={"question": _told(asked), "scope": _scope_told(scope)}
    )
    if new or row.lost or row.state == HotSpotsState.FAILED:
        row.state, row.asked_at, row.ended_at = HotSpotsState.WORKING, timezone.now(), None
        row.save(update_fields=["state", "asked_at", "ended_at"])
        app.configure_task(RUN).defer(key=key)
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
