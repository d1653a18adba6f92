"""Opening cases: of what was found, as it is recorded; and of what was told another way."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from geo.srid import WGS84
from inspections.kind import Kind
from inspections.models import Case, Finding, Source
from inspections.services.cases import dispatch
from inspections.services.cases.clocks import set_clocks
from inspections.services.kinds import kind_of
from inspections.timetable import timetable

# One statement however many rows, as in `inspections.services.rows`. A tablet may have named one
# of these cases before, by hand: then that stands.
_CASES = f"""
INSERT INTO inspections_case
       (id, source, outside_number, state, version, community_id, estate_id, asset_id, kind, item,
        title, severity, simple, place, handler, reported_at, opened_at, reopened, step_began_at,
        step_due_at, due_at, first_due_at, provisional)
SELECT id, source, outside_number, state, 0, community, estate, asset, kind, item, title, severity,
       simple, ST_SetSRID(ST_MakePoint(lon, lat), {WGS84}), '', reported_at, opened_at, 0,
       step_began_at, step_due_at, due_at, first_due_at, provisional
  FROM json_to_recordset(%s)
       AS told (id uuid, source text, outside_number text, state text, community bigint,
                estate bigint, asset bigint, kind text, item text, title text, severity smallint,
                simple boolean, lon float8, lat float8, reported_at timestamptz,
                opened_at timestamptz, step_began_at timestamptz, step_due_at timestamptz,
                due_at timestamptz, first_due_at timestamptz, provisional boolean)
 ORDER BY id
    ON CONFLICT (id) DO NOTHING
"""  # noqa: S608
_LONGEST_TITLE = 200


def case_of(finding: Finding, id: UUID, now: datetime) -> Case:
    """Not yet open."""
    return of_a_fault(
        id,
        kind_of(finding.inspection.kind_version),
        now,
        community_id=finding.community_id,
        estate_id=finding.estate_id,
        asset_id=finding.asset_id,
        kind=finding.kind,
        item=finding.item,
        severity=finding.severity,
        place=finding.place,
        reported_at=finding.recorded_at,
    )


def of_a_fault(id: UUID, wording: Kind, now: datetime, **told: Any) -> Case:
    """`told` as the case has it; a clock that runs ahead reports nothing from to-morrow."""
    case = Case(id=id, source=Source.INSPECTION, opened_at=now, step_began_at=now, **told)
    case.title = wording.item(case.item).zh[:_LONGEST_TITLE]
    case.reported_at = min(case.reported_at, now)
    return case


def open_cases(cases: Sequence[Case], now: datetime) -> None:
    """With their clocks set. One that is there already stays as it is."""
    if cases:
        told = timetable()
        if told.some_are_simple:
            dispatch.mark_simple(cases)
        for case in cases:
            set_clocks(case, (), now, told)
        insert(cases)


def insert(cases: Iterable[Case]) -> None:
    rows = [_row(case) for case in cases]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_CASES, [orjson.dumps(rows).decode()])


def _row(case: Case) -> dict[str, Any]:
    return {
        "id": case.pk,
        "source": case.source,
        "outside_number": case.outside_number,
        "state": case.state,
        "community": case.community_id,
        "estate": case.estate_id,
        "asset": case.asset_id,
        "kind": case.kind,
        "item": case.item,
        "title": case.title,
        "severity": case.severity,
        "simple": case.simple,
        "lon": case.place.x if case.place else None,
        "lat": case.place.y if case.place else None,
        "reported_at": case.reported_at,
        "opened_at": case.opened_at,
        "step_began_at": case.step_began_at,
        "step_due_at": case.step_due_at,
        "due_at": case.due_at,
        "first_due_at": case.first_due_at,
        "provisional": case.provisional,
    }
