"""What was found and inspected, summed: tiles and figures are read from these, not from rows.

Triggers keep them in step, in the transaction that writes the rows (see the migration that makes
them); `SELECT inspections_rebuild_cells()` makes them anew after rows were loaded with triggers
off. Each sum is spread over slots, one for each transaction that was writing at that moment (as
`geo.models.WriteCount`): readers add them up, and a single row may well be below zero.

Months are those of the office's time zone; `month` is the first day.
"""

from django.db import models

from geo.models import Community, Estate
from inspections.querysets import Sums

# A cell is a tile of this zoom level: about 70 m of ground in Jinjiang, 32 cells across a tile of
# level 14, the last that is drawn from cells.
CELL_ZOOM = 19


class _Summary(models.Model):
    """The database keeps community and estate a pair, and true when the estate moves."""

    community = models.ForeignKey(
        Community, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    estate = models.ForeignKey(
        Estate, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=40)
    month = models.DateField()
    slot = models.SmallIntegerField()

    objects = Sums.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.estate_id} · {self.kind} · {self.month:%Y-%m}"


class FindingCell(_Summary):
    """Findings in force by cell, estate, kind and month, and in each row by severity."""

    pk = models.CompositePrimaryKey("x", "y", "estate", "kind", "month", "slot")
    x = models.IntegerField()
    y = models.IntegerField()
    found_1 = models.IntegerField()
    found_2 = models.IntegerField()
    found_3 = models.IntegerField()
    open_1 = models.IntegerField()
    open_2 = models.IntegerField()
    open_3 = models.IntegerField()


class EstateMonth(_Summary):
    """Inspections and findings in force by estate, kind and month, findings by severity."""

    pk = models.CompositePrimaryKey("estate", "kind", "month", "slot")
    inspections = models.IntegerField(db_default=0)
    found_1 = models.IntegerField(db_default=0)
    found_2 = models.IntegerField(db_default=0)
    found_3 = models.IntegerField(db_default=0)
    open_1 = models.IntegerField(db_default=0)
    open_2 = models.IntegerField(db_default=0)
    open_3 = models.IntegerField(db_default=0)
