"""Hexagons that tile the plane: every point is in exactly one. Metres of a flat projection.

They stand on a corner; their columns lean. A hexagon is named by its axial coordinates
(https://www.redblobgames.com/grids/hexagons/), which are the same whatever else is asked for.
"""

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Axial = NDArray[np.int64]

_ROOT_3 = math.sqrt(3)


def hexagon_of(points: Array, edge_m: float) -> Axial:
    """The hexagons (n, 2) that the points (n, 2) are in."""
    across, up = points[:, 0] / edge_m, points[:, 1] / edge_m
    r = up * 2 / 3
    q = across / _ROOT_3 - up / 3
    # Of three coordinates that sum up to nought, the one that was rounded most gives way.
    cube = np.stack([q, r, -q - r], axis=1)
    near = np.rint(cube)
    off = np.abs(near - cube)
    worst = np.argmax(off, axis=1)
    at = np.arange(len(points))
    near[at, worst] -= near.sum(axis=1)
    return near[:, :2].astype(np.int64)


def counted_in(hexagons: Axial, weights: Array) -> tuple[Axial, Array]:
    """Each hexagon once, and what all that are in it weigh."""
    # Sorted as one number each: rows of two take a hundred times as long.
    low = hexagons.min(initial=0)
    wide = int(hexagons.max(initial=0) - low) + 1
    keys, of = np.unique((hexagons[:, 0] - low) * wide + hexagons[:, 1] - low, return_inverse=True)
    each: Axial = np.stack([keys // wide, keys % wide], axis=1) + low
    return each, np.bincount(of, weights, len(keys)).astype(np.float64)


def middles(hexagons: Axial, edge_m: float) -> Array:
    q, r = hexagons[:, 0].astype(np.float64), hexagons[:, 1].astype(np.float64)
    return np.stack([edge_m * _ROOT_3 * (q + r / 2), edge_m * 1.5 * r], axis=1)


def rings(hexagons: Axial, edge_m: float) -> Array:
    """Their outlines (n, 7, 2), closed, counterclockwise. Neighbours have their corners in common
    to the last bit but one."""
    turns = np.radians(np.arange(7) * 60 + 30)
    turns[6] = turns[0]
    corner = np.stack([np.cos(turns), np.sin(turns)], axis=1) * edge_m
    return np.asarray(middles(hexagons, edge_m)[:, None, :] + corner[None])


def covering(bounds: tuple[float, float, float, float], edge_m: float) -> Axial:
    """Every hexagon that may have ground within these bounds (west, south, east, north)."""
    west, south, east, north = bounds
    rows = np.arange(math.floor(south / edge_m / 1.5) - 1, math.ceil(north / edge_m / 1.5) + 2)
    told = []
    for r in rows:
        first = math.floor(west / edge_m / _ROOT_3 - r / 2) - 1
        last = math.ceil(east / edge_m / _ROOT_3 - r / 2) + 1
        q = np.arange(first, last + 1)
        told.append(np.stack([q, np.full_like(q, r)], axis=1))
    return np.concatenate(told).astype(np.int64)
