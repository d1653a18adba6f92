"""A report as the API tells it."""

from typing import Any

from campaign import policy
from campaign.api import told as rows_told
from campaign.models import ReportCell, ReportMatter, ReportMove
from campaign.models.programmes import Part as Named
from campaign.monthly import Cell, Matter, Place
from campaign.reports.month import Beside, Line, Page
from campaign.services.month import default_day, default_source
from campaign.standing.monthly import OPEN, STEPS, Part
from people.models import User

number = rows_told.number


def page(told: Page, besides: list[Beside], user: User) -> dict[str, Any]:
    parts = policy.parts_in(user, told.whose.unsaved(told.programme, told.month))
    actions: dict[str, dict[str, Any]] = {}
    for matter in told.matters:
        _action(actions, matter.indicator)["matters"].append(_matter(matter, told))
    for each in besides:
        _action(actions, each.indicator)["beside"].append(_beside(each, told))
    return {
        "as_of": told.day,
        "now": told.now,
        "programme": {name: getattr(told.programme, name) for name in ("code", "zh", "en", "year")},
        "month": f"{told.month:%Y-%m}",
        "last_day": told.asked.last,
        "due_on": told.due_on,
        "late_since": told.late_since,
        "whose": {
            "kind": told.whose.kind,
            "id": told.whose.row.pk,
            "zh": told.whose.zh,
            "en": told.whose.en,
        },
        "state": told.state,
        "version": told.version,
        "may_fill": told.now and Part.FILLS in parts,
        "open": told.now and told.state in OPEN,
        "steps": [
            step
            for step, rule in STEPS.items()
            if told.now and rule.part in parts and told.state in rule.come_from
        ],
        "owed": told.owed,
        "told": told.told,
        "default_day": default_day(told.month),
        "default_source": default_source(told.month),
        "places": _places(told),
        "actions": sorted(actions.values(), key=lambda each: str(each["code"])),
        "history": [move(each) for each in reversed(told.moves)],
    }


def _action(actions: dict[str, dict[str, Any]], indicator: Any) -> dict[str, Any]:
    row = indicator.action
    if row.code not in actions:
        actions[row.code] = {
            "code": row.code,
            "zh": row.zh,
            "en": row.en,
            "lead": [each.named for each in row.responsibilities.all() if each.part == Named.LEAD],
            "matters": [],
            "beside": [],
        }
    return actions[row.code]


def _places(told: Page) -> list[dict[str, Any]]:
    """Each that a cell is of, once."""
    places: dict[str, Place] = {}
    for matter in told.matters:
        for cell in matter.cells:
            places[cell.place.key] = cell.place
    return [
        {"key": key, "level": each.level, "id": each.id, "zh": each.zh, "en": each.en}
        for key, each in places.items()
    ]


def _matter(matter: Matter, told: Page) -> dict[str, Any]:
    said = told.said.get(matter.indicator.pk)
    return {
        **rows_told.indicator(matter.indicator, matter.target),
        "leads": matter.leads,
        "owed": matter.owed,
        "said": saying(said),
        "cells": [_cell(matter, cell, told) for cell in matter.cells],
    }


def saying(row: ReportMatter | None) -> dict[str, Any]:
    return {
        "measured_on": row.measured_on if row else None,
        "source": row.source if row else "",
        "attachment": rows_told.attachment(row.attachment) if row and row.attachment else None,
        "version": row.version if row else 0,
        "by_name": str(row.by) if row else None,
        "at": row.at if row else None,
    }


def _cell(matter: Matter, cell: Cell, told: Page) -> dict[str, Any]:
    n, of = cell.standing_there(monthly=matter.monthly)
    known = cell.known
    return {
        "place": cell.place.key,
        "owed": cell.owed,
        "met_on": cell.met_on,
        **typed(told.cells.get((matter.indicator.pk, cell.place.key))),
        "stands": {"n": number(n), "of": number(of)},
        "known": known
        and {
            "n": number(known.n),
            "of": number(known.of),
            "measured_on": known.measured_on,
            "of_month": known.of_month,
            "by_name": known.by,
        },
    }


def typed(row: ReportCell | None) -> dict[str, Any]:
    return {
        "n": number(row.numerator) if row else None,
        "of": number(row.denominator) if row else None,
        "version": row.version if row else 0,
        "by_name": str(row.by) if row else None,
        "at": row.at if row else None,
    }


def _beside(each: Beside, told: Page) -> dict[str, Any]:
    cell = each.cell
    figure = cell.figure
    return {
        **rows_told.indicator(each.indicator, told.asked.targets.get(each.indicator.pk)),
        "ledger": each.ledger,
        "light": cell.light,
        "n": None if figure is None else number(figure.n),
        "of": None if figure is None else number(figure.of),
        "places": figure is not None and figure.of_places,
        "late_since": cell.late_since,
    }


def move(row: ReportMove) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "step": row.step,
        "state": row.state_after,
        "reason": row.reason,
        "values": len(row.values.all()),
        "by": row.by.username,
        "by_name": str(row.by),
        "at": row.at,
    }


def line(each: Line) -> dict[str, Any]:
    return {
        "kind": each.whose.kind,
        "id": each.whose.row.pk,
        "zh": each.whose.zh,
        "en": each.whose.en,
        "state": each.state,
        "owed": each.owed,
        "told": each.told,
        "came_on": each.came_on,
        "late_since": each.late_since,
        "last": move(each.last) if each.last else None,
    }
