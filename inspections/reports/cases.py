"""Counts of cases, from rows: there are as many as there are matters, not as there are answers."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from geo.scope import Scope
from geo.tiles import Tile, TileColumn, TileRow, in_tile
from inspections.case_filter import CaseFilter
from inspections.models import Case
from inspections.reports.counts import SEVERITIES


def case_cells(scope: Scope, wanted: CaseFilter, tile: Tile) -> QuerySet[Any]:
    """Counts of cases for `geo.tiles.encode_cells`."""
    placed = in_tile(Case.objects.visible_in(scope).matching(wanted), tile, "place").annotate(
        column=TileColumn("place", tile.cell_level), row=TileRow("place", tile.cell_level)
    )
    within = placed.filter(column__range=tile.cell_columns, row__range=tile.cell_rows)
    counts = {
        f"{name}_{n}": Count("pk", filter=Q(severity=n) & asked)
        for name, asked in (("n", Q()), ("open", Q(ended_at=None)))
        for n in SEVERITIES
    }
    by_cell: QuerySet[Any] = within.values("column", "row").annotate(**counts)
    return by_cell.values_list("column", "row", *counts)
