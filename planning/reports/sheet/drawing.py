"""The map of a sheet: a site among what the register has around it, to scale, as SVG.

Drawn by ourselves, in millimetres of paper: no tiles, nothing from outside. Shapes come in metres
(`geo.measure.metric`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

import numpy as np
import shapely
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from inspections.papers.map_marks import north, scale_bar

WIDTH_MM, HEIGHT_MM = 174.0, 104.0
# One to so many; the first at which all that decides fits, with some metres around it.
SCALES = (500, 1000, 2000, 4000)
AROUND_M = 8.0
# Where a name may stand: so many times its breadth to the side, so far down.
_PLACES = (
    *((0, 0), (0, -3.2), (0, 3.2), (1, 0), (-1, 0), (1, 3.2), (-1, -3.2), (1, -3.2), (-1, 3.2)),
    *((0, -6.4), (0, 6.4)),
)
# A name is written where its shape has room for it.
_ROOM_MM = 5.0
_TEXT_MM = 2.6
_SHEET = box(1, 1, WIDTH_MM - 1, HEIGHT_MM - 1)


@dataclass(frozen=True, slots=True)
class Thing:
    """`layer` is one of `STYLES`."""

    layer: str
    shape: BaseGeometry
    label: str = ""


@dataclass(frozen=True, slots=True)
class Deciding:
    """What decided a rule, with what is written beside it. `grave`: breach, doubt or met."""

    shape: BaseGeometry
    label: str
    grave: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """`layers`: which are to be seen on it, in the order drawn."""

    svg: str
    scale: int
    layers: tuple[str, ...]


# From below to above.
STYLES: Mapping[str, str] = {
    "estate": 'fill="#fbfaf7" stroke="#8a8578" stroke-width="0.35" stroke-dasharray="2.4 0.9"',
    "vacant_space": 'fill="#eef4e4" stroke="#93a86f" stroke-width="0.2"',
    "sensitive_place": 'fill="#f3e6f5" stroke="#8e5a9c" stroke-width="0.3"',
    "operation_area": 'fill="#fdf0dc" stroke="#c98a2b" stroke-width="0.25" '
    'stroke-dasharray="1.2 0.8"',
    "road": 'fill="none" stroke="#d8d4ca" stroke-width="2.4" stroke-linecap="round"',
    "path": 'fill="none" stroke="#b9b2a2" stroke-width="0.25" stroke-dasharray="0.7 0.5"',
    "lane": 'fill="#dfe3e6" stroke="#aab3ba" stroke-width="0.15"',
    "lane_line": 'fill="none" stroke="#5f6b73" stroke-width="0.2" stroke-dasharray="3 1.2"',
    "building": 'fill="#d9cfc3" stroke="#7c6f60" stroke-width="0.3"',
    "charging_site": 'fill="#cfe3e6" stroke="#2f7d87" stroke-width="0.3"',
    "exit": 'fill="#3b3b3b" stroke="none"',
    "gate": 'fill="#ffffff" stroke="#3b3b3b" stroke-width="0.35"',
    "hydrant": 'fill="#c62828" stroke="#ffffff" stroke-width="0.25"',
    "site": 'fill="#0f6d77" fill-opacity="0.55" stroke="#0a4b52" stroke-width="0.5"',
}
_GRAVE = {"breach": "#c62828", "doubt": "#a86400", "met": "#0a4b52"}
_POINTS = {
    "exit": "M0-1.1L1 .7H-1Z",
    "hydrant": "M0-1.2A1.2 1.2 0 1 1-.01-1.2Z",
    "gate": "M-1-1H1V1H-1Z",
}


def draw(
    site: BaseGeometry,
    things: Sequence[Thing],
    deciding: Sequence[Deciding],
    *,
    font: str,
    north_deg: float = 0.0,
) -> Drawing:
    """`north_deg`: the bearing of true north on the grid, clockwise from its own north."""
    scale, window = _window(site, [each.shape for each in deciding])
    page = _Page(scale, window, font)
    by_layer: dict[str, list[Thing]] = {name: [] for name in STYLES}
    for thing in things:
        if thing.shape.intersects(window):
            by_layer[thing.layer].append(thing)
    by_layer["site"] = [Thing("site", site)]
    parts = [part for name in STYLES for part in page.layer(name, by_layer[name])]
    page.keep_free(site)
    page.taken += [box(0, HEIGHT_MM - 10, 62, HEIGHT_MM), box(WIDTH_MM - 17, 0, WIDTH_MM, 21)]
    parts += [part for each in deciding for part in page.deciding(each)]
    parts += page.names(by_layer)
    parts += [scale_bar(scale, HEIGHT_MM, font), north(WIDTH_MM, north_deg, font)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_MM}mm" height="{HEIGHT_MM}mm" '
        f'viewBox="0 0 {WIDTH_MM} {HEIGHT_MM}"><clipPath id="page">'
        f'<rect width="{WIDTH_MM}" height="{HEIGHT_MM}"/></clipPath>'
        f'<rect width="{WIDTH_MM}" height="{HEIGHT_MM}" fill="#f4f2ec"/><g clip-path="url(#page)">'
    )
    frame = (
        f'</g><rect x="0.15" y="0.15" width="{WIDTH_MM - 0.3}" height="{HEIGHT_MM - 0.3}" '
        'fill="none" stroke="#3b3b3b" stroke-width="0.3"/></svg>'
    )
    seen = tuple(name for name in STYLES if by_layer[name])
    return Drawing("".join([head, *parts, frame]), scale, seen)


def _window(site: BaseGeometry, others: Iterable[BaseGeometry]) -> tuple[int, Polygon]:
    """The middle of the sheet is the site's, unless what decides lies far to one side."""
    west, south, east, north = shapely.union_all([site, *others]).bounds
    for scale in SCALES:
        wide, high = WIDTH_MM * scale / 1000, HEIGHT_MM * scale / 1000
        if east - west + 2 * AROUND_M <= wide and north - south + 2 * AROUND_M <= high:
            break
    x = min(max(site.centroid.x, east + AROUND_M - wide / 2), west - AROUND_M + wide / 2)
    y = min(max(site.centroid.y, north + AROUND_M - high / 2), south - AROUND_M + high / 2)
    return scale, box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


@dataclass(slots=True)
class _Page:
    scale: int
    window: Polygon
    font: str
    taken: list[BaseGeometry] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Metres to millimetres of the sheet, down from its upper left corner."""
        west, _, _, north = self.window.bounds
        return (x - west) * 1000 / self.scale, (north - y) * 1000 / self.scale

    def cut(self, shape: BaseGeometry) -> BaseGeometry:
        west, south, east, north = self.window.buffer(2).bounds
        return shapely.clip_by_rect(shape, west, south, east, north)

    def layer(self, name: str, things: Sequence[Thing]) -> Iterator[str]:
        style = STYLES[name]
        for thing in things:
            if thing.shape.geom_type == "Point":
                x, y = self.at(thing.shape.x, thing.shape.y)
                path = _POINTS.get(name, _POINTS["gate"])
                yield f'<path d="{path}" transform="translate({x:.2f} {y:.2f})" {style}/>'
            else:
                yield f'<path d="{self.path(self.cut(thing.shape))}" {style}/>'

    def path(self, shape: BaseGeometry) -> str:
        drawn = []
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                drawn += [self.line(ring) + "Z" for ring in (part.exterior, *part.interiors)]
            elif part.geom_type in ("LineString", "LinearRing"):
                drawn.append(self.line(part))
        return "".join(drawn)

    def line(self, line: BaseGeometry) -> str:
        points = (self.at(x, y) for x, y in shapely.get_coordinates(line))
        return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)

    def keep_free(self, shape: BaseGeometry) -> None:
        """Nothing is written across it."""
        points = shapely.transform(shape, lambda at: np.array([self.at(*each) for each in at]))
        self.taken.append(points)

    def deciding(self, each: Deciding) -> Iterator[str]:
        colour = _GRAVE[each.grave]
        width = 0.5 if each.grave == "breach" else 0.3
        shape = self.cut(each.shape)
        filled = f'fill="{colour}" fill-opacity="0.25"' if shape.area else 'fill="none"'
        yield (
            f'<path d="{self.path(shape)}" {filled} stroke="{colour}" stroke-width="{width}" '
            'stroke-linecap="round"/>'
        )
        if shape.geom_type == "LineString" and len(shape.coords) == 2:
            for x, y in shape.coords:
                px, py = self.at(x, y)
                yield f'<circle cx="{px:.2f}" cy="{py:.2f}" r="0.55" fill="{colour}"/>'
        middle = (
            shape.interpolate(0.5, normalized=True)
            if shape.length and not shape.area
            else (shape.representative_point())
        )
        if not middle.is_empty:
            yield from self.text(each.label, middle, colour=colour, bold=True, aside=True)

    def names(self, by_layer: Mapping[str, Sequence[Thing]]) -> Iterator[str]:
        for things in by_layer.values():
            for thing in things:
                if not thing.label:
                    continue
                shape = shapely.intersection(self.window.buffer(-2), thing.shape)
                if shape.is_empty:
                    continue
                if shape.area and shape.area**0.5 * 1000 / self.scale < _ROOM_MM:
                    continue
                place = (
                    shape.interpolate(0.5, normalized=True)
                    if shape.geom_type == "LineString"
                    else shape.representative_point()
                )
                yield from self.text(thing.label, place, aside=thing.shape.geom_type == "Point")

    def text(
        self,
        text: str,
        place: Point,
        *,
        colour: str = "#2b2b2b",
        bold: bool = False,
        aside: bool = False,
    ) -> Iterator[str]:
        """Where nothing is written yet, or nearby; left out where there is no room at all."""
        x, y = self.at(place.x, place.y)
        half = sum(1.0 if ord(each) > 0x2E7F else 0.56 for each in text) * _TEXT_MM / 2
        # Beside a point, not on it.
        beside = half + 1.8 if aside else 0.0
        for dx, dy in _PLACES:
            at = (x + dx * (half + 2) + (beside if not dx else 0.0), y + dy)
            room = box(at[0] - half - 0.4, at[1] - 1.6, at[0] + half + 0.4, at[1] + 1.6)
            if _SHEET.contains(room) and not any(room.intersects(each) for each in self.taken):
                self.taken.append(room)
                weight = ' font-weight="bold"' if bold else ""
                common = (
                    f'x="{at[0]:.2f}" y="{at[1] + 0.95:.2f}" font-family="{escape(self.font)}" '
                    f'font-size="{_TEXT_MM}" text-anchor="middle"{weight}'
                )
                yield (
                    f'<text {common} fill="none" stroke="#ffffff" stroke-width="0.7" '
                    f'stroke-linejoin="round">{escape(text)}</text>'
                    f'<text {common} fill="{colour}">{escape(text)}</text>'
                )
                return


def swatch(layer: str) -> str:
    """A layer's entry in the legend."""
    style, shape = STYLES[layer], '<path d="M0.5 0.6H5.5V3.4H0.5Z" {}/>'
    if layer in _POINTS:
        shape = f'<path d="{_POINTS[layer]}" transform="translate(3 2)" {{}}/>'
    elif 'fill="none"' in style:
        shape = '<path d="M0.3 2H5.7" {}/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="6mm" height="4mm" viewBox="0 0 6 4">'
        f"{shape.format(style)}</svg>"
    )
