"""A submission that is taken back, before anybody has looked through it."""

import pytest

from campaign.models import Value
from tests.campaign.monthly import REPORTS, ask_more, cell, matters, outcomes, page, put, step

pytestmark = pytest.mark.django_db

BOARD = "/api/v1/campaign/board/"
VALUES = "/api/v1/campaign/values/"


@pytest.fixture
def officer(as_user, notice, people):
    ask_more()
    return as_user("officer")


def submitted(client, community, *cells: dict) -> int:
    """The version after it."""
    reply = put(client, community, *cells)
    assert set(outcomes(reply)) == {"saved"}
    told = step(client, community, "submit", reply.json()["version"])
    assert told.status_code == 201, told.json()
    return told.json()["version"]


def on_board(client, code: str) -> tuple:
    told = client.get(BOARD, {"as_of": "2024-12-31"}).json()
    indicators = {row["code"]: row for each in told["actions"] for row in each["indicators"]}
    whole = indicators[code]["whole"]
    return whole["light"], whole["n"]


def test_what_it_entered_leaves_the_board_until_it_is_submitted_again(
    officer, as_user, community, estate
):
    leader = as_user("leader")
    before = on_board(leader, "ZX01-D1")
    typed = [cell("ZX01-D1", community, 1), cell("ZX05-M1", estate, 3, 12)]
    version = submitted(officer, community, *typed)
    first = leader.get(BOARD)
    then = on_board(leader, "ZX01-D1")
    assert then != before
    told = step(officer, community, "take_back", version)
    assert (told.status_code, told.json()["state"], told.json()["values"]) == (201, "draft", 2)
    assert on_board(leader, "ZX01-D1") == before
    # Whoever has the board asks whether it is still so, and is told that it is not.
    assert leader.get(BOARD, headers={"if-none-match": first["ETag"]}).status_code == 200
    # What was entered stays to be seen, and counts no more.
    rows = officer.get(VALUES).json()["values"]
    assert [(row["counts"], bool(row["taken_back_at"])) for row in rows] == [(False, True)] * 2
    now = page(officer, community)
    assert (now["state"], now["open"], now["steps"]) == ("draft", True, ["submit"])
    standing = {each["place"]: each["n"] for each in matters(now)["ZX05-M1"]["cells"]}
    assert standing == {f"estate-{estate.pk}": 3}
    assert [(each["step"], each["values"]) for each in now["history"]] == [
        ("take_back", 2),
        ("submit", 2),
    ]
    # The same once more is entered anew.
    again = step(officer, community, "submit", now["version"])
    assert (again.status_code, again.json()["values"]) == (201, 2)
    assert on_board(leader, "ZX01-D1") == then


def test_what_came_back_with_a_reason_before_counts_again(officer, as_user, community, estate):
    version = submitted(officer, community, cell("ZX05-M1", estate, 3, 12))
    back = step(as_user("supervisor"), community, "return", version, reason="请核对")
    better = cell("ZX05-M1", estate, 9, 12, seen=1)
    version = submitted(officer, community, better)
    assert back.json()["state"] == "returned"
    assert step(officer, community, "take_back", version).json()["values"] == 1
    rows = officer.get(VALUES, {"counts": 1}).json()["values"]
    assert [(row["numerator"], row["denominator"]) for row in rows] == [(3, 12)]
    # And a number that is the same as the one that counts is not entered twice.
    assert outcomes(put(officer, community, cell("ZX05-M1", estate, 3, 12, seen=4))) == ["saved"]
    told = step(officer, community, "submit", page(officer, community)["version"])
    assert (told.json()["values"], Value.objects.count()) == (0, 2)


def test_a_number_that_is_left_empty_after_a_return_counts_no_more(
    officer, as_user, community, estate
):
    def counting() -> list:
        rows = officer.get(VALUES, {"counts": 1}).json()["values"]
        return [row["numerator"] for row in rows]

    version = submitted(officer, community, cell("ZX05-M1", estate, 3, 12))
    for seen, n in ((1, 9), (4, None)):
        step(as_user("supervisor"), community, "return", version, reason="请核对")
        # First another number, then none: the first must not come back in its place.
        typed = cell("ZX05-M1", estate, n, n and 12, seen=seen)
        version = submitted(officer, community, typed)
        assert counting() == ([n] if n else [])
    assert step(officer, community, "take_back", version).status_code == 201
    assert counting() == [9]


@pytest.mark.parametrize(("looked", "state"), [("return", "returned"), ("accept", "accepted")])
def test_what_somebody_looked_through_is_not_taken_back(
    officer, as_user, community, estate, looked, state
):
    version = submitted(officer, community, cell("TX-R1", estate, 1))
    why = {"reason": "请核对"} if looked == "return" else {}
    assert step(as_user("supervisor"), community, looked, version, **why).status_code == 201
    late = step(officer, community, "take_back", version)
    assert (late.status_code, late.json()["code"]) == (409, "report_not_open")
    assert late.json()["details"] == {"state": state, "version": version + 1}
    assert Value.objects.get().taken_back_at is None


def test_who_looks_through_it_meanwhile_is_told(officer, as_user, community, estate):
    version = submitted(officer, community, cell("TX-R1", estate, 1))
    step(officer, community, "take_back", version)
    late = step(as_user("supervisor"), community, "accept", version)
    assert (late.status_code, late.json()["code"]) == (409, "report_not_open")


def test_a_report_that_was_taken_back_has_not_come(officer, community, estate, clock):
    def line(**asked) -> tuple:
        told = officer.get(REPORTS, {"month": "2024-12"} | asked).json()["reports"][0]
        return told["state"], told["came_on"], told["late_since"]

    clock("2025-01-04")
    version = submitted(officer, community, cell("TX-R1", estate, 1))
    assert line() == ("submitted", "2025-01-04", None)
    clock("2025-01-07")
    version = step(officer, community, "take_back", version).json()["version"]
    assert line() == ("draft", None, "2025-01-06")
    clock("2025-01-08")
    assert step(officer, community, "submit", version).status_code == 201
    assert line() == ("submitted", "2025-01-08", "2025-01-06")
    assert line(as_of="2025-01-05") == ("submitted", "2025-01-04", None)
