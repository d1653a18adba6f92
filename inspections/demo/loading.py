"""A table filled in one go: without its indexes, keys and triggers, which come back at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

# Keys of other tables, and indexes that no constraint stands on, in the order they were made.
_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
  FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY oid
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
  FROM pg_index
 WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
   AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
 ORDER BY indexrelid
"""


@contextmanager
def unwatched(*tables: str) -> Iterator[None]:
    """Inside, rows go in unchecked and uncounted; at the end every key is checked and every index
    built, over all rows at once. In one transaction, which holds these tables to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Indexes of a million rows are sorted in memory.
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(_KEYS, [list(tables)])
        keys = cursor.fetchall()
        cursor.execute(_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        _triggers(cursor, tables, "DISABLE")
        yield
        _triggers(cursor, tables, "ENABLE")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _triggers(cursor: CursorWrapper, tables: tuple[str, ...], act: str) -> None:
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} {act} TRIGGER USER")
