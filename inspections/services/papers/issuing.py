"""Issuing a paper: its number and all that it says are written in one transaction, and with them
the job that makes its files. A number that is taken has its paper; one that is not, is next."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections import policy
from inspections.errors import (
    NoSeries,
    NotYoursToIssue,
    PaperInvalid,
    PaperIssuedDifferently,
    PaperReissued,
)
from inspections.models import Case, Paper, Series
from inspections.papers.numbers import number_said
from inspections.services import content, escalations
from inspections.services.papers.drafting import Draft, draft
from inspections.services.papers.jobs import defer_rendering
from inspections.services.papers.reading import PaperWish, told_of
from inspections.services.papers.voiding import mark_void
from people.models import User

# Of the layout in inspections.papers.
TEMPLATE = 1
_TAKE = """
INSERT INTO inspections_lastnumber (series_id, year, number) VALUES (%s, %s, 1)
    ON CONFLICT (series_id, year) DO UPDATE SET number = inspections_lastnumber.number + 1
RETURNING number
"""


@dataclass(frozen=True, slots=True)
class Issued:
    paper: Paper
    new: bool


def issue(*, id: UUID, told: Mapping[str, Any], wish: PaperWish, by: User | None) -> Issued:
    """The same asked again is answered by the same paper. `by` is None of a bulletin that is issued
    by itself.

    Raises as `draft` does, PaperInvalid for what is missing, NoSeries, PaperIssuedDifferently,
    PaperReissued, and EscalationDone.
    """
    digest = sha256(content.canonical(dict(told))).hexdigest()
    known = _known(id, digest, by)
    if known:
        return Issued(known, new=False)
    try:
        return _issued(id, digest, wish, by)
    except IntegrityError:
        # Somebody was faster with this id, about something else.
        known = _known(id, digest, by)
        if known is None:
            raise
        return Issued(known, new=False)


@transaction.atomic
def _issued(id: UUID, digest: str, wish: PaperWish, by: User | None) -> Issued:
    _hold(wish, by)
    old = _old(wish, by)
    made = draft(wish=wish, by=by, replaces=str(old or ""))
    if made.wrong:
        raise PaperInvalid(fields=dict(made.wrong))
    # The last of all, so that nobody waits for what could be read before.
    series = Series.objects.select_for_update(no_key=True)
    used = series.filter(kind=wish.kind, retired_at=None).first()
    if used is None:
        raise NoSeries(kind=wish.kind)
    # Of two at once with the same id, the second finds the first's here.
    known = _known(id, digest, by)
    if known:
        return Issued(known, new=False)
    paper = _write(id, digest, made, used, old, by)
    escalations.taken(paper, wish.escalation)
    return Issued(paper, new=True)


def _hold(wish: PaperWish, by: User | None) -> None:
    """Nobody moves its cases while it is written what they are; before the series, so that who
    issues something else never waits for who moves a case."""
    rows = Case.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk__in=wish.cases).order_by("pk").values_list("pk"))


def _known(id: UUID, digest: str, by: User | None) -> Paper | None:
    known = Paper.objects.select_related("series").filter(pk=id).first()
    if known is None:
        return None
    if known.content_sha256 != digest or known.issued_by_id != (by and by.pk):
        raise PaperIssuedDifferently
    return known


def _old(wish: PaperWish, by: User | None) -> Paper | None:
    """The paper in whose place this one is issued: locked, so that only one is."""
    if wish.reissues is None or by is None:
        return None
    rows = Paper.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    old = rows.select_related("series").filter(pk=wish.reissues, kind=wish.kind).first()
    if old is None:
        raise PaperInvalid(fields={"reissues": "?"})
    if not policy.may_issue_paper(by, {old.community_id}):
        raise NotYoursToIssue
    other = old.reissued_as.first()
    if other is not None:
        raise PaperReissued(paper=str(other.pk))
    return old


def _write(
    id: UUID, digest: str, made: Draft, series: Series, old: Paper | None, by: User | None
) -> Paper:
    # Under the lock: numbers of a year follow one another as their moments do.
    now = timezone.now()
    year = timezone.localdate(now).year
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [series.pk, year])
        ((number,),) = cursor.fetchall()
    matter = made.matter
    paper = Paper(
        id=id,
        kind=series.kind,
        series=series,
        year=year,
        number=number,
        community=matter.community,
        estate=matter.estate,
        company=matter.company,
        data={
            "sheet": made.sheet(number_said(series.code, year, number), now).told(),
            "edits": told_of(made.edits),
            "officers": [{"name": each.name, "number": each.number} for each in made.officers],
            "faults": [_fault(each) for each in matter.faults],
            "demonstration": matter.demonstration,
        },
        template=TEMPLATE,
        content_sha256=digest,
        issued_at=now,
        issued_by=by,
        reissues=old,
    )
    paper.save(force_insert=True)
    paper.cases.set(matter.cases)
    if old and by and not old.voided_at:
        mark_void(old, _("Issued anew as %s.") % paper, by)
    defer_rendering(paper)
    return paper


def _fault(fault: Any) -> dict[str, Any]:
    return {
        "id": str(fault.id),
        "case": str(fault.case),
        "item": fault.code,
        "severity": fault.severity,
        "result": fault.result,
    }
