"""The sheet that says what the book holds: of whom, by which filter, as of when."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from geo.models import Community, Estate, PropertyCompany
from inspections import kinds, policy
from inspections.case_filter import CaseFilter
from inspections.models import Source
from inspections.models.findings import SEVERITIES
from inspections.reports.ledger.words import STATES
from inspections.workflow import State
from people.models import Unit, User


def about(user: User, wanted: CaseFilter, now: datetime, n: int) -> Iterator[tuple[str, Any]]:
    yield _("as of"), now.replace(second=0, microsecond=0)
    yield _("made for"), str(user)
    yield _("cases"), n
    asked = list(_asked(user, wanted))
    yield from asked
    if not asked:
        yield _("filter"), _("none: all that the reader sees")


def _asked(user: User, wanted: CaseFilter) -> Iterator[tuple[str, Any]]:
    statuses = {
        "open": _("open"),
        "ended": _("ended"),
        "overdue": _("overdue"),
        "late": _("late in its step"),
    }
    titles = {kind.slug: kind.title_zh for kind in kinds.all()}
    for label, words in (
        (_("state"), [str(STATES[State(each)]) for each in wanted.states]),
        (_("status"), [statuses[wanted.status]] if wanted.status else []),
        (_("source"), [str(dict(Source.choices)[each]) for each in wanted.sources]),
        (_("severity"), [str(dict(SEVERITIES)[each]) for each in wanted.severities]),
        (_("kind of inspection"), [titles.get(each, each) for each in wanted.kinds]),
        (_("item code"), wanted.items),
        (_("community"), _names(Community.objects.visible_to(user), wanted.communities)),
        (_("estate"), _names(Estate.objects.visible_to(user), wanted.estates)),
        (_("property company"), _names(_companies(user), wanted.companies)),
        (_("responsible unit"), _names(Unit.objects.all(), wanted.units)),
        (_("case number"), [str(each) for each in wanted.numbers]),
        (_("search"), [wanted.q] if wanted.q else []),
        (_("in one's own hand"), [_("yes")] if wanted.mine else []),
        (
            _("with late moves to be decided"),
            [] if wanted.undecided is None else [_("yes") if wanted.undecided else _("no")],
        ),
    ):
        if words:
            yield label, "、".join(words)
    if wanted.since:
        yield _("found from"), wanted.since
    if wanted.until:
        yield _("found until"), wanted.until


def _companies(user: User) -> Any:
    if policy.sees_names(user):
        return PropertyCompany.objects.all()
    return PropertyCompany.objects.filter(pk__in=user.scope.companies)


def _names(rows: Any, ids: tuple[int, ...]) -> list[str]:
    """Of those that the reader knows; of others the number that was asked for."""
    known = dict(rows.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return [known.get(each, str(each)) for each in ids]
