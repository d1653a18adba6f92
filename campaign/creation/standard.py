"""What an estate is scored by: one published version, as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Self

WHOLE = 100


class Rule(StrEnum):
    """What makes a veto."""

    DANGER = "danger"  # an open finding of severity 1
    FINDING = "finding"  # an open finding of one of these codes
    DECLARED = "declared"  # somebody said so, with its day


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Bound to inspection items by `codes`; without any it is graded on sheets. What was seen or
    graded counts for `lasts_days` after its day."""

    code: str
    zh: str
    en: str
    points: Fraction
    codes: tuple[str, ...] = ()
    lasts_days: int
    may_not_apply: bool = False
    evidence_zh: str = ""
    evidence_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    code: str
    zh: str
    en: str
    items: tuple[Item, ...]

    @property
    def weight(self) -> Fraction:
        return sum((item.points for item in self.items), Fraction())


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """`lasts_days`: of a declared one, so long after its day; None until it is lifted."""

    code: str
    zh: str
    en: str
    rule: Rule
    codes: tuple[str, ...] = ()
    lasts_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """In force from `holds_from` until that of the next version."""

    version: str
    zh: str
    en: str
    holds_from: date
    pass_mark: Fraction
    categories: tuple[Category, ...]
    vetoes: tuple[Veto, ...]

    def items(self) -> Iterator[Item]:
        for category in self.categories:
            yield from category.items

    @property
    def graded(self) -> dict[str, Item]:
        """What sheets ask, in its order."""
        return {item.code: item for item in self.items() if not item.codes}

    @property
    def bound_codes(self) -> frozenset[str]:
        return frozenset(code for item in self.items() for code in item.codes)

    def veto(self, code: str) -> Veto | None:
        return {each.code: each for each in self.vetoes}.get(code)

    def describe(self) -> dict[str, Any]:
        """As JSON; `from_description` gives it back."""
        return {
            "version": self.version,
            "zh": self.zh,
            "en": self.en,
            "holds_from": self.holds_from.isoformat(),
            "pass_mark": str(self.pass_mark),
            "categories": [
                {
                    "code": category.code,
                    "zh": category.zh,
                    "en": category.en,
                    "items": [
                        {
                            "code": item.code,
                            "zh": item.zh,
                            "en": item.en,
                            "points": str(item.points),
                            "codes": list(item.codes),
                            "lasts_days": item.lasts_days,
                            "may_not_apply": item.may_not_apply,
                            "evidence_zh": item.evidence_zh,
                            "evidence_en": item.evidence_en,
                        }
                        for item in category.items
                    ],
                }
                for category in self.categories
            ],
            "vetoes": [
                {
                    "code": veto.code,
                    "zh": veto.zh,
                    "en": veto.en,
                    "rule": veto.rule.value,
                    "codes": list(veto.codes),
                    "lasts_days": veto.lasts_days,
                }
                for veto in self.vetoes
            ],
        }

    @classmethod
    def from_description(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            version=told["version"],
            zh=told["zh"],
            en=told["en"],
            holds_from=date.fromisoformat(told["holds_from"]),
            pass_mark=Fraction(told["pass_mark"]),
            categories=tuple(
                Category(
                    code=category["code"],
                    zh=category["zh"],
                    en=category["en"],
                    items=tuple(
                        Item(
                            **item
                            | {"points": Fraction(item["points"]), "codes": tuple(item["codes"])}
                        )
                        for item in category["items"]
                    ),
                )
                for category in told["categories"]
            ),
            vetoes=tuple(
                Veto(**veto | {"rule": Rule(veto["rule"]), "codes": tuple(veto["codes"])})
                for veto in told["vetoes"]
            ),
        )


def in_force(standards: Sequence[Standard], day: date) -> Standard | None:
    """Of versions in the order of their days, the newest that holds on that day."""
    holding = [each for each in standards if each.holds_from <= day]
    return holding[-1] if holding else None
