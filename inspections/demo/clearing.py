"""Making room: an earlier demonstration goes, its history and its photos too; people and
communities stay."""

from functools import partial

import pghistory.core
from django.core.files.storage import default_storage
from django.db import connection, models, transaction

from geo.models import Estate, ExcludedArea, PropertyCompany, Road, SensitivePlace
from inspections.demo.additions import additions
from inspections.models import MaskedCopy, Photo, Refused, Round, Upload
from inspections.models.papers import LastNumber
from people.models import Device, Leave, Membership

_EMPTIED = (
    *(Device, Estate, ExcludedArea, LastNumber, Leave, Refused, Road, Round),
    *(SensitivePlace, Upload),
)
_REACHED = """
WITH RECURSIVE reached (id) AS (
    SELECT name::regclass::oid FROM unnest(%s::text[]) AS name
    UNION
    SELECT conrelid FROM pg_constraint JOIN reached ON confrelid = reached.id WHERE contype = 'f'
)
SELECT relname FROM reached JOIN pg_class ON pg_class.oid = reached.id
"""


def clear() -> None:
    """Empties the estates and all that stands on them, whichever app it belongs to. Numbering
    starts anew, so that the same demonstration gets the same numbers."""
    transaction.on_commit(partial(_remove, _files()))
    with connection.cursor() as cursor:
        # A table can't be emptied while a check of one of its rows is still to come.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        emptied: list[type[models.Model]] = [*_EMPTIED]
        emptied += [model for each in additions for model in each.emptied]
        names = [model._meta.db_table for model in emptied]
        cursor.execute(_REACHED, [names])
        tables = {name for (name,) in cursor}
        events = [event for event in pghistory.core.event_models() if _tracked(event) in tables]
        tables |= {event._meta.db_table for event in events}
        quoted = ", ".join(connection.ops.quote_name(name) for name in sorted(tables))
        cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY")
        for of in ("finding", "case"):
            cursor.execute(f"ALTER SEQUENCE inspections_{of}_number RESTART")
    Membership.objects.filter(company__isnull=False).delete()
    PropertyCompany.objects.all().delete()


def _files() -> set[str]:
    """By the names that rows have for them."""
    names = {name for copy in MaskedCopy.objects.all() for name in (copy.file, copy.small)}
    for photo in Photo.objects.iterator():
        names |= {photo.original, photo.small, photo.large, photo.unnamed}
    names = names.union(*(each.files() for each in additions))
    return names - {""}


def _remove(files: set[str]) -> None:
    """But for what the new demonstration has too."""
    for name in files - _files():
        default_storage.delete(name)


def _tracked(event: type[models.Model]) -> str:
    tracked: type[models.Model] = event.pgh_tracked_model  # type: ignore[attr-defined]
    return tracked._meta.db_table
