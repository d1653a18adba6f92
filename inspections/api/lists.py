"""GeoJSON as the database has it: one query for a page, its shapes written by PostGIS."""

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, ClassVar, NamedTuple

import orjson
from django.db.models import F, Func, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse
from rest_framework.fields import DateTimeField, UUIDField
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api import layers
from inspections.api.filters import MOST_PAGE_SIZE, Told
from inspections.api.layers import GEOJSON, Layer
from inspections.api.schema import ListSchema, OneSchema
from people.api.authentication import person

PAGING = ("page", "page_size")
_MOST_PAGE = 10**9


class FeatureList(APIView):
    layer: ClassVar[Layer]
    schema = ListSchema()

    def get(self, request: Request) -> HttpResponse:
        user, told = person(request), Told(request.query_params)
        rows = self.layer.current(self.layer.rows(user), told, user)
        rows = self.layer.narrowed(rows, told)
        box, page = told.box(), page_told(told, self.layer)
        told.nothing_else({each.name for each in self.layer.filters} | {"in_bbox", *PAGING})
        told.check()
        if box:
            rows = rows.in_box(*box, shape=self.layer.shape)
        count = partial(self.layer.count, rows, told, user)
        return _json(collection(request, self.layer, rows, told, page, count))


class Page(NamedTuple):
    number: int
    size: int


def page_told(told: Told, layer: Layer) -> Page:
    return Page(
        told.number("page", 1, _MOST_PAGE),
        told.number("page_size", layer.page_size, MOST_PAGE_SIZE),
    )


def collection(
    request: Request, layer: Layer, rows: Any, told: Told, page: Page, count: Callable[[], int]
) -> dict[str, Any]:
    """A page of rows as GeoJSON; `count` is asked where the page doesn't tell it by itself."""
    number, size = page
    begin = (number - 1) * size
    # One more than asked for tells whether there is another page.
    found = _features(layer, rows, told, begin, begin + size + 1)
    more = len(found) > size
    unsure = more or (begin > 0 and not found)
    return {
        "type": "FeatureCollection",
        "count": count() if unsure else begin + len(found),
        "next": _next(request, number + 1) if more else None,
        "features": found[:size],
    }


class FeatureOne(APIView):
    layer: ClassVar[Layer]
    schema = OneSchema()

    def get(self, request: Request, id: object) -> HttpResponse:
        user, told = person(request), Told(request.query_params)
        rows = self.layer.current(self.layer.rows(user), told, user)
        told.nothing_else({each.name for each in self.layer.filters} & {"retired", "with"})
        told.check()
        features = _features(self.layer, rows.filter(pk=id), told, 0, 1)
        if not features:
            raise Http404
        return _json(features[0])


def _features(layer: Layer, rows: Any, told: Told, begin: int, end: int) -> list[dict[str, Any]]:
    return features(layer, rows.order_by(*layer.order)[begin:end], told)


def features(layer: Layer, rows: Any, told: Told) -> list[dict[str, Any]]:
    """Rows of a layer as orjson writes them; shapes are already text."""
    return features_of(layer, as_read(layer, rows), told)


def as_read(layer: Layer, rows: Any) -> Any:
    """Rows as tuples, as `features_of` takes them."""
    return rows.values_list(layer.drawn(), *_columns(layer).values())


def features_of(layer: Layer, rows: Iterable[tuple[Any, ...]], told: Told) -> list[dict[str, Any]]:
    columns = _columns(layer)
    shapes, page = [], []
    for geometry, *values in rows:
        shapes.append(orjson.Fragment(geometry) if geometry else None)
        page.append(dict(zip(columns, values, strict=True)))
    layer.complete(page, told)
    return [
        {"type": "Feature", "id": each["id"], "geometry": geometry, "properties": each}
        for geometry, each in zip(shapes, page, strict=True)
    ]


class _InstantTold(Func):
    """2024-11-30T01:30:00Z, by the database: each one read and written again is dear."""

    template = "replace(to_json(%(expressions)s) #>> '{}', '+00:00', 'Z')"
    output_field = TextField()


@cache
def _columns(layer: Layer) -> dict[str, Any]:
    """By property, where it stands and how it is read."""
    columns: dict[str, Any] = {}
    for name, field in layer.properties().fields.items():
        source = field.source or name
        if isinstance(field, DateTimeField):
            columns[name] = _InstantTold(source)
        elif isinstance(field, UUIDField):
            columns[name] = Cast(source, TextField())
        elif source != "*":
            columns[name] = F(source)
    return columns | {name: F(source) for name, source in layer.also.items()}


def _next(request: Request, page: int) -> str:
    query = request.query_params.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _json(told: dict[str, Any]) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(told, option=orjson.OPT_UTC_Z),
        content_type=GEOJSON,
    )


class Communities(FeatureList):
    layer = layers.Communities()


class Community(FeatureOne):
    layer = Communities.layer


class Estates(FeatureList):
    layer = layers.Estates()


class Estate(FeatureOne):
    layer = Estates.layer


class Assets(FeatureList):
    layer = layers.Assets()


class Asset(FeatureOne):
    layer = Assets.layer


class Findings(FeatureList):
    layer = layers.Findings()


class Finding(FeatureOne):
    layer = Findings.layer
