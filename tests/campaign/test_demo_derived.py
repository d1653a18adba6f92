"""What the demonstration's board counts by itself, as of 20 December 2024 and as of a day of the
next year: from the raw rows, written down here and read by plain SQL. The record ends on the first
of the two days, so what stood then stands on both."""

import pytest

from campaign.models import Indicator
from tests.campaign import test_demo_board, test_demo_ledgers
from tests.campaign.test_demo_board import board, leader, rows  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_town")]

LOCAL = "AT TIME ZONE 'Asia/Shanghai'"
ESTATE = "JOIN geo_estate estate ON estate.id = {}.estate_id"
COMMUNITY = "JOIN geo_community community ON community.id = {}.community_id"

# Since 7 November: where, the day it came, whether it was answered on that day, whether it is a
# simple matter, the state of its case and since which day.
COMPLAINTS = f"""
    SELECT community.name, to_char(complaint.received_at {LOCAL}, 'MM-DD'),
           coalesce((complaint.received_at {LOCAL})::date = (complaint.replied_at {LOCAL})::date,
                    false),
           matter.simple, matter.state, to_char(max(move.made_at) {LOCAL}, 'MM-DD')
      FROM inspections_complaint complaint {COMMUNITY.format("complaint")}
      JOIN inspections_case matter ON matter.id = complaint.case_id
      JOIN inspections_move move ON move.case_id = matter.id
     WHERE complaint.received_at >= '2024-11-07 00:00+08'
     GROUP BY complaint.id, community.id, matter.id ORDER BY complaint.received_at
"""
# As many came from 1 August to 31 October, as the clerk told.
BASELINE = "SELECT number::int, until - since + 1 FROM campaign_baseline"
JOINT = "SELECT number FROM inspections_case WHERE source = 'joint'"
FIRE_FACILITIES = f"""
    SELECT community.name, matter.item, to_char(matter.reported_at {LOCAL}, 'MM-DD'), matter.state,
           to_char(max(move.made_at) {LOCAL}, 'MM-DD')
      FROM inspections_case matter {COMMUNITY.format("matter")}
      JOIN inspections_move move ON move.case_id = matter.id
     WHERE matter.item IN ('XF-18', 'ZM-09') AND matter.reported_at >= '2024-11-07 00:00+08'
     GROUP BY community.id, matter.id ORDER BY matter.reported_at
"""
SITES = f"""
    SELECT community.name, to_char(site.built_at {LOCAL}, 'MM-DD'), site.retired_at
      FROM geo_asset site {COMMUNITY.format("site")}
     WHERE site.type = 'charging_site' AND site.built_at >= '2024-11-07 00:00+08'
     ORDER BY site.built_at
"""
# Looked at in the sixty days before that evening: where, when last, lamps, open findings of them.
LAMPS = f"""
    SELECT community.name, to_char(max(seen.recorded_at) {LOCAL}, 'MM-DD'),
           (SELECT count(*) FROM geo_asset lamp
             WHERE lamp.type = 'light' AND lamp.estate_id = estate.id),
           (SELECT count(*) FROM inspections_finding dark
             WHERE dark.estate_id = estate.id AND dark.item IN ('ZM-01', 'ZM-02', 'ZM-03')
               AND dark.closed_at IS NULL)
      FROM inspections_inspection seen {ESTATE.format("seen")} {COMMUNITY.format("estate")}
     WHERE seen.kind = 'lighting' AND seen.recorded_at >= '2024-10-21 20:00+08'
     GROUP BY estate.id, community.id ORDER BY max(seen.recorded_at)
"""
# In the thirty days before that evening: where, when last.
ENVIRONMENT = f"""
    SELECT community.name, to_char(max(seen.recorded_at) {LOCAL}, 'MM-DD')
      FROM inspections_inspection seen {ESTATE.format("seen")} {COMMUNITY.format("estate")}
     WHERE seen.kind = 'environment' AND seen.recorded_at >= '2024-11-20 20:00+08'
     GROUP BY estate.id, community.id ORDER BY max(seen.recorded_at)
"""
# Open ones of the six that count: where, what, the day.
DIRT = f"""
    SELECT community.name, finding.item, to_char(finding.recorded_at {LOCAL}, 'YYYY-MM-DD')
      FROM inspections_finding finding {ESTATE.format("finding")} {COMMUNITY.format("estate")}
     WHERE finding.item IN ('HJ-01', 'HJ-02', 'HJ-03', 'HJ-04', 'HJ-05', 'HJ-06')
       AND finding.in_force AND finding.closed_at IS NULL ORDER BY finding.recorded_at
"""
ANNOUNCED = f"""
    SELECT community.name, to_char(move."on", 'MM-DD') FROM campaign_stagemove move
      JOIN campaign_enrolment listed ON listed.id = move.enrolment_id
      {ESTATE.format("listed")} {COMMUNITY.format("estate")}
     WHERE move."to" = 'S10' ORDER BY move."on"
"""
# The most kinds that any managed estate was inspected by in the year, of four.
SURVEYED = f"""
    SELECT max(kinds) FROM (
        SELECT count(DISTINCT seen.kind) AS kinds
          FROM inspections_inspection seen {ESTATE.format("seen")}
         WHERE estate.company_id IS NOT NULL AND seen.recorded_at >= '2024-01-01 00:00+08'
         GROUP BY estate.id) AS each
"""
PUBLISHED = "SELECT count(*) FROM inspections_paper WHERE kind = 'oversight'"

RAW = {
    COMPLAINTS: [
        ("曾井社区", "11-18", True, False, "closed", "11-27"),
        # Fixed on the spot and never answered.
        ("锦青社区", "12-12", False, False, "closed", "12-17"),
    ],
    BASELINE: [(5, 92)],
    JOINT: [],
    FIRE_FACILITIES: [
        ("曾井社区", "XF-18", "11-25", "closed", "12-02"),
        ("锦青社区", "ZM-09", "12-15", "checking", "12-19"),
    ],
    SITES: [("高霞社区", "11-10", None), ("象山社区", "12-11", None)],
    LAMPS: [
        ("普照社区", "11-07", 42, 0),
        ("莲屿社区", "11-16", 32, 0),
        ("普照社区", "11-28", 31, 0),
        ("阳光社区", "12-10", 30, 0),
        ("锦青社区", "12-15", 26, 2),
    ],
    ENVIRONMENT: [
        ("莲屿社区", "11-27"),
        ("青新社区", "11-29"),
        ("莲屿社区", "12-01"),
        ("莲屿社区", "12-16"),
        ("锦青社区", "12-17"),
    ],
    DIRT: [
        # Standing water, never mended; nobody looked again.
        ("高霞社区", "HJ-04", "2023-03-21"),
        ("莲屿社区", "HJ-01", "2024-12-16"),
    ],
    ANNOUNCED: [("莲屿社区", "12-18"), ("莲屿社区", "12-19")],
    SURVEYED: [(3,)],
    PUBLISHED: [(0,)],
}
WHOLE = {
    # Five in 92 days are 2.39 in 44, and 5.43 in 100; two came. 16 % fewer, and 63 %.
    "ZX00-G3": ("done 0.39 of 2.39", "done 3.43 of 5.43"),
    "ZX03-M1": ("done 0.39 of 2.39", "done 3.43 of 5.43"),
    "ZX00-R1": ("late since 2024-12-01",) * 2,
    "ZX03-M2": ("done 2 of 2",) * 2,
    # No simple one came.
    "ZX03-R2": ("no_data",) * 2,
    "ZX03-R3": ("behind 1 of 2",) * 2,
    "ZX04-M1": ("no_data",) * 2,
    # Of 161 lamps two are out or flicker. In February nobody has looked for sixty days.
    "ZX07-M1": ("behind 159 of 161", "no_data"),
    # Five that were looked at in time have none; what nobody looked at is not without.
    "ZX07-M2": ("behind 5 of 150", "behind 0 of 150"),
    # One of the five has; in February that one alone is known.
    "ZX07-M3": ("behind 4 of 5", "behind 0 of 1"),
    "ZX08-M1": ("behind 2", "late 2 since 2025-01-01"),
    # No estate was inspected by all four kinds.
    "ZX08-D1": ("behind 0 of 23",) * 2,
    "ZX08-D3": ("no_target 2",) * 2,
    "ZX08-D4": ("no_target 1 of 2",) * 2,
}
CELLS = {
    ("ZX03-M1", "锦青社区"): ("no_baseline",) * 2,
    ("ZX03-M2", "锦青社区"): ("done 1 of 1",) * 2,
    ("ZX03-R3", "曾井社区"): ("done 1 of 1",) * 2,
    ("ZX03-R3", "锦青社区"): ("behind 0 of 1",) * 2,
    ("ZX07-M1", "普照社区"): ("done 73 of 73", "no_data"),
    ("ZX07-M1", "锦青社区"): ("behind 24 of 26", "no_data"),
    ("ZX07-M2", "莲屿社区"): ("behind 3 of 24", "no_data 0 of 24"),
    ("ZX07-M2", "高霞社区"): ("behind 0 of 23",) * 2,
    ("ZX07-M3", "莲屿社区"): ("behind 2 of 3", "behind 0 of 1"),
    # The target is the whole's.
    ("ZX08-M1", "莲屿社区"): ("None 2",) * 2,
    ("ZX08-M1", "高霞社区"): ("None 0",) * 2,
    ("ZX08-D3", "象山社区"): ("no_target 1",) * 2,
    ("ZX08-D4", "曾井社区"): ("no_target 1 of 1",) * 2,
    ("ZX08-D4", "锦青社区"): ("no_target 0 of 1",) * 2,
}


@pytest.mark.parametrize("asked", RAW)
def test_what_was_recorded_is_what_was_written_down(asked):
    assert rows(asked) == RAW[asked]


def test_the_board_counts_what_was_recorded(leader, clock):  # noqa: F811
    december, february = (board(leader, clock, day) for day in ("2024-12-20", "2025-02-14"))
    told = {code: (december[code]["whole"], february[code]["whole"]) for code in WHOLE}
    assert told == WHOLE
    cells = {(code, name): (december[code][name], february[code][name]) for code, name in CELLS}
    assert cells == CELLS


def test_every_indicator_of_the_notice_was_worked_out_by_hand():
    told = [*WHOLE, *test_demo_board.WHOLE, *test_demo_ledgers.WHOLE]
    assert sorted(told) == sorted(Indicator.objects.values_list("code", flat=True))
    assert len(told) == 51
