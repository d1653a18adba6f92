"""From a drawing to a site in use, as one table: read by the server and told to the page.

States and steps here, and nowhere else. Who may take a step is told by the parts a person has in
the proposal (`planning.policy.parts_in`); what it needs is checked by `planning.services.life`.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    PROPOSED = "proposed"  # drawn, and still being drawn
    CHECKED = "checked"  # held against the rules as it is now
    VOTED = "voted"  # and the owners agreed to it
    PLANNED = "planned"  # approved: a site of the register, where nothing is due
    BUILT = "built"  # there; inspections are due
    IN_USE = "in_use"
    RETIRED = "retired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


# Still a drawing: may be changed, and is checked anew after it was.
DRAWN = frozenset({State.PROPOSED, State.CHECKED, State.VOTED})
# A charging site of the register stands for it.
IN_REGISTER = frozenset({State.PLANNED, State.BUILT, State.IN_USE, State.RETIRED})
ENDED = frozenset({State.RETIRED, State.REFUSED, State.WITHDRAWN})


class Part(StrEnum):
    """What a person is to one proposal."""

    PLANNER = "planner"  # of its community, or of the office
    APPROVER = "approver"  # a leader or supervisor there
    KEEPER = "keeper"  # of the register: the office's clerk


class Need(StrEnum):
    """What a step must bring with it, or find."""

    NOTE = "note"  # a sentence saying why
    ON = "on"  # the day on which it happened
    VERDICTS = "verdicts"  # what the server finds now: no hard breach, a note where it can't tell
    COMMERCIAL = "commercial"  # a site that is run for business on the owners' common ground
    VOTE = "vote"  # the owners' heads and areas
    DOCUMENT = "document"  # at least one
    AGREED = "agreed"  # the owners, where their common ground is used for business
    OTHER_EYES = "other_eyes"  # not who drew it, changed it or had it checked


@dataclass(frozen=True, slots=True)
class Step:
    """`lost`: where a vote leads that the owners did not carry."""

    name: str
    since: frozenset[State]
    to: State
    who: frozenset[Part]
    needs: frozenset[Need] = frozenset()
    lost: State | None = None


_S, _P, _N = State, Part, Need


def _step(
    name: str,
    since: frozenset[State] | set[State],
    to: State,
    who: set[Part],
    *needs: Need,
    lost: State | None = None,
) -> Step:
    return Step(name, frozenset(since), to, frozenset(who), frozenset(needs), lost)


STEPS = {
    step.name: step
    for step in (
        # Again for one that is checked: the rules or the register may be other than they were.
        _step("check", DRAWN, _S.CHECKED, {_P.PLANNER}, _N.VERDICTS),
        _step(
            "record_vote",
            {_S.CHECKED},
            _S.VOTED,
            {_P.PLANNER},
            _N.COMMERCIAL,
            _N.ON,
            _N.VOTE,
            _N.DOCUMENT,
            lost=_S.CHECKED,
        ),
        _step(
            "approve",
            {_S.CHECKED, _S.VOTED},
            _S.PLANNED,
            {_P.APPROVER},
            _N.VERDICTS,
            _N.AGREED,
            _N.OTHER_EYES,
        ),
        _step("build", {_S.PLANNED}, _S.BUILT, {_P.PLANNER, _P.APPROVER}, _N.ON),
        _step("open", {_S.BUILT}, _S.IN_USE, {_P.PLANNER, _P.APPROVER}, _N.ON),
        _step(
            "retire",
            {_S.PLANNED, _S.BUILT, _S.IN_USE},
            _S.RETIRED,
            {_P.APPROVER, _P.KEEPER},
            _N.ON,
            _N.NOTE,
        ),
        _step("refuse", DRAWN, _S.REFUSED, {_P.APPROVER}, _N.NOTE),
        _step("reconsider", {_S.REFUSED}, _S.PROPOSED, {_P.PLANNER, _P.APPROVER}, _N.NOTE),
        # Of one that was only drawn nobody asks why.
        _step("take_out", {_S.PROPOSED}, _S.WITHDRAWN, {_P.PLANNER}),
        _step("withdraw", DRAWN, _S.WITHDRAWN, {_P.PLANNER}, _N.NOTE),
        _step("put_back", {_S.WITHDRAWN}, _S.PROPOSED, {_P.PLANNER}),
    )
}


# What becomes of a site because the register says so: nobody takes these here.
FOLLOWED = ("restore", "set_back")


def steps_from(state: State) -> tuple[Step, ...]:
    return tuple(step for step in STEPS.values() if state in step.since)
