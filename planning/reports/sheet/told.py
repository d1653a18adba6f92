"""What a sheet says of a site, in the reader's language.

A number from memory is on no official paper: of such a rule neither limit nor source is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import orjson
import shapely
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from shapely.geometry.base import BaseGeometry

from geo.measure import area_m2, metric, north_deg
from inspections.papers.words import plain_throughout
from planning.life import Share
from planning.models import Document, Proposal, Step, Vote
from planning.reports import words
from planning.reports.sheet import drawing
from planning.reports.sheet.drawing import Deciding, Drawing, Thing
from planning.reports.words import Told

FROM_MEMORY = "M"
_LEGEND = {
    "site": pgettext_lazy("on a map", "proposed site"),
    "building": pgettext_lazy("on a map", "building"),
    "exit": pgettext_lazy("on a map", "exit of a building"),
    "lane": pgettext_lazy("on a map", "fire lane, by its clear width"),
    "lane_line": pgettext_lazy("on a map", "fire lane"),
    "operation_area": pgettext_lazy("on a map", "aerial-operation area"),
    "hydrant": pgettext_lazy("on a map", "hydrant"),
    "charging_site": pgettext_lazy("on a map", "charging site"),
    "vacant_space": pgettext_lazy("on a map", "vacant space"),
    "sensitive_place": pgettext_lazy("on a map", "sensitive place"),
    "gate": pgettext_lazy("on a map", "gate"),
    "road": pgettext_lazy("on a map", "road"),
    "path": pgettext_lazy("on a map", "path"),
    "estate": pgettext_lazy("on a map", "boundary of the estate"),
}
_SHARES = {
    Share.HEADS_TOOK_PART: (pgettext_lazy("of a vote", "owners who took part"), "2/3"),
    Share.AREA_TOOK_PART: (pgettext_lazy("of a vote", "their area"), "2/3"),
    Share.HEADS_AGREED: (pgettext_lazy("of a vote", "owners who agreed, of those"), "3/4"),
    Share.AREA_AGREED: (pgettext_lazy("of a vote", "their area, of that"), "3/4"),
}


@dataclass(frozen=True, slots=True)
class Photo:
    """`path` within the typesetter's folder."""

    path: Path
    caption: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a sheet is made from. `verdicts` as `planning.checking.told` has them, `rules` the
    version of the rules that they were judged by."""

    proposal: Proposal
    verdicts: Sequence[Told]
    rules: str
    around: Sequence[Thing]
    steps: Sequence[Step]
    vote: Vote | None
    photos: Sequence[Photo]
    demonstration: bool
    now: datetime


def told(contents: Contents, font: str) -> dict[str, Any]:
    """As JSON, for the typesetter; what people wrote is cleared of what no page can show."""
    proposal = contents.proposal
    footprint = shapely.from_wkb(bytes(proposal.geom.wkb))
    day = timezone.localtime(contents.now).strftime("%Y-%m-%d %H:%M")
    said = {
        "lang": "zh" if words.chinese() else "en",
        "region": "cn" if words.chinese() else "us",
        "title": proposal.name or pgettext("on a sheet", "unnamed site"),
        "issuer": gettext("Xuntu"),
        "marks": ["演示"] if contents.demonstration else [],
        "header": [
            gettext("E-bike charging · proposed site"),
            gettext("as of %(day)s, version %(version)d")
            % {"day": day, "version": proposal.version},
        ],
        "footer": gettext(
            "From the office's register and rules; not surveyed. Rules as of version %(rules)s."
        )
        % {"rules": contents.rules[:8]},
        "facts": _facts(proposal, footprint),
        "verdict": _verdict(contents.verdicts),
        "map": _map(contents, footprint, font),
        "attributes": _attributes(proposal),
        "note": proposal.note,
        "verdicts": [_row(each) for each in contents.verdicts],
        "remarks": [
            f"{each['code']}  {words.sentence(each)}"
            for each in contents.verdicts
            if each["verdict"] in ("breach", "cant_tell") and each["sure"] != FROM_MEMORY
        ],
        "vote": _vote(contents.vote),
        "steps": [_step(each) for each in contents.steps],
        "photos": [
            {"path": f"/{each.path.name}", "caption": each.caption} for each in contents.photos
        ],
        "words": _words(),
    }
    plainly: dict[str, Any] = plain_throughout(said)
    return plainly


def _words() -> dict[str, Any]:
    return {
        "attributes": pgettext("on a sheet", "What it is made of"),
        "rules": pgettext("on a sheet", "Rules"),
        "columns": [
            pgettext("of a rule", "rule"),
            pgettext("of a rule", "what is looked at"),
            pgettext("of a rule", "measured"),
            pgettext("of a rule", "limit"),
            pgettext("of a rule", "result"),
            pgettext("of a rule", "force"),
            pgettext("of a rule", "source"),
            pgettext("of a rule", "how sure"),
        ],
        "vote": pgettext("on a sheet", "Owners' vote"),
        "steps": pgettext("on a sheet", "Steps so far"),
        "step_columns": [
            pgettext("of a step", "day"),
            pgettext("of a step", "step"),
            pgettext("of a step", "by"),
            pgettext("of a step", "note"),
        ],
        "photos": pgettext("on a sheet", "Photos"),
    }


def _facts(proposal: Proposal, footprint: BaseGeometry) -> list[list[str]]:
    middle = footprint.representative_point()
    place = proposal.estate.name if proposal.estate else pgettext("on a sheet", "open street")
    return [
        [pgettext("on a sheet", "plan"), proposal.plan.name],
        [pgettext("on a sheet", "estate"), place],
        [pgettext("on a sheet", "community"), proposal.community.name],
        [pgettext("on a sheet", "state"), str(proposal.get_state_display())],
        [pgettext("on a sheet", "footprint"), f"{area_m2(footprint):.1f} m²"],
        [pgettext("on a sheet", "WGS-84"), f"{middle.x:.6f}, {middle.y:.6f}"],
    ]


def _verdict(verdicts: Sequence[Told]) -> dict[str, str] | None:
    if not verdicts:
        return None
    breached = [each["code"] for each in verdicts if each["verdict"] == "breach"]
    unsure = [each["code"] for each in verdicts if each["verdict"] == "cant_tell"]
    parts = []
    if breached:
        parts.append(gettext("Not met: %s.") % " ".join(breached))
    if unsure:
        parts.append(gettext("Can't tell: %s.") % " ".join(unsure))
    tone = "breach" if breached else "cant_tell" if unsure else "ok"
    return {"tone": tone, "text": " ".join(parts) or gettext("All rules are met.")}


def _map(contents: Contents, footprint: BaseGeometry, font: str) -> dict[str, Any]:
    deciding = [
        Deciding(
            metric(shapely.from_geojson(orjson.dumps(each["decides"]))),
            f"{each['code']} {words.measured(each['value'], each['unit'])}"
            if each["value"] is not None
            else each["code"],
            "breach" if each["verdict"] == "breach" else "met",
        )
        for each in contents.verdicts
        if each["decides"] is not None and each["verdict"] != "not_applicable"
    ]
    north = north_deg(footprint.centroid)
    drawn: Drawing = drawing.draw(
        metric(footprint), contents.around, deciding, font=font, north_deg=north
    )
    scale = gettext("Scale 1:%d on A4. Drawn from the register in EPSG:4549; north is up.")
    return {
        "svg": drawn.svg,
        "legend": [
            [str(name), drawing.swatch(layer)]
            for layer, name in _LEGEND.items()
            if layer in drawn.layers and not (layer == "lane_line" and "lane" in drawn.layers)
        ],
        "about": scale % drawn.scale,
    }


def _attributes(proposal: Proposal) -> list[list[str]]:
    rows = [
        [words.label(name), _shown(words.said(name, getattr(proposal, name)))]
        for name in words.ATTRIBUTES
        if name != "note"
    ]
    # Two pairs stand beside each other.
    return rows if len(rows) % 2 == 0 else [*rows, ["", ""]]


def _shown(value: str | int | float | None) -> str:
    if value is None:
        return pgettext("on a sheet", "not told")
    if isinstance(value, int) and value >= 10_000:
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _row(verdict: Told) -> dict[str, str]:
    memory = verdict["sure"] == FROM_MEMORY
    return {
        "code": verdict["code"],
        "what": str(words.MEASURES.get(verdict["measure"], verdict["measure"])),
        "value": words.measured(verdict["value"], verdict["unit"]),
        "limit": "—" if memory else words.limit(verdict),
        "tone": verdict["verdict"],
        "outcome": str(words.OUTCOMES[verdict["verdict"]]),
        "force": str(words.FORCES[verdict["force"]]),
        "source": "—" if memory else words.source(verdict),
        "sure": "—" if memory else str(words.SURE[verdict["sure"]]),
    }


def _vote(vote: Vote | None) -> dict[str, Any] | None:
    if vote is None:
        return None
    count = vote.count
    missed = set(count.missed)
    parts: dict[Share, tuple[int | Decimal, int | Decimal, str]] = {
        Share.HEADS_TOOK_PART: (count.heads_took_part, count.heads, ""),
        Share.AREA_TOOK_PART: (count.area_took_part_m2, count.area_m2, " m²"),
        Share.HEADS_AGREED: (count.heads_agreed, count.heads_took_part, ""),
        Share.AREA_AGREED: (count.area_agreed_m2, count.area_took_part_m2, " m²"),
    }
    rows = []
    for share, (part, whole, unit) in parts.items():
        name, least = _SHARES[share]
        percent = f"{float(Fraction(part) / Fraction(whole)) * 100:.2f} %" if whole else "—"
        reached = (
            pgettext("of a vote", "not reached")
            if share in missed
            else pgettext("of a vote", "reached")
        )
        rows.append(
            [str(name), f"{part:,}{unit} / {whole:,}{unit}", percent, f"≥ {least}", reached]
        )
    return {
        "head": [
            gettext("%(day)s, Civil Code art. 278") % {"day": vote.on.isoformat()},
            pgettext("of a vote", "of all"),
            pgettext("of a vote", "share"),
            pgettext("of a vote", "asked"),
            "",
        ],
        "rows": rows,
        "tone": "ok" if count.carried else "breach",
        "outcome": gettext("Carried.") if count.carried else gettext("Not carried."),
    }


def _step(step: Step) -> list[str]:
    day = step.on or timezone.localtime(step.at).date()
    by = (step.by.name or step.by.username) if step.by else gettext("the register")
    return [day.isoformat(), str(words.STEPS.get(step.name, step.name)), by, step.note]


def is_photo(document: Document) -> bool:
    return document.type in ("image/jpeg", "image/png")
