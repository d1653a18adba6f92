"""What stands in a plan's files: a row for each site, and one for each rule on each site."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import area_m2
from planning.models import Plan, Proposal
from planning.reports import words
from planning.reports.words import Told

# Plain cells: what people wrote, numbers, yes or no.
Cell = str | int | float | bool | None

SITE_COLUMNS: dict[str, type] = {
    "id": str,
    "name": str,
    "state": str,
    "version": int,
    "community": str,
    "community_code": str,
    "estate": str,
    "estate_code": str,
    "area_m2": float,
    "outline": str,
    "rotation_deg": float,
    "ports": int,
    "bays": int,
    "bay_length_m": float,
    "bay_width_m": float,
    "group_bays": int,
    "group_length_m": float,
    "partitions": bool,
    "entrances": int,
    "canopy": str,
    "cctv": bool,
    "power": str,
    "level": str,
    "place": str,
    "commercial": bool,
    "cost_yuan": int,
    "note": str,
    "site": int,
    "not_met": str,
    "cant_tell": str,
    "lon_wgs84": float,
    "lat_wgs84": float,
}
CHECK_COLUMNS: dict[str, type] = {
    "proposal": str,
    "name": str,
    "code": str,
    "measure": str,
    "verdict": str,
    "force": str,
    "value": float,
    "limit": float,
    "unit": str,
    "says": str,
    "why": str,
    "source": str,
    "source_on": str,
    "sure": str,
    "sure_means": str,
}


@dataclass(frozen=True, slots=True)
class Site:
    """`verdicts` as `planning.checking.told` has them, in the order of their codes."""

    proposal: Proposal
    verdicts: Sequence[Told]

    @property
    def shape(self) -> BaseGeometry:
        return shapely.from_wkb(bytes(self.proposal.geom.wkb))


@dataclass(frozen=True, slots=True)
class Contents:
    """`rules`: the version of the rules by which the sites were judged."""

    plan: Plan
    sites: Sequence[Site]
    rules: str
    now: datetime
    demonstration: bool


def site_row(site: Site) -> dict[str, Cell]:
    proposal, shape = site.proposal, site.shape
    middle = shape.representative_point()
    told: dict[str, Cell] = {
        "id": str(proposal.pk),
        "community": proposal.community.name,
        "community_code": proposal.community.code,
        "estate": proposal.estate.name if proposal.estate else None,
        "estate_code": proposal.estate.code if proposal.estate else None,
        "area_m2": round(area_m2(shape), 2),
        "site": proposal.site_id,
        "not_met": _codes(site, "breach"),
        "cant_tell": _codes(site, "cant_tell"),
        "lon_wgs84": round(middle.x, 7),
        "lat_wgs84": round(middle.y, 7),
    }
    plain = (name for name in SITE_COLUMNS if name not in told)
    told |= {name: getattr(proposal, name) for name in plain}
    return {name: told[name] for name in SITE_COLUMNS}


def _codes(site: Site, verdict: str) -> str:
    return " ".join(each["code"] for each in site.verdicts if each["verdict"] == verdict)


def check_rows(site: Site) -> Iterator[tuple[dict[str, Cell], BaseGeometry | None]]:
    """Each rule on the site, with the shape that decided it (WGS-84)."""
    proposal = site.proposal
    for each in site.verdicts:
        row: dict[str, Cell] = {
            "proposal": str(proposal.pk),
            "name": proposal.name,
            "says": words.sentence(each),
            "why": words.why(each),
            "source": words.named_source(each),
            "sure_means": str(words.SURE[each["sure"]]),
        }
        row |= {name: each[name] for name in CHECK_COLUMNS if name not in row}
        yield {name: row[name] for name in CHECK_COLUMNS}, decides(each)


def decides(verdict: Told) -> BaseGeometry | None:
    geometry: Any = verdict["decides"]
    return None if geometry is None else shapely.from_geojson(orjson.dumps(geometry))
