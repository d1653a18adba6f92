"""What a paper would say, before it has a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from geo.models import Community
from geo.scope import EVERYTHING
from inspections import policy
from inspections.errors import CaseNotFound, CommunityNotFound, NotYoursToIssue, PaperInvalid
from inspections.models import Case, Series
from inspections.papers.sheet import Sheet
from inspections.services.papers.forms import Composing, Officer
from inspections.services.papers.matters import Matter, matter_of, office_matter
from inspections.services.papers.reading import PaperWish, filled, missing_officers
from inspections.workflow import State
from people.models import User

LANGUAGE = "zh-hans"
# Nothing is written to anybody about these.
_GONE = frozenset({State.JOINED, State.VOID, State.REJECTED})


@dataclass(frozen=True, slots=True)
class Draft:
    """`wrong`: what is wrong or missing, by field; with any of it nothing is issued."""

    wish: PaperWish
    matter: Matter
    edits: Mapping[str, Any]
    wrong: Mapping[str, str]
    figures: Mapping[str, Any]
    by_itself: bool
    replaces: str = ""

    @property
    def officers(self) -> tuple[Officer, ...]:
        return self.wish.officers

    def sheet(self, number: str, at: datetime) -> Sheet:
        with translation.override(LANGUAGE):
            return self.wish.form.sheet(
                Composing(
                    matter=self.matter,
                    edits=self.edits,
                    officers=self.officers,
                    number=number,
                    on=timezone.localdate(at),
                    replaces=self.replaces,
                    figures=self.figures,
                    by_itself=self.by_itself,
                )
            )


@transaction.atomic
def draft(*, wish: PaperWish, by: User | None, replaces: str = "") -> Draft:
    """`by` is None of what is issued by itself. Raises CaseNotFound, CommunityNotFound,
    NotYoursToIssue or PaperInvalid."""
    community = _community(wish, by)
    cases = _cases(wish, by)
    concerned: set[int | None] = {each.community_id for each in cases}
    if not cases:
        concerned = {community.pk if community else None}
    if by and not policy.may_issue_paper(by, concerned):
        raise NotYoursToIssue
    with translation.override(LANGUAGE):
        matter = (
            matter_of(cases, with_checks=wish.form.with_checks)
            if cases
            else office_matter(community)
        )
    _check_common(wish, matter)
    now = timezone.now()
    with translation.override(LANGUAGE):
        defaults = wish.form.defaults(matter, now)
    if "contact" in defaults:
        defaults["contact"] = str(by)
    edits, wrong = filled(wish, matter, defaults)
    scope = by.scope if by else EVERYTHING
    counted = wish.form.figures
    told = counted(scope, edits["month"], community) if counted else {}
    return Draft(
        wish=wish,
        matter=matter,
        edits=edits,
        wrong=wrong | missing_officers(wish),
        figures=told,
        by_itself=by is None,
        replaces=replaces,
    )


def unnumbered(kind: str, at: datetime) -> str:
    """As the number will be told, but for itself."""
    series = Series.objects.filter(kind=kind, retired_at=None).first()
    return f"{series or ''}〔{timezone.localdate(at).year}〕　号"


def _community(wish: PaperWish, by: User | None) -> Community | None:
    if wish.community is None:
        return None
    found = Community.objects.visible_to(by).filter(pk=wish.community).first()
    if found is None:
        raise CommunityNotFound(communities=[wish.community])
    return found


def _cases(wish: PaperWish, by: User | None) -> list[Case]:
    found = list(Case.objects.visible_to(by).filter(pk__in=wish.cases))
    if len(found) < len(wish.cases):
        raise CaseNotFound
    if wish.form.of and not found:
        raise PaperInvalid(fields={"cases": _("Choose one case or more.")})
    if not wish.form.of and found:
        raise PaperInvalid(fields={"cases": _("This kind of paper is about no single case.")})
    gone = [each.number for each in found if each.state in _GONE]
    if gone:
        numbers = ", ".join(map(str, gone))
        raise PaperInvalid(fields={"cases": _("Of no force any more: %s.") % numbers})
    return found


def _check_common(wish: PaperWish, matter: Matter) -> None:
    if wish.form.of == "estate" and matter.estate is None:
        raise PaperInvalid(fields={"cases": _("All cases of this paper are of one estate.")})
    unseen = [each.case_number for each in matter.faults if not each.result]
    if wish.form.with_checks and unseen:
        numbers = ", ".join(map(str, dict.fromkeys(unseen)))
        raise PaperInvalid(fields={"cases": _("Not looked at again yet: %s.") % numbers})
    if wish.form.of and not matter.one_addressee:
        raise PaperInvalid(
            fields={"cases": _("All cases of this paper are of one company, or of one unit.")}
        )
