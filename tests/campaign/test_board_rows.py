"""The rows behind a cell of the board: exactly what it is made of."""

from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from campaign.models import Indicator
from campaign.standing import Light
from geo.models import Community, Estate, PropertyCompany
from tests.campaign.entered import a_value, enter
from tests.campaign.notice import NOTICE
from tests.campaign.test_board import BOARD
from tests.factories import CompanyFactory, EstateFactory
from tests.test_openapi import checked, described  # noqa: F401

pytestmark = pytest.mark.django_db

ROWS = "/api/v1/campaign/board/rows/"
OFFICE = ("inspector", "supervisor", "officer", "planner", "leader", "clerk", "unit")


def opened(client, code: str, day: str, community=None) -> dict:
    asked = {"indicator": Indicator.objects.get(code=code).pk, "as_of": day}
    reply = client.get(ROWS, asked if community is None else asked | {"community": community.pk})
    assert reply.status_code == 200, reply.json()
    return reply.json()


def said(row: dict) -> str:
    of = "" if row["of"] is None else f" of {row['of']:g}"
    number = " nothing" if row["missing"] else f" {row['n']:g}{of}"
    since = f" since {row['late_since']}" if row["late_since"] else ""
    beside = "" if row["counts"] else " (beside)"
    return f"{row['name'] or row['level']}: {row['light']}{number}{since}{beside}"


def rows_of(told: dict) -> list[str]:
    return [said(row) for row in told["rows"]]


def test_of_places_that_are_counted_each_is_told_the_worst_first(
    as_user,
    entered,
    estate,
    far,
):
    told = opened(as_user("leader"), "ZX07-R1", "2024-12-20")
    assert rows_of(told) == [
        f"{far.name}: late nothing since 2024-12-01",
        f"{estate.name}: done 1",
    ]
    assert told["cell"] == {
        "light": "late",
        "n": 1,
        "of": 2,
        "places": True,
        "missing": 0,
        "late_since": "2024-12-01",
        "expected": None,
    }
    mine = told["rows"][1]
    assert [
        (each["month"], each["due_on"], each["n"], each["done"]) for each in mine["months"]
    ] == [
        ("2024-11", "2024-11-30", 1, True),
        ("2024-12", "2024-12-31", 1, True),
    ]
    assert mine["months"][0]["value"] | {"id": ""} == {
        "id": "",
        "measured_on": "2024-11-28",
        "source": "社区月报",
        "by_name": "admin",
        "attachment": None,
        "attachment_name": None,
    }
    assert told["months"] == []


def test_a_rate_opens_to_what_each_place_told_and_who_told_nothing(
    as_user,
    entered,
    community,
    elsewhere,
    estate,
    far,
):
    told = opened(as_user("leader"), "ZX02-M1", "2024-12-20")
    assert rows_of(told) == [
        f"{elsewhere.name}: behind 0 of 4",
        f"{community.name}: done 3 of 4",
    ]
    told = opened(as_user("leader"), "ZX05-M1", "2024-12-20")
    assert rows_of(told) == [f"{far.name}: no_data nothing", f"{estate.name}: done 12 of 12"]
    assert told["cell"]["missing"] == 1
    # A column that told nothing opens all the same, to the places that owe it.
    told = opened(as_user("leader"), "ZX05-M1", "2024-12-20", elsewhere)
    assert rows_of(told) == [f"{far.name}: no_data nothing"]


def test_who_has_not_told_this_month_yet_stands_with_the_months_before(
    as_user, entered, estate, far
):
    Indicator.objects.filter(code="ZX05-M2").update(recurrence="monthly")
    admin = as_user("admin")
    for place, day in ((estate, "2024-11-20"), (far, "2024-11-21"), (estate, "2024-12-10")):
        assert enter(admin, a_value("ZX05-M2", estate=place.pk, measured_on=day)).status_code == 201
    for day, light in (("2024-12-20", "on_pace"), ("2025-01-01", "late")):
        told = opened(admin, "ZX05-M2", day)
        assert told["cell"]["light"] == light
        since = " since 2025-01-01" if light == "late" else ""
        assert f"{far.name}: {light} nothing{since}" in rows_of(told)
    of_far = next(each for each in told["rows"] if each["id"] == far.pk)
    assert [(each["month"], each["n"], each["done"]) for each in of_far["months"]] == [
        ("2024-11", 1, True),
        ("2024-12", None, False),
        ("2025-01", None, False),
    ]


def test_where_the_whole_was_told_its_communities_stand_beside(
    as_user,
    entered,
    community,
    elsewhere,
):
    admin = as_user("admin")
    assert enter(admin, a_value("ZX02-M1", numerator=5, denominator=10)).status_code == 201
    told = opened(admin, "ZX02-M1", "2024-12-20")
    assert rows_of(told) == [
        "subdistrict: on_pace 5 of 10",
        f"{elsewhere.name}: behind 0 of 4 (beside)",
        f"{community.name}: done 3 of 4 (beside)",
    ]
    assert (told["cell"]["n"], told["cell"]["of"]) == (5, 10)


def test_a_number_of_the_whole_has_months_and_its_parts_no_light(
    as_user,
    entered,
    community,
):
    admin = as_user("admin")
    told = opened(admin, "ZX04-R1", "2025-01-02")
    assert [(each["month"], each["n"], each["done"]) for each in told["months"]] == [
        ("2024-11", 1, True),
        ("2024-12", None, False),
        ("2025-01", None, False),
    ]
    assert (told["rows"], told["cell"]["light"]) == ([], "late")
    assert enter(admin, a_value("ZX08-M1", community=community.pk)).status_code == 201
    told = opened(admin, "ZX08-M1", "2024-12-20", community)
    assert rows_of(told) == [f"{community.name}: None 1"]


def test_no_baseline_and_no_target_are_said(as_user, entered):
    told = opened(as_user("leader"), "ZX03-M1", "2024-12-20")
    assert (told["cell"]["light"], told["rows"]) == ("no_baseline", [])
    assert told["indicator"]["target"]["says_en"] == "≥ 15 %"
    told = opened(as_user("leader"), "ZX00-G2", "2024-12-20")
    assert (told["cell"]["light"], told["rows"]) == ("no_target", [])
    assert told["indicator"]["target"]["says_en"] == "no target set"


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({}, 400, "filter_invalid"),
        ({"indicator": "x"}, 400, "filter_invalid"),
        ({"indicator": 999_999}, 404, "indicator_not_found"),
        ({"indicator": 0, "community": 999_999}, 404, "place_not_found"),
        ({"indicator": 0, "as_of": "2999-01-01"}, 400, "filter_invalid"),
        ({"indicator": 0, "other": 1}, 400, "filter_invalid"),
        ({"indicator": 0, "as_of": "2024-11-01"}, 404, "indicator_not_found"),
    ],
)
def test_what_is_not_there_is_not_opened(as_user, notice, asked, status, code):
    if asked.get("indicator") == 0:
        asked = asked | {"indicator": Indicator.objects.get(code="ZX07-R1").pk}
    reply = as_user("leader").get(ROWS, asked)
    assert (reply.status_code, reply.json()["code"]) == (status, code)


def test_another_community_is_not_there(as_user, entered, elsewhere):
    asked = {"indicator": Indicator.objects.get(code="ZX07-R1").pk, "community": elsewhere.pk}
    assert as_user("officer").get(ROWS, asked).status_code == 404


def test_what_is_told_is_what_is_described(as_user, described, entered):  # noqa: F811
    for code in ("ZX07-R1", "ZX04-R1", "ZX05-M1"):
        asked = {"indicator": Indicator.objects.get(code=code).pk, "as_of": "2024-12-20"}
        checked(described, ROWS, "get", as_user("leader").get(ROWS, asked))


# ── whatever is entered, whoever asks ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(2))
def test_every_cell_equals_its_rows(as_user, notice, community, elsewhere, estate, far, seed):
    by = Random(seed)
    EstateFactory(community=community, company=CompanyFactory(), has_company=True)
    EstateFactory(community=community)
    fill(as_user("admin"), by)
    for who in ("leader", by.choice(OFFICE)):
        day = date(2024, 11, 7) + timedelta(days=by.randrange(120))
        assert cells_that_lie(as_user(who), day) == {}, (who, day)


def cells_that_lie(client, day: date) -> dict:
    """Every cell of a board opened: indicator and column → where its rows say otherwise."""
    wrong = {}
    for action in client.get(BOARD, {"as_of": day.isoformat()}).json()["actions"]:
        for indicator in action["indicators"]:
            cells = [(None, indicator["whole"])]
            cells += [(each["community"], each) for each in indicator["cells"]]
            for column, cell in cells:
                lies = lies_of(of_cell(client, indicator["id"], column, day), cell)
                if lies:
                    wrong[indicator["code"], column] = lies
    return wrong


def of_cell(client, indicator: int, column, day) -> dict:
    asked = {"indicator": indicator, "as_of": day.isoformat()}
    return client.get(ROWS, asked if column is None else asked | {"community": column}).json()


def lies_of(told: dict, cell: dict | None) -> list[str]:
    """Where the rows say otherwise than the cell of the board."""
    if cell is None:
        return [] if told["cell"] is None and told["rows"] == [] else ["there is no such cell"]
    wrong = []
    if told["cell"] != {name: each for name, each in cell.items() if name != "community"}:
        wrong.append(f"the cell itself: {told['cell']}")
    rows = [each for each in told["rows"] if each["counts"]]
    if cell["places"]:
        done = sum(each["light"] == Light.DONE for each in rows)
        if (done, len(rows)) != (cell["n"], cell["of"]):
            wrong.append(f"{done} of {len(rows)} places are done")
    else:
        with_number = [each for each in rows if not each["missing"]]
        n = sum(each["n"] for each in with_number) if with_number else None
        ofs = [each["of"] for each in with_number if each["of"] is not None]
        if n != pytest.approx(cell["n"]) or (sum(ofs) if ofs else None) != cell["of"]:
            wrong.append(f"adds up to {n} of {ofs}")
        if with_number and len(rows) - len(with_number) != cell["missing"]:
            wrong.append(f"{len(rows) - len(with_number)} have told nothing")
    late = [each["late_since"] for each in rows if each["late_since"]]
    if cell["places"] and cell["light"] == Light.LATE and min(late) != cell["late_since"]:
        wrong.append(f"late since {min(late)}")
    unsaid = [each for each in told["months"] if not each["done"]]
    if told["months"] and cell["light"] == Light.LATE and unsaid == []:
        wrong.append("every month is done")
    return wrong


def fill(admin, by: Random) -> None:
    """Numbers of every entered indicator, of some places, some more than once."""
    places = {
        "community": [{"community": pk} for pk in Community.objects.values_list("pk", flat=True)],
        "estate": [{"estate": pk} for pk in Estate.objects.values_list("pk", flat=True)],
        "company": [{"company": pk} for pk in PropertyCompany.objects.values_list("pk", flat=True)],
    }
    places["subdistrict"] = [{}, *places["community"]]
    indicators = admin.get("/api/v1/campaign/indicators/", {"as_of": str(timezone.localdate())})
    for each in indicators.json()["indicators"]:
        if each["derived"] or each["programme"] != NOTICE:
            continue
        for place in by.sample(places[each["level"]], k=by.randint(0, len(places[each["level"]]))):
            for _ in range(by.randint(1, 2)):
                most = by.choice([1, 5, 20])
                value = a_value(
                    each["code"],
                    measured_on=str(date(2024, 11, 1) + timedelta(days=by.randrange(100))),
                    numerator=by.randint(0, most),
                    **({"denominator": most} if each["unit"] == "%" else {}),
                    **place,
                )
                reply = enter(admin, value)
                assert reply.status_code in (201, 400), reply.json()
