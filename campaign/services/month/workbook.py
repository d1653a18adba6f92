"""A workbook that comes back: all of it is taken, or nothing, and every bad cell is named."""

import io
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from campaign.errors import ReportFileRefused
from campaign.models import Programme, Report
from campaign.monthly import Asked, Matter, Whose
from campaign.monthly.layout import HIDDEN, Head, Spot, read
from campaign.monthly.places import key_of
from campaign.services.fields import FIRST_DAY, MOST
from campaign.services.month.saving import LONGEST_SOURCE, Wish, take, wrong_day
from geo.files.columns import BadCell, day_of, number_of, plain_text
from geo.files.text import unguarded
from people.models import User

MOST_UNPACKED = 50_000_000
_PERCENTS = ("%", "％")


class _Wrong(Exception):
    """What is wrong with a cell, in a sentence."""


@dataclass(frozen=True, slots=True)
class _Problem:
    spot: Spot
    reason: str

    def told(self) -> dict[str, str]:
        return {"sheet": self.spot.sheet, "cell": self.spot.at, "reason": self.reason}


def take_workbook(
    *, body: bytes, whose: Whose, programme: Programme, month: date, today: date, by: User
) -> tuple[Report, int]:
    """The report, and how many of its cells and matters were taken. What was left as it was when
    the workbook was made is not taken; where another typed meanwhile, that is named.

    Raises ReportFileRefused, NotYoursToReport, ReportNotOpen.
    """
    shown, formulas = _opened(body)
    spots = _spots(formulas, Head(programme.code, f"{month:%Y-%m}", whose.kind, whose.row.pk))
    asked = {each.indicator.pk: each for each in Asked(by.scope, programme, month, today).of(whose)}
    _fresh(spots, asked)
    problems: list[_Problem] = []
    told: dict[tuple[int, str], dict[str, Any]] = defaultdict(dict)
    at: dict[tuple[int, str], dict[str, Spot]] = defaultdict(dict)
    for spot in spots:
        key = (spot.indicator, spot.place)
        at[key][spot.what] = spot
        try:
            told[key][spot.what] = _read(spot, shown, formulas, month, asked[spot.indicator])
        except _Wrong as e:
            problems.append(_Problem(spot, str(e)))
    bad = {(each.spot.indicator, each.spot.place) for each in problems}
    stands = _standing(whose, programme, month, asked)
    wishes = []
    for key, parts in told.items():
        if key in bad:
            continue
        found = _wish(key, parts, at[key], stands[key], problems)
        if found:
            wishes.append(found)
    if problems:
        order = {(each.sheet, each.at): n for n, each in enumerate(spots)}
        problems.sort(key=lambda each: order[each.spot.sheet, each.spot.at])
        raise ReportFileRefused(problems=[each.told() for each in problems])
    report, outcomes = take(wishes, whose=whose, programme=programme, month=month, by=by)
    refused = [each for each in outcomes if each.outcome in {"refused", "changed"}]
    if refused:
        raise ReportFileRefused(
            problems=[
                _Problem(
                    next(iter(at[each.wish.indicator, each.wish.place or ""].values())),
                    " ".join(each.wish.wrong.values()) or _meanwhile(),
                ).told()
                for each in refused
            ]
        )
    return report, sum(each.outcome == "saved" for each in outcomes)


def _meanwhile() -> str:
    return _("Somebody typed here after the workbook was made: download it anew.")


def _refuse(reason: str) -> ReportFileRefused:
    return ReportFileRefused(reason=reason, problems=[])


# ── the file ────────────────────────────────────────────────────────────────────────────────────


def _opened(body: bytes) -> tuple[Any, Any]:
    """As it was last worked out, and with its formulas."""
    no_workbook = _("This is no XLSX workbook. Fill in the one that this page gives, and save it as"
                    " XLSX.")  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED:
                raise _refuse(_("This file is too large."))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shown = openpyxl.load_workbook(io.BytesIO(body), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(body))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as e:
        raise _refuse(no_workbook) from e
    except (SyntaxError, TypeError, IndexError, AttributeError) as e:
        raise _refuse(no_workbook) from e
    return shown, formulas


def _spots(book: Any, head: Head) -> Sequence[Spot]:
    sheets = {each.title: each for each in book.worksheets}
    rows = list(sheets[HIDDEN].iter_rows(values_only=True)) if HIDDEN in sheets else []
    plain = [
        tuple(unguarded(each) if isinstance(each, str) else each for each in row) for row in rows
    ]
    known = read(plain)
    if known is None:
        raise _refuse(_("This is no workbook of a report, or one of an older form: download it"
                        " anew."))  # fmt: skip
    theirs, spots = known
    if theirs.month != head.month:
        told = {"theirs": theirs.month, "ours": head.month}
        raise _refuse(_("This workbook is of %(theirs)s, and this report of %(ours)s.") % told)
    if theirs != head:
        raise _refuse(_("This workbook is of another community or unit, or another programme."))
    for spot in spots:
        if spot.sheet not in sheets:
            raise _refuse(_("The sheet “%s” is lacking: download the workbook anew.") % spot.sheet)
        stands = unguarded(plain_text(sheets[spot.sheet][spot.label].value or ""))
        if stands != plain_text(spot.says):
            at = f"{spot.sheet}!{spot.label}"
            raise _refuse(_("Rows or columns were moved (%s): download the workbook anew.") % at)
    return spots


def _fresh(spots: Sequence[Spot], asked: Mapping[int, Matter]) -> None:
    """What is asked is still what was asked when the workbook was made."""
    theirs = {(each.indicator, each.place, each.what) for each in spots}
    ours = {(id, "", what) for id in asked for what in ("day", "source")}
    for id, matter in asked.items():
        figures = ("n", "of") if matter.rate else ("n",)
        ours |= {(id, cell.place.key, what) for cell in matter.cells for what in figures}
    if theirs != ours:
        raise _refuse(_("What is asked has changed since this workbook was made: download it"
                        " anew."))  # fmt: skip


# ── a cell ──────────────────────────────────────────────────────────────────────────────────────


def _read(spot: Spot, shown: Any, formulas: Any, month: date, matter: Matter) -> Any:
    """Raises _Wrong."""
    cell = shown[spot.sheet][spot.at]
    value = cell.value
    if isinstance(cell, MergedCell):
        raise _Wrong(_("This cell was merged with another: split them again."))
    written = formulas[spot.sheet][spot.at]
    if written.data_type == "f" and value is None:
        raise _Wrong(_("This formula has no result yet: type the number itself."))
    if isinstance(value, str) and value.startswith("#") and cell.data_type == "e":
        raise _Wrong(_("This formula has no result yet: type the number itself."))
    if value is None or (isinstance(value, str) and not value.strip()):
        return "" if spot.what == "source" else None
    if spot.what == "source":
        text = unguarded(plain_text(value))
        if len(text) > LONGEST_SOURCE:
            raise _Wrong(_("A text of at most %d characters.") % LONGEST_SOURCE)
        return text
    if spot.what == "day":
        return _day(value, month, matter)
    return _amount(value, cell.number_format)


def _day(value: Any, month: date, matter: Matter) -> date:
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    else:
        try:
            day = day_of(value)
        except BadCell as e:
            raise _Wrong(_("A date such as 2024-11-30.")) from e
    wrong = wrong_day(day, month, monthly=matter.monthly)
    if wrong or day < FIRST_DAY:
        raise _Wrong(wrong or _("A date such as 2024-11-30."))
    return day


def _amount(value: Any, number_format: str) -> Decimal:
    if isinstance(value, (bool, date)):
        raise _Wrong(_("A number is needed, at least 0."))
    if "%" in number_format or (isinstance(value, str) and value.strip()[-1] in _PERCENTS):
        raise _Wrong(_("Never a percentage: so many, of how many."))
    try:
        # As a sheet shows it: what a formula made may be off in the 16th digit.
        amount = Decimal(f"{number_of(value):.15g}")
    except (BadCell, InvalidOperation) as e:
        raise _Wrong(_("A number is needed, at least 0.")) from e
    if not 0 <= amount <= MOST:
        raise _Wrong(_("A number is needed, at least 0."))
    if amount != round(amount, 2):
        raise _Wrong(_("At most two decimals."))
    return amount


# ── against what stands there now ───────────────────────────────────────────────────────────────

Standing = tuple[dict[str, Any], int, str]


def _standing(
    whose: Whose, programme: Programme, month: date, asked: Mapping[int, Matter]
) -> Mapping[tuple[int, str], Standing]:
    """Of each cell what it shows now, of each matter what is said of it; its version, and who
    typed it."""
    report = (
        Report.objects.of_month(programme, month)
        .filter(community=whose.community, unit=whose.unit)
        .first()
    )
    cells = report.cells.select_related("by") if report else []
    typed = {(each.indicator_id, key_of(each)): each for each in cells}
    matters = report.matters.select_related("by") if report else []
    said = {each.indicator_id: each for each in matters}
    told: dict[tuple[int, str], Standing] = {}
    for id, matter in asked.items():
        row = said.get(id)
        now = {"day": row.measured_on if row else None, "source": row.source if row else ""}
        told[id, ""] = (now, row.version if row else 0, str(row.by) if row else "")
        for cell in matter.cells:
            known = typed.get((id, cell.place.key))
            n, of = cell.standing_there(monthly=matter.monthly)
            if known:
                n, of = known.numerator, known.denominator
            version, name = (known.version, str(known.by)) if known else (0, "")
            told[id, cell.place.key] = ({"n": n, "of": of}, version, name)
    return told


def _wish(
    key: tuple[int, str],
    parts: Mapping[str, Any],
    at: Mapping[str, Spot],
    stands: Standing,
    problems: list[_Problem],
) -> Wish | None:
    """None where it was left as it was."""
    now, version, by = stands
    indicator, place = key
    touched = [what for what, told in parts.items() if _same(told) != at[what].base]
    if not touched or all(parts[what] == now[what] for what in parts):
        return None
    # Of a matter nobody said anything of, its day and source follow from the day and the language.
    moved = [what for what in parts if _same(now[what]) != at[what].base and (place or now[what])]
    if moved:
        sentence = _("%s typed here after the workbook was made: download it anew.") % by
        problems.append(_Problem(at[touched[0]], sentence if by else _meanwhile()))
        return None
    if not place:
        # What follows is not kept as if somebody had said it.
        said = {what: parts[what] if what in touched else now[what] for what in parts}
        told = {"measured_on": said["day"], "source": said["source"]}
        return Wish(indicator, None, version, told)
    n, of = parts.get("n"), parts.get("of")
    if n is not None and of is not None and n > of:
        problems.append(_Problem(at["n"], _("More than there are.")))
        return None
    return Wish(indicator, place, version, {"numerator": n, "denominator": of})


def _same(told: Any) -> str:
    """As the hidden sheet has it."""
    if told is None:
        return ""
    if isinstance(told, Decimal):
        return f"{told.normalize():f}"
    return told.isoformat() if isinstance(told, date) else str(told)
