"""Who has what in hand in the demonstration: by the office's rules of dispatch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspections.demo.people import Staff
from inspections.models import DispatchRule, Handler
from inspections.services.cases.dispatch import About, choose_by, rules_in_use
from people.models import Unit

if TYPE_CHECKING:
    from inspections.demo.casework import Fault

# What a property company can't do anything about: to the unit that can.
TO_THE_UNIT = (("fire_lane", "XF-01"), ("fire_lane", "XF-06"))


@dataclass(frozen=True, slots=True)
class Hands:
    """Those of one case. `again`: after it came back as not theirs, it goes to the unit."""

    supervisor: int
    approver: str
    first: dict[str, object]
    first_person: int
    unit: int
    unit_person: int

    def handler(self, *, again: bool) -> dict[str, object]:
        return {"kind": "unit", "company": None, "unit": self.unit} if again else self.first

    def person(self, *, again: bool) -> int:
        return self.unit_person if again else self.first_person


class Handlers:
    def __init__(self, staff: Staff, unit: Unit) -> None:
        self.staff, self.unit = staff, unit
        for kind, item in TO_THE_UNIT:
            DispatchRule.objects.get_or_create(
                rank=100, kind=kind, item=item, handler=Handler.UNIT, unit=unit, retired_at=None
            )
        self.rules = rules_in_use()
        self.known: dict[About, Hands] = {}

    def of(self, fault: Fault) -> Hands:
        about = About(
            source=fault.source,
            community=fault.community,
            kind=fault.kind,
            item=fault.item,
            owner=fault.owner,
            company=fault.company,
        )
        if about not in self.known:
            self.known[about] = self._hands(about)
        return self.known[about]

    def _hands(self, about: About) -> Hands:
        chosen = choose_by(self.rules, about)
        kind = chosen.handler if chosen else Handler.COMMUNITY
        company = chosen.company if chosen else None
        unit = chosen.unit if chosen else None
        person = {
            Handler.COMPANY: self.staff.companies.get(company or 0, 0),
            Handler.UNIT: self.staff.unit,
            Handler.COMMUNITY: self.staff.officers[about.community],
        }[kind]
        return Hands(
            supervisor=self.staff.supervisors[about.community],
            approver="leader",
            first={"kind": kind.value, "company": company, "unit": unit},
            first_person=person,
            unit=self.unit.pk,
            unit_person=self.staff.unit,
        )
