"""How the API describes itself (OpenAPI), beside what drf-spectacular finds out."""

from functools import cache
from typing import Any
from uuid import UUID

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema_field,
    inline_serializer,
)
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from inspections.api.filters import MOST_PAGE_SIZE
from inspections.api.layers import GEOJSON, Layer
from inspections.api.serializers import Problem

PROBLEMS = {
    400: "Something sent can't be read or is wrong; `details` names each part of it.",
    401: "Not signed in.",
    403: "In scope, but not for this person; or the CSRF token is out of date (`csrf_stale`).",
    404: "Not there, or out of scope.",
    405: "Not with this method.",
    409: "Known with other content, or what it corrects has not arrived. Both are kept.",
    411: "Sent without its length. Nothing was stored.",
    410: "It waited too long and was forgotten, or was removed when its period was over.",
    412: "Another version of the protocol than 1.0.0.",
    413: "Larger than allowed.",
    415: "Not of the type that is taken here.",
    422: "The place lies in an excluded area; or a file is no photo, damaged, or too large to see.",
    423: "Another request is writing there.",
    429: "Too many were begun and not finished.",
    460: "What arrived is not what was sent.",
    503: "What it is made with is not there: see `code`.",
    507: "The server's disk is full.",
}

Responses = dict[Any, Any]


def problems(*codes: int) -> Responses:
    return {code: OpenApiResponse(Problem, PROBLEMS[code]) for code in codes}


@extend_schema_field({"type": "string", "enum": ["Feature"]})
class _Feature(fields.CharField):
    pass


@extend_schema_field({"type": "string", "enum": ["FeatureCollection"]})
class _FeatureCollection(fields.CharField):
    pass


@extend_schema_field(
    {
        "type": "object",
        "description": "GeoJSON geometry: longitude, latitude in WGS-84",
        "properties": {"type": {"type": "string"}, "coordinates": {"type": "array", "items": {}}},
        "required": ["type", "coordinates"],
    }
)
class _Geometry(fields.JSONField):
    pass


class Schema(AutoSchema):
    """Every operation asks who one is, by token or session, and may find nobody signed in."""

    def get_auth(self) -> list[dict[str, list[str]]]:
        # Described in the settings: tiles and figures ask the same in a way of their own.
        return [{"token": []}, {"session": []}]

    def _is_list_view(self, serializer: Any = None) -> bool:
        # A collection is an object here, never a bare array.
        return False

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        told: dict[str, Any] = super()._get_response_bodies(direction)
        if "401" not in told:
            told["401"] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                problems(401)[401], "401"
            )
        return told

    @property
    def layer(self) -> Layer:
        layer: Layer = self.view.layer  # type: ignore[attr-defined]
        return layer


class OneSchema(Schema):
    def get_summary(self) -> str | None:
        return f"One {self.layer.one}, as GeoJSON" if self.method == "GET" else None

    def get_operation_id(self) -> str:
        return f"{self.layer.one}_get"

    def get_tags(self) -> list[str]:
        return [self.layer.name]

    def get_response_serializers(self) -> Any:
        feature = feature_of(self.layer)
        return {(200, GEOJSON): feature, **problems(400, 401, 403, 404)}


class ListSchema(Schema):
    def get_summary(self) -> str | None:
        return f"A page of the {self.layer.name}, as GeoJSON" if self.method == "GET" else None

    def get_operation_id(self) -> str:
        return f"{self.layer.name}_list"

    def get_tags(self) -> list[str]:
        return [self.layer.name]

    def get_override_parameters(self) -> Any:
        box = "west,south,east,north in degrees of WGS-84: what meets this box"
        return [
            *self.layer.filters,
            OpenApiParameter("in_bbox", str, description=box),
            OpenApiParameter("page", int, description="from 1"),
            OpenApiParameter(
                "page_size",
                int,
                description=f"at most {MOST_PAGE_SIZE}",
                default=self.layer.page_size,
            ),
        ]

    def get_response_serializers(self) -> Any:
        return {(200, GEOJSON): _list_of(self.layer), **problems(400, 401, 403)}


@cache
def feature_of(layer: Layer) -> Serializer[Any]:
    id = fields.UUIDField() if layer.id_type is UUID else fields.IntegerField()
    parts: dict[str, Any] = {
        "type": _Feature(),
        "id": id,
        "geometry": _Geometry(allow_null=True),
        "properties": layer.properties(),
    }
    return inline_serializer(f"{layer.one.capitalize()}Feature", parts)


@cache
def _list_of(layer: Layer) -> Serializer[Any]:
    parts: dict[str, Any] = {
        "type": _FeatureCollection(),
        "count": fields.IntegerField(help_text="of all pages"),
        "next": fields.URLField(allow_null=True, help_text="the next page"),
        "features": fields.ListField(child=feature_of(layer)),
    }
    return inline_serializer(f"{layer.one.capitalize()}Features", parts)
