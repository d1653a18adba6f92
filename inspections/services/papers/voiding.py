"""作废: a paper that was issued stays, with its number, and is of no force."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections import policy
from inspections.errors import NotYoursToIssue, PaperInvalid, PaperIsVoid
from inspections.models import Paper
from inspections.services.papers.jobs import defer_rendering
from people.models import User

LONGEST_REASON = 300


@transaction.atomic
def void(*, paper: Paper, reason: object, by: User) -> Paper:
    """Its files are made anew and say so on every page. The same again changes nothing.

    Raises NotYoursToIssue, PaperInvalid or PaperIsVoid.
    """
    if not policy.may_issue_paper(by, {paper.community_id}):
        raise NotYoursToIssue
    told = reason.strip() if isinstance(reason, str) else ""
    if not told or len(told) > LONGEST_REASON or "\0" in told:
        raise PaperInvalid(fields={"reason": _("Say why, in at most %d characters.") % 300})
    paper = Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    if paper.voided_at:
        if paper.void_reason != told:
            raise PaperIsVoid(since=paper.voided_at)
        return paper
    mark_void(paper, told, by)
    return paper


def mark_void(paper: Paper, reason: str, by: User) -> None:
    """Of a row that is locked."""
    paper.voided_at, paper.voided_by, paper.void_reason = timezone.now(), by, reason
    paper.pdf = paper.docx = paper.problem = ""
    paper.rendered_at = None
    paper.save(
        update_fields=[
            "voided_at",
            "voided_by",
            "void_reason",
            "pdf",
            "docx",
            "problem",
            "rendered_at",
        ]
    )
    defer_rendering(paper)
