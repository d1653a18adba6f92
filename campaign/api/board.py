"""The board of a programme, and whether it is still so."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from campaign.api import told as rows_told
from campaign.api.asking import AS_OF, as_of, office
from campaign.api.serializers import IndicatorOutput
from campaign.errors import ProgrammeNotFound
from campaign.models import Indicator, Programme
from campaign.models.programmes import Part, Whom
from campaign.reports import board, campaign_version
from campaign.standing import Light
from geo.scope import Scope
from inspections.api import fresh
from inspections.api.filters import Told
from inspections.api.overview.version import VersionOutput
from inspections.api.schema import problems
from people.api.remembered import Remembered

ONE_PROGRAMME = OpenApiParameter(
    "programme", str, description=_t("the notice's number; the latest that was out by the day")
)
LIGHTS = [each.value for each in Light]


class ActionCellOutput(Serializer[Any]):
    light = fields.ChoiceField(LIGHTS, help_text=_t("the worst of its indicators"))
    n = fields.IntegerField(help_text=_t("indicators that are done"))
    of = fields.IntegerField(help_text=_t("indicators that have a target here"))
    late_since = fields.DateField(allow_null=True)


class ActionCommunityOutput(ActionCellOutput):
    community = fields.IntegerField()


class CellOutput(Serializer[Any]):
    light = fields.ChoiceField(
        LIGHTS, allow_null=True, help_text=_t("null: the target is the whole's")
    )
    n = fields.FloatField(allow_null=True)
    of = fields.FloatField(allow_null=True)
    places = fields.BooleanField(help_text=_t("n and of are places that have done it"))
    missing = fields.IntegerField(help_text=_t("places that have told nothing"))
    late_since = fields.DateField(allow_null=True)
    expected = fields.IntegerField(
        allow_null=True,
        help_text=_t("estates from review to public notice that pass; null: of other indicators"),
    )


class CommunityCellOutput(CellOutput):
    community = fields.IntegerField()


class BoardIndicatorOutput(IndicatorOutput):
    whole = CellOutput(allow_null=True)
    cells = CommunityCellOutput(many=True)


class ResponsibleOutput(Serializer[Any]):
    part = fields.ChoiceField(Part.choices)
    named = fields.CharField(help_text=_t("as the notice names them"))
    whom = fields.ChoiceField(Whom.choices)
    unit = fields.IntegerField(allow_null=True)
    unit_name = fields.CharField(allow_null=True)


class BoardActionOutput(Serializer[Any]):
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    responsible = ResponsibleOutput(many=True, help_text=_t("who leads before who answers"))
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
    version = fields.CharField(help_text=_t("of the data it is made from: equal for equal data"))
    programme = BoardProgrammeOutput()
    programmes = BoardProgrammeOutput(many=True, help_text=_t("those that were out by the day"))
    communities = BoardCommunityOutput(many=True)
    actions = BoardActionOutput(many=True)


# Another release may tell the same rows in another way.
_HOUSE = Path(__file__).parent.parent
MADE_BY = blake2b(b"".join(each.read_bytes() for each in sorted(_HOUSE.rglob("*.py")))).hexdigest()


def kept(
    request: Request, scope: Scope, make: Callable[[str], dict[str, Any]], *asked: object
) -> HttpResponse:
    """With an ETag. `make` is handed the version of the data, which is read before the rows: an
    answer may hold more than it says, never less."""
    version = campaign_version(scope)
    tag = fresh.tag_of(scope, (), MADE_BY, version, "campaign", *asked)
    return fresh.answer(
        request,
        tag,
        "application/json",
        lambda: orjson.dumps(make(version), option=orjson.OPT_UTC_Z),
    )


class Board(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="campaign_board_get",
        tags=["campaign"],
        parameters=[ONE_PROGRAMME, AS_OF],
        responses={200: CampaignBoardOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Every action and indicator, in all and in each community of one's scope: light, number,
        and since when it is late. The clock alone changes lights; a past day reads the targets
        that held. With an ETag."""
        scope = office(request).scope
        told = Told(request.query_params)
        day, code = as_of(told), told.text("programme")
        told.nothing_else({"programme", "as_of"})
        told.check()
        return kept(request, scope, partial(_told, scope, code, day), "board", code, day)


def _told(scope: Scope, code: str, day: date, version: str) -> dict[str, Any]:
    programmes = list(Programme.objects.issued_by(day))
    programme = one_of(programmes, code)
    made = board(scope, programme, day)
    known = asked_of(programme, day)
    for action in made["actions"]:
        action["indicators"] = [known[each["id"]] | each for each in action["indicators"]]
    return {
        "as_of": day,
        "version": version,
        "programme": _about(programme),
        "programmes": [_about(each) for each in programmes],
        **made,
    }


def one_of(programmes: Sequence[Programme], code: str) -> Programme:
    """By its notice's number; without, the latest."""
    found = next((each for each in programmes if code in {"", each.code}), None)
    if found is None:
        raise ProgrammeNotFound
    return found


def asked_of(programme: Programme, day: date) -> dict[int, dict[str, Any]]:
    """What is told of each indicator, by its id."""
    asked = Indicator.objects.asked_on(day).filter(action__programme=programme)
    return {each["id"]: each for each in rows_told.indicators(asked, day)}


def _about(programme: Programme) -> dict[str, Any]:
    names = ("code", "zh", "en", "year", "issued_on")
    return {name: getattr(programme, name) for name in names}


class BoardVersion(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="campaign_version_get",
        tags=["campaign"],
        responses={200: VersionOutput, **problems(401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Whether a light may be other than a moment ago: asked every other second by every open
        page. With an ETag; costs the database nothing while nothing is written."""
        scope = office(request).scope
        version = campaign_version(scope)
        told = {"version": version, "everywhere_ms": round(settings.FRESH_SECONDS * 1000)}
        tag = fresh.tag_of(scope, (), "campaign", told)
        return fresh.answer(request, tag, "application/json", lambda: orjson.dumps(told))
