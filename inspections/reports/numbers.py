"""Entries are numbered by the tablet they were made on: a number that is missing shows."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from people.models import User

_HELD = """
WITH held AS (
    SELECT device, inspector_id AS person, number FROM inspections_inspection
     WHERE device = ANY(%(devices)s) AND number IS NOT NULL
    UNION
    SELECT device, sender_id, number FROM inspections_proposal
     WHERE device = ANY(%(devices)s) AND number IS NOT NULL
    UNION
    SELECT device, sender_id, number FROM inspections_refused
     WHERE device = ANY(%(devices)s) AND number IS NOT NULL
)
SELECT device, person, max(number),
       array_agg(ARRAY[before + 1, number - 1] ORDER BY number) FILTER (WHERE number > before + 1)
  FROM (SELECT *, lag(number, 1, 0) OVER (PARTITION BY device, person ORDER BY number) AS before
          FROM held) AS each
 GROUP BY device, person
 ORDER BY device, max(number) DESC, person
"""


@dataclass(frozen=True, slots=True)
class Numbers:
    """One person's entries on one tablet that the server has, refused ones too: 1 to `last`, but
    for those from the first to the second number of each pair in `missing`."""

    person: User
    last: int
    missing: tuple[tuple[int, int], ...]


def numbers_held(devices: Collection[UUID]) -> dict[UUID, list[Numbers]]:
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"devices": list(devices)})
        rows = list(cursor)
    people = User.objects.in_bulk({person for _, person, *_ in rows})
    held: dict[UUID, list[Numbers]] = defaultdict(list)
    for device, person, last, missing in rows:
        gaps = tuple((first, to) for first, to in missing or ())
        held[device].append(Numbers(people[person], last, gaps))
    return held
