"""A report as a workbook: out, filled in, and in again, all of it or nothing."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from campaign.models import ReportCell, ReportMatter
from tests.campaign.brought import workbook as another_workbook
from tests.campaign.entered import a_value, enter
from tests.campaign.monthly import address, ask_more, cell, id_of, matters, page, put, step
from tests.factories import EstateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(as_user, notice, people):
    ask_more()
    return as_user("officer")


def taken(client, place, month: str = "2024-12"):
    """The workbook, and where in it each number stands."""
    reply = client.get(f"{address(place, month)}workbook.xlsx")
    assert reply.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(reply.content))
    rows = list(book["_xuntu"].iter_rows(min_row=3, values_only=True))
    return book, {(id, key or "", what): (sheet, at) for sheet, at, what, id, key, *_ in rows}


def spot(where: dict, code: str, place, what: str) -> tuple[str, str]:
    key = f"{place._meta.model_name}-{place.pk}" if place else ""
    return where[id_of(code), key, what]


def fill(book, where: dict, code: str, place, what: str, told) -> str:
    sheet, at = spot(where, code, place, what)
    book[sheet][at] = told
    return f"{sheet}!{at}"


def send(client, place, book, month: str = "2024-12"):
    if not isinstance(book, bytes):
        file = io.BytesIO()
        book.save(file)
        book = file.getvalue()
    where = f"{address(place, month)}workbook.xlsx"
    return client.put(where, book, content_type="application/octet-stream")


def test_a_workbook_shows_what_the_page_shows_and_locks_the_rest(officer, community, estate):
    enter(officer, a_value("ZX05-M1", estate=estate.pk, numerator=3, denominator=12))
    put(officer, community, cell("TX-R1", estate, 2))
    book, where = taken(officer, community)
    assert book.sheetnames == ["About", "Matters", "Estates", "Companies", "_xuntu"]
    assert book["_xuntu"].sheet_state == "veryHidden"
    shown = {
        code: [
            book[sheet][at].value
            for what in whats
            for sheet, at in [spot(where, code, estate, what)]
        ]
        for code, whats in (("ZX05-M1", ("n", "of")), ("TX-R1", ("n",)))
    }
    assert shown == {"ZX05-M1": [3, 12], "TX-R1": [2]}
    asked = {
        (row["id"], each["place"])
        for row in matters(page(officer, community)).values()
        for each in row["cells"]
    }
    assert {(id, key) for id, key, _what in where if key} == asked
    for name in ("Matters", "Estates", "Companies"):
        sheet = book[name]
        assert sheet.protection.sheet
        open_cells = {at for each, at in where.values() if each == name}
        unlocked = {
            each.coordinate
            for row in sheet.iter_rows()
            for each in row
            if not each.protection.locked
        }
        assert unlocked == open_cells


def test_what_is_filled_in_is_as_if_it_had_been_typed(officer, community, estate):
    second = EstateFactory(community=community, company=estate.company, has_company=True)
    book, where = taken(officer, community)
    for code, place, what, told in (
        ("ZX05-M1", estate, "n", 7),
        ("ZX05-M1", estate, "of", "１２"),
        ("ZX05-M1", second, "n", "1,200.5"),
        ("ZX05-M1", second, "of", 1300.0),
        ("ZX01-D1", community, "n", " 1 "),
        ("TX-R1", estate, "n", "=1+1"),
        ("ZX05-M1", None, "day", datetime(2024, 12, 5)),  # noqa: DTZ001 as a sheet has it
        ("ZX01-D1", None, "day", "2024年12月6日"),
        ("ZX01-D1", None, "source", "入户登记表"),
    ):
        fill(book, where, code, place, what, told)
    # A formula counts by the result that Excel worked out; here nobody did.
    bad = send(officer, community, book)
    assert (bad.status_code, bad.json()["code"]) == (422, "report_file_refused")
    sheet, at = spot(where, "TX-R1", estate, "n")
    reason = "This formula has no result yet: type the number itself."
    assert bad.json()["details"]["problems"] == [{"sheet": sheet, "cell": at, "reason": reason}]
    assert ReportCell.objects.count() == 0
    fill(book, where, "TX-R1", estate, "n", 2)
    reply = send(officer, community, book)
    assert (reply.status_code, reply.json()) == (
        200,
        {"taken": 6, "state": "draft", "version": 1},
    )
    cells = ReportCell.objects.values_list(
        "indicator__code", "estate", "community", "numerator", "denominator"
    )
    assert {(code, at or c, float(n), of and float(of)) for code, at, c, n, of in cells} == {
        ("ZX05-M1", estate.pk, 7.0, 12.0),
        ("ZX05-M1", second.pk, 1200.5, 1300.0),
        ("ZX01-D1", community.pk, 1.0, None),
        ("TX-R1", estate.pk, 2.0, None),
    }
    said = ReportMatter.objects.values_list("indicator__code", "measured_on", "source")
    assert set(said) == {
        ("ZX05-M1", date(2024, 12, 5), ""),
        ("ZX01-D1", date(2024, 12, 6), "入户登记表"),
    }
    # The same once more, from a workbook of now: nothing is new.
    again, _where = taken(officer, community)
    assert send(officer, community, again).json()["taken"] == 0


@pytest.mark.parametrize(
    ("code", "what", "told", "reason"),
    [
        ("ZX05-M1", "n", "很多", "A number is needed, at least 0."),
        ("ZX05-M1", "n", -1, "A number is needed, at least 0."),
        ("ZX05-M1", "n", True, "A number is needed, at least 0."),
        ("ZX05-M1", "n", date(2024, 12, 1), "A number is needed, at least 0."),
        ("ZX05-M1", "n", "85%", "Never a percentage: so many, of how many."),
        ("ZX05-M1", "n", "85％", "Never a percentage: so many, of how many."),
        ("TX-R1", "n", 0.125, "At most two decimals."),
        ("TX-R1", "n", "=1/0", "This formula has no result yet: type the number itself."),
        ("TX-R1", "day", date(2024, 11, 30), "A day of the month is needed: 2024-12."),
        ("TX-R1", "day", "十二月", "A date such as 2024-11-30."),
        ("TX-R1", "day", 45000, "A day of the month is needed: 2024-12."),
        ("TX-R1", "source", "源" * 201, "A text of at most 200 characters."),
    ],
)
def test_every_bad_cell_is_named_and_nothing_is_taken(
    officer, community, estate, code, what, told, reason
):
    book, where = taken(officer, community)
    fill(book, where, "TX-R2", estate, "n", 1)
    at = fill(book, where, code, estate if what == "n" else None, what, told)
    more = fill(book, where, "ZX05-M2", estate, "n", 5)
    fill(book, where, "ZX05-M2", estate, "of", 4)
    reply = send(officer, community, book)
    assert reply.status_code == 422
    named = {
        f"{each['sheet']}!{each['cell']}": each["reason"]
        for each in reply.json()["details"]["problems"]
    }
    assert named == {at: reason, more: "More than there are."}
    assert ReportCell.objects.count() == 0


def test_a_number_shown_as_a_percentage_is_none(officer, community, estate):
    book, where = taken(officer, community)
    sheet, at = spot(where, "ZX05-M1", estate, "n")
    book[sheet][at].value, book[sheet][at].number_format = 0.85, "0%"
    reply = send(officer, community, book)
    assert [each["reason"] for each in reply.json()["details"]["problems"]] == [
        "Never a percentage: so many, of how many."
    ]


def reasons(reply) -> list[tuple]:
    assert reply.status_code == 422, reply.json()
    return [
        (f"{each['sheet']}!{each['cell']}", each["reason"])
        for each in reply.json()["details"]["problems"]
    ]


def test_cells_that_were_merged_are_named_and_not_taken_for_emptied_ones(
    officer, community, estate
):
    put(officer, community, cell("ZX05-M1", estate, 3, 12))
    book, where = taken(officer, community)
    at = fill(book, where, "ZX05-M1", estate, "n", 7)
    sheet, of = spot(where, "ZX05-M1", estate, "of")
    book[sheet].merge_cells(f"{at.split('!')[1]}:{of}")
    merged = "This cell was merged with another: split them again."
    assert reasons(send(officer, community, book)) == [(f"{sheet}!{of}", merged)]
    assert ReportCell.objects.get().denominator == 12


def test_what_a_formula_made_counts_as_it_is_shown(officer, community, estate):
    book, where = taken(officer, community)
    fill(book, where, "ZX05-M1", estate, "n", 1.1 * 3)
    fill(book, where, "ZX05-M1", estate, "of", 0.1 + 0.2 + 4)
    assert send(officer, community, book).json()["taken"] == 1
    row = ReportCell.objects.get()
    assert (str(row.numerator), str(row.denominator)) == ("3.30", "4.30")


def test_a_workbook_of_some_days_ago_and_of_another_language_says_what_was_filled_in(
    officer, community, estate, clock
):
    """The day and source that follow from the month are nobody's: nothing was typed meanwhile."""
    clock("2024-12-10")
    book, where = taken(officer, community)
    fill(book, where, "TX-R1", None, "source", "现场照片")
    fill(book, where, "TX-R2", None, "day", date(2024, 12, 9))
    clock("2024-12-12")
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    assert send(officer, community, book).json()["taken"] == 2
    said = ReportMatter.objects.order_by("indicator__code")
    assert list(said.values_list("indicator__code", "measured_on", "source")) == [
        ("TX-R1", None, "现场照片"),
        ("TX-R2", date(2024, 12, 9), ""),
    ]


def test_places_are_known_again_whatever_they_are_called(officer, community, estate):
    odd = EstateFactory(community=community, company=estate.company, name="-1号院 ")
    book, where = taken(officer, community)
    fill(book, where, "TX-R1", odd, "n", 2)
    assert send(officer, community, book).json()["taken"] == 1
    assert ReportCell.objects.get().estate == odd


def test_a_hidden_sheet_that_was_meddled_with_is_refused_as_a_whole(officer, community, estate):
    for at, told in (("B5", "A1:B2"), ("C5", "more"), ("D5", 999_999), ("G5", "no cell")):
        book, _where = taken(officer, community)
        book["_xuntu"][at] = told
        reply = send(officer, community, book)
        assert (reply.status_code, reply.json()["details"]["problems"]) == (422, []), at


NO_WORKBOOK = "This is no XLSX workbook. Fill in the one that this page gives, and save it as XLSX."
OLDER = "This is no workbook of a report, or one of an older form: download it anew."


def test_a_workbook_of_another_month_place_or_form_is_refused(
    officer, as_user, community, elsewhere, estate
):
    november, _where = taken(officer, community, "2024-11")
    EstateFactory(community=elsewhere)
    other, _where = taken(as_user("admin"), elsewhere)
    older, _where = taken(officer, community)
    older["_xuntu"]["B1"] = 0
    moved, _where = taken(officer, community)
    moved["Matters"]["A2"] = "ZX99"
    for book, reason in (
        (november, "This workbook is of 2024-11, and this report of 2024-12."),
        (other, "This workbook is of another community or unit, or another programme."),
        (older, OLDER),
        (another_workbook(), OLDER),
        (moved, "Rows or columns were moved (Matters!A2): download the workbook anew."),
        ("小区,次数\n银星花园,1\n".encode("gb18030"), NO_WORKBOOK),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NO_WORKBOOK),
    ):
        reply = send(officer, community, book)
        assert (reply.status_code, reply.json()["details"]) == (
            422,
            {"reason": reason, "problems": []},
        )
    book, _where = taken(officer, community)
    EstateFactory(community=community)
    assert send(officer, community, book).json()["details"]["reason"] == (
        "What is asked has changed since this workbook was made: download it anew."
    )


def test_of_page_and_workbook_at_once_neither_is_lost(officer, as_user, community, estate):
    book, where = taken(officer, community)
    put(as_user("admin"), community, cell("TX-R1", estate, 4), cell("TX-R2", estate, 2))
    at = fill(book, where, "TX-R1", estate, "n", 3)
    fill(book, where, "TX-R3", estate, "n", 1)
    reply = send(officer, community, book)
    assert [
        (f"{each['sheet']}!{each['cell']}", each["reason"])
        for each in reply.json()["details"]["problems"]
    ] == [(at, "admin typed here after the workbook was made: download it anew.")]
    # What was left alone stays as the page has it, and equal numbers are no quarrel.
    fill(book, where, "TX-R1", estate, "n", 4)
    assert send(officer, community, book).json()["taken"] == 1
    told = dict(ReportCell.objects.values_list("indicator__code", "numerator"))
    assert told == {"TX-R1": 4, "TX-R2": 2, "TX-R3": 1}


def test_who_takes_workbooks_in(officer, as_user, community, estate):
    book, where = taken(officer, community)
    fill(book, where, "TX-R1", estate, "n", 1)
    for who, status in (("supervisor", 403), ("inspector2", 404), ("company", 403)):
        assert send(as_user(who), community, book).status_code == status
    version = put(officer, community, cell("TX-R2", estate, 1)).json()["version"]
    assert step(officer, community, "submit", version).status_code == 201
    assert send(officer, community, book).json()["code"] == "report_not_open"
