"""The clear width that a lane keeps beside a site.

A lane is a line and its clear width. At every point of the line stands a cross-section: a
straight cut of that width, square to the line, half to each side. What the site covers of it is
not free. A vehicle passes through one gap, so a cross-section is as wide as its widest gap, and
the lane as wide as its narrowest cross-section.

Where the line bends, the cross-sections turn about the corner from the one leg's to the other's.

Between two neighbouring corners of the site (and the places where its edge enters or leaves the
lane), the ends of every gap are straight along a leg: the widest gap is the greatest of linear
functions, and least at an end or where two of them meet. So these places are worked out and no
others, and nothing is missed between samples. In a bend the ends of a gap are secants of the
angle; the least is searched for between the same kind of places, where each end is monotone.

Through a slit nobody drives: at a place counts what the site covers within a centimetre of it.
Where one wall ends just where the opposite one begins, there is no passage.

Not seen: that a long vehicle can't swerve from a gap on one side to one on the other within a
metre or two. Such a lane is as wide as the narrower of the gaps.
"""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Ring = Sequence[Point]
# Where an edge is, along a leg or at an angle: its distance from the line, left being positive.
Edge = Callable[[float], float]
Gap = tuple[Edge, Edge]

# A thousandth of a millimetre, and an angle that moves the edge of a lane by less.
_SAME = 1e-6
_SAME_ANGLE = 1e-8
# What is nearer along the lane is at one place.
_SLIT_M = 0.01
_PARTS = 16
_NARROWINGS = 60
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Narrowest:
    """`section`: the gap's two ends, in metres; the whole cross-section where nothing is free."""

    width: float
    section: tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class _Cut:
    at: float
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


def narrowest(line: Sequence[Point], width: float, rings: Sequence[Ring]) -> Narrowest | None:
    """None for a line without a length. `rings`: the site's outlines, each closed. All in
    metres."""
    half = width / 2
    points = _distinct(line)
    best: Narrowest | None = None
    for n, (start, end) in enumerate(itertools.pairwise(points)):
        length = math.dist(start, end)
        along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
        turned = [[_turned(p, start, along) for p in ring] for ring in rings]
        cut = _leg(length, half, turned)
        best = _less(best, cut, start, along, half, lean=0.0)
        if n + 2 < len(points):
            after = points[n + 2]
            by = _bend(along, (after[0] - end[0], after[1] - end[1]))
            if abs(by) > _SAME_ANGLE:
                turned = [[_turned(p, end, along) for p in ring] for ring in rings]
                best = _less(best, _corner(by, half, turned), end, along, half, lean=1.0)
    return best


def _less(
    best: Narrowest | None, cut: _Cut, start: Point, along: Point, half: float, lean: float
) -> Narrowest:
    if best is not None and best.width <= cut.width:
        return best
    low, high = (cut.low, cut.high) if cut.width > 0 else (-half, half)
    ends = []
    for t in (low, high):
        if lean:
            x, y = -math.sin(cut.at) * t, math.cos(cut.at) * t
        else:
            x, y = cut.at, t
        ends.append(
            (start[0] + x * along[0] - y * along[1], start[1] + x * along[1] + y * along[0])
        )
    return Narrowest(cut.width, (ends[0], ends[1]))


def _distinct(line: Sequence[Point]) -> list[Point]:
    points: list[Point] = []
    for x, y in line:
        if not points or math.dist(points[-1], (x, y)) > _SAME:
            points.append((x, y))
    return points


def _turned(point: Point, origin: Point, along: Point) -> Point:
    """As seen from `origin` looking along the leg: so far ahead, so far to the left."""
    x, y = point[0] - origin[0], point[1] - origin[1]
    return x * along[0] + y * along[1], y * along[0] - x * along[1]


def _bend(along: Point, then: Point) -> float:
    """The angle from one leg to the next, to the left positive."""
    return math.atan2(
        along[0] * then[1] - along[1] * then[0], along[0] * then[0] + along[1] * then[1]
    )


def _edges(rings: Sequence[Ring]) -> Iterator[tuple[Point, Point]]:
    for ring in rings:
        yield from itertools.pairwise(ring)


def _leg(length: float, half: float, rings: Sequence[Ring]) -> _Cut:
    places = {0.0, length}
    for (s, t), (s_to, t_to) in _edges(rings):
        places.add(s)
        for side in (-half, half):
            if (t - side) * (t_to - side) < 0:
                places.add(s + (s_to - s) * (side - t) / (t_to - t))
    stretches = []
    for a, b in _between(places, 0.0, length, _SAME):
        crossing = _crossing((a + b) / 2, _edges(rings))
        stretches.append((a, b, [_straight(*edge) for edge in crossing]))
    return _narrowest_of(stretches, half, _SLIT_M, _least_of_linear) or _Cut(0.0, -half, half)


def _crossing(at: float, edges: Iterator[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    """The edges that this cross-section meets, from the right to the left."""
    met = [(p, q) for p, q in edges if min(p[0], q[0]) < at < max(p[0], q[0])]
    return sorted(met, key=lambda edge: _straight(*edge)(at))


def _straight(p: Point, q: Point) -> Edge:
    (s, t), (s_to, t_to) = p, q
    return lambda at: t + (t_to - t) * _part((at - s) / (s_to - s))


def _part(of: float) -> float:
    """A place that was taken for its neighbour must not carry an edge beyond its end."""
    return min(1.0, max(0.0, of))


def _corner(by: float, half: float, rings: Sequence[Ring]) -> _Cut:
    if all(_off(p, q) > half for p, q in _edges(rings)) and not _around_origin(rings):
        return _Cut(0.0, -half, half)
    low, high = min(0.0, by), max(0.0, by)
    places = {low, high}
    for p, q in _edges(rings):
        for x, y in (p, *_on_edge(p, q, half)):
            # The section at this angle, or its other half, goes through the point.
            for angle in (math.atan2(-x, y), math.atan2(x, -y)):
                places.add(angle)
    stretches = []
    for a, b in _between(places, low, high, _SAME_ANGLE):
        middle = (a + b) / 2
        met = [
            (p, q) for p, q in _edges(rings) if (_ahead(p, middle) < 0) != (_ahead(q, middle) < 0)
        ]
        met.sort(key=lambda edge: _secant(*edge)(middle))
        inset = (b - a) * 1e-9
        stretches.append((a + inset, b - inset, [_secant(*edge) for edge in met]))
    return _narrowest_of(stretches, half, _SLIT_M / half, _least_by_search) or _Cut(
        low, -half, half
    )


def _ahead(point: Point, angle: float) -> float:
    return point[0] * math.cos(angle) + point[1] * math.sin(angle)


def _secant(p: Point, q: Point) -> Edge:
    """Where the turning cross-section meets the line through both points."""

    def at(angle: float) -> float:
        one, other = _ahead(p, angle), _ahead(q, angle)
        part = _part(one / (one - other))
        x, y = p[0] + (q[0] - p[0]) * part, p[1] + (q[1] - p[1]) * part
        return y * math.cos(angle) - x * math.sin(angle)

    return at


def _off(p: Point, q: Point) -> float:
    """How far the edge is from the corner."""
    x, y = _nearest(p, q)
    return math.hypot(x, y)


def _nearest(p: Point, q: Point) -> Point:
    dx, dy = q[0] - p[0], q[1] - p[1]
    square = dx * dx + dy * dy
    if square == 0:
        return p
    part = _part(-(p[0] * dx + p[1] * dy) / square)
    return p[0] + dx * part, p[1] + dy * part


def _on_edge(p: Point, q: Point, half: float) -> Iterator[Point]:
    """Where the edge is nearest to the corner, and where it enters and leaves the lane's edge."""
    yield _nearest(p, q)
    dx, dy = q[0] - p[0], q[1] - p[1]
    square = dx * dx + dy * dy
    if square == 0:
        return
    middle = -(p[0] * dx + p[1] * dy) / square
    apart = math.hypot(p[0] + dx * middle, p[1] + dy * middle)
    if apart < half:
        off = math.sqrt((half * half - apart * apart) / square)
        for part in (middle - off, middle + off):
            if 0 < part < 1:
                yield p[0] + dx * part, p[1] + dy * part


def _around_origin(rings: Sequence[Ring]) -> bool:
    inside = False
    for (x, y), (x_to, y_to) in _edges(rings):
        if (y > 0) != (y_to > 0) and x + (x_to - x) * -y / (y_to - y) > 0:
            inside = not inside
    return inside


def _between(
    places: set[float], low: float, high: float, same: float
) -> Iterator[tuple[float, float]]:
    """From one place to the next; those nearer than `same` are one."""
    within = sorted(at for at in places if low <= at <= high)
    a = within[0]
    for b in within[1:]:
        if b - a > same:
            yield a, b
            a = b


def _narrowest_of(
    stretches: Sequence[tuple[float, float, list[Edge]]],
    half: float,
    slit: float,
    least: Callable[[list[Gap], float, float], _Cut],
) -> _Cut | None:
    best: _Cut | None = None
    # What was covered a slit ago, and where.
    before: list[tuple[float, float, float]] = []
    for a, b, edges in stretches:
        before = [each for each in before if a - each[0] <= slit]
        before += _covered(edges, a, half)
        for cut in (
            least(_gaps(edges, (a + b) / 2, half), a, b),
            _widest_beside(before, a, half),
        ):
            if best is None or cut.width < best.width:
                best = cut
        before += _covered(edges, b, half)
    return best


def _gaps(edges: list[Edge], middle: float, half: float) -> list[Gap]:
    """What is free between the edges met, which are in order and come in pairs."""
    gaps: list[Gap] = []
    low: Edge | None = lambda _at: -half  # noqa: E731
    for enters, leaves in zip(edges[::2], edges[1::2], strict=True):
        if leaves(middle) <= -half:
            continue
        if enters(middle) >= half:
            break
        if low is not None and enters(middle) > -half:
            gaps.append((low, enters))
        low = leaves if leaves(middle) < half else None
    if low is not None:
        gaps.append((low, lambda _at: half))
    return gaps


def _covered(edges: list[Edge], at: float, half: float) -> list[tuple[float, float, float]]:
    pairs = zip(edges[::2], edges[1::2], strict=True)
    spans = ((at, enters(at), leaves(at)) for enters, leaves in pairs)
    return [span for span in spans if span[2] > -half and span[1] < half]


def _widest_beside(covered: list[tuple[float, float, float]], at: float, half: float) -> _Cut:
    best = _Cut(at, 0.0, 0.0)
    reached = -half
    spans = sorted((low, high) for _at, low, high in covered)
    for low, high in [*spans, (half, half)]:
        if min(low, half) - reached > best.width:
            best = _Cut(at, reached, min(low, half))
        reached = max(reached, high)
    return best


def _widest(gaps: list[Gap], at: float) -> _Cut:
    best = _Cut(at, 0.0, 0.0)
    for low, high in gaps:
        if high(at) - low(at) > best.width:
            best = _Cut(at, low(at), high(at))
    return best


def _least_of_linear(gaps: list[Gap], a: float, b: float) -> _Cut:
    places = [a, b]
    widths = [(high(a) - low(a), high(b) - low(b)) for low, high in gaps]
    for n, (one, one_to) in enumerate(widths):
        for other, other_to in widths[n + 1 :]:
            ahead, ahead_to = one - other, one_to - other_to
            if ahead * ahead_to < 0:
                places.append(a + (b - a) * ahead / (ahead - ahead_to))
    return _narrower(_widest(gaps, at) for at in places)


def _least_by_search(gaps: list[Gap], a: float, b: float) -> _Cut:
    """By the golden section, in the part of the stretch that is narrowest at its edges."""
    at = [a + (b - a) * n / _PARTS for n in range(_PARTS + 1)]
    cuts = [_widest(gaps, each) for each in at]
    lowest = min(range(_PARTS + 1), key=lambda n: cuts[n].width)
    low, high = at[max(lowest - 1, 0)], at[min(lowest + 1, _PARTS)]
    for _ in range(_NARROWINGS):
        left, right = high - (high - low) * _GOLDEN, low + (high - low) * _GOLDEN
        if _widest(gaps, left).width <= _widest(gaps, right).width:
            high = right
        else:
            low = left
    return _narrower([cuts[lowest], _widest(gaps, (low + high) / 2)])


def _narrower(cuts: "Iterator[_Cut] | Sequence[_Cut]") -> _Cut:
    """The first of the narrowest."""
    return min(cuts, key=lambda cut: cut.width)
