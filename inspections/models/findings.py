"""Findings 隐患: what was wrong."""

from uuid import UUID, uuid5

import pghistory
from django.contrib.gis.db.models import PointField
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo.models import Asset, Community, Estate
from geo.srid import WGS84
from inspections.models.inspections import Inspection
from inspections.models.written import CHANGED, WRITTEN_ANEW, Xact
from inspections.querysets import Findings

SEVERITIES = [(1, _("immediate danger")), (2, _("serious")), (3, _("ordinary"))]


class NextNumber(models.Func):
    """The next short number of a finding, for tiles: a UUID triples a tile's bytes."""

    template = "nextval('inspections_finding_number')"
    output_field = models.BigIntegerField()


@pghistory.track(
    pghistory.UpdateEvent(condition=CHANGED), pghistory.DeleteEvent(), exclude=["xact"]
)
class Finding(models.Model):
    """One failed item of one inspection.

    The id follows from the inspection's id and the item, so that a tablet can name a finding
    with no network. What an inspection no longer in force found is not in force either.
    """

    id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(unique=True, editable=False, db_default=NextNumber())
    # Columns that an index of several begins with have none of their own.
    inspection = models.ForeignKey(
        Inspection,
        models.PROTECT,
        related_name="findings",
        verbose_name=_("inspection"),
        db_index=False,
    )
    item = models.CharField(_("item"), max_length=20)
    kind = models.SlugField(_("kind"), max_length=40, db_index=False)
    severity = models.PositiveSmallIntegerField(
        _("severity"),
        choices=SEVERITIES,
    )
    # By an item that only recommends (宜), or a limit nobody has confirmed: noted, and never
    # opens a case by itself.
    advisory = models.BooleanField(_("for note"), default=False)
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
        related_name="findings",
        verbose_name=_("estate"),
        db_index=False,
    )
    asset = models.ForeignKey(
        Asset,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("asset"),
    )
    place = PointField(_("place"), srid=WGS84)
    recorded_at = models.DateTimeField(_("found at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    in_force = models.BooleanField(_("in force"), default=True)
    # The earlier finding that this one only saw again. It is in force while that one can't stand
    # for it: not held, not in force, or closed before this was recorded.
    same_as = models.UUIDField(_("seen before as"), null=True, blank=True)
    # What is done about it. One that was only seen again belongs to the case of the first.
    case = models.ForeignKey(
        "inspections.Case",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("case"),
        db_index=False,
    )
    xact = Xact()

    objects = Findings.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="one_finding_per_item"),
            models.CheckConstraint(
                condition=models.Q(severity__in=[1, 2, 3]), name="severity_is_one_two_or_three"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None)
                | models.Q(closed_at__gte=models.F("recorded_at")),
                name="closed_after_found",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-recorded_at"]),
            models.Index(fields=["estate", "-recorded_at"]),
            models.Index(fields=["-recorded_at", "id"]),
            models.Index(
                fields=["same_as"],
                condition=models.Q(same_as__isnull=False),
                name="findings_seen_again",
            ),
            models.Index(
                fields=["case"],
                condition=models.Q(case__isnull=False),
                name="findings_of_a_case",
            ),
            models.Index(fields=["xact"], name="findings_written"),
            # A pack holds the open ones: few, however many were closed before.
            models.Index(
                fields=["community"],
                condition=models.Q(in_force=True, closed_at=None),
                name="findings_open",
            ),
            # What was closed on the day by which a period is cut.
            models.Index(
                fields=["closed_at"],
                condition=models.Q(closed_at__isnull=False),
                name="findings_by_closing",
            ),
            # What was closed at a place before it came again: no row is fetched of what was
            # closed elsewhere in the estate.
            models.Index(
                "estate",
                "item",
                "asset",
                "closed_at",
                models.Func("place", function="ST_X", output_field=models.FloatField()),
                models.Func("place", function="ST_Y", output_field=models.FloatField()),
                condition=models.Q(closed_at__isnull=False),
                name="findings_closed_on_a_spot",
            ),
        ]
        triggers = [WRITTEN_ANEW]

    def __str__(self) -> str:
        return f"{self.item} · {self.estate}"

    @staticmethod
    def id_of(inspection: UUID, item: str) -> UUID:
        """UUIDv5 of the item's code in the inspection's id as name space (RFC 9562 §5.5)."""
        return uuid5(inspection, item)
