"""Whether the sums are what the rows say is told by row, and put right while others write."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import translation

from geo.scope import EVERYTHING
from inspections import overview
from inspections.models import Finding
from inspections.overview import Asked
from inspections.overview.verified import differences, sum_again
from tests.factories import FindingFactory
from tests.office import SHANGHAI, Office


def unwatched(work) -> None:
    """With the triggers of findings off, as when rows are loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE inspections_finding DISABLE TRIGGER USER")
        work()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE inspections_finding ENABLE TRIGGER USER")


@contextmanager
def at_most_waiting(time: str) -> Iterator[None]:
    """Whatever waits longer for a lock is refused. The connection is used by other tests after."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{time}'")
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")


def verify(**options) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("verify_summaries", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_what_differs_is_named_by_row_and_put_right(estate):
    FindingFactory(estate=estate, closed_at="2024-12-01T09:00:00+08:00")
    assert verify() == "Every summary is what the rows say.\n"
    unwatched(lambda: FindingFactory(estate=estate, recorded_at="2024-12-05T09:00:00+08:00"))
    told = {each.summary: each.lacks for each in differences()}
    spot = told.pop("findingspot")
    assert (spot["found_3"], spot["found_3_ee"]) == (1, spot["found_3_e"] ** 2)
    assert list(told.items()) == [
        ("findingcell", {"found_3": 1, "open_3": 1}),
        ("estatemonth", {"found_3": 1, "open_3": 1}),
        ("estateday", {"found_3": 1}),
        ("itemmonth", {"found_3": 1}),
        ("itemday", {"found_3": 1}),
        ("foundagain", {"lacks": 1}),
    ]
    with pytest.raises(SystemExit) as ended:
        verify()
    assert ended.value.code == 1
    assert "What was lacking was added." in verify(repair=True)
    assert differences() == []
    unwatched(lambda: Finding.objects.filter(closed_at=None).delete())
    with pytest.raises(SystemExit):
        verify()
    verify(repair=True)
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_what_is_lacking_is_added(db):
    """Six write all the time, with connections of their own; what was loaded without triggers is
    added meanwhile, and in the end everything is what the rows say."""
    office = Office(13)
    unwatched(lambda: office.record(office.random, 30))
    assert differences() != []
    failed: list[BaseException] = []
    rounds = 8

    def write(n: int) -> None:
        random, mine = Random(n), []
        try:
            for _ in range(rounds):
                with transaction.atomic():
                    mine.extend(office.record(random, 2))
                    office.close(random.sample(mine, min(len(mine), 3)))
                    office.reopen(random.sample(mine, min(len(mine), 1)))
                    office.supersede(random.sample(mine, min(len(mine), 1)))
        except BaseException as e:  # noqa: BLE001 what a thread raises is told below
            failed.append(e)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for each in threads:
        each.start()
    with at_most_waiting("20s"):
        while any(each.is_alive() for each in threads):
            sum_again()
    for each in threads:
        each.join()
    assert failed == []
    sum_again()
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_it_is_put_right_though_a_transaction_is_open(db):
    office = Office(17)
    unwatched(lambda: office.record(office.random, 10))
    ready, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            office.record(Random(1), 3)
            ready.set()
            done.wait(60)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    assert ready.wait(60)
    with at_most_waiting("1s"):  # it would be refused if it had to wait
        sum_again()
    assert differences() == []
    done.set()
    holder.join()
    assert differences() == []


@pytest.mark.django_db
def test_one_that_was_opened_again_is_open_only_when_it_was(estate):
    """Closed, opened again and closed: each day tells how it stood, also of a day before all."""
    found = FindingFactory(estate=estate, recorded_at="2024-12-02T09:00:00+08:00")
    row = Finding.objects.filter(pk=found.pk)
    closed = datetime(2024, 12, 5, 9, tzinfo=SHANGHAI)
    row.update(closed_at=closed)
    row.update(closed_at=None)
    span = found.closed_spans.get()
    assert span.closed_at == closed < span.reopened_at
    # It was opened again by a move of the ninth, as far as this test goes.
    found.closed_spans.update(reopened_at=closed + timedelta(days=4))
    sum_again()
    row.update(closed_at=closed + timedelta(days=7))
    assert differences() == []
    days = {}
    for day in range(1, 14):
        asked = Asked(as_of=datetime(2024, 12, day, tzinfo=SHANGHAI).date(), measure="open")
        days[day] = overview.figures(EVERYTHING, asked, "estate")["total"]["n"]
    still_open = {*range(2, 5), *range(9, 12)}
    assert days == {day: int(day in still_open) for day in range(1, 14)}
    # Closed from before it was opened again: it was never open again.
    row.update(closed_at=None)
    row.update(closed_at=closed + timedelta(days=1))
    assert differences() == []
