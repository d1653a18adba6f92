"""Sums are what the rows say, to the day, whatever was written and whatever is asked for."""

import threading
from calendar import monthrange
from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from geo.scope import EVERYTHING, Scope
from geo.tiles import Tile
from inspections import reports
from inspections.models import Finding, Inspection
from inspections.overview.verified import differences
from inspections.periods import by_months
from inspections.querysets import FindingFilter
from tests.factories import FindingFactory
from tests.office import KINDS, SHANGHAI, Office
from tests.tiles import address, features


@given(st.dates(date(2023, 1, 1), date(2025, 1, 1)), st.integers(0, 500))
def test_a_period_is_its_months_and_what_they_lack_or_have_too_many(since, days):
    until = since + timedelta(days=days)
    months, edges = by_months(since, until)
    counted: Counter[date] = Counter()
    if months:
        end = months.last.replace(day=monthrange(months.last.year, months.last.month)[1])
        counted.update(_days(months.first, end))
    for edge in edges:
        assert edge.since <= edge.until
        for day in _days(edge.since, edge.until):
            counted[day] += edge.sign
    assert {day for day, n in counted.items() if n} == set(_days(since, until))
    assert set(counted.values()) <= {0, 1}
    # Never more rows than half a month at either end, or one month's part.
    assert sum((edge.until - edge.since).days + 1 for edge in edges) <= 31


def _days(since: date, until: date) -> list[date]:
    return [since + timedelta(days=n) for n in range((until - since).days + 1)]


def assert_sums_are_the_rows() -> None:
    """Counted here as a person would, and by the database's own check."""
    expected: dict[tuple, Counter] = {}

    def add(key: tuple, **counts: int) -> None:
        expected.setdefault(key, Counter()).update(counts)

    for each in Finding.objects.filter(in_force=True).prefetch_related("closed_spans"):
        n, where = each.severity, (each.community_id, each.estate_id, each.kind)
        month, day = _month(each.recorded_at), _day(each.recorded_at)
        place = address("", 19, *each.place.coords)[:-4].split("/")[-2:]
        still_open = int(each.closed_at is None)
        for key in ((*where, month), (*where, month, *map(int, place))):
            add(("estatemonth" if len(key) == 4 else "findingcell", *key), **{f"found_{n}": 1})
            add(
                ("estatemonth" if len(key) == 4 else "findingcell", *key),
                **{f"open_{n}": still_open},
            )
        add(("estateday", *where, day), **{f"found_{n}": 1})
        add(("itemmonth", *where, month, each.item), **{f"found_{n}": 1})
        add(("itemday", *where, day, each.item), **{f"found_{n}": 1})
        moves = [(each.closed_at, 1)] if each.closed_at else []
        for span in each.closed_spans.all():
            moves += [(span.closed_at, 1), (span.reopened_at, -1)]
        for at, one in moves:
            add(("estatemonth", *where, _month(at)), **{f"closed_{n}": one})
            add(("estateday", *where, _day(at)), **{f"closed_{n}": one})
            add(("itemmonth", *where, _month(at), each.item), **{f"closed_{n}": one})
            add(("itemday", *where, _day(at), each.item), **{f"closed_{n}": one})
    for each in Inspection.objects.filter(in_force=True):
        where = (each.community_id, each.estate_id, each.kind)
        add(("estatemonth", *where, _month(each.recorded_at)), inspections=1)
        add(("estateday", *where, _day(each.recorded_at)), inspections=1)

    kept: dict[tuple, Counter] = {}
    where = ("community_id", "estate_id", "kind")
    for name, own, numbers in (
        ("estatemonth", ("month",), ("inspections", *_three("found", "open", "closed"))),
        ("estateday", ("day",), ("inspections", *_three("found", "closed"))),
        ("findingcell", ("month", "x", "y"), _three("found", "open")),
        ("itemmonth", ("month", "item"), _three("found", "closed")),
        ("itemday", ("day", "item"), _three("found", "closed")),
    ):
        keys = (*where, *own)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join((*keys, *numbers))} FROM inspections_{name}")
            for row in cursor:
                told = dict(zip(numbers, row[len(keys) :], strict=True))
                kept.setdefault((name, *row[: len(keys)]), Counter()).update(told)
    assert _told(kept) == _told(expected)
    assert differences() == []


def _three(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{n}" for name in names for n in (1, 2, 3))


def _told(counts: dict[tuple, Counter]) -> dict[tuple, dict]:
    some = {key: {name: n for name, n in each.items() if n} for key, each in counts.items()}
    return {key: each for key, each in some.items() if each}


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def _month(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date().replace(day=1)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_sums_stay_what_the_rows_say_whatever_is_written(db, seed):
    office = Office(seed)
    random, findings = office.random, []
    for _ in range(60):
        some = random.sample(findings, min(len(findings), 5))
        random.choice(
            [
                lambda: findings.extend(office.record(random)),
                lambda: findings.extend(office.record(random)),
                lambda some=some: office.close(some),
                lambda some=some: office.reopen(some),
                lambda some=some: office.supersede(some),
                lambda: office.move(random),
                lambda: office.merge(random),
            ]
        )()
    Finding.objects.filter(pk__in=[each.pk for each in findings[:3]]).delete()
    assert Finding.objects.filter(in_force=True).exists()
    assert_sums_are_the_rows()
    with connection.cursor() as cursor:
        cursor.execute("SELECT inspections_sum_again()")
    assert_sums_are_the_rows()


@pytest.mark.django_db(transaction=True)
def test_sums_stay_what_the_rows_say_when_many_write_at_once(db):
    """Nobody is ever turned away either: writers do not wait for each other over sums."""
    office = Office(7)
    failed: list[BaseException] = []

    def write(n: int) -> None:
        random, mine = Random(n), []
        try:
            for _ in range(12):
                with transaction.atomic():
                    for _ in range(2):
                        mine.extend(office.record(random, 2))
                        office.close(random.sample(mine, min(len(mine), 3)))
                        office.supersede(random.sample(mine, min(len(mine), 1)))
        except BaseException as e:  # noqa: BLE001 what a thread raises is told below
            failed.append(e)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert Inspection.objects.count() == 6 * 12 * 4
    assert_sums_are_the_rows()


@pytest.mark.django_db
def test_what_was_loaded_with_triggers_off_is_summed_afterwards(as_user, estate):
    leader, url = as_user("leader"), address("findings", 12, *estate.geom.centroid.coords)
    before = leader.get(url)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE inspections_finding DISABLE TRIGGER USER")
        FindingFactory(estate=estate)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE inspections_finding ENABLE TRIGGER USER")
        assert features(leader.get(url)) == []
        cursor.execute("SELECT inspections_sum_again()")
    after = leader.get(url, headers={"if-none-match": before["ETag"]})
    assert [each["properties"]["n"] for each in features(after)] == [1]
    assert_sums_are_the_rows()


@pytest.mark.slow
@pytest.mark.django_db
def test_counts_and_cells_are_what_the_rows_say_for_any_filter(db):
    office = Office(11)
    random = office.random
    findings = office.record(random, 120)
    office.close(random.sample(findings, len(findings) // 3))
    office.supersede(random.sample(findings, 10))
    office.move(random)
    rows = list(Finding.objects.filter(in_force=True))
    inspections = list(Inspection.objects.filter(in_force=True))
    town = rows[0].place.coords
    tile = Tile(*map(int, address("", 9, *town)[:-4].split("/")[-3:]))
    for _ in range(150):
        wanted, scope = _filter(random, office), _scope(random, office)
        found = [each for each in rows if _fits(each, wanted, scope)]
        still_open = [each for each in found if each.closed_at is None]
        assert reports.count_findings(scope, wanted) == len(found), wanted
        looked = [each for each in inspections if _fits(each, wanted, scope, of_findings=False)]
        assert reports.count_inspections(scope, wanted) == len(looked), wanted
        cells: Counter[tuple[int, bool]] = Counter()
        for _x, _y, *counts in reports.cells(scope, wanted, tile):
            for n in (1, 2, 3):
                cells.update({(n, False): counts[n - 1], (n, True): counts[n + 2]})
        assert +cells == Counter(
            [(each.severity, False) for each in found]
            + [(each.severity, True) for each in still_open]
        )


def _filter(random: Random, office: Office) -> FindingFilter:
    def some(values):
        return tuple(sorted(random.sample(values, random.choice([0, 0, 1, 2]))))

    since = date(2024, 8, 20) + timedelta(days=random.randrange(130))
    until = since + timedelta(days=random.choice([0, 6, 29, random.randrange(120)]))
    return FindingFilter(
        kinds=some(KINDS),
        severities=some((1, 2, 3)),
        status=random.choice(["", "open", "closed"]),
        since=random.choice([None, since, since.replace(day=1)]),
        until=random.choice([None, until]),
        communities=some([each.pk for each in office.communities]),
        estates=some([each.pk for each in office.estates]),
    )


def _scope(random: Random, office: Office) -> Scope:
    some = random.sample([each.pk for each in office.communities], 2)
    return random.choice([EVERYTHING, Scope(communities=frozenset(some))])


def _fits(row, wanted: FindingFilter, scope: Scope, *, of_findings: bool = True) -> bool:
    day = row.recorded_at.astimezone(SHANGHAI).date()
    return (
        (scope.everything or row.community_id in scope.communities)
        and (not wanted.kinds or row.kind in wanted.kinds)
        and (not wanted.communities or row.community_id in wanted.communities)
        and (not wanted.estates or row.estate_id in wanted.estates)
        and (wanted.since is None or wanted.since <= day)
        and (wanted.until is None or day <= wanted.until)
        and (
            not of_findings
            or (
                (not wanted.severities or row.severity in wanted.severities)
                and wanted.status in ("", "open" if row.closed_at is None else "closed")
            )
        )
    )
