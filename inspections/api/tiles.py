"""Vector tiles of the register, of findings and of cases, each within its reader's scope."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Field, FloatField, IntegerField, Q
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from geo.models import (
    Asset,
    AssetType,
    Building,
    Community,
    Estate,
    Gate,
    Road,
    SensitivePlace,
)
from geo.scope import Scope
from geo.tiles import Tile, encode, encode_cells, encode_points
from inspections import reports
from inspections.api import fresh, layers
from inspections.api.cases.layer import FILTERS, cases_told
from inspections.api.filters import Told, findings_told
from inspections.api.schema import problems
from inspections.models import Case, Finding
from inspections.reports.days import DayNumber, DaysShut
from people.api.authentication import person
from people.api.remembered import Remembered
from people.models import User

MVT = "application/vnd.mapbox-vector-tile"
# From this level on findings and cases are points, before it cells.
POINTS_FROM = 15
_OPEN = ExpressionWrapper(Q(closed_at=None), output_field=BooleanField())
_GOES_ON = ExpressionWrapper(Q(ended_at=None), output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Points:
    """Points that are told as cells while there are many: which are asked for in the address,
    how these are counted by cell, and by what they are told where even points are too many."""

    filters: tuple[OpenApiParameter, ...]
    asked: Callable[[Told, User], Any]
    cells: Callable[[Scope, Any, Tile], Any]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """What the tiles of one address hold.

    `properties`: name in the tile → field, or what makes an expression of this moment. `written`:
    the groups of `geo.models.WriteCount` that a tile is made from; estates are among them because
    a company sees by its estates. A map need not ask below `minzoom`, and beyond `maxzoom` it is
    told no more than there. `at_zoom` leaves out what is too small to be seen from so far.
    """

    rows: Callable[[], Any]
    properties: Mapping[str, Any]
    written: tuple[str, ...]
    minzoom: int
    maxzoom: int = 17
    points: Points | None = None
    at_zoom: Callable[[Any, int], Any] = lambda rows, _zoom: rows

    def told(self) -> dict[str, Any]:
        return {name: each() if callable(each) else each for name, each in self.properties.items()}


def _assets(type: AssetType, minzoom: int, *properties: str) -> Layer:
    return Layer(
        lambda: Asset.objects.current().of_type(type),
        {name: name for name in properties},
        (type.value, "estates"),
        minzoom,
    )


LAYERS: Mapping[str, Layer] = {
    "communities": Layer(
        lambda: Community.objects.current(),
        {name: name for name in ("name", "name_en", "provisional", "unconfirmed")},
        ("communities", "estates"),
        minzoom=8,
    ),
    "estates": Layer(
        lambda: Estate.objects.current(),
        {name: name for name in ("name", "community", "target_year", "unconfirmed")},
        ("estates",),
        minzoom=10,
    ),
    "buildings": Layer(
        lambda: Building.objects.current(),
        {name: name for name in ("number", "floors", "height_m")},
        ("buildings", "estates"),
        minzoom=14,
    ),
    "lanes": _assets(AssetType.LANE, 13, "name", "code", "width_m", "estate"),
    "lights": _assets(AssetType.LIGHT, 14, "code", "estate"),
    "charging_sites": _assets(
        AssetType.CHARGING_SITE, 12, "name", "status", "ports", "bays", "estate"
    ),
    "hydrants": _assets(AssetType.HYDRANT, 14, "code", "estate"),
    "operation_areas": _assets(AssetType.OPERATION_AREA, 14, "name", "code", "estate"),
    "vacant_spaces": _assets(AssetType.VACANT_SPACE, 13, "name", "code", "estate"),
    "roads": Layer(
        lambda: Road.objects.current(),
        {"name": "name", "rank": "rank"},
        ("roads",),
        minzoom=9,
        at_zoom=lambda rows, zoom: rows.at_zoom(zoom),
    ),
    "sensitive_places": Layer(
        lambda: SensitivePlace.objects.current(),
        {name: name for name in ("name", "kind")},
        ("sensitive_places",),
        minzoom=13,
    ),
    "gates": Layer(
        lambda: Gate.objects.current(),
        {name: name for name in ("name", "open_to", "estate")},
        ("gates", "estates"),
        minzoom=14,
    ),
    "findings": Layer(
        lambda: Finding.objects.all(),
        {
            "kind": "kind",
            "severity": "severity",
            "open": _OPEN,
            "item": "item",
            "estate": "estate",
            "case_number": "case__number",
            "case_state": "case__state",
            "overdue": partial(layers.overdue, "case__"),
            "day": partial(DayNumber, "recorded_at"),
            "closed_day": partial(DayNumber, "closed_at"),
            "shut": partial(DaysShut, "pk"),
        },
        ("findings", "estates", "cases"),
        minzoom=0,
        maxzoom=18,
        points=Points(
            layers.FOUND,
            lambda told, user: findings_told(told),
            reports.cells,
            ("kind", "severity", "open"),
        ),
    ),
    "cases": Layer(
        lambda: Case.objects.all(),
        {
            "state": "state",
            "severity": "severity",
            "open": _GOES_ON,
            "overdue": layers.overdue,
            "late": partial(layers.overdue, deadline="step_due_at"),
            "source": "source",
            "estate": "estate",
        },
        ("cases", "estates"),
        minzoom=0,
        maxzoom=18,
        points=Points(FILTERS, cases_told, reports.case_cells, ("state", "severity", "overdue")),
    ),
}
# What points are told by as cells, and of which type.
_CELL = {"n": "Number", "open": "Number", "worst": "Number", "per_ha": "Number"}

_FILTERS = tuple({each.name: each for each in (*FILTERS, *layers.FOUND)}.values())
_LAYER = OpenApiParameter("layer", str, OpenApiParameter.PATH, enum=list(LAYERS))


class TileOfLayer(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="tile_get",
        tags=["tiles"],
        parameters=[_LAYER, *_FILTERS],
        responses={(200, MVT): OpenApiTypes.BINARY, **problems(400, 401, 404)},
    )
    def get(self, request: Request, layer: str, z: int, x: int, y: int) -> HttpResponse:
        """One layer of a vector tile, with an ETag. Only findings and cases have filters, each
        those of its list."""
        shown, wanted = _asked(request, layer)
        tile, scope = Tile(z, x, y), person(request).scope
        crossing = reports.next_crossing(scope) if shown.points else None
        tag = fresh.tag_of(scope, shown.written, layer, tile, wanted, crossing)
        return fresh.answer(request, tag, MVT, partial(_encoded, layer, scope, tile, wanted))


class TileJSON(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="tilejson_get",
        tags=["tiles"],
        parameters=[_LAYER, *_FILTERS],
        responses={200: OpenApiTypes.OBJECT, **problems(400, 401, 404)},
    )
    def get(self, request: Request, layer: str) -> HttpResponse:
        """TileJSON 3.0 of a layer; its tiles have the same filters as this address."""
        shown, _ = _asked(request, layer)
        query = request.query_params.urlencode()
        host = f"{request.scheme}://{request.get_host()}"
        fields = _types(shown) | (_CELL if shown.points else {})
        reply = JsonResponse(
            {
                "tilejson": "3.0.0",
                "name": layer,
                "scheme": "xyz",
                "tiles": [
                    f"{host}/tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt" + (f"?{query}" if query else "")
                ],
                "minzoom": shown.minzoom,
                "maxzoom": shown.maxzoom,
                "vector_layers": [
                    {
                        "id": layer,
                        "minzoom": shown.minzoom,
                        "maxzoom": shown.maxzoom,
                        "fields": fields,
                    }
                ],
            }
        )
        reply["Cache-Control"] = "private, no-cache"
        patch_vary_headers(reply, ["Cookie", "Authorization"])
        return reply


def _asked(request: Request, layer: str) -> tuple[Layer, Any]:
    if layer not in LAYERS:
        raise Http404
    told, points = Told(request.query_params), LAYERS[layer].points
    wanted = points.asked(told, person(request)) if points else None
    told.nothing_else({each.name for each in points.filters} if points else ())
    told.check()
    return LAYERS[layer], wanted


def _encoded(layer: str, scope: Scope, tile: Tile, wanted: Any) -> bytes:
    shown = LAYERS[layer]
    rows = shown.rows().visible_in(scope)
    if shown.points is None:
        return encode(layer, shown.at_zoom(rows, tile.z), tile, shown.told())
    if tile.z < POINTS_FROM:
        return encode_cells(layer, shown.points.cells(scope, wanted, tile), tile)
    return encode_points(
        layer,
        rows.matching(wanted),
        tile,
        shown.told(),
        point="place",
        number="number",
        classes=shown.points.classes,
    )


def _types(layer: Layer) -> dict[str, str]:
    """Property → its type, in the words of TileJSON."""
    columns = layer.rows().model
    return {
        name: _type(_column(columns, source) if isinstance(source, str) else source.output_field)
        for name, source in layer.told().items()
    }


def _column(model: Any, path: str) -> Any:
    """`case__state`: of the model that `case` leads to."""
    first, _, rest = path.partition("__")
    column = model._meta.get_field(first)
    return _column(column.related_model, rest) if rest else column


def _type(column: "Field[Any, Any]") -> str:
    if isinstance(column, BooleanField):
        return "Boolean"
    number = column.is_relation or isinstance(column, IntegerField | FloatField)
    return "Number" if number else "String"
