"""The demonstration town in a database of its own: made once in a run, copied for each worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import override_settings

_ONE_AT_A_TIME = 20241220


@contextmanager
def copied(run: str, **settings: object) -> Iterator[str]:
    """The name of a copy. `run` names this run of all tests: the town of an earlier one, which may
    have been planned otherwise, is made anew."""
    own = connection.settings_dict["NAME"]
    # The workers of one run are called …_gw0, …_gw1.
    town, copy = f"{own.partition('_gw')[0]}_town", f"{own}_town_copy"
    _lead_to(own)
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [town],
        )
        if cursor.fetchone() != (run,):
            _copy(cursor, connection.settings_dict["TEST"]["TEMPLATE"] or own, town)
            with moved_to(town), override_settings(DEBUG=True, **settings):
                call_command("demo", inspections=300, until=date(2024, 12, 20), stdout=StringIO())
            cursor.execute(f"COMMENT ON DATABASE {town} IS '{run}'")
        _copy(cursor, town, copy)
    try:
        yield copy
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {copy} WITH (FORCE)")


@contextmanager
def moved_to(database: str) -> Iterator[None]:
    """The connection leads there."""
    own = connection.settings_dict["NAME"]
    _lead_to(database)
    try:
        yield
    finally:
        _lead_to(own)


def _lead_to(database: str) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict["NAME"] = database


def _copy(cursor, of: str, to: str) -> None:
    # One that somebody is connected to cannot be copied; a server connects again by itself.
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [of]
    )
    cursor.execute(f"DROP DATABASE IF EXISTS {to} WITH (FORCE)")
    cursor.execute(f"CREATE DATABASE {to} TEMPLATE {of}")
