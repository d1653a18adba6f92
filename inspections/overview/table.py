"""A measure as a table to take away, CSV or XLSX: the same rows and numbers as on the page."""

from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from django.utils import timezone
from django.utils.translation import get_language, pgettext

from geo.models import Community, Estate, PropertyCompany
from geo.scope import Scope
from inspections import kinds
from inspections.models.findings import SEVERITIES
from inspections.overview.asked import Asked
from inspections.overview.figures import figures
from inspections.reports import text_table, workbook
from inspections.reports.workbook import Cell, Sheet

Line = list[Cell]


class Table(NamedTuple):
    """`version` is of the data that it is made from, and stands on it, with day and filter."""

    scope: Scope
    asked: Asked
    by: str
    version: str

    def write_xlsx(self, file: IO[bytes]) -> None:
        about = [(pgettext("ledger", "what"), 24.0), (pgettext("ledger", "told"), 90.0)]
        sheets = [
            Sheet(self._title, self._head(), self._lines()),
            Sheet(pgettext("measure", "about this table"), about, self._about(), filtered=False),
        ]
        workbook.write(file, sheets)

    def write_csv(self, file: IO[bytes]) -> None:
        """What is said about it comes after an empty line."""

        def lines() -> Iterator[Line]:
            yield from self._lines()
            yield []
            yield from self._about()

        text_table.write(file, [title for title, _ in self._head()], lines())

    @property
    def _title(self) -> str:
        return self._in_words("title")

    def _in_words(self, name: str) -> str:
        chinese = (get_language() or "zh").startswith("zh")
        return str(getattr(self.asked.defined, f"{name}_{'zh' if chinese else 'en'}"))

    def _head(self) -> list[tuple[str, float]]:
        return [
            (pgettext("measure", "key"), 14.0),
            (pgettext("measure", "name"), 28.0),
            (f"{self._title} ({self._in_words('unit')})", 22.0),
            (pgettext("measure", "number"), 10.0),
            (pgettext("measure", "divided by"), 12.0),
            (pgettext("measure", "95 %: from"), 12.0),
            (pgettext("measure", "95 %: to"), 12.0),
            (pgettext("measure", "looked at in time"), 14.0),
        ]

    def _lines(self) -> Iterator[Line]:
        told = figures(self.scope, self.asked, self.by)
        yes, no = pgettext("ledger", "yes"), pgettext("ledger", "no")
        chinese = (get_language() or "zh").startswith("zh")
        for row in told["rows"]:
            name = row["name"] if chinese else row["name_en"] or row["name"]
            yield [row["key"], name, *_numbers(row), yes if row["looked"] else no]
        yield [None, pgettext("measure", "in all"), *_numbers(told["total"]), None]

    def _about(self) -> Iterator[Line]:
        asked = self.asked
        moment = timezone.localtime(asked.at).replace(second=0, microsecond=0)
        yield [pgettext("ledger", "as of"), moment]
        yield [pgettext("measure", "what it is"), self._in_words("says")]
        yield [pgettext("measure", "data version"), self.version]
        if asked.since:
            yield [pgettext("ledger", "found from"), asked.since]
        if asked.until:
            yield [pgettext("ledger", "found until"), asked.last_day]
        for label, words in self._filters():
            if words:
                yield [label, "、".join(map(str, words))]

    def _filters(self) -> Iterator[tuple[str, Any]]:
        asked = self.asked
        chinese = (get_language() or "zh").startswith("zh")
        titles = {kind.slug: kind.title_zh if chinese else kind.title_en for kind in kinds.all()}
        severities = dict(SEVERITIES)
        yield (
            pgettext("ledger", "kind of inspection"),
            [titles.get(slug, slug) for slug in asked.kinds],
        )
        yield pgettext("ledger", "item code"), asked.items
        yield pgettext("ledger", "severity"), [severities[n] for n in asked.severities]
        for label, model, ids in (
            (pgettext("ledger", "community"), Community, asked.communities),
            (pgettext("ledger", "estate"), Estate, asked.estates),
            (pgettext("ledger", "property company"), PropertyCompany, asked.companies),
        ):
            # Of those that the reader knows; of others the number that was asked for.
            rows: Any = model.objects.visible_in(self.scope)
            known = dict(rows.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
            yield label, [known.get(each, each) for each in ids]


def _numbers(told: dict[str, Any]) -> list[Cell]:
    return [told[name] for name in ("value", "n", "of", "low", "high")]
