"""Where a measure gathers: told from what the worker answered, and asked for."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import models, overview, reports
from inspections.api.overview.asking import (
    FILTERS,
    AnswerOutput,
    MeasureOutput,
    Question,
    question,
)
from inspections.api.schema import problems
from inspections.services.hotspots import Keys, ask_hot_spots, keys_of

_KINDS = ("hot", "new", "growing", "part", "fading", "cold", "outlier", "none", "too_few")
_NOT_YET: dict[str, Any] = {
    "permutations": None,
    "cells": 0,
    "farthest_m": None,
    "compared_with": None,
    "estates": [],
}


class SpotOutput(Serializer[Any]):
    id = fields.IntegerField()
    z = fields.FloatField(allow_null=True, help_text=_t("of Gi*; null where it is too few"))
    p = fields.FloatField(allow_null=True, help_text=_t("one-sided, of this estate by itself"))
    q = fields.FloatField(
        allow_null=True, help_text=_t("of all together: by the false discovery rate")
    )
    kind = fields.ChoiceField(choices=_KINDS)


class ComparedOutput(Serializer[Any]):
    since = fields.DateField()
    until = fields.DateField()


class AnsweredOutput(Serializer[Any]):
    version = fields.CharField(help_text=_t("of the data, as it was asked"))
    at = fields.DateTimeField()
    as_of = fields.DateField()


class HotSpotsOutput(AnswerOutput):
    measure = MeasureOutput()
    state = fields.ChoiceField(
        choices=("ready", "working", "unasked", "failed"),
        help_text=_t("of this question about the data as they are"),
    )
    answered = AnsweredOutput(
        allow_null=True,
        help_text=_t("of what the estates are told: where the state is not ready, the last answer"),
    )
    method = fields.CharField()
    inference = fields.CharField()
    seed = fields.IntegerField()
    neighbours = fields.IntegerField(help_text=_t("so many nearest estates"))
    weights = fields.CharField()
    alpha = fields.FloatField(help_text=_t("the false discovery rate"))
    permutations = fields.IntegerField(allow_null=True, help_text=_t("draws at random"))
    cells = fields.IntegerField(
        allow_null=True, help_text=_t("estates of which something is known")
    )
    farthest_m = fields.FloatField(allow_null=True, help_text=_t("to a neighbour"))
    compared_with = ComparedOutput(
        allow_null=True, help_text=_t("the period by which a spot is new, growing or fading")
    )
    estates = SpotOutput(many=True)


class HotSpots(APIView):
    @extend_schema(
        operation_id="overview_hotspots_get",
        tags=["overview"],
        parameters=[*FILTERS],
        responses={200: HotSpotsOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """What is kept of this question; nothing is worked out. Where the data have changed since
        it was last answered, that answer is told, with what it is of."""
        asking, keys = _asking(request)
        return _answer(request, asking, keys)

    @extend_schema(
        operation_id="overview_hotspots_post",
        tags=["overview"],
        parameters=[*FILTERS],
        request=None,
        responses={202: HotSpotsOutput, **problems(400, 401, 403)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Ask the worker, which takes a second or two. Asked again, nothing is done twice."""
        asking, keys = _asking(request)
        version = reports.data_version(asking.scope)
        ask_hot_spots(keys=keys, version=version, scope=asking.scope, asked=asking.asked)
        reply = _answer(request, asking, keys)
        reply.status_code = 202
        return reply


def _asking(request: Request) -> tuple[Question, Keys]:
    asking = question(request)
    asking.told.check()
    return asking, keys_of(asking.scope, asking.asked)


def _answer(request: Request, asking: Question, keys: Keys) -> HttpResponse:
    row = models.HotSpots.objects.filter(pk=keys.answer).first()
    state = _state(row)
    ready = row if state == "ready" else models.HotSpots.objects.answering(keys.question).first()
    made = partial(_told, asking, ready, state)
    return asking.answer(request, "hotspots", made, state, ready and (ready.key, ready.ended_at))


def _state(row: models.HotSpots | None) -> str:
    if row is None:
        return "unasked"
    return "failed" if row.lost else row.state


def _told(asking: Question, ready: models.HotSpots | None, state: str) -> dict[str, Any]:
    told = (ready and ready.result) or _NOT_YET
    answered = ready and {
        "version": ready.version,
        "at": ready.ended_at,
        "as_of": ready.question["as_of"],
    }
    return {
        "measure": asking.asked.defined.told(),
        "state": state,
        "answered": answered,
        **overview.how_told(),
        **told,
    }
