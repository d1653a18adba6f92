"""The list of a programme, its map, and what tablets keep of it."""

from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

import orjson
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from campaign.api.asking import AS_OF, as_json, as_of
from campaign.api.board import ONE_PROGRAMME
from campaign.api.creation import told as rows_told
from campaign.api.creation.asking import concerned, programme_of
from campaign.api.creation.serializers import (
    CreationListOutput,
    CreationMapOutput,
    CreationTabletOutput,
)
from campaign.models import Programme
from campaign.policy import may_keep_creation, may_see_campaign
from campaign.reports import creation
from campaign.reports.creation import NOTHING
from campaign.services.creation.asked import lead_units
from inspections.api import fresh
from inspections.api.filters import Told
from inspections.api.schema import problems

_NOTHING_YET: dict[str, Any] = {
    "programme": "",
    "target": None,
    **dict.fromkeys(("announced", "counted", "expected"), 0),
    "forecast": rows_told.spread(NOTHING) | {"chance": None, "rests_on": 0, "few": True},
    "enrolments": [],
    "removed": [],
    "rights": {"enrol": False},
}


def _before_any(told: Told, day: date) -> bool:
    """No programme is named, and none was out by that day."""
    if told.text("programme") or Programme.objects.issued_by(day).exists():
        return False
    told.nothing_else({"as_of"})
    told.check()
    return True


class CreationList(APIView):
    @extend_schema(
        operation_id="campaign_creation_list",
        tags=["campaign"],
        parameters=[ONE_PROGRAMME, AS_OF],
        responses={200: CreationListOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Every estate on the list within one's scope, with its stage, score and forecast as of
        the day; none before any programme was out. `removed`: those that were taken off it. A
        company sees its own estates."""
        user = concerned(request)
        told = Told(request.query_params)
        day = as_of(told)
        if _before_any(told, day):
            return as_json({"as_of": day, **_NOTHING_YET})
        programme = programme_of(told, day)
        made = creation.listing(user.scope, programme, day, office=may_see_campaign(user))
        forecast = rows_told.spread(made["forecast"])
        forecast |= {name: made[name] for name in ("chance", "rests_on", "few")}
        return as_json(
            {
                "as_of": day,
                "programme": programme.code,
                "target": rows_told.goal(made["target"]),
                **{name: made[name] for name in ("announced", "counted", "expected")},
                "forecast": forecast,
                "enrolments": [rows_told.enrolment(each) for each in made["listed"]],
                "removed": [rows_told.removed(each) for each in made["removed"]],
                "rights": {"enrol": may_keep_creation(user, lead_units(programme.pk))},
            }
        )


class CreationMap(APIView):
    @extend_schema(
        operation_id="campaign_creation_map",
        tags=["campaign"],
        parameters=[ONE_PROGRAMME, AS_OF],
        responses={200: CreationMapOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> HttpResponse:
        """The same estates as GeoJSON, WGS-84, with stage, score and veto; none before any
        programme was out."""
        user = concerned(request)
        told = Told(request.query_params)
        day = as_of(told)
        if _before_any(told, day):
            return as_json({"type": "FeatureCollection", "features": [], "as_of": day})
        programme = programme_of(told, day)
        return as_json({**creation.on_map(user.scope, programme, day), "as_of": day})


class CreationTablet(APIView):
    @extend_schema(
        operation_id="campaign_creation_tablet",
        tags=["campaign"],
        responses={200: CreationTabletOutput, **problems(401, 403)},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """What it takes to fill in sheets with no network: the standard that holds, and estates
        where one may, each with its last grades. With an ETag."""
        user = concerned(request)
        made = rows_told.tablet(*creation.for_tablet(user, timezone.localdate()))
        body = orjson.dumps(made, option=orjson.OPT_UTC_Z)
        tag = f'W/"{sha256(body).hexdigest()[:32]}"'
        answer = partial(HttpResponse, body, content_type="application/json")
        return fresh.unless_had(request._request, tag, answer)
