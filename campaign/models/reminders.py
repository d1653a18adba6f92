"""What people were reminded of: each once, with what became of the letter."""

from datetime import time
from uuid import uuid4

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.querysets import Letters, Reminders

MOST_DAYS = 20


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ReminderRule(models.Model):
    """How the office has its people reminded: one row at most, else as `ReminderRule()` says."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    days_before = models.PositiveSmallIntegerField(
        _("working days before it is due"),
        default=3,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("0: only on the day, and each week after it"),
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(20))
    quiet_until = models.TimeField(_("quiet until"), default=time(8))
    mail = models.BooleanField(
        _("by e-mail too"), default=True, help_text=_("else only here and by webhook")
    )

    class Meta:
        verbose_name = _("how people are reminded")
        verbose_name_plural = _("how people are reminded")
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="reminders_have_one_rule"),
            models.CheckConstraint(
                condition=Q(days_before__lte=MOST_DAYS), name="reminders_come_in_the_same_month"
            ),
        ]

    def __str__(self) -> str:
        return str(_("how people are reminded"))

    @classmethod
    def current(cls) -> "ReminderRule":
        return cls.objects.first() or cls()

    def is_quiet(self, at: time) -> bool:
        """From one time to the other, over midnight where that is earlier; never where they are
        the same."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


class ReminderWish(models.Model):
    """How one person wants it: without an address, no letters. Without a row: by e-mail, to the
    account's address."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="reminder_wish",
        verbose_name=_("person"),
    )
    mail = models.BooleanField(_("by e-mail too"), default=True)
    address = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        verbose_name = _("wish for reminders")
        verbose_name_plural = _("wishes for reminders")

    def __str__(self) -> str:
        return f"{self.user_id}"


class RemindedDay(models.Model):
    """A day on which everybody was reminded of what there was: written with its reminders, so that
    none is written twice, and none is left out."""

    day = models.DateField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}"


class Mail(models.TextChoices):
    """What becomes of a letter outside."""

    NONE = "none", _("only here: no mail server is set up")
    OFF = "off", _("only here: not wanted by mail")
    NOWHERE = "nowhere", _("only here: no address")
    WAITING = "waiting", _("waits to be sent")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    GIVEN_UP = "given_up", _("given up")
    UNSURE = "unsure", _("unsure: broken off while it was sent")


class Letter(models.Model):
    """All that one person is told on one day."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters", verbose_name=_("to")
    )
    day = models.DateField(_("day"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    mail = models.CharField(_("by mail"), max_length=10, choices=Mail.choices)
    address = models.EmailField(_("e-mail address"), blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("as sent"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    tried_at = models.DateTimeField(_("tried at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    objects = Letters.as_manager()

    class Meta:
        verbose_name = _("letter of reminders")
        verbose_name_plural = _("letters of reminders")
        ordering = ["-day", "to"]
        constraints = [
            models.UniqueConstraint(fields=["to", "day"], name="one_letter_a_day"),
            models.CheckConstraint(
                condition=Q(mail__in=["none", "off", "nowhere"]) | ~Q(address=""),
                name="a_letter_is_sent_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tried_at"],
                condition=Q(mail__in=["waiting", "sending"]),
                name="letters_not_sent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.to} · {self.day}"


class Reminder(models.Model):
    """One thing that somebody owes, told at one call: never twice."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="reminders")
    # Who owes it; the letter may go to whoever stands in.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    key = models.CharField(_("what"), max_length=120)
    due_on = models.DateField(_("due on"))
    call = models.CharField(_("call"), max_length=10)
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300)
    path = models.CharField(max_length=200)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    # Since when it is owed no more.
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = Reminders.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["due_on", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key", "due_on", "call"], name="reminded_once_at_a_call"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(seen_at=None, settled_at=None),
                name="reminders_to_be_seen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.due_on} {self.call}"
