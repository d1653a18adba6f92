"""Kinds as they are published: a wording is numbered when it is first used, and then stays."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from inspections import kinds
from inspections.kind import Kind
from inspections.models import KindVersion

_PUBLISHING = 7_241_001  # the key of the lock under which versions are numbered

# What a digest stands for never changes, so neither is ever dropped.
_digests: dict[str, tuple[Kind, str]] = {}
_read: dict[str, Kind] = {}


@dataclass(frozen=True, slots=True)
class Published:
    """One wording of a kind, as a row of this deployment."""

    pk: int
    slug: str
    version: int
    sha256: str
    kind: Kind


def published_kinds() -> list[Published]:
    """Those in the folder, in its order; a wording not used before is published by this."""
    current = {_digest(kind): kind for kind in kinds.all()}
    rows = _rows(current)
    if len(rows) < len(current):
        rows = _publish(current)
    return [Published(*rows[sha256], sha256=sha256, kind=kind) for sha256, kind in current.items()]


def older_version(slug: str, version: int) -> Published | None:
    """One published before, perhaps of a kind that is no longer in the folder."""
    row = KindVersion.objects.filter(slug=slug, version=version).first()
    if row is None:
        return None
    return Published(row.pk, row.slug, row.version, row.sha256, kind_of(row))


def kind_of(row: KindVersion) -> Kind:
    if row.sha256 not in _read:
        _read[row.sha256] = Kind.from_description(row.description)
    return _read[row.sha256]


def _digest(kind: Kind) -> str:
    known, sha256 = _digests.get(kind.slug, (None, ""))
    if known is not kind:
        sha256 = kind.digest()
        _digests[kind.slug] = (kind, sha256)
    return sha256


def _rows(current: dict[str, Kind]) -> dict[str, tuple[int, str, int]]:
    rows = KindVersion.objects.filter(sha256__in=current)
    return {
        sha256: (pk, slug, version)
        for sha256, pk, slug, version in rows.values_list("sha256", "pk", "slug", "version")
    }


@transaction.atomic
def _publish(current: dict[str, Kind]) -> dict[str, tuple[int, str, int]]:
    # One numbers at a time, and looks again once it is its turn.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PUBLISHING])
    there = _rows(current)
    for sha256, kind in current.items():
        if sha256 not in there:
            newest = KindVersion.objects.filter(slug=kind.slug).aggregate(Max("version"))
            KindVersion.objects.create(
                slug=kind.slug,
                version=(newest["version__max"] or 0) + 1,
                description=kind.describe(),
                sha256=sha256,
            )
    return _rows(current)
