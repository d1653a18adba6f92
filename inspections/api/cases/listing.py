"""The list of cases: in pages, anew only where something is other, or what changed since."""

from typing import Any

import orjson
from django.db.models import F, Q
from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from inspections import reports
from inspections.api import fresh
from inspections.api.cases import changed
from inspections.api.cases.layer import CASES, FILTER_NAMES, cases_told
from inspections.api.filters import MOST_PAGE_SIZE, Told
from inspections.api.layers import GEOJSON
from inspections.api.lists import FeatureList, features
from inspections.api.schema import ListSchema
from people.api.authentication import person

# What a list, a tile or the ledger of cases is made from.
WRITTEN = ("cases", "findings", "estates", "communities")
SORTS = {
    "number": ("-number",),
    "due": (F("due_at").asc(nulls_last=True), "number"),
}


class CaseListSchema(ListSchema):
    def get_override_parameters(self) -> Any:
        paging = [each for each in super().get_override_parameters() if each.name != "page"]
        if self.method != "GET":
            return []
        return [
            *paging,
            OpenApiParameter(
                "sort",
                str,
                enum=sorted(SORTS),
                default="number",
                description=_("number: the newest first; due: the next deadline first"),
            ),
            OpenApiParameter("after", str, description=_("of the next page; as told in `next`")),
            OpenApiParameter(
                "updated_since",
                str,
                description=_("the cursor told last; 0 to begin. Told is what changed since"),
            ),
            OpenApiParameter("cursor", str, description=_("of the first page; as told in `next`")),
        ]


class CaseList(FeatureList):
    layer = CASES
    schema = CaseListSchema()

    def get(self, request: Request) -> HttpResponse:
        user, told = person(request), Told(request.query_params)
        wanted = cases_told(told, user)
        box = told.box()
        size = told.number("page_size", CASES.page_size, MOST_PAGE_SIZE)
        sort = told.one_of("sort", SORTS) or "number"
        since = told.text("updated_since")
        after = None if since else _after(told, sort)
        told.nothing_else(
            FILTER_NAMES | {"in_bbox", "page_size", "sort", "after", "updated_since", "cursor"}
        )
        if since:
            changed.check(told)
        told.check()
        if since:
            return changed.answer(request, changed.Asked(user, wanted, since, size))
        asked = (wanted, box, sort, size, request.query_params.get("after", ""))
        crossing = reports.next_crossing(user.scope)
        tag = fresh.tag_of(user.scope, WRITTEN, "cases", request.get_host(), crossing, asked)
        rows = CASES.asked_for(CASES.rows(user), wanted, box)

        def page() -> bytes:
            behind = rows.filter(after) if after else rows
            found = features(CASES, behind.order_by(*SORTS[sort])[: size + 1], told)
            more = len(found) > size
            return orjson.dumps(
                {
                    "type": "FeatureCollection",
                    "count": rows.count() if more or after else len(found),
                    "next": _next(request, found[size - 1]["properties"], sort) if more else None,
                    "features": found[:size],
                },
                option=orjson.OPT_UTC_Z,
            )

        return fresh.answer(request._request, tag, GEOJSON, page)


def _next(request: Request, last: dict[str, Any], sort: str) -> str:
    query = request.query_params.copy()
    number = str(last["number"])
    query["after"] = number if sort == "number" else f"{last['due_at'] or ''}_{number}"
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _after(told: Told, sort: str) -> Q | None:
    """Which rows stand behind the last one of the page before."""
    text = told.text("after")
    if not text:
        return None
    due, _, number = text.rpartition("_")
    try:
        n = int(number) if len(number) < 19 else -1
        at = parse_datetime(due) if due else None
    except ValueError:
        n, at = -1, None
    if n < 0 or bool(due) != bool(at) or (at is not None and at.tzinfo is None):
        told.wrong["after"] = _t("As it was told in the address of the next page.")
        return None
    if sort == "number":
        return Q(number__lt=n)
    if at is None:
        return Q(due_at=None, number__gt=n)
    return Q(due_at__gt=at) | Q(due_at=at, number__gt=n) | Q(due_at=None)
