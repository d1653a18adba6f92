"""What was done about each fault, as rows: the cases and moves that the product itself would have
kept. Deadlines are its own clocks', over the moves."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import orjson

from inspections.clocks import Clocks, Made, Matter, replay_each
from inspections.demo import stories
from inspections.demo.copying import copy
from inspections.demo.handlers import Handlers, Hands
from inspections.demo.stories import Told
from inspections.models import Case, CaseSpan, Move
from inspections.services.cases.following import CORRECTED_AWAY
from inspections.services.cases.moving import MOVED_MEANWHILE
from inspections.services.content import canonical
from inspections.services.many import each_of
from inspections.timetable import timetable
from inspections.workflow import ENDED, MOVES, Effect, State

CASE = (
    *("id", "number", "source", "outside_number", "state", "version", "community_id", "estate_id"),
    *("asset_id", "kind", "item", "title", "severity", "simple", "place", "handler", "company_id"),
    *("unit_id", "joined_to_id", "reported_at", "opened_at", "assigned_at", "ended_at", "reopened"),
    *("step_began_at", "step_due_at", "due_at", "first_due_at", "provisional"),
)
MOVE = (
    *("id", "case_id", "name", "standing", "seen", "version", "state_before", "state_after"),
    *("by_id", "recorded_at", "received_at", "made_at", "note", "data", "content"),
    *("content_sha256", "problem", "decision"),
)
SPAN = (
    *("case_id", "since", "until", "state", "company_id", "reopened", "ended_at", "due_at"),
    "step_due_at",
)
# Of two reports of one thing at one place, how often it was noticed.
NOTICED = 0.25
# Of what was sent back, how often somebody else had found it in order from an older list.
LATE = 0.3
# Made in the field: so long before the server had it.
IN_THE_FIELD = {"fix_on_spot", "pass_check", "fail_check"}


@dataclass(slots=True)
class Fault:
    """What a case is opened for. `key`: that its id follows from, a finding's or a complaint's;
    `closed_ms`: None while it is open; `corrected_ms`: when a correction took it away."""

    key: UUID
    source: str
    community: int
    estate: int
    asset: int | None
    owner: str
    company: int | None
    kind: str
    item: str
    title: str
    severity: int
    place: str
    reported_ms: int
    opened_ms: int
    closed_ms: int | None
    by: int
    findings: list[UUID] = field(default_factory=list)
    corrected_ms: int | None = None

    @property
    def case(self) -> UUID:
        return Case.id_of(self.key)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a finding belongs, and when that ended."""

    case: UUID | None
    closed_ms: int | None


class Casework:
    """Numbers cases from 1, in the order they were opened."""

    def __init__(self, seed: int, handlers: Handlers, end_ms: int) -> None:
        self.seed, self.handlers, self.end_ms = seed, handlers, end_ms
        self.told = timetable()
        self.cases = self.moves = 0
        # By place and item, the case that is worked on there last.
        self.at_work: dict[tuple[int, str], _Life] = {}

    def take(self, faults: Sequence[Fault]) -> dict[UUID, Placed]:
        """Three COPYs; and by finding, where it belongs."""
        faults = sorted(faults, key=lambda each: (each.opened_ms, each.key))
        chance = Random(f"{self.seed} cases {self.cases}")  # noqa: S311
        lives = [self._live(fault, chance) for fault in faults]
        clocks = [self._clocks(life) for life in lives]
        copy(Case._meta.db_table, CASE, self._rows(lives, clocks))
        moves = [row for life in lives for row in life.rows(chance)]
        copy(Move._meta.db_table, MOVE, moves)
        # Triggers saw each of them only as it is at last.
        CaseSpan.objects.filter(case__in=each_of(life.fault.case for life in lives)).delete()
        spans = (row for each in zip(lives, clocks, strict=True) for row in each[0].spans(each[1]))
        copy(CaseSpan._meta.db_table, SPAN, spans)
        self.moves += len(moves)
        return {
            finding: Placed(life.stands.fault.case, life.closes)
            for life in lives
            for finding in life.fault.findings
        }

    def _live(self, fault: Fault, chance: Random) -> "_Life":
        life = _Life(fault, self.handlers.of(fault))
        place = (fault.estate, fault.item)
        earlier = self.at_work.get(place) if fault.item else None
        if fault.corrected_ms is not None:
            wait = float(fault.corrected_ms - fault.opened_ms)
            life.make(stories.at_once("void", fault.opened_ms, wait), chance)
        elif earlier and earlier.takes(fault.opened_ms, chance):
            wait = stories.HOUR_MS * chance.uniform(0.2, 4)
            life.into = earlier
            life.make(stories.at_once("join", fault.opened_ms, wait), chance)
        elif fault.closed_ms is None:
            life.make(stories.still_open(chance, fault.opened_ms, self.end_ms), chance)
        else:
            life.make(stories.closed(chance, fault.opened_ms, fault.closed_ms), chance)
        if life.into is None and fault.item and fault.corrected_ms is None:
            self.at_work[place] = life
        return life

    def _rows(
        self, lives: Iterable["_Life"], clocks: Iterable[list[Clocks]]
    ) -> Iterator[list[object]]:
        for life, each in zip(lives, clocks, strict=True):
            self.cases += 1
            yield life.row(self.cases, each[-1])

    def _clocks(self, life: "_Life") -> list[Clocks]:
        """Before its first move, and after each."""
        fault = life.fault
        matter = Matter(
            kind=fault.kind,
            item=fault.item,
            severity=fault.severity,
            simple=False,
            reported_at=_moment(fault.reported_ms),
            received_at=_moment(fault.opened_ms),
        )
        made = [
            Made(n, step.name, _moment(step.at_ms), step.after, step.until)
            for n, step in enumerate(life.steps, 1)
        ]
        return replay_each(matter, made, self.told.limits, self.told.working)


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    at_ms: int
    before: State
    after: State
    by: int | None
    note: str
    data: dict[str, object]
    asked: dict[str, object]
    until: date | None = None


@dataclass(slots=True)
class _Life:
    fault: Fault
    hands: Hands
    into: "_Life | None" = None
    state: State = State.REPORTED
    handled: bool = False
    reopened: int = 0
    steps: list[_Step] = field(default_factory=list)

    @property
    def stands(self) -> "_Life":
        """Itself, or the case that stands for it."""
        return self if self.into is None else self.into.stands

    @property
    def ended_ms(self) -> int | None:
        return self.steps[-1].at_ms if self.state in ENDED else None

    @property
    def closes(self) -> int | None:
        """Its findings: with a case that stands for them, or that was not voided by itself."""
        if self.fault.corrected_ms is not None:
            return None
        ended = self.stands.ended_ms
        return None if ended is None else max(ended, self.fault.reported_ms)

    def takes(self, opened_ms: int, chance: Random) -> bool:
        """Open then and for hours after, and somebody notices that it is the same."""
        over = self.ended_ms
        still = over is None or over > opened_ms + 6 * stories.HOUR_MS
        return still and self.state != State.JOINED and chance.random() < NOTICED

    def make(self, story: Sequence[Told], chance: Random) -> None:
        for told in story:
            move = MOVES[told.name]
            asked, data, until = self._asked(told, chance)
            if told.name == "assign":
                self.handled = True
            before, self.state = self.state, move.leads_to(handled=self.handled)
            if move.effect is Effect.AGAIN and move.to is not State.REPORTED:
                self.reopened += 1
            by = None if self.fault.corrected_ms is not None else self._by(told.name)
            note = chance.choice(stories.NOTES.get(told.name, ("",)))
            step = (told.name, told.at_ms, before, self.state, by, note, data, asked, until)
            self.steps.append(_Step(*step))

    def _by(self, name: str) -> int:
        if name in IN_THE_FIELD:
            return self.fault.by
        if name in {"claim", "return", "ask_extension", "hand_back"}:
            return self.hands.person(again=self._assigned > 1)
        return self.hands.supervisor

    @property
    def _assigned(self) -> int:
        return sum(step.name == "assign" for step in self.steps)

    def _asked(
        self, told: Told, chance: Random
    ) -> tuple[dict[str, object], dict[str, object], date | None]:
        """What the move brings with it, as it is sent and as it is kept."""
        day = (_moment(told.at_ms) + timedelta(hours=8)).date()
        if told.name == "assign":
            handler = self.hands.handler(again=self._assigned > 0)
            sent = {name: each for name, each in handler.items() if each is not None}
            return {"handler": sent}, {"handler": handler}, None
        if told.name in {"ask_extension", "grant_extension", "suspend"}:
            until = day + timedelta(
                days=chance.randint(40, 180) if told.name == "suspend" else chance.randint(5, 12)
            )
            asked: dict[str, object] = {"until": until.isoformat()}
            if told.name == "suspend":
                asked["approver"] = self.hands.approver
            return asked, dict(asked), until
        if told.name == "refer":
            body = {"body": chance.choice(stories.BODIES)}
            return dict(body), dict(body), None
        if told.name == "join" and self.into is not None:
            into: dict[str, object] = {"into": str(self.into.stands.fault.case)}
            mine: dict[str, object] = {
                "findings": sorted(map(str, self.fault.findings)),
                "complaints": [],
            }
            return dict(into), into | mine, None
        if told.name == "void":
            return {"reason": CORRECTED_AWAY}, {"reason": CORRECTED_AWAY}, None
        return {}, {}, None

    def row(self, number: int, clocks: Clocks) -> list[object]:
        fault = self.fault
        handler = self._handler
        ended = self.ended_ms
        return [
            fault.case,
            number,
            fault.source,
            "",
            self.state.value,
            len(self.steps),
            fault.community,
            fault.estate,
            fault.asset,
            fault.kind,
            fault.item,
            fault.title,
            fault.severity,
            False,
            fault.place,
            handler.get("kind") or "",
            handler.get("company"),
            handler.get("unit"),
            self.into.stands.fault.case if self.into else None,
            _moment(fault.reported_ms),
            _moment(fault.opened_ms),
            clocks.assigned_at,
            None if ended is None else _moment(ended),
            self.reopened,
            clocks.step_began_at,
            clocks.step_due and clocks.step_due.at,
            clocks.due and clocks.due.at,
            clocks.first_due and clocks.first_due.at,
            not clocks.sure,
        ]

    @property
    def _handler(self) -> dict[str, object]:
        if not self.handled:
            return {}
        return self.hands.handler(again=self._assigned > 1)

    def spans(self, clocks: list[Clocks]) -> Iterator[list[object]]:
        """How it stood from its report to its first move, and from each move to the next."""
        begins = [self.fault.reported_ms, *(step.at_ms for step in self.steps)]
        states = [State.REPORTED, *(step.after for step in self.steps)]
        company, reopened, assigned = None, 0, 0
        for n, (since, state, clock) in enumerate(zip(begins, states, clocks, strict=True)):
            step = self.steps[n - 1] if n else None
            if step and step.name == "assign":
                company = self.hands.handler(again=assigned > 0).get("company")
                assigned += 1
            if step and step.after is not State.REPORTED:
                reopened += MOVES[step.name].effect is Effect.AGAIN
            until = begins[n + 1] if n + 1 < len(begins) else None
            if until is not None and until <= since:
                continue
            ended = _moment(since) if state in ENDED else None
            yield [
                *(self.fault.case, _moment(since), until and _moment(until), state.value),
                *(company, reopened, ended, clock.due and clock.due.at),
                clock.step_due and clock.step_due.at,
            ]

    def rows(self, chance: Random) -> Iterator[list[object]]:
        for n, step in enumerate(self.steps, 1):
            sent_ms = step.at_ms
            if step.name in IN_THE_FIELD:
                before = self.steps[n - 2].at_ms if n > 1 else self.fault.opened_ms
                sent_ms -= int(chance.random() * min(step.at_ms - before, 20 * stories.MINUTE_MS))
            yield self._row(chance, step, n, sent_ms)
        if self.steps and self.steps[-1].name == "fail_check" and chance.random() < LATE:
            yield self._late(chance)

    def _row(self, chance: Random, step: _Step, version: int, sent_ms: int) -> list[object]:
        # What nobody sent was never recorded on a tablet.
        moment = {} if step.by is None else {"recorded_at": _told(sent_ms)}
        note = {"note": step.note} if step.note else {}
        content = {"move": step.name, "version": version - 1, **moment, **note, **step.asked}
        return [
            *(id_at(chance, sent_ms), self.fault.case, step.name, "made", version - 1, version),
            *(step.before.value, step.after.value, step.by, _moment(sent_ms)),
            *(_moment(step.at_ms), _moment(step.at_ms), step.note, _json(step.data)),
            *(*sealed(content), "", ""),
        ]

    def _late(self, chance: Random) -> list[object]:
        """Found in order by somebody who had not heard that it was sent back."""
        seen, at_ms = len(self.steps) - 1, self.steps[-1].at_ms + 5 * stories.MINUTE_MS
        (note,) = stories.NOTES["late"]
        content = {"move": "fail_check", "version": seen, "recorded_at": _told(at_ms), "note": note}
        return [
            *(id_at(chance, at_ms), self.fault.case, "fail_check", "proposed", seen, None, "", ""),
            *(self.hands.supervisor, _moment(at_ms), _moment(at_ms), None, note, "{}"),
            *(*sealed(content), MOVED_MEANWHILE, ""),
        ]


def sealed(content: dict[str, object]) -> tuple[str, str]:
    """In canonical form, and its hash."""
    sent = canonical(content)
    return sent.decode(), hashlib.sha256(sent).hexdigest()


def _json(told: dict[str, object]) -> str:
    return orjson.dumps(told).decode()


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def _told(ms: int) -> str:
    """As an entry's canonical form has it."""
    return _moment(ms).isoformat().replace("+00:00", "Z")


def id_at(chance: Random, ms: int) -> UUID:
    """As pages and tablets make them: UUIDv7 (RFC 9562 §5.7) of the moment."""
    bits = ms << 80 | 0x7 << 76 | chance.getrandbits(12) << 64
    return UUID(int=bits | 0b10 << 62 | chance.getrandbits(62))
