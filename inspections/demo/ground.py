"""The paper the town is planned on: metres east and north of the working box's corner."""

import zlib
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Points = NDArray[np.float64]

# The working box in degrees of WGS-84, until the office hands in its own boundary.
WEST, SOUTH, EAST, NORTH = 118.540, 24.770, 118.605, 24.830
CORNER = np.array((WEST, SOUTH))
# Metres in a degree of longitude and of latitude at 24.8° N. One scale for the whole box keeps
# what is straight straight; at its edges a metre is 0.03 % off.
METRES = np.array((101_140.0, 110_776.0))

WIDTH, HEIGHT = (np.array((EAST, NORTH)) - CORNER) * METRES
BOX = shapely.box(0, 0, WIDTH, HEIGHT)
CENTRE = np.array((WIDTH * 0.5, HEIGHT * 0.54))


def degrees(points: Points, decimals: int = 8) -> Points:
    """To WGS-84. Eight decimals are a millimetre; equal metres give equal degrees."""
    told: Points = np.round(points / METRES + CORNER, decimals)
    return told


def dice(seed: int, *what: str | int) -> np.random.Generator:
    """Chance of its own for each subject: a change in one leaves the others as they were."""
    words = [zlib.crc32(str(each).encode()) for each in what]
    return np.random.Generator(np.random.PCG64([seed, *words]))


def pick(chance: np.random.Generator, options: dict[Any, float]) -> Any:
    """A key, by the weights."""
    keys = list(options)
    weights = np.array([options[key] for key in keys], dtype=float)
    return keys[int(chance.choice(len(keys), p=weights / weights.sum()))]
