"""What a move says: read field by field, and not yet held against its case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.errors import MoveInvalid
from inspections.models import Handler
from inspections.services import content, declared
from inspections.services.fields import BIGGEST_ID, BIGGEST_NUMBER, Fields
from inspections.services.photos import Named
from inspections.services.sent import Sent
from inspections.workflow import MOVES, Move, Need

FIELDS = frozenset(
    {
        "case",
        "move",
        "version",
        "recorded_at",
        "note",
        "photos",
        "handler",
        "until",
        "approver",
        "body",
        "into",
        "severity",
        "simple",
        "device",
        "number",
    }
)
HANDLER = frozenset({"kind", "unit", "company", "person"})
BODIES = ("fire", "urban", "police", "other")
LONGEST_NOTE = 2000
_SEVERITIES = (1, 2, 3)
# What only some moves have: of any other it is a mistake.
_ONLY = {
    "handler": Need.HANDLER,
    "until": Need.UNTIL,
    "approver": Need.APPROVER,
    "body": Need.BODY,
    "into": Need.INTO,
}


@dataclass(frozen=True, slots=True)
class HandlerTold:
    kind: str
    unit: int | None
    company: int | None
    person: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A readable move; `handler` None leaves an assignment to the rules of dispatch."""

    sent: Sent
    case: UUID
    move: Move
    version: int
    recorded_at: datetime
    note: str
    photos: tuple[Named, ...]
    handler: HandlerTold | None
    until: date | None
    approver: str
    body: str
    into: UUID | None
    severity: int | None
    simple: bool | None

    @property
    def id(self) -> UUID:
        return self.sent.id


def read(sent: Sent) -> Asked:
    """Raises MoveInvalid naming every field that is wrong or missing, or BodyUnreadable."""
    reader = _Reader(sent.content)
    reader.nothing_else(FIELDS)
    move = reader.move()
    asked = Asked(
        sent=sent,
        case=reader.case(sent),
        move=move,
        version=reader.version(),
        recorded_at=reader.instant("recorded_at") or datetime.min,  # noqa: DTZ901
        note=reader.note(move),
        photos=reader.photos(move),
        handler=reader.handler(),
        until=reader.until(move),
        approver=reader.needed_text("approver", Need.APPROVER, move),
        body=reader.choice("body", BODIES, needed=Need.BODY in move.needs),
        into=reader.uuid("into", needed=Need.INTO in move.needs),
        severity=reader.severity(),
        simple=reader.simple(),
    )
    reader.uuid("device")
    reader.whole("number", most=BIGGEST_NUMBER, needed=False)
    reader.only_where_it_belongs(move)
    if reader.wrong:
        raise MoveInvalid(fields=reader.wrong)
    return asked


class _Reader(Fields):
    def move(self) -> Move:
        name = self.choice("move", tuple(MOVES), needed=True)
        return MOVES.get(name, MOVES["claim"])

    def case(self, sent: Sent) -> UUID:
        told = self.uuid("case")
        if told and sent.told_case and told != sent.told_case:
            self.blame("case", _("Another case than the address names."))
        if not sent.case and "case" not in self.wrong:
            self.blame("case", _("A UUID is needed."))
        return sent.case or UUID(int=0)

    def version(self) -> int:
        told = self.content.get("version")
        if type(told) is int and 0 <= told <= BIGGEST_NUMBER:
            return told
        self.blame("version", _("The version of the case that was seen is needed."))
        return 0

    def note(self, move: Move) -> str:
        told = self.text("note", most=LONGEST_NOTE)
        if not told and "note" not in self.wrong and Need.NOTE in move.needs:
            self.blame("note", _("Say why, in a sentence."))
        return told

    def photos(self, move: Move) -> tuple[Named, ...]:
        photos = declared.read(self)
        broken = any(name.startswith("photos") for name in self.wrong)
        if not photos and not broken and Need.PHOTO in move.needs:
            self.blame("photos", _("At least one photo is needed."))
        return photos

    def handler(self) -> HandlerTold | None:
        told = self.content.get("handler")
        if told is None:
            return None
        if not isinstance(told, dict):
            self.blame("handler", _("Say who: a company, a unit, or the community."))
            return None
        part = Fields({name: each for name, each in told.items() if each is not None})
        part.nothing_else(HANDLER)
        handler = HandlerTold(
            kind=part.choice("kind", Handler.values, needed=True),
            unit=part.whole("unit", most=BIGGEST_ID, needed=told.get("kind") == Handler.UNIT),
            company=part.whole("company", most=BIGGEST_ID, needed=False),
            person=part.text("person", most=150),
        )
        for name in ("unit", "company"):
            if told.get(name) is not None and told.get("kind") != name:
                part.blame(name, _("Only of a handler of that kind."))
        self.wrong |= {f"handler.{name}": sentence for name, sentence in part.wrong.items()}
        return None if part.wrong else handler

    def until(self, move: Move) -> date | None:
        told: Any = self.content.get("until")
        if told is None and Need.UNTIL not in move.needs:
            return None
        try:
            day = date.fromisoformat(told)
        except (TypeError, ValueError):
            self.blame("until", _("A date such as 2024-11-30."))
            return None
        at = content.instant(self.content.get("recorded_at")) or timezone.now()
        if not timezone.localdate(at) <= day <= date(9000, 1, 1):
            self.blame("until", _("A day that is not over."))
        return day

    def needed_text(self, name: str, need: Need, move: Move) -> str:
        told = self.text(name, most=150)
        if not told and name not in self.wrong and need in move.needs:
            self.blame(name, _("The sign-in name of whoever agreed is needed."))
        return told

    def severity(self) -> int | None:
        told = self.content.get("severity")
        if told is None or (type(told) is int and told in _SEVERITIES):
            return told
        self.blame("severity", _("1, 2 or 3."))
        return None

    def simple(self) -> bool | None:
        told = self.content.get("simple")
        if told is None or isinstance(told, bool):
            return told
        self.blame("simple", _("Yes or no."))
        return None

    def only_where_it_belongs(self, move: Move) -> None:
        for name, need in _ONLY.items():
            if name in self.content and need not in move.needs:
                self.blame(name, _("Not of this move."))
        for name in ("severity", "simple"):
            if name in self.content and move.name != "file":
                self.blame(name, _("Only when a case is filed."))
