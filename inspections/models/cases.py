"""Cases 案卷: what is done about a fault, from the first report until it is closed."""

from uuid import UUID, uuid5

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Asset, Community, Estate, PropertyCompany
from geo.srid import WGS84
from inspections.models.findings import SEVERITIES
from inspections.models.written import CHANGED, WRITTEN_ANEW, Xact
from inspections.querysets import Cases, Moves
from inspections.workflow import ENDED, State
from people.models import Unit

_ENDED = sorted(each.value for each in ENDED)


class Source(models.TextChoices):
    INSPECTION = "inspection", _("inspection")
    COMPLAINT = "complaint", _("resident's complaint")
    JOINT = "joint", _("joint enforcement")
    PLATFORM = "platform", _("the city's platform")


class Handler(models.TextChoices):
    COMPANY = "company", _("property company")
    UNIT = "unit", _("responsible unit")
    COMMUNITY = "community", _("the community's handling group")


class NextCaseNumber(models.Func):
    template = "nextval('inspections_case_number')"
    output_field = models.BigIntegerField()


@pghistory.track(
    pghistory.UpdateEvent(condition=CHANGED),
    pghistory.DeleteEvent(),
    exclude=["xact"],
)
class Case(models.Model):
    """One matter, with one or many findings or complaints.

    The id of a case that a finding opens follows from the finding's, so that a tablet can name
    it with no network. `version` counts the moves made. What stands in the columns of the clocks
    follows from the moves, the limits and the calendar (`inspections.clocks`), and can be
    computed anew; whether a case is overdue is never stored.
    """

    id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(unique=True, editable=False, db_default=NextCaseNumber())
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    outside_number = models.CharField(_("number on the city's platform"), max_length=60, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=[(each, each) for each in State], default=State.REPORTED
    )
    version = models.PositiveIntegerField(_("version"), default=0)
    # Columns that an index of several begins with have none of their own.
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
        db_index=False,
    )
    estate = models.ForeignKey(
        Estate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("estate"),
    )
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asset")
    )
    # Of the finding that opened it; empty for what came by another way.
    kind = models.SlugField(_("kind"), max_length=40, blank=True, db_index=False)
    item = models.CharField(_("item"), max_length=20, blank=True)
    title = models.CharField(_("matter"), max_length=200, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=SEVERITIES)
    # 简单: received and handled the same day.
    simple = models.BooleanField(_("simple"), default=False)
    place = PointField(_("place"), srid=WGS84, null=True, blank=True)
    handler = models.CharField(_("handled by"), max_length=10, choices=Handler.choices, blank=True)
    company = models.ForeignKey(
        PropertyCompany,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("property company"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("responsible unit"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person in charge"),
        db_index=False,
    )
    joined_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joined",
        verbose_name=_("joined to"),
    )
    reported_at = models.DateTimeField(_("reported at"))
    opened_at = models.DateTimeField(_("received at"), default=timezone.now)
    assigned_at = models.DateTimeField(_("assigned at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    step_began_at = models.DateTimeField(_("step begun at"), default=timezone.now)
    # None while a clock stands still.
    step_due_at = models.DateTimeField(_("step due at"), null=True, blank=True)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    # As the case was filed first: an extension, a suspension, a reopening leave it.
    first_due_at = models.DateTimeField(_("first deadline"), null=True, blank=True)
    # By weekdays and statutory days, until the table of that year is there.
    provisional = models.BooleanField(_("deadline is provisional"), default=False)
    xact = Xact()

    objects = Cases.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[each.value for each in State]),
                name="a_case_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=models.Q(severity__in=[1, 2, 3]), name="a_case_is_severe_one_two_or_three"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_ENDED, ended_at__isnull=False)
                | models.Q(ended_at=None) & ~models.Q(state__in=_ENDED),
                name="an_ended_case_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(state="joined", joined_to__isnull=False)
                | models.Q(joined_to=None) & ~models.Q(state="joined"),
                name="a_joined_case_says_to_which",
            ),
            models.CheckConstraint(
                condition=models.Q(joined_to=None) | ~models.Q(joined_to=models.F("id")),
                name="no_case_joins_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(handler="company", company__isnull=False, unit=None)
                | models.Q(handler="unit", unit__isnull=False, company=None)
                | models.Q(handler__in=["", "community"], unit=None, company=None),
                name="a_handler_is_named",
            ),
            models.UniqueConstraint(
                fields=["outside_number"],
                condition=~models.Q(outside_number=""),
                name="one_case_per_number_of_the_platform",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-number"]),
            models.Index(fields=["xact"], name="cases_written"),
            # The open ones: few, however many were closed before.
            models.Index(
                fields=["community", "state"],
                condition=models.Q(ended_at=None),
                name="cases_open",
            ),
            models.Index(
                fields=["due_at"], condition=models.Q(ended_at=None), name="cases_by_deadline"
            ),
            models.Index(
                fields=["step_due_at"], condition=models.Q(ended_at=None), name="cases_by_step"
            ),
        ]
        triggers = [WRITTEN_ANEW, pgtrigger.Protect(name="case_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"

    @staticmethod
    def id_of(finding: UUID) -> UUID:
        """UUIDv5 of "case" in the finding's id as name space (RFC 9562 §5.5)."""
        return uuid5(finding, "case")


class MoveStanding(models.TextChoices):
    MADE = "made", _("made")
    PROPOSED = "proposed", _("proposed")
    DECLINED = "declined", _("declined")


class Move(models.Model):
    """One step in the life of a case, as it was sent. One that came late is a proposal until a
    supervisor accepts or declines it; what is accepted is made then."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="moves", verbose_name=_("case"), db_index=False
    )
    name = models.SlugField(_("move"), max_length=20, db_index=False)
    standing = models.CharField(
        _("standing"), max_length=10, choices=MoveStanding.choices, default=MoveStanding.MADE
    )
    # The version that its maker saw, and the one it made.
    seen = models.PositiveIntegerField(_("version seen"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), null=True, blank=True)
    state_before = models.CharField(_("from"), max_length=16, blank=True)
    state_after = models.CharField(_("to"), max_length=16, blank=True)
    # None: Xuntu itself, for a record that was corrected.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="moves",
        verbose_name=_("made by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), help_text=_("by the tablet's clock"))
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    # What it needs beside a note: handler, until, approver, body, into, severity, simple.
    data = models.JSONField(_("details"), default=dict)
    content = models.JSONField(_("as sent"))
    content_sha256 = models.CharField(max_length=64)
    device = models.UUIDField(_("device"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number on the device"), null=True, blank=True)
    # Why it is a proposal, as a code.
    problem = models.CharField(_("reason"), max_length=40, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
        db_index=False,
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision = models.CharField(_("note of the decision"), max_length=300, blank=True)
    photos_missing = models.PositiveSmallIntegerField(
        _("photos that have not arrived"), db_default=0, default=0
    )
    xact = Xact()

    objects = Moves.as_manager()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["case", "version", "received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "version"],
                condition=models.Q(standing="made"),
                name="one_move_makes_a_version",
            ),
            models.CheckConstraint(
                condition=models.Q(standing="made", version__isnull=False, made_at__isnull=False)
                | models.Q(version=None, made_at=None) & ~models.Q(standing="made"),
                name="only_a_made_move_has_a_version",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "version"]),
            models.Index(fields=["xact"], name="moves_written"),
            models.Index(
                fields=["case"],
                condition=models.Q(standing="proposed"),
                name="moves_to_be_decided",
            ),
            models.Index(
                fields=["device", "number"],
                condition=models.Q(device__isnull=False),
                name="moves_of_a_device",
            ),
        ]
        triggers = [
            WRITTEN_ANEW,
            pgtrigger.ReadOnly(
                name="move_stays",
                fields=[
                    "id",
                    "case",
                    "name",
                    "seen",
                    "by",
                    "recorded_at",
                    "received_at",
                    "content",
                    "content_sha256",
                    "device",
                    "number",
                ],
            ),
            pgtrigger.Protect(name="move_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.case_id}"


class SavedFilter(models.Model):
    """A view of the list of cases that a person comes back to: what stands in its address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("filter"), max_length=2000, blank=True)
    # Colleagues see it too.
    shared = models.BooleanField(_("shared"), default=False)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="a_filter_is_saved_once"),
        ]

    def __str__(self) -> str:
        return self.name
