"""What Xuntu itself knows of a place's month: shown beside what is entered, never entered."""

from dataclasses import dataclass
from datetime import date
from importlib import import_module

from campaign.ledger import Ledger
from campaign.metrics import METRICS
from campaign.models import Indicator
from campaign.monthly import Asked, Whose
from campaign.reports.cells import Cell, Told
from campaign.reports.ground import ground_on
from campaign.reports.sources import Sources
from geo.scope import Scope


@dataclass(frozen=True, slots=True)
class Beside:
    """`ledger`: the one that feeds it, by its slug; None where Xuntu counts it otherwise."""

    indicator: Indicator
    cell: Cell
    ledger: str | None


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
            told.append(Beside(each, cell, _ledger_of(each.metric)))
    return told


def _ledger_of(metric: str) -> str | None:
    feed = METRICS[metric].feed
    if feed is None:
        return None
    ledger: Ledger = import_module(feed.__module__).LEDGER
    return ledger.slug
