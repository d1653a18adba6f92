"""The pictures of a case, before and after, and which two of them show one place."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import shapely
from django.contrib.gis.geos import Point
from django.db.models import Q

from geo.measure import bearing_deg, distance_m
from inspections.models import Case, Finding, Photo

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Pair:
    """`confirmed`: whoever took the later one laid it beside the earlier; else it is proposed for
    being nearest. Bearing and metres lead from before to after; `accuracy_m` is of both together,
    and None where no receiver gave one."""

    before: Photo
    after: Photo
    confirmed: bool
    distance_m: float | None
    bearing: float | None
    accuracy_m: float | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Pictures:
    before: list[Photo]
    after: list[Photo]
    pairs: list[Pair]


def pictures_of(case: Case) -> Pictures:
    """Oldest first. Of inspections that were corrected, what stands in their place counts; a
    correction shows its record's photos again, and they are one picture."""
    found = Finding.objects.filter(case=case).values_list("inspection", "item", "in_force")
    told = list(found)
    inspections = {id for id, _, _ in told}
    items = {item for _, item, _ in told}
    rows = Photo.objects.filter(declared_at__isnull=False).select_related(
        "inspection", "move", "sender"
    )
    before = list(rows.filter(Q(item__in=items) | Q(item=""), inspection__in=inspections))
    after = list(rows.filter(move__case=case))
    hashes = {photo.pk: photo.sha256 for photo in (*before, *after)}
    pictures = Pictures(_once(before), _once(after), [])
    pictures.pairs.extend(_paired(pictures, hashes))
    return pictures


def _paired(pictures: Pictures, hashes: Mapping[UUID, str]) -> Iterable[Pair]:
    """Each later picture with one earlier, if there is any; of those that another was laid beside
    already none is proposed again as long as others are left."""
    before = pictures.before
    taken: set[UUID] = set()
    for photo in pictures.after:
        earlier = [each for each in (*before, *pictures.after) if each.pk != photo.pk]
        wanted = hashes.get(photo.pair) if photo.pair else None
        meant = next((each for each in earlier if each.sha256 == wanted), None)
        if meant:
            taken.add(meant.pk)
            yield _measured(meant, photo, confirmed=True)
            continue
        left = [each for each in before if each.pk not in taken] or before
        nearest = min(left, key=lambda each: _apart(each, photo), default=None)
        if nearest:
            yield _measured(nearest, photo, confirmed=False)


def _measured(before: Photo, after: Photo, *, confirmed: bool) -> Pair:
    here, there = place_of(before), place_of(after)
    apart_m = bearing = accuracy_m = minutes = None
    if here and there:
        one, other = shapely.Point(here.coords), shapely.Point(there.coords)
        metres = distance_m(one, other)
        # What lies beyond the projection's reach has no distance.
        if math.isfinite(metres):
            apart_m = round(metres, 1)
            bearing = round(bearing_deg(one, other)) % 360 if apart_m else None
    accuracies = [accuracy_of(each) for each in (before, after)]
    if apart_m is not None and None not in accuracies:
        accuracy_m = round(sum(each or 0 for each in accuracies), 1)
    if before.taken_at and after.taken_at:
        minutes = round((after.taken_at - before.taken_at).total_seconds() / 60)
    return Pair(before, after, confirmed, apart_m, bearing, accuracy_m, minutes)


def place_of(photo: Photo) -> Point | None:
    """As told of itself, else as its record stood."""
    if photo.location or not photo.inspection:
        return photo.location
    return photo.inspection.location


def accuracy_of(photo: Photo) -> float | None:
    if photo.location or not photo.inspection:
        return photo.accuracy_m
    return photo.inspection.accuracy_m


def _once(rows: Iterable[Photo]) -> list[Photo]:
    """One of each hash: the one in force, else the first."""
    known: dict[str, Photo] = {}
    for photo in sorted(rows, key=_age):
        earlier = known.get(photo.sha256)
        if earlier is None or (photo.inspection and photo.inspection.in_force):
            known[photo.sha256] = photo
    return sorted(known.values(), key=_age)


def _age(photo: Photo) -> tuple[float, UUID]:
    at = photo.taken_at or photo.declared_at
    return (at.timestamp() if at else 0.0, photo.pk)


def _apart(before: Photo, after: Photo) -> tuple[float, float]:
    """Metres, then seconds: what has no place is farther than all that have one."""
    here, there = place_of(before), place_of(after)
    metres = (
        distance_m(shapely.Point(here.coords), shapely.Point(there.coords))
        if here and there
        else math.inf
    )
    seconds = abs(_age(after)[0] - _age(before)[0])
    return (round(metres) if math.isfinite(metres) else math.inf, seconds)
