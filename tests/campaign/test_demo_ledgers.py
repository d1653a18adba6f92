"""What the demonstration's ledgers feed, as of 20 December 2024: worked out by hand from its
estates, 5 18 5 24 5 4 16 23 17 8 5 10 5 5 by community, each numbered there from 1."""

import pytest

from tests.campaign.test_demo_board import board, leader  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_town")]

WHOLE = {
    # Once in December.
    "ZX04-R1": "done 1",
    # The market office was in no estate in December yet; in November each body was.
    "ZX04-R2": "on_pace 0",
    "ZX05-R1": "done 1",
    # December: of the first ten communities those whose number is no multiple of three. November
    # lacks two of 阳光 and one of 永福里.
    "ZX07-R1": "late 88 of 150 since 2024-12-01",
    # All before the notice was out, or in the days after.
    "ZX07-D1": "done 150 of 150",
    # Odd numbers; multiples of six had none in November either.
    "ZX09-R1": "late 79 of 150 since 2024-12-01",
    # 12 of 14 are 86 %, where the days ask for 80 %.
    "ZX09-M1": "on_pace 12 of 14",
    "ZX10-M1": "behind 79 of 150",
    # Numbers that end with 1 to 5.
    "ZX02-M1": "done 101 of 150",
    # And with 6 to 8.
    "ZX02-M3": "on_pace 134 of 150",
    # Mature: no multiple of four; without a branch: of those the multiples of six.
    "ZX01-M1": "done 106 of 116",
}
CELLS = {
    ("ZX07-R1", "锦青社区"): "on_pace 12 of 18",
    ("ZX07-R1", "永福里社区"): "late 0 of 5 since 2024-12-01",
    # 58 % are 97 % of the way to 60 %.
    ("ZX02-M1", "莲屿社区"): "on_pace 14 of 24",
    ("ZX09-M1", "霞行社区"): "no_data 0 of 1",
    ("ZX10-M1", "陈村社区"): "behind 3 of 5",
}


def test_the_board_counts_what_stands_in_ledgers(leader, clock):  # noqa: F811
    told = board(leader, clock, "2024-12-20")
    assert {code: told[code]["whole"] for code in WHOLE} == WHOLE
    assert {(code, name): told[code][name] for code, name in CELLS} == CELLS
