"""What becomes of plans and proposals when the register changes under them.

Called inside the transaction of the change. A proposal's life goes on in the register: a site
that the clerk takes out of use, or back into it, is so here too.
"""

from collections.abc import Collection, Mapping
from uuid import uuid4

from django.db.models import F, Model
from django.utils import timezone

from geo.models import Asset, Community, Estate
from planning.life import IN_REGISTER, State
from planning.models import EbikeCount, Plan, Proposal, Step

Moved = Mapping[type[Model], int]


def follow_estate(kept: Estate, twin: Estate) -> Moved:
    moved = Proposal.objects.filter(estate=twin).update(
        estate=kept, community=kept.community_id, version=F("version") + 1
    )
    EbikeCount.objects.filter(estate=twin).update(estate=kept)
    return {Proposal: moved}


def follow_community(kept: Community, twin: Community) -> Moved:
    """Those of an estate went along with it."""
    in_street = Proposal.objects.filter(community=twin, estate=None)
    return {
        Plan: Plan.objects.filter(community=twin).update(community=kept, version=F("version") + 1),
        Proposal: in_street.update(community=kept, version=F("version") + 1),
    }


def follow_asset(kept: Asset, twin: Asset) -> Moved:
    anew = {"version": F("version") + 1}
    moved = Proposal.objects.filter(site=twin).update(site=kept, **anew)
    Proposal.objects.filter(vacant_space=twin).update(vacant_space=kept, **anew)
    return {Proposal: moved}


def follow_retired(sites: Collection[int], reason: str) -> None:
    """Those that are retired by their own step are so already."""
    rows = Proposal.objects.select_for_update().filter(site__in=sites, state__in=IN_REGISTER)
    for row in rows.exclude(state=State.RETIRED).order_by("pk"):
        _step(row, "retire", State.RETIRED, reason)


def follow_restored(sites: Collection[int], reason: str) -> None:
    """As it stood before it was retired."""
    rows = Proposal.objects.select_for_update().filter(site__in=sites, state=State.RETIRED)
    for row in rows.order_by("pk"):
        last = row.steps.filter(state_after=State.RETIRED).order_by("-version").first()
        if last:
            _step(row, "restore", State(last.state_before), reason)


def _step(row: Proposal, name: str, to: State, reason: str) -> None:
    """By nobody of planning: who it was stands in the register's history."""
    before, row.state = row.state, to
    row.version += 1
    row.changed_at = timezone.now()
    row.save()
    Step.objects.create(
        id=uuid4(),
        proposal=row,
        name=name,
        seen=row.version - 1,
        version=row.version,
        state_before=before,
        state_after=to,
        on=timezone.localdate(),
        note=reason,
        content_sha256="",
    )
