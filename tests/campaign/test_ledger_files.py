"""A ledger as a workbook: out with what stands and what is owed, and in again, all or nothing."""

import io

import openpyxl
import pytest

from campaign.models import LedgerRow
from tests.campaign.kept import LEDGERS, keep, rows_of
from tests.factories import EstateFactory

pytestmark = pytest.mark.django_db

FILE = f"{LEDGERS}cleanups/file/"
HEAD = ("Estate", "In community", "Day", "where", "people", "note")
CORRECTING = (*HEAD, "Reason of a correction", "Row id (leave as it is)")


@pytest.fixture
def officer(as_user, notice, clock):
    clock("2024-12-20", "12:00")
    return as_user("officer")


def book(*rows: tuple, head: tuple = HEAD) -> bytes:
    made, file = openpyxl.Workbook(), io.BytesIO()
    for row in (head, *rows):
        made.active.append(row)
    made.save(file)
    return file.getvalue()


def take(client, body: bytes, name: str = "台账.xlsx", **asked):
    query = "&".join(f"{key}={value}" for key, value in {"name": name, **asked}.items())
    return client.post(f"{FILE}?{query}", body, content_type="application/octet-stream")


def sheet(client, **asked) -> list[tuple]:
    reply = client.get(FILE, asked)
    assert reply.status_code == 200, reply.content
    return list(openpyxl.load_workbook(io.BytesIO(reply.content)).active.values)


def test_it_goes_out_with_what_stands_and_what_is_owed(officer, estate, community):
    EstateFactory(community=community, name="另一小区")
    body = {"estate": estate.pk, "day": "2024-12-10", "data": {"places": ["lobbies"], "people": 9}}
    id = keep(officer, "cleanups", body).json()["id"]
    officer.get("/")
    LedgerRow.objects.update(community=community)
    head, *rows = sheet(officer, month="2024-12", as_of="2024-12-20")
    assert head == CORRECTING
    told = [(place, where, people, named) for place, _, _, where, people, _, _, named in rows]
    assert ("另一小区", None, None, None) in told
    assert (id in {named for *_, named in told}) or ("银星花园", None, None, None) in told


def test_lines_are_kept_once_and_a_line_of_only_its_place_says_nothing(officer, estate, community):
    EstateFactory(community=community, name="另一小区")
    body = book(
        ("银星花园", None, "2024/12/3", "出入口、地下室", 12, None),
        ("另一小区", community.name, None, None, None, None),
    )
    first, again = take(officer, body), take(officer, body)
    assert first.json() | {"notes": 0} == {
        "checked": False, "new": 1, "corrected": 0, "known": 0, "notes": 0
    }  # fmt: skip
    assert (again.json()["new"], again.json()["known"]) == (0, 1)
    row = LedgerRow.objects.get()
    assert (str(row.day), row.data) == (
        "2024-12-03",
        {"places": ["entrances", "basements"], "people": 12},
    )


def test_a_changed_line_corrects_its_row(officer, estate, clock):
    take(officer, book(("银星花园", None, "2024-12-03", "lobbies", 12, None)))
    (row,) = LedgerRow.objects.values_list("pk", flat=True)
    clock("2024-12-20", "12:01")
    line = ("银星花园", None, "2024-12-04", "lobbies", 14, None, "数错人数", str(row))
    told = take(officer, book(line, head=CORRECTING)).json()
    assert (told["new"], told["corrected"]) == (0, 1)
    clock("2024-12-20", "12:02")
    (stands,) = rows_of(officer, "cleanups")
    assert (stands["day"], stands["data"]["people"], stands["reason"]) == (
        "2024-12-04",
        14,
        "数错人数",
    )


def test_what_another_corrected_meanwhile_is_never_put_back(officer, as_user, estate, clock):
    """A workbook that was written before: its line is left alone where nobody touched it, and
    named where somebody did."""
    take(officer, book(("银星花园", None, "2024-12-03", "lobbies", 12, None)))
    row = str(LedgerRow.objects.get().pk)
    untouched = ("银星花园", None, "2024-12-03", "lobbies", 12, None, None, row)
    touched = ("银星花园", None, "2024-12-03", "lobbies", 13, None, "数错人数", row)
    clock("2024-12-20", "12:01")
    body = {"supersedes": row, "reason": "漏计", "day": "2024-12-03"}
    better = body | {"data": {"places": ["lobbies"], "people": 15}}
    assert keep(as_user("admin"), "cleanups", better).status_code == 201
    clock("2024-12-20", "12:02")
    told = take(officer, book(untouched, head=CORRECTING)).json()
    assert (told["corrected"], told["known"]) == (0, 1)
    refused = take(officer, book(touched, head=CORRECTING))
    assert refused.json()["details"]["problems"] == [
        {
            "line": 2,
            "reason": "Somebody has corrected or withdrawn this row meanwhile. Look at it again.",
        }
    ]
    (stands,) = rows_of(officer, "cleanups")
    assert stands["data"]["people"] == 15


def test_ones_own_workbook_may_be_mended_and_sent_again(officer, estate, clock):
    take(officer, book(("银星花园", None, "2024-12-03", "lobbies", 12, None)))
    row = str(LedgerRow.objects.get().pk)
    for minute, people in (("01", 14), ("02", 15)):
        clock("2024-12-20", f"12:{minute}")
        line = ("银星花园", None, "2024-12-03", "lobbies", people, None, "数错人数", row)
        assert take(officer, book(line, head=CORRECTING)).json()["corrected"] == 1
    clock("2024-12-20", "12:03")
    (stands,) = rows_of(officer, "cleanups")
    assert stands["data"]["people"] == 15


def test_estates_that_differ_in_brackets_alone_are_two(officer, estate, community):
    for name in ("金井花园（一期）", "金井花园（二期）"):
        EstateFactory(community=community, name=name)
    body = book(
        ("金井花园（一期）", None, "2024-12-03", "lobbies", 1, None),
        ("金井花园 (二期)", None, "2024-12-03", "lobbies", 2, None),
    )
    assert take(officer, body).json()["new"] == 2
    told = LedgerRow.objects.order_by("data__people").values_list("estate__name", flat=True)
    assert list(told) == ["金井花园（一期）", "金井花园（二期）"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("２０２４年１２月３日", "2024-12-03"),
        ("2024/12/3 08:30", "2024-12-03"),
        ("2024.12.3", "2024-12-03"),
        ("2024-12-33", None),
        (45629, None),
    ],
)
def test_days_are_read_as_people_write_them(officer, estate, written, read):
    reply = take(officer, book(("银星花园", None, written, "lobbies", 12, None)))
    if read:
        assert (reply.status_code, str(LedgerRow.objects.get().day)) == (200, read)
    else:
        reason = f"Day “{written}”: A date such as 2024-11-30."
        assert reply.json()["details"]["problems"] == [{"line": 2, "reason": reason}]


def test_every_bad_cell_is_named_and_nothing_is_taken(officer, estate):
    body = book(
        ("银星花园", None, "2024-12-03", "lobbies", 12, None),
        ("没有的小区", None, "2024-12-33", "roof", "many", None),
        ("银星花园", None, "2025-12-03", None, -1, None),
    )
    refused = take(officer, body)
    assert (refused.status_code, refused.json()["code"]) == (400, "ledger_file_refused")
    named = [(each["line"], each["reason"]) for each in refused.json()["details"]["problems"]]
    assert [line for line, _ in named] == [3, 3, 3, 3, 4]
    assert named[0][1] == "Day “2024-12-33”: A date such as 2024-11-30."
    assert named[1][1].startswith("where “roof”")
    assert named[2][1] == "people “many”: A number is needed."
    assert named[3][1] == "Estate: There is no “没有的小区” in your area."
    assert "people “-1”" in named[4][1]
    assert not LedgerRow.objects.exists()


def test_looking_first_writes_nothing(officer, estate):
    body = book(("银星花园", None, "2024-12-03", "lobbies", 12, None))
    told = take(officer, body, check=1).json()
    assert (told["checked"], told["new"]) == (True, 1)
    assert not LedgerRow.objects.exists()


def test_a_file_that_is_no_list_is_said(officer, estate):
    for body, name in ((b"x", "a.xlsx"), (book(("a",), head=("b",)), "a.xlsx")):
        refused = take(officer, body, name)
        assert (refused.status_code, refused.json()["code"]) == (400, "ledger_file_unreadable")
