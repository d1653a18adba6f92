"""Where a footprint stands: in which estate, in which community, and whether it may at all."""

from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _

from geo import proposing
from geo.models import Community, Estate, ExcludedArea
from people.models import User
from planning.errors import NothingDrawnHere
from planning.models import Plan
from planning.services.fields import Reading, shape_of


@dataclass(frozen=True, slots=True)
class Ground:
    community: Community
    estate: Estate | None


def ground_of(
    reading: Reading, geom: GEOSGeometry, *, estate: Estate | None, plan: Plan, by: User
) -> Ground | None:
    """That of `estate`, where one is told; else the community that the footprint lies in, or else
    the nearest. None where something is wrong, which then stands in the reading.

    Raises NothingDrawnHere.
    """
    shape = shape_of(geom)
    if ExcludedArea.objects.current().touching(shape).exists():
        raise NothingDrawnHere
    community = (
        estate.community if estate else proposing.community_at(shape, Community.objects.current())
    )
    theirs = Community.objects.visible_to(by)
    if community is None or not theirs.filter(pk=community.pk).exists():
        reading.blame("geom", _("This place lies in no community of yours."))
        return None
    if plan.community_id not in {None, community.pk}:
        reading.blame("geom", _("This place lies outside the community of the plan."))
        return None
    return Ground(community, estate)


def estate_at(geom: GEOSGeometry, by: User) -> Estate | None:
    """The estate in use that the middle of the footprint lies in."""
    within = Estate.objects.visible_to(by).current().filter(geom__intersects=geom.point_on_surface)
    return within.select_related("community").order_by("pk").first()
