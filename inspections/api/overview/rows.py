"""The rows behind a number of the leaders' map."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api.cases.layer import CASES
from inspections.api.filters import Told
from inspections.api.layers import Layer
from inspections.api.lists import PAGING, Estates, Findings, collection, page_told
from inspections.api.overview.asking import FILTERS, AnswerOutput, Question, question
from inspections.api.recording import Inspections
from inspections.api.schema import feature_of, problems
from inspections.overview import rows
from people.api.remembered import Remembered

LAYERS: Mapping[str, Layer] = {
    "findings": Findings.layer,
    "cases": CASES,
    "inspections": Inspections.layer,
    "estates": Estates.layer,
}
MORE = (
    OpenApiParameter(
        "of", bool, description=_t("what a rate is of: inspections, or estates with households")
    ),
    OpenApiParameter(
        "holds",
        bool,
        description=_t("of `repeat`: those found again, or with 0 the others of the period"),
    ),
    OpenApiParameter(
        "hexagon", str, description=_t("by its key: 12:-3; none for what is in no hexagon")
    ),
    OpenApiParameter(
        "no_company", bool, description=_t("with 1, where no company manages the estate")
    ),
)
PAGES = (
    OpenApiParameter("page", int, description="from 1"),
    OpenApiParameter("page_size", int, default=Findings.layer.page_size),
)
_HEXAGON = re.compile(r"(-?\d{1,7}):(-?\d{1,7})")


class RowsOutput(AnswerOutput):
    type = fields.ChoiceField(choices=["FeatureCollection"])
    what = fields.ChoiceField(choices=rows.BEHIND, help_text=_t("as their own list tells them"))
    count = fields.IntegerField(help_text=_t("of all pages: the number that was asked for"))
    next = fields.URLField(allow_null=True)
    features = fields.ListField(
        child=PolymorphicProxySerializer(
            component_name="RowBehind",
            serializers=[feature_of(each) for each in LAYERS.values()],
            resource_type_field_name=None,
        )
    )


class Rows(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="overview_rows_get",
        tags=["overview"],
        parameters=[*FILTERS, *MORE, *PAGES],
        responses={200: RowsOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Exactly what a number with the same filter counts, the newest first: findings, or cases
        of what is overdue; a page at a time, within one's scope, with an ETag."""
        asking = question(request, *(each.name for each in MORE), *PAGING)
        told, page = asking.told, page_told(asking.told, Findings.layer)
        find = _asked(asking)

        def made() -> dict[str, Any]:
            what, found, how_many = find()
            layer = LAYERS[what]
            found = layer.as_told(found, asking.user)
            return {"what": what, **collection(request, layer, found, told, page, how_many)}

        return asking.answer(request, "rows", made, request.build_absolute_uri())


def _asked(asking: Question) -> Callable[[], rows.Behind]:
    """What can't be read is told by `told.check()`."""
    scope, asked, told = asking.scope, asking.asked, asking.told
    of, holds = told.yes_or_no("of"), told.yes_or_no("holds")
    if of and not asked.defined.per:
        told.wrong["of"] = _("Only of a rate.")
    if holds is not None and asked.measure != "repeat":
        told.wrong["holds"] = _("Only of what is found again.")
    hexagon, no_company = _hexagon(told), told.yes_or_no("no_company")

    def find() -> rows.Behind:
        which = rows.divided_by if of else rows.others if holds is False else rows.behind
        behind = which(scope, asked)
        behind = rows.of_nobody(behind) if no_company else behind
        return rows.in_hexagon(scope, asked, behind, hexagon[0]) if hexagon else behind

    return find


def _hexagon(told: Told) -> tuple[rows.Hexagon] | None:
    """What is asked for, and None where nothing is."""
    text = told.text("hexagon")
    if not text:
        return None
    if text == "none":
        return (None,)
    key = _HEXAGON.fullmatch(text)
    if not key:
        told.wrong["hexagon"] = _("A key such as 12:-3, or none.")
        return None
    return ((int(key[1]), int(key[2])),)
