"""A report as a workbook: what the page shows, to be filled in with no network and sent back. What
is not to be filled in is locked."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from campaign.models import Target
from campaign.monthly import Cell, Matter, Place
from campaign.monthly.layout import HIDDEN, Head, Spot, rows_of
from campaign.reports.month.page import Page
from campaign.standing import Level, said
from geo.files.text import guarded

_HEAD = PatternFill("solid", fgColor="FFE7EEEE")
_INPUT = PatternFill("solid", fgColor="FFFFFBE6")
_THIN = Side(style="thin", color="FFB7BEB8")
_EDGE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BOLD, _FAINT = Font(bold=True), Font(italic=True, color="FF63726D")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_OPEN = Protection(locked=False)
_SIGNS = {">=": "≥", "<=": "≤", "=": "="}
# Rows of a grid above its places.
_CODE, _TITLE, _TARGET, _DAY, _SOURCE, _WHAT = range(1, 7)


def workbook(page: Page, *, default_day: date, default_source: str) -> bytes:
    """XLSX, in the reader's language."""
    return _Book(page, default_day, default_source).made()


class _Book:
    def __init__(self, page: Page, default_day: date, default_source: str) -> None:
        self.page, self.day, self.source = page, default_day, default_source
        self.zh = (get_language() or "").startswith("zh")
        self.book = Workbook()
        self.spots: list[Spot] = []

    def made(self) -> bytes:
        first = self.book.active
        assert isinstance(first, Worksheet)
        self._about(first)
        single, estates, companies = self._parted()
        if single:
            self._list(self._sheet(_("Matters")), single)
        for title, matters in ((_("Estates"), estates), (_("Companies"), companies)):
            if matters:
                self._grid(self._sheet(title), matters)
        hidden = self.book.create_sheet(HIDDEN)
        whose = self.page.whose
        month = f"{self.page.month:%Y-%m}"
        head = Head(self.page.programme.code, month, whose.kind, whose.row.pk)
        for row in rows_of(head, self.spots):
            hidden.append([guarded(each) if isinstance(each, str) else each for each in row])
        hidden.sheet_state = "veryHidden"
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()

    def _parted(self) -> tuple[list[Matter], list[Matter], list[Matter]]:
        """Told once, estate by estate, company by company."""
        parted: tuple[list[Matter], list[Matter], list[Matter]] = ([], [], [])
        for each in self.page.matters:
            level = each.cells[0].place.level
            parted[{Level.ESTATE: 1, Level.COMPANY: 2}.get(level, 0)].append(each)
        return parted

    def _sheet(self, title: str) -> Worksheet:
        sheet: Worksheet = self.book.create_sheet(title)
        sheet.protection.sheet = True
        sheet.protection.formatColumns = False
        sheet.protection.formatRows = False
        return sheet

    def _word(self, zh: str, en: str) -> str:
        return zh if self.zh else en or zh

    def _about(self, sheet: Worksheet) -> None:
        sheet.title = _("About")
        page = self.page
        programme = page.programme
        rows = (
            (_("Monthly report"), self._word(page.whose.zh, page.whose.en)),
            (_("month"), f"{page.month:%Y-%m}"),
            (_("programme"), f"{programme.code} {self._word(programme.zh, programme.en)}"),
            (_("To be in by"), page.due_on.isoformat()),
            ("", ""),
            ("1", _("Fill in the yellow cells only; nothing else is read.")),
            ("2", _("Of a rate: so many, of how many. Never a percentage.")),
            ("3", _("In grey stands what was known last; what is left so is not entered.")),
            ("4", _("Upload the file on the page of the report. Nothing is taken where a cell is"
                    " wrong, and each such cell is named.")),
            ("5", _("Files that prove a number are attached on the page.")),
        )  # fmt: skip
        for row in rows:
            sheet.append([guarded(each) for each in row])
        for cell in sheet["A"]:
            cell.font = _BOLD
        sheet.column_dimensions["A"].width = 16
        sheet.column_dimensions["B"].width = 90
        sheet.protection.sheet = True

    # ── told once ───────────────────────────────────────────────────────────────────────────────

    def _list(self, sheet: Worksheet, matters: Sequence[Matter]) -> None:
        head = (
            (_("code"), 11), (_("Matter"), 40), (_("Target"), 22), (_("Number"), 11),
            (_("Of how many"), 11), (_("Day that it is of"), 14), (_("Source"), 26),
            (_("Known last"), 26),
        )  # fmt: skip
        for n, (title, width) in enumerate(head, 1):
            self._fixed(sheet.cell(1, n), title)
            sheet.column_dimensions[get_column_letter(n)].width = width
        for line, matter in enumerate(matters, 2):
            cell = matter.cells[0]
            code, label = matter.indicator.code, f"A{line}"
            self._fixed(sheet.cell(line, 1), code)
            self._fixed(sheet.cell(line, 2), self._word(matter.indicator.zh, matter.indicator.en))
            self._fixed(sheet.cell(line, 3), self._target(matter.target, matter.indicator.unit))
            of = sheet.cell(line, 5) if matter.rate else None
            self._figures(sheet.cell(line, 4), of, matter, cell, label, code)
            if not matter.rate:
                self._fixed(sheet.cell(line, 5), "")
            self._said(sheet.cell(line, 6), sheet.cell(line, 7), matter, label, code)
            self._fixed(sheet.cell(line, 8), self._known(cell))
        sheet.freeze_panes = "C2"

    # ── places × matters ────────────────────────────────────────────────────────────────────────

    def _grid(self, sheet: Worksheet, matters: Sequence[Matter]) -> None:
        places: dict[str, Place] = {}
        for matter in matters:
            for cell in matter.cells:
                places[cell.place.key] = cell.place
        lines = {key: n for n, key in enumerate(places, _WHAT + 1)}
        titles = {
            _CODE: _("code"), _TITLE: _("Matter"), _TARGET: _("Target"),
            _DAY: _("Day that it is of"), _SOURCE: _("Source"), _WHAT: "",
        }  # fmt: skip
        for row, title in titles.items():
            self._fixed(sheet.cell(row, 1), title)
        for key, place in places.items():
            self._fixed(sheet.cell(lines[key], 1), self._word(place.zh, place.en))
        sheet.column_dimensions["A"].width = 24
        column = 2
        for matter in matters:
            self._column(sheet, column, matter, lines)
            column += 2 if matter.rate else 1
        sheet.freeze_panes = f"B{_WHAT + 1}"

    def _column(self, sheet: Worksheet, column: int, matter: Matter, lines: dict[str, int]) -> None:
        last = column + 1 if matter.rate else column
        code = matter.indicator.code
        top = sheet.cell(_CODE, column)
        for row, told in (
            (_CODE, code),
            (_TITLE, self._word(matter.indicator.zh, matter.indicator.en)),
            (_TARGET, self._target(matter.target, matter.indicator.unit)),
        ):
            for n in range(column, last + 1):
                self._fixed(sheet.cell(row, n), told if n == column else "")
        for n, title in zip(range(column, last + 1), (_("Number"), _("Of how many")), strict=False):
            self._fixed(sheet.cell(_WHAT, n), title)
            sheet.column_dimensions[get_column_letter(n)].width = 13 if matter.rate else 20
        self._said(
            sheet.cell(_DAY, column), sheet.cell(_SOURCE, column), matter, top.coordinate, code
        )
        for cell in matter.cells:
            line = lines[cell.place.key]
            of = sheet.cell(line, column + 1) if matter.rate else None
            name = sheet.cell(line, 1)
            here = sheet.cell(line, column)
            says = self._word(cell.place.zh, cell.place.en)
            self._figures(here, of, matter, cell, name.coordinate, says)

    # ── cells ───────────────────────────────────────────────────────────────────────────────────

    def _fixed(self, cell: Any, told: str) -> None:
        cell.value = guarded(told)
        cell.fill, cell.border, cell.alignment = _HEAD, _EDGE, _WRAPPED

    def _input(self, cell: Any, *, known: bool) -> None:
        cell.fill, cell.border, cell.protection = _INPUT, _EDGE, _OPEN
        if known:
            cell.font = _FAINT

    def _figures(self, n: Any, of: Any, matter: Matter, cell: Cell, label: str, says: str) -> None:
        typed = self.page.cells.get((matter.indicator.pk, cell.place.key))
        stands = cell.standing_there(monthly=matter.monthly)
        told = (typed.numerator, typed.denominator) if typed else stands
        for at, what, figure in ((n, "n", told[0]), (of, "of", told[1])):
            if at is None:
                continue
            self._input(at, known=typed is None)
            at.value = _number(figure)
            self._spot(at, what, matter, cell.place.key, base_of(figure), label, says)
        self._checked(n, of)

    def _said(self, day: Any, source: Any, matter: Matter, label: str, says: str) -> None:
        said = self.page.said.get(matter.indicator.pk)
        on = (said.measured_on if said else None) or self.day
        text = (said.source if said else "") or self.source
        self._input(day, known=said is None)
        day.value, day.number_format = on, "yyyy-mm-dd"
        self._spot(day, "day", matter, "", on.isoformat(), label, says)
        self._input(source, known=said is None)
        source.value = guarded(text)
        self._spot(source, "source", matter, "", text, label, says)
        first = self.page.month if matter.monthly else date(2000, 1, 1)
        self._rule(
            day,
            DataValidation(
                type="date",
                operator="between",
                formula1=f"DATE({first.year},{first.month},{first.day})",
                formula2=f"DATE({self.day.year},{self.day.month},{self.day.day})",
                error=_("A day of the month is needed: %s.") % f"{self.page.month:%Y-%m}",
            ),
        )

    def _checked(self, n: SheetCell, of: SheetCell | None) -> None:
        more = f',OR({of.coordinate}="",{n.coordinate}<={of.coordinate})' if of else ""
        for at, others in ((n, more), (of, "")):
            if at is not None:
                formula = f"AND(ISNUMBER({at.coordinate}),{at.coordinate}>=0{others})"
                sentence = _("A number is needed, at least 0.")
                if others:
                    sentence = _("A number is needed, at least 0 and no more than of how many.")
                rule = DataValidation(type="custom", formula1=formula, error=sentence)
                self._rule(at, rule)

    def _rule(self, cell: SheetCell, rule: DataValidation) -> None:
        rule.allow_blank, rule.showErrorMessage = True, True
        sheet = cell.parent
        assert isinstance(sheet, Worksheet)
        sheet.add_data_validation(rule)
        rule.add(cell.coordinate)

    def _spot(
        self, cell: Any, what: str, matter: Matter, place: str, base: str, label: str, says: str
    ) -> None:
        self.spots.append(
            Spot(
                cell.parent.title,
                cell.coordinate,
                what,
                matter.indicator.pk,
                place,
                base,
                label,
                says,
            )
        )

    def _target(self, target: Target | None, unit: str) -> str:
        if target is None or target.number is None:
            return _("no target set")
        zh, en = said(target.number, unit)
        told = f"{_SIGNS[target.op]} {self._word(zh, en)}"
        return f"{told} · {target.deadline:%Y-%m-%d}" if target.deadline else told

    def _known(self, cell: Cell) -> str:
        if cell.known is None:
            return ""
        of = "" if cell.known.of is None else f" / {base_of(cell.known.of)}"
        return f"{cell.known.measured_on:%Y-%m-%d}: {base_of(cell.known.n)}{of}"


def base_of(figure: Decimal | None) -> str:
    """As it is compared later: 12, 0.5; nothing for none."""
    return "" if figure is None else f"{figure.normalize():f}"


def _number(figure: Decimal | None) -> int | float | None:
    if figure is None:
        return None
    return int(figure) if figure == figure.to_integral_value() else float(figure)
