"""How far the tables that tiles and figures are drawn from have been written."""

from django.db import models

from geo.querysets import WriteCounts


class WriteCount(models.Model):
    """A count of what was written to one group of rows in one community.

    Kept by statement-level triggers (`SELECT geo_watch('table', 'group', 'community')` in a
    migration sets them up) in the same transaction as the rows, so that whoever sees the rows
    sees the count moved. A reader adds up the counts of its communities: unlike a greatest
    number, a sum can't pass over a transaction that commits late.

    `n` is the clock in microseconds, or one more than before where that is greater: after a
    backup is restored, no sum comes a second time for other rows.

    Transactions that write at the same time write different slots, so they neither wait for nor
    deadlock each other here. Community 0 is of rows that have none; everyone's sum includes it.
    """

    pk = models.CompositePrimaryKey("group", "community", "slot")
    group = models.CharField(max_length=20)
    community = models.BigIntegerField()
    slot = models.SmallIntegerField()
    n = models.BigIntegerField()
    # The transaction that wrote here last.
    xact = models.BigIntegerField()

    objects = WriteCounts.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.group} {self.community}/{self.slot}: {self.n}"
