"""What was found and inspected, summed: tiles and figures are read from these, not from rows.

Triggers keep them in step, in the transaction that writes the rows (see the migrations that make
them). Each sum is spread over slots, one for each transaction that was writing at that moment (as
`geo.models.WriteCount`): readers add them up, and a single row may well be below zero. The view
`inspections_…_differs` beside each says what it lacks; `SELECT inspections_sum_again()` adds that,
after rows were loaded with triggers off, and nobody waits for it.

Days and months are those of the office's time zone; `month` is the first day. What is `closed` is
of the day of closing, and one less where something was opened again: found less closed, up to a
day, is what was open at its end.

`…_by_day` are the days of the month side by side: `DAYS` times one number, or of findings three, by
severity, each of four bytes, the highest first. The views `inspections_estateday` and
`inspections_itemday` tell them as rows.
"""

from django.db import models

from geo.models import Community, Estate
from inspections.models.findings import Finding
from inspections.querysets import ClosedSpans, FoundAgains, Sums

# A cell is a tile of this zoom level: about 70 m of ground in Jinjiang, 32 cells across a tile of
# level 14, the last that is drawn from cells.
CELL_ZOOM = 19
# In a row of a month, however many it has.
DAYS = 31


class _OfPlace(models.Model):
    """The database keeps community and estate a pair, and true when the estate moves."""

    community = models.ForeignKey(
        Community, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    estate = models.ForeignKey(
        Estate, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(max_length=40)

    class Meta:
        abstract = True
        default_permissions = ()


class _Summary(_OfPlace):
    slot = models.SmallIntegerField()

    objects = Sums.as_manager()

    class Meta(_OfPlace.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.estate_id} · {self.kind}"


class FindingCell(_Summary):
    """Findings in force by cell, estate, kind and month, and in each row by severity."""

    pk = models.CompositePrimaryKey("x", "y", "estate", "kind", "month", "slot")
    x = models.IntegerField()
    y = models.IntegerField()
    month = models.DateField()
    found_1 = models.IntegerField()
    found_2 = models.IntegerField()
    found_3 = models.IntegerField()
    open_1 = models.IntegerField()
    open_2 = models.IntegerField()
    open_3 = models.IntegerField()


# Of the offsets of `FindingSpot`, to a cell's side: east and south of its middle.
SPOT_PARTS = 256


class FindingSpot(_Summary):
    """Where findings lie in their cells, by the same keys: of those found and those open, by
    severity, how many (`found_1`), the sums of their offsets in parts of the cell's side, of which
    it has `SPOT_PARTS` (`_e`, `_s`), and those of their squares and product."""

    pk = models.CompositePrimaryKey("x", "y", "estate", "kind", "month", "slot")
    x = models.IntegerField()
    y = models.IntegerField()
    month = models.DateField()

    found_1 = models.IntegerField(db_default=0)
    found_1_e = models.IntegerField(db_default=0)
    found_1_s = models.IntegerField(db_default=0)
    found_1_ee = models.IntegerField(db_default=0)
    found_1_ss = models.IntegerField(db_default=0)
    found_1_es = models.IntegerField(db_default=0)
    found_2 = models.IntegerField(db_default=0)
    found_2_e = models.IntegerField(db_default=0)
    found_2_s = models.IntegerField(db_default=0)
    found_2_ee = models.IntegerField(db_default=0)
    found_2_ss = models.IntegerField(db_default=0)
    found_2_es = models.IntegerField(db_default=0)
    found_3 = models.IntegerField(db_default=0)
    found_3_e = models.IntegerField(db_default=0)
    found_3_s = models.IntegerField(db_default=0)
    found_3_ee = models.IntegerField(db_default=0)
    found_3_ss = models.IntegerField(db_default=0)
    found_3_es = models.IntegerField(db_default=0)
    open_1 = models.IntegerField(db_default=0)
    open_1_e = models.IntegerField(db_default=0)
    open_1_s = models.IntegerField(db_default=0)
    open_1_ee = models.IntegerField(db_default=0)
    open_1_ss = models.IntegerField(db_default=0)
    open_1_es = models.IntegerField(db_default=0)
    open_2 = models.IntegerField(db_default=0)
    open_2_e = models.IntegerField(db_default=0)
    open_2_s = models.IntegerField(db_default=0)
    open_2_ee = models.IntegerField(db_default=0)
    open_2_ss = models.IntegerField(db_default=0)
    open_2_es = models.IntegerField(db_default=0)
    open_3 = models.IntegerField(db_default=0)
    open_3_e = models.IntegerField(db_default=0)
    open_3_s = models.IntegerField(db_default=0)
    open_3_ee = models.IntegerField(db_default=0)
    open_3_ss = models.IntegerField(db_default=0)
    open_3_es = models.IntegerField(db_default=0)


class EstateMonth(_Summary):
    """Inspections and findings in force by estate, kind and month, findings by severity, and by day
    of the month. What is `open` is so now, and of the month in which it was found."""

    pk = models.CompositePrimaryKey("estate", "kind", "month", "slot")
    month = models.DateField()
    inspections = models.IntegerField(db_default=0)
    found_1 = models.IntegerField(db_default=0)
    found_2 = models.IntegerField(db_default=0)
    found_3 = models.IntegerField(db_default=0)
    open_1 = models.IntegerField(db_default=0)
    open_2 = models.IntegerField(db_default=0)
    open_3 = models.IntegerField(db_default=0)
    closed_1 = models.IntegerField(db_default=0)
    closed_2 = models.IntegerField(db_default=0)
    closed_3 = models.IntegerField(db_default=0)
    inspections_by_day = models.BinaryField()
    found_by_day = models.BinaryField()
    closed_by_day = models.BinaryField()


class ItemMonth(_Summary):
    """Findings in force by estate, item and month, as `EstateMonth` has them."""

    pk = models.CompositePrimaryKey("estate", "kind", "item", "month", "slot")
    item = models.CharField(max_length=20)
    month = models.DateField()
    found_1 = models.IntegerField(db_default=0)
    found_2 = models.IntegerField(db_default=0)
    found_3 = models.IntegerField(db_default=0)
    closed_1 = models.IntegerField(db_default=0)
    closed_2 = models.IntegerField(db_default=0)
    closed_3 = models.IntegerField(db_default=0)
    found_by_day = models.BinaryField()
    closed_by_day = models.BinaryField()


class ClosedSpan(models.Model):
    """A time for which a finding stood closed, and which is over: it was opened again."""

    id = models.BigAutoField(primary_key=True)
    # An index of both begins with it.
    finding = models.ForeignKey(
        Finding,
        models.CASCADE,
        related_name="closed_spans",
        db_index=False,
        db_constraint=False,
    )
    # Told by the database: that of the finding.
    estate = models.ForeignKey(
        Estate,
        models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
        editable=False,
    )
    closed_at = models.DateTimeField(db_index=True)
    reopened_at = models.DateTimeField(db_index=True)

    objects = ClosedSpans.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "closed_at"], name="a_finding_is_closed_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(reopened_at__gt=models.F("closed_at")), name="a_closing_lasts"
            ),
        ]
        indexes = [models.Index(fields=["estate", "closed_at"], name="closed_spans_at_a_place")]

    def __str__(self) -> str:
        return f"{self.finding_id} · {self.closed_at:%Y-%m-%d}"


class FoundAgain(_OfPlace):
    """A finding in force that came again: the same item at the same place (the same asset; of
    none, within 20 m) had been found in another inspection at most thirty days before, and closed
    in between."""

    finding = models.OneToOneField(
        Finding,
        models.CASCADE,
        primary_key=True,
        related_name="found_again",
        db_constraint=False,
    )
    item = models.CharField(max_length=20)
    severity = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField()

    objects = FoundAgains.as_manager()

    class Meta(_OfPlace.Meta):
        indexes = [models.Index(fields=["recorded_at"], name="found_again_at")]

    def __str__(self) -> str:
        return f"{self.item} · {self.estate_id}"
