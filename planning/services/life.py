"""Steps in the life of a proposal: taken once, from the table, with the version that was seen."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo import siting
from geo.models import Asset
from geo.models.assets import SiteStatus
from geo.services import retire
from people.models import User
from planning import policy
from planning.errors import (
    MadeDifferently,
    MovedOn,
    NotYoursToStep,
    OtherEyesNeeded,
    OwnersNotAgreed,
    PlanArchived,
    StepInvalid,
    StepNotAllowed,
)
from planning.life import DRAWN, STEPS, Need, State, steps_from
from planning.life import Step as Kind
from planning.models import Level, Proposal, Step, Vote
from planning.services import needs
from planning.services.bodies import digest, members
from planning.services.checking import check_proposal
from planning.services.fields import Reading
from planning.services.needs import Asked
from planning.services.proposals import locked

# Who took one of these, drew or changed it does not approve it.
PREPARING = frozenset({"check", "record_vote"})
_STATUS = {State.BUILT: SiteStatus.BUILT, State.IN_USE: SiteStatus.IN_USE}
_INDOOR = {
    Level.GROUND: False,
    Level.ROOF: False,
    Level.GROUND_INDOOR: True,
    Level.B1: True,
    Level.B2: True,
}


@dataclass(frozen=True, slots=True)
class Next:
    """A step that may follow, for one person. `refused`: the code why not just now."""

    kind: Kind
    refused: str | None


def take_step(*, id: UUID, proposal: Proposal, body: bytes, by: User) -> tuple[Step, bool]:
    """The step, and whether this sending took it: the same again is answered the same.

    Raises BodyUnreadable, StepInvalid, NotYoursToStep, MovedOn, StepNotAllowed, OtherEyesNeeded,
    RulesBroken, OwnersNotAgreed, PlanArchived, MadeDifferently.
    """
    told = members(body)
    sha256 = digest(told | {"proposal": str(proposal.pk)})
    known = _known(id, sha256, by)
    if known:
        return known, False
    try:
        return _taken(id, proposal.pk, told, sha256, by)
    except IntegrityError:
        # Of two at once with the same id, the other was faster.
        known = _known(id, sha256, by)
        if known is None:
            raise
        return known, False


def take_out(*, proposal: Proposal, body: bytes, by: User) -> Proposal:
    """Out of the plan, while it is only drawn. Raises as `take_step` does."""
    return _there_or_not(proposal, members(body), by, "take_out", State.WITHDRAWN)


def put_back(*, proposal: Proposal, body: bytes, by: User) -> Proposal:
    """Undo `take_out`, and a withdrawal. Raises as `take_step` does."""
    return _there_or_not(proposal, members(body), by, "put_back", State.PROPOSED)


def steps_for(proposal: Proposal, by: User) -> list[Next]:
    """What of the table this person may do, as it stands."""
    parts = policy.parts_in(by, proposal)
    return [
        Next(kind, _refusal(kind, proposal, by))
        for kind in steps_from(State(proposal.state))
        if kind.who & parts and _fits(kind, proposal)
    ]


def _known(id: UUID, sha256: str, by: User) -> Step | None:
    known = Step.objects.filter(pk=id).first()
    if known and (known.content_sha256 != sha256 or known.by_id != by.pk):
        raise MadeDifferently
    return known


@transaction.atomic
def _taken(
    id: UUID, proposal: UUID, told: dict[str, Any], sha256: str, by: User
) -> tuple[Step, bool]:
    row = locked(proposal)
    # Sent twice at the same moment: while this waited for the proposal, the other was taken.
    known = _known(id, sha256, by)
    if known:
        return known, False
    asked = needs.read(Reading(told, by=by), row)
    _check(asked, row, by)
    if Need.VERDICTS in asked.step.needs:
        asked = needs.held_against_rules(asked, row, check_proposal(row))
    return _write(id, sha256, asked, row, by), True


@transaction.atomic
def _there_or_not(
    proposal: Proposal, told: dict[str, Any], by: User, name: str, to: State
) -> Proposal:
    row = locked(proposal.pk)
    reading = Reading(told | {"step": name}, by=by)
    asked = needs.read(reading, row)
    if row.state == to and STEPS[name].who & policy.parts_in(by, row):
        return row
    _check(asked, row, by)
    _write(uuid4(), digest(told), asked, row, by)
    return row


def _check(asked: Asked, row: Proposal, by: User) -> None:
    kind = asked.step
    if not kind.who & policy.parts_in(by, row):
        raise NotYoursToStep(step=kind.name)
    if asked.seen != row.version:
        raise MovedOn(version=row.version, state=row.state)
    if row.state not in kind.since or not _fits(kind, row):
        raise StepNotAllowed(step=kind.name, state=row.state)
    if row.plan.archived_at and row.state in DRAWN:
        raise PlanArchived
    if Need.OTHER_EYES in kind.needs and by.pk in _hands(row):
        raise OtherEyesNeeded
    if Need.AGREED in kind.needs:
        needs.check_agreed(row)


def _fits(kind: Kind, row: Proposal) -> bool:
    return Need.COMMERCIAL not in kind.needs or bool(needs.needs_vote(row))


def _refusal(kind: Kind, row: Proposal, by: User) -> str | None:
    if row.plan.archived_at and row.state in DRAWN:
        return PlanArchived.code
    if Need.OTHER_EYES in kind.needs and by.pk in _hands(row):
        return OtherEyesNeeded.code
    if Need.AGREED in kind.needs:
        try:
            needs.check_agreed(row)
        except (StepInvalid, OwnersNotAgreed) as refusal:
            return refusal.code
    return None


def _hands(row: Proposal) -> set[int | None]:
    """Everyone who had a hand in it."""
    changed = row.edits.filter(set_aside=False).values_list("by", flat=True)
    prepared = row.steps.filter(name__in=PREPARING).values_list("by", flat=True)
    return {row.by_id, *changed, *prepared}


def _write(id: UUID, sha256: str, asked: Asked, row: Proposal, by: User) -> Step:
    kind, before = asked.step, State(row.state)
    lost = kind.lost is not None and asked.vote is not None and not asked.vote.carried
    row.state = kind.lost if lost and kind.lost else kind.to
    row.version += 1
    row.changed_at = timezone.now()
    if row.state == State.PLANNED:
        row.site = _site(row, asked, by)
    row.save()
    step = Step.objects.create(
        id=id,
        proposal=row,
        name=kind.name,
        seen=asked.seen,
        version=row.version,
        state_before=before,
        state_after=row.state,
        by=by,
        on=asked.on,
        note=asked.note,
        verdicts=asked.verdicts,
        content_sha256=sha256,
    )
    step.documents.set(asked.documents)
    if asked.vote and asked.on:
        Vote.objects.create(
            step=step, proposal=row, on=asked.on, document=asked.documents[0], **asdict(asked.vote)
        )
    _into_register(row, asked, by)
    return step


def _site(row: Proposal, asked: Asked, by: User) -> Asset:
    if row.estate and row.estate.retired_at:
        raise StepInvalid(fields={"estate": _("This estate is no longer in use.")})
    return siting.plan_site(
        community=row.community,
        estate=row.estate,
        name=row.name,
        geom=row.geom,
        ports=row.ports,
        bays=row.bays,
        indoor=_INDOOR.get(Level(row.level)) if row.level else None,
        by=by,
        reason=asked.note or str(row.plan),
    )


def _into_register(row: Proposal, asked: Asked, by: User) -> None:
    """What the register shows of it from now on."""
    if row.site is None:
        return
    reason = asked.note or str(row.plan)
    if status := _STATUS.get(State(row.state)):
        siting.set_site_status(site=row.site, status=status, by=by, reason=reason)
    elif row.state == State.RETIRED:
        retire(row=row.site, by=by, reason=reason)
