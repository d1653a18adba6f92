"""Estates that are to be brought to standard 创建, and what happened to them: nothing of it is
ever changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.creation.evidence import Form
from campaign.creation.stages import TITLES
from campaign.models.attachments import Attachment
from campaign.models.programmes import Programme
from campaign.models.standards import Standard
from campaign.querysets import Enrolments, OfEnrolments
from geo.models import Estate
from inspections.models.written import Xact

STAGES = [(each.value, f"{each.value} {zh}") for each, (zh, _en) in TITLES.items()]
FORMS = [
    (Form.SELF.value, _("self-assessment")),
    (Form.REVIEW.value, _("review")),
    (Form.RECHECK.value, _("re-check")),
]
_STAYS = pgtrigger.Update | pgtrigger.Delete


class Entered(models.Model):
    """Somebody sent it once, by the id they gave it."""

    id = models.UUIDField(primary_key=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    at = models.DateTimeField(_("entered at"), default=timezone.now)
    content_sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        abstract = True


class Enrolment(Entered):
    """An estate with a property company, on the list of a programme: stage S1 from that day on."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="enrolments", verbose_name=_("programme")
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, related_name="enrolments", verbose_name=_("estate")
    )
    person = models.CharField(_("responsible person"), max_length=60)
    enrolled_on = models.DateField(_("on the list since"))

    objects = Enrolments.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["programme", "enrolled_on", "estate"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "estate"],
                name="an_estate_is_on_a_list_once",
                # Two may change places in one statement.
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]
        triggers = [
            # Estates that turn out to be one are followed.
            pgtrigger.ReadOnly(
                name="enrolment_stays",
                fields=["id", "programme", "person", "enrolled_on", "by", "at", "content_sha256"],
            ),
            pgtrigger.Protect(name="enrolment_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.estate} ({self.programme.year})"


class StageMove(Entered):
    """A stage was reached, on a day. Of several of one day, the one that was entered last."""

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="moves", verbose_name=_("enrolment")
    )
    to = models.CharField(_("stage"), max_length=3, choices=STAGES)
    on = models.DateField(_("reached on"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    announcement = models.CharField(_("number of the announcement"), max_length=60, blank=True)
    removed = models.BooleanField(_("taken off the list"), default=False)
    attachments = models.ManyToManyField(
        Attachment, related_name="stages", blank=True, verbose_name=_("attachments")
    )

    objects = OfEnrolments.as_manager()

    class Meta:
        verbose_name = _("stage reached")
        verbose_name_plural = _("stages reached")
        ordering = ["enrolment", "on", "at"]
        indexes = [models.Index(fields=["to", "on"], name="stages_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(to="S10") | ~models.Q(announcement=""),
                name="an_announcement_has_its_number",
            ),
            models.CheckConstraint(
                condition=~models.Q(to="SX") | ~models.Q(reason=""),
                name="who_is_returned_is_told_why",
            ),
            models.CheckConstraint(
                condition=models.Q(to="SX") | models.Q(removed=False),
                name="who_is_taken_off_the_list_is_in_sx",
            ),
        ]
        triggers = [pgtrigger.Protect(name="stage_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.to} {self.on}"


class Sheet(models.Model):
    """A score sheet as it was filled in, by the version it names. Its answers go by item: a later
    version reads those of items that it still has. It comes in as every entry of a tablet does."""

    id = models.UUIDField(primary_key=True)
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="sheets", verbose_name=_("enrolment")
    )
    form = models.CharField(_("form"), max_length=8, choices=FORMS)
    day = models.DateField(_("day"))
    standard = models.ForeignKey(
        Standard, models.PROTECT, related_name="+", verbose_name=_("scoring standard")
    )
    # Item code → {grade, note}.
    answers = models.JSONField(_("answers"))
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="score_sheets",
        verbose_name=_("filled in by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    content = models.JSONField(_("as sent"))
    content_sha256 = models.CharField(max_length=64)
    device = models.UUIDField(_("device"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number on the device"), null=True, blank=True)
    xact = Xact()

    objects = OfEnrolments.as_manager()

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        ordering = ["enrolment", "day", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(form__in=[each.value for each in Form]),
                name="a_sheet_has_a_known_form",
            ),
        ]
        triggers = [pgtrigger.Protect(name="sheet_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.form} {self.day}"


class DeclaredVeto(Entered):
    """What no inspection tells: a fire, false records. `code` is that of the standard."""

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="vetoes", verbose_name=_("enrolment")
    )
    code = models.CharField(_("code"), max_length=10)
    since = models.DateField(_("since"))
    note = models.CharField(_("note"), max_length=500)
    attachment = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vetoes",
        verbose_name=_("attachment"),
    )

    objects = OfEnrolments.as_manager()

    class Meta:
        verbose_name = _("declared veto")
        verbose_name_plural = _("declared vetoes")
        ordering = ["enrolment", "since", "at"]
        triggers = [pgtrigger.Protect(name="veto_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.code} {self.since}"


class LiftedVeto(models.Model):
    """A declared veto holds no more from that day on."""

    veto = models.OneToOneField(
        DeclaredVeto,
        models.PROTECT,
        primary_key=True,
        related_name="lifted",
        verbose_name=_("declared veto"),
    )
    on = models.DateField(_("lifted on"))
    note = models.CharField(_("note"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    at = models.DateTimeField(_("entered at"), default=timezone.now)

    class Meta:
        verbose_name = _("lifted veto")
        verbose_name_plural = _("lifted vetoes")
        triggers = [pgtrigger.Protect(name="lifting_stays", operation=_STAYS)]

    def __str__(self) -> str:
        return f"{self.veto} – {self.on}"
