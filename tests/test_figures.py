"""Figures are what the rows say, to the day, whatever was written and whatever is asked for."""

import threading
from calendar import monthrange
from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from geo.scope import EVERYTHING, Scope
from geo.tiles import Tile
from inspections import reports
from inspections.models import (
    EstateDay,
    EstateMonth,
    Finding,
    FindingCell,
    Inspection,
    ItemMonth,
)
from inspections.overview.verified import differences
from inspections.periods import by_months
from inspections.querysets import FindingFilter
from tests.factories import EstateFactory, FindingFactory
from tests.office import KINDS, SHANGHAI, Office
from tests.tiles import address, features


@pytest.mark.django_db
def test_a_board_tells_all_by_community_estate_and_month(as_user, community, elsewhere, estate):
    estate.target_year = 2024
    estate.save()
    other = EstateFactory(community=elsewhere)
    october = "2024-10-31T23:59:59+08:00"
    FindingFactory(estate=estate, severity=1)
    FindingFactory(estate=estate, severity=1, closed_at="2024-12-02T00:00:00Z")
    FindingFactory(estate=estate, recorded_at="2024-08-01T00:00:00+08:00", kind="fire_lane")
    FindingFactory.create_batch(2, estate=other, recorded_at=october)
    reply = as_user("leader").get("/api/v1/figures/?status=&since=2024-08-01")
    told = reply.json()
    as_of = datetime.fromisoformat(told.pop("as_of"))
    assert timedelta() <= timezone.now() - as_of < timedelta(seconds=10)
    no_cases = {"open": 0, "overdue": 0, "late": 0, "closed": 0, "on_time": 0}
    assert told == {
        "filters": {
            "kind": [],
            "severity": [],
            "status": "",
            "since": "2024-08-01",
            "until": None,
            "community": [],
            "estate": [],
        },
        "total": 5,
        "open": 4,
        "worst": 1,
        "cases": no_cases,
        "communities": [
            {
                "id": place.pk,
                "code": place.code,
                "name": place.name,
                "name_en": "",
                "provisional": False,
                "estates": 1,
                "n": n,
                "open": still_open,
                "inspections": n,
                "cases": no_cases,
            }
            for place, n, still_open in ((community, 3, 2), (elsewhere, 2, 2))
        ],
        "targets": [
            {
                "estate": estate.pk,
                "name": "银星花园",
                "community": community.pk,
                "community_name": "陈村社区",
                "target_year": 2024,
                "n": 3,
                "open": 2,
                "open_severe": 1,
                "last_inspected": "2024-11-30T01:30:00Z",
            }
        ],
        "months": [
            {"month": "2024-08", "n": 1},
            {"month": "2024-09", "n": 0},
            {"month": "2024-10", "n": 2},
            {"month": "2024-11", "n": 2},
        ],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "total", "communities"),
    [("inspector", 1, 1), ("inspector2", 2, 1), ("company", 1, 1), ("stranger", 0, 0)],
)
def test_figures_are_of_what_one_may_see(as_user, estate, elsewhere, who, total, communities):
    FindingFactory(estate=estate)
    FindingFactory.create_batch(2, estate=EstateFactory(community=elsewhere))
    told = as_user(who).get("/api/v1/figures/").json()
    assert (told["total"], len(told["communities"])) == (total, communities)
    assert sum(each["inspections"] for each in told["communities"]) == total


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
            add(("month" if len(key) == 4 else "cell", *key), **{f"found_{n}": 1})
            add(("month" if len(key) == 4 else "cell", *key), **{f"open_{n}": still_open})
        add(("day", *where, day), **{f"found_{n}": 1})
        add(("item", *where, month, each.item, n), found=1)
        moves = [(each.closed_at, 1)] if each.closed_at else []
        for span in each.closed_spans.all():
            moves += [(span.closed_at, 1), (span.reopened_at, -1)]
        for at, one in moves:
            add(("month", *where, _month(at)), **{f"closed_{n}": one})
            add(("day", *where, _day(at)), **{f"closed_{n}": one})
            add(("item", *where, _month(at), each.item, n), closed=one)
    for each in Inspection.objects.filter(in_force=True):
        where = (each.community_id, each.estate_id, each.kind)
        add(("month", *where, _month(each.recorded_at)), inspections=1)
        add(("day", *where, _day(each.recorded_at)), inspections=1)

    kept: dict[tuple, Counter] = {}
    where = ("community_id", "estate_id", "kind")
    for name, model, own, numbers in (
        ("month", EstateMonth, ("month",), ("inspections", *_three("found", "open", "closed"))),
        ("day", EstateDay, ("day",), ("inspections", *_three("found", "closed"))),
        ("cell", FindingCell, ("month", "x", "y"), _three("found", "open")),
        ("item", ItemMonth, ("month", "item", "severity"), ("found", "closed")),
    ):
        for row in model.objects.values(*where, *own, *numbers):
            key = (name, *(row[each] for each in (*where, *own)))
            kept.setdefault(key, Counter()).update({each: row[each] for each in numbers})
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
def test_figures_and_cells_are_what_the_rows_say_for_any_filter(db):
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
        told = reports.figures(scope, wanted)
        still_open = [each for each in found if each.closed_at is None]
        assert told["total"] == len(found), wanted
        assert told["open"] == len(still_open)
        assert told["worst"] == sum(each.severity == 1 for each in still_open)
        by_month = Counter(f"{_month(each.recorded_at):%Y-%m}" for each in found)
        assert {each["month"]: each["n"] for each in told["months"] if each["n"]} == by_month
        looked = Counter(
            each.community_id
            for each in inspections
            if _fits(each, wanted, scope, of_findings=False)
        )
        n, left = (Counter(each.community_id for each in some) for some in (found, still_open))
        for each in told["communities"]:
            assert (each["n"], each["open"], each["inspections"]) == (
                n[each["id"]],
                left[each["id"]],
                looked[each["id"]],
            ), wanted
        at = Counter(each.estate_id for each in found)
        assert {each["estate"]: each["n"] for each in told["targets"] if each["n"]} == at
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
