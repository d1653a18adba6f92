"""A rung of the ladder is done with: by its paper, or waived with a reason. Each once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.models import PropertyCompany
from geo.scope import Scope
from inspections import ladder, policy
from inspections.errors import (
    EscalationDone,
    EscalationInvalid,
    EscalationNotFound,
    NotYoursToWaive,
)
from inspections.ladder import Due
from inspections.models import Case, Escalation, Paper, PaperKind, Rung
from people.models import User

_RUNGS = {
    PaperKind.REMINDER: Rung.REMINDER,
    PaperKind.NOTICE: Rung.NOTICE,
    PaperKind.TALK: Rung.TALK,
}
LONGEST_NOTE = 300


@transaction.atomic
def waive(*, id: UUID, note: str, by: User) -> Escalation:
    """Nothing is issued this time; what the rule is met by later is due again. The same told
    twice is done once. Raises EscalationInvalid, EscalationNotFound, NotYoursToWaive,
    EscalationDone."""
    note = note.strip()
    if not note or len(note) > LONGEST_NOTE:
        raise EscalationInvalid(fields={"note": _("Say why, in at most 300 characters.")})
    due = _locked(id, by.scope)
    if due is None:
        return _known(id, note, by)
    if not policy.may_issue_paper(by, {due.community}):
        raise NotYoursToWaive
    _write([due], by, timezone.now(), waived=True, note=note)
    return Escalation.objects.get(pk=due.id)


def taken(paper: Paper, escalation: UUID | None = None) -> None:
    """In the transaction that issues the paper, when its cases are set: whatever was due of its
    rung for its cases, or its company, is done with. With `escalation` it is issued for that
    one: raises EscalationDone where another was faster, or it is not due."""
    rung = _RUNGS.get(PaperKind(paper.kind))
    if rung is None or paper.issued_by is None:
        if escalation:
            raise EscalationDone(paper=None)
        return
    cases = _lock(paper.cases.values_list("pk", flat=True), paper.company_id)
    due = [
        each
        for each in ladder.due_of(rung, cases)
        if each.case in cases or each.company == paper.company_id
    ]
    if escalation and not any(_is(each, escalation) for each in due):
        raise EscalationDone(paper=None)
    _write(due, paper.issued_by, paper.issued_at, paper=paper)


def _locked(id: UUID, scope: Scope) -> Due | None:
    """As it stands once nobody else can do with it."""
    due = _find(id, scope)
    if due is None:
        return None
    _lock([due.case] if due.case else (), due.company)
    return _find(id, scope)


def _find(id: UUID, scope: Scope) -> Due | None:
    return next((each for each in ladder.due_now(scope) if _is(each, id)), None)


def _is(due: Due, id: UUID) -> bool:
    return any(reason.id == id for reason in due.reasons)


def _lock(cases: Iterable[UUID], company: int | None) -> set[UUID]:
    """In one order everywhere, so that two never wait for each other."""
    rows = Case.objects.select_for_update(no_key=True).filter(pk__in=list(cases))
    locked = set(rows.order_by("pk").values_list("pk", flat=True))
    if company is not None:
        companies = PropertyCompany.objects.select_for_update(no_key=True)
        list(companies.filter(pk=company).values_list("pk"))
    return locked


def _known(id: UUID, note: str, by: User) -> Escalation:
    rows = Escalation.objects.filter(pk=id)
    row = (rows if by.scope.everything else rows.filter(community__in=by.scope.communities)).first()
    if row is None:
        raise EscalationNotFound
    if not (row.waived and row.note == note and row.by_id == by.pk):
        raise EscalationDone(paper=row.paper_id and str(row.paper_id))
    return row


def _write(
    due: Iterable[Due],
    by: User,
    now: datetime,
    *,
    paper: Paper | None = None,
    waived: bool = False,
    note: str = "",
) -> None:
    """What an earlier paper that is void now was issued for is told of this one."""
    Escalation.objects.bulk_create(
        [
            Escalation(
                id=reason.id,
                rung=each.rung,
                rule=reason.rules[0],
                community_id=each.community,
                case_id=each.case,
                company_id=each.company,
                met_at=reason.met_at,
                reason=ladder.kept(each),
                paper=paper,
                waived=waived,
                note=note,
                by=by,
                at=now,
            )
            for each in due
            for reason in each.reasons
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["rule", "reason", "paper", "waived", "note", "by", "at"],
    )
