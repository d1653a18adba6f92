"""The board as a table to take away: the same lights and numbers, a line for each."""

import csv
import io

import openpyxl
import pytest

from tests.campaign.test_board import BOARD

pytestmark = pytest.mark.django_db

DAY = {"as_of": "2024-12-20"}


def whole(reply) -> bytes:
    assert reply.status_code == 200
    return b"".join(reply.streaming_content)


def test_each_line_is_a_cell_of_the_board(as_user, entered, community, elsewhere):
    leader = as_user("leader")
    reply = leader.get(f"{BOARD}table.csv", DAY)
    head, *lines = csv.reader(io.StringIO(whole(reply).decode("utf-8-sig")))
    assert head == [
        *("special action", "indicator", "target", "community", "traffic light"),
        *("number", "of how many", "places that told nothing", "late since"),
    ]
    mine = [line[2:] for line in lines if line[1].startswith("ZX07-R1")]
    assert mine == [
        ["≥ 1 time", "all", "late", "1.0", "2.0", "0", "2024-12-01"],
        *sorted(
            [
                ["≥ 1 time", english(community), "done", "1.0", "1.0", "0", ""],
                ["≥ 1 time", english(elsewhere), "late", "0.0", "1.0", "0", "2024-12-01"],
            ],
            key=lambda line: line[1] != english(first(community, elsewhere)),
        ),
    ]
    board = leader.get(BOARD, DAY).json()
    cells = [
        each
        for action in board["actions"]
        for indicator in action["indicators"]
        for each in (indicator["whole"], *indicator["cells"])
        if each is not None
    ]
    assert len(lines) == len(cells)


def english(community) -> str:
    return community.name_en or community.name


def first(*communities):
    return min(communities, key=lambda each: (each.code, each.pk))


def test_the_workbook_says_of_what_and_as_of_when(as_user, entered):
    reply = as_user("leader").get(f"{BOARD}table.xlsx", DAY)
    book = openpyxl.load_workbook(io.BytesIO(whole(reply)))
    assert book.sheetnames == ["Board", "About"]
    assert str(book["About"]["B3"].value)[:10] == "2024-12-20"
    lights = {row[4] for row in book["Board"].iter_rows(min_row=2, values_only=True)}
    assert {"late", "done", "no target", "no baseline"} <= lights


def test_unchanged_it_is_not_written_again(as_user, entered):
    leader = as_user("leader")
    first = leader.get(f"{BOARD}table.csv", DAY)
    whole(first)
    again = leader.get(f"{BOARD}table.csv", DAY, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
