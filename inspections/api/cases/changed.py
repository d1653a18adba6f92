"""What became of cases since an outside system asked last (`updated_since`).

A cursor is a moment of the database. What a transaction wrote that had not ended by then is told
next time, however late it was committed; told twice is possible, left out is not.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from geo.querysets import unseen_in
from inspections.api.cases.layer import CASES
from inspections.api.filters import Told
from inspections.api.layers import GEOJSON
from inspections.api.lists import features
from inspections.api.pack.snapshot import Cursor, Moment, digest, reading
from inspections.case_filter import CaseFilter
from inspections.models import Case, CaseLeft, Complaint, Finding, Move
from inspections.services.many import each_of
from people.models import User

# Of more than these, all is told anew.
MOST_GONE = 20_000
# What fits these changes with time, or with what is in no row of a case.
_NEXT = _("As it was told in the address of the next page.")
_NOT_WITH = ("q", "mine", "undecided", "figure", "in_bbox", "sort")


@dataclass(frozen=True, slots=True)
class Asked:
    user: User
    wanted: CaseFilter
    since: str
    size: int

    @property
    def fit(self) -> str:
        """A cursor leads on for the same question, by who sees the same."""
        return digest("cases", self.user.pk, self.user.scope.fingerprint, self.wanted)


def check(told: Told) -> None:
    for name in _NOT_WITH:
        if told.query.get(name):
            told.wrong[name] = _t("Not together with updated_since.")
    if told.query.get("status") in {"overdue", "late", "lapsed"}:
        told.wrong["status"] = _t("Not together with updated_since.")
    after, first = told.text("after"), told.text("cursor")
    if after and not (after.isascii() and after.isdigit() and len(after) < 19):
        told.wrong["after"] = str(_NEXT)
    if bool(first) != bool(after) or (first and Cursor.read(first) is None):
        told.wrong["cursor"] = str(_NEXT)


def answer(request: Request, asked: Asked) -> HttpResponse:
    """Cases in the order of their numbers; which are gone stands on the first page."""
    told = Told(request.query_params)
    first = Cursor.read(told.text("cursor")) if told.text("cursor") else None
    after = int(told.text("after") or 0)
    with reading() as now:
        cursor = first or Cursor(now.database, asked.fit, now.snapshot, now.at, {})
        if (cursor.database, cursor.fit) != (now.database, asked.fit):
            told.wrong["cursor"] = str(_NEXT)
        told.check()
        had = Cursor.read(asked.since)
        since = had.snapshot if had and had.leads_to(_told_at(cursor, now), asked.fit) else None
        rows = CASES.asked_for(CASES.rows(asked.user), asked.wanted)
        gone = _gone(asked, rows, since, now) if since and first is None else []
        if gone is None:
            since = None
        elif since:
            rows = rows.filter(pk__in=_written(since, now))
        behind = rows.filter(number__gt=after).order_by("number")
        found = features(CASES, behind[: asked.size + 1], told)
        more = len(found) > asked.size
        count = rows.count() if more or after else len(found)
    body = {
        "type": "FeatureCollection",
        "count": count,
        "full": since is None,
        "gone": gone or [],
        "cursor": str(cursor),
        "as_of": datetime.fromtimestamp(cursor.at, UTC),
        "next": _next(request, found[asked.size - 1], cursor, since) if more else None,
        "features": found[: asked.size],
    }
    reply = HttpResponse(orjson.dumps(body, option=orjson.OPT_UTC_Z), content_type=GEOJSON)
    reply["Cache-Control"] = "private, no-store"
    return reply


def _told_at(cursor: Cursor, now: Moment) -> Moment:
    """The pages of one answer lead on from the same cursor, however long they take."""
    return replace(now, at=cursor.at)


def _written(snapshot: str, now: Moment) -> Any:
    """Ids of cases, wherever, with a row of theirs written since."""
    unseen = unseen_in(snapshot, now.before)
    return (
        Case.objects.filter(unseen)
        .values("pk")
        .union(
            *(
                model.objects.filter(unseen, case__isnull=False).values("case")
                for model in (Finding, Move, Complaint)
            )
        )
    )


def _gone(asked: Asked, rows: Any, snapshot: str, now: Moment) -> list[str] | None:
    """Those that went elsewhere, and those that are here and not asked for any more; perhaps
    some that were never told. None where there are too many to name."""
    written = Case.objects.visible_to(asked.user).filter(pk__in=_written(snapshot, now))
    left = CaseLeft.objects.visible_to(asked.user).filter(unseen_in(snapshot, now.before))
    ids = {
        *written.order_by().values_list("pk", flat=True)[: MOST_GONE + 1],
        *left.order_by().values_list("case", flat=True).distinct()[: MOST_GONE + 1],
    }
    if len(ids) > MOST_GONE:
        return None
    there = rows.filter(pk__in=each_of(ids)).values_list("pk", flat=True)
    return sorted(str(each) for each in ids - set(there))


def _next(request: Request, last: dict[str, Any], cursor: Cursor, since: str | None) -> str:
    query = request.query_params.copy()
    if since is None:
        query["updated_since"] = "0"
    query["after"] = str(last["properties"]["number"])
    query["cursor"] = str(cursor)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
