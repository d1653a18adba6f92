"""Ledgers: kept once, corrected and withdrawn by rows that say why, and what they feed."""

from datetime import date
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from campaign import ledgers
from campaign.metrics import METRICS
from campaign.models import LedgerRow
from geo import services
from tests.campaign.brought import bring, workbook
from tests.campaign.kept import LEDGERS, keep, rows_of
from tests.campaign.test_board import said, told
from tests.factories import CompanyFactory, EstateFactory

pytestmark = pytest.mark.django_db

PLANTED = Path(__file__).parent / "planted"


@pytest.fixture
def officer(as_user, notice, clock):
    clock("2024-12-20", "12:00")
    return as_user("officer")


@pytest.fixture
def with_planted(monkeypatch):
    """A ledger as a file in a folder of its own, with its metric, for as long as the test runs."""
    monkeypatch.setattr(ledgers, "__path__", [*ledgers.__path__, str(PLANTED)])
    ledger = ledgers.get("trees")
    yield ledger
    del METRICS["trees_planted"]


def a_cleanup(estate, **changes) -> dict:
    body = {"estate": estate.pk, "day": "2024-12-10", "data": {"places": ["lobbies", "entrances"]}}
    return body | changes


def test_sending_the_same_row_twice_keeps_it_once(officer, estate, community, clock):
    id, body = str(uuid4()), a_cleanup(estate)
    first, again = keep(officer, "cleanups", body, id), keep(officer, "cleanups", body, id)
    clock("2024-12-20", "12:01")
    assert (first.status_code, again.status_code) == (201, 200), first.json()
    assert again.json() == rows_of(officer, "cleanups")[0]
    assert {name: value for name, value in again.json().items() if name != "at"} == {
        "id": id,
        "ledger": "cleanups",
        "community": community.pk,
        "estate": estate.pk,
        "company": None,
        "place": "银星花园",
        "community_name": community.name,
        "community_name_en": community.name_en,
        "day": "2024-12-10",
        "month": "2024-12",
        "data": {"places": ["entrances", "lobbies"]},
        "attachments": [],
        "supersedes": None,
        "withdrawn": False,
        "reason": "",
        "by": "officer",
        "by_name": "officer",
        "stands": True,
        "may_change": True,
    }
    other = keep(officer, "cleanups", body | {"day": "2024-12-11"}, id)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")


def test_a_row_is_corrected_and_withdrawn_and_its_history_says_why(officer, estate, clock):
    first = keep(officer, "cleanups", a_cleanup(estate)).json()["id"]
    clock("2024-12-20", "12:01")
    change = {"day": "2024-12-09", "data": {"places": ["basements"]}, "supersedes": first}
    lacking = keep(officer, "cleanups", change)
    assert lacking.json()["details"] == {"fields": {"reason": "This is needed."}}
    second = keep(officer, "cleanups", change | {"reason": "日期记错"}).json()
    assert (second["estate"], second["day"]) == (estate.pk, "2024-12-09")
    clock("2024-12-20", "12:02")
    stale = keep(officer, "cleanups", change | {"reason": "再改"})
    assert (stale.status_code, stale.json()["code"]) == (409, "ledger_row_outdated")
    assert stale.json()["details"] == {"id": second["id"]}
    gone = {"supersedes": second["id"], "withdrawn": True, "reason": "重复登记"}
    assert keep(officer, "cleanups", gone).status_code == 201
    clock("2024-12-20", "12:03")
    assert rows_of(officer, "cleanups") == []
    history = officer.get(f"{LEDGERS}cleanups/rows/{first}/").json()["rows"]
    assert [(row["day"], row["reason"], row["withdrawn"]) for row in history] == [
        ("2024-12-10", "", False),
        ("2024-12-09", "日期记错", False),
        ("2024-12-09", "重复登记", True),
    ]


def test_as_of_a_day_what_was_entered_later_is_not_there_yet(officer, estate, clock):
    clock("2024-12-03")
    late = keep(officer, "cleanups", a_cleanup(estate, day="2024-11-29")).json()["id"]
    clock("2024-12-05")
    keep(officer, "cleanups", {"supersedes": late, "withdrawn": True, "reason": "记错小区"})
    clock("2024-12-20")
    assert rows_of(officer, "cleanups", as_of="2024-12-02") == []
    assert [row["id"] for row in rows_of(officer, "cleanups", as_of="2024-12-04")] == [late]
    assert rows_of(officer, "cleanups", as_of="2024-12-06") == []
    # A month that was late until its deed was entered, and is again without it.
    board = {day: told(officer, f"2024-12-{day}")["ZX07-R1"] for day in ("02", "04", "06")}
    assert {day: said(each["whole"]) for day, each in board.items()} == {
        "02": "late 0 of 1 since 2024-12-01",
        "04": "on_pace 0 of 1",
        "06": "late 0 of 1 since 2024-12-01",
    }


@pytest.mark.parametrize(
    ("slug", "data", "wrong"),
    [
        ("cleanups", {}, {"data.places": "This is needed."}),
        ("cleanups", {"places": ["roof"]}, {"data.places": None}),
        ("cleanups", {"places": ["lobbies"], "who": 1}, {"data.who": None}),
        (
            "needs_lists",
            {"needs": 0, "where": "公告栏"},
            {"data.needs": "A number from 1 to 1000."},
        ),
        ("needs_lists", {"needs": 2.5, "where": "公告栏"}, {"data.needs": None}),
        (
            "committees",
            {"body": "committee", "formed_on": "2024-11-31", "members": 5, "party": 6},
            {"data.formed_on": "A date such as 2024-11-30.", "data.party": "More than there are."},
        ),
        (
            "committees",
            {"body": "none", "members": 5},
            {"data.members": "This is not asked here."},
        ),
    ],
)
def test_every_bad_column_is_named(officer, estate, slug, data, wrong):
    reply = keep(officer, slug, {"estate": estate.pk, "day": "2024-12-10", "data": data})
    assert (reply.status_code, reply.json()["code"]) == (400, "ledger_row_invalid")
    named = reply.json()["details"]["fields"]
    assert named.keys() == wrong.keys()
    assert all(sentence in (None, named[name]) for name, sentence in wrong.items())


def test_a_place_has_one_appraisal_a_month(officer, estate):
    body = {"estate": estate.pk, "day": "2024-12-03", "month": "2024-11"}
    body |= {"data": {"score": 58.5, "mark": 60}}
    there = keep(officer, "appraisals", body)
    assert there.status_code == 201, there.json()
    twice = keep(officer, "appraisals", body | {"day": "2024-12-04"})
    assert (twice.status_code, twice.json()["code"]) == (409, "ledger_row_there")
    assert twice.json()["details"] == {"id": there.json()["id"]}
    assert keep(officer, "appraisals", body | {"month": "2024-12"}).status_code == 201


# Who waits for what this connection holds.
WAITING = """
    SELECT count(*) FROM pg_locks
    WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
"""


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_the_same_place_and_month_at_once_the_second_is_told_of_the_first(
    officer, as_user, estate
):
    body = {"estate": estate.pk, "day": "2024-12-03", "month": "2024-11"}
    body |= {"data": {"score": 58.5, "mark": 60}}
    colleague, answered = as_user("admin"), []

    def second() -> None:
        try:
            answered.append(keep(colleague, "appraisals", body))
        finally:
            connection.close()

    other = Thread(target=second)
    with transaction.atomic():
        first = keep(officer, "appraisals", body)
        other.start()
        with connection.cursor() as cursor:
            waits = 0
            while other.is_alive() and not waits:
                waits = cursor.execute(WAITING).fetchone()[0]
    other.join()
    (told,) = answered
    assert (first.status_code, told.status_code) == (201, 409)
    assert (told.json()["code"], told.json()["details"]) == (
        "ledger_row_there",
        {"id": first.json()["id"]},
    )
    assert LedgerRow.objects.get().by.username == "officer"


def test_files_that_prove_it_hang_on_the_row(officer, as_user, estate):
    id = uuid4()
    assert bring(officer, workbook(), id, "清单.xlsx").status_code == 201
    body = a_cleanup(estate, attachments=[str(id)])
    (attached,) = keep(officer, "cleanups", body).json()["attachments"]
    assert (attached["id"], attached["name"]) == (str(id), "清单.xlsx")
    assert as_user("leader").get(f"/api/v1/campaign/attachments/{id}/").status_code == 200


def test_what_is_owed_and_not_there_is_told(officer, estate, community, clock):
    EstateFactory(community=community, name="另一小区")
    keep(officer, "cleanups", a_cleanup(estate))
    clock("2024-12-20", "12:01")

    def owed(**asked) -> tuple:
        told = officer.get(f"{LEDGERS}cleanups/owed/", asked).json()
        missing = [each["name"] for each in told["missing"]]
        return told["of"], missing, told["due_on"], told["late"]

    assert owed(month="2024-12") == (2, ["另一小区"], "2024-12-31", False)
    assert owed(month="2024-11") == (2, ["另一小区", "银星花园"], "2024-11-30", True)
    # On its last day a month is not over, as on the board.
    assert owed(month="2024-11", as_of="2024-11-30")[2:] == ("2024-11-30", False)
    assert owed(month="2024-11", as_of="2024-12-01")[2:] == ("2024-11-30", True)


def test_all_ledgers_are_listed_in_a_handful_of_statements(
    officer, estate, clock, django_assert_max_num_queries
):
    keep(officer, "cleanups", a_cleanup(estate))
    clock("2024-12-20", "12:01")
    with django_assert_max_num_queries(25):
        told = officer.get(LEDGERS).json()["ledgers"]
    owed = {each["slug"]: (each["rows"], each["of"], each["missing"]) for each in told}
    assert len(owed) == 14
    assert (owed["cleanups"], owed["needs_lists"]) == ((1, 1, 0), (0, 1, 1))
    assert (owed["guards"], owed["joint_enforcement"]) == ((0, 1, 1), (0, 1, 1))
    assert owed["restrictions"] == (0, 0, 0)


def test_companies_are_read_once_however_many_there_are(
    officer, community, clock, django_assert_max_num_queries
):
    for _ in range(20):
        EstateFactory(community=community, company=CompanyFactory(), has_company=True)
    with django_assert_max_num_queries(20):
        told = officer.get(f"{LEDGERS}guards/owed/").json()
    assert len(told["places"]) == len(told["missing"]) > 20
    for each in told["places"]:
        body = {"company": each["id"], "data": {"guards": 3, "trained": 2, "filed": 1}}
        assert keep(officer, "guards", body | {"day": "2024-12-20"}).status_code == 201
    clock("2024-12-20", "12:01")
    with django_assert_max_num_queries(20):
        rows = rows_of(officer, "guards")
    assert {row["may_change"] for row in rows} == {True}


@pytest.mark.parametrize("month", ["9999-12", "1999-12", "2024-13", "x"])
@pytest.mark.parametrize("path", ["", "cleanups/rows/", "cleanups/owed/", "cleanups/file/"])
def test_a_month_that_is_none_is_named(officer, path, month):
    reply = officer.get(f"{LEDGERS}{path}", {"month": month})
    assert (reply.status_code, reply.json()["details"]) == (
        400,
        {"fields": {"month": "A month such as 2024-11."}},
    )


def test_what_was_kept_is_never_changed(officer, estate):
    keep(officer, "cleanups", a_cleanup(estate))
    for change in ({"data": {}}, {"day": date(2024, 12, 1)}, {"reason": "x"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            LedgerRow.objects.update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        LedgerRow.objects.all().delete()


def test_rows_follow_the_estate_that_turns_out_to_be_another(officer, estate, elsewhere, people):
    twin = EstateFactory(community=elsewhere)
    keep(officer, "cleanups", a_cleanup(estate))
    services.merge_estates(kept=twin, twin=estate, by=people["clerk"], reason="同一小区")
    row = LedgerRow.objects.get()
    assert (row.estate, row.community) == (twin, elsewhere)


def test_a_made_up_ledger_is_one_file(officer, as_user, estate, with_planted, notice, clock):
    from campaign.models import Indicator, Target

    indicator = Indicator.objects.create(
        action=notice.actions.get(code="ZX07"),
        code="ZX07-X1",
        zh="植树",
        en="Trees",
        metric="trees_planted",
        level="estate",
        recurrence="monthly",
    )
    Target.objects.create(indicator=indicator, holds_from="2024-11-07", op=">=", number=10)
    listed = {each["slug"]: each for each in officer.get(LEDGERS).json()["ledgers"]}
    assert (listed["trees"]["zh"], listed["trees"]["missing"]) == ("植树", 1)
    body = {"estate": estate.pk, "day": "2024-12-10", "data": {"trees": 12}}
    assert keep(officer, "trees", body).status_code == 201
    clock("2024-12-20", "12:01")
    assert said(told(officer, "2024-12-20")["ZX07-X1"]["whole"]) == "done 1 of 1"
    assert officer.get(f"{LEDGERS}trees/file/").status_code == 200
    assert rows_of(as_user("leader"), "trees")[0]["data"] == {"trees": 12}


def test_a_ledger_that_is_not_there_is_said(officer):
    reply = officer.get(f"{LEDGERS}trees/rows/")
    assert (reply.status_code, reply.json()["code"]) == (404, "ledger_not_found")


def test_the_example_that_newcomers_read_is_that_file():
    read = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert f"```python\n{(PLANTED / 'trees.py').read_text(encoding='utf-8')}```" in read
