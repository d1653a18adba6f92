"""What stands on everything that is taken away: of which day it is, what it was narrowed by, of
which data it was made, and when."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeAlias

from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext

from geo.models import Community, Estate, PropertyCompany
from geo.scope import Scope
from inspections import kinds
from inspections.models.findings import SEVERITIES
from inspections.overview.asked import Asked

Line: TypeAlias = tuple[str, str]
# More names than these are told by their number.
_MOST_NAMES = 8


def stamp(scope: Scope, asked: Asked, *, version: str, now: datetime) -> list[Line]:
    """In the active language."""
    return [
        (pgettext("on what is taken away", "As of"), asked.as_of.isoformat()),
        (pgettext("on what is taken away", "Period"), _period(asked.since, asked.last_day)),
        *_filters(scope, asked),
        (pgettext("on what is taken away", "Version of the data"), version),
        (
            pgettext("on what is taken away", "Made at"),
            timezone.localtime(now).strftime("%Y-%m-%d %H:%M"),
        ),
    ]


def _period(since: date | None, until: date) -> str:
    if since is None:
        return gettext("up to %s") % until
    return gettext("%(since)s to %(until)s") % {"since": since, "until": until}


def _filters(scope: Scope, asked: Asked) -> Iterator[Line]:
    """Those that narrow anything; where none does, it says so."""
    chinese = (get_language() or "").startswith("zh")
    every = {kind.slug: kind for kind in kinds.all()}
    items = {item.code: item for kind in every.values() for item in kind.items}

    def kind_named(slug: str) -> str:
        known = every.get(slug)
        return (known.title_zh if chinese else known.title_en) if known else slug

    def item_named(code: str) -> str:
        known = items.get(code)
        return f"{code} {known.zh if chinese else known.en}" if known else code

    severities = {n: str(name) for n, name in SEVERITIES}
    english_name = "name" if chinese else "name_en"
    told = [
        (pgettext("filter", "Kinds"), [kind_named(each) for each in asked.kinds]),
        (pgettext("filter", "Items"), [item_named(each) for each in asked.items]),
        (
            pgettext("filter", "Severity"),
            [severities.get(each, str(each)) for each in asked.severities],
        ),
        (
            pgettext("filter", "Communities"),
            _names(Community.objects.visible_in(scope), asked.communities, english_name),
        ),
        (
            pgettext("filter", "Estates"),
            _names(Estate.objects.visible_in(scope), asked.estates, "name"),
        ),
        (
            pgettext("filter", "Property companies"),
            _names(PropertyCompany.objects.visible_in(scope), asked.companies, "name"),
        ),
    ]
    narrowing = [(name, _joined(names)) for name, names in told if names]
    yield from narrowing or [(pgettext("on what is taken away", "Filters"), gettext("none"))]


def _names(rows: Any, asked: tuple[int, ...], column: str) -> list[str]:
    """What one may not see is told by its number, as it was asked."""
    named = rows.filter(pk__in=asked).only("name", column) if asked else ()
    known = {each.pk: getattr(each, column) or each.name for each in named}
    return [known.get(each, f"#{each}") for each in asked]


def _joined(names: list[str]) -> str:
    shown = pgettext("between names", ", ").join(names[:_MOST_NAMES])
    if len(names) <= _MOST_NAMES:
        return shown
    return gettext("%(names)s and %(more)d more") % {
        "names": shown,
        "more": len(names) - _MOST_NAMES,
    }
