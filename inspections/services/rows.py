"""Inspections and their findings in the database, many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.contrib.gis.geos import Point
from django.db import connection
from django.db.models import Func, IntegerField

from geo.placing import Place
from geo.srid import WGS84
from inspections.kind import Judgement, Value
from inspections.models import Case, Finding, Inspection
from inspections.services.cases import following, opening
from inspections.services.cases.making import Hand
from inspections.services.entries import Entry
from inspections.services.kinds import Published
from inspections.services.many import each_of
from inspections.services.outcomes import Known
from inspections.services.photos import Evidence

_Row = dict[str, Any]

# One statement however many rows: reading and planning it costs more than a row does. In the
# order of their ids, so that two tablets sending the same batch do not wait for each other.
_INSPECTIONS = f"""
INSERT INTO inspections_inspection
       (id, kind, kind_version_id, community_id, estate_id, asset_id, inspector_id, location,
        location_source, accuracy_m, placed, distance_m, recorded_at, received_at, answers,
        content, content_sha256, root, supersedes, reason, in_force, device, number, building_id,
        floor, zone, location_age_s, location_datum, clock_offset_s, doubts)
SELECT id, kind, version, community, estate, asset, inspector,
       ST_SetSRID(ST_MakePoint(lon, lat), {WGS84}),
       location_source, accuracy_m, placed, distance_m, recorded_at, received_at, answers,
       content, content_sha256, root, supersedes, reason, in_force, device, number, building,
       floor, zone, location_age_s, location_datum, clock_offset_s, doubts
  FROM json_to_recordset(%s)
       AS sent (id uuid, kind text, version bigint, community bigint, estate bigint, asset bigint,
                inspector bigint, lon float8, lat float8, location_source text, accuracy_m float8,
                placed text, distance_m float8, recorded_at timestamptz, received_at timestamptz,
                answers jsonb, content jsonb, content_sha256 text, root uuid, supersedes uuid,
                reason text, in_force boolean, device uuid, number int, building bigint,
                floor text, zone text, location_age_s float8, location_datum text,
                clock_offset_s float8, doubts text[])
 ORDER BY id
    ON CONFLICT (id) DO NOTHING
RETURNING id
"""  # noqa: S608
# Told with each: whether it, or another by naming it, is one that was seen again.
_FINDINGS = f"""
INSERT INTO inspections_finding
       (id, inspection_id, item, kind, severity, advisory, community_id, estate_id, asset_id,
        place, recorded_at, in_force, same_as, case_id)
SELECT id, inspection, item, kind, severity, advisory, community, estate, asset,
       ST_SetSRID(ST_MakePoint(lon, lat), {WGS84}), recorded_at, in_force, same_as, "case"
  FROM json_to_recordset(%s)
       AS found (id uuid, inspection uuid, item text, kind text, severity smallint,
                 advisory boolean, community bigint, estate bigint, asset bigint, lon float8,
                 lat float8, recorded_at timestamptz, in_force boolean, same_as uuid,
                "case" uuid)
RETURNING id, number, same_as IS NOT NULL OR EXISTS (
          SELECT FROM inspections_finding seen WHERE seen.same_as = inspections_finding.id)
"""  # noqa: S608


class _Declared(Func):
    """How many photos a record names."""

    template = "coalesce(jsonb_array_length(%(expressions)s -> 'photos'), 0)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry that may be recorded: checked against the register and judged."""

    entry: Entry
    version: Published
    place: Place
    placed: str
    answers: dict[str, Value]
    found: tuple[Judgement, ...]
    inspector: int
    received_at: datetime
    root: UUID
    building: int | None
    doubts: tuple[str, ...]
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class FindingTold:
    """What the tablet is told of a finding."""

    id: UUID
    number: int
    item: str
    severity: int
    advisory: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the server holds of an inspection: the answer to its sender."""

    id: UUID
    kind: str
    kind_version: int
    estate: int
    asset: int | None
    placed: str
    distance_m: float | None
    received_at: datetime
    in_force: bool
    evidence: Evidence
    doubts: tuple[str, ...]
    findings: tuple[FindingTold, ...]


def known(ids: Iterable[UUID]) -> dict[UUID, Known]:
    rows = (
        Inspection.objects.filter(pk__in=each_of(ids))
        .annotate(declared=_Declared("content"))
        .values_list(
            "inspector",
            "content_sha256",
            "declared",
            "photos_missing",
            "doubts",
            "pk",
            "kind",
            "kind_version__version",
            "estate",
            "asset",
            "placed",
            "distance_m",
            "received_at",
            "in_force",
        )
    )
    held = list(rows)
    if not held:
        return {}
    findings: dict[UUID, list[FindingTold]] = {}
    for row in (
        Finding.objects.filter(inspection__in=[row[5] for row in held])
        .order_by("item")
        .values_list("inspection", "pk", "number", "item", "severity", "advisory")
    ):
        findings.setdefault(row[0], []).append(FindingTold(*row[1:]))
    return {
        row[5]: Known(
            Recorded(
                *row[5:],
                evidence=Evidence(row[2], row[2] - row[3]),
                doubts=tuple(row[4]),
                findings=tuple(findings.get(row[5], ())),
            ),
            sender=row[0],
            sha256=row[1],
        )
        for row in held
    }


def insert(ready: Sequence[Ready]) -> list[Recorded]:
    """Those that were not there yet; of what another request has just written, nothing."""
    if not ready:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_INSPECTIONS, [_json(_inspection(each) for each in ready)])
        written = {row[0] for row in cursor}
        new = [
            (each, [_finding(each, judged) for judged in each.found])
            for each in ready
            if each.entry.id in written
        ]
        numbers: dict[UUID, int] = {}
        seen_again: list[UUID] = []
        if any(found for _, found in new):
            opening.open_cases(_cases(new), ready[0].received_at)
            cursor.execute(_FINDINGS, [_json(row for _, found in new for row in found)])
            for id, number, again in cursor:
                numbers[id] = number
                if again:
                    seen_again.append(id)
    if seen_again:
        following.settle(seen_again, Hand(ready[0].received_at))
    return [_recorded(each, found, numbers) for each, found in new]


def _cases(new: Iterable[tuple[Ready, list[_Row]]]) -> list[Case]:
    """Of faults that count; which of those seen before do is settled when they are there."""
    return [
        opening.of_a_fault(
            row["case"],
            each.version.kind,
            each.received_at,
            community_id=row["community"],
            estate_id=row["estate"],
            asset_id=row["asset"],
            kind=row["kind"],
            item=row["item"],
            severity=row["severity"],
            place=Point(row["lon"], row["lat"], srid=WGS84),
            reported_at=row["recorded_at"],
        )
        for each, found in new
        for row in found
        if row["case"] is not None
    ]


def _json(rows: Iterable[_Row]) -> str:
    return orjson.dumps(list(rows)).decode()


def _inspection(ready: Ready) -> _Row:
    entry, place = ready.entry, ready.place
    lon, lat = entry.location or (None, None)
    return {
        "id": entry.id,
        "kind": entry.kind,
        "version": ready.version.pk,
        "community": place.community,
        "estate": place.estate,
        "asset": place.asset,
        "inspector": ready.inspector,
        "lon": lon,
        "lat": lat,
        "location_source": entry.location_source,
        "accuracy_m": entry.accuracy_m,
        "placed": ready.placed,
        "distance_m": place.distance_m,
        "recorded_at": entry.recorded_at,
        "received_at": ready.received_at,
        "answers": ready.answers,
        "content": orjson.Fragment(entry.sent.canonical),
        "content_sha256": entry.sent.sha256,
        "root": ready.root,
        "supersedes": entry.supersedes,
        "reason": entry.reason,
        "in_force": ready.in_force,
        "device": entry.sent.device,
        "number": entry.sent.number,
        "building": ready.building,
        "floor": entry.floor,
        "zone": entry.zone,
        "location_age_s": entry.location_age_s,
        "location_datum": entry.location_datum,
        "clock_offset_s": entry.sent.clock_offset_s,
        "doubts": ready.doubts,
    }


def _finding(ready: Ready, judged: Judgement) -> _Row:
    entry, place = ready.entry, ready.place
    first = entry.same_as.get(judged.code)
    id, in_force = Finding.id_of(entry.id, judged.code), ready.in_force and first is None
    return {
        "id": id,
        "case": Case.id_of(id) if in_force and not judged.advisory else None,
        "inspection": entry.id,
        "item": judged.code,
        "kind": entry.kind,
        "severity": int(judged.severity),
        "advisory": judged.advisory,
        "community": place.community,
        "estate": place.estate,
        "asset": place.asset,
        "lon": place.lon,
        "lat": place.lat,
        "recorded_at": entry.recorded_at,
        # Whether one seen before counts all the same is settled when it is there.
        "in_force": in_force,
        "same_as": first and Finding.id_of(first, judged.code),
    }


def _recorded(ready: Ready, found: list[_Row], numbers: dict[UUID, int]) -> Recorded:
    entry, place = ready.entry, ready.place
    return Recorded(
        id=entry.id,
        kind=entry.kind,
        kind_version=ready.version.version,
        estate=place.estate,
        asset=place.asset,
        placed=ready.placed,
        distance_m=place.distance_m,
        received_at=ready.received_at,
        in_force=ready.in_force,
        evidence=Evidence(len(entry.photos), 0),
        doubts=ready.doubts,
        findings=tuple(
            FindingTold(
                row["id"], numbers[row["id"]], row["item"], row["severity"], row["advisory"]
            )
            for row in sorted(found, key=lambda row: str(row["item"]))
        ),
    )
