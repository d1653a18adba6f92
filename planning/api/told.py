"""Plans and proposals as they are told."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from people.models import User
from planning import policy
from planning.errors import MovedOn
from planning.life import State
from planning.models import Document, Edit, Plan, Proposal, Step, Vote
from planning.reports.links import links
from planning.services import fields, life


def plan(row: Plan, to: User) -> dict[str, Any]:
    """Without its proposals. The row has `by`, `community` and `states`, see `states_in`."""
    ground = policy.draws_in(to, row)
    return {
        "id": row.pk,
        "name": row.name,
        "note": row.note,
        "community": row.community_id,
        "community_name": row.community.name if row.community else None,
        "by": row.by.username,
        "by_name": str(row.by),
        "mine": row.by_id == to.pk,
        "shared": row.shared,
        "copied_from": row.copied_from_id,
        "version": row.version,
        "created_at": row.created_at,
        "changed_at": row.changed_at,
        "archived_at": row.archived_at,
        "may_edit": policy.may_keep_plan(to, row),
        "draws_in": None if ground is None else sorted(ground),
    }


def states_in(plans: list[Plan], to: User) -> dict[Any, dict[str, int]]:
    """How many proposals stand how, by plan."""
    rows = Proposal.objects.visible_to(to).filter(plan__in=plans).exclude(state=State.WITHDRAWN)
    found: dict[Any, Counter[str]] = {}
    for plan_id, state in rows.values_list("plan", "state"):
        found.setdefault(plan_id, Counter())[state] += 1
    return {plan_id: dict(each) for plan_id, each in found.items()}


def feature(row: Proposal) -> dict[str, Any]:
    """All that is told of a proposal in a list. The row has its `by`, `community`, `estate`."""
    properties = fields.told(row)
    geometry = properties.pop("geom")
    return {
        "type": "Feature",
        "id": row.pk,
        "geometry": geometry,
        "properties": properties
        | {
            "id": row.pk,
            "plan": row.plan_id,
            "community": row.community_id,
            "community_name": row.community.name,
            "estate_name": row.estate.name if row.estate else None,
            "by": row.by.username,
            "by_name": str(row.by),
            "state": row.state,
            "version": row.version,
            "site": row.site_id,
            "created_at": row.created_at,
            "changed_at": row.changed_at,
        },
    }


def whole(row: Proposal, to: User) -> dict[str, Any]:
    """With its life, its documents, and what this person may do."""
    told = feature(row)
    steps = row.steps.select_related("by", "vote").prefetch_related("documents")
    told["properties"] |= {
        "may_edit": policy.may_draw(to, row) and row.plan.archived_at is None,
        "links": links(fields.shape_of(row.geom), row.name or _("charging site")),
        "steps": [step_told(step, to) for step in steps.order_by("version")],
        "documents": [document(each) for each in row.documents.select_related("by")],
        "can": [
            {
                "step": each.kind.name,
                "to": each.kind.to,
                "needs": sorted(each.kind.needs),
                "refused": each.refused,
            }
            for each in life.steps_for(row, to)
        ],
    }
    return told


@contextmanager
def as_it_stands(id: UUID) -> Iterator[None]:
    """Whoever comes late is told what the proposal is by now."""
    try:
        yield
    except MovedOn as late:
        rows = Proposal.objects.select_related("by", "community", "estate", "vacant_space")
        late.details["proposal"] = feature(rows.get(pk=id))
        raise


def step_told(step: Step, to: User) -> dict[str, Any]:
    vote = getattr(step, "vote", None)
    return {
        "id": step.pk,
        "step": step.name,
        "seen": step.seen,
        "version": step.version,
        "state_before": step.state_before,
        "state_after": step.state_after,
        "by": step.by.username if step.by else None,
        "by_name": str(step.by) if step.by else "",
        "at": step.at,
        "on": step.on,
        "note": step.note,
        "verdicts": _verdicts(step, to),
        "vote": vote_told(vote) if vote else None,
        "documents": [each.pk for each in step.documents.all()],
    }


def _verdicts(step: Step, to: User) -> dict[str, Any] | None:
    """As they were found among everything there is: shapes that decided may lie in a community
    that not everybody sees."""
    found: dict[str, Any] | None = step.verdicts
    if found is None or to.scope.everything:
        return found
    seen = [each | {"decides": None} for each in found["verdicts"]]
    return found | {"verdicts": seen}


def vote_told(vote: Vote) -> dict[str, Any]:
    """Square metres as text, to the hundredth: no digit is lost on the way."""
    return {
        "heads": vote.heads,
        "heads_took_part": vote.heads_took_part,
        "heads_agreed": vote.heads_agreed,
        "area_m2": str(vote.area_m2),
        "area_took_part_m2": str(vote.area_took_part_m2),
        "area_agreed_m2": str(vote.area_agreed_m2),
        "carried": vote.count.carried,
        "missed": list(vote.count.missed),
    }


def document(row: Document) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "type": row.type,
        "bytes": row.bytes,
        "sha256": row.sha256,
        "width": row.width,
        "height": row.height,
        "pages": row.pages,
        "by": row.by.username,
        "by_name": str(row.by),
        "at": row.at,
        "address": reverse("planning-document", args=[row.proposal_id, row.pk]),
    }


def edit(row: Edit) -> dict[str, Any]:
    return {
        "seen": row.seen,
        "version": row.version,
        "by": row.by.username,
        "by_name": str(row.by),
        "at": row.at,
        "changes": row.changes,
        "set_aside": row.set_aside,
    }
