"""Enrolled estates as areas on a map."""

from datetime import date
from typing import Any

import orjson
from django.contrib.gis.db.models.functions import AsGeoJSON

from campaign.gathering import gather, standards_by
from campaign.models import Enrolment, Programme
from geo.scope import Scope

# A decimetre.
_DECIMALS = 6


def on_map(scope: Scope, programme: Programme, day: date) -> dict[str, Any]:
    """GeoJSON, WGS-84; one that was never drawn is left out."""
    rows = Enrolment.objects.visible_in(scope).filter(programme=programme).listed_by(day)
    drawn = rows.filter(estate__geom__isnull=False).select_related("estate")
    drawn = drawn.annotate(shape=AsGeoJSON("estate__geom", precision=_DECIMALS))
    drawn = drawn.defer("estate__geom").order_by("pk")
    standards = standards_by(day)
    features = []
    for each in gather(list(drawn), standards, day):
        scored = each.scored(standards, day)
        score = scored.score if scored else None
        features.append(
            {
                "type": "Feature",
                "geometry": orjson.loads(each.row.shape),  # type: ignore[attr-defined]
                "properties": {
                    "id": str(each.row.pk),
                    "estate": each.row.estate_id,
                    "name": each.row.estate.name,
                    "stage": each.walk.stage.value,
                    "score": None if score is None else float(score),
                    "veto": bool(scored and scored.vetoes),
                    "passes": bool(scored and scored.passes),
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}
