"""Webhooks: telling outside systems, as the city's grid platform, of what becomes of cases."""

from uuid import uuid4

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspections.models.cases import Move
from inspections.querysets import Hooks


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Hook(models.Model):
    """Where to tell, and of whose cases. The secret that signs is made from the deployment's own
    and this row's id and turn, shown once and never stored; another turn makes another."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=60)
    url = models.URLField(_("address"), max_length=500)
    # Told are the cases that this person sees, as this person sees them.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="hooks",
        verbose_name=_("seen as"),
    )
    moves = ArrayField(
        models.SlugField(max_length=20),
        verbose_name=_("of these moves"),
        default=list,
        blank=True,
        help_text=_("empty: of all"),
    )
    # Only where it is wanted: a system that waits for moves knows nothing of others' duties.
    reminders = models.BooleanField(
        _("of reminders too"),
        default=False,
        help_text=_("those of this person; of everybody, where the person sees the whole office"),
    )
    turn = models.PositiveIntegerField(_("turn of the secret"), default=1, editable=False)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    objects = Hooks.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Telling(models.Model):
    """One message to one hook, with what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    hook = models.ForeignKey(
        Hook, models.CASCADE, related_name="tellings", verbose_name=_("webhook")
    )
    move = models.ForeignKey(
        Move, models.PROTECT, null=True, related_name="+", verbose_name=_("move")
    )
    # Of what is no move: its id. Others that are about the same wait for it.
    about = models.UUIDField(_("about"), null=True)
    body = models.BinaryField(_("as sent"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    tried_at = models.DateTimeField(_("tried at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("message to an outside system")
        verbose_name_plural = _("messages to outside systems")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["hook", "move"], name="a_move_is_told_once"),
            models.UniqueConstraint(fields=["hook", "about"], name="a_matter_is_told_once"),
            models.CheckConstraint(
                condition=models.Q(move=None, about__isnull=False)
                | models.Q(move__isnull=False, about=None),
                name="a_message_is_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hook} · {self.created_at:%Y-%m-%d %H:%M}"
