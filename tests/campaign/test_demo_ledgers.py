"""What the demonstration's ledgers feed, as of 20 December 2024 and as of a day of the next year:
worked out by hand from its estates, 5 18 5 24 5 4 16 23 17 8 5 10 5 5 by community, each numbered
there from 1, and from its companies, numbered from 1, of which two manage nothing here."""

import pytest

from tests.campaign.test_demo_board import board, leader, rows  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_town")]

ALL = "count(DISTINCT row.estate_id)"
NOVEMBER, DECEMBER = (f"row.day BETWEEN '2024-{m}-01' AND '2024-{m}-30'" for m in (11, 12))
PARTY, MEMBERS = (f"sum((row.data->>'{each}')::int)" for each in ("party", "members"))
MATURE = "(row.data->>'mature')::bool"

# A ledger, which of its rows, what is counted of them, and by community.
BY_COMMUNITY = {
    # Of 阳光 and 永福里 each fifth had none. The last community's October one came in November.
    ("cleanups", NOVEMBER, ALL): "5 18 5 24 5 4 16 23 17 8 5 8 4 5",
    # No multiple of three, and only the first ten communities.
    ("cleanups", DECEMBER, ALL): "4 12 4 16 4 3 11 16 12 6 - - - -",
    # No multiple of six, then odd ones.
    ("needs_lists", NOVEMBER, ALL): "5 15 5 20 5 4 14 20 15 7 5 9 5 5",
    ("needs_lists", DECEMBER, ALL): "3 9 3 12 3 2 8 12 9 4 3 5 3 3",
    # No multiple of three, then the first of each three.
    ("joint_activities", NOVEMBER, ALL): "4 12 4 16 4 3 11 16 12 6 4 7 4 4",
    ("joint_activities", DECEMBER, ALL): "2 6 2 8 2 2 6 8 6 3 2 4 2 2",
    # Odd ones.
    ("micro_projects", "true", ALL): "3 9 3 12 3 2 8 12 9 4 3 5 3 3",
    # Numbers that end with 1 to 5; and with 6 to 8.
    ("committees", "row.data->>'body' = 'committee'", ALL): "5 10 5 14 5 4 10 13 10 5 5 5 5 5",
    ("committees", "row.data->>'body' = 'interim'", ALL): "- 6 - 6 - - 4 6 5 3 - 3 - -",
    # The second, twelfth and twenty-second are new, of seven members each.
    ("committees", "row.data->>'formed_on' > '2024-11-06'", MEMBERS): (
        "7 14 7 21 7 7 14 21 14 7 7 7 7 7"
    ),
    # Three of them in the Party, in each other community four.
    ("committees", "row.data->>'formed_on' > '2024-11-06'", PARTY): "3 8 3 12 3 4 6 12 6 4 3 4 3 4",
    # No multiple of four; of those the sixth and the eighteenth have no branch.
    ("party_estates", MATURE, ALL): "4 14 4 18 4 3 12 18 13 6 4 8 4 4",
    ("party_estates", f"{MATURE} AND row.data->>'branch' <> 'none'", ALL): (
        "4 12 4 16 4 3 11 16 12 5 4 7 4 4"
    ),
    # Of November alone.
    ("appraisals", "row.month = '2024-11-01'", ALL): "5 13 4 19 4 4 12 16 13 6 5 9 5 5",
    ("appraisals", "row.month > '2024-11-01'", ALL): "- - - - - - - - - - - - - -",
    # The sixth and the twelfth made none.
    ("project_lists", "true", "count(*)"): "1 1 1 1 1 - 1 1 1 1 1 - 1 1",
}
# By number: guards, trained and on file. 10 and its number; of each fourth a fifth is trained,
# else a half; each third lacks two on file. Each seventh told nothing.
GUARDS = (
    "3:13/6/11 4:14/2/14 5:15/7/15 6:16/8/14 8:18/3/18 9:19/9/17 10:20/10/20 11:21/10/21 12:22/4/20"
    " 13:23/11/23 15:25/12/23 16:26/5/26 17:27/13/27 18:28/14/26 19:29/14/29 20:30/6/30 22:32/16/32"
    " 23:33/16/33 24:34/6/32 25:35/17/35"
)
# Odd ones are asked; of those 5, 15 and 25 are not covered.
PARTY_COMPANIES = "3:t 5:f 7:t 9:t 11:t 13:t 15:f 17:t 19:t 21:t 23:t 25:f"
# Of the whole: what, and on which days.
OF_WHOLE = {
    ("joint_enforcement", "'4 bodies'"): {"4 bodies": "11-21 12-13"},
    ("patrols", "row.data->>'body'"): {
        "fire": "11-28 12-17",
        "market": "11-26",
        "police": "11-19 12-11",
        "urban": "11-14 12-04",
    },
    ("appraisal_results", "'told'"): {"told": "11-28 12-05"},
}

WHOLE = {
    # Once in December, and not in January.
    "ZX04-R1": ("done 1", "late since 2025-02-01"),
    # The market office was in no estate in December; in November each body was.
    "ZX04-R2": ("on_pace 0", "late since 2025-01-01"),
    "ZX05-R1": ("done 1", "late since 2025-02-01"),
    # November's were all there; December's not by its end.
    "ZX05-M3": ("on_pace 0 of 120", "late 0 of 120 since 2025-01-01"),
    # Eight companies failed, and one of them is not barred.
    "ZX05-M4": ("behind 7 of 8",) * 2,
    # 39 % are more than a quarter, but three companies told nothing: it is not done.
    "ZX06-M1": (
        "on_pace 189 of 480 (3 missing)",
        "late 189 of 480 (3 missing) since 2025-01-01",
    ),
    # Asked from January to June: 45 of 181 days ask for 25 %.
    "ZX06-M2": ("no_data", "on_pace 189 of 480 (3 missing)"),
    "ZX06-M3": ("behind 466 of 480 (3 missing)",) * 2,
    # December lacks those that November lacks, and more; in January there was none.
    "ZX07-R1": ("late 88 of 150 since 2024-12-01", "late 0 of 150 since 2024-12-01"),
    # All before the notice was out, or in the days after.
    "ZX07-D1": ("done 150 of 150",) * 2,
    # Multiples of six had none in November either.
    "ZX09-R1": ("late 79 of 150 since 2024-12-01", "late 0 of 150 since 2024-12-01"),
    "ZX09-R2": ("late 55 of 150 since 2024-12-01", "late 0 of 150 since 2024-12-01"),
    # 12 of 14 are 86 %, where the days ask for 80 %.
    "ZX09-M1": ("on_pace 12 of 14", "late 12 of 14 since 2025-01-01"),
    "ZX10-M1": ("behind 79 of 150", "late 79 of 150 since 2025-01-01"),
    # 67 % of the 60 % that are asked.
    "ZX02-M1": ("done 101 of 150",) * 2,
    # 51 % where 50 % are asked.
    "ZX02-M2": ("done 75 of 147",) * 2,
    "ZX02-M3": ("on_pace 134 of 150", "late 134 of 150 since 2025-01-01"),
    # 91 % where 90 % are asked.
    "ZX01-M1": ("done 106 of 116",) * 2,
    "ZX01-M2": ("behind 9 of 12", "late 9 of 12 since 2025-01-01"),
}
CELLS = {
    ("ZX05-M3", "锦青社区"): ("on_pace 0 of 13", "late 0 of 13 since 2025-01-01"),
    ("ZX07-R1", "锦青社区"): ("on_pace 12 of 18", "late 0 of 18 since 2025-01-01"),
    ("ZX07-R1", "永福里社区"): (
        "late 0 of 5 since 2024-12-01",
        "late 0 of 5 since 2024-12-01",
    ),
    # Its second and fourth had one in November: they are late since January only.
    ("ZX09-R1", "霞行社区"): ("on_pace 2 of 4", "late 0 of 4 since 2025-01-01"),
    # The third of each three had none in either month.
    ("ZX09-R2", "霞行社区"): ("late 2 of 4 since 2024-12-01", "late 0 of 4 since 2024-12-01"),
    # 58 % are 97 % of the way to 60 %.
    ("ZX02-M1", "莲屿社区"): ("on_pace 14 of 24", "late 14 of 24 since 2025-01-01"),
    # Three of seven are 86 % of the way to a half.
    ("ZX02-M2", "青新社区"): ("on_pace 3 of 7", "late 3 of 7 since 2025-01-01"),
    ("ZX02-M2", "锦青社区"): ("done 8 of 14",) * 2,
    ("ZX02-M3", "洪宅垵社区"): ("done 8 of 8",) * 2,
    ("ZX01-M1", "洪宅垵社区"): ("on_pace 5 of 6", "late 5 of 6 since 2025-01-01"),
    ("ZX09-M1", "霞行社区"): ("no_data 0 of 1", "late 0 of 1 since 2025-01-01"),
    ("ZX10-M1", "陈村社区"): ("behind 3 of 5", "late 3 of 5 since 2025-01-01"),
}


@pytest.mark.parametrize("asked", BY_COMMUNITY)
def test_what_stands_in_ledgers_is_what_was_counted_by_hand(asked):
    ledger, which, counted = asked
    told = rows(
        f"""SELECT community.code, (
                SELECT {counted} FROM campaign_ledgerrow row
                 WHERE row.ledger = %s AND row.community_id = community.id AND {which})
              FROM geo_community community WHERE NOT provisional ORDER BY community.code""",
        ledger,
    )
    assert [str(n or "-") for _, n in told] == BY_COMMUNITY[asked].split()


def of_companies(ledger: str, told: str, which: str = "true") -> str:
    """By number, in the town's order."""
    found = rows(
        f"""SELECT company.n, {told} FROM campaign_ledgerrow row
              JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM geo_propertycompany)
                   company ON company.id = row.company_id
             WHERE row.ledger = %s AND {which} ORDER BY company.n""",
        ledger,
    )
    return " ".join(f"{n}:{said}" for n, said in found)


def test_what_companies_have_is_what_was_counted_by_hand():
    told = "concat_ws('/', row.data->>'guards', row.data->>'trained', row.data->>'filed')"
    assert of_companies("guards", told) == GUARDS
    covered = "left(row.data->>'covered', 1)"
    asked = "(row.data->>'qualified')::bool"
    assert of_companies("party_companies", covered, asked) == PARTY_COMPANIES


def test_of_eight_companies_that_failed_seven_are_barred():
    failed = {
        company
        for (company,) in rows(
            """SELECT estate.company_id FROM campaign_ledgerrow row
                 JOIN geo_estate estate ON estate.id = row.estate_id
                WHERE row.ledger = 'appraisals'
                  AND (row.data->>'score')::numeric < (row.data->>'mark')::numeric"""
        )
    }
    barred = rows("SELECT company_id FROM campaign_ledgerrow WHERE ledger = 'restrictions'")
    assert (len(failed), len(barred)) == (8, 7)
    assert {company for (company,) in barred} < failed


@pytest.mark.parametrize("asked", OF_WHOLE)
def test_what_was_done_of_the_whole_is_what_was_counted_by_hand(asked):
    ledger, what = asked
    told = rows(
        f"""SELECT {what}, string_agg(to_char(row.day, 'MM-DD'), ' ' ORDER BY row.day)
              FROM campaign_ledgerrow row WHERE row.ledger = %s GROUP BY 1""",
        ledger,
    )
    assert dict(told) == OF_WHOLE[asked]


def test_the_board_counts_what_stands_in_ledgers(leader, clock):  # noqa: F811
    december, february = (board(leader, clock, day) for day in ("2024-12-20", "2025-02-14"))
    told = {code: (december[code]["whole"], february[code]["whole"]) for code in WHOLE}
    assert told == WHOLE
    cells = {(code, name): (december[code][name], february[code][name]) for code, name in CELLS}
    assert cells == CELLS
