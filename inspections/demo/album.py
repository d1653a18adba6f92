"""Photos of some of the cases: of the fault by who found it, and of what became of it by who put
it right, standing nearly where the first one stood. They go the way of all photos: kept by their
hash, looked into, named by their entry, and made into pictures by the worker."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from inspections.demo.casework import id_at, sealed
from inspections.demo.drawing import SCENES, Scene, picture
from inspections.demo.ground import METRES
from inspections.models import Case, Finding, Inspection, Move, Photo
from inspections.pictures.looking import look
from inspections.services import originals, photos
from inspections.services.photos import Held, Named
from inspections.workflow import FIXING, State
from people.models import Membership, User

# Of each scene so many cases that are over, that wait to be looked at again, and to be answered.
ENDED, CHECKED, ASKED = 4, 3, 5
LOOKED_AT = (State.FIXED, State.CHECKING, State.CHECKED)
# Whoever comes back stands so many metres beside, and looks so many degrees past.
APART_M, PAST_DEG = 4.0, 5
# Of cameras, how many have a clock that was never set.
WRONG_CLOCK, WRONG_DAYS = 0.05, 300
QUALITY = 85


@dataclass(frozen=True, slots=True)
class _Shot:
    """`at`: longitude, latitude; `towards`: degrees from north."""

    id: UUID
    taken_at: datetime
    at: tuple[float, float]
    accuracy_m: float
    towards: int
    pair: UUID | None = None


def fill(seed: int, report: Callable[[int, int], None]) -> int:
    """How many photos there are. Within `unwatched`: what was sent changes here, as never again."""
    cases = [(scene, case) for scene in SCENES for case in _chosen(scene)]
    found = _found([case for _, case in cases])
    answers = _answers([case for _, case in cases])
    told: dict[Inspection | Move, list[Named]] = defaultdict(list)
    with TemporaryDirectory() as folder:
        file = Path(folder, "photo.jpg")
        for n, (scene, case) in enumerate(cases):
            report(n, len(cases))
            place = f"{seed} {case.number}"
            chance = Random(f"{place} photos")  # noqa: S311
            finding = found[case.pk]
            before = _before(finding.inspection, chance)
            _draw(file, picture(scene, place, mended=False), before)
            told[finding.inspection].append(_held(file, before, finding.inspection, finding.item))
            if answer := answers.get(case.pk):
                after = _after(answer, before, chance)
                _draw(file, picture(scene, place, mended=True), after)
                told[answer].append(_held(file, after, answer))
    for entry, named in told.items():
        _declare(entry, named)
    return sum(map(len, told.values()))


def _chosen(scene: Scene) -> list[Case]:
    """The latest, first of all those that the sign-ins see."""
    shown = Membership.objects.filter(user__username="supervisor").values("community")
    company = Membership.objects.filter(user__username="company").values("company")
    rank = Choice(
        When(company__in=company, community__in=shown, then=Value(0)),
        When(community__in=shown, then=Value(1)),
        default=Value(2),
    )
    seen = Finding.objects.filter(
        case=OuterRef("pk"), in_force=True, inspection__location__isnull=False
    )
    answered = Exists(_made(FIXING).filter(case=OuterRef("pk")))
    cases = Case.objects.filter(Exists(seen), item__in=scene.items, source="inspection")
    cases = cases.order_by(rank, "-number")
    asked = cases.filter(~answered, state__in=[State.ASSIGNED, State.IN_PROGRESS])
    return [
        *cases.filter(answered, state=State.CLOSED)[:ENDED],
        *cases.filter(answered, state__in=LOOKED_AT)[:CHECKED],
        *asked[:ASKED],
    ]


def _made(names: Iterable[str]) -> QuerySet[Move]:
    return Move.objects.made().filter(name__in=names).select_related("by")


def _found(cases: list[Case]) -> dict[UUID | None, Finding]:
    """The first of each case."""
    rows = Finding.objects.filter(case__in=cases, in_force=True)
    rows = rows.filter(inspection__location__isnull=False)
    rows = rows.select_related("inspection__inspector").order_by("-number")
    return {finding.case_id: finding for finding in rows}


def _answers(cases: list[Case]) -> dict[UUID, Move]:
    """The last of each case."""
    return {move.case_id: move for move in _made(FIXING).filter(case__in=cases).order_by("version")}


def _sender(entry: Inspection | Move) -> User:
    user = entry.inspector if isinstance(entry, Inspection) else entry.by
    if user is None:
        raise ValueError(entry)
    return user


def _before(inspection: Inspection, chance: Random) -> _Shot:
    taken_at = inspection.recorded_at - timedelta(seconds=chance.randint(20, 90))
    here = inspection.location
    if here is None:
        raise ValueError(inspection)
    at = _beside((here.x, here.y), chance)
    accuracy_m = inspection.accuracy_m or chance.randint(5, 20)
    return _Shot(_id(chance, taken_at), taken_at, at, accuracy_m, chance.randrange(360))


def _after(move: Move, before: _Shot, chance: Random) -> _Shot:
    taken_at = move.recorded_at - timedelta(seconds=chance.randint(10, 29))
    at = _beside(before.at, chance)
    towards = (before.towards + chance.randint(-PAST_DEG, PAST_DEG)) % 360
    accuracy_m = chance.randint(4, 15)
    return _Shot(_id(chance, taken_at), taken_at, at, accuracy_m, towards, before.id)


def _id(chance: Random, at: datetime) -> UUID:
    return id_at(chance, int(at.timestamp() * 1000))


def _beside(at: tuple[float, float], chance: Random) -> tuple[float, float]:
    east, north = (chance.uniform(-APART_M, APART_M) for _ in range(2))
    lon, lat = METRES.tolist()
    return round(at[0] + east / lon, 7), round(at[1] + north / lat, 7)


def _draw(file: Path, drawn: Image.Image, shot: _Shot) -> None:
    chance = Random(str(shot.id))  # noqa: S311
    days = WRONG_DAYS if chance.random() < WRONG_CLOCK else 0
    exif = _exif(shot, shot.taken_at - timedelta(days=days))
    drawn.save(file, "JPEG", quality=QUALITY, exif=exif)


def _held(file: Path, shot: _Shot, entry: Inspection | Move, item: str = "") -> Named:
    """In the store, as an upload leaves it; and as its entry is to name it."""
    length = file.stat().st_size
    name, (sha256, seen) = originals.keep(
        file, length, lambda sha256, copy: (sha256, look(copy, length))
    )
    size = (seen.width, seen.height)
    held = Held(sha256, length, name, seen.type, *size, seen.taken_at, seen.location)
    photos.hold(held, sender=_sender(entry), entry=entry.pk, photo=shot.id)
    return Named(
        id=shot.id,
        sha256=sha256,
        bytes=length,
        type=seen.type,
        item=item,
        how="camera",
        taken_at=shot.taken_at,
        location=shot.at,
        location_source="gps",
        accuracy_m=shot.accuracy_m,
        pair=shot.pair,
    )


def _exif(shot: _Shot, clock: datetime) -> Image.Exif:
    told = Image.Exif()
    told[Base.Make], told[Base.Model] = "Xuntu", "Demonstration"
    told.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = timezone.localtime(clock).strftime(
        "%Y:%m:%d %H:%M:%S"
    )
    lon, lat = shot.at
    told.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: _sexagesimal(lat),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: _sexagesimal(lon),
            GPS.GPSImgDirectionRef: "T",
            GPS.GPSImgDirection: float(shot.towards),
        }
    )
    return told


def _sexagesimal(value: float) -> tuple[float, float, float]:
    degrees, rest = divmod(value, 1)
    minutes, rest = divmod(rest * 60, 1)
    return degrees, minutes, round(rest * 60, 4)


def _declare(entry: Inspection | Move, named: list[Named]) -> None:
    """In what was sent, and named by it; both came together."""
    of = "inspection" if isinstance(entry, Inspection) else "move"
    content = entry.content | {"photos": [_told(each) for each in named]}
    sha256 = sealed(content)[1]
    rows = type(entry)._default_manager.filter(pk=entry.pk)
    rows.update(content=content, content_sha256=sha256)
    photos.declare({entry.pk: named}, sender=_sender(entry), of=of)
    at = entry.received_at
    Photo.objects.filter(entry=entry.pk).update(declared_at=at, held_at=at)


def _told(named: Named) -> dict[str, Any]:
    """As the tablet says it."""
    lon, lat = named.location or (0.0, 0.0)
    return {
        "id": str(named.id),
        "sha256": named.sha256,
        "bytes": named.bytes,
        "type": named.type,
        "how": named.how,
        "taken_at": timezone.localtime(named.taken_at).isoformat(),
        "location": {"type": "Point", "coordinates": [lon, lat]},
        "location_source": named.location_source,
        "accuracy_m": named.accuracy_m,
    } | {
        name: each
        for name, each in (("item", named.item), ("pair", named.pair and str(named.pair)))
        if each
    }
