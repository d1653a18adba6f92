"""A kind of inspection and the items of its checklist."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self

from inspections.kind import wording
from inspections.kind.answers import (
    NOT_JUDGED,
    Answer,
    Answers,
    Unreadable,
    Value,
    YesNo,
    refuse_twice,
)
from inspections.kind.conditions import AnswerTo, Condition, Facts, read_by
from inspections.kind.marks import Evidence, Force, Severity, Sure
from inspections.kind.rules import MustBe, Rule


class WrongAnswers(ValueError):
    """`items`: code → key of `SENTENCES`, every wrong answer at once."""

    def __init__(self, items: dict[str, str]) -> None:
        super().__init__(", ".join(f"{code}: {key}" for code, key in items.items()))
        self.items = items


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of one item that was answered. Not met is a finding; an advisory one is noted, and opens
    no case by itself: all it breaks is recommended only, or remembered and not confirmed."""

    code: str
    severity: Severity
    met: bool
    advisory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a checklist. Its code stands on papers: never renamed, never used again.

    `only_if`: asked unless this is known not to hold. `retired`: not asked any more.
    """

    code: str
    zh: str
    en: str
    severity: Severity
    evidence_zh: str
    evidence_en: str
    basis_zh: str
    basis_en: str
    sure: Sure
    evidence: Evidence = Evidence.PHOTO
    answer: Answer = field(default_factory=YesNo)
    rules: tuple[Rule, ...] = (MustBe(False),)
    force: Force = Force.MUST
    only_if: Condition | None = None
    retired: bool = False

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z]{2,4}-[0-9]{2,3}", self.code):
            raise ValueError(f"{self.code} is no code of an item")
        if not all(rule.fits(self.answer) for rule in self.rules):
            raise ValueError(f"{self.code} has a rule that can't judge its answer")

    @property
    def printable_basis(self) -> str:
        """For official papers: empty where the basis is remembered or our own proposal."""
        return self.basis_zh if self.sure in (Sure.VERIFIED, Sure.SECONDARY) else ""

    def conditions(self) -> list[Condition]:
        every = [self.only_if, *(rule.only_if for rule in self.rules)]
        return [condition for condition in every if condition is not None]

    def read(self, sent: object) -> Value:
        if isinstance(sent, str) and sent in NOT_JUDGED:
            return sent
        return self.answer.read(sent)

    def judge(self, given: Value, answers: Answers, facts: Facts) -> Judgement:
        broken = [
            rule
            for rule in self.rules
            if (rule.only_if is None or rule.only_if.holds(answers, facts))
            and not rule.met(given, self.answer)
        ]
        advisory = [
            (rule.sure or self.sure) == Sure.MEMORY or (rule.force or self.force) == Force.SHOULD
            for rule in broken
        ]
        return Judgement(
            self.code, self.severity, met=not broken, advisory=bool(broken) and all(advisory)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`asset`: the type of asset it looks at, or None for the estate itself."""

    slug: str
    title_zh: str
    title_en: str
    asset: str | None
    due_every: timedelta
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", self.slug):
            raise ValueError(f"{self.slug} is no slug of a kind")
        if self.due_every != timedelta(days=max(self.due_every.days, 1)):
            raise ValueError(f"{self.slug} is due every so many whole days")
        refuse_twice("item", [item.code for item in self.items])
        earlier: set[str] = set()
        for item in self.items:
            for source in (of for condition in item.conditions() for of in read_by(condition)):
                if isinstance(source, AnswerTo) and source.code not in earlier:
                    raise ValueError(f"{item.code} depends on {source.code}, not asked before it")
            earlier.add(item.code)

    def item(self, code: str) -> Item:
        """Raises KeyError."""
        return {item.code: item for item in self.items}[code]

    def read(self, sent: object) -> dict[str, Value]:
        """The answers in the order of the items, numbers in one form. Raises WrongAnswers.

        A retired item's answer is accepted where this wording has the item.
        """
        if not isinstance(sent, Mapping):
            raise WrongAnswers({"answers": "answers"})
        known = {item.code for item in self.items}
        read: dict[str, Value] = {}
        wrong = {str(code): "not_asked" for code in sent if code not in known}
        for item in self.items:
            if item.code in sent:
                try:
                    read[item.code] = item.read(sent[item.code])
                except Unreadable as unreadable:
                    wrong[item.code] = unreadable.args[0]
        if wrong:
            raise WrongAnswers(wrong)
        return read

    def asks(self, answers: Answers, facts: Facts) -> list[str]:
        """The codes to ask. What is not known rules nothing out."""
        return [item.code for item, _ in self._asked(answers, facts)]

    def judge(self, answers: Answers, facts: Facts) -> list[Judgement]:
        """What was answered, one judgement an item at most. `answers` as `read` gives them.

        Facts decide what is asked, never whether an answer counts: the inspector stood there,
        and the register may be wrong. An answer that another answer rules out does not count.
        """
        return [
            item.judge(given[item.code], given, facts)
            for item, given in self._asked(answers, {})
            if item.code in given and given[item.code] not in NOT_JUDGED
        ]

    def _asked(self, answers: Answers, facts: Facts) -> Iterator[tuple[Item, dict[str, Value]]]:
        """Each item that nothing rules out, with the answers that stand up to it: one that is
        itself ruled out opens no other."""
        given: dict[str, Value] = {}
        for item in self.items:
            if item.retired or (item.only_if and item.only_if.holds(given, facts) is False):
                continue
            if item.code in answers:
                given[item.code] = answers[item.code]
            yield item, given

    def describe(self) -> dict[str, Any]:
        """The whole kind as JSON. `from_description` gives it back, years later too."""
        return {
            "slug": self.slug,
            "title_zh": self.title_zh,
            "title_en": self.title_en,
            "asset": self.asset,
            "due_every_days": self.due_every.days,
            "items": [wording.describe(item) for item in self.items],
        }

    @classmethod
    def from_description(cls, description: Mapping[str, Any]) -> Self:
        return cls(
            slug=description["slug"],
            title_zh=description["title_zh"],
            title_en=description["title_en"],
            asset=description["asset"],
            due_every=timedelta(days=description["due_every_days"]),
            items=tuple(wording.read(item, Item) for item in description["items"]),
        )

    def digest(self) -> str:
        """SHA-256 of the description in canonical JSON: the same digest, the same wording."""
        canonical = json.dumps(
            self.describe(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(canonical.encode()).hexdigest()
