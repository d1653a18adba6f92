"""The sheet that says what the book holds: of whom, by which filter, as of when."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from geo.models import Community, Estate, PropertyCompany
from inspections import kinds, policy
from inspections.case_filter import CaseFilter
from inspections.models import Source
from inspections.models.findings import SEVERITIES
from inspections.models.words import SOURCES, STATES
from inspections.workflow import State
from people.models import Unit, User


def about(user: User, wanted: CaseFilter, now: datetime, n: int) -> Iterator[tuple[str, Any]]:
    yield pgettext("ledger", "as of"), now.replace(second=0, microsecond=0)
    yield pgettext("ledger", "made for"), str(user)
    yield pgettext("ledger", "cases"), n
    asked = list(_asked(user, wanted))
    yield from asked
    if not asked:
        yield pgettext("ledger", "filter"), pgettext("ledger", "none: all that the reader sees")


def _asked(user: User, wanted: CaseFilter) -> Iterator[tuple[str, Any]]:
    for label, words in (*_of_cases(wanted), *_of_places(user, wanted), *_of_readers(wanted)):
        if words:
            yield label, "、".join(map(str, words))
    if wanted.since:
        yield pgettext("ledger", "found from"), wanted.since
    if wanted.until:
        yield pgettext("ledger", "found until"), wanted.until


def _of_cases(wanted: CaseFilter) -> Iterator[tuple[str, Sequence[Any]]]:
    statuses = {
        "open": pgettext("ledger", "open"),
        "ended": pgettext("ledger", "ended"),
        "overdue": pgettext("ledger", "overdue"),
        "late": pgettext("ledger", "late in its step"),
        "lapsed": pgettext("ledger", "put aside until a day that is over"),
    }
    titles = {kind.slug: kind.title_zh for kind in kinds.all()}
    severities = dict(SEVERITIES)
    yield pgettext("ledger", "state"), [STATES[State(each)] for each in wanted.states]
    yield pgettext("ledger", "status"), [statuses[wanted.status]] if wanted.status else []
    yield pgettext("ledger", "source"), [SOURCES[Source(each)] for each in wanted.sources]
    yield pgettext("ledger", "severity"), [severities[each] for each in wanted.severities]
    yield (
        pgettext("ledger", "kind of inspection"),
        [titles.get(each, each) for each in wanted.kinds],
    )
    yield pgettext("ledger", "item code"), wanted.items
    yield pgettext("ledger", "case number"), wanted.numbers


def _of_places(user: User, wanted: CaseFilter) -> Iterator[tuple[str, Sequence[Any]]]:
    communities, estates = Community.objects.visible_to(user), Estate.objects.visible_to(user)
    yield pgettext("ledger", "community"), _names(communities, wanted.communities)
    yield pgettext("ledger", "estate"), _names(estates, wanted.estates)
    yield pgettext("ledger", "property company"), _names(_companies(user), wanted.companies)
    yield pgettext("ledger", "responsible unit"), _names(Unit.objects.all(), wanted.units)


def _of_readers(wanted: CaseFilter) -> Iterator[tuple[str, Sequence[Any]]]:
    yes, no = pgettext("ledger", "yes"), pgettext("ledger", "no")
    yield pgettext("ledger", "search"), [wanted.q] if wanted.q else []
    yield pgettext("ledger", "in one's own hand"), [yes] if wanted.mine else []
    waits = [] if wanted.undecided is None else [yes if wanted.undecided else no]
    yield pgettext("ledger", "waits for a decision"), waits


def _companies(user: User) -> Any:
    if policy.sees_names(user):
        return PropertyCompany.objects.all()
    return PropertyCompany.objects.filter(pk__in=user.scope.companies)


def _names(rows: Any, ids: tuple[int, ...]) -> list[str]:
    """Of those that the reader knows; of others the number that was asked for."""
    known = dict(rows.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return [known.get(each, str(each)) for each in ids]
