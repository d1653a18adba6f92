"""Plans: made, changed by several people, copied, put away and taken out again."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.models import Community
from people.models import User
from planning import policy
from planning.errors import (
    MadeDifferently,
    NotYoursToPlan,
    PlanArchived,
    PlanHasSites,
    PlanInvalid,
    PlanNameTaken,
)
from planning.life import IN_REGISTER
from planning.models import Plan, Proposal
from planning.services.bodies import digest, members
from planning.services.fields import FIELDS, LONGEST_NAME, LONGEST_NOTE, Reading
from planning.services.merging import Lost, merge, note
from planning.services.proposals import seen_in

_TOLD = ("name", "note", "community", "shared")


def make_plan(*, id: UUID, body: bytes, by: User) -> tuple[Plan, bool]:
    """The plan, and whether this sending made it: the same again is answered the same.

    Raises BodyUnreadable, NotYoursToPlan, PlanInvalid, PlanNameTaken, MadeDifferently.
    """
    told = members(body)
    sha256 = digest(told)
    return _once(id, sha256, by, lambda: _made(id, told, sha256, by))


def copy_plan(*, plan: Plan, body: bytes, by: User) -> tuple[Plan, bool]:
    """A plan of one's own with what is still a drawing in that one, and whether this sending made
    it. What is approved is in the register, and so in every plan's surroundings.

    Raises as `make_plan` does.
    """
    told = members(body)
    reading = Reading(told, by=by)
    id = reading.uuid("id", needed=True)
    if id is None:
        raise PlanInvalid(fields=reading.wrong)
    sha256 = digest(told | {"copied_from": str(plan.pk)})
    return _once(id, sha256, by, lambda: _copied(id, plan, reading, sha256, by))


def change_plan(*, plan: Plan, body: bytes, by: User) -> Plan:
    """Raises BodyUnreadable, NotYoursToPlan, PlanArchived, PlanInvalid, PlanNameTaken,
    PlanHasSites; and ChangedMeanwhile where somebody changed the same."""
    told = members(body)
    with _one_name():
        outcome = _changed(plan.pk, told, by)
    if isinstance(outcome, Lost):
        raise outcome.told()
    return outcome


def archive_plan(*, plan: Plan, by: User) -> Plan:
    """It is left out of lists, and nothing in it is drawn any more."""
    return _put_away(plan, by, archived=True)


def restore_plan(*, plan: Plan, by: User) -> Plan:
    """Undo `archive_plan`. Raises PlanNameTaken."""
    with _one_name():
        return _put_away(plan, by, archived=False)


def _once(id: UUID, sha256: str, by: User, make: Callable[[], Plan]) -> tuple[Plan, bool]:
    known = _known(id, sha256, by)
    if known:
        return known, False
    try:
        made = make()
        return made, True
    except IntegrityError as e:
        # Of two at once, the other was faster; or it is the name.
        known = _known(id, sha256, by)
        if known is None:
            raise PlanNameTaken from e
        return known, False


def _known(id: UUID, sha256: str, by: User) -> Plan | None:
    known = Plan.objects.filter(pk=id).first()
    if known and (known.content_sha256 != sha256 or known.by_id != by.pk):
        raise MadeDifferently
    return known


@contextmanager
def _one_name() -> Iterator[None]:
    try:
        yield
    except IntegrityError as e:
        raise PlanNameTaken from e


@transaction.atomic
def _made(id: UUID, told: dict[str, Any], sha256: str, by: User) -> Plan:
    if not policy.may_plan_somewhere(by):
        raise NotYoursToPlan
    reading = Reading(told, by=by)
    reading.nothing_else(_TOLD)
    columns = _read(reading, _TOLD)
    community = columns.get("community")
    if reading.wrong:
        raise PlanInvalid(fields=reading.wrong)
    if not policy.may_plan(by, community.pk if community else None):
        raise NotYoursToPlan
    return Plan.objects.create(id=id, by=by, content_sha256=sha256, **columns)


@transaction.atomic
def _copied(id: UUID, plan: Plan, reading: Reading, sha256: str, by: User) -> Plan:
    reading.nothing_else({"id", "name", "community"})
    columns = _read(reading, ("name",))
    community = plan.community
    if "community" in reading.content:
        community = reading.community("community")
    if reading.wrong:
        raise PlanInvalid(fields=reading.wrong)
    if not policy.may_plan(by, community.pk if community else None):
        raise NotYoursToPlan
    copy = Plan.objects.create(
        id=id,
        by=by,
        community=community,
        note=plan.note,
        copied_from=plan,
        content_sha256=sha256,
        **columns,
    )
    rows = Proposal.objects.visible_to(by).filter(plan=plan).drawn()
    for row in rows.filter(community=community) if community else rows:
        _copy_proposal(row, copy, by)
    return copy


def _copy_proposal(row: Proposal, to: Plan, by: User) -> None:
    Proposal.objects.create(
        # The same for the same copy of the same plan.
        id=uuid5(to.pk, str(row.pk)),
        plan=to,
        community=row.community,
        by=by,
        content_sha256=row.content_sha256,
        **{name: getattr(row, name) for name in FIELDS},
    )


@transaction.atomic
def _changed(id: UUID, told: dict[str, Any], by: User) -> Plan | Lost:
    row = _locked(id)
    if not policy.may_keep_plan(by, row):
        raise NotYoursToPlan
    if row.archived_at:
        raise PlanArchived
    reading = Reading(told, by=by)
    reading.nothing_else({"seen", *_TOLD})
    seen = seen_in(reading, row.version)
    columns = _read(reading, told)
    if reading.wrong:
        raise PlanInvalid(fields=reading.wrong)
    now = {name: _said(getattr(row, name)) for name in _TOLD}
    wanted = {name: _said(column) for name, column in columns.items()}
    settled = merge(row, now=now, wanted=wanted, seen=seen, by=by)
    if isinstance(settled, Lost) or not settled.wanted:
        return settled if isinstance(settled, Lost) else row
    for name in settled.wanted:
        setattr(row, name, columns[name])
    _check(row, settled.wanted, by)
    changes = {name: [now[name], value] for name, value in settled.wanted.items()}
    return _write(row, changes, seen, by)


@transaction.atomic
def _put_away(plan: Plan, by: User, *, archived: bool) -> Plan:
    row = _locked(plan.pk)
    if not policy.may_keep_plan(by, row):
        raise NotYoursToPlan
    if bool(row.archived_at) == archived:
        return row
    row.archived_at = timezone.now() if archived else None
    return _write(row, {"archived": [not archived, archived]}, row.version, by)


def _check(row: Plan, wanted: dict[str, Any], by: User) -> None:
    """Raises NotYoursToPlan, PlanInvalid, PlanHasSites."""
    if not policy.may_keep_plan(by, row):
        raise NotYoursToPlan
    proposals = row.proposals.all()
    outside = proposals.standing().exclude(community=row.community)
    if "community" in wanted and row.community and outside.exists():
        raise PlanInvalid(fields={"community": _("It has sites outside this community.")})
    if wanted.get("shared") is False and proposals.filter(state__in=IN_REGISTER).exists():
        raise PlanHasSites


def _write(row: Plan, changes: dict[str, list[Any]], seen: int, by: User) -> Plan:
    row.version += 1
    row.changed_at = timezone.now()
    row.save()
    note(row, changes, seen=seen, by=by)
    return row


def _locked(id: UUID) -> Plan:
    rows = Plan.objects.select_related("community").select_for_update(of=("self",))
    return rows.get(pk=id)


def _read(reading: Reading, names: Collection[str]) -> dict[str, Any]:
    """Columns of those that were told. What is wrong stands in the reading."""
    columns: dict[str, Any] = {}
    if "name" in names:
        columns["name"] = (
            reading.text("name", most=LONGEST_NAME) if reading.content.get("name") else ""
        )
        if not columns["name"] and "name" not in reading.wrong:
            reading.blame("name", _("This is needed."))
    if "note" in names and "note" in reading.content:
        told = reading.content["note"]
        columns["note"] = "" if told is None else reading.text("note", most=LONGEST_NOTE)
    if "community" in names and "community" in reading.content:
        columns["community"] = reading.community("community")
    if "shared" in names and "shared" in reading.content:
        columns["shared"] = bool(reading.yes_or_no("shared"))
    return columns


def _said(value: Any) -> Any:
    return value.pk if isinstance(value, Community) else value
