"""Map, charts, tables and files tell the same numbers as plain SQL over rows, whatever is asked."""

import csv
import io
from base64 import b64decode
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random
from unittest.mock import patch

import numpy as np
import openpyxl
import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bench import plain
from geo.models import Estate
from geo.scope import EVERYTHING, Scope
from geo.tiles import Tile
from inspections import overview, reports
from inspections.models import Case, CaseSpan, ClosedSpan, Finding
from inspections.overview import Asked, Table, counted, placed
from inspections.overview.asked import end_of
from inspections.overview.verified import differences, sum_again
from inspections.querysets import FindingFilter
from tests.factories import CompanyFactory, case_of
from tests.office import ITEMS, KINDS, SHANGHAI, Office
from tests.tiles import address

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST, LAST = date(2024, 8, 25), date(2025, 2, 20)


class Town(Office):
    """Faults come again at the same few places, are closed, opened again and closed; their cases
    have deadlines that are put off, and end."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.companies = CompanyFactory.create_batch(2)
        for n, estate in enumerate(self.estates):
            company = self.companies[n % 3] if n % 3 < 2 else None
            Estate.objects.filter(pk=estate.pk).update(
                company=company, has_company=bool(company), households=[0, 300, 1200][n % 3]
            )
        for each in self.record(self.random, 160):
            self._befall(each, self.random)
        # Loaded with no trigger.
        sum_again()

    def _befall(self, finding: Finding, random: Random) -> None:
        west, south, _, _ = finding.estate.geom.extent
        spot = random.randrange(2) * 0.0006
        changed = {"place": Point(west + spot, south + spot, srid=4326)}
        found = Finding.objects.filter(pk=finding.pk)
        closed = finding.recorded_at + self._while(random)
        again = closed + self._while(random)
        what = random.randrange(5)
        if what < 3:
            changed["closed_at"] = closed
        found.update(**changed)
        if what == 2:
            found.update(closed_at=None)
        if what == 3:
            ClosedSpan.objects.create(finding=finding, closed_at=closed, reopened_at=again)
            if random.random() < 0.5:
                found.update(closed_at=again + self._while(random))
        if random.random() < 0.5:
            self._in_hand(finding, random)

    def _in_hand(self, finding: Finding, random: Random) -> None:
        began = finding.recorded_at
        due = began + self._while(random)
        case = case_of(finding, reported_at=began, due_at=due, step_due_at=due, first_due_at=due)
        span = CaseSpan.objects.get(case=case)
        put_off = began + self._while(random)
        ended = put_off + self._while(random)
        if random.random() < 0.5:
            CaseSpan.objects.filter(pk=span.pk).update(until=put_off)
            span.pk, span.since, span.due_at = None, put_off, due + self._while(random)
            span.save(force_insert=True)
        if random.random() < 0.5:
            CaseSpan.objects.filter(case=case, until=None).update(until=ended)
            span.pk, span.since, span.ended_at, span.due_at = None, ended, ended, None
            span.state = "closed"
            span.save(force_insert=True)

    @staticmethod
    def _while(random: Random) -> timedelta:
        return timedelta(seconds=random.choice([1, 3600, 86_400 * 30, random.randrange(4_000_000)]))


def questions(town: Town) -> st.SearchStrategy[Asked]:
    def some(values: list) -> st.SearchStrategy[tuple]:
        return st.sets(st.sampled_from(values), max_size=2).map(sorted).map(tuple)

    days = st.dates(FIRST, LAST)
    return st.builds(
        Asked,
        as_of=days | st.just(timezone.localdate()),
        measure=st.sampled_from(list(overview.MEASURES)),
        kinds=some(list(KINDS)),
        items=st.just(()) | some(sorted(chain(*ITEMS.values()))),
        severities=some([1, 2, 3]),
        communities=some([each.pk for each in town.communities]),
        estates=some([each.pk for each in town.estates]),
        companies=st.just(()) | some([each.pk for each in town.companies]),
        since=st.none() | days,
        until=st.none() | days,
    )


def scopes(town: Town) -> st.SearchStrategy[Scope]:
    two = frozenset(each.pk for each in town.communities[:2])
    return st.sampled_from([EVERYTHING, Scope(communities=two)])


def test_every_way_of_telling_tells_what_plain_sql_does(db):
    town = Town(5)
    assert differences() == []
    # Each asks some sixty questions of the database: told as found, not made smaller first.
    examples = settings(
        max_examples=25,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @examples
    @given(scopes(town), questions(town), st.data())
    def alike(scope: Scope, asked: Asked, data: st.DataObject) -> None:
        total = plain.counted(scope, asked).get((), 0)
        assert counted.counted(scope, asked).get((), 0) == total
        for by in overview.BY:
            told = overview.figures(scope, asked, by) if by not in overview.STEPS else None
            if by in overview.STEPS and asked.defined.of_moment:
                continue
            expected = plain.counted(scope, asked, by)
            assert counted.counted(scope, asked, by) == expected, by
            looked = plain.counted(scope, asked, by, of="inspection") if by in PLACES else None
            if looked is not None and asked.measure != "overdue":
                assert counted.inspected(scope, asked, by) == looked, by
            if told is None:
                continue
            assert told["total"]["n"] == total, by
            assert {row["key"]: row["n"] for row in told["rows"] if row["n"]} == expected, by
        _frames_are_alike(scope, asked, data)
        _files_are_alike(scope, asked, data.draw(st.sampled_from(overview.BY)), total)
        _cells_are_alike(scope, asked)
        for one_by_one in (placed.ONE_BY_ONE, 0):
            with patch.object(placed, "ONE_BY_ONE", one_by_one):
                _surfaces_are_alike(scope, asked, total)

    alike()


PLACES = ("estate", "community", "company", "kind")


def _frames_are_alike(scope: Scope, asked: Asked, data: st.DataObject) -> None:
    if asked.since and asked.since > asked.last_day:
        return
    since = max(asked.since or FIRST, asked.last_day - timedelta(days=390))
    asked = Asked(**{**_told(asked), "since": min(since, asked.last_day)})
    step = data.draw(st.sampled_from(overview.STEPS))
    mode = data.draw(st.sampled_from(overview.MODES))
    told = overview.frames(scope, asked, step, mode)
    at = data.draw(st.integers(0, len(told["steps"]) - 1))
    here = told["steps"][at]
    if mode == "open" or asked.defined.of_moment:
        of = asked if asked.defined.of_moment else asked.with_measure("open")
        moment = min(end_of(here["until"]), asked.at)
        expected = plain.counted(scope, of, "estate", at=moment)
    else:
        begins = asked.since if mode == "cumulative" else here["since"]
        of = Asked(**{**_told(asked), "since": begins, "until": here["until"]})
        expected = plain.counted(scope, of, "estate")
    numbers = dict(zip(told["estates"], told["n"][at], strict=True))
    assert {estate: n for estate, n in numbers.items() if n} == expected, (step, mode, here)
    # Grey where nobody looked in time, at the end of every step.
    seen = overview.looked(scope, asked, here["until"])
    assert dict(zip(told["estates"], told["looked"][at], strict=True)) == {
        estate: estate in seen for estate in told["estates"]
    }


def _told(asked: Asked) -> dict:
    return {name: getattr(asked, name) for name in Asked.__dataclass_fields__}


def _files_are_alike(scope: Scope, asked: Asked, by: str, total: int) -> None:
    if by in overview.STEPS:
        by = "estate"
    table = Table(scope, asked, by, "20241220-0")
    text, book = io.BytesIO(), io.BytesIO()
    table.write_csv(text)
    table.write_xlsx(book)
    lines = list(csv.reader(io.StringIO(text.getvalue().decode("utf-8-sig"))))
    rows = lines[1 : lines.index([])]
    assert int(rows[-1][3]) == total == sum(int(row[3]) for row in rows[:-1])
    sheet = openpyxl.load_workbook(book, read_only=True).worksheets[0]
    numbers = [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert numbers[-1] == total == sum(numbers[:-1])


def _cells_are_alike(scope: Scope, asked: Asked) -> None:
    """The map's own tiles know no company, item or day of telling."""
    if asked.measure != "found" or asked.items or asked.companies:
        return
    if asked.since and asked.since > asked.last_day:
        return
    of_town = Finding.objects.first()
    assert of_town is not None
    tile = Tile(*map(int, address("", 9, *of_town.place.coords)[:-4].split("/")[-3:]))
    wanted = FindingFilter(
        kinds=asked.kinds,
        severities=asked.severities,
        communities=asked.communities,
        estates=asked.estates,
        since=asked.since,
        until=asked.last_day,
    )
    n = sum(sum(counts[:3]) for _x, _y, *counts in reports.cells(scope, wanted, tile))
    assert n == counted.counted(scope, asked).get((), 0)


def _surfaces_are_alike(scope: Scope, asked: Asked, total: int) -> None:
    """Hexagons, and heat: its values are to the square kilometre, each of a cell."""
    hexagons = overview.hexagons(scope, asked)
    told = [each["properties"] for each in hexagons["features"]]
    assert sum(each["n"] for each in told) + hexagons["unplaced"] == total
    if asked.measure == "rate":
        of = sum(plain.counted(scope, asked, "estate", of="inspection").values())
        assert sum(each["of"] for each in told) == of
    if asked.defined.per:
        return
    heat = overview.heat(scope, asked)
    assert heat["total"] + heat["unplaced"] == total
    values = np.frombuffer(b64decode(heat["values"]), dtype="<f4").astype(float)
    cell_km2 = (heat["cell_m"] / 1000) ** 2
    assert values.sum() * cell_km2 == pytest.approx(heat["total"], rel=1e-6)


def test_the_clock_alone_makes_a_case_overdue(db):
    """Nothing is written between two moments, and they tell different numbers; each as it was."""
    town = Office(3)
    finding = next(each for each in town.record(town.random, 20))
    began = datetime(2024, 12, 2, 9, tzinfo=SHANGHAI)
    case = case_of(finding, reported_at=began, due_at=began + timedelta(days=3))
    for hours, n in ((71, 0), (73, 1)):
        now = began + timedelta(hours=hours)
        asked = Asked(as_of=now.date(), measure="overdue", now=now)
        assert overview.figures(EVERYTHING, asked, "estate")["total"]["n"] == n
    # Put off when it was late already: that day stays late, the next is not.
    put_off = began + timedelta(days=4)
    CaseSpan.objects.filter(case=case).update(until=put_off)
    CaseSpan.objects.create(
        case=case, since=put_off, state="filed", due_at=began + timedelta(days=30)
    )
    Case.objects.filter(pk=case.pk).update(due_at=began + timedelta(days=30))
    days = {}
    for day in range(2, 8):
        asked = Asked(as_of=date(2024, 12, day), measure="overdue")
        days[day] = overview.figures(EVERYTHING, asked, "estate")["total"]["n"]
    assert days == {2: 0, 3: 0, 4: 0, 5: 1, 6: 0, 7: 0}
