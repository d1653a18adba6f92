"""The board: every action of a programme in every community, as of any day."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from campaign.metrics.announced import SLUG
from campaign.models import Action, Indicator, Programme, Target
from campaign.models.programmes import Part
from campaign.reports.cells import Cell, Told, told_cell, worst
from campaign.reports.creation.coming import Coming, coming, expected_in
from campaign.reports.ground import ground_on
from campaign.reports.sources import Sources
from geo.scope import Scope

Columns = list[int | None]


def board(scope: Scope, programme: Programme, day: date) -> dict[str, Any]:
    """As `GET /api/v1/campaign/board/` tells it. One statement for each source, however many
    communities, indicators and months there are."""
    rows = Indicator.objects.asked_on(day).filter(action__programme=programme)
    found = rows.select_related("action__programme").order_by("action__code", "pk")
    indicators = list(found.prefetch_related("action__responsibilities__unit"))
    held = Target.objects.filter(indicator__in=indicators).holding_on(day)
    targets = {each.indicator_id: each for each in held}
    ground, sources = ground_on(scope, day), Sources(scope, day, indicators)
    columns: Columns = [None, *(each["id"] for each in ground.communities)]
    ahead = {
        each.metric: coming(scope, programme, day) for each in indicators if each.metric == SLUG
    }
    actions = []
    for action, several in groupby(indicators, key=lambda each: each.action):
        told = []
        for each in several:
            row = Told(each, targets.get(each.pk), sources.of(each), ground, day)
            told.append((each, [row.cell(column) for column in columns]))
        actions.append(
            {
                "code": action.code,
                "zh": action.zh,
                "en": action.en,
                "responsible": _responsible(action),
                **_across(columns, [_together(list(of)) for of in zip(*_cells(told), strict=True)]),
                "indicators": [
                    {
                        "id": each.pk,
                        **_across(
                            columns,
                            [
                                told_cell(cell, _expected(ahead.get(each.metric), column))
                                for column, cell in zip(columns, cells, strict=True)
                            ],
                        ),
                    }
                    for each, cells in told
                ],
            }
        )
    return {"communities": ground.communities, "actions": actions}


def _expected(rows: list[Coming] | None, column: int | None) -> int | None:
    return None if rows is None else expected_in(rows, column)


def _responsible(action: Action) -> list[dict[str, Any]]:
    """Who leads, then who answers, as the notice names them."""
    return [
        {
            "part": each.part,
            "named": each.named,
            "whom": each.whom,
            "unit": each.unit_id,
            "unit_name": each.unit.name if each.unit else None,
        }
        for each in sorted(
            action.responsibilities.all(), key=lambda each: (each.part != Part.LEAD, each.pk)
        )
    ]


def _cells(told: Iterable[tuple[Indicator, list[Cell | None]]]) -> Iterable[list[Cell | None]]:
    return (cells for _, cells in told)


def _across(columns: Columns, told: list[dict[str, Any] | None]) -> dict[str, Any]:
    """What is told of all, and of each community of which something is."""
    whole, *others = told
    communities = columns[1:]
    return {
        "whole": whole,
        "cells": [
            {"community": community, **each}
            for community, each in zip(communities, others, strict=True)
            if each is not None
        ],
    }


def _together(cells: list[Cell | None]) -> dict[str, Any] | None:
    standing, n, of = worst(cells)
    if standing is None:
        return None
    return {"light": standing.light, "n": n, "of": of, "late_since": standing.late_since}
