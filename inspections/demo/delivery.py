"""Visits as rows of the record: what the product itself would have kept of each."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from geo.models import Asset
from inspections.demo.beats import Beat
from inspections.demo.casework import Casework, Fault, Placed
from inspections.demo.closing import Closing
from inspections.demo.copying import copy, hex_points
from inspections.demo.ground import degrees, dice
from inspections.demo.habits import Indices, Numbers
from inspections.demo.record import SOURCES, Record, Visits
from inspections.demo.sheets import Sheet
from inspections.demo.voices import Voices
from inspections.kind import Judgement
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
    "case_id",
)
REASONS = ("点错选项,核对后更正", "漏填一项,补充", "数值填写有误,重新测量")
# As a tablet tells its position: a centimetre.
DECIMALS = 7


class Delivery:
    """Numbers findings from 1, in the order delivered."""

    def __init__(self, record: Record, casework: Casework, voices: Voices) -> None:
        self.record, self.casework, self.voices = record, casework, voices
        self.closing = Closing(record)
        self.owners = dict(Asset.objects.values_list("pk", "owner"))
        self.inspections = self.findings = 0

    def take(self, visits: Visits) -> None:
        """Inspections, what they found, and what was done about that."""
        batch = _Batch(self.record, visits, dice(self.record.seed, "ids", self.inspections))
        copy(Inspection._meta.db_table, INSPECTION, batch.inspections())
        found = batch.found(self.closing)
        said = self.voices.until(float(visits.received_ms.max()))
        placed = self.casework.take([*said, *batch.faults(found, self.owners)])
        copy(Finding._meta.db_table, FINDING, batch.findings(found, placed, self.findings + 1))
        self.inspections += len(visits)
        self.findings += len(found)

    def finish(self) -> None:
        """What was said after the last visit. The next finding and the next case that anyone
        makes get the next numbers."""
        self.casework.take(self.voices.until(float("inf")))
        self.voices.enter(self.casework)
        with connection.cursor() as cursor:
            for of, many in (("finding", self.findings), ("case", self.casework.cases)):
                cursor.execute(f"ALTER SEQUENCE inspections_{of}_number RESTART WITH {many + 1:d}")


@dataclass(frozen=True, slots=True)
class _Found:
    """`n`: the visit's place in the batch; `root`: the same finding of the first record of its
    chain of corrections; `closed_ms`: None while it is open."""

    id: UUID
    root: UUID
    n: int
    judged: Judgement
    place: str
    closed_ms: int | None


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

    def found(self, closing: Closing) -> list[_Found]:
        """Drawn at the thing where that is a point, else where one stood, else in its middle."""
        visits = self.visits
        found = [(n, judged) for n, sheet in enumerate(self.sheets) for judged in sheet.found]
        rows = np.array([n for n, _ in found], dtype=np.int64)
        closed = closing.closed_ms(
            visits.estate[rows],
            np.array([int(judged.severity) for _, judged in found], dtype=np.int64),
            [judged.code for _, judged in found],
            visits.recorded_ms[rows],
        ).tolist()
        drawn = np.array([b.drawn[s] for b, s in zip(self.beats, self.stops, strict=True)])
        at_thing = np.array(
            [
                not source or beat.is_point[stop]
                for source, beat, stop in zip(self.sources, self.beats, self.stops, strict=True)
            ]
        )
        places = hex_points(np.where(at_thing[:, None], drawn, self.lonlat))
        return [
            _Found(
                id=Finding.id_of(self.ids[n], judged.code),
                # Cases are called by the first of the records that correct each other.
                root=Finding.id_of(self._first(n), judged.code),
                n=n,
                judged=judged,
                place=places[n],
                closed_ms=int(at) if at == at and self.in_force[n] else None,
            )
            for (n, judged), at in zip(found, closed, strict=True)
        ]

    def _first(self, n: int) -> UUID:
        return self.ids[self.corrects[n] if self.corrects[n] >= 0 else n]

    def faults(self, found: list[_Found], owners: dict[int, str]) -> list[Fault]:
        """One for each chain of records that found the same; what is only for note opens none."""
        recorded: list[int] = self.visits.recorded_ms.tolist()
        received: list[int] = self.visits.received_ms.tolist()
        walkers: list[int] = self.record.walkers.ids[self.visits.walker].tolist()
        corrected_by = {wrong: n for n, wrong in enumerate(self.corrects) if wrong >= 0}
        faults: dict[UUID, Fault] = {}
        for each in sorted(found, key=lambda each: self.in_force[each.n]):
            n, wording = each.n, self.beats[each.n].version
            if each.judged.advisory:
                continue
            earlier = faults.get(each.root)
            first = (
                (earlier.reported_ms, earlier.opened_ms) if earlier else (recorded[n], received[n])
            )
            estate, asset = self.estates[n], self.assets[n]
            faults[each.root] = Fault(
                key=each.root,
                source="inspection",
                community=estate.community_id,
                estate=estate.pk,
                asset=asset,
                owner=owners.get(asset, "") if asset else "",
                company=estate.company_id,
                kind=wording.slug,
                item=each.judged.code,
                title=wording.kind.item(each.judged.code).zh[:200],
                severity=int(each.judged.severity),
                place=each.place,
                reported_ms=first[0],
                opened_ms=first[1],
                closed_ms=each.closed_ms,
                by=walkers[n],
                findings=[*(earlier.findings if earlier else ()), each.id],
                corrected_ms=None if self.in_force[n] else received[corrected_by[n]],
            )
        return list(faults.values())

    def findings(
        self, found: list[_Found], placed: dict[UUID, Placed], number: int
    ) -> Iterator[list[object]]:
        nowhere = Placed(None, None)
        for k, each in enumerate(found):
            n, estate = each.n, self.estates[each.n]
            where = placed.get(each.id, nowhere)
            closed = each.closed_ms if where.case is None else where.closed_ms
            yield [
                each.id,
                number + k,
                self.ids[n],
                each.judged.code,
                self.beats[n].version.slug,
                int(each.judged.severity),
                each.judged.advisory,
                estate.community_id,
                estate.pk,
                self.assets[n],
                each.place,
                self.recorded[n],
                None if closed is None else datetime.fromtimestamp(closed / 1000, UTC),
                self.in_force[n],
                where.case,
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
