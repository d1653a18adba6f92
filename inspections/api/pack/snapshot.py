"""One moment of the database, and the cursor by which a tablet names it later."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

from django.db import connection, transaction

from geo.querysets import Changes

# A restored backup, even into the same database, makes the tables anew; after a recovery to an
# earlier moment the timeline is another.
_MOMENT = """
SELECT pg_snapshot_xmin(now.snapshot)::text::bigint, pg_snapshot_xmax(now.snapshot)::text::bigint,
    extract(epoch FROM now())::bigint,
    concat_ws(' ', (SELECT system_identifier FROM pg_control_system()),
        (SELECT timeline_id FROM pg_control_checkpoint()),
        'geo_change'::regclass::oid, 'inspections_finding'::regclass::oid)
FROM (SELECT pg_current_snapshot() AS snapshot) AS now
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """`first` is the oldest transaction that was still running: what it and later ones write is
    not seen yet, or perhaps not. `before` is one more than the latest that had ended."""

    first: int
    before: int
    at: int
    database: str


@contextmanager
def reading() -> Iterator[Moment]:
    """All that is read inside is of one moment. Within a transaction of the caller's, of its own
    moments."""
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if alone:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(_MOMENT)
        first, before, at, database = cursor.fetchone()
        yield Moment(first, before, at, digest(database))


@dataclass(frozen=True, slots=True)
class Cursor:
    """What a tablet holds. `fit` stands for whom, which communities and which release it was
    told by; `wholes` by name for the parts that are told whole or not at all."""

    database: str
    fit: str
    first: int
    at: int
    wholes: Mapping[str, str]

    _TEXT = re.compile(r"1\.([0-9a-f]{12})\.([0-9a-f]{12})\.(\d{1,19})\.(\d{1,12})((?:\.\w+-\w+)*)")

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for what no release wrote."""
        parts = cls._TEXT.fullmatch(text)
        if parts is None:
            return None
        database, fit, first, at, wholes = parts.groups()
        told = dict(each.split("-") for each in wholes.split(".")[1:])
        return cls(database, fit, int(first), int(at), told)

    def __str__(self) -> str:
        wholes = (f"{name}-{tag}" for name, tag in self.wholes.items())
        return ".".join(["1", self.database, self.fit, str(self.first), str(self.at), *wholes])

    def leads_to(self, now: Moment, fit: str) -> bool:
        """What changed since can be told, for what changed then is still known."""
        return (
            (self.database, self.fit) == (now.database, fit)
            and self.first <= now.first
            and now.at - self.at < Changes.KEPT.total_seconds()
        )


def digest(*told: object) -> str:
    return blake2b(repr(told).encode(), digest_size=6).hexdigest()
