"""Which open cases a complaint may be about: near in place, in time and in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.geos import Point
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Q, Value

from geo.files.text import folded
from geo.querysets import GroundDistance
from geo.srid import WGS84
from inspections.models import Case
from people.models import User

WITHIN_M = 300
WITHIN = timedelta(days=90)
MOST = 6
_MOST_COMPARED = 300
# Beyond these a person sees nothing in common.
_FEWEST_WORDS = 0.2
_SAME_SPOT_M = 30
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z0-9]{3,}")


@dataclass(frozen=True, slots=True)
class Alike:
    """`words`: the share of what the two say alike, 0 to 1; None where nothing was said yet.
    `distance_m`: None where one of the two has no place."""

    case: Case
    same_estate: bool
    distance_m: float | None
    words: float | None

    @property
    def rank(self) -> tuple[float, float]:
        near = 1 if self.same_estate else 0.5
        if self.distance_m is not None:
            near = max(near if self.same_estate else 0, 1 - self.distance_m / WITHIN_M)
        return -(2 * (self.words or 0) + near), -self.case.reported_at.timestamp()


def alike_cases(
    *, user: User, estate: int | None, place: Point | None, text: str, now: datetime
) -> list[Alike]:
    """The likeliest first; nothing where no place is known yet."""
    rows = Case.objects.visible_to(user).open().filter(reported_at__gte=now - WITHIN)
    here = Q()
    if estate is not None:
        here |= Q(estate=estate)
    if place is not None:
        # A degree is at least this many metres anywhere in China; the index knows degrees.
        here |= Q(place__dwithin=(place, WITHIN_M / 60_000))
        apart = GroundDistance("place", Value(place, output_field=GeometryField(srid=WGS84)))
        rows = rows.annotate(apart_m=apart)
    if not here:
        return []
    rows = rows.filter(here).annotate(said=StringAgg("complaints__text", " ", default=Value("")))
    rows = rows.select_related("estate", "community").order_by("-reported_at")[:_MOST_COMPARED]
    asked = _pieces(text)
    found = [
        Alike(
            case=case,
            same_estate=estate is not None and case.estate_id == estate,
            distance_m=getattr(case, "apart_m", None),
            words=_shared(asked, _pieces(f"{case.title} {case.said}")) if asked else None,
        )
        for case in rows
    ]
    return sorted(filter(_likely, found), key=lambda each: each.rank)[:MOST]


def _likely(one: Alike) -> bool:
    if not one.same_estate and (one.distance_m is None or one.distance_m > WITHIN_M):
        return False
    at_the_spot = one.distance_m is not None and one.distance_m <= _SAME_SPOT_M
    return one.words is None or one.words >= _FEWEST_WORDS or at_the_spot


def _pieces(text: str) -> set[str]:
    """Pairs of Chinese characters, and words of the others."""
    return {*_pairs(_HAN.findall(text)), *_WORD.findall(folded(text.replace(" ", "\u3001")))}


def _pairs(runs: Iterable[str]) -> Iterable[str]:
    return (run[n : n + 2] for run in runs for n in range(len(run) - 1))


def _shared(one: set[str], other: set[str]) -> float:
    """Of the shorter, how much the longer says too."""
    least = min(len(one), len(other))
    return len(one & other) / least if least else 0
