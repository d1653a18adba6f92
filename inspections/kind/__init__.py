"""The words a kind of inspection is written in, and what follows from them.

A kind is data: a checklist whose items carry their rules. Two small interpreters judge by it,
`Kind.judge` here and `judge` in `static/app/rules.js`; `tests/rules.json` keeps them in step.

An answer on the wire is, by the item's `answer`:

    YesNo     true or false; true means that what the item says is so, hence a fault
    Number    a number in the item's unit
    Choice    the key of one option
    Measures  an object of numbers by the measures' names

or, for any item, "not_applicable" (the thing asked about is not there) or "could_not_check" (it
may be there, but was not seen). What was not answered is left out. None of these three is judged.
"""

from inspections.kind.answers import (
    COULD_NOT_CHECK,
    NOT_APPLICABLE,
    SENTENCES,
    Choice,
    Measure,
    Measures,
    Number,
    Option,
    Value,
    YesNo,
)
from inspections.kind.checklist import Item, Judgement, Kind, WrongAnswers
from inspections.kind.conditions import Above, AnswerTo, AnyOf, Fact, Facts, Is
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

__all__ = [
    "COULD_NOT_CHECK",
    "NOT_APPLICABLE",
    "SENTENCES",
    "Above",
    "AnswerTo",
    "AnyOf",
    "AtLeast",
    "AtMost",
    "Choice",
    "Evidence",
    "Fact",
    "Facts",
    "Force",
    "Is",
    "Item",
    "Judgement",
    "Kind",
    "Larger",
    "LessThan",
    "Measure",
    "Measures",
    "MustBe",
    "NoFault",
    "Number",
    "Option",
    "Ratio",
    "Severity",
    "Smaller",
    "Sure",
    "Value",
    "WrongAnswers",
    "YesNo",
]
