"""A record and the bytes of its photos meet, whichever comes first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import orjson
from django.contrib.gis.geos import Point
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from geo.srid import WGS84
from inspections.errors import PhotoDiffers, UploadLocked
from inspections.models import Inspection, Move, Photo
from inspections.services.many import each_of
from inspections.services.matching import grade
from people.models import User

# The name of the task in inspections.tasks, which stands above this module.
MAKE_DERIVATIVES = "inspections.tasks.make_derivatives"

# A row that only an upload brought so far is completed; any other stays what it is.
_NAMED = f"""
INSERT INTO inspections_photo AS known
       (id, entry, inspection_id, proposal_id, move_id, complaint_id, paper_id, pair, sender_id,
        item, sha256, bytes, type, found_type, how, name, taken_at, location, location_source,
        accuracy_m, declared_at, original, place_agrees, time_agrees, problem)
SELECT id, entry, inspection, proposal, move, complaint, paper, pair, %s, item, sha256, bytes,
       type, '', how, name, taken_at, ST_SetSRID(ST_MakePoint(lon, lat), {WGS84}),
       location_source, accuracy_m, %s, '', 'unknown', 'unknown', ''
  FROM json_to_recordset(%s)
       AS told (id uuid, entry uuid, inspection uuid, proposal uuid, move uuid, complaint uuid,
                paper uuid, pair uuid, item text, sha256 text, bytes bigint, type text, how text,
                name text, taken_at timestamptz, lon float8, lat float8, location_source text,
                accuracy_m float8)
 ORDER BY id
    ON CONFLICT (id) DO UPDATE
   SET entry = excluded.entry, inspection_id = excluded.inspection_id,
       proposal_id = excluded.proposal_id, move_id = excluded.move_id,
       complaint_id = excluded.complaint_id, paper_id = excluded.paper_id,
       pair = excluded.pair, item = excluded.item, type = excluded.type, how = excluded.how,
       name = excluded.name, taken_at = excluded.taken_at, location = excluded.location,
       location_source = excluded.location_source, accuracy_m = excluded.accuracy_m,
       declared_at = excluded.declared_at
 WHERE known.declared_at IS NULL AND known.sender_id = excluded.sender_id
   AND known.sha256 = excluded.sha256
RETURNING id
"""  # noqa: S608
_MISSING = """
UPDATE inspections_{of} AS entry
   SET photos_missing = told.missing
  FROM json_to_recordset(%s) AS told (id uuid, missing smallint)
 WHERE entry.id = told.id
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A photo as a record names it; `location` is longitude, latitude."""

    id: UUID
    sha256: str
    bytes: int
    type: str
    item: str = ""
    how: str = ""
    name: str = ""
    taken_at: datetime | None = None
    location: tuple[float, float] | None = None
    location_source: str = ""
    accuracy_m: float | None = None
    pair: UUID | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many photos a record names, and how many of them are here."""

    declared: int
    held: int


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes in the store, and what stands in them."""

    sha256: str
    bytes: int
    original: str
    type: str
    width: int | None = None
    height: int | None = None
    taken_at: datetime | None = None
    location: tuple[float, float] | None = None
    # They were here: their period of keeping is over, and they are not asked for again.
    purged_at: datetime | None = None


def declare(
    named: Mapping[UUID, Sequence[Named]], *, sender: User, of: str = "inspection"
) -> dict[UUID, Evidence]:
    """What each record names, by the record's id; `of` is "inspection", "proposal", "move",
    "complaint" or "paper".

    Once for a record, in the transaction that wrote its row. Photos whose bytes this sender
    brought before are held at once; of inspections and moves, what is missing is counted.
    """
    rows = [
        {"entry": entry, of: entry, "told": photo}
        for entry, photos in named.items()
        for photo in {each.id: each for each in photos}.values()
    ]
    evidence = {entry: Evidence(0, 0) for entry in named}
    if not rows:
        return evidence
    written = _write_named(rows, sender)
    mine = Photo.objects.filter(pk__in=each_of(written))
    _hold_known(mine.filter(held_at=None), sender)
    for photo in mine.select_related("inspection", "complaint").order_by("pk"):
        known = evidence[photo.entry]
        evidence[photo.entry] = Evidence(known.declared + 1, known.held + bool(photo.held_at))
        if photo.held_at:
            _matched(photo)
    missing = [
        {"id": entry, "missing": each.declared - each.held}
        for entry, each in evidence.items()
        if each.declared > each.held
    ]
    if missing and of in ("inspection", "move"):
        with connection.cursor() as cursor:
            cursor.execute(_MISSING.format(of=of), [_json(missing)])
    return evidence


@transaction.atomic
def hold(held: Held, *, sender: User, entry: UUID, photo: UUID) -> Photo:
    """These bytes are here, as that photo of that record, and as any other that this sender
    named by the same hash. Raises PhotoDiffers if the record names other bytes by this id, and
    UploadLocked where a file of that hash was being removed just now: it is sent again.
    """
    lock_original(held.sha256)
    if not held.purged_at and not default_storage.exists(held.original):
        raise UploadLocked
    id = _row_for(held, sender, entry, photo)
    now = timezone.now()
    # In the order of their ids, as declare does.
    rows = Photo.objects.filter(sender=sender, sha256=held.sha256, held_at=None)
    for row in rows.select_for_update(of=("self",), no_key=True).order_by("pk"):
        _fill(row, held, now).save()
        if row.inspection_id:
            waiting = Inspection.objects.filter(pk=row.inspection_id)
            waiting.update(photos_missing=F("photos_missing") - 1)
        if row.move_id:
            Move.objects.filter(pk=row.move_id).update(photos_missing=F("photos_missing") - 1)
        _matched(row)
    return Photo.objects.get(pk=id)


def evidence_of(entries: Iterable[UUID]) -> dict[UUID, Evidence]:
    """Of records that stand already; those that name no photo are not among them."""
    rows = Photo.objects.filter(entry__in=each_of(entries), declared_at__isnull=False)
    counted = rows.order_by().values_list("entry").annotate(n=Count("pk"), here=Count("held_at"))
    return {entry: Evidence(n, here) for entry, n, here in counted}


def held_by(sender: User, sha256: str) -> Photo | None:
    """A photo of these bytes that this sender brought; nobody learns of another's by a hash."""
    known = Photo.objects.filter(sender=sender, sha256=sha256, held_at__isnull=False)
    return known.order_by(F("purged_at").asc(nulls_first=True), "pk").first()


def lock_original(sha256: str) -> None:
    """Until the transaction ends nobody else begins to need, or removes, the file of that hash."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])


def check_named(*, sender: User, entry: UUID, photo: UUID, sha256: str) -> None:
    """Raises PhotoDiffers where the record names other bytes by this id."""
    rows = Photo.objects.filter(pk__in=[photo, _id_of(entry, photo)], sender=sender, entry=entry)
    hashes = set(rows.filter(declared_at__isnull=False).values_list("sha256", flat=True))
    if hashes and sha256 not in hashes:
        raise PhotoDiffers(photo=str(photo))


def _id_of(entry: UUID, photo: UUID) -> UUID:
    """Of a photo whose own id another record took: a correction shows its record's photos again."""
    return uuid5(entry, str(photo))


def _write_named(rows: list[dict[str, Any]], sender: User) -> list[UUID]:
    now = timezone.now()
    written: list[UUID] = []
    taken: set[UUID] = set()
    for again in (False, True):
        turn = {}
        for row in rows:
            id = _id_of(row["entry"], row["told"].id) if again else row["told"].id
            if id not in turn:
                turn[id] = row
        with connection.cursor() as cursor:
            cursor.execute(_NAMED, [sender.pk, now, _json(map(_row, turn.items()))])
            taken = {id for (id,) in cursor}
        written += taken
        rows = [row for row in rows if not any(turn.get(id) is row for id in taken)]
        if not rows:
            break
    return written


def _row(pair: tuple[UUID, dict[str, Any]]) -> dict[str, Any]:
    id, row = pair
    told: Named = row["told"]
    lon, lat = told.location or (None, None)
    return {
        "id": id,
        "entry": row["entry"],
        "inspection": row.get("inspection"),
        "proposal": row.get("proposal"),
        "move": row.get("move"),
        "complaint": row.get("complaint"),
        "paper": row.get("paper"),
        "pair": told.pair,
        "item": told.item,
        "sha256": told.sha256,
        "bytes": told.bytes,
        "type": told.type,
        "how": told.how,
        "name": told.name,
        "taken_at": told.taken_at,
        "lon": lon,
        "lat": lat,
        "location_source": told.location_source,
        "accuracy_m": told.accuracy_m,
    }


def _hold_known(rows: QuerySet[Photo], sender: User) -> None:
    wanted = list(rows.values_list("sha256", flat=True))
    if not wanted:
        return
    known = Photo.objects.filter(sender=sender, sha256__in=wanted, held_at__isnull=False)
    by_hash = {each.sha256: each for each in known.order_by(F("purged_at").desc(nulls_last=True))}
    for row in rows.filter(sha256__in=list(by_hash)):
        _fill(row, held_of(by_hash[row.sha256]), timezone.now()).save()


def held_of(photo: Photo) -> Held:
    return Held(
        sha256=photo.sha256,
        bytes=photo.bytes,
        original=photo.original,
        type=photo.found_type,
        width=photo.width,
        height=photo.height,
        taken_at=photo.exif_taken_at,
        location=(photo.exif_location.x, photo.exif_location.y) if photo.exif_location else None,
        purged_at=photo.purged_at,
    )


def _fill(row: Photo, held: Held, now: datetime) -> Photo:
    row.held_at, row.original, row.bytes = now, held.original, held.bytes
    row.purged_at = held.purged_at
    row.found_type, row.width, row.height = held.type, held.width, held.height
    row.exif_taken_at = held.taken_at
    row.exif_location = Point(*held.location, srid=WGS84) if held.location else None
    return row


def _matched(photo: Photo) -> None:
    """Named and here: compared with what was stated, and looked at by the worker."""
    photo.place_agrees, photo.time_agrees = grade(photo)
    photo.save(update_fields=["place_agrees", "time_agrees"])
    app.configure_task(MAKE_DERIVATIVES).defer(photo=str(photo.pk))


def _row_for(held: Held, sender: User, entry: UUID, photo: UUID) -> UUID:
    """The row of these bytes; a new one where neither record nor upload made it before."""
    check_named(sender=sender, entry=entry, photo=photo, sha256=held.sha256)
    for id in (photo, _id_of(entry, photo)):
        row = Photo(id=id, entry=entry, sender=sender, sha256=held.sha256, type=held.type)
        # Of two at once the second waits here for the first, and finds its row.
        Photo.objects.bulk_create([_fill(row, held, timezone.now())], ignore_conflicts=True)
        if Photo.objects.filter(pk=id, sender=sender, sha256=held.sha256).exists():
            return id
    raise PhotoDiffers(photo=str(photo))


def _json(rows: Iterable[dict[str, Any]]) -> str:
    return orjson.dumps(list(rows)).decode()
