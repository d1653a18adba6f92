"""Taking in what tablets send: recorded once, or refused and kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.models import Estate
from geo.placing import Asked, Place, place
from geo.scope import Scope
from inspections import policy
from inspections.errors import (
    AnswersInvalid,
    AssetNotFound,
    CorrectsUnknown,
    EstateNotFound,
    ExcludedGround,
    KindUnknown,
    NotAnInspector,
    RecordedDifferently,
    RecordInvalid,
    Refusal,
)
from inspections.kind import SENTENCES, WrongAnswers
from inspections.services import corrections, entries, refusals, rows
from inspections.services.entries import Entry, Sent
from inspections.services.kinds import Published, older_version, published_kinds
from inspections.services.placing import facts_of, grade
from inspections.services.rows import Known, Ready, Recorded
from people.models import User

T = TypeVar("T")
U = TypeVar("U")

_ARRIVING = 7_241_002  # the key of the lock between those that record and those that park


@dataclass(frozen=True, slots=True)
class Taken:
    """An inspection that the server holds; `now` where this sending brought it."""

    recorded: Recorded
    now: bool


Outcome = Taken | Refusal


def take(sent: Sequence[Sent], *, sender: User) -> list[Outcome]:
    """What became of each, in the order sent. One that is refused holds up no other.

    A known id is answered before anything is checked again: with the first answer if the same
    person sends the same content, otherwise refused, and both are kept. A correction whose
    inspection has not arrived is kept and recorded when that comes.
    """
    outcomes: dict[int, Outcome] = {}
    ahead = dict(enumerate(sent))
    while ahead:
        # Of two with one id, the second meets the first as one already known.
        turn = {each.id: n for n, each in reversed(ahead.items())}
        settled = _take({id: ahead.pop(n) for id, n in turn.items()}, sender)
        outcomes |= {turn[id]: outcome for id, outcome in settled.items()}
    return [outcomes[n] for n in range(len(sent))]


def _take(sent: dict[UUID, Sent], sender: User) -> dict[UUID, Outcome]:
    with transaction.atomic():
        _hold_arrivals(shared=True)
        outcomes = _Turn(sender, timezone.now()).record(sent)
        refused = [
            (sent[id], outcome)
            for id, outcome in outcomes.items()
            if isinstance(outcome, Refusal) and not isinstance(outcome, CorrectsUnknown)
        ]
        if refused:
            refusals.keep(refused, sender=sender)
    for id, outcome in outcomes.items():
        if isinstance(outcome, CorrectsUnknown):
            outcomes[id] = _park(sent[id], sender)
    return outcomes


@transaction.atomic
def _park(sent: Sent, sender: User) -> Outcome:
    _hold_arrivals(shared=False)
    # What it corrects may have arrived while this waited for its turn.
    outcome = _Turn(sender, timezone.now()).record({sent.id: sent})[sent.id]
    if isinstance(outcome, CorrectsUnknown):
        return refusals.keep_waiting(sent, outcome, sender=sender)
    if isinstance(outcome, Refusal):
        refusals.keep([(sent, outcome)], sender=sender)
    return outcome


def _hold_arrivals(*, shared: bool) -> None:
    """Those that record hold it together, one that parks holds it alone: it then sees what they
    wrote, and the next of them see what it parked."""
    lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [_ARRIVING])


@dataclass(slots=True)
class _Turn:
    """Some entries of one sender, each id once, on their way into the database together."""

    sender: User
    now: datetime
    outcomes: dict[UUID, Outcome] = field(default_factory=dict)
    current: dict[str, Published] = field(default_factory=dict)

    def record(self, sent: dict[UUID, Sent]) -> dict[UUID, Outcome]:
        """Within a transaction."""
        fresh = self._known(sent)
        read = self._each(fresh, entries.read)
        if read:
            self.current = {each.slug: each for each in published_kinds()}
        versions = self._each(read, self._version)
        places = self._places({id: read[id] for id in versions})
        ready = self._each(
            {id: (read[id], versions[id], places[id]) for id in versions}, self._judge
        )
        firsts = [each for each in ready.values() if each.entry.supersedes is None]
        for recorded in rows.insert(firsts):
            self.outcomes[recorded.id] = Taken(recorded, now=True)
        self._each({id: each for id, each in ready.items() if each.entry.supersedes}, self._correct)
        # Sent twice at the same moment: the other one was recorded while this was looked at.
        self._known({id: sent[id] for id in sent if id not in self.outcomes})
        self._welcome([id for id in sent if _is_new(self.outcomes[id])])
        return self.outcomes

    def _each(self, those: dict[UUID, T], step: Callable[[T], U]) -> dict[UUID, U]:
        """What the step makes of each that it does not refuse."""
        passed = {}
        for id, each in those.items():
            try:
                passed[id] = step(each)
            except Refusal as refusal:
                self.outcomes[id] = refusal
        return passed

    def _known(self, sent: dict[UUID, Sent]) -> dict[UUID, Sent]:
        """Answers those already held; returns the others."""
        known = rows.known(sent) if sent else {}

        def answer(pair: tuple[Sent, Known]) -> None:
            each, held = pair
            if held.inspector != self.sender.pk or held.sha256 != each.sha256:
                raise RecordedDifferently
            self.outcomes[each.id] = Taken(held.recorded, now=False)

        self._each({id: (sent[id], held) for id, held in known.items()}, answer)
        return {id: each for id, each in sent.items() if id not in known}

    def _version(self, entry: Entry) -> Published:
        current = self.current.get(entry.kind)
        if entry.kind_version is None or (current and current.version == entry.kind_version):
            version = current
        else:
            version = older_version(entry.kind, entry.kind_version)
        if version is None:
            raise KindUnknown(kind=entry.kind[:60], kind_version=entry.kind_version)
        return version

    def _places(self, read: dict[UUID, Entry]) -> dict[UUID, Place | None]:
        by_scope: dict[Scope, list[Entry]] = {}
        for entry in read.values():
            by_scope.setdefault(self._scope_of(entry), []).append(entry)
        places: dict[UUID, Place | None] = {}
        for scope, those in by_scope.items():
            asked = [Asked(entry.estate, entry.asset, entry.location) for entry in those]
            found = place(asked, Estate.objects.visible_in(scope))
            places |= dict(zip([entry.id for entry in those], found, strict=True))
        return places

    def _scope_of(self, entry: Entry) -> Scope:
        """As of its own day or as of today: one who was moved loses nothing of either."""
        return self.sender.scope_on(timezone.localdate(entry.recorded_at)) | self.sender.scope

    def _judge(self, told: tuple[Entry, Published, Place | None]) -> Ready:
        entry, version, where = told
        if where is None:
            raise EstateNotFound(estate=entry.estate)
        if where.excluded:
            raise ExcludedGround
        if entry.asset and not where.asset:
            raise AssetNotFound(asset=entry.asset)
        if not policy.may_record(self.sender, where.community, entry.recorded_at):
            raise NotAnInspector
        if entry.asset and version.kind.asset not in {None, where.asset_type}:
            raise RecordInvalid(fields={"asset": _("This kind looks at assets of another type.")})
        try:
            answers = version.kind.read(entry.answers)
        except WrongAnswers as wrong:
            raise AnswersInvalid(
                items={code[:60]: _(SENTENCES[key]) for code, key in wrong.items.items()}
            ) from wrong
        judged = version.kind.judge(answers, facts_of(where))
        found = tuple(each for each in judged if not each.met)
        if found and where.lon is None:
            raise RecordInvalid(
                fields={"location": _("Needed here: the register has no shape of this estate yet.")}
            )
        return Ready(
            entry=entry,
            version=version,
            place=where,
            placed=grade(where.distance_m, entry.accuracy_m),
            answers=answers,
            found=found,
            inspector=self.sender.pk,
            received_at=self.now,
            root=entry.id,
        )

    def _correct(self, ready: Ready) -> None:
        recorded = corrections.insert(ready, by=self.sender)
        if recorded:
            self.outcomes[recorded.id] = Taken(recorded, now=True)

    def _welcome(self, arrived: list[UUID]) -> None:
        """Earlier refusals of these are settled, and what waited for them is recorded."""
        unsettled = refusals.unsettled(arrived, sender=self.sender)
        waited = [row for row in unsettled if row.waits_for in arrived]
        for row in waited:
            waiting = Sent(UUID(row.entry), bytes(row.body or b""))
            outcome = _Turn(row.sender, self.now).record({waiting.id: waiting})[waiting.id]
            if isinstance(outcome, Refusal):
                refusals.keep([(waiting, outcome)], sender=row.sender)
        refusals.settle(unsettled)
        if waited:
            # What is in force may be another one by now.
            for id, held in rows.known(arrived).items():
                self.outcomes[id] = Taken(held.recorded, now=True)


def _is_new(outcome: Outcome) -> bool:
    return isinstance(outcome, Taken) and outcome.now
