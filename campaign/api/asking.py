"""Who may ask, and as of which day."""

from datetime import date
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from campaign.policy import may_see_campaign
from inspections.api.filters import Told
from inspections.errors import NotAllowed
from people.api.authentication import person
from people.models import User

AS_OF = OpenApiParameter("as_of", str, description=_t("as it stood on this day; today if not told"))
PROGRAMME = OpenApiParameter(
    "programme", str, many=True, description=_t("by the number of its notice")
)
ACTION = OpenApiParameter("action", str, many=True, description=_t("by the code of its action"))


def office(request: Request) -> User:
    """Who asks. Raises NotAllowed for who is not of the office."""
    user = person(request)
    if not may_see_campaign(user):
        raise NotAllowed
    return user


def as_of(told: Told) -> date:
    today = timezone.localdate()
    day = told.day("as_of") or today
    if day > today:
        told.wrong["as_of"] = _("This day has not come yet.")
        return today
    return day


def as_json(told: Any, status: int = 200) -> HttpResponse:
    reply = HttpResponse(
        orjson.dumps(told, option=orjson.OPT_UTC_Z), content_type="application/json", status=status
    )
    reply["Cache-Control"] = "private, no-cache"
    return reply
