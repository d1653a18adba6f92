"""Papers as a person is told of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from inspections import policy
from inspections.models import Paper, Photo
from inspections.services.papers import FORMS, Draft, told_of
from people.models import User

WITH = ("series", "community", "estate", "company", "issued_by", "voided_by", "delivered_by")


def several(user: User, papers: Iterable[Paper]) -> list[dict[str, Any]]:
    rows = list(papers)
    cases = _by_paper(Paper.cases.through.objects.filter(paper__in=rows), "case_id")
    photos = _by_paper(Photo.objects.filter(paper__in=rows).order_by("taken_at", "pk"), "pk")
    after = dict(
        Paper.objects.filter(reissues__in=rows).order_by("issued_at").values_list("reissues", "pk")
    )
    return [
        _one(user, each, cases.get(each.pk, []), photos.get(each.pk, []), after.get(each.pk))
        for each in rows
    ]


def whole(user: User, paper: Paper) -> dict[str, Any]:
    (told,) = several(user, [paper])
    asked = None
    if policy.may_issue_paper(user, {paper.community_id}):
        asked = {"edits": paper.data["edits"], "officers": paper.data["officers"]}
    return told | {"says": paper.data["sheet"], "asked": asked}


def of_draft(draft: Draft, number: str, says: dict[str, Any]) -> dict[str, Any]:
    form = FORMS[draft.wish.kind]
    return {
        "kind": draft.wish.kind,
        "number": number,
        "says": says,
        "entries": [
            {
                "name": each.name,
                "title": str(each.label),
                "type": each.type,
                "needed": each.needed,
                "most": each.most,
            }
            for each in form.entries
            if each.name != "addressee" or not draft.matter.addressee.name
        ],
        "edits": told_of(draft.edits),
        "officers": form.officers,
        "inspectors": list(draft.matter.inspectors),
        "addressee": {
            "name": draft.matter.addressee.name,
            "credit_code": draft.matter.addressee.credit_code,
        },
        "faults": [
            {
                "id": each.id,
                "case": each.case,
                "case_number": each.case_number,
                "place": each.place,
                "what": each.what,
                "code": each.code,
                "basis": each.basis,
                "severity": each.severity,
                "photos": [
                    {"id": shot.id, "taken_at": shot.taken_at}
                    for shot in (*each.shots, *each.after)
                ],
                "waiting": each.waiting,
            }
            for each in draft.matter.faults
        ],
        "wrong": draft.wrong,
    }


def _one(
    user: User, paper: Paper, cases: list[UUID], photos: list[UUID], after: UUID | None
) -> dict[str, Any]:
    named = policy.sees_names(user)
    return {
        "id": paper.pk,
        "kind": paper.kind,
        "number": str(paper),
        "title": paper.data["sheet"]["title"],
        "year": paper.year,
        "community": paper.community_id,
        "community_name": paper.community.name if paper.community else None,
        "estate": paper.estate_id,
        "estate_name": paper.estate.name if paper.estate else None,
        "company": paper.company_id,
        "company_name": paper.company.name if paper.company else None,
        "cases": cases,
        "issued_at": paper.issued_at,
        "issued_by": str(paper.issued_by or _("the system, by itself")) if named else "",
        "reissues": paper.reissues_id,
        "reissued_as": after,
        "voided_at": paper.voided_at,
        "delivered_at": paper.delivered_at,
        "void": paper.voided_at
        and {
            "at": paper.voided_at,
            "by": str(paper.voided_by) if named else "",
            "reason": paper.void_reason,
        },
        "delivery": paper.delivered_at
        and {
            "how": paper.delivery,
            "at": paper.delivered_at,
            "by": str(paper.delivered_by) if named else "",
            "receiver": paper.receiver,
            "refusal": paper.refusal,
            "photos": photos,
        },
        "rendered_at": paper.rendered_at,
        "pages": paper.pages,
        "problem": paper.problem,
        "pdf": reverse("paper-pdf", args=[paper.pk]) if paper.rendered_at else None,
        "docx": reverse("paper-docx", args=[paper.pk]) if paper.rendered_at else None,
        "may": _may(user, paper, reissued=after is not None),
    }


def _may(user: User, paper: Paper, *, reissued: bool) -> list[str]:
    may = []
    if policy.may_issue_paper(user, {paper.community_id}):
        may += [] if paper.voided_at else ["void"]
        may += [] if reissued else ["reissue"]
    if not paper.voided_at and policy.may_deliver_paper(user, paper.community_id):
        may.append("deliver")
    elif not paper.voided_at and not paper.delivered_at:
        may += ["confirm"] if policy.may_confirm_paper(user, paper.company_id) else []
    return may


def _by_paper(rows: Any, column: str) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for paper, value in rows.values_list("paper_id", column):
        found.setdefault(paper, []).append(value)
    return found
