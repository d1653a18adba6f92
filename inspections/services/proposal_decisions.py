"""What the clerk makes of a place proposed from the field. Each is one transaction; the history of
the place and of the proposal tells who decided what, and why."""

from datetime import datetime
from typing import Any

import pghistory
from django.contrib.gis.db.models import PointField
from django.contrib.gis.db.models.functions import PointOnSurface
from django.contrib.gis.geos import Point
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from geo import services as register
from geo.models import Asset, Community, Estate
from geo.services import Outcome
from geo.srid import WGS84
from inspections import policy
from inspections.errors import NotAllowed, NoteMissing, ProposalDecided, ProposalMerged
from inspections.models import Finding, Inspection, Proposal, Standing
from people.models import User


@transaction.atomic
def confirm_proposal(*, proposal: Proposal, by: User, note: str = "") -> Outcome:
    """It is in the register as it was proposed, and its shape counts as looked at."""
    proposal = _undecided(proposal, by)
    outcome = register.confirm(row=proposal.row, by=by, reason=_reason(note))  # type: ignore[type-var]
    _decide(proposal, Standing.CONFIRMED, by, note)
    return outcome


@transaction.atomic
def merge_proposal(
    *, proposal: Proposal, into: Asset | Estate, by: User, note: str = ""
) -> Outcome:
    """It was known already: what was recorded at it was recorded at that row. Raises what
    `geo.services` does where the two can't be one."""
    proposal = _undecided(proposal, by)
    merge: Any = register.merge_assets if proposal.asset else register.merge_estates
    outcome: Outcome = merge(kept=into, twin=proposal.row, by=by, reason=_reason(note))
    proposal.refresh_from_db()
    _decide(proposal, Standing.MERGED, by, note)
    return outcome


@transaction.atomic
def decline_proposal(*, proposal: Proposal, by: User, note: str) -> Outcome:
    """It is not there: its row goes out of use, with what was proposed inside it.

    Inspections stay. What was found at it is drawn where the inspector stood, or else at the
    estate.
    """
    if not note.strip():
        raise NoteMissing
    proposal = _undecided(proposal, by)
    outcome = register.retire(row=proposal.row, by=by, reason=note)  # type: ignore[type-var]
    now = timezone.now()
    if proposal.asset:
        _draw_beside(proposal.asset)
    else:
        for inside in (
            Proposal.objects.undecided().filter(estate=proposal.estate).exclude(pk=proposal.pk)
        ):
            _decide(inside, Standing.DECLINED, by, note, now)
    _decide(proposal, Standing.DECLINED, by, note, now)
    return outcome


@transaction.atomic
def reopen_proposal(*, proposal: Proposal, by: User) -> Proposal:
    """Take back a decision that was no merge: it waits for one again."""
    if not policy.may_decide_proposals(by):
        raise NotAllowed
    proposal = _locked(proposal)
    if proposal.standing == Standing.MERGED:
        raise ProposalMerged
    if proposal.standing == Standing.PROPOSED:
        return proposal
    reason = _("decision taken back")
    if proposal.standing == Standing.CONFIRMED:
        register.doubt(row=proposal.row, by=by, reason=reason)  # type: ignore[type-var]
        _undo(proposal, by)
        return proposal
    register.restore(row=proposal.row, by=by, reason=reason)  # type: ignore[type-var]
    if proposal.asset:
        _draw_at(proposal.asset)
    else:
        with_it = Proposal.objects.filter(
            estate=proposal.estate,
            standing=Standing.DECLINED,
            decided_at=proposal.decided_at,
        )
        for inside in with_it.exclude(pk=proposal.pk):
            _undo(inside, by)
    _undo(proposal, by)
    return proposal


def _undecided(proposal: Proposal, by: User) -> Proposal:
    if not policy.may_decide_proposals(by):
        raise NotAllowed
    proposal = _locked(proposal)
    if proposal.standing != Standing.PROPOSED:
        raise ProposalDecided
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("asset", "estate")
    return rows.get(pk=proposal.pk)


def _decide(
    proposal: Proposal, standing: Standing, by: User, note: str, at: datetime | None = None
) -> None:
    proposal.standing, proposal.note = standing, note.strip()
    proposal.decided_by, proposal.decided_at = by, at or timezone.now()
    with pghistory.context(user=by.pk):
        proposal.save(update_fields=["standing", "note", "decided_by", "decided_at"])


def _undo(proposal: Proposal, by: User) -> None:
    proposal.standing, proposal.note = Standing.PROPOSED, ""
    proposal.decided_by = proposal.decided_at = None
    with pghistory.context(user=by.pk):
        proposal.save(update_fields=["standing", "note", "decided_by", "decided_at"])


def _reason(note: str) -> str:
    return note.strip() or _("proposed from the field")


def _draw_beside(asset: Asset) -> None:
    """Where the thing was not, its inspector was."""
    inspection = Inspection.objects.filter(pk=OuterRef("inspection"))
    inside = PointOnSurface("geom", output_field=PointField(srid=WGS84))
    estate = Estate.objects.filter(pk=OuterRef("estate")).annotate(inside=inside)
    community = Community.objects.filter(pk=OuterRef("community")).annotate(inside=inside)
    Finding.objects.filter(asset=asset).update(
        place=Coalesce(
            Subquery(inspection.values("location")),
            Subquery(estate.values("inside")),
            Subquery(community.values("inside")),
            F("place"),
            output_field=PointField(srid=WGS84),
        )
    )


def _draw_at(asset: Asset) -> None:
    """As `geo.placing` does: at the thing where that is a point."""
    if isinstance(asset.geom, Point):
        Finding.objects.filter(asset=asset).update(place=asset.geom)
