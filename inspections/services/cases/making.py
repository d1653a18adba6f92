"""Making a move: the one place where the state of a case changes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.db import connection

from inspections.models import Case, Handler, Move, MoveStanding
from inspections.services import content
from inspections.services.cases.clocks import set_clocks
from inspections.workflow import ENDED, MOVES, Effect, State
from people.models import User

_CLOCKS = (
    "assigned_at",
    "step_began_at",
    "step_due_at",
    "due_at",
    "first_due_at",
    "provisional",
)
# All that a move may change of a case.
_CHANGED = (
    "state",
    "version",
    "severity",
    "simple",
    "handler",
    "company",
    "unit",
    "person",
    "joined_to",
    "ended_at",
    "reopened",
    *_CLOCKS,
)


# Told to the database as it stands here: of one move, Django takes ten times as long to put this
# together as the database takes to do it.
_CASE = tuple(each.attname for each in Case._meta.concrete_fields if each.name != "place")
_TAKE = f"""
SELECT {", ".join(_CASE)} FROM inspections_case
 WHERE id = ANY(%s)
 ORDER BY id
   FOR NO KEY UPDATE
"""  # noqa: S608
# What others ask of a move that was made before.
_ASKED = {"id", "case_id", "name", "standing", "version", "by_id", "made_at", "state_after", "data"}
_MOVE = tuple(each.attname for each in Move._meta.concrete_fields if each.attname in _ASKED)
_MOVES = f"""
SELECT {", ".join(_MOVE)} FROM inspections_move
 WHERE case_id = ANY(%s) AND standing = 'made' OR id = ANY(%s)
 ORDER BY case_id, version
"""  # noqa: S608
_COLUMNS = tuple(Case._meta.get_field(name).attname for name in _CHANGED)  # type: ignore[union-attr]
_MAKE_CASE = f"""
UPDATE inspections_case SET {", ".join(f"{name} = %s" for name in _COLUMNS)} WHERE id = %s
"""  # noqa: S608
_WRITTEN = tuple(
    each.attname
    for each in Move._meta.concrete_fields
    if each.name not in ("photos_missing", "xact")
)
_MAKE_BOTH = f"""
{_MAKE_CASE};
INSERT INTO inspections_move ({", ".join(_WRITTEN)})
VALUES ({", ".join("%s" for _ in _WRITTEN)})
"""  # noqa: S608
_JSON = ("data", "content")


@dataclass(slots=True)
class Hand:
    """The cases that one transaction has in hand, each locked and loaded once, with the moves
    made in it before; `made` are those that this transaction made, in their order, `unsettled`
    the findings that may count or not after them."""

    now: datetime
    cases: dict[UUID, Case] = field(default_factory=dict)
    earlier: dict[UUID, list[Move]] = field(default_factory=dict)
    made: list[Move] = field(default_factory=list)
    unsettled: set[UUID] = field(default_factory=set)

    def take(self, ids: Iterable[UUID], moves: Iterable[UUID] = ()) -> set[UUID]:
        """In the order of their ids, so that two who want several do not wait for each other;
        whoever takes more later on holds the arrivals alone. Answers which of these moves are
        there already, once the cases are locked."""
        wanted, asked = list(set(ids) - self.cases.keys()), set(moves)
        if not wanted and not asked:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [wanted])
            rows = [Case.from_db(connection.alias, _CASE, row) for row in cursor]
            cursor.execute(_MOVES, [wanted, list(asked)])
            found = [Move.from_db(connection.alias, _MOVE, row) for row in cursor]
        self.cases |= {case.pk: case for case in rows}
        self.earlier |= {id: [] for id in wanted}
        for move in found:
            move.data = orjson.loads(move.data)
            if move.standing == MoveStanding.MADE and move.case_id in wanted:
                self.earlier[move.case_id].append(move)
        return asked & {move.pk for move in found}

    def make(self, move: Move) -> None:
        """Its case is in hand. `move` is new, or a proposal that is accepted. What it means for
        findings is for `effects`."""
        case, earlier = self.cases[move.case_id], self.earlier[move.case_id]
        kind = MOVES[move.name]
        move.case, move.state_before = case, case.state
        _CHANGES.get(kind.name, _nothing)(case, move)
        case.state = kind.leads_to(handled=bool(case.handler))
        case.version += 1
        case.ended_at = happened_at(move, case, self.now) if case.state in ENDED else None
        if kind.effect is Effect.AGAIN and kind.to is not State.REPORTED:
            case.reopened += 1
        move.standing, move.state_after = MoveStanding.MADE, case.state
        move.version, move.made_at = case.version, self.now
        earlier.append(move)
        set_clocks(case, earlier, self.now)
        _write(case, move)
        self.made.append(move)

    def correct(self, case: Case, changed: dict[str, Any]) -> None:
        """What a correction of its record says of it; its state stays."""
        for name, each in changed.items():
            setattr(case, name, each)
        set_clocks(case, self.earlier[case.pk], self.now)
        case.save(update_fields=[*changed, *_CLOCKS])

    def standing_for(self, case: Case) -> Case:
        """The case itself, or the one that it was joined to, and that perhaps to another."""
        while case.joined_to_id is not None:
            self.take([case.joined_to_id])
            case = self.cases[case.joined_to_id]
        return case

    def by_itself(self, case: Case, name: str, **data: str) -> Move:
        """A move of which nobody is the maker, not yet made."""
        told = {"move": name, "version": case.version, **data}
        return Move(
            id=uuid4(),
            case=case,
            name=name,
            seen=case.version,
            recorded_at=self.now,
            received_at=self.now,
            data=data,
            content=told,
            content_sha256=sha256(content.canonical(told)).hexdigest(),
        )


def _write(case: Case, move: Move) -> None:
    told = [*(getattr(case, name) for name in _COLUMNS), case.pk]
    with connection.cursor() as cursor:
        if not move._state.adding:
            cursor.execute(_MAKE_CASE, told)
            move.save()
            return
        for name in _WRITTEN:
            each = getattr(move, name)
            told.append(orjson.dumps(each).decode() if name in _JSON else each)
        cursor.execute(_MAKE_BOTH, told)
    move._state.adding = False


def happened_at(move: Move, case: Case, now: datetime) -> datetime:
    """By the tablet's clock, within what can be: neither before the report nor yet to come."""
    return max(case.reported_at, min(move.recorded_at, now))


def _file(case: Case, move: Move) -> None:
    case.severity = move.data.get("severity", case.severity)
    case.simple = move.data.get("simple", case.simple)


def _assign(case: Case, move: Move) -> None:
    told = move.data["handler"]
    case.handler = Handler(told["kind"])
    case.company_id, case.unit_id = told["company"], told["unit"]
    username = told.get("person")
    case.person = User.objects.get(username=username) if username else None


def _nobody(case: Case, move: Move) -> None:
    case.handler = ""
    case.company = case.unit = case.person = None


def _join(case: Case, move: Move) -> None:
    case.joined_to_id = UUID(move.data["into"])


def _reconsider(case: Case, move: Move) -> None:
    case.joined_to = None
    _nobody(case, move)


def _nothing(case: Case, move: Move) -> None:
    pass


_CHANGES: dict[str, Callable[[Case, Move], None]] = {
    "file": _file,
    "assign": _assign,
    "join": _join,
    "reconsider": _reconsider,
    "take_back": _nobody,
}
