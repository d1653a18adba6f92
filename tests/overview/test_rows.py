"""Every number opens the rows behind it: exactly those, whatever is asked and as of any day."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inspections import overview
from inspections.models import ClosedSpan, Finding
from inspections.overview import Asked, placed
from tests.factories import (
    CaseFactory,
    EstateFactory,
    FindingFactory,
    InspectionFactory,
    MembershipFactory,
)
from tests.overview.test_totals import Town, questions

pytestmark = pytest.mark.django_db
API = "/api/v1/overview/"


def asked(client, what: str, **query):
    reply = client.get(f"{API}{what}/", query)
    assert reply.status_code == 200, reply.json()
    return reply.json()


def opened(client, page_size: int = 40, **query) -> list[dict]:
    """All rows of the list, page after page: as many as it says, and none twice."""
    address: str | None = f"{API}rows/?{urlencode({**query, 'page_size': page_size}, doseq=True)}"
    rows: list[dict] = []
    while address:
        told = client.get(address).json()
        rows += told["features"]
        address = told["next"]
    assert len({row["id"] for row in rows}) == len(rows) == told["count"]
    return rows


def as_query(question: Asked) -> dict:
    """As an address asks it: what begins after its end is no question."""
    told = {name: value for name, value in question.told().items() if value}
    ends = [told[name] for name in ("until", "as_of") if name in told]
    return {
        name: list(value) if isinstance(value, tuple) else str(value)
        for name, value in told.items()
        if name != "since" or value <= min(ends)
    }


def the_rows_of_figures(client, query: dict, by: str) -> None:
    """Of all in one, and of each row: what was counted, and what it is divided by."""
    by = "month" if by in overview.STEPS else by
    told = asked(client, "figures", **query, by=by)
    assert len(opened(client, **query)) == told["total"]["n"]
    for row in told["rows"]:
        if by == "month":
            continue
        key = {"no_company": 1} if row["key"] is None else {by: row["key"]}
        narrowed = {**query, **key}
        assert len(opened(client, **narrowed)) == row["n"], (by, row)
        if row["of"] is None or by == "item" or by == "severity":
            continue
        divided_by = opened(client, **narrowed, of=1)
        if query["measure"] == "rate":
            assert len(divided_by) == row["of"], (by, row)
        else:
            assert sum(each["properties"]["households"] for each in divided_by) == row["of"]


def the_rows_of_a_step(client, query: dict, data: st.DataObject) -> None:
    step = data.draw(st.sampled_from(["week", "month"]))
    mode = data.draw(st.sampled_from(overview.MODES))
    told = asked(client, "frames", **{"since": "2024-08-25", **query}, step=step, mode=mode)
    if not told["estates"]:
        return
    at = data.draw(st.integers(0, len(told["steps"]) - 1))
    begins, ends = told["steps"][at]["since"], told["steps"][at]["until"]
    if mode == "cumulative":
        begins = told["steps"][0]["since"]
    within = {"since": begins, "until": ends}
    if mode == "open" or query["measure"] in ("open", "overdue"):
        measure = query["measure"] if query["measure"] == "overdue" else "open"
        within = {"measure": measure, "as_of": ends}
    without = {name: value for name, value in query.items() if name not in ("since", "until")}
    for estate, n in zip(told["estates"], told["n"][at], strict=True):
        assert len(opened(client, **{**without, **within, "estate": estate})) == n, (step, mode)


def the_rows_of_hexagons(client, query: dict) -> None:
    told = asked(client, "hexagons", **query)
    every = {each["properties"]["key"]: each["properties"]["n"] for each in told["features"]}
    for key, n in {**every, "none": told["unplaced"]}.items():
        assert len(opened(client, **query, hexagon=key)) == n, key


@pytest.mark.slow
def test_every_number_of_the_map_opens_exactly_the_rows_behind_it(as_user, people, monkeypatch):
    town = Town(7)
    for place in town.communities[:2]:
        MembershipFactory(user=people["stranger"], role="supervisor", community=place)
    clients = [as_user("leader"), as_user("stranger")]
    examples = settings(
        max_examples=12,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @examples
    @given(st.sampled_from(clients), questions(town), st.booleans(), st.data())
    def opens(client, question: Asked, by_cells: bool, data: st.DataObject) -> None:
        # Of many, hexagons are told by cells.
        monkeypatch.setattr(placed, "ONE_BY_ONE", -1 if by_cells else 999)
        query = as_query(question)
        the_rows_of_figures(client, query, data.draw(st.sampled_from(overview.BY)))
        the_rows_of_a_step(client, query, data)
        the_rows_of_hexagons(client, query)

    opens()


def test_what_was_open_on_a_past_day_is_listed_as_of_then(as_user, estate, clock):
    clock(20)
    at = {"estate": estate, "recorded_at": "2024-11-05T09:00:00+08:00"}
    closed_later = FindingFactory(**at, closed_at="2024-12-10T09:00:00+08:00")
    FindingFactory(**at, item="ZM-02", closed_at="2024-11-08T09:00:00+08:00")
    opened_again = FindingFactory(**at, item="ZM-03")
    ClosedSpan.objects.create(
        finding=opened_again,
        closed_at="2024-11-15T09:00:00+08:00",
        reopened_at="2024-12-15T09:00:00+08:00",
    )
    FindingFactory(estate=estate, item="ZM-04", recorded_at="2024-12-05T09:00:00+08:00")
    days = {}
    for day in ("2024-11-10", "2024-12-01", "2024-12-20"):
        rows = opened(as_user("leader"), measure="open", as_of=day)
        days[day] = {row["properties"]["item"] for row in rows}
    assert days == {
        "2024-11-10": {"ZM-01", "ZM-03"},
        "2024-12-01": {"ZM-01"},
        "2024-12-20": {"ZM-03", "ZM-04"},
    }
    (row,) = opened(as_user("leader"), measure="open", as_of="2024-12-01")
    assert (row["id"], row["properties"]["status"]) == (str(closed_later.pk), "closed")


def test_who_sees_a_number_sees_its_rows_and_no_others(as_user, estate, elsewhere):
    FindingFactory(estate=estate)
    FindingFactory(estate=EstateFactory(community=elsewhere))
    late = {"due_at": "2024-12-01T00:00:00Z", "opened_at": "2024-11-20T00:00:00Z"}
    CaseFactory(estate=estate, **late)
    for measure in ("found", "rate", "households", "open", "overdue", "repeat"):
        numbers = {
            who: asked(as_user(who), "figures", measure=measure)["total"]["n"]
            for who in ("leader", "inspector", "inspector2", "planner")
        }
        lists = {who: len(opened(as_user(who), measure=measure)) for who in numbers}
        assert lists == numbers, measure
    assert len(opened(as_user("inspector2"), measure="overdue")) == 0


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({"of": 1}, "of"),
        ({"measure": "open", "of": 1}, "of"),
        ({"holds": 0}, "holds"),
        ({"hexagon": "here"}, "hexagon"),
        ({"page": 0}, "page"),
        ({"page_size": 5000}, "page_size"),
        ({"again": 1}, "again"),
    ],
)
def test_what_has_no_rows_is_said(as_user, query, wrong):
    reply = as_user("leader").get(f"{API}rows/", query)
    assert (reply.status_code, reply.json()["code"]) == (400, "filter_invalid")
    assert set(reply.json()["details"]["fields"]) == {wrong}


def test_a_list_is_unchanged_until_something_is_written(as_user, estate):
    FindingFactory(estate=estate)
    client = as_user("leader")
    first = client.get(f"{API}rows/")
    again = {"if-none-match": first["ETag"]}
    assert client.get(f"{API}rows/", headers=again).status_code == 304
    assert client.get(f"{API}rows/", {"page": 2}, headers=again).status_code == 200
    InspectionFactory(estate=estate)
    Finding.objects.update(closed_at="2024-12-10T09:00:00+08:00")
    assert client.get(f"{API}rows/", headers=again).status_code == 200
