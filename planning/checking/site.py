"""What is judged: a footprint with its attributes, among what lies around it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.measure import points_m

# Layers that are looked at; what is known of a layer is said of each estate.
LAYERS = (
    "lanes",
    "operation_areas",
    "buildings",
    "exits",
    "hydrants",
    "sensitive_places",
    "excluded_areas",
    "estates",
)


@dataclass(frozen=True, slots=True)
class Site:
    """`geom` in WGS-84. An attribute that is None was not told.

    `site`: the register's asset that was made from this, so that it is not counted beside itself.
    `voted`: whether the owners' vote that is on record reached what the law asks; None without a
    vote.
    """

    geom: BaseGeometry
    estate: int | None = None
    site: int | None = None
    ports: int | None = None
    bays: int | None = None
    canopy: str | None = None
    partitions: bool | None = None
    cctv: bool | None = None
    level: str | None = None
    place: str | None = None
    bay_length_m: float | None = None
    bay_width_m: float | None = None
    group_bays: int | None = None
    group_length_m: float | None = None
    entrances: int | None = None
    commercial: bool | None = None
    voted: bool | None = None


_ATTRIBUTES = tuple(Site.__dataclass_fields__.keys() - {"geom"})


def site_of(told: Mapping[str, Any]) -> Site:
    """From JSON: `geom` as GeoJSON, the attributes beside it; whatever else is told is passed
    over."""
    return Site(
        geom=shapely.from_geojson(json.dumps(told["geom"])),
        # What is not told is null, or empty where a word stands.
        **{name: None if told.get(name) == "" else told.get(name) for name in _ATTRIBUTES},
    )


@dataclass(frozen=True, slots=True)
class Thing:
    """A row of a layer; `geom` in WGS-84. `about` are its properties that rules read."""

    id: int
    estate: int | None
    geom: BaseGeometry
    about: Mapping[str, Any] = field(default_factory=dict)


class Layer:
    """The rows of one layer in metres, found by place."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = sorted(things, key=lambda one: one.id)
        shapes = np.array([one.geom for one in self.things], dtype=object)
        # All at once: one call into PROJ.
        self.shapes: NDArray[Any] = shapely.transform(shapes, points_m) if len(shapes) else shapes
        self.tree = shapely.STRtree(self.shapes)

    def within(self, shape: BaseGeometry, metres: float) -> list[int]:
        """Which are nearer than so many metres or just as near, by their ids."""
        return sorted(self.tree.query(shape, predicate="dwithin", distance=metres).tolist())

    def of(self, estate: int | None) -> list[int]:
        return [n for n, one in enumerate(self.things) if one.estate == estate]


class Surroundings:
    """What lies around, ready for many sites. A layer that is None is not told to whoever asks."""

    def __init__(
        self,
        layers: Mapping[str, Sequence[Thing] | None],
        surveyed: Mapping[int, Iterable[str]],
    ) -> None:
        self.layers: dict[str, Layer | None] = {}
        for name in LAYERS:
            things = layers.get(name)
            self.layers[name] = None if things is None else Layer(things)
        self.surveyed = {estate: frozenset(names) for estate, names in surveyed.items()}

    def layer(self, name: str) -> Layer:
        return self.layers[name] or _EMPTY

    def knows(self, name: str, site: Site, shape: BaseGeometry, metres: float) -> bool:
        """Was this layer drawn where the site lies? A survey of its estate says so, or else a row
        of that estate within reach. In the open street any row does, for want of an estate."""
        layer = self.layers[name]
        if layer is None:
            return False
        if site.estate is not None and name in self.surveyed.get(site.estate, ()):
            return True
        near = layer.within(shape, metres)
        return any(site.estate is None or layer.things[n].estate == site.estate for n in near)


_EMPTY = Layer(())


def surroundings_of(around: Mapping[str, Any]) -> Surroundings:
    """From what `GET around/` tells."""
    layers = {
        name: None if told is None else [_thing(one) for one in told["features"]]
        for name, told in around["layers"].items()
        if name in LAYERS
    }
    surveyed = {int(estate): names for estate, names in around["surveyed"].items()}
    return Surroundings(layers, surveyed)


def _thing(told: Mapping[str, Any]) -> Thing:
    about = told["properties"]
    shape = told["geometry"]
    geom = shapely.Polygon() if shape is None else shapely.from_geojson(json.dumps(shape))
    return Thing(told["id"], about.get("estate"), geom, about)
