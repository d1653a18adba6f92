"""The chosen candidates become sites of the plan."""

import json
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from people.models import User
from planning import policy
from planning.errors import NotYoursToPlan, SelectionNotDone
from planning.models import Proposal, SelectionRun
from planning.services.proposals import draw

# Of a feature's properties, those that a proposal has too.
_TAKEN = ("name", "estate", "ports", "bays", "rotation_deg", "vacant_space", "cost_yuan")


@transaction.atomic
def take(*, selection: SelectionRun, by: User) -> list[Proposal]:
    """All of them or none. Their ids follow from the selection's and the candidates': taken
    twice, they are there once, also where they were changed since.

    Raises NotYoursToPlan, SelectionNotDone, and as `draw` does.
    """
    if not policy.may_keep_plan(by, selection.plan):
        raise NotYoursToPlan
    rows = SelectionRun.objects.select_related("plan")
    row = rows.select_for_update(of=("self",)).get(pk=selection.pk)
    features = row.result["sites"]["features"] if row.result else []
    if not features:
        raise SelectionNotDone(state=row.state)
    taken = []
    for feature in features:
        id = uuid5(row.pk, feature["id"])
        known = Proposal.objects.filter(pk=id).first()
        taken.append(known or draw(id=id, body=_drawn(row.plan_id, feature), by=by)[0])
    if row.taken_at is None:
        row.taken_at = timezone.now()
        row.save(update_fields=["taken_at"])
    return taken


def _drawn(plan: UUID, feature: dict[str, Any]) -> bytes:
    about = feature["properties"]
    told = {name: about[name] for name in _TAKEN if about[name] is not None} | {
        "plan": str(plan),
        "geom": feature["geometry"],
        "outline": "rectangle",
        "anchor": about["anchor"],
        "level": "ground",
        "place": "open_ground",
    }
    return json.dumps(told, ensure_ascii=False).encode()
