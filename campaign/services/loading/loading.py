"""What files say goes into the registers: what is lacking is added, what is there stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import campaign
from campaign.errors import ActionsFileInvalid
from campaign.models import Action, Indicator, Programme, Responsibility, Target
from campaign.models.programmes import Part, Whom
from campaign.services.loading.files import Named, Row, Sheet, read
from campaign.services.loading.standards import publish
from people.models import Unit

_DATA = Path(str(campaign.__file__)).parent / "data"
_ORDER = ("programmes", "actions", "indicators", "standards")
BUILT_IN = tuple(_DATA / f"{name}.csv" for name in _ORDER)
_EVERYBODY = {"各社区": Whom.COMMUNITIES, "各有关单位": Whom.UNITS}


@dataclass(slots=True)
class Loaded:
    """`differs`: where the register says otherwise than a file. It stays as it is: the office's
    people may have changed it."""

    programmes: int = 0
    actions: int = 0
    indicators: int = 0
    standards: int = 0
    linked: int = 0
    differs: list[str] = field(default_factory=list)


@transaction.atomic
def load_actions(*, paths: Sequence[Path] = BUILT_IN) -> Loaded:
    """Again is harmless. Raises ActionsFileInvalid, and then nothing was loaded."""
    sheets = sorted((read(path) for path in paths), key=_place)
    loaded = Loaded()
    for sheet in sheets:
        if sheet.kind == "standards":
            new, differs = publish(sheet)
            loaded.standards += new
            loaded.differs += [f"{sheet.name}: {differs}"] if differs else []
            continue
        for row in sheet.rows:
            # A row of which a cell can't be read is not told further.
            if not any(problem.line == row.line for problem in sheet.problems):
                _ENTERING[sheet.kind](sheet, row, loaded)
    problems = [
        (sheet.name, problem)
        for sheet in sheets
        for problem in sorted(sheet.problems, key=lambda each: each.line)
    ]
    if problems:
        raise ActionsFileInvalid(problems)
    loaded.linked = _link(sheets)
    return loaded


def _place(sheet: Sheet) -> int:
    return _ORDER.index(sheet.kind) if sheet.kind else 0


def _enter_programme(sheet: Sheet, row: Row, loaded: Loaded) -> None:
    told = {name: row.cells[name] for name in ("zh", "en", "year", "issued_on")}
    known, new = Programme.objects.get_or_create(code=row.cells["programme"], defaults=told)
    loaded.programmes += new
    _compare(loaded, known, known.code, told)


def _enter_action(sheet: Sheet, row: Row, loaded: Loaded) -> None:
    programme = Programme.objects.filter(code=row.cells["programme"]).first()
    if programme is None:
        sheet.blame(row.line, _("there is no programme %s") % row.cells["programme"])
        return
    told = {name: row.cells[name] for name in ("zh", "en")}
    action, new = Action.objects.get_or_create(
        programme=programme, code=row.cells["action"], defaults=told
    )
    loaded.actions += new
    _compare(loaded, action, action.code, told)
    answering = {
        (part, each.named): each
        for part in (Part.LEAD, Part.RESPONSIBLE)
        for each in row.cells[part]
    }
    if new:
        _answer(action, answering)
        return
    rows = action.responsibilities.values_list("part", "named")
    _compare_sets(loaded, action.code, {named for _, named in rows}, answering.values())


def _answer(action: Action, answering: dict[tuple[Part, str], Named]) -> None:
    units = {each.name: each for each in Unit.objects.all()}
    Responsibility.objects.bulk_create(
        Responsibility(
            action=action,
            part=part,
            named=each.named,
            whom=_EVERYBODY.get(each.named, Whom.UNIT),
            unit=None if each.named in _EVERYBODY else units.get(each.unit),
        )
        for (part, _named), each in answering.items()
    )


def _enter_indicator(sheet: Sheet, row: Row, loaded: Loaded) -> None:
    cells = row.cells
    action = (
        Action.objects.filter(programme__code=cells["programme"], code=cells["action"])
        .select_related("programme")
        .first()
    )
    if action is None:
        asked = cells["programme"], cells["action"]
        sheet.blame(row.line, _("programme %s has no action %s") % asked)
        return
    if bool(cells["op"]) != (cells["target"] is not None):
        sheet.blame(row.line, _("target and op go together"))
        return
    names = ("zh", "en", "metric", "unit", "level", "recurrence", "since", "note_zh", "note_en")
    told = {name: cells[name] for name in names}
    indicator, new = Indicator.objects.get_or_create(
        action=action, code=cells["indicator"], defaults=told
    )
    loaded.indicators += new
    _compare(loaded, indicator, indicator.code, told)
    _hold(loaded, indicator, cells)


def _hold(loaded: Loaded, indicator: Indicator, cells: dict[str, Any]) -> None:
    """A target is followed by another from another day on; one of the same day is the office's."""
    holds_from = cells.get("holds_from") or indicator.action.programme.issued_on
    told = {"op": cells["op"], "number": cells["target"], "deadline": cells["deadline"]}
    known = indicator.targets.filter(holds_from=holds_from).first()
    if known is None:
        note = cells.get("target_note", "")
        Target.objects.create(indicator=indicator, holds_from=holds_from, note=note, **told)
    else:
        _compare(loaded, known, indicator.code, told)


_ENTERING = {
    "programmes": _enter_programme,
    "actions": _enter_action,
    "indicators": _enter_indicator,
}


def _link(sheets: Iterable[Sheet]) -> int:
    """Units that came into the register since, under the name that the notice has, or the one that
    a file says is theirs."""
    units = {each.name: each for each in Unit.objects.all()}
    known = {
        each.named: each.unit
        for sheet in sheets
        if sheet.kind == "actions"
        for row in sheet.rows
        for part in (Part.LEAD, Part.RESPONSIBLE)
        for each in row.cells[part]
    }
    n = 0
    for row in Responsibility.objects.filter(unit=None, whom=Whom.UNIT):
        row.unit = units.get(known.get(row.named, row.named))
        if row.unit is not None:
            row.save(update_fields=["unit"])
            n += 1
    return n


def _compare(loaded: Loaded, row: Any, code: str, told: dict[str, Any]) -> None:
    for name, value in told.items():
        if getattr(row, name) != value:
            words = {"code": code, "field": name, "here": getattr(row, name), "file": value}
            loaded.differs.append(_("%(code)s, %(field)s: %(here)s; the file: %(file)s") % words)


def _compare_sets(loaded: Loaded, code: str, here: set[str], told: Iterable[Named]) -> None:
    named = {each.named for each in told}
    if here != named:
        words = {"code": code, "here": ";".join(sorted(here)), "file": ";".join(sorted(named))}
        loaded.differs.append(_("%(code)s, units: %(here)s; the file: %(file)s") % words)
