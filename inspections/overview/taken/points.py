"""Findings as points of a map that is taken away, the newest of them, with what may be shown of
their photos."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import FloatField, Func
from django.utils import timezone

from geo.scope import Scope
from inspections.models import MaskedCopy, Photo
from inspections.overview.asked import Asked
from inspections.overview.counted import findings_of

# More than these on one map are a stain; each is also counted in its estate.
MOST_POINTS = 3000
# At most 256 pixels wide or high each.
MOST_PHOTOS = 60
MOST_PHOTO_BYTES = 1_500_000


@dataclass(frozen=True, slots=True)
class Point:
    """`closed`: the day, where it was by the day that is asked about. `photos` by their numbers in
    `Points.photos`."""

    lon: float
    lat: float
    found: date
    closed: date | None
    item: str
    severity: int
    estate: int
    photos: list[int]


@dataclass(frozen=True, slots=True)
class Points:
    """`of`: how many there are in all. `left_out`: photos of these that have no masked copy, or for
    which no room was left."""

    points: list[Point]
    of: int
    photos: list[bytes]
    left_out: int


def points(scope: Scope, asked: Asked) -> Points:
    rows = findings_of(scope, asked)
    told = rows.order_by("-recorded_at", "pk").values_list(
        _Degrees("place", function="ST_X"),
        _Degrees("place", function="ST_Y"),
        *("recorded_at", "closed_at", "item", "severity", "estate", "inspection"),
    )[:MOST_POINTS]
    album = _Album(scope, [each[-1] for each in told])
    made = [
        Point(
            lon=round(lon, 6),
            lat=round(lat, 6),
            found=timezone.localdate(found),
            closed=timezone.localdate(closed) if closed and closed < asked.at else None,
            item=item,
            severity=severity,
            estate=estate,
            photos=list(album.of(inspection, item)),
        )
        for lon, lat, found, closed, item, severity, estate, inspection in told
    ]
    return Points(made, rows.count(), album.bodies, album.left_out)


class _Degrees(Func):
    output_field = FloatField()


class _Album:
    """Masked copies only: a file that leaves the house shows no face and no plate."""

    def __init__(self, scope: Scope, inspections: Sequence[UUID]) -> None:
        self.bodies: list[bytes] = []
        self._unshown: set[UUID] = set()
        self._shown: dict[UUID, int] = {}
        self._room = MOST_PHOTO_BYTES
        photos = Photo.objects.visible_in(scope).filter(inspection__in=set(inspections))
        self._photos: dict[tuple[UUID, str], list[UUID]] = {}
        for pk, entry, item in photos.values_list("pk", "entry", "item"):
            self._photos.setdefault((entry, item), []).append(pk)
        copies = MaskedCopy.objects.filter(photo__in=photos.values("pk"))
        # The newest of each photo is the one in use.
        self._copies = {each.photo_id: each for each in copies.order_by("made_at", "pk")}

    @property
    def left_out(self) -> int:
        return len(self._unshown)

    def of(self, inspection: UUID, item: str) -> Iterator[int]:
        """Of a finding; where it has none of its own, those of the whole record."""
        own = self._photos.get((inspection, item)) or self._photos.get((inspection, ""), [])
        for photo in own:
            if photo in self._shown or self._taken(photo):
                yield self._shown[photo]
            else:
                self._unshown.add(photo)

    def _taken(self, photo: UUID) -> bool:
        copy = self._copies.get(photo)
        if copy is None or len(self.bodies) >= MOST_PHOTOS:
            return False
        try:
            with default_storage.open(copy.small) as file:
                body = file.read()
        except FileNotFoundError:
            return False
        if len(body) > self._room:
            return False
        self._room -= len(body)
        self._shown[photo] = len(self.bodies)
        self.bodies.append(body)
        return True
