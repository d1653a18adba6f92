"""The board as of a day: hand-checked rows."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.models import Indicator, Programme, Target
from campaign.reports import board
from geo.scope import EVERYTHING
from tests.campaign.entered import a_value, enter
from tests.campaign.notice import NOTICE
from tests.factories import CompanyFactory, EstateFactory
from tests.test_openapi import checked, described  # noqa: F401

pytestmark = pytest.mark.django_db

BOARD = "/api/v1/campaign/board/"


def told(client, day: str, **asked) -> dict[str, dict]:
    reply = client.get(BOARD, {"as_of": day} | asked)
    assert reply.status_code == 200, reply.json()
    rows = reply.json()["actions"]
    return {each["code"]: each for row in rows for each in (row, *row["indicators"])}


def said(cell: dict | None) -> str:
    if cell is None:
        return "–"
    of = "" if cell["of"] is None else f" of {cell['of']:g}"
    number = "" if cell["n"] is None else f" {cell['n']:g}{of}"
    missing = f" ({cell['missing']} missing)" if cell.get("missing") else ""
    since = f" since {cell['late_since']}" if cell["late_since"] else ""
    return f"{cell['light']}{number}{missing}{since}"


def row(board: dict, code: str, community, elsewhere) -> tuple[str, str, str]:
    """In all, and in the two communities."""
    cells = {each["community"]: said(each) for each in board[code]["cells"]}
    return said(board[code]["whole"]), *(cells.get(each.pk, "–") for each in (community, elsewhere))


@pytest.mark.parametrize(
    ("code", "day", "expects"),
    [
        # 44 of 55 days: 16 of 20 are just in time; of the whole alone.
        ("ZX08-M1", "2024-12-20", ("on_pace 16", "–", "–")),
        ("ZX08-M1", "2024-12-18", ("no_data", "–", "–")),
        ("ZX08-M1", "2025-01-01", ("late 16 since 2025-01-01", "–", "–")),
        # Eight of nine days, and one of two communities.
        ("ZX01-D1", "2024-11-14", ("behind 1 of 2", "done 1 of 1", "no_data 0 of 1")),
        (
            "ZX01-D1",
            "2024-11-16",
            ("late 1 of 2 since 2024-11-16", "done 1 of 1", "late 0 of 1 since 2024-11-16"),
        ),
        # Every month: the other estate missed November.
        ("ZX07-R1", "2024-11-30", ("on_pace 1 of 2", "done 1 of 1", "no_data 0 of 1")),
        (
            "ZX07-R1",
            "2024-12-20",
            ("late 1 of 2 since 2024-12-01", "done 1 of 1", "late 0 of 1 since 2024-12-01"),
        ),
        (
            "ZX07-R1",
            "2025-01-05",
            (
                "late 0 of 2 since 2024-12-01",
                "on_pace 0 of 1",
                "late 0 of 1 since 2024-12-01",
            ),
        ),
        # 3 of 8 is 37.5 %, five eighths of the way to 60 %; not the mean of 75 % and 0 %.
        ("ZX02-M1", "2024-12-20", ("behind 3 of 8", "done 3 of 4", "behind 0 of 4")),
        ("ZX02-M1", "2024-12-10", ("done 3 of 4", "done 3 of 4", "–")),
        # All that was told is right, and one estate told nothing.
        ("ZX05-M1", "2024-12-20", ("on_pace 12 of 12 (1 missing)", "done 12 of 12", "no_data")),
        ("ZX01-M2", "2024-12-20", ("on_pace 1 of 1 (1 missing)", "done 1 of 1", "no_data")),
        # Of the subdistrict, every month: December's is not due yet.
        ("ZX04-R1", "2024-12-20", ("on_pace", "–", "–")),
        ("ZX04-R1", "2025-01-01", ("late since 2025-01-01", "–", "–")),
        ("ZX04-R1", "2024-11-20", ("done 1", "–", "–")),
        # A deadline of before the notice.
        ("ZX05-D1", "2024-11-07", tuple(["late 0 of {} since 2024-11-01"] * 3)),
        # Nobody set a target, or a baseline.
        ("ZX00-G2", "2024-12-20", ("no_target", "–", "–")),
        ("ZX08-D3", "2024-12-20", ("no_target", "no_target", "no_target")),
        ("ZX03-M1", "2024-12-20", ("no_baseline", "no_baseline", "no_baseline")),
        # Nobody ever looked: no survey.
        ("ZX08-D1", "2024-12-20", ("behind 0 of 2", "behind 0 of 1", "behind 0 of 1")),
        # Of an action: the worst of its indicators, how many are done of those with a target.
        ("ZX00", "2024-11-08", ("no_data 0 of 4", "no_baseline 0 of 1", "no_baseline 0 of 1")),
    ],
)
def test_a_row_of_the_board_is_what_is_reckoned_by_hand(
    as_user, entered, community, elsewhere, code, day, expects
):
    expects = tuple(each.format(of) for each, of in zip(expects, (2, 1, 1), strict=True))
    if code == "ZX00":
        expects = ("no_baseline 0 of 4", *expects[1:])
    assert row(told(as_user("leader"), day), code, community, elsewhere) == expects


def test_the_clock_alone_makes_a_thing_late_and_a_past_board_stays(as_user, entered):
    leader = as_user("leader")
    before = told(leader, "2024-11-15")["ZX01-D1"]
    assert said(before["whole"]) == "behind 1 of 2"
    assert said(told(leader, "2024-11-16")["ZX01-D1"]["whole"]).startswith("late")
    assert told(leader, "2024-11-15")["ZX01-D1"] == before


def test_a_past_board_reads_the_target_that_held(as_user, entered):
    Target.objects.create(
        indicator=Indicator.objects.get(code="ZX08-M1"),
        holds_from="2024-12-20",
        op=">=",
        number=16,
    )
    leader = as_user("leader")
    assert said(told(leader, "2024-12-20")["ZX08-M1"]["whole"]) == "done 16"
    earlier = told(leader, "2024-12-19")["ZX08-M1"]
    assert (said(earlier["whole"]), earlier["target"]["number"]) == ("on_pace 16", 20)


def test_each_sees_the_board_of_their_own_communities(as_user, entered, community, estate):
    reply = as_user("officer").get(BOARD, {"as_of": "2024-12-20"}).json()
    assert [each["id"] for each in reply["communities"]] == [community.pk]
    mine = told(as_user("officer"), "2024-12-20")
    assert said(mine["ZX07-R1"]["whole"]) == "done 1 of 1"
    assert said(mine["ZX02-M1"]["whole"]) == "done 3 of 4"


def test_who_sees_a_part_is_not_judged_by_what_the_whole_is_to_reach(
    as_user, entered, community, elsewhere
):
    """Two of twenty are no reason to worry where the others are elsewhere."""
    training = Indicator.objects.get(code="ZX02-R1")
    told_of = {"op": ">=", "number": 20, "deadline": "2024-12-31"}
    Target.objects.create(indicator=training, holds_from="2024-12-01", **told_of)
    admin = as_user("admin")
    for where, n in ((community, 2), (elsewhere, 14)):
        enter(admin, a_value("ZX02-R1", community=where.pk, numerator=n, measured_on="2024-12-19"))
    seen = {
        who: said(told(as_user(who), "2024-12-20")["ZX02-R1"]["whole"])
        for who in ("leader", "officer")
    }
    assert seen == {"leader": "on_pace 16", "officer": "None 2"}
    # What was told of the whole, everyone of the office reads; and that nothing was told of it.
    enter(admin, a_value("ZX02-R1", numerator=16, measured_on="2024-12-20"))
    assert said(told(as_user("officer"), "2024-12-20")["ZX02-R1"]["whole"]) == "on_pace 16"
    late = told(as_user("officer"), "2025-01-01")
    assert said(late["ZX04-R1"]["whole"]) == "late since 2025-01-01"
    assert said(late["ZX00-R1"]["whole"]) == "late since 2024-12-01"
    # Of places that Xuntu counts there are none here: of the others an officer knows nothing.
    Indicator.objects.filter(code="ZX08-M1").update(metric="safety_std_estates")
    assert said(told(as_user("officer"), "2025-01-01")["ZX08-M1"]["whole"]) == "–"
    assert said(told(as_user("leader"), "2025-01-01")["ZX08-M1"]["whole"]).startswith("late")


def test_what_is_asked_no_more_counts_no_more(as_user, entered, community, elsewhere, far):
    """Nobody tells a number any more of an estate that is gone, or of a company that manages none:
    what they told last would stand in the way for ever."""
    admin = as_user("admin")
    for code, place in (("ZX05-M1", {"estate": far.pk}), ("ZX01-M2", {"company": far.company_id})):
        a_zero = a_value(code, **place, measured_on="2024-12-02", numerator=0, denominator=40)
        assert enter(admin, a_zero).status_code == 201
    far.retired_at = "2024-12-15T09:00:00+08:00"
    far.save()
    leader = as_user("leader")
    for code, n in (("ZX05-M1", 12), ("ZX01-M2", 1)):
        before, after = (
            row(told(leader, day), code, community, elsewhere)
            for day in ("2024-12-14", "2024-12-15")
        )
        assert before == (f"behind {n} of {n + 40}", f"done {n} of {n}", "behind 0 of 40")
        assert after == (f"done {n} of {n}", f"done {n} of {n}", "no_data")


def test_a_notice_of_next_year_leaves_this_years_board_open_until_then(as_user, entered):
    Programme.objects.create(
        code="晋政青〔2024〕99号", zh="明年", en="Next year", year=2025, issued_on="2024-12-15"
    )
    leader = as_user("leader")
    asked = {
        day: leader.get(BOARD, {"as_of": day}).json()["programme"]["year"]
        for day in ("2024-12-20", "2024-12-31", "2025-01-01")
    }
    assert asked == {"2024-12-20": 2024, "2024-12-31": 2024, "2025-01-01": 2025}
    other = leader.get(BOARD, {"as_of": "2024-12-20", "programme": "晋政青〔2024〕99号"}).json()
    assert (other["programme"]["year"], len(other["programmes"])) == (2025, 2)


def test_the_board_is_of_the_latest_programme_that_was_out(as_user, entered):
    leader = as_user("leader")
    reply = leader.get(BOARD, {"as_of": "2024-12-20"}).json()
    assert reply["programme"] == {
        "code": NOTICE,
        "zh": "住宅小区管理品质提升专项行动",
        "en": "Special actions for better-managed estates",
        "year": 2024,
        "issued_on": "2024-11-07",
    }
    assert [each["code"] for each in reply["actions"]] == [f"ZX{n:02}" for n in range(11)]
    for asked in ({"as_of": "2024-11-06"}, {"programme": "晋政青〔2025〕9号"}):
        refused = leader.get(BOARD, asked)
        assert (refused.status_code, refused.json()["code"]) == (404, "programme_not_found")


def test_what_is_answered_is_what_is_described(as_user, described, entered):  # noqa: F811
    reply = as_user("leader").get(BOARD, {"as_of": "2024-12-20"})
    checked(described, BOARD, "get", reply)


def test_more_communities_and_values_ask_no_more_statements(
    as_user, notice, entered, django_assert_num_queries
):
    day = date(2024, 12, 20)
    with CaptureQueriesContext(connection) as before:
        board(EVERYTHING, notice, day)
    asked = len(before)
    for _ in range(3):
        estate = EstateFactory(company=CompanyFactory(), has_company=True)
        enter(as_user("admin"), a_value("ZX07-R1", measured_on="2024-12-01", estate=estate.pk))
    with django_assert_num_queries(asked):
        board(EVERYTHING, notice, day)


def test_more_months_ask_no_more_statements_of_what_was_published(
    notice, only, django_assert_num_queries
):
    only("ZX00-R1")
    with CaptureQueriesContext(connection) as of_one_month:
        board(EVERYTHING, notice, date(2024, 11, 20))
    with django_assert_num_queries(len(of_one_month)):
        board(EVERYTHING, notice, date(2026, 11, 20))
