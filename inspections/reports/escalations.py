"""The ladder of escalation as it is told: what is due now, and what was done with last."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from geo.models import Community, PropertyCompany
from geo.scope import Scope
from inspections import ladder
from inspections.ladder import Due
from inspections.models import Case, Escalation

MOST_DUE, MOST_DONE = 500, 100
_JOINED = ("estate", "community", "company", "estate__company")


def escalations_told(scope: Scope, case: UUID | None = None) -> dict[str, Any]:
    """In as many questions to the database however many are due; with `case`, of it alone."""
    due = [each for each in ladder.due_now(scope) if case is None or each.case == case]
    done = Escalation.objects.order_by("-at", "id").select_related(
        "community", "company", "paper__series", "by", *(f"case__{name}" for name in _JOINED)
    )
    if not scope.everything:
        done = done.filter(community__in=scope.communities)
    if case is not None:
        done = done.filter(case=case)
    return {
        "count": len(due),
        "due": _due_told(due[:MOST_DUE]),
        "done": [escalation_told(row) for row in done[:MOST_DONE]],
    }


def escalations_due(scope: Scope) -> int:
    return len(ladder.due_now(scope))


def escalation_told(row: Escalation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "rung": row.rung,
        **_of_whom(row.case, row.community, row.company),
        "met_at": row.met_at,
        "reason": row.reason,
        "at": row.at,
        "by_name": str(row.by),
        "waived": row.waived,
        "note": row.note,
        "paper": row.paper_id,
        "paper_number": str(row.paper) if row.paper else "",
    }


def _due_told(due: Sequence[Due]) -> list[dict[str, Any]]:
    cases = Case.objects.select_related(*_JOINED).in_bulk([each.case for each in due if each.case])
    companies = PropertyCompany.objects.in_bulk([each.company for each in due if each.company])
    communities = Community.objects.in_bulk({each.community for each in due})
    return [
        {
            "id": each.id,
            "rung": each.rung,
            **_of_whom(
                cases.get(each.case) if each.case else None,
                communities[each.community],
                companies.get(each.company) if each.company else None,
            ),
            "reasons": [
                {
                    "triggers": [rule.trigger for rule in reason.rules],
                    "met_at": reason.met_at,
                    "says": ladder.said(reason),
                }
                for reason in each.reasons
            ],
        }
        for each in due
    ]


def _of_whom(
    case: Case | None, community: Community, company: PropertyCompany | None
) -> dict[str, Any]:
    """Of a case the company is whose hands it is in; before that, the estate's."""
    if case is not None:
        company = case.company or (case.estate.company if case.estate else None)
    return {
        "case": case and case.pk,
        "number": case and case.number,
        "title": case.title if case else "",
        "severity": case and case.severity,
        "estate_name": case.estate.name if case and case.estate else "",
        "community": community.pk,
        "community_name": community.name,
        "company": company and company.pk,
        "company_name": company.name if company else "",
    }
