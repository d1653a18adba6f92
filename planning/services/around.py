"""What lies around a place and matters to a charging site, as `around/` tells it and as a check
reads it: the same rows, so that both judge alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
import shapely
from django.contrib.gis.db.models.functions import AsGeoJSON, AsWKB
from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import F, JSONField, OuterRef, Subquery
from django.db.models.functions import JSONObject

from geo.models import (
    Asset,
    AssetType,
    Building,
    Estate,
    ExcludedArea,
    Exit,
    Gate,
    SensitivePlace,
    Survey,
)
from geo.models.assets import SiteStatus
from geo.scope import EVERYTHING, Scope
from planning.checking import Surroundings, Thing

Box = tuple[float, float, float, float]

# Written a little finer than a wall can be measured, both sides would round apart.
DECIMALS = 12
# What `around/` is made from, by the names of WriteCount.
WRITTEN = (
    *AssetType.values,
    *("buildings", "exits", "sensitive_places", "excluded_areas", "gates", "estates", "surveys"),
)


class _Charging(Subquery):
    """The charging sites that an estate has: built, or in use."""

    output_field = JSONField()


def _charging() -> Any:
    sites = Asset.objects.current().of_type(AssetType.CHARGING_SITE)
    standing = sites.filter(estate=OuterRef("pk")).exclude(status=SiteStatus.PLANNED).order_by()
    one = JSONObject(id="pk", ports="ports", bays="bays")
    listed = standing.values("estate").annotate(all=JSONBAgg(one, order_by="pk")).values("all")
    return _Charging(listed)


@dataclass(frozen=True, slots=True)
class _Layer:
    """`properties`: name → field or expression. `estate`: the path to the row's estate."""

    rows: Any
    properties: Mapping[str, Any]
    estate: str | None = None


def _assets(type_: AssetType, *names: str) -> _Layer:
    rows = Asset.objects.current().of_type(type_)
    return _Layer(rows, {name: name for name in ("estate", "name", "code", *names)}, "estate")


def _layers(*, excluded: bool) -> dict[str, _Layer | None]:
    of_building = {"estate": "building__estate", "building": "building", "name": "name"}
    about_estate = {"name": "name", "households": "households", "ebikes": "ebikes"}
    return {
        "lanes": _assets(AssetType.LANE, "width_m"),
        "operation_areas": _assets(AssetType.OPERATION_AREA),
        "buildings": _Layer(
            Building.objects.current(), {"estate": "estate", "number": "number"}, "estate"
        ),
        "exits": _Layer(
            Exit.objects.current().filter(building__retired_at=None),
            of_building,
            "building__estate",
        ),
        "hydrants": _assets(AssetType.HYDRANT),
        "sensitive_places": _Layer(
            SensitivePlace.objects.current(), {"kind": "kind", "name": "name"}
        ),
        "vacant_spaces": _assets(AssetType.VACANT_SPACE),
        "excluded_areas": (
            _Layer(ExcludedArea.objects.current(), {"name": "name"}) if excluded else None
        ),
        "charging_sites": _assets(AssetType.CHARGING_SITE, "status", "ports", "bays"),
        "gates": _Layer(
            Gate.objects.current(),
            {"estate": "estate", "name": "name", "open_to": "open_to"},
            "estate",
        ),
        "estates": _Layer(
            Estate.objects.current(), {**about_estate, "charging": _charging()}, "pk"
        ),
    }


def told_around(box: Box, scope: Scope, *, excluded: bool) -> dict[str, Any]:
    """As GeoJSON by layer, of what is in that scope; `excluded`: with the excluded areas."""
    layers: dict[str, Any] = {}
    for name, layer in _layers(excluded=excluded).items():
        layers[name] = layer and {
            "type": "FeatureCollection",
            "features": list(_features(layer, layer.rows.visible_in(scope).in_box(*box))),
        }
    estates = [each["id"] for each in layers["estates"]["features"]]
    return {"layers": layers, "surveyed": _surveyed(estates)}


def _features(layer: _Layer, rows: Any) -> Iterable[dict[str, Any]]:
    drawn = rows.annotate(drawn=AsGeoJSON("geom", precision=DECIMALS)).order_by("pk")
    for pk, shape, *values in drawn.values_list("pk", "drawn", *_expressions(layer)):
        yield {
            "type": "Feature",
            "id": pk,
            "geometry": orjson.Fragment(shape),
            "properties": _about(layer, values),
        }


def surroundings(box: Box, estate: int | None, scope: Scope = EVERYTHING) -> Surroundings:
    """Ready to judge by; with all of the site's estate that a rule asks for, near or not."""
    layers: dict[str, list[Thing] | None] = {}
    for name, layer in _layers(excluded=True).items():
        if layer is None or name in {"vacant_spaces", "charging_sites", "gates"}:
            continue
        rows = layer.rows.visible_in(scope)
        if name == "estates":
            near = rows.filter(pk=estate)
        elif name == "exits" and estate is not None:
            near = rows.filter(pk__in=_either(rows.in_box(*box), rows, estate))
        else:
            near = rows.in_box(*box)
        layers[name] = list(_things(layer, near))
    return Surroundings(layers, _surveyed([] if estate is None else [estate]))


def _either(near: Any, rows: Any, estate: int) -> Any:
    return near.values("pk").union(rows.filter(building__estate=estate).values("pk"))


def _things(layer: _Layer, rows: Any) -> Iterable[Thing]:
    drawn = rows.annotate(drawn=AsWKB("geom")).order_by("pk")
    for pk, shape, *values in drawn.values_list("pk", "drawn", *_expressions(layer)):
        about = _about(layer, values)
        geom = shapely.Polygon() if shape is None else shapely.from_wkb(bytes(shape))
        yield Thing(pk, about.get("estate"), geom, about)


def _expressions(layer: _Layer) -> list[Any]:
    return [F(each) if isinstance(each, str) else each for each in layer.properties.values()]


def _about(layer: _Layer, values: list[Any]) -> dict[str, Any]:
    about = dict(zip(layer.properties, values, strict=True))
    if "charging" in about:
        about["charging"] = about["charging"] or []
    return about


def _surveyed(estates: Iterable[int]) -> dict[int, list[str]]:
    known: dict[int, list[str]] = {}
    rows = Survey.objects.current().filter(estate__in=list(estates)).order_by("estate", "layer")
    for estate, layer in rows.values_list("estate", "layer"):
        known.setdefault(estate, []).append(layer)
    return known
