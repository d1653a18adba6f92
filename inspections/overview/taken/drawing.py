"""The map of the page on paper, to scale, as SVG: estates filled by a measure.

Drawn by ourselves, in millimetres of paper: no tiles, nothing from outside.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

import shapely
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geo.measure import metric, north_deg
from inspections.overview.taken.ground import Ground
from inspections.papers.map_marks import north, scale_bar

WIDTH_MM, HEIGHT_MM = 174.0, 120.0
# One to so many; the first at which all of it fits.
SCALES = (
    *(1000, 2000, 3000, 4000, 5000, 6000, 8000, 10_000, 12_000, 15_000, 20_000, 25_000, 30_000),
    *(40_000, 50_000, 60_000, 75_000, 100_000),
)
_EDGE_MM = 4.0
_TEXT_MM = 2.6
_ROADS = {1: ("#e8d9ae", 0.9), 2: ("#e3ddc9", 0.6), 3: ("#dddfda", 0.3)}


@dataclass(frozen=True, slots=True)
class Drawing:
    svg: str
    scale: int


def draw(ground: Ground, colours: Mapping[int, str], *, english: bool, font: str) -> Drawing:
    """`colours` of estates; one that has none is only outlined."""
    communities = {pk: metric(shape) for pk, shape in ground.communities.items()}
    estates = {pk: metric(shape) for pk, shape in ground.estates.items()}
    every = [*communities.values(), *estates.values()] or [metric(Point(118.58, 24.8)).buffer(500)]
    west, south, east, north_m = shapely.total_bounds(every)
    inside = WIDTH_MM - 2 * _EDGE_MM, HEIGHT_MM - 2 * _EDGE_MM
    scale = next(
        (
            each
            for each in SCALES
            if (east - west) * 1000 / each <= inside[0]
            and (north_m - south) * 1000 / each <= inside[1]
        ),
        SCALES[-1],
    )
    page = _Page(scale, (west + east) / 2, (south + north_m) / 2, font)
    parts = [
        f'<path d="{page.path(shape)}" fill="#fbfaf7" stroke="#8a8578" stroke-width="0.3"/>'
        for shape in communities.values()
    ]
    for rank, line in ground.roads:
        colour, width = _ROADS[rank]
        parts.append(
            f'<path d="{page.path(metric(line))}" fill="none" stroke="{colour}" '
            f'stroke-width="{width}" stroke-linecap="round"/>'
        )
    parts += [
        f'<path d="{page.path(shape)}" fill="{colours.get(pk, "none")}" stroke="#3f4a45" '
        'stroke-width="0.2"/>'
        for pk, shape in estates.items()
    ]
    parts += page.names(communities, {pk: each[english] for pk, each in ground.names.items()})
    middle = shapely.union_all([shape.envelope for shape in ground.communities.values()])
    lean = 0.0 if middle.is_empty else north_deg(middle.centroid)
    parts += [scale_bar(scale, HEIGHT_MM, font), north(WIDTH_MM, lean, font)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_MM}mm" height="{HEIGHT_MM}mm" '
        f'viewBox="0 0 {WIDTH_MM} {HEIGHT_MM}"><clipPath id="page">'
        f'<rect width="{WIDTH_MM}" height="{HEIGHT_MM}"/></clipPath>'
        f'<rect width="{WIDTH_MM}" height="{HEIGHT_MM}" fill="#eef1ee"/>'
        '<g clip-path="url(#page)">'
    )
    frame = (
        f'</g><rect x="0.15" y="0.15" width="{WIDTH_MM - 0.3}" height="{HEIGHT_MM - 0.3}" '
        'fill="none" stroke="#3b3b3b" stroke-width="0.3"/></svg>'
    )
    return Drawing("".join([head, *parts, frame]), scale)


def swatch(colour: str) -> str:
    """A step's entry in the legend."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="6mm" height="4mm" viewBox="0 0 6 4">'
        f'<path d="M0.2 0.2H5.8V3.8H0.2Z" fill="{colour}" stroke="#3f4a45" stroke-width="0.2"/>'
        "</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """`x` and `y`, in metres, lie in its middle."""

    scale: int
    x: float
    y: float
    font: str

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Millimetres of the page, down from its upper left corner."""
        mm = 1000 / self.scale
        return WIDTH_MM / 2 + (x - self.x) * mm, HEIGHT_MM / 2 - (y - self.y) * mm

    def path(self, shape: BaseGeometry) -> str:
        drawn = []
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                drawn += [self._line(ring) + "Z" for ring in (part.exterior, *part.interiors)]
            else:
                drawn.append(self._line(part))
        return "".join(drawn)

    def _line(self, line: BaseGeometry) -> str:
        points = (self.at(x, y) for x, y in shapely.get_coordinates(line))
        return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)

    def names(self, shapes: Mapping[int, BaseGeometry], names: Mapping[int, str]) -> Iterator[str]:
        """Where nothing is written yet; left out where there is no room."""
        taken = [box(0, HEIGHT_MM - 10, 62, HEIGHT_MM), box(WIDTH_MM - 17, 0, WIDTH_MM, 21)]
        for pk, shape in sorted(shapes.items(), key=lambda each: -each[1].area):
            name, middle = names[pk], shape.representative_point()
            x, y = self.at(middle.x, middle.y)
            half = sum(1.0 if ord(each) > 0x2E7F else 0.56 for each in name) * _TEXT_MM / 2
            room = box(x - half, y - 1.6, x + half, y + 1.6)
            if any(room.intersects(each) for each in taken):
                continue
            taken.append(room)
            common = (
                f'x="{x:.2f}" y="{y + 0.95:.2f}" font-family="{escape(self.font)}" '
                f'font-size="{_TEXT_MM}" text-anchor="middle"'
            )
            yield (
                f'<text {common} fill="none" stroke="#ffffff" stroke-width="0.7" '
                f'stroke-linejoin="round">{escape(name)}</text>'
                f'<text {common} fill="#2b2b2b">{escape(name)}</text>'
            )
