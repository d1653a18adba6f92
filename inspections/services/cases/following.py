"""Findings and their cases, after it changed which findings count.

A finding that counts stands in the case that its own chain of corrections opened, or in the one
that stands for that; one only seen again stands where the first does. It ends alike whatever
arrived first, while nobody moves those cases by hand. What Xuntu does of itself here are moves as
any other, made by nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Greatest

from inspections.models import Case, Complaint, Finding, MoveStanding, Source
from inspections.services import sightings
from inspections.services.cases import joining, opening
from inspections.services.cases.making import Hand
from inspections.services.many import each_of
from inspections.workflow import MOVES, State

CORRECTED_AWAY = "corrected_away"


def settle(changed: Iterable[UUID], hand: Hand) -> None:
    """Put in force those that count, and every finding into its case. Within a transaction that
    holds the arrivals alone."""
    stands = sightings.settle(changed)
    if stands.family:
        _Following(hand, stands).follow()


@dataclass(slots=True)
class _Following:
    hand: Hand
    stands: sightings.Stands

    def follow(self) -> None:
        found = self._found()
        self.hand.take(
            {self._own(each) for each in found}
            | {each.case_id for each in found if each.case_id is not None}
        )
        before = {each.case_id for each in found if each.case_id}
        before |= {self._own(each) for each in found} & self.hand.cases.keys()
        recorded = [each for each in found if each.inspection.in_force]
        counted = [each for each in recorded if each.in_force]
        self._open([each for each in counted if self._opens(each)])
        for each in counted:
            self._place(each, self._case_of(each, found))
        by_id = {each.pk: each for each in found}
        for each in recorded:
            if not each.in_force:
                self._stand_behind(each, by_id[self.stands.behind[each.pk]])
        if before:
            self._void(before)

    def _found(self) -> list[Finding]:
        rows = Finding.objects.filter(pk__in=each_of(self.stands.family))
        rows = rows.select_related("inspection", "inspection__kind_version")
        return list(rows.order_by("recorded_at", "pk"))

    @staticmethod
    def _own(finding: Finding) -> UUID:
        """The case that it opens, or that the first record of its chain opened."""
        return Case.id_of(Finding.id_of(finding.inspection.root, finding.item))

    def _opens(self, finding: Finding) -> bool:
        known = self._own(finding) in self.hand.cases
        return not (known or finding.advisory or finding.closed_at)

    def _open(self, findings: list[Finding]) -> None:
        if findings:
            cases = [opening.case_of(each, self._own(each), self.hand.now) for each in findings]
            opening.open_cases(cases, self.hand.now)
            self.hand.take(case.pk for case in cases)

    def _case_of(self, finding: Finding, found: list[Finding]) -> Case | None:
        own = self.hand.cases.get(self._own(finding))
        if own is None:
            return self._given(finding, found)
        last = next(iter(reversed(self.hand.earlier[own.pk])), None)
        if last is not None and last.by_id is None and own.state in (State.VOID, State.JOINED):
            # What Xuntu ended for want of a finding that counts goes on with one.
            again = self.hand.by_itself(own, "reconsider")
            self.hand.make(again)
        case = self.hand.standing_for(own)
        if case is own and case.ended_at is None:
            self._correct(case, finding)
        return case

    def _given(self, finding: Finding, found: list[Finding]) -> Case | None:
        """By hand, to one for note or to what it corrects."""
        own = self._own(finding)
        given = (each.case_id for each in (finding, *found) if self._own(each) == own)
        return next((self.hand.cases[id] for id in given if id is not None), None)

    def _correct(self, case: Case, finding: Finding) -> None:
        """A correction that keeps a fault may tell another place of it, or how grave it is."""
        told = {
            "estate_id": finding.estate_id,
            "community_id": finding.community_id,
            "asset_id": finding.asset_id,
            "place": finding.place,
        }
        graded = any("severity" in each.data for each in self.hand.earlier[case.pk])
        if not graded:
            told["severity"] = finding.severity
        changed = {name: each for name, each in told.items() if getattr(case, name) != each}
        if changed:
            self.hand.correct(case, changed)

    def _place(self, finding: Finding, case: Case | None) -> None:
        """What comes into a case that has ended is closed with it."""
        if case is None:
            return
        closed = case.ended_at if finding.closed_at is None else None
        if finding.case_id == case.pk and closed is None:
            return
        finding.case = case
        row = Finding.objects.filter(pk=finding.pk)
        if closed is None:
            row.update(case=case)
        else:
            row.update(case=case, closed_at=Greatest(Value(closed), F("recorded_at")))

    def _stand_behind(self, finding: Finding, first: Finding) -> None:
        if first.case_id is None or finding.case_id == first.case_id:
            return
        case = self.hand.cases[first.case_id]
        if finding.case_id is not None:
            earlier = self.hand.cases[finding.case_id]
            if earlier.ended_at is None and not self._counts_in(earlier):
                self._join(earlier, case)
                return
            if earlier.state != State.JOINED and self._own(finding) == earlier.pk:
                # Ended, or with something else in it: what was done there stays told there.
                return
        self._place(finding, case)

    def _join(self, case: Case, into: Case) -> None:
        """Where the work on it has begun it stays, for a supervisor to join or not."""
        if case.state not in MOVES["join"].since or into.ended_at is not None:
            return
        joining_move = self.hand.by_itself(case, "join", into=str(into.pk))
        joining.hand_over(joining_move, case)
        self.hand.make(joining_move)

    def _counts_in(self, case: Case) -> bool:
        return case.findings.filter(in_force=True).exists()

    def _void(self, cases: Iterable[UUID]) -> None:
        """Those that inspections opened, and of whose findings none is recorded any more."""
        left = {
            case.pk: case
            for case in map(self.hand.cases.__getitem__, cases)
            if case.ended_at is None and case.source == Source.INSPECTION
        }
        recorded = Finding.objects.filter(case__in=each_of(left), inspection__in_force=True)
        complained = Complaint.objects.filter(case__in=each_of(left))
        for rows in (recorded, complained):
            for id in rows.order_by().values_list("case", flat=True).distinct():
                left.pop(id, None)
        for _, case in sorted(left.items()):
            move = self.hand.by_itself(case, "void", reason=CORRECTED_AWAY)
            if case.state in MOVES["void"].since:
                self.hand.make(move)
            elif not case.moves.undecided().filter(by=None).exists():
                # The work on it has begun: a supervisor decides what becomes of that.
                move.standing, move.problem = MoveStanding.PROPOSED, CORRECTED_AWAY
                move.save(force_insert=True)
