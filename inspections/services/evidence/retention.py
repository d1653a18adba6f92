"""What is removed once its period of keeping is over: said first, and then done.

In one transaction the rows say that a file is gone and the log says which; only then is the file
removed. Where that is interrupted, the next run goes on with it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from inspections.models import (
    Case,
    Complainant,
    Kept,
    Photo,
    Purge,
    Refused,
    Retention,
    Telling,
)
from inspections.services.evidence.due import Original, originals_due
from inspections.services.originals import name_of
from inspections.services.photos import lock_original

BATCH = 200
_OLDER = """
SELECT FROM pg_stat_activity
 WHERE datname = current_database() AND backend_type = 'client backend'
   AND pid <> pg_backend_pid() AND xact_start < %s
 LIMIT 1
"""


@dataclass(slots=True)
class Removed:
    """Of one kind: how many went, of how many bytes, and how many a hold keeps."""

    of: Kept
    before: datetime
    removed: int = 0
    held: int = 0
    bytes: int = 0
    ids: list[str] = field(default_factory=list)


def purge(*, dry_run: bool = False, now: datetime | None = None) -> list[Removed]:
    """Everything whose period is over, by the periods as they stand; what no period is given for
    is kept. As often as it is asked for: what is gone is gone once."""
    at = now or timezone.now()
    periods = {
        Kept(row.of): at - timedelta(days=row.days) for row in Retention.objects.order_by("of")
    }
    if not dry_run:
        finish()
    done = _originals(periods, at, dry_run)
    for of, remove in _OTHERS.items():
        if of in periods:
            done.append(remove(periods[of], at, dry_run))
    if not dry_run:
        finish()
    return done


def finish() -> int:
    """The files of what the log says is removed; how many parts of a run are ended now.

    Whoever read a row before it said that its file is gone, and writes another that shows it,
    began earlier: as long as such a transaction may run, the file stays.
    """
    ended = 0
    for run in Purge.objects.filter(finished_at=None).order_by("at"):
        if not _nobody_older(run):
            continue
        if run.of in (Kept.ORIGINALS, Kept.UNUSED):
            for photo in Photo.objects.filter(pk__in=run.ids):
                _remove_file(photo.sha256)
                if run.of == Kept.UNUSED:
                    for name in (photo.small, photo.large, photo.unnamed):
                        default_storage.delete(name)
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
        ended += 1
    return ended


def _originals(periods: dict[Kept, datetime], at: datetime, dry_run: bool) -> list[Removed]:
    kinds = [of for of in (Kept.ORIGINALS, Kept.UNUSED) if of in periods]
    told = {of: Removed(of, periods[of]) for of in kinds}
    if not told:
        return []
    due = originals_due(periods.get(Kept.ORIGINALS), periods.get(Kept.UNUSED))
    for of, group in groupby(sorted(due, key=lambda each: each.of), key=lambda each: each.of):
        rows = list(group)
        told[of].held = sum(each.held for each in rows)
        free = [each for each in rows if not each.held]
        for start in range(0, len(free), BATCH):
            batch = free[start : start + BATCH]
            gone = batch if dry_run else _say_gone(of, batch, periods, at, held=told[of].held)
            told[of].removed += len(gone)
            told[of].bytes += sum(each.bytes for each in gone)
            told[of].ids += _ids(gone)
    return list(told.values())


@transaction.atomic
def _say_gone(
    of: Kept, batch: Collection[Original], periods: dict[Kept, datetime], at: datetime, held: int
) -> list[Original]:
    """Looked at again under the locks of their cases: none is taken up again, or held for a
    dispute, between."""
    cases = {id for each in batch for id in each.cases}
    list(Case.objects.select_for_update(no_key=True).filter(pk__in=cases).order_by("pk"))
    due = originals_due(
        periods.get(Kept.ORIGINALS), periods.get(Kept.UNUSED), [each.name for each in batch]
    )
    gone = [each for each in due if not each.held and each.of == of]
    photos = Photo.objects.filter(pk__in={id for each in gone for id in each.photos})
    photos.update(original="", purged_at=at)
    if of == Kept.UNUSED:
        # Nobody asks to see it either: what was made of it goes too.
        photos.update(made_at=None, small_bytes=None, large_bytes=None)
    if gone:
        _note(of, periods[of], at, _ids(gone), held, sum(each.bytes for each in gone))
    return gone


def _ids(originals: Iterable[Original]) -> list[str]:
    return sorted(str(id) for each in originals for id in each.photos)


def _remove_file(sha256: str) -> None:
    with transaction.atomic():
        lock_original(sha256)
        name = name_of(sha256)
        # Another row may need it since: of somebody else, or brought anew.
        if not Photo.objects.filter(original=name).exists():
            default_storage.delete(name)


def _nobody_older(run: Purge) -> bool:
    with connection.cursor() as cursor:
        if run.said_at is None:
            cursor.execute("SELECT clock_timestamp()")
            run.said_at = cursor.fetchone()[0]
            run.save(update_fields=["said_at"])
        cursor.execute(_OLDER, [run.said_at])
        return cursor.fetchone() is None


def _note(
    of: Kept, before: datetime, at: datetime, ids: list[str], held: int = 0, size: int = 0
) -> None:
    Purge.objects.create(
        of=of, before=before, at=at, removed=len(ids), held=held, bytes=size, ids=ids
    )


def _complainants(before: datetime, at: datetime, dry_run: bool) -> Removed:
    """Who complained, once the case has ended for so long; the complaint stays."""
    told = Removed(Kept.COMPLAINANTS, before)
    old = Complainant.objects.filter(
        complaint__case__ended_at__lt=before, complaint__entered_at__lt=before
    )
    disputed = Q(complaint__case__holds__lifted_at=None, complaint__case__holds__isnull=False)
    told.held = old.filter(disputed).count()
    with transaction.atomic():
        rows = old.exclude(pk__in=old.filter(disputed).values("pk"))
        cases = Case.objects.filter(complaints__complainant__in=rows)
        if not dry_run:
            list(cases.select_for_update(no_key=True, of=("self",)).order_by("pk"))
        found = list(rows.order_by("pk").values_list("pk", flat=True))
        told.removed, told.ids = len(found), [str(pk) for pk in found]
        if found and not dry_run:
            Complainant.objects.filter(pk__in=found).delete()
            _note(Kept.COMPLAINANTS, before, at, told.ids, told.held)
    return told


def _refused(before: datetime, at: datetime, dry_run: bool) -> Removed:
    """What they said; that they came, their hashes and why they were refused stay. One that still
    waits for another entry then stands as if there had been no room for it."""
    told = Removed(Kept.REFUSED, before)
    with transaction.atomic():
        rows = Refused.objects.filter(received_at__lt=before, body__isnull=False)
        found = list(rows.select_for_update(of=("self",)).order_by("pk").only("pk", "body_bytes"))
        told.ids = [str(row.pk) for row in found]
        told.removed, told.bytes = len(found), sum(row.body_bytes for row in found)
        if found and not dry_run:
            Refused.objects.filter(pk__in=told.ids).update(body=None, waits_for=None)
            _note(Kept.REFUSED, before, at, told.ids, size=told.bytes)
    return told


def _deliveries(before: datetime, at: datetime, dry_run: bool) -> Removed:
    """What was told, or given up; what is still to be told stays."""
    told = Removed(Kept.DELIVERIES, before)
    ended = Q(told_at__lt=before) | Q(given_up_at__lt=before)
    with transaction.atomic():
        found = Telling.objects.filter(ended).order_by("pk").values_list("pk", "body")
        told.ids = [str(pk) for pk, _ in found]
        told.removed, told.bytes = len(told.ids), sum(len(body) for _, body in found)
        if told.ids and not dry_run:
            Telling.objects.filter(pk__in=told.ids).delete()
            _note(Kept.DELIVERIES, before, at, told.ids, size=told.bytes)
    return told


_OTHERS: dict[Kept, Callable[[datetime, datetime, bool], Removed]] = {
    Kept.COMPLAINANTS: _complainants,
    Kept.REFUSED: _refused,
    Kept.DELIVERIES: _deliveries,
}
