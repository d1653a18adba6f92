"""Every measure by plain SQL over rows: what the summaries have to equal, and what they are
faster than."""

from datetime import datetime
from typing import Any

from django.db import connection

from geo.scope import Scope
from inspections.overview import Asked

_AGAIN = """
    EXISTS (
        SELECT FROM inspections_finding e
        WHERE e.in_force AND e.item = f.item AND e.estate_id = f.estate_id
          AND e.inspection_id <> f.inspection_id
          AND e.recorded_at BETWEEN f.recorded_at - interval '30 days' AND f.recorded_at
          AND e.recorded_at <> f.recorded_at
          AND (e.asset_id = f.asset_id OR e.asset_id IS NULL AND f.asset_id IS NULL
               AND ST_Distance(e.place::geography, f.place::geography) <= 20)
          AND (e.closed_at BETWEEN f.recorded_at - interval '30 days' AND f.recorded_at
               OR EXISTS (SELECT FROM inspections_closedspan c WHERE c.finding_id = e.id
                          AND c.closed_at <= f.recorded_at)))
"""
_OPEN = """
    f.recorded_at < %(at)s AND (f.closed_at IS NULL OR f.closed_at >= %(at)s)
    AND NOT EXISTS (SELECT FROM inspections_closedspan c WHERE c.finding_id = f.id
                    AND c.closed_at < %(at)s AND c.reopened_at >= %(at)s)
"""
_OVERDUE = """
    EXISTS (SELECT FROM inspections_casespan s WHERE s.case_id = f.id AND s.ended_at IS NULL
            AND s.since < %(at)s AND (s.until IS NULL OR s.until >= %(at)s) AND s.due_at < %(at)s)
"""
_DAY = "(f.recorded_at AT TIME ZONE 'Asia/Shanghai')"
KEYS = {
    "estate": "f.estate_id",
    "community": "f.community_id",
    "company": "p.company_id",
    "kind": "f.kind",
    "item": "f.item",
    "severity": "f.severity",
    "day": f"{_DAY}::date",
    "week": f"date_trunc('week', {_DAY})::date",
    "month": f"date_trunc('month', {_DAY})::date",
}


def counted(
    scope: Scope, asked: Asked, *by: str, of: str = "finding", at: datetime | None = None
) -> dict[Any, int]:
    """As `inspections.overview.counted`; with `of="inspection"`, inspections. `at`: how it stood
    then, of a measure that is of a moment."""
    told = {
        "at": at or asked.at,
        "begins": asked.begins,
        "ends": asked.ends,
        "kinds": list(asked.kinds),
        "items": list(asked.items),
        "severities": list(asked.severities),
        "communities": list(asked.communities),
        "estates": list(asked.estates),
        "companies": list(asked.companies),
        "everything": scope.everything,
        "seen": list(scope.communities),
    }
    keys = ", ".join(KEYS[each] for each in by)
    sql = f"""
        SELECT {keys}{", " if keys else ""}count(*)
        FROM inspections_{"case" if asked.measure == "overdue" else of} f
        LEFT JOIN geo_estate p ON p.id = f.estate_id
        WHERE (%(everything)s OR f.community_id = ANY(%(seen)s))
          AND {" AND ".join(_conditions(asked, of))}
        {f"GROUP BY {keys}" if keys else "HAVING count(*) > 0"}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        rows = cursor.fetchall()
    if len(by) == 1:
        return dict(rows)
    return {tuple(key): n for *key, n in rows}


def _conditions(asked: Asked, of: str) -> list[str]:
    told = []
    for column, name, wanted in (
        ("f.kind", "kinds", asked.kinds),
        ("f.community_id", "communities", asked.communities),
        ("f.estate_id", "estates", asked.estates),
        ("p.company_id", "companies", asked.companies),
        ("f.item", "items", asked.items if of == "finding" else ()),
        ("f.severity", "severities", asked.severities if of == "finding" else ()),
    ):
        if wanted:
            told.append(f"{column} = ANY(%({name})s)")
    if asked.measure == "overdue":
        return [*told, _OVERDUE]
    told.append("f.in_force")
    if asked.measure == "open" and of == "finding":
        return [*told, _OPEN]
    if asked.begins:
        told.append("f.recorded_at >= %(begins)s")
    told.append("f.recorded_at < %(ends)s")
    if asked.measure == "repeat" and of == "finding":
        told.append(_AGAIN)
    if asked.measure == "households" and of == "finding":
        told.append("p.households > 0")
    return told
