"""Rounds as they stand on a day: who has them, what of them is done, and what is left."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypedDict

from django.conf import settings
from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from geo.models import Asset, Estate
from geo.scope import EVERYTHING, Scope
from inspections import kinds
from inspections.models import Round
from people.models import Leave, User

# A round that ran out unfinished stays with its inspector for so long.
STAYS = timedelta(days=31)


class Done(TypedDict):
    """The latest inspection of an estate by a kind within the round's days, whoever made it."""

    estate: int
    kind: str
    at: datetime
    by: str


class Left(TypedDict):
    """`last`: whenever that was. `due_on`: by the kind's own rhythm, or the day from which
    something new is there to be inspected; None: never inspected."""

    estate: int
    kind: str
    last: datetime | None
    due_on: date | None


class Sharing(TypedDict):
    """Another round that has part of this one, and whose it is."""

    id: int
    name: str
    inspector: str
    inspector_name: str


class RoundTold(TypedDict):
    """`stand_in`: who has it on the day asked about, where its inspector is on leave."""

    id: int
    name: str
    inspector: str
    inspector_name: str
    stand_in: str | None
    stand_in_name: str | None
    kinds: list[str]
    estates: list[int]
    since: date
    until: date
    shared: bool
    shared_with: list[Sharing]
    done: list[Done]
    left: list[Left]
    note: str


def rounds_of(person: User, day: date) -> list[RoundTold]:
    """What that person has on that day and after it, and what ran out unfinished of late.

    Those of a colleague on leave are the stand-in's, and meanwhile not the colleague's own.
    """
    rows = Round.objects.current().held_by(person, day).in_days(day - STAYS, None)
    return rounds_told(rows, day)


def rounds_told(
    rows: "QuerySet[Round]", day: date | None = None, scope: Scope = EVERYTHING
) -> list[RoundTold]:
    """As they stand on that day (today), with those estates in use that the scope sees."""
    day = day or timezone.localdate()
    # By number: a row that several estates lead to is one row.
    ids = list(rows.order_by().values_list("pk", flat=True))
    found = list(
        Round.objects.filter(pk__in=ids)
        .select_related("inspector")
        .order_by("since", "until", "name", "pk")
    )
    estates = _estates(ids, scope)
    stand_ins = _stand_ins((each.inspector_id for each in found), day)
    done, left = _looked_at(ids, {pk for each in estates.values() for pk in each})
    sharing = _sharing(ids)
    return [_told(each, estates, stand_ins, done, left, sharing) for each in found]


def _told(
    row: Round,
    estates: dict[int, list[int]],
    stand_ins: dict[int, User],
    done: dict[int, list[Done]],
    left: dict[int, list[Left]],
    sharing: dict[int, list[Sharing]],
) -> RoundTold:
    stand_in = stand_ins.get(row.inspector_id)
    return {
        "id": row.pk,
        "name": row.name,
        "inspector": row.inspector.username,
        "inspector_name": str(row.inspector),
        "stand_in": stand_in.username if stand_in else None,
        "stand_in_name": str(stand_in) if stand_in else None,
        "kinds": list(row.kinds),
        "estates": estates[row.pk],
        "since": row.since,
        "until": row.until,
        # Told to both: also to the one that was there first.
        "shared": bool(sharing[row.pk]),
        "shared_with": sharing[row.pk],
        "done": done[row.pk],
        "left": left[row.pk],
        "note": row.note,
    }


def _estates(rounds: list[int], scope: Scope) -> dict[int, list[int]]:
    rows = Estate.objects.visible_in(scope).current().filter(rounds__in=rounds)
    found: dict[int, list[int]] = defaultdict(list)
    for of_round, estate in rows.order_by("name", "pk").values_list("rounds", "pk"):
        found[of_round].append(estate)
    return found


def _stand_ins(people: Iterable[int], day: date) -> dict[int, User]:
    leaves = Leave.objects.filter(person__in=set(people), since__lte=day, until__gte=day)
    return {each.person_id: each.stand_in for each in leaves.select_related("stand_in")}


_SHARING = """
SELECT one.id, other.id, other.name, who.username, coalesce(nullif(who.name, ''), who.username)
  FROM inspections_round one
  JOIN inspections_round other
    ON other.inspector_id <> one.inspector_id AND other.cancelled_at IS NULL
   AND other.since <= one.until AND other.until >= one.since AND other.kinds && one.kinds
  JOIN people_user who ON who.id = other.inspector_id
 WHERE one.id = ANY(%s) AND one.cancelled_at IS NULL
   AND EXISTS (SELECT FROM inspections_round_estates mine
                 JOIN inspections_round_estates theirs ON theirs.estate_id = mine.estate_id
                WHERE mine.round_id = one.id AND theirs.round_id = other.id)
 ORDER BY one.id, other.since, other.id
"""


def _sharing(rounds: list[int]) -> dict[int, list[Sharing]]:
    """With rounds of other inspectors that have an estate, a kind and a day in common."""
    found: dict[int, list[Sharing]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SHARING, [rounds])
        for one, other, name, username, called in cursor:
            found[one].append(
                {"id": other, "name": name, "inspector": username, "inspector_name": called}
            )
    return found


_LOOKED_AT = """
SELECT one.id, of_round.estate_id, asked.kind, done.at, done.by, last.at
  FROM inspections_round one
  JOIN inspections_round_estates of_round ON of_round.round_id = one.id
 CROSS JOIN unnest(one.kinds) WITH ORDINALITY AS asked (kind, n)
  LEFT JOIN LATERAL (
       SELECT seen.recorded_at AS at, coalesce(nullif(who.name, ''), who.username) AS by
         FROM inspections_inspection seen JOIN people_user who ON who.id = seen.inspector_id
        WHERE seen.estate_id = of_round.estate_id AND seen.kind = asked.kind AND seen.in_force
          AND seen.recorded_at >= one.since::timestamp AT TIME ZONE %(zone)s
          AND seen.recorded_at < (one.until + 1)::timestamp AT TIME ZONE %(zone)s
        ORDER BY seen.recorded_at DESC LIMIT 1) done ON TRUE
  LEFT JOIN LATERAL (
       SELECT seen.recorded_at AS at FROM inspections_inspection seen
        WHERE done.at IS NULL AND seen.estate_id = of_round.estate_id
          AND seen.kind = asked.kind AND seen.in_force
        ORDER BY seen.recorded_at DESC LIMIT 1) last ON TRUE
 WHERE one.id = ANY(%(rounds)s) AND of_round.estate_id = ANY(%(estates)s)
 ORDER BY one.id, of_round.estate_id, asked.n
"""


def _looked_at(
    rounds: list[int], estates: set[int]
) -> tuple[dict[int, list[Done]], dict[int, list[Left]]]:
    done: dict[int, list[Done]] = defaultdict(list)
    left: dict[int, list[Left]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOKED_AT,
            {"zone": settings.TIME_ZONE, "rounds": rounds, "estates": sorted(estates)},
        )
        rows = list(cursor)
    built = _built(estates)
    for of_round, estate, kind, at, by, last in rows:
        if at is not None:
            done[of_round].append({"estate": estate, "kind": kind, "at": at, "by": by})
        else:
            due = due_on(kind, last, built.get((estate, kind)))
            left[of_round].append({"estate": estate, "kind": kind, "last": last, "due_on": due})
    return done, left


def _built(estates: set[int]) -> dict[tuple[int, str], datetime]:
    """When the newest of what each kind looks at was built there, of what was planned first."""
    of_asset = {each.asset: each.slug for each in kinds.all() if each.asset}
    rows = Asset.objects.current().filter(estate__in=estates, built_at__isnull=False)
    newest = rows.order_by().values_list("estate", "type").annotate(at=Max("built_at"))
    return {(estate, of_asset[type]): at for estate, type, at in newest if type in of_asset}


def due_on(kind: str, last: datetime | None, built: datetime | None = None) -> date | None:
    """The day by which an estate is to be looked at again, in the rhythm of the kind; at once,
    where something was built since."""
    if built and (last is None or built > last):
        return timezone.localdate(built)
    every = {each.slug: each.due_every for each in kinds.all()}.get(kind)
    return timezone.localdate(last) + every if last and every else None
