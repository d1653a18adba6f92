"""The board, and the inspections that are due behind one of its figures."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections.api.overview.asking import FILTERS, AnswerOutput, question
from inspections.api.schema import problems
from inspections.board_figures import CASE_FIGURES, OVERDUE_BY_STEP
from inspections.overview.board import board, due
from people.api.remembered import Remembered
from people.policy import may_see_cases

DONE = OpenApiParameter("done", bool, description=_t("those that are done, or those that are not"))


class SaidOutput(Serializer[Any]):
    slug = fields.CharField()
    title_zh = fields.CharField()
    title_en = fields.CharField()
    says_zh = fields.CharField()
    says_en = fields.CharField()


class PointOutput(Serializer[Any]):
    n = fields.IntegerField()
    of = fields.IntegerField()
    value = fields.FloatField(
        allow_null=True, help_text=_t("null where there is nothing to divide by")
    )


class ShareOutput(PointOutput):
    low = fields.FloatField(allow_null=True, help_text=_t("interval of a share, 95 of 100"))
    high = fields.FloatField(allow_null=True)
    rows = fields.CharField(
        allow_null=True,
        help_text=_t("address of the list of exactly these; null where it is not open to you"),
    )
    rest = fields.CharField(allow_null=True, help_text=_t("address of the list of the others"))


_ALWAYS = [slug for slug in CASE_FIGURES if slug not in OVERDUE_BY_STEP]
_STEPS = [slug.removeprefix("overdue_") for slug in OVERDUE_BY_STEP]
_OTHERS = ["repeat", "inspections"]


def _each(name: str, slugs: list[str], output: type[Serializer[Any]], **more: Any) -> Any:
    return type(name, (Serializer,), {slug: output() for slug in slugs} | more)


ByStepOutput = _each("ByStepOutput", _STEPS, ShareOutput)
BoardFiguresOutput = _each(
    "BoardFiguresOutput", [*_ALWAYS, *_OTHERS], ShareOutput, overdue_by_step=ByStepOutput()
)
TrendFiguresOutput = _each("TrendFiguresOutput", [*_ALWAYS, *_OTHERS], PointOutput)


class MonthOutput(Serializer[Any]):
    """A month as it stood at its own end."""

    key = fields.CharField(help_text="2024-11")
    since = fields.DateField()
    until = fields.DateField()
    as_of = fields.DateField()
    figures = TrendFiguresOutput()


class OneOutput(Serializer[Any]):
    figures = BoardFiguresOutput()
    trend = MonthOutput(many=True)


class CommunityOutput(OneOutput):
    id = fields.IntegerField()
    code = fields.CharField(allow_blank=True)
    name = fields.CharField()
    name_en = fields.CharField(allow_blank=True)


class CompanyOutput(OneOutput):
    id = fields.IntegerField()
    name = fields.CharField()


class BoardOutput(AnswerOutput):
    figures = SaidOutput(many=True)
    totals = OneOutput()
    communities = CommunityOutput(many=True, help_text=_t("by code"))
    companies = CompanyOutput(many=True, help_text=_t("by name"))


class Board(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="overview_board_get",
        tags=["overview"],
        parameters=[*FILTERS],
        responses={200: BoardOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """How what was found is handled, as of any day; within one's scope, with an ETag. A
        company's cases are those that it had in hand then."""
        asking = question(request)
        cases = may_see_cases(asking.user)
        made = partial(board, asking.scope, asking.asked, cases=cases)
        return asking.answer(request, "board", made, cases)


class DueRowOutput(Serializer[Any]):
    estate = fields.IntegerField()
    name = fields.CharField()
    community = fields.IntegerField()
    community_name = fields.CharField()
    kind = fields.CharField()
    last = fields.DateTimeField(allow_null=True)
    due_on = fields.DateField(allow_null=True, help_text=_t("null where nobody ever looked"))
    done = fields.BooleanField()


class DueOutput(AnswerOutput):
    rows = DueRowOutput(many=True)


class Due(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="overview_due_get",
        tags=["overview"],
        parameters=[*FILTERS, DONE],
        responses={200: DueOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Every estate with every kind of inspection: the last one before the day, and whether it
        was within the kind's own interval. Those that nobody looked at come first."""
        asking = question(request, "done")
        done = asking.told.yes_or_no("done")

        def made() -> dict[str, Any]:
            return {"rows": [each._asdict() for each in due(asking.scope, asking.asked, done)]}

        return asking.answer(request, "due", made, done)
