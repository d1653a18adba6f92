"""One moment of the database, and the cursor by which a tablet names it later."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

from django.db import connection, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from geo.querysets import Changes

# A restored backup, even into the same database, makes the tables anew; after a recovery to an
# earlier moment the timeline is another.
_MOMENT = """
SELECT now.snapshot::text, pg_snapshot_xmax(now.snapshot)::text::bigint,
    extract(epoch FROM now())::bigint,
    concat_ws(' ', (SELECT system_identifier FROM pg_control_system()),
        (SELECT timeline_id FROM pg_control_checkpoint()),
        'geo_change'::regclass::oid, 'inspections_finding'::regclass::oid)
FROM (SELECT pg_current_snapshot() AS snapshot) AS now
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """`snapshot` says which transactions had ended; `before` is one more than the latest."""

    snapshot: str
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
        snapshot, before, at, database = cursor.fetchone()
        yield Moment(snapshot, before, at, digest(database))


@dataclass(frozen=True, slots=True)
class Cursor:
    """What a tablet holds. `fit` stands for whom, which communities and which release it was
    told by; `wholes` by name for the parts that are told whole or not at all."""

    database: str
    fit: str
    snapshot: str
    at: int
    wholes: Mapping[str, str]

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for what was not told here."""
        told, _, seal = text.rpartition(".")
        if not constant_time_compare(seal, _seal(told)):
            return None
        database, fit, snapshot, at, *wholes = told.split(".")
        return cls(database, fit, snapshot, int(at), dict(each.split("-") for each in wholes))

    def __str__(self) -> str:
        wholes = (f"{name}-{tag}" for name, tag in self.wholes.items())
        told = ".".join([self.database, self.fit, self.snapshot, str(self.at), *wholes])
        return f"{told}.{_seal(told)}"

    def leads_to(self, now: Moment, fit: str) -> bool:
        """What changed since can be told, for what changed then is still known."""
        fits = (self.database, self.fit) == (now.database, fit)
        return fits and now.at - self.at < Changes.KEPT.total_seconds()


def _seal(told: str) -> str:
    return salted_hmac("inspections.api.pack.cursor", told, algorithm="sha256").hexdigest()[:12]


def digest(*told: object) -> str:
    return blake2b(repr(told).encode(), digest_size=6).hexdigest()
