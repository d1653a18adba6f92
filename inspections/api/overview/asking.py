"""What every address of the leaders' map has in common: who may ask, what is asked, and the tag."""

from datetime import date
from functools import partial
from typing import Any, NamedTuple

import orjson
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from geo.scope import Scope
from inspections import reports
from inspections.api import fresh
from inspections.api.filters import Told, severities_told
from inspections.api.layers import COMMUNITY, ESTATE, KIND, SINCE, UNTIL
from inspections.api.overview.who import leader
from inspections.overview import MEASURES, Asked
from people.models import User

FILTERS = (
    OpenApiParameter("measure", str, enum=list(MEASURES)),
    KIND,
    OpenApiParameter("item", str, many=True, description=_t("by the codes of these items")),
    OpenApiParameter("severity", int, many=True, enum=[1, 2, 3]),
    COMMUNITY,
    ESTATE,
    OpenApiParameter("company", int, many=True, description=_t("of these companies' estates")),
    SINCE,
    UNTIL,
    OpenApiParameter(
        "as_of", str, description=_t("as it stood at the end of this day; today's is this moment")
    ),
)


class MeasureOutput(Serializer[Any]):
    slug = fields.CharField()
    title_zh = fields.CharField()
    title_en = fields.CharField()
    unit_zh = fields.CharField()
    unit_en = fields.CharField()
    says_zh = fields.CharField()
    says_en = fields.CharField()
    scale = fields.ListField(
        child=fields.FloatField(), help_text=_t("breaks of the estates' colours, always the same")
    )


class AnswerOutput(Serializer[Any]):
    """What every answer begins with."""

    as_of = fields.DateTimeField(help_text=_t("the moment of which it tells"))
    version = fields.CharField(help_text=_t("of the data it is made from: equal for equal data"))
    filters = fields.DictField()


class Question(NamedTuple):
    user: User
    scope: Scope
    asked: Asked
    told: Told

    def answer(self, request: Request, name: str, make: Any, *also: object) -> HttpResponse:
        """`make()` tells all but how every answer begins; `also` is asked beside the filter."""
        self.told.check()
        # Before the rows are read: an answer may hold more than it says, never less.
        version = reports.data_version(self.scope)
        tag = fresh.tag_of(self.scope, (), version, "overview", name, self.asked, *also)
        made = partial(_json, self.asked, version, make)
        return fresh.answer(request, tag, "application/json", made)


def question(request: Request, *also: str) -> Question:
    """`also`: parameters that this address has beside the filter. What is wrong is told by
    `told.check()`. Raises NotAllowed for who may not see the leaders' map."""
    user = leader(request)
    told = Told(request.query_params)
    asked = asked_told(told)
    told.nothing_else({*(each.name for each in FILTERS), *also})
    return Question(user, user.scope, asked, told)


def asked_told(told: Told) -> Asked:
    since, until = told.period()
    return Asked(
        as_of=_as_of(told),
        measure=told.one_of("measure", MEASURES) or "found",
        kinds=told.texts("kind"),
        items=told.texts("item"),
        severities=severities_told(told),
        communities=told.numbers("community"),
        estates=told.numbers("estate"),
        companies=told.numbers("company"),
        since=since,
        until=until,
    )


def _as_of(told: Told) -> date:
    today = timezone.localdate()
    day = told.day("as_of") or today
    if day > today:
        told.wrong["as_of"] = _("This day has not come yet.")
        return today
    since = told.query.get("since") and told.day("since")
    if since and since > day:
        told.wrong["since"] = _("The period begins after the day it is told as of.")
    return day


def _json(asked: Asked, version: str, make: Any) -> bytes:
    told = {
        "as_of": timezone.localtime(asked.at).isoformat(timespec="seconds"),
        "version": version,
        "filters": asked.told(),
        **make(),
    }
    return orjson.dumps(told, option=orjson.OPT_UTC_Z)
