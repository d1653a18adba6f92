"""What becomes of plans and proposals when the register changes under them.

Called inside the transaction of the change. A proposal's life goes on in the register: a site
that the clerk takes out of use, or back into it, is so here too, and what the register says of one
that stands (planned, built, in use) is so as well: there is one truth.

The register's row is locked first, then the proposals, as by a step of their own
(`planning.services.proposals.locked`).
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from django.db.models import F, Model
from django.utils import timezone

from geo.models import Asset, Community, Estate
from planning.life import State
from planning.models import EbikeCount, Plan, Proposal, Step

Moved = Mapping[type[Model], int]
# As charging sites of the register may stand, in this order; and the step that leads there.
_STANDING = (State.PLANNED, State.BUILT, State.IN_USE)
_BEGINS = {State.BUILT: "build", State.IN_USE: "open"}


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
    follow_status([kept.pk], "")
    return {Proposal: moved}


def follow_retired(sites: Collection[int], reason: str) -> None:
    """Those that are retired by their own step are so already."""
    for row in _of(sites).filter(state__in=_STANDING):
        _step(row, "retire", State.RETIRED, reason)


def follow_restored(sites: Collection[int], reason: str) -> None:
    """As the register says that it stands, which is how it stood before."""
    rows = _of(sites).filter(state=State.RETIRED)
    for row in rows:
        _step(row, "restore", State(row.site.status), reason)


def follow_status(sites: Collection[int], reason: str) -> None:
    """Where it is said by a step here, the proposal is there already."""
    for row in _of(sites).filter(state__in=_STANDING):
        to = State(row.site.status)
        if to != row.state:
            onward = _STANDING.index(to) > _STANDING.index(State(row.state))
            _step(row, _BEGINS[to] if onward else "set_back", to, reason)


def _of(sites: Collection[int]) -> Any:
    rows = Proposal.objects.select_related("site").filter(site__in=sites)
    return rows.select_for_update(of=("self",)).order_by("pk")


def _step(row: Proposal, name: str, to: State, reason: str) -> None:
    """One of planning.life.STEPS or FOLLOWED, by nobody of planning: who it was stands in the
    register's history."""
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
