"""What an item may be answered with."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

NOT_APPLICABLE = "not_applicable"
COULD_NOT_CHECK = "could_not_check"
NOT_JUDGED = (NOT_APPLICABLE, COULD_NOT_CHECK)

Value: TypeAlias = bool | float | str | dict[str, float]
Answers: TypeAlias = Mapping[str, Value]

# What is wrong with an answer: a key that stays, and the English sentence that is translated.
SENTENCES = {
    "answers": "Send the answers as an object: item code and answer.",
    "yes_or_no": "Answer yes or no.",
    "number": "Enter a number.",
    "whole_number": "Enter a whole number.",
    "out_of_range": "This can't have been measured. Check the number and its unit.",
    "choice": "Choose one of the options.",
    "measures": "Enter all the measurements of this item, and no others.",
    "not_asked": "Not asked.",
}


class Unreadable(Exception):
    """One answer can't be read. Its argument is a key of `SENTENCES`."""


@dataclass(frozen=True, slots=True)
class YesNo:
    def read(self, sent: object) -> bool:
        if not isinstance(sent, bool):
            raise Unreadable("yes_or_no")
        return sent


@dataclass(frozen=True, slots=True)
class Number:
    """`min` and `max` catch a slip of the hand or of the unit; a rule's limits are elsewhere."""

    unit: str
    min: float
    max: float
    whole: bool = False
    unit_en: str = ""  # where the unit is a word and not a symbol

    def read(self, sent: object) -> float:
        """A whole number as int, so that 4 and 4.0 are one answer."""
        if isinstance(sent, bool) or not isinstance(sent, int | float):
            raise Unreadable("number")
        if isinstance(sent, float) and not math.isfinite(sent):
            raise Unreadable("number")
        if not self.min <= sent <= self.max:
            raise Unreadable("out_of_range")
        number = plain(sent)
        if self.whole and not isinstance(number, int):
            raise Unreadable("whole_number")
        return number


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    zh: str
    en: str
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        refuse_twice("option", [*NOT_JUDGED, *(option.key for option in self.options)])

    def read(self, sent: object) -> str:
        if not isinstance(sent, str) or sent not in [option.key for option in self.options]:
            raise Unreadable("choice")
        return sent


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of several. `optional`: can't always be had, such as what a certificate says."""

    name: str
    zh: str
    en: str
    number: Number
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    measures: tuple[Measure, ...]

    def __post_init__(self) -> None:
        refuse_twice("measure", [measure.name for measure in self.measures])

    def read(self, sent: object) -> dict[str, float]:
        if not isinstance(sent, dict):
            raise Unreadable("measures")
        given = [measure for measure in self.measures if measure.name in sent]
        needed = {measure.name for measure in self.measures if not measure.optional}
        if not given or len(given) != len(sent) or not needed <= sent.keys():
            raise Unreadable("measures")
        return {measure.name: measure.number.read(sent[measure.name]) for measure in given}


Answer: TypeAlias = YesNo | Number | Choice | Measures


def plain(number: float) -> float:
    """4.0 as 4, as JSON from JavaScript has it."""
    return int(number) if number == int(number) else number


def refuse_twice(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"the {what} {name} stands here twice")
