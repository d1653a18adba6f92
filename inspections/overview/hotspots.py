"""Where a measure gathers, by estate: what is asked of `inspections.honest.hotspots`."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np

from geo.measure import points_m
from geo.models import Estate
from geo.scope import Scope
from inspections.honest import hotspots
from inspections.honest.hotspots import Counts
from inspections.overview.asked import Asked
from inspections.overview.counted import counted, inspected
from inspections.overview.places import Place, looked, places

# As it is told on pages and papers; the numbers beside it are those of `inspections.honest`.
METHOD = "Getis-Ord Gi*"


def how_told() -> dict[str, Any]:
    """How spots are told, whatever is asked."""
    return {
        "method": METHOD,
        "seed": hotspots.SEED,
        "neighbours": hotspots.NEIGHBOURS,
        "weights": "binary, the estate itself with its nearest",
        "alpha": hotspots.ALPHA,
        "inference": "random places, one-sided, Benjamini-Hochberg",
    }


def hot_spots(scope: Scope, asked: Asked) -> dict[str, Any]:
    """Estates in use that have a boundary, each with z, p, q and its kind; and how many were
    compared by how many draws. For the worker: it takes a second.

    Where nobody looked, nothing is known: such an estate is `too_few`, never cold. A period that
    has a beginning is compared with the one of the same length before it.
    """
    here = [place for place in places(scope, asked) if place.current]
    middles = _middles([place.id for place in here])
    here = [place for place in here if place.id in middles]
    points = points_m(np.array([middles[place.id] for place in here]).reshape(-1, 2))
    then = _before(asked)
    now = _counts(scope, asked, here)
    told = hotspots.verdict(points, now, _counts(scope, then, here) if then else None)
    compared = then and {"since": str(then.since), "until": str(then.until)}
    return {
        "permutations": told.permutations or None,
        "cells": int((now.of > 0).sum()),
        "farthest_m": told.farthest_m,
        "compared_with": compared,
        "estates": [
            {"id": place.id, "z": _rounded(z), "p": _rounded(p), "q": _rounded(q), "kind": kind}
            for place, z, p, q, kind in zip(here, told.z, told.p, told.q, told.kind, strict=True)
        ],
    }


def _middles(ids: list[int]) -> dict[int, tuple[float, float]]:
    rows = Estate.objects.filter(pk__in=ids, geom__isnull=False).values_list("pk", "geom")
    return {pk: (shape.centroid.x, shape.centroid.y) for pk, shape in rows if shape}


def _counts(scope: Scope, asked: Asked, here: list[Place]) -> Counts:
    measure = asked.defined
    n = counted(scope, asked, "estate")
    if measure.of_moment:
        known = dict.fromkeys(looked(scope, asked), 1)
    else:
        known = inspected(scope, asked, "estate")
    of = [known.get(place.id, 0) for place in here]
    if measure.per != "inspection":
        each = [place.households if measure.per else 1 for place in here]
        of = [one if has else 0 for one, has in zip(each, of, strict=True)]
    numbers = [n.get(place.id, 0) for place in here]
    return Counts(np.array(numbers, dtype=np.float64), np.array(of, dtype=np.float64))


def _before(asked: Asked) -> Asked | None:
    """None where there is no period to be compared with another."""
    if asked.since is None or asked.defined.of_moment:
        return None
    days = (asked.last_day - asked.since).days + 1
    return replace(
        asked,
        since=asked.since - timedelta(days=days),
        until=asked.since - timedelta(days=1),
    )


def _rounded(number: float) -> float | None:
    return None if np.isnan(number) else float(f"{number:.6g}")
