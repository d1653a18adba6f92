"""The SQL that a reply is made from, run with nothing around it."""

from contextlib import ExitStack
from typing import Any

import psycopg
from django.db import connection
from django.test import Client as Browser

from bench.load import Act, Client
from bench.office import TOKEN


def statements_of(path: str) -> list[bytes]:
    """What the database is asked for this address, once it is known who asks."""
    asked: list[bytes] = []

    def note(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        asked.append(context["cursor"].cursor.mogrify(sql, values).encode())
        return execute(sql, values, many, context)

    browser = Browser(headers={"authorization": f"Token {TOKEN}", "host": "127.0.0.1"})
    browser.get(path)
    with connection.execute_wrapper(note):
        reply = browser.get(path)
    if reply.status_code != 200:
        raise RuntimeError(f"{path}: {reply.status_code} {reply.content[:300]!r}")
    return [each for each in asked if b"geo_writecount" not in each]


def bare(dsn: str, statements: list[bytes]) -> Client:
    """A client that runs them on a connection of its own, as Django's are set up."""

    def client(kept: ExitStack) -> Act:
        own = kept.enter_context(connect(dsn))

        def act() -> None:
            for each in statements:
                own.execute(each).fetchall()

        return act

    return client


def connect(dsn: str) -> psycopg.Connection[Any]:
    options = "-c max_parallel_workers_per_gather=0 -c jit=off -c timezone=UTC"
    return psycopg.connect(
        dsn, autocommit=True, options=options, cursor_factory=psycopg.ClientCursor
    )
