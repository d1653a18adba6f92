"""A measure as a table: all in one number, and by places, by what was found, or by time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geo.models import Community, PropertyCompany
from geo.scope import Scope
from inspections import kinds
from inspections.honest import intervals
from inspections.models.findings import SEVERITIES
from inspections.overview import frames
from inspections.overview.asked import Asked
from inspections.overview.counted import counted, inspected, together
from inspections.overview.places import Place, asked_kinds, places
from inspections.overview.steps import STEPS

BY = ("estate", "community", "kind", "item", "severity", "company", *STEPS)


# How many, and of how many; None for a count.
Count = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Row:
    """`of`: what it is a rate of; None for a count."""

    key: Any
    name: str
    name_en: str
    n: int
    of: int | None
    looked: bool


def figures(scope: Scope, asked: Asked, by: str) -> dict[str, Any]:
    """As `GET /api/v1/overview/figures/` tells it, without what belongs to the request."""
    table = _Table(scope, asked)
    rows, total = table.by_time(by) if by in STEPS else table.by_key(by)
    return {
        "measure": asked.defined.told(),
        "by": by,
        "total": valued(asked, [total])[0],
        "rows": [
            {
                "key": row.key,
                "name": row.name,
                "name_en": row.name_en,
                **told,
                "looked": row.looked,
            }
            for row, told in zip(
                rows, valued(asked, [(each.n, each.of) for each in rows]), strict=True
            )
        ],
    }


def valued(asked: Asked, counts: list[tuple[int, int | None]]) -> list[dict[str, Any]]:
    """With the value and its interval: none where there is nothing to divide by, or of a count,
    which is what it is."""
    low, high = intervals.poisson([n for n, _ in counts])
    told = []
    for (n, of), lowest, highest in zip(counts, low, high, strict=True):
        by = asked.defined.times / of if of else None
        value = n * by if by else None if of == 0 else n
        ends = (float(lowest) * by, float(highest) * by) if by else (None, None)
        rounded = [each if each is None else round(each, 6) for each in (value, *ends)]
        told.append(dict(zip(("value", "low", "high"), rounded, strict=True)) | {"n": n, "of": of})
    return told


class _Table:
    def __init__(self, scope: Scope, asked: Asked) -> None:
        self.scope = scope
        self.asked = asked
        self.places = places(scope, asked)
        self.per = asked.defined.per

    def by_key(self, by: str) -> tuple[list[Row], Count]:
        """With all in one: of these keys everything has exactly one."""
        in_places = by in ("estate", "community", "company")
        of_by = (by if in_places else "kind") if self.per == "inspection" else ""
        n, of, seen = together(self.scope, self.asked, by, of_by, look=in_places)
        rows = self._of_places(by, n, of, seen) if in_places else self._of_what(by, n, of)
        return rows, (sum(n.values()), self._divided_by(of))

    def by_time(self, step: str) -> tuple[list[Row], Count]:
        told = frames.series(self.scope, self.asked, step)
        rows = [
            Row(each.key, each.since.isoformat(), "", n, of, looked) for each, n, of, looked in told
        ]
        of = inspected(self.scope, self.asked) if self.per == "inspection" else {}
        n = counted(self.scope, self.asked).get((), 0)
        return rows, (n, self._divided_by(of))

    def _divided_by(self, of: Mapping[Any, int]) -> int | None:
        return sum(of.values()) if self.per == "inspection" else self._households(self.places)

    def _of_places(
        self, by: str, n: Mapping[Any, int], of: Mapping[Any, int], seen: set[int]
    ) -> list[Row]:
        groups: dict[Any, list[Place]] = {}
        for place in self.places:
            key = {"estate": place.id, "community": place.community, "company": place.company}[by]
            if place.current or n.get(key) or of.get(key):
                groups.setdefault(key, []).append(place)
        names = self._names(by, groups)
        return [
            Row(
                key,
                *names.get(key, ("", "")),
                n.get(key, 0),
                of.get(key, 0) if self.per == "inspection" else self._households(group),
                any(place.id in seen for place in group),
            )
            for key, group in groups.items()
        ]

    def _names(self, by: str, keys: Iterable[Any]) -> dict[Any, tuple[str, str]]:
        if by == "estate":
            return {place.id: (place.name, "") for place in self.places}
        if by == "community":
            rows = Community.objects.filter(pk__in=keys)
            return {pk: (zh, en) for pk, zh, en in rows.values_list("pk", "name", "name_en")}
        companies = PropertyCompany.objects.filter(pk__in=[key for key in keys if key])
        named = {pk: (name, "") for pk, name in companies.values_list("pk", "name")}
        return {None: ("无物业公司", "no property company"), **named}

    def _of_what(self, by: str, n: Mapping[Any, int], of: Mapping[Any, int]) -> list[Row]:
        """By kind, item or severity: all that could be found, and what was found by a wording of
        then. `of` are inspections by kind."""
        told = []
        for key, zh, en, kind in self._what(by, n):
            of_key: int | None = self._households(self.places)
            if self.per == "inspection":
                of_key = of.get(kind, 0) if kind else sum(of.values())
            told.append(Row(key, zh, en, n.get(key, 0), of_key, True))
        return told

    def _what(self, by: str, n: Mapping[Any, int]) -> list[tuple[Any, str, str, str]]:
        """Key, its names, and the kind it belongs to."""
        if by == "severity":
            wanted = self.asked.severities or tuple(each for each, _ in SEVERITIES)
            return [(each, *_SEVERITY[each], "") for each in wanted]
        known = [kind for kind in kinds.all() if kind.slug in asked_kinds(self.asked)]
        if by == "kind":
            named = {kind.slug: (kind.title_zh, kind.title_en) for kind in known}
            slugs = [*asked_kinds(self.asked), *sorted(n.keys() - set(asked_kinds(self.asked)))]
            return [(slug, *named.get(slug, (slug, slug)), slug) for slug in slugs]
        items = {
            item.code: (item.code, item.zh, item.en, kind.slug)
            for kind in known
            for item in kind.items
            if item.code in n
            or (not item.retired and (not self.asked.items or item.code in self.asked.items))
        }
        return [
            *items.values(),
            *((code, code, code, "") for code in sorted(n.keys() - items.keys())),
        ]

    def _households(self, group: Iterable[Place]) -> int | None:
        return sum(place.households for place in group) if self.per == "household" else None


_SEVERITY = {
    1: ("紧急", "immediate danger"),
    2: ("较重", "serious"),
    3: ("一般", "ordinary"),
}
