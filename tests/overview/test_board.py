"""The board: hand-checked rows, as of one day and another."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from inspections.models import CaseSpan, Finding
from tests.cases import a_case, bring, made
from tests.factories import (
    CaseFactory,
    CompanyFactory,
    EstateFactory,
    FindingFactory,
    InspectionFactory,
)
from tests.test_openapi import checked

pytestmark = pytest.mark.django_db
BOARD = "/api/v1/overview/board/"


def day(told: str) -> datetime:
    """Noon of a day, told as 11-05."""
    return datetime.fromisoformat(f"2024-{told}T12:00:00+08:00")


def stood(estate, source: str, first_due: str, *stretches):
    """A case that stood in each stretch from the day told: its state, and what else changed."""
    since, _, _ = stretches[0]
    case = CaseFactory(
        estate=estate, source=source, reported_at=day(since), first_due_at=day(first_due)
    )
    CaseSpan.objects.filter(case=case).delete()
    until = [day(each[0]) for each in stretches[1:]]
    told: dict = {}
    for (since, state, more), end in zip(stretches, [*until, None], strict=True):
        told |= more
        deadlines = {
            name: value if value is None else day(value)
            for name, value in told.items()
            if name.endswith("due_at")
        }
        ended = day(since) if state in ("closed", "rejected") else None
        CaseSpan.objects.create(
            case=case,
            since=day(since),
            until=end,
            state=state,
            ended_at=ended,
            **(told | deadlines),
        )
    return case


@pytest.fixture
def november(estate, elsewhere, clock):
    """Six cases at two estates, and another company that takes one over."""
    clock(8)
    company, other = estate.company, CompanyFactory(name="接手物业")
    there = EstateFactory(community=elsewhere)
    stood(
        estate,
        "inspection",
        "11-12",
        ("11-05", "reported", {"due_at": "11-12", "step_due_at": "11-06"}),
        ("11-06", "assigned", {"company": company, "step_due_at": "11-07"}),
        ("11-10", "closed", {}),
    )
    stood(
        estate,
        "complaint",
        "11-13",
        ("11-06", "reported", {"due_at": "11-13", "step_due_at": "11-07"}),
        ("11-20", "closed", {}),
        ("12-01", "assigned", {"reopened": 1, "due_at": "12-08", "step_due_at": "12-02"}),
    )
    stood(
        estate,
        "complaint",
        "11-15",
        ("11-08", "reported", {"due_at": "11-15", "step_due_at": "11-09"}),
        ("11-09", "assigned", {"company": company, "step_due_at": "11-12"}),
        ("12-02", "assigned", {"company": other, "step_due_at": "12-05"}),
        ("12-05", "closed", {}),
    )
    stood(
        estate,
        "complaint",
        "12-02",
        ("11-25", "reported", {"due_at": "12-02", "step_due_at": "11-26"}),
        ("11-26", "rejected", {}),
    )
    stood(
        there,
        "platform",
        "12-20",
        ("12-01", "reported", {"due_at": "12-20", "step_due_at": "12-02"}),
    )
    stood(
        there,
        "inspection",
        "11-28",
        ("11-20", "reported", {"due_at": "11-28", "step_due_at": "11-21"}),
        ("11-21", "in_progress", {"step_due_at": "11-28"}),
        ("11-29", "in_progress", {"due_at": "12-20", "step_due_at": "12-20"}),
        ("12-03", "checking", {"step_due_at": "12-05"}),
    )
    return company, other


OF_NOVEMBER = "?since=2024-11-01&until=2024-11-30"
CASES = (
    *("handled", "on_time", "overdue", "first_time_fixed", "found_by_residents"),
    "found_by_inspectors",
)


def shares(one, names=CASES) -> dict[str, tuple[int, int]]:
    return {name: (one["figures"][name]["n"], one["figures"][name]["of"]) for name in names}


def late(one) -> dict[str, tuple[int, int]]:
    """By step, where anything is in it."""
    by_step = one["figures"]["overdue_by_step"].items()
    return {step: (each["n"], each["of"]) for step, each in by_step if each["of"]}


def test_the_board_as_of_a_past_day_and_as_of_today_are_both_true(as_user, november):
    leader = as_user("leader")

    def on(day_: str):
        return leader.get(f"{BOARD}{OF_NOVEMBER}&as_of=2024-{day_}").json()["totals"]

    # In the middle of the month: one is closed, one is late by its first deadline.
    assert shares(on("11-14")) == {
        "handled": (1, 3),
        "on_time": (1, 2),
        "overdue": (1, 2),
        "first_time_fixed": (1, 1),
        "found_by_residents": (2, 3),
        "found_by_inspectors": (1, 3),
    }
    assert late(on("11-14")) == {"intake": (1, 1), "claim": (1, 1)}
    # At its end: one was turned down and is no matter; one was late, until it was extended.
    assert shares(on("11-28"))["overdue"] == (2, 2)
    assert shares(on("11-30")) == {
        "handled": (2, 4),
        "on_time": (1, 4),
        "overdue": (1, 2),
        "first_time_fixed": (2, 2),
        "found_by_residents": (2, 4),
        "found_by_inspectors": (2, 4),
    }
    assert late(on("11-30")) == {"claim": (1, 1), "handling": (0, 1)}
    # Today: one was opened again and is late by its new deadline, one was handed back.
    today = {
        "handled": (3, 4),
        "on_time": (1, 4),
        "overdue": (1, 3),
        "first_time_fixed": (1, 1),
        "found_by_residents": (2, 4),
        "found_by_inspectors": (2, 4),
    }
    assert shares(on("12-10")) == today
    assert late(on("12-10")) == {"claim": (1, 1), "intake": (1, 1), "checking": (1, 1)}
    told = leader.get(f"{BOARD}{OF_NOVEMBER}").json()
    assert (shares(told["totals"]), told["as_of"]) == (today, "2024-12-10T09:00:00+08:00")


def test_communities_stand_by_code_and_a_companys_cases_are_those_it_had_then(as_user, november):
    company, other = november
    leader = as_user("leader")

    def on(day_: str):
        return leader.get(f"{BOARD}{OF_NOVEMBER}&as_of=2024-{day_}").json()

    told = on("11-30")
    codes = [each["code"] for each in told["communities"]]
    assert codes == sorted(codes)
    by_name = {each["name"]: shares(each, ("handled", "overdue")) for each in told["communities"]}
    assert by_name == {
        "陈村社区": {"handled": (2, 3), "overdue": (1, 1)},
        "象山社区": {"handled": (0, 1), "overdue": (0, 1)},
    }
    both = {each["id"]: shares(each, ("handled", "overdue")) for each in told["companies"]}
    assert both == {company.pk: {"handled": (1, 2), "overdue": (1, 1)}}
    later = {each["id"]: shares(each, ("handled", "overdue")) for each in on("12-10")["companies"]}
    assert later == {
        company.pk: {"handled": (1, 1), "overdue": (0, 0)},
        other.pk: {"handled": (1, 1), "overdue": (0, 0)},
    }


def test_a_community_is_told_of_its_own_alone(as_user, november):
    told = as_user("supervisor").get(f"{BOARD}{OF_NOVEMBER}&as_of=2024-11-30").json()
    assert [each["name"] for each in told["communities"]] == ["陈村社区"]
    assert shares(told["totals"], ("handled", "overdue")) == {"handled": (2, 3), "overdue": (1, 1)}
    narrowed = as_user("supervisor").get(f"{BOARD}?company={november[1].pk}").json()
    assert shares(narrowed["totals"], ("handled",)) == {"handled": (1, 1)}


def test_a_number_leads_to_no_page_that_is_not_open_to_its_reader(as_user, november):
    told = {}
    for who in ("leader", "inspector", "planner"):
        figures = as_user(who).get(f"{BOARD}{OF_NOVEMBER}").json()["totals"]["figures"]
        late = figures.pop("overdue_by_step")["claim"]
        told[who] = {
            name: each["rows"] is not None and each["rest"] is not None
            for name, each in {**figures, "late": late}.items()
        }
        assert as_user(who).get("/api/v1/me/").json()["may"]["cases"] is told[who]["handled"]
        assert as_user(who).get("/cases/").status_code == (200 if told[who]["handled"] else 403)
    of_cases = {*CASES, "late"}
    assert told["leader"] == dict.fromkeys([*of_cases, "repeat", "inspections"], True)
    for who in ("inspector", "planner"):
        assert told[who] == dict.fromkeys(of_cases, False) | {"repeat": True, "inspections": True}


def test_a_trend_tells_each_month_as_it_stood_at_its_own_end(as_user, november):
    trend = as_user("leader").get(f"{BOARD}?since=2024-10-15").json()["totals"]["trend"]
    told = [(each["key"], each["since"], each["until"], each["as_of"]) for each in trend]
    assert told == [
        ("2024-10", "2024-10-15", "2024-10-31", "2024-10-31"),
        ("2024-11", "2024-11-01", "2024-11-30", "2024-11-30"),
        ("2024-12", "2024-12-01", "2024-12-10", "2024-12-10"),
    ]
    assert [shares(each) for each in trend] == [
        dict.fromkeys(CASES, (0, 0)),
        {
            "handled": (2, 4),
            "on_time": (1, 4),
            "overdue": (1, 2),
            "first_time_fixed": (2, 2),
            "found_by_residents": (2, 4),
            "found_by_inspectors": (2, 4),
        },
        {
            "handled": (0, 1),
            "on_time": (0, 0),
            "overdue": (1, 3),
            "first_time_fixed": (1, 1),
            "found_by_residents": (0, 1),
            "found_by_inspectors": (0, 1),
        },
    ]
    # A month told here is the board of that month.
    asked = "?since=2024-11-01&until=2024-11-30&as_of=2024-11-30"
    whole = as_user("leader").get(f"{BOARD}{asked}").json()
    assert shares(whole["totals"]) == shares(trend[1])
    assert len(as_user("leader").get(BOARD).json()["totals"]["trend"]) == 12


def test_the_clock_alone_moving_past_a_deadline_changes_the_board(as_user, estate, clock):
    case = a_case(as_user("inspector"), estate)
    bring(as_user, case, "in_progress")
    client = as_user("leader")
    told = []
    for moment in (
        case.step_due_at - timedelta(minutes=1),
        case.step_due_at + timedelta(minutes=1),
        case.due_at + timedelta(minutes=1),
    ):
        clock((moment - clock(0)) / timedelta(days=1))
        reply = client.get(BOARD)
        again = client.get(BOARD, headers={"if-none-match": reply["ETag"]})
        assert again.status_code == 304
        totals = reply.json()["totals"]
        told.append((late(totals)["handling"], shares(totals, ("overdue",))["overdue"]))
    assert told == [((0, 1), (0, 1)), ((1, 1), (0, 1)), ((1, 1), (1, 1))]
    # What was so on a day that is over stays so.
    made(as_user("company"), case, "hand_back")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert (
        client.get(f"{BOARD}?as_of={yesterday}").json()["totals"]["figures"]["overdue"]["of"] == 1
    )


def test_inspections_that_are_due_go_by_each_kinds_own_interval(as_user, estate, elsewhere, clock):
    clock(0)
    there = EstateFactory(community=elsewhere)
    EstateFactory(community=elsewhere, retired_at="2024-11-20T00:00:00+08:00")
    InspectionFactory(estate=estate, kind="fire_lane", recorded_at="2024-11-05T09:00:00+08:00")
    InspectionFactory(estate=estate, kind="lighting", recorded_at="2024-11-05T09:00:00+08:00")
    InspectionFactory(
        estate=there, kind="fire_lane", recorded_at="2024-11-05T09:00:00+08:00", in_force=False
    )

    def on(day_: str, more: str = ""):
        asked = f"{BOARD}?as_of=2024-{day_}{more}"
        figures = as_user("leader").get(asked).json()["totals"]["figures"]
        return figures["inspections"]["n"], figures["inspections"]["of"]

    # The one that went out of use was in use then.
    assert on("11-04") == (0, 12)
    assert on("11-06") == (2, 12)
    assert on("12-02") == (2, 8)
    assert on("12-02", f"&community={elsewhere.pk}") == (0, 4)
    clock(30)
    assert on("12-31", "&kind=fire_lane") == (0, 2)
    address = "/api/v1/overview/due/?done=1&as_of=2024-12-02"
    rows = as_user("leader").get(address).json()["rows"]
    assert {(each["estate"], each["kind"], each["due_on"] is None) for each in rows} == {
        (estate.pk, "fire_lane", False),
        (estate.pk, "lighting", False),
    }


def test_what_is_found_again_is_told_of_all_that_was_found(as_user, estate, clock):
    first = FindingFactory(estate=estate, recorded_at="2024-11-05T09:00:00+08:00")
    Finding.objects.filter(pk=first.pk).update(closed_at="2024-11-08T09:00:00+08:00")
    FindingFactory(estate=estate, recorded_at="2024-11-20T09:00:00+08:00")
    FindingFactory(estate=estate, item="ZM-02", recorded_at="2024-11-20T09:00:00+08:00")
    told = as_user("leader").get(f"{BOARD}{OF_NOVEMBER}").json()
    assert shares(told["totals"], ("repeat",)) == {"repeat": (1, 3)}
    assert [shares(each, ("repeat",)) for each in told["totals"]["trend"]] == [{"repeat": (1, 3)}]
    (company,) = told["companies"]
    assert shares(company, ("repeat",)) == {"repeat": (1, 3)}


def test_a_share_comes_with_its_interval_and_none_where_there_is_nothing(as_user, november):
    told = as_user("leader").get(f"{BOARD}{OF_NOVEMBER}&as_of=2024-11-30").json()
    handled = told["totals"]["figures"]["handled"]
    # Clopper and Pearson's of 2 in 4.
    assert (handled["value"], handled["low"], handled["high"]) == (0.5, 0.0676, 0.9324)
    nothing = told["totals"]["figures"]["repeat"]
    assert [nothing[name] for name in ("n", "of", "value", "low", "high")] == [0, 0, *[None] * 3]
    said = {each["slug"]: each for each in told["figures"]}
    slugs = {*CASES, "repeat", "inspections"}
    slugs |= {f"overdue_{step}" for step in told["totals"]["figures"]["overdue_by_step"]}
    assert set(said) == slugs
    assert all(all(each.values()) for each in said.values())


@pytest.mark.parametrize(
    ("asked", "field"),
    [("as_of=2099-01-01", "as_of"), ("since=2024-12-05&as_of=2024-12-01", "since"), ("x=1", "x")],
)
def test_what_can_not_be_asked_is_said(as_user, clock, asked, field):
    reply = as_user("leader").get(f"{BOARD}?{asked}")
    assert (reply.status_code, reply.json()["code"]) == (400, "filter_invalid")
    assert set(reply.json()["details"]["fields"]) == {field}


@pytest.mark.parametrize(
    "path", ["board", "due", "rows", "rows?measure=overdue", "rows?measure=rate&of=1", "version"]
)
def test_what_is_answered_is_what_is_described(as_user, november, path):
    described = as_user("leader").get("/api/schema/").json()
    path, _, query = path.partition("?")
    address = f"/api/v1/overview/{path}/"
    reply = as_user("leader").get(f"{address}?{query}")
    assert reply.status_code == 200
    checked(described, address, "get", reply)
