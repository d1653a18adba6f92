"""The ground of so many bays: a rectangle, as static/app/planning/footprint.js makes it."""

import math

import numpy as np
import shapely

from geo.measure import from_metric, points_m

# A little way north, to see where north is on the projection: it leans to one side.
_NORTHWARD = 0.001


def footprint(
    anchor: tuple[float, float],
    rotation_deg: float,
    bays: int,
    *,
    bay_length_m: float = 2.2,
    bay_width_m: float = 0.8,
    rows: int = 1,
) -> shapely.Polygon:
    """`anchor`: its middle, longitude and latitude. `rotation_deg`: of its long side, clockwise
    from true north. Bays stand side by side, in so many rows with nothing between. Where a site
    has ports and nobody said how many bays, a port is a bay."""
    row_m, depth_m = math.ceil(bays / rows) * bay_width_m, rows * bay_length_m
    long_m, short_m = max(row_m, depth_m), min(row_m, depth_m)
    lon, lat = anchor
    middle, north = points_m(np.array([[lon, lat], [lon, lat + _NORTHWARD]]))
    lean = math.atan2(north[0] - middle[0], north[1] - middle[1])
    turn = math.radians(rotation_deg) + lean
    along = np.array([math.sin(turn), math.cos(turn)]) * long_m / 2
    across = np.array([math.cos(turn), -math.sin(turn)]) * short_m / 2
    corners = [
        middle + along - across,
        middle - along - across,
        middle - along + across,
        middle + along + across,
    ]
    drawn: shapely.Polygon = from_metric(shapely.Polygon(corners))
    return drawn
