"""A cell of the board opened."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from campaign.api import told as rows_told
from campaign.api.asking import AS_OF, as_of, office
from campaign.api.board import LIGHTS, CellOutput, kept
from campaign.api.serializers import IndicatorOutput
from campaign.errors import IndicatorNotFound, PlaceNotFound
from campaign.models import Indicator
from campaign.reports import rows_behind
from campaign.standing import Level
from geo.scope import Scope
from inspections.api.filters import Told
from inspections.api.schema import problems
from inspections.services.fields import BIGGEST_ID
from people.api.remembered import Remembered

_LEVELS = [each.value for each in Level]
ONE_INDICATOR = OpenApiParameter("indicator", int, required=True)
ONE_COMMUNITY = OpenApiParameter(
    "community", int, description=_t("a column of the board; without it, all")
)


class BehindValueOutput(Serializer[Any]):
    id = fields.UUIDField()
    measured_on = fields.DateField()
    source = fields.CharField()  # type: ignore[assignment]
    by_name = fields.CharField()
    attachment = fields.UUIDField(allow_null=True)
    attachment_name = fields.CharField(allow_null=True)


class BehindMonthOutput(Serializer[Any]):
    month = fields.CharField(help_text="2024-11")
    due_on = fields.DateField()
    n = fields.FloatField(allow_null=True)
    of = fields.FloatField(allow_null=True)
    done = fields.BooleanField()
    value = BehindValueOutput(allow_null=True, help_text=_t("what was entered"))


class BehindCreationOutput(Serializer[Any]):
    id = fields.UUIDField(help_text=_t("of its score card"))
    stage = fields.CharField()
    score = fields.FloatField(allow_null=True)
    veto = fields.BooleanField()
    expected = fields.BooleanField(help_text=_t("from review to public notice, and it passes"))


class BehindRowOutput(Serializer[Any]):
    level = fields.ChoiceField(_LEVELS)
    id = fields.IntegerField(allow_null=True, help_text=_t("null: the whole subdistrict"))
    name = fields.CharField(allow_blank=True)
    name_en = fields.CharField(allow_blank=True)
    community = fields.IntegerField(allow_null=True)
    n = fields.FloatField(allow_null=True)
    of = fields.FloatField(allow_null=True)
    light = fields.ChoiceField(
        LIGHTS, allow_null=True, help_text=_t("null: the target is the whole's")
    )
    late_since = fields.DateField(allow_null=True)
    counts = fields.BooleanField(help_text=_t("it is part of the cell's number"))
    missing = fields.BooleanField(help_text=_t("it has told nothing"))
    creation = BehindCreationOutput(
        allow_null=True, help_text=_t("how an estate on its way to the standard stands")
    )
    value = BehindValueOutput(allow_null=True, help_text=_t("what was entered"))
    months = BehindMonthOutput(many=True, help_text=_t("of what is asked by month"))


class BoardRowsOutput(Serializer[Any]):
    as_of = fields.DateField()
    version = fields.CharField()
    indicator = IndicatorOutput()
    community = fields.IntegerField(allow_null=True)
    cell = CellOutput(allow_null=True)
    month = fields.DateField(allow_null=True, help_text=_t("its first; null: not asked by month"))
    months = BehindMonthOutput(many=True, help_text=_t("of the column, where months add up"))
    rows = BehindRowOutput(many=True, help_text=_t("the worst first"))


class BoardRows(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="campaign_board_rows",
        tags=["campaign"],
        parameters=[ONE_INDICATOR, ONE_COMMUNITY, AS_OF],
        responses={200: BoardRowsOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Exactly the places that a cell of the board is made of, with what each told and what was
        entered of it. Of places that are counted, those that are done are the cell's number; of
        what adds up, the numbers of those that count add up to it. With an ETag."""
        scope = office(request).scope
        told = Told(request.query_params)
        day = as_of(told)
        indicator = _one(told, "indicator")
        community = _one(told, "community")
        if not told.query.get("indicator"):
            told.wrong["indicator"] = _("This is needed.")
        told.nothing_else({"indicator", "community", "as_of"})
        told.check()
        row = Indicator.objects.asked_on(day).select_related("action__programme")
        asked = row.filter(pk=indicator or 0).first()
        if asked is None:
            raise IndicatorNotFound
        make = partial(_told, scope, asked, community, day)
        return kept(request, scope, make, "rows", asked.pk, community, day)


def _one(told: Told, name: str) -> int | None:
    return told.number(name, 1, BIGGEST_ID) if told.query.get(name) else None


def _told(
    scope: Scope, indicator: Indicator, community: int | None, day: Any, version: str
) -> dict[str, Any]:
    made = rows_behind(scope, indicator, community, day)
    if made is None:
        raise PlaceNotFound(place="community")
    about = rows_told.indicators(Indicator.objects.filter(pk=indicator.pk), day)[0]
    return {
        "as_of": day,
        "version": version,
        "indicator": about,
        "community": community,
        **made,
    }
