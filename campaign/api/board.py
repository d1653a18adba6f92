"""The board of a programme."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from campaign.api import told as rows_told
from campaign.api.asking import AS_OF, as_json, as_of, office
from campaign.api.serializers import IndicatorOutput
from campaign.errors import ProgrammeNotFound
from campaign.models import Indicator, Programme
from campaign.reports import board
from campaign.standing import Light
from inspections.api.filters import Told
from inspections.api.schema import problems

ONE_PROGRAMME = OpenApiParameter(
    "programme", str, description=_t("the notice's number; the latest that was out by the day")
)
_LIGHTS = [each.value for each in Light]


class ActionCellOutput(Serializer[Any]):
    light = fields.ChoiceField(_LIGHTS, help_text=_t("the worst of its indicators"))
    n = fields.IntegerField(help_text=_t("indicators that are done"))
    of = fields.IntegerField(help_text=_t("indicators that have a target here"))
    late_since = fields.DateField(allow_null=True)


class ActionCommunityOutput(ActionCellOutput):
    community = fields.IntegerField()


class CellOutput(Serializer[Any]):
    light = fields.ChoiceField(
        _LIGHTS, allow_null=True, help_text=_t("null: the target is the whole's")
    )
    n = fields.FloatField(allow_null=True)
    of = fields.FloatField(allow_null=True)
    places = fields.BooleanField(help_text=_t("n and of are places that have done it"))
    missing = fields.IntegerField(help_text=_t("places that have told nothing"))
    late_since = fields.DateField(allow_null=True)


class CommunityCellOutput(CellOutput):
    community = fields.IntegerField()


class BoardIndicatorOutput(IndicatorOutput):
    whole = CellOutput(allow_null=True)
    cells = CommunityCellOutput(many=True)


class BoardActionOutput(Serializer[Any]):
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    whole = ActionCellOutput(allow_null=True)
    cells = ActionCommunityOutput(many=True)
    indicators = BoardIndicatorOutput(many=True)


class BoardCommunityOutput(Serializer[Any]):
    id = fields.IntegerField()
    code = fields.CharField()
    name = fields.CharField()
    name_en = fields.CharField(allow_blank=True)


class BoardProgrammeOutput(Serializer[Any]):
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    year = fields.IntegerField()
    issued_on = fields.DateField()


class CampaignBoardOutput(Serializer[Any]):
    as_of = fields.DateField()
    programme = BoardProgrammeOutput()
    communities = BoardCommunityOutput(many=True)
    actions = BoardActionOutput(many=True)


class Board(APIView):
    @extend_schema(
        operation_id="campaign_board_get",
        tags=["campaign"],
        parameters=[ONE_PROGRAMME, AS_OF],
        responses={200: CampaignBoardOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Every action and indicator, in all and in each community of one's scope: light, number,
        and since when it is late. The clock alone changes lights; a past day reads the targets
        that held."""
        user = office(request)
        told = Told(request.query_params)
        day = as_of(told)
        code = told.text("programme")
        told.nothing_else({"programme", "as_of"})
        told.check()
        rows = Programme.objects.issued_by(day)
        programme = (rows.filter(code=code) if code else rows).first()
        if programme is None:
            raise ProgrammeNotFound
        made = board(user.scope, programme, day)
        asked = Indicator.objects.asked_on(day).filter(action__programme=programme)
        known = {each["id"]: each for each in rows_told.indicators(asked, day)}
        for action in made["actions"]:
            action["indicators"] = [known[each["id"]] | each for each in action["indicators"]]
        names = ("code", "zh", "en", "year", "issued_on")
        about = {name: getattr(programme, name) for name in names}
        return as_json({"as_of": day, "programme": about, **made})
