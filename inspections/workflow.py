"""The life of a case 案卷, as one table: plain data, read by the server and told to every page.

States and moves here, and nowhere else. Who may make a move is told by parts a person has in the
case (see `inspections.policy.parts_in`), what it needs is checked by `inspections.services.cases`,
and what it does to the clocks is read by `inspections.clocks`.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    REPORTED = "reported"
    FIXED = "fixed"  # on the spot; waits to be confirmed by another
    FILED = "filed"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    EXTENSION_ASKED = "extension_asked"
    CHECKING = "checking"  # handed back, to be looked at
    CHECKED = "checked"  # looked at and found in order
    RETURNED = "returned"
    SUSPENDED = "suspended"
    REFERRED = "referred"
    CLOSED = "closed"
    REJECTED = "rejected"
    VOID = "void"
    JOINED = "joined"  # to another case, which stands for it


ENDED = frozenset({State.CLOSED, State.REJECTED, State.VOID, State.JOINED})
OPEN = frozenset(State) - ENDED


class Part(StrEnum):
    """What a person is to one case."""

    SUPERVISOR = "supervisor"  # of its community, or of the office
    INSPECTOR = "inspector"  # of its community
    OFFICER = "officer"  # of its community
    HANDLER = "handler"  # of the company, unit or community that has it in hand


class Need(StrEnum):
    """What a move must bring with it."""

    NOTE = "note"  # a sentence saying why
    PHOTO = "photo"  # at least one
    PAIR = "pair"  # a photo from the viewpoint of an earlier one, wherever there is an earlier one
    UNTIL = "until"  # a day
    APPROVER = "approver"  # a leader or another supervisor, by sign-in name
    HANDLER = "handler"  # company, unit or community
    BODY = "body"  # outside: fire, urban, police, other
    INTO = "into"  # another case
    OTHER_EYES = "other_eyes"  # not who fixed it


class Effect(StrEnum):
    """What a move does to the clocks, beside that a new step has its own."""

    NONE = ""
    PAUSE = "pause"  # both stand still
    GO_ON = "go_on"  # and run again
    EXTEND = "extend"  # the step being handled, and the case, until the day told
    END = "end"
    AGAIN = "again"  # a new deadline; the first is kept for statistics


@dataclass(frozen=True, slots=True)
class Move:
    """`unhandled`: where it leads when nobody has the case in hand."""

    name: str
    since: frozenset[State]
    to: State
    who: frozenset[Part]
    needs: frozenset[Need] = frozenset()
    effect: Effect = Effect.NONE
    unhandled: State | None = None

    def leads_to(self, *, handled: bool) -> State:
        return self.to if handled or self.unhandled is None else self.unhandled


_S, _P, _N, _E = State, Part, Need, Effect
_OFFICE = frozenset({_P.SUPERVISOR})
_FIELD = frozenset({_P.INSPECTOR, _P.OFFICER, _P.SUPERVISOR})
_HANDLER = frozenset({_P.HANDLER})


def _move(
    name: str,
    since: set[State],
    to: State,
    who: frozenset[Part],
    *needs: Need,
    effect: Effect = Effect.NONE,
    unhandled: State | None = None,
) -> Move:
    return Move(name, frozenset(since), to, who, frozenset(needs), effect, unhandled)


MOVES = {
    move.name: move
    for move in (
        _move("file", {_S.REPORTED}, _S.FILED, _OFFICE | {_P.OFFICER}),
        _move("fix_on_spot", {_S.REPORTED}, _S.FIXED, _FIELD, _N.PHOTO, _N.PAIR),
        _move("reject", {_S.REPORTED}, _S.REJECTED, _OFFICE, _N.NOTE, effect=_E.END),
        _move(
            "void",
            {_S.REPORTED, _S.FILED, _S.ASSIGNED, _S.RETURNED},
            _S.VOID,
            _OFFICE,
            _N.NOTE,
            effect=_E.END,
        ),
        _move("join", {_S.REPORTED, _S.FILED}, _S.JOINED, _OFFICE, _N.INTO, effect=_E.END),
        _move(
            "reconsider",
            {_S.REJECTED, _S.VOID, _S.JOINED},
            _S.REPORTED,
            _OFFICE,
            _N.NOTE,
            effect=_E.AGAIN,
        ),
        # Again for one that is assigned: the supervisor gives it to another.
        _move(
            "assign",
            {_S.FILED, _S.ASSIGNED, _S.IN_PROGRESS, _S.RETURNED},
            _S.ASSIGNED,
            _OFFICE,
            _N.HANDLER,
        ),
        _move("claim", {_S.ASSIGNED}, _S.IN_PROGRESS, _HANDLER),
        _move("return", {_S.ASSIGNED, _S.IN_PROGRESS}, _S.RETURNED, _HANDLER, _N.NOTE),
        _move("ask_extension", {_S.IN_PROGRESS}, _S.EXTENSION_ASKED, _HANDLER, _N.NOTE, _N.UNTIL),
        _move(
            "grant_extension",
            {_S.EXTENSION_ASKED},
            _S.IN_PROGRESS,
            _OFFICE,
            _N.UNTIL,
            effect=_E.EXTEND,
        ),
        _move("refuse_extension", {_S.EXTENSION_ASKED}, _S.IN_PROGRESS, _OFFICE, _N.NOTE),
        _move(
            "hand_back",
            {_S.ASSIGNED, _S.IN_PROGRESS, _S.EXTENSION_ASKED},
            _S.CHECKING,
            _HANDLER,
            _N.NOTE,
            _N.PHOTO,
            _N.PAIR,
        ),
        _move("pass_check", {_S.CHECKING}, _S.CHECKED, _FIELD, _N.PHOTO, _N.PAIR, _N.OTHER_EYES),
        _move(
            "fail_check",
            {_S.CHECKING},
            _S.ASSIGNED,
            _FIELD,
            _N.NOTE,
            _N.PHOTO,
            effect=_E.AGAIN,
            unhandled=_S.FILED,
        ),
        _move(
            "close",
            {_S.FIXED, _S.CHECKING, _S.CHECKED},
            _S.CLOSED,
            _OFFICE,
            _N.OTHER_EYES,
            effect=_E.END,
        ),
        _move(
            "reopen",
            {_S.FIXED, _S.CHECKING, _S.CHECKED, _S.CLOSED},
            _S.ASSIGNED,
            _OFFICE,
            _N.NOTE,
            effect=_E.AGAIN,
            unhandled=_S.FILED,
        ),
        _move(
            "suspend",
            {_S.FILED, _S.ASSIGNED, _S.IN_PROGRESS, _S.EXTENSION_ASKED},
            _S.SUSPENDED,
            _OFFICE,
            _N.NOTE,
            _N.UNTIL,
            _N.APPROVER,
            effect=_E.PAUSE,
        ),
        _move("resume", {_S.SUSPENDED}, _S.ASSIGNED, _OFFICE, effect=_E.GO_ON, unhandled=_S.FILED),
        _move(
            "refer",
            {_S.FILED, _S.ASSIGNED, _S.IN_PROGRESS, _S.RETURNED},
            _S.REFERRED,
            _OFFICE,
            _N.NOTE,
            _N.BODY,
        ),
        # What the body outside answered: done, or it is ours after all.
        _move("hear_done", {_S.REFERRED}, _S.CHECKING, _OFFICE | {_P.OFFICER}, _N.NOTE),
        _move("take_back", {_S.REFERRED}, _S.FILED, _OFFICE, _N.NOTE),
    )
}

# Moves that say a thing is put right: who made one never closes.
FIXING = frozenset({"fix_on_spot", "hand_back"})

# Moves after which other findings may count than before: those that open or close a case's.
SETTLING = frozenset({"close", "reject", "void", "join", "reopen", "reconsider"})


def moves_from(state: State) -> tuple[Move, ...]:
    return tuple(move for move in MOVES.values() if state in move.since)
