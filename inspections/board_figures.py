"""What the board tells of cases: each figure once, as what it asks of how a case stood, with the
sentence that defines it. The board counts by these, and the list of cases shows by the same ones
what was counted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q

from inspections.clocks import STEP_OF, Step
from inspections.workflow import State

# What counts as a matter: neither turned down, nor voided, nor joined to another one.
_MATTERS = ~Q(state__in=[State.REJECTED, State.VOID, State.JOINED])
_OPEN = Q(ended_at=None)
_PUT_RIGHT = (State.FIXED, State.CHECKING, State.CHECKED, State.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFigure:
    """`n` of `of`, both asked of the spans of cases just before a moment (`CaseSpan.standing_at`).

    `dated`: the time that must lie in the period, as the span leads to it; None for what is so at
    the moment itself, of which a period says nothing. `n` is told the moment, as a value or as an
    expression.
    """

    slug: str
    title_zh: str
    title_en: str
    says_zh: str
    says_en: str
    of: Q = field(repr=False)
    n: Callable[[Any], Q] = field(repr=False)
    dated: str | None = None

    def told(self) -> dict[str, str]:
        return {
            "slug": self.slug,
            "title_zh": self.title_zh,
            "title_en": self.title_en,
            "says_zh": self.says_zh,
            "says_en": self.says_en,
        }


def _asks(q: Q) -> Callable[[Any], Q]:
    return lambda _at: q


_STEPS = {
    Step.INTAKE: ("待受理", "Intake"),
    Step.DISPATCH: ("待派遣", "Dispatch"),
    Step.CLAIM: ("待签收", "Claim"),
    Step.HANDLING: ("处置中", "Handling"),
    Step.CHECKING: ("待核查", "Checking"),
    Step.DECISION: ("待审批", "Decision"),
}


def _overdue_in(step: Step, zh: str, en: str) -> BoardFigure:
    states = [state for state, own in STEP_OF.items() if own is step]
    return BoardFigure(
        slug=f"overdue_{step}",
        title_zh=f"{zh}超期",
        title_en=f"Late in {en.lower()}",
        says_zh=f"当日处于“{zh}”环节的案卷中，按当时该环节的时限已经超期的。",
        says_en=f"Of the cases in the step “{en}” on that day, those whose deadline of the step, as"
        " it stood then, had passed.",
        of=_OPEN & Q(state__in=states),
        n=lambda at: Q(step_due_at__lt=at),
    )


CASE_FIGURES = {
    figure.slug: figure
    for figure in (
        BoardFigure(
            slug="handled",
            title_zh="处置率",
            title_en="Handled",
            says_zh="这段时间内上报的案卷中，到当日已处置的：当场整改、已反馈待核查、已核查或已销号；"
            "核查不通过或重新打开的不算，移交外单位的到反馈办结才算。不予受理、作废、并案的不计。",
            says_en="Of the cases reported in the period, those put right by that day: fixed on the"
            " spot, handed back, checked or closed. One that failed its check or was opened again"
            " is not, nor one referred outside until its answer; rejected, void and joined ones"
            " are left out.",
            dated="case__reported_at",
            of=_MATTERS,
            n=_asks(Q(state__in=_PUT_RIGHT)),
        ),
        BoardFigure(
            slug="on_time",
            title_zh="按期率",
            title_en="On time",
            says_zh="首次期限在这段时间内到期的案卷中，在首次期限前销号、到当日仍为销号的；"
            "延期、挂账、重新打开都不改变首次期限，到期未销号的算未按期。",
            says_en="Of the cases whose first deadline fell in the period, those closed by it and"
            " still closed on that day. An extension, a suspension or opening again leaves the"
            " first deadline; one still open counts as not on time.",
            dated="case__first_due_at",
            of=_MATTERS,
            n=_asks(Q(state=State.CLOSED, ended_at__lte=F("case__first_due_at"))),
        ),
        BoardFigure(
            slug="overdue",
            title_zh="逾期",
            title_en="Overdue",
            says_zh="当日尚未办结的案卷中，按当时的期限已经逾期的；挂账期间时钟停走，不算逾期。",
            says_en="Of the cases open on that day, those whose deadline, as it stood then, had"
            " passed; a clock that stands still is never overdue.",
            of=_OPEN,
            n=lambda at: Q(due_at__lt=at),
        ),
        *(_overdue_in(step, *told) for step, told in _STEPS.items()),
        BoardFigure(
            slug="first_time_fixed",
            title_zh="一次办结率",
            title_en="Fixed the first time",
            says_zh="这段时间内销号、到当日仍为销号的案卷中，从未核查不通过、也从未重新打开过的。",
            says_en="Of the cases closed in the period and still closed on that day, those that"
            " never failed a check and were never opened again.",
            dated="ended_at",
            of=Q(state=State.CLOSED),
            n=_asks(Q(reopened=0)),
        ),
        BoardFigure(
            slug="found_by_residents",
            title_zh="居民发现",
            title_en="Found by residents",
            says_zh="这段时间内上报的案卷中，来自居民投诉的。不予受理、作废、并案的不计。",
            says_en="Of the cases reported in the period, those that residents complained of;"
            " rejected, void and joined ones are left out.",
            dated="case__reported_at",
            of=_MATTERS,
            n=_asks(Q(case__source="complaint")),
        ),
        BoardFigure(
            slug="found_by_inspectors",
            title_zh="巡查发现",
            title_en="Found by inspectors",
            says_zh="这段时间内上报的案卷中，来自巡查员检查的。不予受理、作废、并案的不计。",
            says_en="Of the cases reported in the period, those that inspections found; rejected,"
            " void and joined ones are left out.",
            dated="case__reported_at",
            of=_MATTERS,
            n=_asks(Q(case__source="inspection")),
        ),
    )
}
# Late by step: told in this order.
OVERDUE_BY_STEP = tuple(f"overdue_{step}" for step in _STEPS)
