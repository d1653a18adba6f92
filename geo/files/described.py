"""How a layer of files is described: its columns, its parents, its keys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language

from geo.files.columns import Column
from geo.querysets import Scoped

POINT = ("Point",)
LINE = ("LineString", "MultiLineString")
LINES = ("MultiLineString",)
AREA = ("Polygon", "MultiPolygon")
AREAS = ("MultiPolygon",)

Rule = Callable[[dict[str, Any], Mapping[str, int | None], Any], str]


@dataclass(frozen=True, slots=True)
class Parent:
    """A place that a row belongs to, named in the file by its code or its name.

    `path` leads to it from the row's model: one step is stored on the row, more are only needed to
    tell one parent from another of the same name. `within` is the parent it is unique in.
    `by_place` takes it from where the row lies when the file has no column for it.
    """

    path: str
    model: type[models.Model]
    names: tuple[str, ...]
    code_names: tuple[str, ...] = ()
    code_field: str | None = "code"
    name_field: str = "name"
    within: str | None = None
    by_place: bool = False
    endings: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        return self.path.rpartition("__")[2]

    @property
    def label(self) -> str:
        """Its header in the active language."""
        return self.names[0] if (get_language() or "").startswith("zh") else self.field

    @property
    def stored(self) -> bool:
        return "__" not in self.path

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.field, *self.names)

    @property
    def code_headers(self) -> tuple[str, ...]:
        return (f"{self.field}_code", *self.code_names) if self.code_field else ()


@dataclass(frozen=True, slots=True)
class Layer:
    """How rows of one kind are written in files, and by which keys they are found again.

    `types` are the geometry types stored; a Polygon becomes a MultiPolygon where only that is.
    `keys` are tried in turn; each is a tuple of fields, the last of which says the row's own code
    or name. `unique` are what two rows in use can never share, where nothing of it is empty.
    """

    slug: str
    title: str | Promise
    model: type[models.Model]
    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...]
    unique: tuple[tuple[str, ...], ...] = ()
    parents: tuple[Parent, ...] = ()
    types: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    # Where the file does not say in which community, a name is enough within a short way.
    known_by_name: bool = False
    # A place of which only a point is known gets a small square, flagged as not confirmed.
    point_will_do: bool = False
    # What the columns of one row must be to each other: given its values, its parents and the
    # register's row as it is, completes the values, or answers what is wrong with them.
    rule: Rule | None = None

    def of(self, path: str) -> "models.Field[Any, Any]":
        """The model's field, perhaps of a parent: `building__estate__name`."""
        model: Any = self.model
        *steps, last = path.split("__")
        for step in steps:
            model = model._meta.get_field(step).related_model
        field: models.Field[Any, Any] = model._meta.get_field(last)
        return field

    def requires(self, parent: Parent) -> bool:
        """Has every row this parent of its own?"""
        return parent.stored and not self.of(parent.path).null

    @property
    def shape_required(self) -> bool:
        return bool(self.types) and not self.of("geom").null

    @property
    def own_fields(self) -> tuple[str, ...]:
        """The fields that name a row: its code, its number, its name."""
        return tuple(dict.fromkeys(key[-1] for key in self.keys))

    def rows(self) -> Scoped[Any]:
        """Every row of the layer that is in use."""
        everything: Any = self.model._default_manager
        rows: Scoped[Any] = everything.filter(retired_at=None, **self.fixed)
        return rows
