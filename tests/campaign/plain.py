"""The derived metrics once more: plain SQL over what was recorded, and nothing that is kept of it.

How a case stood at a moment is told by its moves, one after the other.
"""

from datetime import datetime

from django.db import connection

from geo.scope import Scope
from inspections import kinds

PUT_RIGHT = "('fixed', 'checking', 'checked', 'closed')"
NO_MATTER = "('rejected', 'void', 'joined')"
STATE = """coalesce((SELECT move.state_after FROM inspections_move move
   WHERE move.case_id = matter.id AND move.standing = 'made' AND move.made_at < {at}
   ORDER BY move.version DESC LIMIT 1), 'reported')"""
COMPLAINTS = """
SELECT complaint.community_id, complaint.estate_id,
       count(*) FILTER (WHERE ({of}) AND ({n})), count(*) FILTER (WHERE {of})
  FROM inspections_complaint complaint
  JOIN inspections_case matter ON matter.id = complaint.case_id
 CROSS JOIN LATERAL (SELECT (date_trunc('day', complaint.received_at AT TIME ZONE 'Asia/Shanghai')
                             + interval '1 day') AT TIME ZONE 'Asia/Shanghai' AS over) day
 CROSS JOIN LATERAL (SELECT {state} AS state) stood
 WHERE complaint.received_at >= %(begins)s AND complaint.received_at < %(ends)s
   AND complaint.entered_at < %(at)s AND matter.reported_at < {moment}
   AND stood.state NOT IN ('rejected', 'void', 'joined') AND {also} AND {{complaint}}
 GROUP BY 1, 2
"""
CASES = """
SELECT matter.community_id, matter.estate_id, count(*) FILTER (WHERE {n}), count(*)
  FROM inspections_case matter CROSS JOIN LATERAL (SELECT {state} AS state) stood
 WHERE matter.reported_at >= %(begins)s AND matter.reported_at < %(ends)s
   AND stood.state NOT IN ('rejected', 'void', 'joined') AND {also} AND {{matter}}
 GROUP BY 1, 2
"""
OPEN = """finding.in_force AND finding.recorded_at < %(at)s
   AND (finding.closed_at IS NULL OR finding.closed_at >= %(at)s)
   AND NOT EXISTS (SELECT FROM inspections_closedspan span WHERE span.finding_id = finding.id
                   AND span.closed_at < %(at)s AND span.reopened_at >= %(at)s)"""
LOOKED = """EXISTS (SELECT FROM inspections_inspection seen WHERE seen.estate_id = estate.id
   AND seen.kind = '{kind}' AND seen.in_force AND seen.recorded_at < %(at)s
   AND seen.recorded_at >= %(at)s::timestamptz - interval '{days} days')"""


def _looked(kind: str) -> str:
    return LOOKED.format(kind=kind, days=kinds.get(kind).due_every.days)


def _complaints(n: str, of: str = "true", also: str = "true", moment: str = "%(at)s") -> str:
    return COMPLAINTS.format(n=n, of=of, also=also, moment=moment, state=STATE.format(at=moment))


def _cases(n: str, also: str) -> str:
    return CASES.format(n=n, also=also, state=STATE.format(at="%(at)s"))


def _environment(*items: str, n: str, of: str) -> str:
    return f"""
        SELECT estate.community_id, estate.id, {n}, {of} FROM geo_estate estate
         CROSS JOIN LATERAL (
               SELECT count(*) AS open FROM inspections_finding finding
                WHERE finding.estate_id = estate.id AND finding.item IN {items} AND {OPEN}) found
         WHERE (estate.retired_at IS NULL OR estate.retired_at >= %(at)s)
           AND (open > 0 OR {_looked("environment")}) AND {{estate}}
    """


def _day(moment: str) -> str:
    """The last day of the office before that moment."""
    return f"((%({moment})s::timestamptz - interval '1 us') AT TIME ZONE 'Asia/Shanghai')::date"


THAT_DAY = "least(day.over, %(at)s)"
REPLIED = f"complaint.replied_at < {THAT_DAY}"
SQL = {
    "complaint_handled_rate": _complaints(f"stood.state IN {PUT_RIGHT}"),
    "same_day_rate": _complaints(
        f"stood.state IN {PUT_RIGHT}",
        f"day.over <= %(at)s OR stood.state IN {PUT_RIGHT}",
        "matter.simple",
        THAT_DAY,
    ),
    "same_day_reply_rate": _complaints(
        f"coalesce({REPLIED}, false)",
        f"day.over <= %(at)s OR coalesce({REPLIED}, false)",
        "NOT matter.simple",
    ),
    "enforcement_rate": _cases(f"stood.state IN {PUT_RIGHT}", "matter.source = 'joint'"),
    "fire_facility_repaired": f"""
        SELECT community_id, estate_id, (n = all_)::int, 1 FROM (
            {_cases("stood.state = 'closed'", "matter.item IN ('XF-18', 'ZM-09')")}
        ) AS told (community_id, estate_id, n, all_) WHERE estate_id IS NOT NULL
    """,
    "supervision_publish": """
        SELECT NULL, NULL, count(*), NULL FROM inspections_paper paper
         WHERE paper.kind = 'oversight' AND paper.community_id IS NULL
           AND paper.issued_by_id IS NOT NULL AND paper.issued_at >= %(begins)s
           AND paper.issued_at < %(ends)s
           AND (paper.voided_at IS NULL OR paper.voided_at >= %(at)s) AND {anybody}
        HAVING count(*) > 0
    """,
    "charging_sites_added": """
        SELECT site.community_id, site.estate_id, count(*), NULL FROM geo_asset site
         WHERE site.type = 'charging_site' AND site.built_at >= %(begins)s
           AND site.built_at < %(ends)s
           AND (site.retired_at IS NULL OR site.retired_at >= %(at)s) AND {site}
         GROUP BY 1, 2
    """,
    "lamp_ok_rate": f"""
        SELECT estate.community_id, estate.id,
               greatest(lamps.n - lamps.dark - unnamed.n, 0), lamps.n
          FROM geo_estate estate
         CROSS JOIN LATERAL (
               SELECT count(*) AS n, count(*) FILTER (WHERE EXISTS (
                      SELECT FROM inspections_finding finding WHERE finding.asset_id = lamp.id
                         AND finding.item IN ('ZM-01', 'ZM-02', 'ZM-03') AND {OPEN})) AS dark
                 FROM geo_asset lamp WHERE lamp.estate_id = estate.id AND lamp.type = 'light'
                  AND (lamp.retired_at IS NULL OR lamp.retired_at >= %(at)s)) lamps
         CROSS JOIN LATERAL (
               SELECT count(*) AS n FROM inspections_finding finding
                WHERE finding.estate_id = estate.id AND finding.asset_id IS NULL
                  AND finding.item IN ('ZM-01', 'ZM-02', 'ZM-03') AND {OPEN}) unnamed
         WHERE (estate.retired_at IS NULL OR estate.retired_at >= %(at)s)
           AND lamps.n > 0 AND {_looked("lighting")} AND {{estate}}
    """,
    "env_defects_open": _environment("HJ-03", "HJ-04", "HJ-05", "HJ-06", n="open", of="NULL"),
    "waste_ok_rate": _environment("HJ-01", "HJ-02", n="(open = 0)::int", of="1"),
    "safety_std_estates": f"""
        SELECT estate.community_id, estate.id, count(*) FILTER (
               WHERE last."to" = 'S10' AND last."on" <= coalesce(held.deadline, 'infinity')), NULL
          FROM campaign_enrolment listed JOIN geo_estate estate ON estate.id = listed.estate_id
          LEFT JOIN LATERAL (SELECT move."to", move."on" FROM campaign_stagemove move
                 WHERE move.enrolment_id = listed.id AND move."on" <= {_day("ends")}
                 ORDER BY move."on" DESC, move.at DESC, move.id DESC LIMIT 1) last ON true
          LEFT JOIN LATERAL (
               SELECT target.deadline FROM campaign_target target
                 JOIN campaign_indicator asked ON asked.id = target.indicator_id
                 JOIN campaign_action action ON action.id = asked.action_id
                WHERE action.programme_id = listed.programme_id
                  AND asked.metric = 'safety_std_estates' AND target.holds_from <= {_day("at")}
                ORDER BY target.holds_from DESC, target.at DESC, target.id DESC LIMIT 1
               ) held ON true
         WHERE listed.enrolled_on <= {_day("ends")} AND {{estate}} GROUP BY 1, 2
    """,
    "hazard_survey": f"""
        SELECT estate.community_id, estate.id,
               ({" AND ".join(_looked(kind.slug) for kind in kinds.all())})::int, 1
          FROM geo_estate estate
         WHERE estate.company_id IS NOT NULL AND {{estate}}
           AND (estate.retired_at IS NULL OR estate.retired_at >= %(at)s)
    """,
}


def counted(
    metric: str, scope: Scope, begins: datetime, ends: datetime, at: datetime
) -> dict[tuple, tuple]:
    """Community and estate → n and of; without places that have nothing."""
    seen = "true" if scope.everything else "{}.community_id = ANY(%(communities)s)"
    seen = "false" if scope.nothing else seen
    tables = ("complaint", "matter", "site", "estate")
    named = {table: seen.format(table) for table in tables}
    # What is published is told to whoever sees anything.
    query = SQL[metric].format(**named, anybody="false" if scope.nothing else "true")
    told = {"begins": begins, "ends": ends, "at": at, "communities": list(scope.communities)}
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        return {(community, estate): (n, of) for community, estate, n, of in cursor if of != 0}
