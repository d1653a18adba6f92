"""Reports of a month: listed, told, typed into, taken on."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import FileUploadParser
from rest_framework.request import Request
from rest_framework.views import APIView

from campaign import policy
from campaign.api.asking import AS_OF, as_json, as_of, office
from campaign.api.board import ONE_PROGRAMME
from campaign.api.month import told as reports_told
from campaign.api.month.asking import KIND, MONTH, month_of, named, programme_of
from campaign.api.month.serializers import (
    MonthReportOutput,
    MonthReportsOutput,
    ReportCellsInput,
    ReportMovedOutput,
    ReportMoveInput,
    ReportSavedOutput,
    ReportTakenOutput,
)
from campaign.models import Report, ReportCell, ReportMatter
from campaign.reports.month import Page, beside, listed, page_of, workbook
from campaign.services import month as service
from campaign.services.month.saving import Outcome
from campaign.standing.monthly import report_due_on
from inspections.api import bodies
from inspections.api.filters import Told
from inspections.api.schema import problems
from inspections.services import content
from people.models import User

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLACE = (MONTH, KIND, ONE_PROGRAMME)


class Reports(APIView):
    @extend_schema(
        operation_id="campaign_reports_list",
        tags=["campaign"],
        parameters=[
            OpenApiParameter("month", str, description=_t("2024-12; this month if not told")),
            ONE_PROGRAMME,
            AS_OF,
        ],
        responses={200: MonthReportsOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Every report of a month that one sees: which are in, which lack, which are late."""
        user = office(request)
        told = Told(request.query_params)
        day = as_of(told)
        month = month_of(told.text("month") or f"{timezone.localdate():%Y-%m}")
        if month is None:
            told.wrong["month"] = _("A month such as 2024-11, one that has begun.")
        code = told.text("programme")
        told.nothing_else({"month", "programme", "as_of"})
        told.check()
        assert month is not None
        programme = programme_of(month, code)
        lines = listed(user.scope, programme, month, day)
        mine = [
            each.whose
            for each in lines
            if policy.may_report(user, each.whose.unsaved(programme, month))
        ]
        told_of = [reports_told.line(each) for each in lines]
        names = ("kind", "id", "zh", "en")
        own = {(each.kind, each.row.pk) for each in mine}
        return as_json(
            {
                "as_of": day,
                "programme": {
                    name: getattr(programme, name) for name in ("code", "zh", "en", "year")
                },
                "month": f"{month:%Y-%m}",
                "due_on": report_due_on(month, settings.REPORT_DUE_DAYS),
                "mine": [
                    {name: each[name] for name in names}
                    for each in told_of
                    if (each["kind"], each["id"]) in own
                ],
                "reports": told_of,
            }
        )


class OneReport(APIView):
    @extend_schema(
        operation_id="campaign_report_get",
        tags=["campaign"],
        parameters=[*_PLACE, AS_OF],
        responses={200: MonthReportOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, month: str, kind: str, place: int) -> HttpResponse:
        """All that a community or a unit owes of a month, with what is typed and what is known;
        beside it what Xuntu counts itself."""
        at = named(request, month, kind, place)
        told = Told(request.query_params)
        day = as_of(told)
        told.nothing_else({"programme", "as_of"})
        told.check()
        page = page_of(at.user.scope, at.whose, at.programme, at.month, day)
        return as_json(shown(page, at.user))


def shown(page: Page, user: User) -> dict[str, Any]:
    besides = beside(page.asked, page.whose, user.scope, page.asked.day)
    return reports_told.page(page, besides, user)


class ReportCells(APIView):
    @extend_schema(
        operation_id="campaign_report_cells_put",
        tags=["campaign"],
        parameters=[*_PLACE],
        request=ReportCellsInput,
        responses={200: ReportSavedOutput, **problems(400, 401, 403, 404, 409, 411, 413)},
    )
    def put(self, request: Request, month: str, kind: str, place: int) -> HttpResponse:
        """Keep what is typed, cell by cell; each has its own outcome. Where another was faster,
        nothing is overwritten: theirs is told."""
        at = named(request, month, kind, place)
        sent, _canonical = content.read(bodies.whole(request._request))
        wishes = service.read(sent, at.user)
        report, outcomes = service.save(
            wishes, whose=at.whose, programme=at.programme, month=at.month, by=at.user
        )
        return as_json(saved(report, outcomes))


def saved(report: Report, outcomes: list[Outcome]) -> dict[str, Any]:
    cells, matters = [], []
    for each in outcomes:
        told = {
            "indicator": each.wish.indicator,
            "outcome": each.outcome,
            "fields": each.wish.wrong,
        }
        if each.wish.place is None:
            row = each.row if isinstance(each.row, ReportMatter) else None
            matters.append(told | {"stands": reports_told.saying(row)})
        else:
            cell = each.row if isinstance(each.row, ReportCell) else None
            place = {"place": each.wish.place, "stands": reports_told.typed(cell)}
            cells.append(told | place)
    return {
        "state": report.state,
        "version": report.version,
        "cells": cells,
        "matters": matters,
    }


class OneMove(APIView):
    @extend_schema(
        operation_id="campaign_report_move_put",
        tags=["campaign"],
        parameters=[*_PLACE],
        request=ReportMoveInput,
        responses={
            200: ReportMovedOutput,
            201: ReportMovedOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, month: str, kind: str, place: int, id: UUID) -> HttpResponse:
        """Submit, take back, return with a reason, or accept. What is submitted becomes values, all
        in one moment or none. What is taken back, before anybody has looked through it, counts no
        more; a return leaves the values, and the next submission enters better ones beside
        them."""
        at = named(request, month, kind, place)
        sent, _canonical = content.read(bodies.whole(request._request))
        row, new = service.move(
            id=id,
            sent=sent,
            whose=at.whose,
            programme=at.programme,
            month=at.month,
            by=at.user,
        )
        version = Report.objects.get(pk=row.report_id).version
        told = reports_told.move(row) | {"version": version}
        return as_json(told, 201 if new else 200)


class Workbook(APIView):
    # Bytes are taken as they come, whatever they claim to be.
    parser_classes = (FileUploadParser,)

    @extend_schema(
        operation_id="campaign_report_workbook_get",
        tags=["campaign"],
        parameters=[*_PLACE],
        responses={(200, XLSX): OpenApiTypes.BINARY, **problems(401, 403, 404)},
    )
    def get(self, request: Request, month: str, kind: str, place: int) -> HttpResponse:
        """The report as a workbook (XLSX) to be filled in and sent back, in the reader's language:
        with what is typed and what is known, and all else locked."""
        at = named(request, month, kind, place)
        page = page_of(at.user.scope, at.whose, at.programme, at.month, timezone.localdate())
        made = workbook(
            page,
            default_day=service.default_day(at.month),
            default_source=service.default_source(at.month),
        )
        reply = HttpResponse(made, content_type=XLSX)
        name = f"{at.whose.zh} {at.month:%Y-%m}.xlsx"
        reply["Content-Disposition"] = content_disposition_header(True, name) or ""
        reply["Cache-Control"] = "private, no-store"
        reply["X-Content-Type-Options"] = "nosniff"
        return reply

    @extend_schema(
        operation_id="campaign_report_workbook_put",
        tags=["campaign"],
        parameters=[*_PLACE],
        request={XLSX: OpenApiTypes.BINARY},
        responses={
            200: ReportTakenOutput,
            **problems(400, 401, 403, 404, 409, 411, 413, 422),
        },
    )
    def put(self, request: Request, month: str, kind: str, place: int) -> HttpResponse:
        """What was filled in in the workbook, as if it had been typed: all of it or, where a cell
        is wrong, nothing; each such cell is named."""
        at = named(request, month, kind, place)
        report, taken = service.take_workbook(
            body=bodies.whole(request._request),
            whose=at.whose,
            programme=at.programme,
            month=at.month,
            today=timezone.localdate(),
            by=at.user,
        )
        return as_json({"taken": taken, "state": report.state, "version": report.version})
