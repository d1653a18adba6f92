"""Lists of other things than places, as offices make them in sheets: their rows, and where each
of them lies."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

from geo.errors import FormatUnknown
from geo.files import shapes as placing
from geo.files.mapping import is_coordinate, map_coordinates
from geo.files.sheet import read_csv, read_xlsx
from geo.files.source import opened
from geo.files.table import Shapes, Table


def read_listing(
    path: Path, *, name: str, knows: Callable[[str], bool], datum: str | None = None
) -> Table:
    """A CSV or XLSX; `knows` tells a column's name from other text, `shapes` are points in
    WGS-84, None where a row tells no place.

    What is said of the coordinates by `datum` goes before what their headers say. Raises a
    FileRefused, DatumMissing where coordinates are given and neither says in what system.
    """

    def known(title: str) -> bool:
        return knows(title) or is_coordinate(title)

    with opened(path, name=name) as source:
        if source.format == "xlsx":
            table = read_xlsx(source, table=None, prefer="", knows=known)
        elif source.format == "csv":
            table = read_csv(source, encoding=None, knows=known)
        else:
            raise FormatUnknown(name=name)
    table.shapes = _points(table, datum)
    return table


def _points(table: Table, asked: str | None) -> Shapes:
    mapped = map_coordinates(table.columns)
    given = placing.drawn(table, mapped)
    if shapely.is_missing(given).all():
        return given
    crs = placing.decide_datum(asked, mapped.datum)
    found, notes = placing.to_wgs84(given, crs)
    table.notes += notes
    astray = placing.out_of_place(found, table.lines, given, crs)
    table.problems += astray
    lost = {problem.line for problem in astray}
    found[np.array([line in lost for line in table.lines], dtype=bool)] = None
    return found
