"""The derived metrics once more: plain SQL over what was recorded, and nothing that is kept of it.

How a case stood at a moment is told by its moves, one after the other.
"""

from django.db import connection

from campaign.metrics import Span
from geo.scope import Scope
from inspections import kinds
from inspections.overview.asked import begin_of_day, end_of

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


# What stood in a ledger at the moment, its rows of one day after the other.
ROWS = """(SELECT DISTINCT ON (entry.root) entry.* FROM campaign_ledgerrow entry
            WHERE entry.ledger = '{ledger}' AND entry.at < %(at)s
            ORDER BY entry.root, entry.at DESC) AS row"""
HERE = "NOT row.withdrawn AND {row}"
HOMES = "geo_estate estate WHERE {estate} AND (retired_at IS NULL OR retired_at >= %(at)s)"


def _deeds(ledger: str, since: str = "%(since)s::date") -> str:
    return f"""
        SELECT row.community_id, row.estate_id, row.company_id, count(*), NULL
          FROM {ROWS.format(ledger=ledger)}
         WHERE {HERE} AND row.day BETWEEN {since} AND %(until)s GROUP BY 1, 2, 3
    """


def _whole(ledger: str, n: str = "count(*)", also: str = "true") -> str:
    return f"""
        SELECT NULL::bigint, NULL::bigint, NULL::bigint, {n}, NULL
          FROM {ROWS.format(ledger=ledger)}
         WHERE {HERE} AND {also} AND row.day BETWEEN %(since)s AND %(until)s HAVING {n} > 0
    """


def _latest(ledger: str) -> str:
    return f"""(SELECT DISTINCT ON (row.community_id, row.estate_id, row.company_id) row.*
        FROM {ROWS.format(ledger=ledger)} WHERE {HERE}
        ORDER BY row.community_id, row.estate_id, row.company_id, row.day DESC, row.at DESC,
                 row.id DESC)"""


def _how(ledger: str, n: str, of: str, also: str = "true") -> str:
    return f"""
        SELECT now.community_id, now.estate_id, now.company_id, {n}, {of}
          FROM {_latest(ledger)} now WHERE {also}
    """


def _committee(*bodies: str) -> str:
    return f"""
        SELECT estate.community_id, estate.id, NULL::bigint,
               (estate.id IN (SELECT estate_id FROM {_latest("committees")} now
                               WHERE now.data->>'body' = ANY(ARRAY{list(bodies)})))::int, 1
          FROM {HOMES}
    """


BODIES = "VALUES ('urban'), ('police'), ('market'), ('fire')"
LEDGERS = {
    "appraisal_coverage": f"""
        SELECT estate.community_id, estate.id, NULL::bigint,
               (estate.id IN (SELECT row.estate_id FROM {ROWS.format(ledger="appraisals")}
                  WHERE {HERE} AND row.month BETWEEN date_trunc('month', %(since)s::date)
                                                 AND %(until)s))::int, 1
          FROM {HOMES} AND estate.company_id IS NOT NULL
    """,
    "appraisal_publish": _whole("appraisal_results"),
    "restriction_rate": f"""
        SELECT DISTINCT NULL::bigint, NULL::bigint, estate.company_id,
               (estate.company_id IN (SELECT row.company_id
                  FROM {ROWS.format(ledger="restrictions")} WHERE {HERE}
                   AND row.day <= %(day)s
                   AND coalesce((row.data->>'until')::date, 'infinity') >= %(day)s))::int, 1
          FROM {HOMES} AND estate.company_id IS NOT NULL
           AND (SELECT (row.data->>'score')::numeric < (row.data->>'mark')::numeric
                  FROM {ROWS.format(ledger="appraisals")}
                 WHERE row.estate_id = estate.id AND {HERE} ORDER BY row.month DESC LIMIT 1)
    """,
    "joint_enforcement": _whole(
        "joint_enforcement",
        "count(*) FILTER (WHERE jsonb_array_length(row.data->'bodies') > 1)",
    ),
    "dept_patrol": f"""
        SELECT NULL::bigint, NULL::bigint, NULL::bigint, min(n), NULL FROM (
            SELECT body, (SELECT count(*) FROM {ROWS.format(ledger="patrols")}
                WHERE {HERE} AND row.data->>'body' = body
                  AND row.day BETWEEN %(since)s AND %(until)s) AS n
              FROM ({BODIES}) AS bodies (body)) AS made
        HAVING sum(n) > 0
    """,
    "guard_training_rate": _how("guards", "(data->>'trained')::int", "(data->>'guards')::int"),
    "guard_filing_rate": _how("guards", "(data->>'filed')::int", "(data->>'guards')::int"),
    "cleanup": _deeds("cleanups"),
    "cleanup_first": _deeds("cleanups", "date_trunc('year', %(since)s::date)"),
    "micro_projects": _deeds("micro_projects"),
    "needs_list": _deeds("needs_lists"),
    "joint_activity": _deeds("joint_activities"),
    "project_list": _deeds("project_lists"),
    "owners_committee_rate": _committee("committee"),
    "self_governance_rate": _committee("committee", "interim"),
    "committee_party_share": _how(
        "committees",
        "(data->>'party')::int",
        "(data->>'members')::int",
        "now.data->>'body' = 'committee'"
        " AND (now.data->>'formed_on')::date BETWEEN %(since)s AND %(until)s",
    ),
    "party_branch_rate": _how(
        "party_estates",
        "(data->>'branch' <> 'none')::int",
        "1",
        "(data->>'mature')::bool AND now.estate_id IN"
        " (SELECT id FROM geo_estate WHERE retired_at IS NULL OR retired_at >= %(at)s)",
    ),
    "company_party_rate": _how(
        "party_companies", "(data->>'covered')::bool::int", "1", "(data->>'qualified')::bool"
    ),
}


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
          LEFT JOIN LATERAL (SELECT move."to", move."on", move.removed FROM campaign_stagemove move
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
         WHERE listed.enrolled_on <= {_day("ends")} AND last.removed IS NOT TRUE
           AND {{estate}} GROUP BY 1, 2
    """,
    "hazard_survey": f"""
        SELECT estate.community_id, estate.id,
               ({" AND ".join(_looked(kind.slug) for kind in kinds.all())})::int, 1
          FROM geo_estate estate
         WHERE estate.company_id IS NOT NULL AND {{estate}}
           AND (estate.retired_at IS NULL OR estate.retired_at >= %(at)s)
    """,
}


def counted(metric: str, scope: Scope, span: Span) -> dict[tuple, tuple]:
    """Community, estate and company → n and of; without places that have nothing."""
    at = min(end_of(span.as_of), span.now)
    told = {
        "begins": begin_of_day(span.since),
        "ends": min(end_of(span.until), at),
        "at": at,
        "since": span.since,
        "until": span.until,
        "day": span.as_of,
        "communities": list(scope.communities),
    }
    with connection.cursor() as cursor:
        cursor.execute(_scoped(metric, scope), told)
        rows = [row if len(row) == 5 else (*row[:2], None, *row[2:]) for row in cursor]
    return {tuple(place): (n, of) for *place, n, of in rows if metric in LEDGERS or of != 0}


def _scoped(metric: str, scope: Scope) -> str:
    tables = ("complaint", "matter", "site", "estate")
    seen = "true" if scope.everything else "{}.community_id = ANY(%(communities)s)"
    seen = "false" if scope.nothing else seen
    # What is of the whole is seen by all of the office; a company's by where it manages an estate.
    row = f"""({seen.format("row")} OR row.community_id IS NULL AND row.company_id IS NULL
        OR row.company_id IN (SELECT company_id FROM geo_estate
                              WHERE community_id = ANY(%(communities)s)))"""
    row = seen if scope.everything or scope.nothing else row
    # What is published is told to whoever sees anything.
    anybody = "false" if scope.nothing else "true"
    named = {each: seen.format(each) for each in tables}
    return (SQL | LEDGERS)[metric].format(row=row, anybody=anybody, **named)
