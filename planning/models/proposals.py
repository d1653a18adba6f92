"""Proposals 拟建点: what a planner draws, until it is a charging site of the register and after."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.gis.db.models import PointField, PolygonField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from geo.models import Asset, Community, Estate
from geo.srid import WGS84
from inspections.models.written import CHANGED
from planning.life import IN_REGISTER, State
from planning.models.plans import Plan
from planning.querysets import OfProposals, ProposedSites

_IN_REGISTER = sorted(each.value for each in IN_REGISTER)
_STATES = {
    State.PROPOSED: pgettext_lazy("charging site", "proposed"),
    State.CHECKED: _("checked"),
    State.VOTED: _("agreed to by the owners"),
    State.PLANNED: _("planned"),
    State.BUILT: _("built"),
    State.IN_USE: _("in use"),
    State.RETIRED: _("retired"),
    State.REFUSED: _("refused"),
    State.WITHDRAWN: _("withdrawn"),
}


class Outline(models.TextChoices):
    """A rectangle is laid out from its bays; what is drawn is as it was drawn."""

    RECTANGLE = "rectangle", _("rectangle")
    DRAWN = "drawn", _("drawn")


class Canopy(models.TextChoices):
    NONE = "none", _("none")
    OPEN = "open", _("open at the sides")
    CLOSED = "closed", _("closed")


class Power(models.TextChoices):
    ESTATE = "estate", _("from the estate")
    GRID = "grid", _("from the grid")
    UNKNOWN = "unknown", _("not known")


class Level(models.TextChoices):
    GROUND = "ground", _("outdoors")
    GROUND_INDOOR = "ground_indoor", _("ground floor, indoors")
    B1 = "b1", _("first basement")
    B2 = "b2", _("second basement or below")
    ROOF = "roof", _("roof")


class Place(models.TextChoices):
    OPEN_GROUND = "open_ground", _("open ground")
    ROADSIDE = "roadside", _("roadside")
    SHED = "shed", _("shed")
    LOBBY = "lobby", _("lobby")
    CORRIDOR = "corridor", _("corridor")
    STAIRWELL = "stairwell", _("stairwell")
    EXIT = "exit", _("exit")
    CAR_BAY = "car_bay", _("underground car bay")
    OPEN_FLOOR = "open_floor", _("open ground floor")


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(condition=CHANGED), pghistory.DeleteEvent()
)
class Proposal(models.Model):
    """One site as drawn. `geom` is its footprint, always; of a rectangle, `anchor` is its middle
    and `rotation_deg` the bearing of its long side.

    An attribute that is empty was not told: a rule that needs it can't tell. `version` counts
    every change and every step. The community is the estate's: the database sees to it.
    """

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="proposals", verbose_name=_("plan"))
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="+", verbose_name=_("community")
    )
    estate = models.ForeignKey(
        Estate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("estate"),
        help_text=_("empty for what stands in the open street"),
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drawn by")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=list(_STATES.items()), default=State.PROPOSED
    )
    version = models.PositiveIntegerField(_("version"), default=1)

    geom = PolygonField(_("footprint"), srid=WGS84)
    outline = models.CharField(
        _("outline"), max_length=10, choices=Outline.choices, default=Outline.DRAWN
    )
    anchor = PointField(_("middle"), srid=WGS84, null=True, blank=True)
    rotation_deg = models.FloatField(
        _("turned (°)"),
        null=True,
        blank=True,
        help_text=_("bearing of the long side, clockwise from north, 0 to 180"),
    )

    ports = models.PositiveIntegerField(_("charging ports"), null=True, blank=True)
    bays = models.PositiveIntegerField(_("bays"), null=True, blank=True)
    bay_length_m = models.FloatField(_("length of a bay (m)"), null=True, blank=True, default=2.2)
    bay_width_m = models.FloatField(_("width of a bay (m)"), null=True, blank=True, default=0.8)
    group_bays = models.PositiveIntegerField(_("bays of the largest group"), null=True, blank=True)
    group_length_m = models.FloatField(_("length of the longest group (m)"), null=True, blank=True)
    partitions = models.BooleanField(_("partitions between groups"), null=True, blank=True)
    canopy = models.CharField(_("canopy"), max_length=10, choices=Canopy.choices, blank=True)
    cctv = models.BooleanField(_("watched by camera"), null=True, blank=True)
    power = models.CharField(
        _("power"), max_length=10, choices=Power.choices, default=Power.UNKNOWN
    )
    level = models.CharField(_("level"), max_length=16, choices=Level.choices, blank=True)
    place = models.CharField(_("place"), max_length=16, choices=Place.choices, blank=True)
    entrances = models.PositiveIntegerField(_("entrances"), null=True, blank=True)
    commercial = models.BooleanField(
        _("run for business on the owners' common ground"), null=True, blank=True
    )
    cost_yuan = models.PositiveIntegerField(_("cost (yuan)"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    site = models.ForeignKey(
        Asset,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("site in the register"),
    )
    vacant_space = models.ForeignKey(
        Asset,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vacant space"),
    )
    created_at = models.DateTimeField(_("drawn at"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    # What it was made with: sent twice, it is made once.
    content_sha256 = models.CharField(max_length=64, editable=False)

    objects = ProposedSites.as_manager()

    class Meta:
        verbose_name = _("proposed site")
        verbose_name_plural = _("proposed sites")
        ordering = ["plan", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[each.value for each in State]),
                name="a_proposal_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=_IN_REGISTER, site__isnull=False)
                | models.Q(site=None) & ~models.Q(state__in=_IN_REGISTER),
                name="what_is_approved_has_a_site",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    outline="rectangle",
                    anchor__isnull=False,
                    rotation_deg__gte=0,
                    rotation_deg__lt=180,
                )
                | models.Q(outline="drawn", anchor=None, rotation_deg=None),
                name="a_rectangle_has_its_middle_and_turn",
            ),
            models.CheckConstraint(
                condition=models.Q(bay_length_m=None) | models.Q(bay_length_m__gt=0),
                name="a_bay_has_a_length",
            ),
            models.CheckConstraint(
                condition=models.Q(bay_width_m=None) | models.Q(bay_width_m__gt=0),
                name="a_bay_has_a_width",
            ),
            models.CheckConstraint(
                condition=models.Q(group_length_m=None) | models.Q(group_length_m__gte=0),
                name="a_group_is_no_shorter_than_nothing",
            ),
        ]
        indexes = [models.Index(fields=["community", "state"])]
        triggers = [pgtrigger.Protect(name="proposal_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name or str(self.id)[:8]


class Edit(models.Model):
    """One change of a plan's or a proposal's fields, as its maker made it. What lost a race is
    kept as well: `set_aside`, and `version` the one that it lost to."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="edits", verbose_name=_("plan"))
    # None: of the plan's own fields.
    proposal = models.ForeignKey(
        Proposal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="edits",
        verbose_name=_("proposed site"),
    )
    seen = models.PositiveIntegerField(_("version seen"))
    version = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    at = models.DateTimeField(_("made at"), default=timezone.now)
    # Field → [before, after], as the API tells values.
    changes = models.JSONField(_("changes"))
    set_aside = models.BooleanField(_("set aside"), default=False)

    objects = OfProposals.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "proposal", "version"],
                condition=models.Q(set_aside=False),
                nulls_distinct=False,
                name="one_change_makes_a_version",
            ),
            models.CheckConstraint(
                condition=models.Q(version__gt=models.F("seen")),
                name="a_change_comes_after_what_it_saw",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="edit_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.proposal or self.plan} {self.version}"
