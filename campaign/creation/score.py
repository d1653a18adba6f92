"""The score of an estate as of a day: Σ earned ÷ Σ applicable × 100, and what vetoes it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from campaign.creation.evidence import Evidence, Failed, Fault, Filled, Grade, Look
from campaign.creation.standard import WHOLE, Item, Rule, Standard, Veto


class State(StrEnum):
    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    EXPIRED = "expired"
    NEVER = "never"
    NA = "na"


class What(StrEnum):
    FINDING = "finding"
    CASE = "case"
    SHEET = "sheet"
    INSPECTION = "inspection"


class Why(NamedTuple):
    """What an item's state follows from: a row, and its day."""

    what: What
    id: UUID
    day: date
    code: str = ""
    number: int | None = None
    case: UUID | None = None


@dataclass(frozen=True, slots=True)
class ItemScore:
    """`expires_on`: the last day on which what was seen or graded still counts."""

    item: Item
    state: State
    share: Fraction
    expires_on: date | None = None
    why: tuple[Why, ...] = ()

    @property
    def applies(self) -> bool:
        return self.state != State.NA

    @property
    def applicable(self) -> Fraction:
        return self.item.points if self.applies else Fraction()

    @property
    def earned(self) -> Fraction:
        return self.item.points * self.share


@dataclass(frozen=True, slots=True)
class Vetoed:
    """`until`: the last day of one that passes by itself."""

    veto: Veto
    since: date
    id: UUID
    code: str = ""
    case: UUID | None = None
    number: int | None = None
    until: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Scored:
    standard: Standard
    day: date
    items: tuple[ItemScore, ...]
    vetoes: tuple[Vetoed, ...]

    @cached_property
    def earned(self) -> Fraction:
        return sum((each.earned for each in self.items), Fraction())

    @cached_property
    def applicable(self) -> Fraction:
        return sum((each.applicable for each in self.items), Fraction())

    @cached_property
    def score(self) -> Fraction | None:
        """To two decimals, which is what it is held against the pass mark by. None where nothing
        applies."""
        applicable = self.applicable
        return round(self.earned * WHOLE / applicable, 2) if applicable else None

    @cached_property
    def passes(self) -> bool:
        score = self.score
        return not self.vetoes and score is not None and score >= self.standard.pass_mark


_SHARE = {Grade.MET: Fraction(1), Grade.PARTLY: Fraction(1, 2), Grade.UNMET: Fraction()}


def score(standard: Standard, known: Evidence, day: date) -> Scored:
    """Of what is known of that day and before."""
    seen = _Seen(known, day)
    items = tuple(
        seen.looked_at(item) if item.codes else seen.graded(item) for item in standard.items()
    )
    return Scored(standard, day, items, tuple(_vetoes(standard, known, seen, day)))


class _Seen:
    """The newest of everything on a day."""

    def __init__(self, known: Evidence, day: date) -> None:
        self.day = day
        self.looks: dict[str, list[Look]] = defaultdict(list)
        for look in known.looks:
            if look.day <= day:
                self.looks[look.code].append(look)
        self.open: dict[str, list[Fault]] = defaultdict(list)
        for fault in known.faults:
            if fault.open_on(day):
                self.open[fault.code].append(fault)
        self.failed: dict[str, list[Failed]] = defaultdict(list)
        for case in known.failed:
            if case.on(day):
                self.failed[case.code].append(case)
        self.sheets = [sheet for sheet in known.sheets if sheet.day <= day]

    def looked_at(self, item: Item) -> ItemScore:
        """Codes in play are those that were judged, and not said not to apply since, while that
        lasts; and those of which a finding is open, however long ago it was made."""
        looks = [look for code in item.codes for look in self.looks[code]]
        newest = max(looks, key=lambda look: (look.day, look.inspection), default=None)
        faults = [fault for code in item.codes for fault in self.open[code]]
        failed = [case for code in item.codes for case in self.failed[code]]
        if newest is None and not faults and not failed:
            return ItemScore(item, State.NEVER, Fraction())
        expires_on = newest.day + timedelta(days=item.lasts_days) if newest else None
        why = (
            *(_found(fault, self.day) for fault in faults),
            *(_did_not_pass(case, self.day) for case in failed),
            *((Why(What.INSPECTION, newest.inspection, newest.day),) if newest else ()),
        )
        if failed:
            return ItemScore(item, State.UNMET, Fraction(), expires_on, why)
        if expires_on is None or expires_on < self.day:
            return ItemScore(item, State.EXPIRED, Fraction(), expires_on, why)
        first = self.day - timedelta(days=item.lasts_days)
        faulty = {fault.code for fault in faults}
        in_play = {code for code in item.codes if code in faulty or self._in_play(code, first)}
        if not in_play:
            return ItemScore(item, State.NA, Fraction(), expires_on, why)
        share = 1 - Fraction(len(faulty), len(in_play))
        state = State.MET if share == 1 else State.PARTLY if share else State.UNMET
        return ItemScore(item, state, share, expires_on, why)

    def _in_play(self, code: str, first: date) -> bool:
        judged = [look.day for look in self.looks[code] if look.applies and look.day >= first]
        if not judged:
            return False
        # What does not apply to one lamp may apply to the next.
        ruled_out = [
            look.day for look in self.looks[code] if not look.applies and not look.of_asset
        ]
        return max(judged) >= max(ruled_out, default=first)

    def graded(self, item: Item) -> ItemScore:
        sheet = next((each for each in reversed(self.sheets) if item.code in each.grades), None)
        if sheet is None:
            return ItemScore(item, State.NEVER, Fraction())
        expires_on = sheet.day + timedelta(days=item.lasts_days)
        why = (_on(sheet),)
        if expires_on < self.day:
            return ItemScore(item, State.EXPIRED, Fraction(), expires_on, why)
        grade = sheet.grades[item.code]
        share = _SHARE.get(grade, Fraction())
        return ItemScore(item, State(grade.value), share, expires_on, why)


def _found(fault: Fault, day: date) -> Why:
    since = fault.since(day) or day
    return Why(What.FINDING, fault.id, since, fault.code, fault.number, fault.case)


def _did_not_pass(case: Failed, day: date) -> Why:
    since = next((each.since for each in case.so if each.holds(day)), day)
    return Why(What.CASE, case.case, since, case.code, case.number, case.case)


def _on(sheet: Filled) -> Why:
    return Why(What.SHEET, sheet.id, sheet.day, sheet.form.value)


def _vetoes(standard: Standard, known: Evidence, seen: _Seen, day: date) -> list[Vetoed]:
    told = []
    for veto in standard.vetoes:
        if veto.rule == Rule.DECLARED:
            told += _declared(veto, known, day)
            continue
        for fault in (each for several in seen.open.values() for each in several):
            danger = veto.rule == Rule.DANGER and fault.severity == 1
            if danger or (veto.rule == Rule.FINDING and fault.code in veto.codes):
                since = fault.since(day) or day
                told.append(Vetoed(veto, since, fault.id, fault.code, fault.case, fault.number))
    return told


def _declared(veto: Veto, known: Evidence, day: date) -> list[Vetoed]:
    told = []
    for each in known.declared:
        lasts = veto.lasts_days
        until = each.since + timedelta(days=lasts) if lasts is not None else None
        over = (until is not None and until < day) or (
            each.lifted_on is not None and each.lifted_on <= day
        )
        if each.code == veto.code and each.since <= day and not over:
            told.append(Vetoed(veto, each.since, each.id, until=until, note=each.note))
    return told


def of_sheet(standard: Standard, grades: dict[str, Grade]) -> Fraction | None:
    """A sheet by itself: what it graded, of all that sheets of its version ask and that applies.
    What it left open earned nothing. To two decimals."""
    earned = applicable = Fraction()
    for code, item in standard.graded.items():
        grade = grades.get(code)
        if grade != Grade.NA:
            applicable += item.points
            earned += item.points * _SHARE.get(grade, Fraction()) if grade else 0
    return round(earned * WHOLE / applicable, 2) if applicable else None
