"""What sets off a rung: one question to the database for each rule, however many cases there
are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Min, QuerySet
from django.utils import timezone

from inspections.clocks import WorkingTime
from inspections.models import Case, LadderRule, PaperKind, Trigger
from inspections.workflow import FIXING, State

_DEADLINES = {Trigger.OVERDUE: "due_at", Trigger.UNCLAIMED: "step_due_at"}
# Not put right, standing still or outside: there is somebody to be reminded.
UNDONE = (
    State.REPORTED,
    State.FILED,
    State.RETURNED,
    State.ASSIGNED,
    State.IN_PROGRESS,
    State.EXTENSION_ASKED,
)


@dataclass(frozen=True, slots=True)
class Met:
    """A rule that is met, at what moment, of a case or a company. `community`: of the case, or of
    the last paper to the company."""

    rule: LadderRule
    at: datetime
    community: int
    case: UUID | None = None
    company: int | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """`cases`: those to be asked about, within a scope."""

    cases: "QuerySet[Case]"
    working: WorkingTime
    now: datetime

    def met(self, rule: LadderRule) -> Iterator[Met]:
        yield from _TRIGGERS[Trigger(rule.trigger)](self, rule)

    @property
    def undone(self) -> "QuerySet[Case]":
        return self.cases.filter(state__in=UNDONE).order_by()

    def next_at(self, rule: LadderRule) -> datetime | None:
        """When time alone may meet it next, within this day; what goes by whole days changes with
        the day, or as its work ends."""
        trigger = Trigger(rule.trigger)
        if trigger is Trigger.IGNORED:
            return self.working.closing(timezone.localdate(self.now)).at
        if trigger not in _DEADLINES:
            return None
        name, amount = _DEADLINES[trigger], timedelta(hours=rule.amount)
        since = self.working.before(self.now, amount)
        rows = self._deadlines(rule).filter(**{f"{name}__gte": since})
        found = rows.aggregate(first=Min(name))
        return self.working.after(found["first"], amount).at if found["first"] else None

    def _undone(self, rule: LadderRule) -> "QuerySet[Case]":
        return self.undone.filter(severity__lte=rule.severity) if rule.severity else self.undone

    def _each(self, rule: LadderRule, rows: "QuerySet[Case]", moment: str) -> Iterator[Met]:
        for case, community, at in rows.values_list("pk", "community", F(moment)):
            yield Met(rule, at, community, case=case)

    def _deadlines(self, rule: LadderRule) -> "QuerySet[Case]":
        rows = self._undone(rule)
        return rows.filter(state=State.ASSIGNED) if rule.trigger == Trigger.UNCLAIMED else rows

    def _missed(self, rule: LadderRule) -> Iterator[Met]:
        """The case is overdue, or not taken up in its step's time, by so much working time."""
        name = _DEADLINES[Trigger(rule.trigger)]
        since = self.working.before(self.now, timedelta(hours=rule.amount))
        rows = self._deadlines(rule).filter(**{f"{name}__lt": since})
        yield from self._each(rule, rows, name)

    def _severe(self, rule: LadderRule) -> Iterator[Met]:
        """From when it is filed: what is only reported may yet be rejected."""
        rows = self._undone(rule).exclude(state=State.REPORTED)
        yield from self._each(rule, rows, "opened_at")

    def _ignored(self, rule: LadderRule) -> Iterator[Met]:
        """Each reminder that was issued of the case."""
        last = self.working.days_before(self.now, rule.amount)
        before = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
        rows = self._undone(rule).filter(
            papers__kind=PaperKind.REMINDER,
            papers__voided_at=None,
            papers__issued_at__lt=before,
        )
        yield from self._each(rule, rows, "papers__issued_at")

    def _repeated(self, rule: LadderRule) -> Iterator[Met]:
        """Met on the first day on which it had been found on so many days, counted once each."""
        asked = self._undone(rule).values("pk", "community_id", "asset_id", "kind", "item")
        try:
            cases, values = asked.query.sql_with_params()
        except EmptyResultSet:
            return
        sql = _REPEATED.format(cases=cases)
        told: list[Any] = [
            settings.TIME_ZONE,
            max(rule.amount, 1) - 1,
            timedelta(days=rule.days or 0),
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, *told])
            for case, community, at in cursor:
                yield Met(rule, at, community, case=case)

    def _unmet(self, rule: LadderRule) -> Iterator[Met]:
        """Of all the company's notices, wherever: begun anew after each talk."""
        asked: dict[str, Any] = {
            "since": self.now - timedelta(days=rule.days or 0),
            "now": self.now,
            "zone": settings.TIME_ZONE,
            "undone": [str(each) for each in UNDONE],
            "done": [str(each) for each in (*_SHOWN, State.CLOSED)],
            "fixing": sorted(FIXING),
        }
        by_company: dict[int, list[tuple[datetime, int]]] = {}
        with connection.cursor() as cursor:
            cursor.execute(_UNMET, asked)
            for company, at, community in cursor:
                by_company.setdefault(company, []).append((at, community))
        for company, notices in by_company.items():
            if len(notices) >= max(rule.amount, 1):
                at, community = notices[max(rule.amount, 1) - 1]
                yield Met(rule, at, community, company=company)


_SHOWN = (State.FIXED, State.CHECKING, State.CHECKED)

# The same thing found again: by a finding that joined its case, or by one of the same item at the
# same asset whose case was closed before.
_REPEATED = """
WITH asked (id, community, asset, kind, item) AS ({cases}),
found AS (
    SELECT asked.id, finding.recorded_at
      FROM asked
      JOIN inspections_finding finding ON finding.case_id = asked.id
      JOIN inspections_inspection seen ON seen.id = finding.inspection_id AND seen.in_force
     UNION ALL
    SELECT asked.id, finding.recorded_at
      FROM asked
      JOIN inspections_finding finding ON finding.asset_id = asked.asset
       AND finding.kind = asked.kind AND finding.item = asked.item
       AND finding.case_id IS DISTINCT FROM asked.id
      JOIN inspections_inspection seen ON seen.id = finding.inspection_id AND seen.in_force
),
days AS (
    SELECT id, min(recorded_at) AS at FROM found
     GROUP BY id, (recorded_at AT TIME ZONE %s)::date
),
nth AS (
    SELECT id, at, lag(at, %s) OVER (PARTITION BY id ORDER BY at) AS first FROM days
)
SELECT asked.id, asked.community, min(nth.at)
  FROM nth JOIN asked USING (id)
 WHERE nth.at - nth.first <= %s
 GROUP BY asked.id, asked.community
"""

# A notice is met by its day where nothing of it is undone and all of it was shown by then.
_UNMET = """
WITH talks AS (
    SELECT done.company_id, max(done.met_at) AS met_at
      FROM inspections_escalation done LEFT JOIN inspections_paper paper ON paper.id = done.paper_id
     WHERE done.rung = 'talk' AND done.company_id IS NOT NULL AND paper.voided_at IS NULL
     GROUP BY done.company_id
),
notices AS (
    SELECT paper.id, paper.company_id, paper.issued_at,
           coalesce(paper.community_id,
               (SELECT min(matter.community_id) FROM inspections_paper_cases of_paper
                  JOIN inspections_case matter ON matter.id = of_paper.case_id
                 WHERE of_paper.paper_id = paper.id)) AS community_id,
           ((paper.data -> 'edits' ->> 'due')::date + 1)::timestamp AT TIME ZONE %(zone)s AS until
      FROM inspections_paper paper LEFT JOIN talks ON talks.company_id = paper.company_id
     WHERE paper.kind = 'notice' AND paper.voided_at IS NULL AND paper.company_id IS NOT NULL
       AND paper.issued_at > %(since)s
       AND (talks.met_at IS NULL OR paper.issued_at > talks.met_at)
)
SELECT company_id, issued_at, community_id FROM notices
 WHERE until <= %(now)s AND EXISTS (
       SELECT FROM inspections_paper_cases of_paper
         JOIN inspections_case matter ON matter.id = of_paper.case_id
        WHERE of_paper.paper_id = notices.id AND (
              matter.state = ANY(%(undone)s)
           OR matter.state = ANY(%(done)s) AND notices.until <= coalesce(
              (SELECT max(made_at) FROM inspections_move move
                WHERE move.case_id = matter.id AND move.standing = 'made'
                  AND move.name = ANY(%(fixing)s)),
              matter.ended_at)))
 ORDER BY company_id, issued_at
"""

_TRIGGERS: dict[Trigger, Callable[[Asking, LadderRule], Iterator[Met]]] = {
    Trigger.OVERDUE: Asking._missed,
    Trigger.UNCLAIMED: Asking._missed,
    Trigger.REPEATED: Asking._repeated,
    Trigger.SEVERE: Asking._severe,
    Trigger.IGNORED: Asking._ignored,
    Trigger.UNMET: Asking._unmet,
}


def rules_in_use() -> list[LadderRule]:
    rules: Any = LadderRule.objects.filter(retired_at=None)
    return list(rules.order_by("pk"))
