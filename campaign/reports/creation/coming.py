"""Estates on their way to the standard as the board shows them: how many may be announced next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaign.creation.score import Scored
from campaign.creation.stages import EXPECTED
from campaign.gathering import Enrolled, gather, standards_by
from campaign.models import Enrolment, Programme
from geo.scope import Scope


@dataclass(frozen=True, slots=True)
class Coming:
    """An enrolment as of a day. `expected`: from review to public notice, and it passes."""

    estate: int
    community: int
    told: dict[str, Any]

    @property
    def expected(self) -> bool:
        return bool(self.told["expected"])


def coming(scope: Scope, programme: Programme, day: date) -> list[Coming]:
    """Of every estate on the list that the scope sees; a few statements for all of them."""
    rows = Enrolment.objects.visible_in(scope).filter(programme=programme).listed_by(day)
    standards = standards_by(day)
    several = gather(list(rows.select_related("estate")), standards, day)
    return [_coming(each, each.scored(standards, day)) for each in several]


def expected_in(rows: Iterable[Coming], column: int | None) -> int:
    """In a community; None is all."""
    return sum(each.expected for each in rows if column in {None, each.community})


def _coming(enrolled: Enrolled, scored: Scored | None) -> Coming:
    stage, passes = enrolled.walk.stage, scored is not None and scored.passes
    score = None if scored is None or scored.score is None else float(scored.score)
    told = {
        "id": str(enrolled.row.pk),
        "stage": stage.value,
        "score": score,
        "veto": scored is not None and bool(scored.vetoes),
        "expected": stage in EXPECTED and passes,
    }
    return Coming(enrolled.row.estate_id, enrolled.row.estate.community_id, told)
