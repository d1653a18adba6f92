"""Many rows at once: by COPY into a table aside, then one statement that the history sees."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import DataError, IntegrityError, connection, models

from geo.errors import RegisterRefused


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that no other row has or will have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """`columns` begin with id; shapes are EWKB in hexadecimal. Raises RegisterRefused."""
    _through_copy(model, columns, rows, _INSERT)


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """As `insert_rows`, of rows that are there."""
    _through_copy(model, columns, rows, _UPDATE)


_ASIDE = "CREATE TEMPORARY TABLE loading ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA"
_INSERT = "INSERT INTO {table} ({names}) SELECT {names} FROM loading"
_UPDATE = "UPDATE {table} SET {values} FROM loading WHERE {table}.id = loading.id"


def _through_copy(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], sql: str
) -> None:
    quoted = [connection.ops.quote_name(name) for name in columns]
    words = {
        "table": connection.ops.quote_name(model._meta.db_table),
        "names": ", ".join(quoted),
        "values": ", ".join(f"{name} = loading.{name}" for name in quoted[1:]),
    }
    try:
        with connection.wrap_database_errors, connection.cursor() as cursor:
            cursor.execute(_ASIDE.format(**words))
            with cursor.copy("COPY loading ({names}) FROM STDIN".format(**words)) as copy:
                for row in rows:
                    copy.write_row(row)
            # Not by COPY: the history takes who and why from the statement that writes.
            cursor.execute(sql.format(**words))
            cursor.execute("DROP TABLE loading")
    except (IntegrityError, DataError) as e:
        diagnosis = getattr(e.__cause__, "diag", None)
        rule = getattr(diagnosis, "constraint_name", None) or str(e).splitlines()[0]
        raise RegisterRefused(rule=rule) from e
