"""The words of a kind as JSON and back.

Every field is written out, those at their default too: a default may change, and what was
published may not.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from inspections.kind.answers import Choice, Measure, Measures, Number, Option, YesNo, plain
from inspections.kind.conditions import Above, AnswerTo, AnyOf, Fact, Is
from inspections.kind.marks import Evidence, Force, Severity, Sure
from inspections.kind.rules import (
    AtLeast,
    AtMost,
    Larger,
    LessThan,
    MustBe,
    NoFault,
    Ratio,
    Smaller,
)

# The `type` each word is written with.
WORDS: dict[str, type] = {
    "yes_no": YesNo,
    "number": Number,
    "choice": Choice,
    "measures": Measures,
    "must_be": MustBe,
    "no_fault": NoFault,
    "at_least": AtLeast,
    "at_most": AtMost,
    "less_than": LessThan,
    "smaller": Smaller,
    "larger": Larger,
    "ratio": Ratio,
    "is": Is,
    "above": Above,
    "any_of": AnyOf,
    "fact": Fact,
    "answer_to": AnswerTo,
}
TYPES = {word: name for name, word in WORDS.items()}

# What stands under these names says by its place what it is.
PARTS: dict[str, type] = {
    "options": Option,
    "measures": Measure,
    "severity": Severity,
    "sure": Sure,
    "force": Force,
    "evidence": Evidence,
}


def describe(word: Any) -> Any:
    if is_dataclass(word):
        named = {"type": TYPES[type(word)]} if type(word) in TYPES else {}
        return named | {each.name: describe(getattr(word, each.name)) for each in fields(word)}
    if isinstance(word, tuple):
        return [describe(part) for part in word]
    if isinstance(word, Enum):
        return word.value
    return plain(word) if isinstance(word, float) else word


def read(written: Any, part: type | None = None) -> Any:
    if isinstance(written, list):
        return tuple(read(each, part) for each in written)
    if isinstance(written, Mapping):
        word = part or WORDS[written["type"]]
        return word(**{k: read(v, PARTS.get(k)) for k, v in written.items() if k != "type"})
    return part(written) if part and written is not None else written
