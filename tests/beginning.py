"""The database as migrations left it, again after each test that had transactions of its own.

Django would truncate a hundred tables and make content types and permissions anew: seconds for
each such test, where few tables hold a row.
"""

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

# So often another may be in the way.
DEADLOCKS = 3
# Beside the tables, in a schema of its own: what migrations put there.
KEPT = "beginning"
FILLED = "SELECT '{0}' WHERE EXISTS (SELECT FROM {0})"
CHANGED = """SELECT '{0}' WHERE
    (SELECT array_agg(row::text ORDER BY row::text) FROM {0} row) IS DISTINCT FROM
    (SELECT array_agg(row::text ORDER BY row::text) FROM {1}.{0} row)"""


class Beginning:
    """Taken of a database that no test has touched."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            found = connection.introspection.table_names(cursor)
            self.tables = sorted({*found} - {"django_migrations", "spatial_ref_sys"})
            self.seeded = self._named(cursor, FILLED, self.tables)
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {KEPT}")
            for name in self.seeded:
                cursor.execute(f"DROP TABLE IF EXISTS {KEPT}.{name}")
                cursor.execute(f"CREATE TABLE {KEPT}.{name} AS TABLE {name}")

    def again(self) -> None:
        """Waits for who is still writing, as TRUNCATE would. A page that was closed in the middle
        of its saving may hold a row and wait for a table: then it goes first."""
        for _ in range(DEADLOCKS):
            try:
                return self._again()
            except OperationalError as e:
                if not isinstance(e.__cause__, DeadlockDetected):
                    raise
        self._again()

    def _again(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(self.tables)} IN SHARE ROW EXCLUSIVE MODE")
            # No trigger tells of it, and references hold again when all is done.
            cursor.execute("SET LOCAL session_replication_role = replica")
            empty = [name for name in self.tables if name not in self.seeded]
            for name in self._named(cursor, FILLED, empty):
                cursor.execute(f"DELETE FROM {name}")
            for name in self._named(cursor, CHANGED, self.seeded):
                cursor.execute(f"DELETE FROM {name}")
                cursor.execute(f"INSERT INTO {name} TABLE {KEPT}.{name}")

    def _named(self, cursor, ask: str, tables: list[str]) -> list[str]:
        cursor.execute(" UNION ALL ".join(ask.format(name, KEPT) for name in tables))
        return [name for (name,) in cursor.fetchall()]
