"""Where cases were before: who read them there is told that they are gone."""

from django.db import models

from inspections.querysets import CasesLeft


class CaseLeft(models.Model):
    """A case that went to another community or company, with where it was. Written by a trigger."""

    case = models.UUIDField()
    community = models.BigIntegerField()
    company = models.BigIntegerField(null=True)
    xact = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)

    objects = CasesLeft.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["xact"], name="cases_left_by_xact")]

    def __str__(self) -> str:
        return f"{self.case} · {self.at:%Y-%m-%d}"
