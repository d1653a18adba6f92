"""Every estate on the list of a programme, as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaign.creation.forecast import Chances, Pace, Spread, reached, spread
from campaign.creation.missing import Missing, missing
from campaign.creation.score import Scored
from campaign.creation.stages import EXPECTED, Stage, forward
from campaign.creation.walk import facts
from campaign.gathering import Enrolled, gather, open_cases, standards_by
from campaign.models import Enrolment, Programme, Target
from campaign.reports.creation.goal import goal, pace
from geo.scope import Scope

NOTHING = Spread(None, None, None)


@dataclass(frozen=True, slots=True)
class Listed:
    """One of them. `finish`: chances by days, None where it is not on the way or too little is
    known of the pace. `open_cases`: of findings."""

    enrolled: Enrolled
    scored: Scored | None
    missing: list[Missing]
    finish: Chances | None
    open_cases: int
    day: date

    @property
    def stage(self) -> Stage:
        return self.enrolled.walk.stage

    @property
    def announced_on(self) -> date | None:
        return self.enrolled.walk.announced_on

    @property
    def passes(self) -> bool:
        return self.scored is not None and self.scored.passes

    @property
    def spread(self) -> Spread:
        if self.announced_on:
            return Spread(self.announced_on, self.announced_on, self.announced_on)
        return spread(self.finish, self.day)


def listed(
    rows: Sequence[Enrolment], programme: Programme, day: date, *, whole: bool = False
) -> tuple[list[Listed], Pace, Target | None]:
    """A few statements, however many there are."""
    standards, target, paces = standards_by(day), goal(programme, day), pace(programme, day)
    deadline = target.deadline if target else None
    cases = open_cases([row.estate_id for row in rows], day)
    told = []
    for each in gather(rows, standards, day, whole=whole):
        scored = each.scored(standards, day)
        n = cases.get(each.row.estate_id, 0)
        lacks = []
        if scored and not each.walk.removed:
            known = facts(scored, each.walk, each.evidence, day, n)
            need_by = _need_by(each.walk.stage, paces, deadline)
            lacks = missing(scored, each.walk.stage, known, need_by=need_by)
        passes = scored is not None and scored.passes
        finish = None if paces.few else paces.finish(each.walk, day, passes=passes)
        told.append(Listed(each, scored, lacks, finish, n, day))
    return told, paces, target


def _need_by(stage: Stage, paces: Pace, deadline: date | None) -> date | None:
    """The last day for the next stage, if those after it take as long as they usually did."""
    after = forward(stage)
    if deadline is None or after is None or paces.few:
        return deadline
    return date.fromordinal(deadline.toordinal() - paces.usual_days(after))


def listing(scope: Scope, programme: Programme, day: date, *, office: bool) -> dict[str, Any]:
    """As `GET creation/` tells it, but for the rows: `listed` and `removed` are told by the API.
    What the whole is to reach is told to the office; by when, to who sees all of it."""
    seen = Enrolment.objects.visible_in(scope).filter(programme=programme)
    rows = seen.listed_by(day)
    enrolments = list(
        rows.select_related("estate__community", "estate__company").order_by(
            "estate__community__code", "estate__name", "pk"
        )
    )
    told, paces, target = listed(enrolments, programme, day)
    deadline = target.deadline if target else None
    announced = [each.announced_on for each in told if each.announced_on]
    counted = sum(deadline is None or on <= deadline for on in announced)
    forecast, chance = NOTHING, None
    number = int(target.number) if target and target.number is not None else None
    if scope.everything and number and not paces.few:
        ahead = [each.finish for each in told if each.finish is not None]
        forecast, chance = reached(ahead, number, day, deadline, counted)
    return {
        "target": target if office else None,
        "announced": len(announced),
        "counted": counted,
        "expected": sum(each.stage in EXPECTED and each.passes for each in told),
        "forecast": forecast,
        "chance": chance,
        "rests_on": paces.rests_on,
        "few": paces.few,
        "listed": told,
        "removed": list(seen.removed_by(day).select_related("estate")),
    }
