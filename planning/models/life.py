"""What happens to a proposal: steps, the owners' votes, documents."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from planning.life import Count
from planning.models.proposals import Proposal
from planning.querysets import OfProposals

_STAYS = pgtrigger.Update | pgtrigger.Delete


class Document(models.Model):
    """A paper or photo about a proposal, believed once it was decoded; kept whatever becomes of
    the proposal. `file` is its name in the store, by its SHA-256."""

    id = models.UUIDField(primary_key=True)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="documents", verbose_name=_("proposed site")
    )
    name = models.CharField(_("file name"), max_length=120)
    type = models.CharField(_("type"), max_length=40)
    bytes = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200)
    # Of a photo.
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    # Of a PDF.
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sender")
    )
    at = models.DateTimeField(_("received at"), default=timezone.now)

    objects = OfProposals.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="document_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """A step in the life of a proposal, as it was taken."""

    id = models.UUIDField(primary_key=True)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="steps", verbose_name=_("proposed site")
    )
    name = models.SlugField(_("step"), max_length=20)
    # The version that its maker saw, and the one it made.
    seen = models.PositiveIntegerField(_("version seen"))
    version = models.PositiveIntegerField(_("version"))
    state_before = models.CharField(_("from"), max_length=10)
    state_after = models.CharField(_("to"), max_length=10)
    # None: the register itself, where the clerk changed the site there.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    at = models.DateTimeField(_("made at"), default=timezone.now)
    on = models.DateField(_("on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    # What the server's check found then, whole, with the version of the rules.
    verdicts = models.JSONField(_("verdicts"), null=True, blank=True)
    documents = models.ManyToManyField(
        Document, related_name="steps", blank=True, verbose_name=_("documents")
    )
    # What it was made with: sent twice, it is made once.
    content_sha256 = models.CharField(max_length=64, editable=False)

    objects = OfProposals.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["proposal", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "version"], name="one_step_makes_a_version"
            ),
        ]
        triggers = [pgtrigger.Protect(name="step_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.name} · {self.proposal}"


class Vote(models.Model):
    """How the owners voted on a proposal: heads and square metres. Whether it is carried is
    counted (`count.carried`), never stored."""

    step = models.OneToOneField(
        Step, models.PROTECT, primary_key=True, related_name="vote", verbose_name=_("step")
    )
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="votes", verbose_name=_("proposed site")
    )
    on = models.DateField(_("voted on"))
    heads = models.PositiveIntegerField(_("owners"))
    area_m2 = models.DecimalField(_("their area (m²)"), max_digits=12, decimal_places=2)
    heads_took_part = models.PositiveIntegerField(_("owners who took part"))
    area_took_part_m2 = models.DecimalField(_("their area (m²)"), max_digits=12, decimal_places=2)
    heads_agreed = models.PositiveIntegerField(_("owners who agreed"))
    area_agreed_m2 = models.DecimalField(_("their area (m²)"), max_digits=12, decimal_places=2)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("document")
    )

    objects = OfProposals.as_manager()

    class Meta:
        verbose_name = _("owners' vote")
        verbose_name_plural = _("owners' votes")
        ordering = ["proposal", "on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    heads_agreed__lte=models.F("heads_took_part"),
                    heads_took_part__lte=models.F("heads"),
                ),
                name="no_more_heads_agree_than_there_are",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    area_agreed_m2__gte=0,
                    area_agreed_m2__lte=models.F("area_took_part_m2"),
                    area_took_part_m2__lte=models.F("area_m2"),
                ),
                name="no_more_area_agrees_than_there_is",
            ),
        ]
        triggers = [pgtrigger.Protect(name="vote_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.proposal} {self.on}"

    @property
    def count(self) -> Count:
        return Count(
            heads=self.heads,
            area_m2=self.area_m2,
            heads_took_part=self.heads_took_part,
            area_took_part_m2=self.area_took_part_m2,
            heads_agreed=self.heads_agreed,
            area_agreed_m2=self.area_agreed_m2,
        )
