"""What Xuntu itself knows of a place's month: shown beside what is entered, never entered."""

from dataclasses import dataclass
from datetime import date

from campaign.metrics import METRICS
from campaign.models import Indicator
from campaign.monthly import Asked, Whose
from campaign.reports.cells import Cell, Told
from campaign.reports.ground import ground_on
from campaign.reports.sources import Sources
from geo.scope import Scope


@dataclass(frozen=True, slots=True)
class Beside:
    indicator: Indicator
    cell: Cell


def beside(asked: Asked, whose: Whose, scope: Scope, day: date) -> list[Beside]:
    """Of the actions that the place answers for, as the board has them on that day."""
    column = None
    if whose.community:
        column = whose.community.pk
        scope = Scope(communities=frozenset({column}))
    rows = [
        each for each in asked.indicators if each.metric in METRICS and asked.answers(each, whose)
    ]
    ground, sources = ground_on(scope, day), Sources(scope, day, rows)
    told = []
    for each in rows:
        row = Told(each, asked.targets.get(each.pk), sources.of(each), ground, day)
        cell = row.cell(column)
        if cell is not None:
            told.append(Beside(each, cell))
    return told
