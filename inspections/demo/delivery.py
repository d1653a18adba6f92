"""Visits as rows of the record: what the product itself would have kept of each."""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from inspections.demo.beats import Beat
from inspections.demo.closing import Closing
from inspections.demo.copying import copy, hex_points
from inspections.demo.ground import degrees, dice
from inspections.demo.habits import Indices, Numbers
from inspections.demo.record import SOURCES, Record, Visits
from inspections.demo.sheets import Sheet
from inspections.kind.answers import plain
from inspections.models import Finding, Inspection
from inspections.services.content import canonical
from inspections.services.placing import grade

INSPECTION = (
    *("id", "kind", "kind_version_id", "community_id", "estate_id", "asset_id", "inspector_id"),
    *("location", "location_source", "accuracy_m", "placed", "distance_m"),
    *("recorded_at", "received_at", "answers", "content", "content_sha256"),
    *("root", "supersedes", "reason", "in_force"),
)
FINDING = (
    *("id", "number", "inspection_id", "item", "kind", "severity", "advisory"),
    *("community_id", "estate_id", "asset_id", "place", "recorded_at", "closed_at", "in_force"),
)
REASONS = ("点错选项,核对后更正", "漏填一项,补充", "数值填写有误,重新测量")
# As a tablet tells its position: a centimetre.
DECIMALS = 7


class Delivery:
    """Numbers findings from 1, in the order delivered."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.closing = Closing(record)
        self.inspections = self.findings = 0

    def take(self, visits: Visits) -> None:
        """Two COPYs: the inspections, then what they found."""
        batch = _Batch(self.record, visits, dice(self.record.seed, "ids", self.inspections))
        copy(Inspection._meta.db_table, INSPECTION, batch.inspections())
        found = list(batch.findings(self.closing, self.findings + 1))
        copy(Finding._meta.db_table, FINDING, found)
        self.inspections += len(visits)
        self.findings += len(found)

    def finish(self) -> None:
        """The next finding that anyone makes gets the next number."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"ALTER SEQUENCE inspections_finding_number RESTART WITH {self.findings + 1:d}"
            )


class _Batch:
    """Columns as lists: reading single values out of arrays would take longer than all else."""

    def __init__(self, record: Record, visits: Visits, chance: np.random.Generator) -> None:
        self.record, self.visits = record, visits
        self.beats: list[Beat] = [record.beats[kind] for kind in visits.kind.tolist()]
        self.stops: list[int] = visits.stop.tolist()
        self.estates = [record.entered.estates[number] for number in visits.estate.tolist()]
        self.assets = [
            int(beat.assets[stop]) or None
            for beat, stop in zip(self.beats, self.stops, strict=True)
        ]
        self.sheets: list[Sheet] = [
            beat.piles[stop].sheet(faults, variant)
            for beat, stop, faults, variant in zip(
                self.beats,
                self.stops,
                visits.faults.tolist(),
                visits.variant.tolist(),
                strict=True,
            )
        ]
        self.ids = _ids(visits.recorded_ms, chance)
        self.recorded = _instants(visits.recorded_ms)
        self.sources = [SOURCES[number] for number in visits.source.tolist()]
        self.lonlat = degrees(visits.where, DECIMALS)
        self.corrects: list[int] = visits.corrects.tolist()
        corrected = set(self.corrects)
        self.in_force = [n not in corrected for n in range(len(visits))]

    def inspections(self) -> Iterator[list[object]]:
        visits = self.visits
        received = _instants(visits.received_ms)
        walkers: list[int] = self.record.walkers.ids[visits.walker].tolist()
        accuracies = [None if a != a else plain(a) for a in visits.accuracy_m.tolist()]
        distances: list[float] = visits.distance_m.tolist()
        points = hex_points(self.lonlat)
        coordinates: list[list[float]] = self.lonlat.tolist()
        for n, sheet in enumerate(self.sheets):
            version, estate, source = self.beats[n].version, self.estates[n], self.sources[n]
            earlier = self.ids[self.corrects[n]] if self.corrects[n] >= 0 else None
            reason = REASONS[n % len(REASONS)] if earlier else ""
            content: dict[str, Any] = {
                "answers": sheet.answers,
                "estate": estate.pk,
                "kind": version.slug,
                "kind_version": version.version,
                "recorded_at": self.recorded[n],
            }
            if self.assets[n]:
                content["asset"] = self.assets[n]
            if source:
                content["location"] = {"type": "Point", "coordinates": coordinates[n]}
                content["location_source"] = source
            if accuracies[n] is not None:
                content["accuracy_m"] = accuracies[n]
            if earlier:
                content |= {"supersedes": str(earlier), "reason": reason}
            sent = canonical(content)
            distance = distances[n] if source else None
            yield [
                self.ids[n],
                version.slug,
                version.pk,
                estate.community_id,
                estate.pk,
                self.assets[n],
                walkers[n],
                points[n] if source else None,
                source,
                accuracies[n],
                grade(distance, accuracies[n]).value,
                distance,
                self.recorded[n],
                received[n],
                sheet.told,
                sent.decode(),
                hashlib.sha256(sent).hexdigest(),
                earlier or self.ids[n],
                earlier,
                reason,
                self.in_force[n],
            ]

    def findings(self, closing: Closing, number: int) -> Iterator[list[object]]:
        """Drawn at the thing where that is a point, else where one stood, else in its middle."""
        visits = self.visits
        found = [(n, judged) for n, sheet in enumerate(self.sheets) for judged in sheet.found]
        rows = np.array([n for n, _ in found], dtype=np.int64)
        closed = closing.closed_ms(
            visits.estate[rows],
            np.array([int(judged.severity) for _, judged in found], dtype=np.int64),
            [judged.code for _, judged in found],
            visits.recorded_ms[rows],
        )
        closed_at = _instants(np.nan_to_num(closed).astype(np.int64))
        drawn = np.array([b.drawn[s] for b, s in zip(self.beats, self.stops, strict=True)])
        at_thing = np.array(
            [
                not source or beat.is_point[stop]
                for source, beat, stop in zip(self.sources, self.beats, self.stops, strict=True)
            ]
        )
        places = hex_points(np.where(at_thing[:, None], drawn, self.lonlat))
        for k, (n, judged) in enumerate(found):
            estate = self.estates[n]
            settled = self.in_force[n] and closed[k] == closed[k]
            yield [
                Finding.id_of(self.ids[n], judged.code),
                number + k,
                self.ids[n],
                judged.code,
                self.beats[n].version.slug,
                int(judged.severity),
                judged.advisory,
                estate.community_id,
                estate.pk,
                self.assets[n],
                places[n],
                self.recorded[n],
                closed_at[k] if settled else None,
                self.in_force[n],
            ]


def _ids(recorded_ms: Indices, chance: np.random.Generator) -> list[UUID]:
    """As tablets make them: UUIDv7 (RFC 9562 §5.7) of the moment."""
    told = chance.integers(0, 256, (len(recorded_ms), 16), dtype=np.uint8)
    told[:, :6] = (recorded_ms.astype(">i8").view(np.uint8).reshape(-1, 8))[:, 2:]
    told[:, 6] = 0x70 | (told[:, 6] & 0x0F)
    told[:, 8] = 0x80 | (told[:, 8] & 0x3F)
    return [UUID(bytes=row) for row in map(bytes, told)]


def _instants(ms: Indices | Numbers) -> list[str]:
    """In UTC, as an entry's canonical form has them: no more decimals than needed."""
    told = np.datetime_as_string(ms.astype("datetime64[ms]")).tolist()
    return [each.rstrip("0").rstrip(".") + "Z" for each in told]
