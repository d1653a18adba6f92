"""Charging sites as they come to be: planned, built, in use.

As in `geo.services`, who may is decided by the caller, and the history tells who and what for.
Taking a site out of use is `geo.services.retire`.
"""

import pghistory
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.db.models import Model

from geo.errors import RowRetired
from geo.listeners import tell_status_set
from geo.models import Asset, AssetType, Community, Datum, Estate
from geo.models.assets import SiteStatus


@transaction.atomic
def plan_site(
    *,
    community: Community,
    estate: Estate | None,
    name: str,
    geom: GEOSGeometry,
    ports: int | None,
    bays: int | None,
    indoor: bool | None,
    by: Model,
    reason: str,
) -> Asset:
    """A site that is not there yet: everyone sees where it will be, and nothing is due at it."""
    with pghistory.context(user=by.pk, act="plan", reason=reason):
        return Asset.objects.create(
            type=AssetType.CHARGING_SITE,
            status=SiteStatus.PLANNED,
            community=community,
            estate=estate,
            name=name,
            geom=geom,
            ports=ports,
            bays=bays,
            indoor=indoor,
            src_datum=Datum.DRAWN,
        )


@transaction.atomic
def set_site_status(*, site: Asset, status: SiteStatus, by: Model, reason: str) -> Asset:
    """Raises RowRetired."""
    with pghistory.context(user=by.pk, act="build", reason=reason):
        row = Asset.objects.select_for_update().get(pk=site.pk)
        if row.retired_at is not None:
            raise RowRetired(row=row)
        row.status = status
        row.save(update_fields=["status"])
        tell_status_set([row.pk], reason)
    return row
