"""Instances from plain files: costs as `demand,site,cost`, demand as `demand,weight`."""

import csv
import math
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from planning.selection.instance import Instance

_MOST_TOLD = 100
_COSTS = ("demand", "site", "cost")
_DEMAND = ("demand", "weight")

T = TypeVar("T")


class FilesWrong(Exception):
    """`lines`: a sentence for each line that can't be used, with file and number."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read(costs: Path, demand: Path) -> Instance:
    """Raises FilesWrong, which names every bad line of both files (a hundred of each at most).

    A pair that is not listed is not possible.
    """
    wrong: list[str] = []
    weights: dict[str, float] = {}
    pairs: dict[tuple[str, str], float] = {}

    def weigh(cells: tuple[str, ...]) -> str | None:
        (id, weight) = cells
        if id in weights:
            return f"demand {id} is listed twice"
        return _number(weight, "weight", lambda value: weights.__setitem__(id, value))

    def price(cells: tuple[str, ...]) -> str | None:
        (at, site, cost) = cells
        if at not in weights and readable:
            return f"demand {at} is not in {demand.name}"
        if (at, site) in pairs:
            return f"demand {at} and site {site} are listed twice"
        return _number(cost, "cost", lambda value: pairs.__setitem__((at, site), value))

    readable = _rows(demand, _DEMAND, weigh, wrong)
    _rows(costs, _COSTS, price, wrong)
    if not wrong and not weights:
        wrong.append(f"{demand.name}: no demand in it")
    if not wrong and not pairs:
        wrong.append(f"{costs.name}: no costs in it")
    if wrong:
        raise FilesWrong(wrong)
    at = {id: n for n, id in enumerate(weights)}
    sites = {site: None for _, site in pairs}
    of = {site: n for n, site in enumerate(sites)}
    return Instance(
        demand=tuple(weights),
        weight=np.array(list(weights.values()), float),
        sites=tuple(sites),
        rows=np.array([at[demand] for demand, _ in pairs], np.int64),
        cols=np.array([of[site] for _, site in pairs], np.int64),
        cost=np.array(list(pairs.values()), float),
    )


def _number(text: str, name: str, keep: Callable[[float], None]) -> str | None:
    try:
        value = float(text)
    except ValueError:
        return f"{name} {text!r} is no number"
    if not math.isfinite(value) or value < 0:
        return f"{name} {text!r} is not a number from 0 up"
    keep(value)
    return None


def _rows(
    file: Path,
    columns: tuple[str, ...],
    take: Callable[[tuple[str, ...]], str | None],
    wrong: list[str],
) -> bool:
    """Hands every row to `take`, and notes what it objects to. Whether the file could be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        wrong.append(f"{file.name}: can't be read: {reason}")
        return False
    lines = csv.reader(text.splitlines())
    header = [each.strip() for each in next(lines, [])]
    missing = [each for each in columns if each not in header]
    if missing:
        wrong.append(f"{file.name}:1: the first line must name {', '.join(columns)}")
        return False
    places = [header.index(each) for each in columns]
    bad = 0
    for row in lines:
        if not any(each.strip() for each in row):
            continue
        if len(row) != len(header):
            fault: str | None = f"{len(row)} cells instead of {len(header)}"
        else:
            cells = tuple(row[place].strip() for place in places)
            empty = [name for name, cell in zip(columns, cells, strict=True) if not cell]
            fault = f"{', '.join(empty)} is empty" if empty else take(cells)
        if fault:
            bad += 1
            if bad <= _MOST_TOLD:
                wrong.append(f"{file.name}:{lines.line_num}: {fault}")
    if bad > _MOST_TOLD:
        wrong.append(f"{file.name}: and {bad - _MOST_TOLD} more")
    return True
