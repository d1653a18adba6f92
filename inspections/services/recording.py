"""Recording inspections: many at once, each checked, judged and placed as if it came alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from geo.models import Building, Estate
from geo.placing import Asked, Place, place
from geo.scope import Scope
from inspections import policy
from inspections.errors import (
    AnswersInvalid,
    AssetNotFound,
    EstateNotFound,
    ExcludedGround,
    KindUnknown,
    NotAnInspector,
    ProposalUnknown,
    RecordInvalid,
)
from inspections.kind import SENTENCES, WrongAnswers
from inspections.models import Proposal
from inspections.services import corrections, entries, photos, rows
from inspections.services.entries import Entry
from inspections.services.kinds import Published, older_version, published_kinds
from inspections.services.many import each_of
from inspections.services.outcomes import Outcomes, Taken, each
from inspections.services.placing import facts_of, grade
from inspections.services.rows import Ready, Recorded
from inspections.services.sent import Sent
from people.models import User

# Estate and asset in which something proposed from the field stands.
Stands = dict[UUID, tuple[int | None, int | None]]


def record(sent: dict[UUID, Sent], *, sender: User, now: datetime) -> Outcomes:
    """What became of each; nothing of one that another request has just recorded.

    Within a transaction.
    """
    return _Recording(sender, now).record(sent)


@dataclass(slots=True)
class _Recording:
    """Inspections of one sender, each id once, on their way into the database together."""

    sender: User
    now: datetime
    outcomes: Outcomes = field(default_factory=dict)
    current: dict[str, Published] = field(default_factory=dict)

    def record(self, sent: dict[UUID, Sent]) -> Outcomes:
        read = self._proposed(each(sent, entries.read, self.outcomes))
        if read:
            self.current = {each.slug: each for each in published_kinds()}
        versions = each(read, self._version, self.outcomes)
        read = {id: read[id] for id in versions}
        places, buildings = self._places(read), self._buildings(read.values())
        ready = each(
            {id: (read[id], versions[id], places[id], buildings) for id in versions},
            self._judge,
            self.outcomes,
        )
        firsts = [one for one in ready.values() if one.entry.supersedes is None]
        written = rows.insert(firsts)
        corrected = {id: one for id, one in ready.items() if one.entry.supersedes}
        written += filter(None, each(corrected, self._correct, self.outcomes).values())
        self._declare(written, ready)
        return self.outcomes

    def _proposed(self, read: dict[UUID, Entry]) -> dict[UUID, Entry]:
        """With the register's rows in place of what was proposed from the field."""
        named = {id for entry in read.values() for id in entry.proposed}
        if not named:
            return read
        stands: Stands = {
            id: (None if asset else estate, asset)
            for id, estate, asset in Proposal.objects.filter(pk__in=each_of(named)).values_list(
                "pk", "estate", "asset"
            )
        }

        def standing(entry: Entry) -> Entry:
            for id in entry.proposed:
                if id not in stands:
                    raise ProposalUnknown(proposal=id)
            return entry.standing(stands)

        return each(read, standing, self.outcomes)

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
            scope = policy.scope_of_record(self.sender, entry.recorded_at)
            by_scope.setdefault(scope, []).append(entry)
        places: dict[UUID, Place | None] = {}
        for scope, those in by_scope.items():
            asked = [Asked(*entry.where, entry.location) for entry in those]
            found = place(asked, Estate.objects.visible_in(scope))
            places |= dict(zip([entry.id for entry in those], found, strict=True))
        return places

    def _buildings(self, read: Iterable[Entry]) -> dict[int, int]:
        """By building, its estate."""
        named = {entry.building for entry in read if entry.building}
        if not named:
            return {}
        return dict(Building.objects.filter(pk__in=named).values_list("pk", "estate"))

    def _judge(self, told: tuple[Entry, Published, Place | None, dict[int, int]]) -> Ready:
        entry, version, where, buildings = told
        if where is None:
            raise EstateNotFound(estate=entry.sent.content["estate"])
        if where.excluded:
            raise ExcludedGround
        if entry.asset and not where.asset:
            raise AssetNotFound(asset=entry.sent.content["asset"])
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
        found = tuple(one for one in judged if not one.met)
        if found and where.lon is None:
            raise RecordInvalid(
                fields={"location": _("Needed here: the register has no shape of this estate yet.")}
            )
        # A tablet's pack may be older than the register: noted, and no reason to refuse it.
        of_estate = entry.building and buildings.get(entry.building) == where.estate
        doubts = entry.doubts if of_estate or not entry.building else (*entry.doubts, "building")
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
            building=entry.building if of_estate else None,
            doubts=doubts,
        )

    def _correct(self, ready: Ready) -> Recorded | None:
        return corrections.insert(ready, by=self.sender)

    def _declare(self, written: Iterable[Recorded], ready: dict[UUID, Ready]) -> None:
        recorded = {one.id: one for one in written}
        named = {id: ready[id].entry.photos for id in recorded if ready[id].entry.photos}
        evidence = photos.declare(named, sender=self.sender) if named else {}
        for id, one in recorded.items():
            if id in evidence:
                one = replace(one, evidence=evidence[id])
            self.outcomes[id] = Taken(one, now=True)
