"""A measure through time, for the slider: all its steps in one answer."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import overview
from inspections.api.overview.asking import FILTERS, AnswerOutput, MeasureOutput, question
from inspections.api.schema import problems
from people.api.remembered import Remembered

STEP = OpenApiParameter("step", str, enum=list(overview.STEPS), description=_t("week if not said"))
MODE = OpenApiParameter(
    "mode", str, enum=list(overview.MODES), description=_t("window if not said")
)


class FrameStepOutput(Serializer[Any]):
    key = fields.CharField(help_text="2024-11-30, 2024-W48, 2024-11")
    since = fields.DateField()
    until = fields.DateField()


def _grid(child: Any, **told: Any) -> fields.ListField:
    return fields.ListField(child=fields.ListField(child=child), **told)


class FramesOutput(AnswerOutput):
    measure = MeasureOutput()
    step = fields.ChoiceField(choices=overview.STEPS)
    mode = fields.ChoiceField(choices=overview.MODES)
    steps = FrameStepOutput(many=True)
    estates = fields.ListField(
        child=fields.IntegerField(), help_text=_t("the columns of each grid")
    )
    n = _grid(fields.IntegerField(), help_text=_t("by step, and in it by estate"))
    of = _grid(fields.IntegerField(), allow_null=True, help_text=_t("what it is a rate of"))
    looked = _grid(fields.BooleanField())


class Frames(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="overview_frames_get",
        tags=["overview"],
        parameters=[*FILTERS, STEP, MODE],
        responses={200: FramesOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """At most 400 steps; within one's scope, with an ETag. Without `since`, from the first
        inspection on."""
        asking = question(request, "step", "mode")
        step = asking.told.one_of("step", overview.STEPS) or "week"
        mode = asking.told.one_of("mode", overview.MODES) or "window"
        made = partial(overview.frames, asking.scope, asking.asked, step, mode)
        return asking.answer(request, "frames", made, step, mode)
