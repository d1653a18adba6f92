"""What each rule measures of a site, in metres on the projection of `geo.measure`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from planning.checking.lanes import Narrowest, narrowest
from planning.checking.rounding import rounded
from planning.checking.rule import Measure, Rule
from planning.checking.site import Layer, Site, Surroundings

# How far is looked for what may be near; farther where a rule asks for more.
REACH_M = 100.0
# No lane is twice as wide: one whose width is not known may reach so far from its line.
LANE_HALF_M = 10.0
# As a buffer draws a quarter of a circle, on both sides alike.
QUARTER = 8

_INDOORS = ("b1", "b2", "roof")


@dataclass(frozen=True, slots=True)
class Found:
    """`value` as measured, None where nothing was met. `decides`: in metres. `missing`: the layer
    that is not known to be drawn, so that nothing is fine by it. `crossed`: a breach that has no
    number."""

    value: float | bool | str | None
    decides: BaseGeometry | None = None
    nothing: str | None = None
    missing: str | None = None
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class CantTell:
    why: str


@dataclass(frozen=True, slots=True)
class NotApplicable:
    why: str


Measured = Found | CantTell | NotApplicable


@dataclass(frozen=True, slots=True)
class Case:
    """One site among its surroundings; `shape` in metres."""

    site: Site
    shape: BaseGeometry
    around: Surroundings
    valid: bool


def measured(rule: Rule, case: Case) -> Measured:
    return _MEASURES[rule.measure](rule, case)


def reach_m(rules: Iterable[Rule]) -> float:
    """From how far around a site its surroundings must be told, for these rules to be judged."""
    return max((_reach(rule) for rule in rules if rule.unit == "m"), default=REACH_M)


def _on_ground(case: Case) -> bool:
    """Also where no level is told: rather asked once too often."""
    return case.site.level not in _INDOORS


def _reach(rule: Rule) -> float:
    return max(REACH_M, rule.limit or 0.0)


def _missing(rule: Rule, case: Case, layer: str) -> str | None:
    return None if case.around.knows(layer, case.site, case.shape, _reach(rule)) else layer


def _overlap(case: Case, shapes: Iterable[BaseGeometry]) -> tuple[float, BaseGeometry | None]:
    """With that of them which takes most."""
    best, part = 0.0, None
    for shape in shapes:
        common = case.shape.intersection(shape if shape.is_valid else shape.buffer(0))
        if common.area > best:
            best, part = float(common.area), common
    return best, part


def _met(case: Case, layer: Layer) -> list[BaseGeometry]:
    return [layer.shapes[n] for n in layer.within(case.shape, 0.0)]


def _excluded(rule: Rule, case: Case) -> Measured:
    if case.around.layers["excluded_areas"] is None:
        return CantTell("excluded_areas")
    if not case.valid:
        return CantTell("crossing")
    return Found(*_overlap(case, _met(case, case.around.layer("excluded_areas"))))


def _operation_areas(rule: Rule, case: Case) -> Measured:
    if not _on_ground(case):
        return NotApplicable("level")
    if not case.valid:
        return CantTell("crossing")
    value, part = _overlap(case, _met(case, case.around.layer("operation_areas")))
    return Found(value, part, missing=_missing(rule, case, "operation_areas"))


def _lanes(case: Case) -> tuple[list[tuple[BaseGeometry, float]], list[BaseGeometry]]:
    """Those near with their widths, and those near of which none is known."""
    layer = case.around.layer("lanes")
    wide, unknown = [], []
    for n in layer.within(case.shape, LANE_HALF_M * 2):
        line, width = layer.shapes[n], layer.things[n].about.get("width_m")
        if width:
            wide.append((line, float(width)))
        elif line.distance(case.shape) < LANE_HALF_M:
            unknown.append(line)
    return wide, unknown


def _lane_overlap(rule: Rule, case: Case) -> Measured:
    if not _on_ground(case):
        return NotApplicable("level")
    if not case.valid:
        return CantTell("crossing")
    wide, unknown = _lanes(case)
    near = [(line, width) for line, width in wide if line.distance(case.shape) < width / 2]
    value, part = _overlap(case, (_band(line, width) for line, width in near))
    if rounded(value) > 0:
        return Found(value, part)
    for line in unknown:
        common = line.intersection(case.shape)
        if rounded(common.length) > 0:
            return Found(None, common, crossed=True)
    if unknown:
        return CantTell("lane_width")
    return Found(value, part, missing=_missing(rule, case, "lanes"))


def _band(line: BaseGeometry, width: float) -> BaseGeometry:
    return line.buffer(width / 2, quad_segs=QUARTER, cap_style="flat")


def _lane_clear(rule: Rule, case: Case) -> Measured:
    if not _on_ground(case):
        return NotApplicable("level")
    if not case.valid:
        return CantTell("crossing")
    wide, unknown = _lanes(case)
    rings = [list(ring.coords) for ring in (case.shape.exterior, *case.shape.interiors)]
    best: Narrowest | None = None
    for line, width in wide:
        if line.distance(case.shape) >= width:
            continue
        for part in getattr(line, "geoms", [line]):
            found = narrowest(part.coords, width, rings)
            if found and (best is None or found.width < best.width):
                best = found
    value = None if best is None else best.width
    decides = None if best is None else shapely.LineString(best.section)
    if unknown:
        breach = value is not None and rule.limit is not None and rounded(value) < rule.limit
        if not breach:
            return CantTell("lane_width")
    missing = _missing(rule, case, "lanes")
    return Found(value, decides, nothing="lanes" if value is None else None, missing=missing)


def _nearest(layer_name: str, levels: tuple[str, ...]) -> Callable[[Rule, Case], Measured]:
    """The distance to the nearest of a layer; not asked on these levels."""

    def measure(rule: Rule, case: Case) -> Measured:
        if case.site.level in levels:
            return NotApplicable("level")
        layer = case.around.layer(layer_name)
        near = [layer.shapes[n] for n in layer.within(case.shape, _reach(rule))]
        return _closest(case, near, layer_name, _missing(rule, case, layer_name))

    return measure


def _closest(case: Case, shapes: list[BaseGeometry], layer: str, missing: str | None) -> Found:
    best: float | None = None
    decides = None
    for shape in shapes:
        apart = float(case.shape.distance(shape))
        if best is None or apart < best:
            best, decides = apart, shape
    if best is None:
        return Found(None, nothing=layer, missing=missing)
    line = shapely.shortest_line(case.shape, decides)
    return Found(best, shapely.Point(line.coords[0]) if best == 0 else line, missing=missing)


def _walk_to_exit(rule: Rule, case: Case) -> Measured:
    """As the crow flies, to the nearest door of the estate's buildings."""
    if case.site.estate is None:
        return NotApplicable("street")
    layer = case.around.layer("exits")
    doors = [layer.shapes[n] for n in layer.of(case.site.estate)]
    if not doors:
        return CantTell("exits")
    return _closest(case, doors, "exits", None)


def _boundary(case: Case) -> tuple[Mapping[str, Any], BaseGeometry] | None:
    layer = case.around.layer("estates")
    for thing, shape in zip(layer.things, layer.shapes, strict=True):
        if thing.id == case.site.estate:
            return thing.about, shape
    return None


def _outside_estate(rule: Rule, case: Case) -> Measured:
    if case.site.estate is None:
        return NotApplicable("street")
    if not case.valid:
        return CantTell("crossing")
    estate = _boundary(case)
    if estate is None or estate[1].is_empty:
        return CantTell("boundary")
    boundary = estate[1] if estate[1].is_valid else estate[1].buffer(0)
    outside = case.shape.difference(boundary)
    return Found(float(outside.area), outside if outside.area > 0 else None)


def _told(name: str) -> Callable[[Rule, Case], Measured]:
    """What the proposal says itself."""

    def measure(rule: Rule, case: Case) -> Measured:
        value = getattr(case.site, name)
        return CantTell("not_told") if value is None else Found(value)

    return measure


def _group_bays(rule: Rule, case: Case) -> Measured:
    """A single group where none are told apart."""
    site = case.site
    value = site.bays if site.group_bays is None else site.group_bays
    return CantTell("not_told") if value is None else Found(value)


def _group_length(rule: Rule, case: Case) -> Measured:
    """As told; else as long as its bays side by side."""
    site = case.site
    if site.group_length_m is not None:
        return Found(site.group_length_m)
    bays = site.bays if site.group_bays is None else site.group_bays
    if bays is None or site.bay_width_m is None:
        return CantTell("not_told")
    return Found(bays * site.bay_width_m)


def _partitions(rule: Rule, case: Case) -> Measured:
    site = case.site
    if site.bays is not None and (site.group_bays is None or site.bays <= site.group_bays):
        return NotApplicable("one_group")
    return CantTell("not_told") if site.partitions is None else Found(site.partitions)


def _cctv(value: float | None, rule: Rule, case: Case) -> Measured:
    """Only what is larger or has more must be watched."""
    if value is None:
        return CantTell("not_told")
    if rule.limit is None or rounded(value) <= rule.limit:
        return Found(value)
    if case.site.cctv is None:
        return CantTell("not_told")
    return Found(value)


def _cctv_by_area(rule: Rule, case: Case) -> Measured:
    if not case.valid:
        return CantTell("crossing")
    return _cctv(float(case.shape.area), rule, case)


def _cctv_by_bays(rule: Rule, case: Case) -> Measured:
    return _cctv(case.site.bays, rule, case)


def _per_ebike(name: str) -> Callable[[Rule, Case], Measured]:
    """With what the estate's charging sites have already; planned ones do not count."""

    def measure(rule: Rule, case: Case) -> Measured:
        site = case.site
        if site.estate is None:
            return NotApplicable("street")
        own = getattr(site, name)
        if own is None:
            return CantTell("not_told")
        estate = _boundary(case)
        if estate is None or not estate[0].get("ebikes"):
            return CantTell("ebikes")
        about = estate[0]
        others = [one[name] for one in about["charging"] if one["id"] != site.site]
        value = (own + sum(one or 0 for one in others)) / about["ebikes"]
        enough = rule.limit is not None and rounded(value) >= rule.limit
        if None in others and not enough:
            return CantTell("counts")
        return Found(value)

    return measure


def _owners_vote(rule: Rule, case: Case) -> Measured:
    if case.site.estate is None:
        return NotApplicable("street")
    if case.site.commercial is None:
        return CantTell("not_told")
    return Found(bool(case.site.voted)) if case.site.commercial else NotApplicable("no_business")


def _gas_and_power(rule: Rule, case: Case) -> Measured:
    return CantTell("ask")


_MEASURES: Mapping[Measure, Callable[[Rule, Case], Measured]] = {
    Measure.EXCLUDED_OVERLAP_M2: _excluded,
    Measure.LANE_OVERLAP_M2: _lane_overlap,
    Measure.LANE_CLEAR_M: _lane_clear,
    Measure.OPERATION_AREA_OVERLAP_M2: _operation_areas,
    Measure.WALL_M: _nearest("buildings", ("ground_indoor", *_INDOORS)),
    Measure.EXIT_M: _nearest("exits", _INDOORS),
    Measure.HYDRANT_M: _nearest("hydrants", _INDOORS),
    Measure.SENSITIVE_M: _nearest("sensitive_places", ()),
    Measure.WALK_TO_EXIT_M: _walk_to_exit,
    Measure.OUTSIDE_ESTATE_M2: _outside_estate,
    Measure.GROUP_BAYS: _group_bays,
    Measure.GROUP_LENGTH_M: _group_length,
    Measure.PARTITIONS: _partitions,
    Measure.BAY_LENGTH_M: _told("bay_length_m"),
    Measure.BAY_WIDTH_M: _told("bay_width_m"),
    Measure.CCTV_BY_AREA_M2: _cctv_by_area,
    Measure.CCTV_BY_BAYS: _cctv_by_bays,
    Measure.PLACE: _told("place"),
    Measure.LEVEL: _told("level"),
    Measure.CANOPY: _told("canopy"),
    Measure.ENTRANCES: _told("entrances"),
    Measure.PORTS_PER_EBIKE: _per_ebike("ports"),
    Measure.BAYS_PER_EBIKE: _per_ebike("bays"),
    Measure.OWNERS_VOTE: _owners_vote,
    Measure.GAS_AND_POWER: _gas_and_power,
}
