"""What every reader returns: a file's rows, before anyone asks what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one row, in a sentence. `line` is 0 where it is about the whole file."""

    line: int
    reason: str

    def __str__(self) -> str:
        if not self.line:
            return self.reason
        return _("line %(line)s: %(reason)s") % {"line": self.line, "reason": self.reason}


def sentence(why: object) -> str:
    """A reason that stands alone."""
    return _("%s.") % why


@dataclass(slots=True)
class Table:
    """Rows as they stand in the file; `lines`, `rows` and `shapes` run side by side.

    `lines` are what a person finds the row by: the line of a CSV, the row of a sheet, the number
    of a feature from 1. `shapes` are shapely geometries in the file's own coordinates, None in a
    file without geometry. `crs` is what the file says of its coordinates: "EPSG:n", WKT, or a
    datum's name; None where it says nothing.
    """

    columns: list[str]
    rows: Sequence[Sequence[Any]]
    lines: Sequence[int]
    shapes: Shapes | None = None
    crs: str | None = None
    notes: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def array(shapes: Sequence[Any]) -> Shapes:
    """Shapes as an array of objects, one a place."""
    made: Shapes = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made
