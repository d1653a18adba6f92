"""Drawing sites and changing them, by several people at once."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.models import Asset, Estate
from inspections.services.fields import BIGGEST_NUMBER
from people.models import User
from planning import policy
from planning.errors import (
    MadeDifferently,
    NotYoursToPlan,
    PlanArchived,
    PlanNotFound,
    ProposalInvalid,
    ProposalSettled,
)
from planning.life import DRAWN, State
from planning.models import Outline, Plan, Proposal
from planning.services import fields
from planning.services.bodies import digest, members
from planning.services.fields import FIELDS, FOOTPRINT, UNJUDGED, Reading
from planning.services.ground import Ground, estate_at, ground_of
from planning.services.merging import Lost, merge, note


def draw(*, id: UUID, body: bytes, by: User) -> tuple[Proposal, bool]:
    """The proposal, and whether this sending made it: the same again is answered the same.

    Without an estate told, it is the one that the footprint lies in. Raises BodyUnreadable,
    PlanNotFound, NotYoursToPlan, PlanArchived, ProposalInvalid, NothingDrawnHere, MadeDifferently.
    """
    told = members(body)
    sha256 = digest(told)
    known = _known(id, sha256, by)
    if known:
        return known, False
    try:
        return _drawn(id, told, sha256, by), True
    except IntegrityError:
        # Of two at once, the other was faster.
        known = _known(id, sha256, by)
        if known is None:
            raise
        return known, False


def change(*, proposal: Proposal, body: bytes, by: User) -> Proposal:
    """As it stands with these changes and all that others made meanwhile.

    Raises BodyUnreadable, NotYoursToPlan, PlanArchived, ProposalSettled, ProposalInvalid,
    NothingDrawnHere; and ChangedMeanwhile where somebody changed the same: nothing is changed
    then, and what was wanted is kept in the history.
    """
    outcome = _changed(proposal.pk, members(body), by)
    if isinstance(outcome, Lost):
        raise outcome.told()
    return outcome


def locked(id: UUID) -> Proposal:
    """As it is now; with its estate and its site, which are locked before it: so does whoever
    changes the register, and then what follows from that here (`planning.followers`)."""
    estate, site = Proposal.objects.values_list("estate", "site").get(pk=id)
    Estate.objects.select_for_update(no_key=True).filter(pk=estate).first()
    Asset.objects.select_for_update().filter(pk=site).first()
    rows = Proposal.objects.select_related("plan", "estate", "community", "vacant_space", "site")
    return rows.select_for_update(of=("self",)).get(pk=id)


def seen_in(reading: Reading, version: int) -> int:
    """The version that its sender saw."""
    seen = reading.whole("seen", most=BIGGEST_NUMBER)
    if seen is not None and seen > version:
        reading.blame("seen", _("There is no such version yet."))
    return seen or 0


def _known(id: UUID, sha256: str, by: User) -> Proposal | None:
    known = Proposal.objects.filter(pk=id).first()
    if known and (known.content_sha256 != sha256 or known.by_id != by.pk):
        raise MadeDifferently
    return known


@transaction.atomic
def _drawn(id: UUID, told: dict[str, Any], sha256: str, by: User) -> Proposal:
    if not policy.may_plan_somewhere(by):
        raise NotYoursToPlan
    reading = Reading(told, by=by)
    plan = _plan(reading, by)
    reading.nothing_else({"plan", *FIELDS})
    columns = fields.read(reading)
    geom = columns.get("geom")
    if geom is None and "geom" not in reading.wrong:
        reading.blame("geom", _("This is needed."))
    if "estate" not in columns and geom is not None:
        columns["estate"] = estate_at(geom, by)
    row = Proposal(id=id, plan=plan, by=by, content_sha256=sha256, **columns)
    ground = _ground(reading, row, by)
    if reading.wrong or ground is None:
        raise ProposalInvalid(fields=reading.wrong)
    row.estate, row.community = ground.estate, ground.community
    if not policy.may_draw(by, row):
        raise NotYoursToPlan
    if plan.archived_at:
        raise PlanArchived
    row.save(force_insert=True)
    return row


@transaction.atomic
def _changed(id: UUID, told: dict[str, Any], by: User) -> Proposal | Lost:
    row = locked(id)
    if not policy.may_draw(by, row):
        raise NotYoursToPlan
    if row.plan.archived_at:
        raise PlanArchived
    reading = Reading(told, by=by)
    reading.nothing_else({"seen", "changes"})
    seen = seen_in(reading, row.version)
    wanted = _wanted(reading, row, by)
    now = fields.told(row)
    values = {name: FIELDS[name].tell(column) for name, column in wanted.items()}
    settled = merge(row, now=now, wanted=values, seen=seen, by=by, together=FOOTPRINT)
    if isinstance(settled, Lost):
        return settled
    if not settled.wanted:
        return row
    if row.state not in DRAWN and not settled.wanted.keys() <= UNJUDGED:
        raise ProposalSettled(state=row.state)
    for name in settled.wanted:
        setattr(row, name, wanted[name])
    if "geom" in settled.wanted and "estate" not in {*settled.wanted, *settled.since}:
        row.estate = _moved_to(row, by)
    if settled.wanted.keys() & {"geom", "estate", *FOOTPRINT}:
        ground = _ground(reading, row, by)
        if ground is None:
            raise ProposalInvalid(fields=reading.wrong)
        row.estate, row.community = ground.estate, ground.community
        if not policy.may_draw(by, row):
            raise NotYoursToPlan
    return _write(row, now, seen, by)


def _write(row: Proposal, now: dict[str, Any], seen: int, by: User) -> Proposal:
    after = fields.told(row)
    changes = {name: [now[name], after[name]] for name in FIELDS if now[name] != after[name]}
    if row.state in DRAWN and changes.keys() - UNJUDGED and row.state != State.PROPOSED:
        # What was checked, and voted on, was another site.
        changes["state"] = [row.state, State.PROPOSED]
        row.state = State.PROPOSED
    row.version += 1
    row.changed_at = timezone.now()
    row.save()
    note(row, changes, seen=seen, by=by)
    return row


def _plan(reading: Reading, by: User) -> Plan:
    id = reading.uuid("plan", needed=True)
    if id is None:
        raise ProposalInvalid(fields=reading.wrong)
    plan = Plan.objects.visible_to(by).select_related("community").filter(pk=id).first()
    if plan is None:
        raise PlanNotFound
    return plan


def _wanted(reading: Reading, row: Proposal, by: User) -> dict[str, Any]:
    """Columns as they are wanted. Raises ProposalInvalid."""
    told = reading.content.get("changes")
    if not isinstance(told, dict):
        reading.blame("changes", _("This is needed."))
        raise ProposalInvalid(fields=reading.wrong)
    changes = Reading(told, wrong=reading.wrong, by=by)
    changes.nothing_else(FIELDS)
    wanted = fields.read(changes)
    if "geom" in wanted and wanted["geom"] is None and "geom" not in reading.wrong:
        reading.blame("geom", _("This is needed."))
    if reading.wrong:
        raise ProposalInvalid(fields=reading.wrong)
    if wanted.get("outline") == Outline.DRAWN:
        wanted |= {"anchor": None, "rotation_deg": None}
    return wanted


def _ground(reading: Reading, row: Proposal, by: User) -> Ground | None:
    """What holds of the footprint as a whole. Raises NothingDrawnHere."""
    if row.outline == Outline.RECTANGLE:
        for name in ("anchor", "rotation_deg"):
            if getattr(row, name) is None and name not in reading.wrong:
                reading.blame(name, _("A rectangle has its middle and its turn."))
    elif row.anchor or row.rotation_deg is not None:
        reading.blame("outline", _("Only a rectangle has a middle and a turn."))
    if reading.wrong:
        return None
    return ground_of(reading, row.geom, estate=row.estate, plan=row.plan, by=by)


def _moved_to(row: Proposal, by: User) -> Estate | None:
    """An estate whose boundary nobody drew is not left by moving."""
    if row.estate and row.estate.geom is None:
        return row.estate
    return estate_at(row.geom, by)
