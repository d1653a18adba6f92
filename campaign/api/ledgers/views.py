"""Ledgers: what there is, their rows, what is owed; rows kept, corrected and withdrawn."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import FileUploadParser
from rest_framework.request import Request
from rest_framework.views import APIView

from campaign import ledgers, policy
from campaign.api.asking import AS_OF, as_json, as_of, office
from campaign.api.ledgers import told as rows_told
from campaign.api.ledgers.serializers import (
    LedgerFileOutput,
    LedgerOwedOutput,
    LedgerRowHistoryOutput,
    LedgerRowInput,
    LedgerRowOutput,
    LedgerRowsOutput,
    LedgersOutput,
)
from campaign.errors import LedgerRowNotFound, NotYoursToKeep
from campaign.ledger import Ledger
from campaign.metrics import Span
from campaign.models import Action, LedgerRow
from campaign.owing import asked_places, owed, owed_all
from campaign.reports.complaints import complaints_card
from campaign.services.ledger_files import take_file, write_file
from campaign.services.ledgers import (
    actions_by_code,
    actions_of,
    communities_of_companies,
    keep_row,
    ledger_of,
    may_keep_in,
)
from inspections.api import bodies
from inspections.api.filters import MOST_PAGE_SIZE, Told
from inspections.api.schema import problems
from people.api.authentication import person
from people.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAGE_SIZE = 100
_MOST_PAGE = 10**9
_FIRST_MONTH, _NO_MONTH = date(2000, 1, 1), date(2100, 1, 1)
_PLACES = ("community", "estate", "company")
MONTH = OpenApiParameter("month", str, description=_t("2024-11; that of the day if not told"))
ONLY_MONTH = OpenApiParameter("month", str, description=_t("2024-11"))
PLACES = tuple(OpenApiParameter(name, int, many=True) for name in _PLACES)
STANDS = OpenApiParameter(
    "stands", bool, description=_t("1, as if not told: those that count; 0: the others")
)
PAGING = (
    OpenApiParameter("page", int, description="from 1"),
    OpenApiParameter("page_size", int, default=_PAGE_SIZE),
)


def month_of(told: Told) -> date | None:
    asked = told.text("month")
    if not asked:
        return None
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError:
        month = None
    if month is None or not _FIRST_MONTH <= month < _NO_MONTH:
        told.wrong["month"] = _("A month such as 2024-11.")
        return None
    return month


class Ledgers(APIView):
    @extend_schema(
        operation_id="campaign_ledgers_list",
        tags=["campaign"],
        parameters=[MONTH, AS_OF],
        responses={200: LedgersOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Every ledger with its columns, how many rows stand in it, and how many places owe one."""
        user = office(request)
        told = Told(request.query_params)
        day = as_of(told)
        month = month_of(told) or day.replace(day=1)
        told.nothing_else({"month", "as_of"})
        told.check()
        span = Span(month, day, day)
        standing = LedgerRow.objects.visible_to(user).standing_before(span.at)
        every = dict(standing.order_by().values_list("ledger").annotate(n=Count("pk")))
        of_month = standing.filter(month=month).order_by()
        monthly = dict(of_month.values_list("ledger").annotate(n=Count("pk")))
        kept = ledgers.all()
        actions = actions_by_code(kept)
        lacking = owed_all(kept, user.scope, month, day, span.at)
        listed = [
            rows_told.ledger(
                each,
                actions[each.action],
                may_keep=may_keep_in(each, user, actions[each.action]),
                rows=(monthly if each.monthly else every).get(each.slug, 0),
                owed=lacking[each.slug],
            )
            for each in kept
        ]
        return as_json(
            {
                "as_of": day,
                "month": f"{month:%Y-%m}",
                "ledgers": listed,
                "complaints": complaints_card(user.scope, month, day),
            }
        )


class Rows(APIView):
    @extend_schema(
        operation_id="campaign_ledger_rows_list",
        tags=["campaign"],
        parameters=[ONLY_MONTH, *PLACES, STANDS, AS_OF, *PAGING],
        responses={200: LedgerRowsOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Rows of a ledger as they stood on the day."""
        user, ledger = office(request), ledger_of(slug)
        told = Told(request.query_params)
        day = as_of(told)
        month = month_of(told)
        wanted = {name: told.numbers(name) for name in _PLACES}
        stands = told.yes_or_no("stands") is not False
        page = told.number("page", 1, _MOST_PAGE)
        size = told.number("page_size", _PAGE_SIZE, MOST_PAGE_SIZE)
        told.nothing_else({*_PLACES, "month", "stands", "as_of", "page", "page_size"})
        told.check()
        at = Span(day, day, day).at
        rows = LedgerRow.objects.visible_to(user).filter(ledger=ledger.slug).entered_before(at)
        standing = rows.standing_before(at)
        rows = standing if stands else rows.exclude(pk__in=standing.values("pk"))
        rows = rows.among(**wanted)
        if month:
            rows = rows.filter(month=month)
        begin = (page - 1) * size
        listed = _with_all(rows).order_by("-day", "-at", "pk")[begin : begin + size]
        may = _Changing(user, ledger)
        return as_json(
            {
                "as_of": day,
                "count": rows.count(),
                "rows": [
                    rows_told.row(row, stands=stands, may_change=stands and may(row))
                    for row in listed
                ],
            }
        )


class OneRow(APIView):
    @extend_schema(
        operation_id="campaign_ledger_row_get",
        tags=["campaign"],
        responses={200: LedgerRowHistoryOutput, **problems(401, 403, 404)},
    )
    def get(self, request: Request, slug: str, id: UUID) -> HttpResponse:
        """All that a row ever was: as it was entered, its corrections, its withdrawal."""
        user, ledger = office(request), ledger_of(slug)
        found = LedgerRow.objects.visible_to(user).filter(ledger=ledger.slug, pk=id).first()
        if found is None:
            raise LedgerRowNotFound
        rows = list(_with_all(LedgerRow.objects.filter(root=found.root)).order_by("at", "pk"))
        may = _Changing(user, ledger)
        told = [
            rows_told.row(row, stands=stands, may_change=stands and may(row))
            for row in rows
            for stands in [row is rows[-1] and not row.withdrawn]
        ]
        return as_json({"rows": told})

    @extend_schema(
        operation_id="campaign_ledger_row_put",
        tags=["campaign"],
        request=LedgerRowInput,
        responses={
            200: LedgerRowOutput,
            201: LedgerRowOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, slug: str, id: UUID) -> HttpResponse:
        """Keep a row, a correction or a withdrawal, by the id that its maker gives it. 201 when
        this sending wrote it; 200 when an equal one had."""
        user = person(request)
        row, new = keep_row(id=id, slug=slug, body=bodies.whole(request._request), by=user)
        stands = not row.withdrawn and not LedgerRow.objects.filter(supersedes=row).exists()
        may_change = stands and _Changing(user, ledger_of(slug))(row)
        return as_json(
            rows_told.row(row, stands=stands, may_change=may_change), 201 if new else 200
        )


class Owed(APIView):
    @extend_schema(
        operation_id="campaign_ledger_owed",
        tags=["campaign"],
        parameters=[MONTH, AS_OF],
        responses={200: LedgerOwedOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        """Places of which a row is looked for and that have none; and all of which the one who
        asks may enter one."""
        user, ledger = office(request), ledger_of(slug)
        told = Told(request.query_params)
        day = as_of(told)
        month = month_of(told) or day.replace(day=1)
        told.nothing_else({"month", "as_of"})
        told.check()
        at = Span(day, day, day).at
        lacking = owed(ledger, user.scope, month, day, at)
        may = _Changing(user, ledger)
        places = [each for each in asked_places(ledger, user.scope, at, all_=True) if may.at(each)]
        return as_json(rows_told.owed(lacking, places, month=month, day=day))


class File(APIView):
    # Bytes are taken as they come, whatever they claim to be.
    parser_classes = (FileUploadParser,)

    @extend_schema(
        operation_id="campaign_ledger_file_get",
        tags=["campaign"],
        parameters=[MONTH, AS_OF],
        responses={(200, XLSX): OpenApiTypes.BINARY, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        """The ledger as a workbook: what stands, of a monthly one in the month, and a line for
        every place that owes a row; to be filled in and taken in again."""
        user, ledger = office(request), ledger_of(slug)
        told = Told(request.query_params)
        day = as_of(told)
        month = month_of(told) or day.replace(day=1)
        told.nothing_else({"month", "as_of"})
        told.check()
        body = write_file(ledger, user, month=month, day=day, at=Span(day, day, day).at)
        reply = HttpResponse(body, content_type=XLSX)
        name = f"{ledger.slug}-{month:%Y-%m}.xlsx" if ledger.monthly else f"{ledger.slug}.xlsx"
        reply["Content-Disposition"] = f'attachment; filename="{name}"'
        reply["Cache-Control"] = "private, no-cache"
        return reply

    @extend_schema(
        operation_id="campaign_ledger_file_post",
        tags=["campaign"],
        parameters=[
            OpenApiParameter("name", str, required=True, description=_t("of the file")),
            OpenApiParameter("check", bool, description=_t("look first: nothing is written")),
        ],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: LedgerFileOutput, **problems(400, 401, 403, 404, 411, 413)},
    )
    def post(self, request: Request, slug: str) -> HttpResponse:
        """Take in a workbook or CSV: all of it, or nothing and every bad cell named. The same file
        twice changes nothing."""
        user, ledger = person(request), ledger_of(slug)
        if not may_keep_in(ledger, user, actions_of(ledger)):
            raise NotYoursToKeep
        told = Told(request.query_params)
        name, check = told.text("name"), told.yes_or_no("check") is True
        told.nothing_else({"name", "check"})
        told.check()
        body = bodies.whole(request._request)
        taken = take_file(ledger=ledger, body=body, name=name, by=user, check=check)
        counts = {"new": taken.new, "corrected": taken.corrected, "known": taken.known}
        notes = [{"line": each.line, "reason": each.reason} for each in taken.notes]
        return as_json({"checked": check, **counts, "notes": notes})


class _Changing:
    """Whether a person may keep rows of a place: each place is asked once."""

    def __init__(self, user: User, ledger: Ledger) -> None:
        self.user = user
        self.actions: list[Action] = actions_of(ledger)
        self.level = ledger.level
        self.known: dict[Any, bool] = {}

    def __call__(self, row: LedgerRow) -> bool:
        return self._may(row.community_id, row.company_id)

    def at(self, place: Any) -> bool:
        return self._may(place.community, place.id if self.level == "company" else None)

    def _may(self, community: int | None, company: int | None) -> bool:
        key = (community, company)
        if key not in self.known:
            self.known[key] = policy.may_keep(self.user, self.actions, self._lies_in(*key))
        return self.known[key]

    def _lies_in(self, community: int | None, company: int | None) -> frozenset[int] | None:
        if company is not None:
            return self._of_companies.get(company, frozenset())
        return None if community is None else frozenset({community})

    @cached_property
    def _of_companies(self) -> Mapping[int, frozenset[int]]:
        return communities_of_companies()


def _with_all(rows: Any) -> Any:
    named = rows.select_related("community", "estate", "company", "by")
    return named.prefetch_related("attachments")
