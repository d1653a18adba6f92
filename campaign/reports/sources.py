"""What is known of indicators on a day: one statement for all that was entered, two for all that
stands in ledgers, and one for each other metric that Xuntu counts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from campaign.metrics import METRICS, Counts, Metric, Share, Span
from campaign.metrics.feeding import Facts, read_facts
from campaign.models import Indicator, Value
from campaign.standing import Recurrence, months
from campaign.standing.duties import due_on
from geo.scope import Scope


class Row(NamedTuple):
    """A share of a place; of the whole subdistrict where none is named."""

    community: int | None
    estate: int | None
    company: int | None
    share: Share

    @property
    def is_whole(self) -> bool:
        return self.community is None and self.company is None


# By month; None for what is not asked by month.
ByMonth = dict[date | None, list[Row]]


class Sources:
    def __init__(self, scope: Scope, day: date, indicators: Sequence[Indicator]) -> None:
        self.scope, self.day = scope, day
        self._facts: Facts | None = None
        self._counted: dict[tuple[str, Span | None], Counts] = {}
        self._entered: dict[int, ByMonth] = defaultdict(lambda: defaultdict(list))
        asked = [each.pk for each in indicators if each.metric not in METRICS]
        values = Value.objects.visible_in(scope).filter(indicator__in=asked).counting_on(day)
        for indicator, month, community, estate, company, n, of in values.values_list(
            *("indicator_id", "period", "community_id", "estate_id", "company_id"),
            *("numerator", "denominator"),
        ):
            row = Row(community, estate, company, Share(n, of))
            self._entered[indicator][month].append(row)

    def of(self, indicator: Indicator) -> ByMonth:
        metric = METRICS.get(indicator.metric)
        if metric is None:
            return self._entered[indicator.pk]
        begins_on = indicator.begins_on
        if indicator.recurrence == Recurrence.MONTHLY:
            days: dict[date | None, tuple[date, date]] = {
                month: (max(month, begins_on), min(due_on(month), self.day))
                for month in months(begins_on, self.day)
            }
        else:
            days = {None: (begins_on, self.day)}
        spans = {
            month: self._span(metric, since, until, indicator.action.programme_id)
            for month, (since, until) in days.items()
        }
        self._count(metric, [span for span in spans.values() if span])
        return {month: self._rows(metric, span) for month, span in spans.items()}

    def _span(self, metric: Metric, since: date, until: date, programme: int) -> Span | None:
        """What was done in a month may have been recorded later; how things stood may not."""
        if since > until:
            return None
        return Span(since, until, until if metric.of_moment else self.day, programme)

    def _key(self, metric: Metric, span: Span) -> tuple[str, Span | None]:
        of_now = metric.of_moment and span.until == self.day
        return metric.slug, None if of_now else span

    def _count(self, metric: Metric, spans: Sequence[Span]) -> None:
        """Each that is not known yet."""
        if metric.each is not None:
            told = metric.each(self.scope, spans)
            self._counted |= zip((self._key(metric, span) for span in spans), told, strict=True)
            return
        for span in spans:
            key = self._key(metric, span)
            if key not in self._counted:
                self._counted[key] = self._told(metric, span)

    def _told(self, metric: Metric, span: Span) -> Counts:
        if metric.feed is None or span.as_of != self.day:
            return metric.count(self.scope, span)
        if self._facts is None:
            self._facts = read_facts(self.scope, span.at)
        return metric.feed(self._facts, span)

    def _rows(self, metric: Metric, span: Span | None) -> list[Row]:
        if span is None:
            return []
        told = self._counted[self._key(metric, span)]
        return [
            Row(community, estate, company, share)
            for (community, estate, company), share in told.items()
        ]
