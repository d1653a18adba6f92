"""To whom a case goes by the office's rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from inspections.models import Case, DispatchRule, Handler


@dataclass(frozen=True, slots=True)
class About:
    """What rules ask of a case. `owner`: of the thing it is about, "" where it is about none;
    `company`: the estate's."""

    source: str
    community: int
    kind: str = ""
    item: str = ""
    owner: str = ""
    company: int | None = None

    @classmethod
    def of(cls, case: Case) -> Self:
        return cls(
            source=case.source,
            community=case.community_id,
            kind=case.kind,
            item=case.item,
            owner=case.asset.owner if case.asset else "",
            company=case.estate.company_id if case.estate else None,
        )

    def fits(self, rule: DispatchRule) -> bool:
        """A rule that names a company fits only where the estate has one."""
        asked = (
            (rule.source, self.source),
            (rule.kind, self.kind),
            (rule.item, self.item),
            (rule.owner, self.owner),
            (rule.community_id, self.community),
        )
        there = rule.handler != Handler.COMPANY or self.company is not None
        return there and all(not wanted or wanted == told for wanted, told in asked)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A handler: of a company or a unit also which. `rule`: the one that says so."""

    handler: Handler
    company: int | None = None
    unit: int | None = None
    rule: DispatchRule | None = None


def choose(case: Case) -> Chosen | None:
    """None where no rule fits: then somebody has to say."""
    return choose_by(rules_in_use(), About.of(case))


def choose_by(rules: Iterable[DispatchRule], about: About) -> Chosen | None:
    """The first rule by rank that fits."""
    rule = next((each for each in rules if about.fits(each)), None)
    if rule is None:
        return None
    handler = Handler(rule.handler)
    company = about.company if handler is Handler.COMPANY else None
    return Chosen(handler, company=company, unit=rule.unit_id, rule=rule)


def mark_simple(cases: Iterable[Case]) -> None:
    """Those that the office's rules count among the simple ones, before they are opened; who
    files a case may say otherwise."""
    rules = rules_in_use()
    for case in cases:
        chosen = choose_by(rules, About.of(case))
        case.simple |= bool(chosen and chosen.rule and chosen.rule.simple)


def rules_in_use() -> list[DispatchRule]:
    rules = DispatchRule.objects.filter(retired_at=None).select_related("unit", "community")
    return list(rules.order_by("rank", "pk"))
