"""Which originals have been kept for as long as they may be: by all rows that show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from inspections.models import Kept

# Counted from when it came, too: what comes late is kept for as long.
# A case rests once it has ended for long enough, and with it those that it stands for, and the
# one that stands for it. What a photo belongs to: the case of its move or its complaint; and of
# its inspection, whichever of the chain of corrections it is, the cases of what was found. A
# paper's signed copy is kept with the paper, and a proposal's photo until it is decided.
_DUE = """
WITH RECURSIVE
awake AS (
    SELECT id, joined_to_id FROM inspections_case
     WHERE ended_at IS NULL OR ended_at >= %(closed)s
     UNION
    SELECT one.id, one.joined_to_id FROM inspections_case one
      JOIN awake ON one.joined_to_id = awake.id OR one.id = awake.joined_to_id
),
held AS (
    SELECT one.id, one.joined_to_id FROM inspections_case one
      JOIN inspections_hold hold ON hold.case_id = one.id AND hold.lifted_at IS NULL
     UNION
    SELECT one.id, one.joined_to_id FROM inspections_case one
      JOIN held ON one.joined_to_id = held.id OR one.id = held.joined_to_id
),
shown AS (
    SELECT photo.id, photo.original, photo.bytes, cases.ids,
           CASE WHEN photo.paper_id IS NOT NULL THEN false
                WHEN cases.ids IS NOT NULL
                THEN coalesce(photo.held_at < %(closed)s, false)
                     AND NOT EXISTS (SELECT FROM awake WHERE awake.id = ANY(cases.ids))
                ELSE coalesce(photo.held_at < %(unused)s, false) AND NOT EXISTS (
                     SELECT FROM inspections_proposal proposal
                      WHERE proposal.id = photo.proposal_id AND proposal.standing = 'proposed')
            END AS due
      FROM inspections_photo photo
      CROSS JOIN LATERAL (
           SELECT array_agg(id) AS ids FROM (
               SELECT move.case_id AS id FROM inspections_move move WHERE move.id = photo.move_id
                UNION
               SELECT complaint.case_id FROM inspections_complaint complaint
                WHERE complaint.id = photo.complaint_id
                UNION
               SELECT finding.case_id FROM inspections_inspection mine
                 JOIN inspections_inspection other ON other.root = mine.root
                 JOIN inspections_finding finding ON finding.inspection_id = other.id
                WHERE mine.id = photo.inspection_id AND finding.case_id IS NOT NULL
           ) AS of
      ) AS cases
     WHERE photo.original <> '' AND (%(only)s::text[] IS NULL OR photo.original = ANY(%(only)s))
)
SELECT original, max(bytes), array_agg(id), bool_or(ids IS NOT NULL),
       bool_or(EXISTS (SELECT FROM held WHERE held.id = ANY(ids))),
       coalesce(array_agg(DISTINCT of) FILTER (WHERE of IS NOT NULL), '{}')
  FROM shown LEFT JOIN LATERAL unnest(ids) AS of ON true
 GROUP BY original HAVING bool_and(due)
 ORDER BY original
"""


@dataclass(frozen=True, slots=True)
class Original:
    """A file in the store, and every row that shows it; `held`: kept for a dispute."""

    name: str
    bytes: int
    photos: frozenset[UUID]
    of: Kept
    held: bool
    cases: frozenset[UUID]


def originals_due(
    closed: datetime | None, unused: datetime | None, only: Collection[str] | None = None
) -> list[Original]:
    """Of cases that ended before `closed`; of no case, and here since before `unused`. None: of
    that kind none is."""
    asked = {"closed": closed, "unused": unused, "only": list(only) if only is not None else None}
    with connection.cursor() as cursor:
        cursor.execute(_DUE, asked)
        return [
            Original(
                name=name,
                bytes=size,
                photos=frozenset(photos),
                of=Kept.ORIGINALS if of_case else Kept.UNUSED,
                held=held,
                cases=frozenset(cases),
            )
            for name, size, photos, of_case, held, cases in cursor.fetchall()
        ]
