"""What stands in ledgers: any number of them, in one table."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.attachments import Attachment
from campaign.querysets import LedgerRows
from geo.models import Community, Estate, PropertyCompany


class LedgerRow(models.Model):
    """A row of a ledger, of one place and day, by the id that its sender gave it. Never changed: a
    correction stands in for the one that it `supersedes`, a withdrawal says why it counts no more.
    All of a chain share its `root`. `data` is as the ledger's columns read it."""

    id = models.UUIDField(primary_key=True)
    ledger = models.SlugField(_("ledger"), max_length=40, db_index=False)
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("community"),
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("estate")
    )
    company = models.ForeignKey(
        PropertyCompany,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("property company"),
    )
    day = models.DateField(_("day"))
    month = models.DateField(_("month"))
    data = models.JSONField(_("columns"))
    root = models.UUIDField()
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("stands in for"),
    )
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    attachments = models.ManyToManyField(
        Attachment, related_name="ledger_rows", verbose_name=_("attachments"), blank=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    at = models.DateTimeField(_("entered at"), default=timezone.now)
    content_sha256 = models.CharField(max_length=64)

    objects = LedgerRows.as_manager()

    class Meta:
        verbose_name = _("row of a ledger")
        verbose_name_plural = _("rows of ledgers")
        ordering = ["-day", "-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(company=None) | models.Q(community=None, estate=None),
                name="a_ledger_row_is_of_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(estate=None) | models.Q(community__isnull=False),
                name="an_estates_ledger_row_is_its_communitys",
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="a_ledgers_month_is_told_by_its_first"
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes=None, withdrawn=False)
                | (models.Q(supersedes__isnull=False) & ~models.Q(reason="")),
                name="a_correction_says_why",
            ),
        ]
        indexes = [models.Index(fields=["ledger", "-day"]), models.Index(fields=["root"])]
        triggers = [
            pgtrigger.ReadOnly(
                name="ledger_row_stays",
                # Places follow the register: a merge, a move.
                fields=[
                    *("id", "ledger", "day", "month", "data", "root", "supersedes", "withdrawn"),
                    *("reason", "by", "at", "content_sha256"),
                ],
            ),
            pgtrigger.Protect(name="ledger_row_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.ledger} · {self.day}"
