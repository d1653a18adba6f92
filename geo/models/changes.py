"""Which rows of the register were written since when: what a tablet is told anew."""

from django.db import models

from geo.querysets import Changes


class Change(models.Model):
    """One row of one layer, as a statement wrote it. A row that went from one community to
    another stands here for both, so that who sees only the first is told that it is gone.

    Kept by triggers, see its migration. `whole` says that what stands in it is to be told anew
    too: a company's people see the assets of an estate by the estate. The layer "*" says that
    tables were emptied, and whoever knew something of them begins anew.

    Nothing is missed by asking for what `geo.querysets.unseen_in` the snapshot of the last
    reading. Rows are kept for `Changes.KEPT`.
    """

    layer = models.CharField(max_length=12)
    key = models.CharField(max_length=36)
    community = models.BigIntegerField()
    whole = models.BooleanField()
    xact = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)

    objects = Changes.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["community", "xact"], name="changes_by_community")]

    def __str__(self) -> str:
        return f"{self.layer} {self.key} ({self.community})"
