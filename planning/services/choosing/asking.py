"""A question is kept and queued, once; or called off."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from geo.models import Community
from people.models import User
from planning import policy
from planning.errors import (
    MadeDifferently,
    NotYoursToPlan,
    PlanArchived,
    PlanNotFound,
    SelectionInvalid,
)
from planning.models import Plan, SelectionRun, SelectionState
from planning.selection import Model
from planning.services.bodies import digest, members
from planning.services.choosing import parameters
from planning.services.fields import Reading

# The name of the task in planning.tasks, which stands above this module.
RUN = "planning.tasks.run_selection"
# Of a worker of its own: papers and photos don't wait for minutes of reckoning.
QUEUE = "selections"


def ask(*, id: UUID, body: bytes, by: User) -> tuple[SelectionRun, bool]:
    """The selection, and whether this sending asked it: the same again is answered the same.

    Raises BodyUnreadable, PlanNotFound, NotYoursToPlan, PlanArchived, SelectionInvalid,
    MadeDifferently.
    """
    told = members(body)
    sha256 = digest(told)
    known = _known(id, sha256, by)
    if known:
        return known, False
    try:
        return _asked(id, told, sha256, by), True
    except IntegrityError:
        # Of two at once, the other was faster.
        known = _known(id, sha256, by)
        if known is None:
            raise
        return known, False


@transaction.atomic
def cancel(*, selection: SelectionRun, by: User) -> SelectionRun:
    """Waiting, it ends at once; at work, as soon as the worker looks up. What has ended stays as
    it is. Raises NotYoursToPlan."""
    if not policy.may_keep_plan(by, selection.plan):
        raise NotYoursToPlan
    rows = SelectionRun.objects.select_related("plan", "by")
    row = rows.select_for_update(of=("self",)).get(pk=selection.pk)
    if row.state == SelectionState.QUEUED:
        row.state, row.ended_at = SelectionState.CANCELLED, timezone.now()
    elif row.state == SelectionState.RUNNING and row.cancel_asked_at is None:
        row.cancel_asked_at = timezone.now()
    row.save(update_fields=["state", "ended_at", "cancel_asked_at"])
    return row


@transaction.atomic
def _asked(id: UUID, told: dict[str, Any], sha256: str, by: User) -> SelectionRun:
    if not policy.may_plan_somewhere(by):
        raise NotYoursToPlan
    reading = Reading(told, by=by)
    plan = _plan(reading, by)
    if not policy.may_keep_plan(by, plan):
        raise NotYoursToPlan
    reading.nothing_else({"plan", "model", "parameters"})
    model = reading.choice("model", [each.value for each in Model], needed=True)
    wanted = told.get("parameters")
    if wanted is not None and not isinstance(wanted, dict):
        reading.blame("parameters", _("This is needed."))
        raise SelectionInvalid(fields=reading.wrong)
    inner = Reading(wanted or {}, wrong=reading.wrong, within="parameters.", by=by)
    values = parameters.read(inner, model)
    seen = set(Community.objects.visible_to(by).values_list("pk", flat=True))
    if not set(values["communities"]) <= seen:
        inner.blame("communities", _("There is no such community in your area."))
    if reading.wrong:
        raise SelectionInvalid(fields=reading.wrong)
    if plan.archived_at:
        raise PlanArchived
    row = SelectionRun.objects.create(
        id=id, plan=plan, by=by, model=model, parameters=values, content_sha256=sha256
    )
    # One at a time, for its worker takes one. No lock: of a worker that was killed it would stay.
    app.configure_task(RUN, queue=QUEUE).defer(selection=str(row.pk))
    return row


def _plan(reading: Reading, by: User) -> Plan:
    id = reading.uuid("plan", needed=True)
    if id is None:
        raise SelectionInvalid(fields=reading.wrong)
    plan = Plan.objects.visible_to(by).filter(pk=id).first()
    if plan is None:
        raise PlanNotFound
    return plan


def _known(id: UUID, sha256: str, by: User) -> SelectionRun | None:
    known = SelectionRun.objects.select_related("plan", "by").filter(pk=id).first()
    if known and (known.content_sha256 != sha256 or known.by_id != by.pk):
        raise MadeDifferently
    return known
