"""Questions that are put together once: of one row, Django takes ten times as long to write the SQL
as the database takes to answer it."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet


class Prepared:
    """What `make()` asks, a queryset of tuples, again and again with other values.

    `slots` are objects that stand in the queryset where a value goes: each a parameter by itself,
    and known again by being that very object.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Any]], slots: Sequence[object]) -> None:
        self.make, self.slots = make, slots

    def ask(self, *values: object) -> list[tuple[Any, ...]]:
        """The rows, with a value for each slot."""
        if self._written is None:
            return []
        sql, places, converters = self._written
        connection = connections[DEFAULT_DB_ALIAS]
        told: list[Any] = [values[place] if place is not None else fixed for place, fixed in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, told)
            return [tuple(row) for row in _converted(cursor, converters, connection)]

    @cached_property
    def _written(self) -> tuple[str, list[tuple[int | None, Any]], list[Any]] | None:
        compiler = self.make().query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        places = [(self._place_of(each), each) for each in params]
        # One that was copied on its way would stay what it was as this was put together.
        assert {place for place, _ in places} >= set(range(len(self.slots)))
        converters = compiler.get_converters(column[0] for column in compiler.select)
        return sql, places, list(converters.items())

    def _place_of(self, param: object) -> int | None:
        return next((n for n, slot in enumerate(self.slots) if slot is param), None)


def _converted(rows: Iterable[Any], converters: list[Any], connection: Any) -> Iterable[list[Any]]:
    for row in map(list, rows):
        for at, (those, expression) in converters:
            for convert in those:
                row[at] = convert(row[at], expression, connection)
        yield row
