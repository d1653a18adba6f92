"""What is overdue changes with time alone: a deadline is past, and nothing was written."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from geo.models import WriteCount
from tests.factories import CaseFactory, EstateFactory, FindingFactory, MoveFactory, case_of
from tests.tiles import address, features

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases/"
STEP_DUE = datetime.fromisoformat("2024-12-05T10:00:00+08:00")
DUE = datetime.fromisoformat("2024-12-05T17:30:00+08:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock(monkeypatch):
    """Sets what time it is."""

    def at(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(STEP_DUE - MINUTE)
    return at


@pytest.fixture
def case(estate):
    finding = FindingFactory(estate=estate, place=estate.geom.centroid)
    return case_of(finding, state="assigned", due_at=DUE, step_due_at=STEP_DUE)


def listed(reply) -> list[tuple]:
    rows = [each["properties"] for each in reply.json()["features"]]
    return [(each["overdue"], each["step_late"]) for each in rows]


def of_points(reply) -> list[tuple]:
    return [(each["properties"]["overdue"], each["properties"]["late"]) for each in features(reply)]


def of_findings(reply) -> list[tuple]:
    return [(each["properties"]["overdue"],) for each in features(reply)]


def of_ledger(reply) -> list[tuple]:
    text = b"".join(reply.streaming_content).decode("utf-8-sig")
    return [(line["overdue?"],) for line in csv.DictReader(io.StringIO(text))]


def of_workbook(reply) -> list[tuple]:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(b"".join(reply.streaming_content))).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    return [(row[head.index("overdue?")],) for row in rows]


# Address → how it is read, and what it says before, between and after the two deadlines.
REPLIES = {
    CASES: (listed, [(False, False)], [(False, True)], [(True, True)]),
    f"{CASES}?status=late": (listed, [], [(False, True)], [(True, True)]),
    f"{CASES}?status=overdue": (listed, [], [], [(True, True)]),
    "/api/v1/ledger.csv": (of_ledger, [("no",)], [("no",)], [("overdue",)]),
    "/api/v1/ledger.xlsx": (of_workbook, [("no",)], [("no",)], [("overdue",)]),
    "/api/v1/ledger.csv?status=overdue": (of_ledger, [], [], [("overdue",)]),
    "cases": (of_points, [(False, False)], [(False, True)], [(True, True)]),
    "cases?status=overdue": (of_points, [], [], [(True, True)]),
    "findings": (of_findings, [(False,)], [(False,)], [(True,)]),
}


@pytest.mark.parametrize("path", REPLIES)
def test_a_deadline_that_passes_is_told_though_nothing_was_written(as_user, case, clock, path):
    read, *said = REPLIES[path]
    layer, _, query = path.partition("?")
    url = path if path.startswith("/") else address(layer, 16, *case.place.coords, query)
    leader, tags = as_user("leader"), []
    leader.get(url)
    written = list(WriteCount.objects.order_by("pk").values_list("n"))
    for moment, expected in zip(
        (STEP_DUE - MINUTE, STEP_DUE + MINUTE, DUE + MINUTE), said, strict=True
    ):
        clock(moment)
        reply = leader.get(url, headers={"if-none-match": tags[-1]} if tags else {})
        assert reply.status_code == 200
        assert read(reply) == expected
        tags.append(reply["ETag"])
        # Asked again at the same moment, and a little later: unchanged.
        for later in (moment, moment + MINUTE / 2):
            clock(later)
            again = leader.get(url, headers={"if-none-match": reply["ETag"]})
            assert (again.status_code, again["ETag"]) == (304, reply["ETag"])
            assert again["Cache-Control"] == "private, no-cache"
    assert len(set(tags)) == 3
    assert list(WriteCount.objects.order_by("pk").values_list("n")) == written


@pytest.mark.parametrize(
    "path", [f"{CASES}?status=lapsed", "/api/v1/ledger.csv?status=lapsed", "cases?status=lapsed"]
)
def test_what_was_put_aside_is_told_from_the_day_after_its_day_on(as_user, estate, clock, path):
    case = CaseFactory(estate=estate, state="suspended", version=2, place=estate.geom.centroid)
    MoveFactory(case=case, name="suspend", version=1, data={"until": "2024-11-01"})
    MoveFactory(case=case, name="suspend", version=2, data={"until": "2024-12-05"})
    layer, _, query = path.partition("?")
    url = path if path.startswith("/") else address(layer, 16, *case.place.coords, query)
    read = features if layer == "cases" else of_ledger if "ledger" in path else listed
    leader, midnight = as_user("leader"), datetime.fromisoformat("2024-12-06T00:00:00+08:00")
    clock(midnight - MINUTE)
    before = leader.get(url)
    assert len(read(before)) == 0
    clock(midnight)
    after = leader.get(url, headers={"if-none-match": before["ETag"]})
    assert (after.status_code, len(read(after))) == (200, 1)
    again = leader.get(url, headers={"if-none-match": after["ETag"]})
    assert again.status_code == 304


def test_what_stands_still_or_has_ended_passes_no_deadline(as_user, estate, clock):
    for columns in (
        {"state": "suspended"},
        {"state": "closed", "ended_at": STEP_DUE - MINUTE, "due_at": DUE, "step_due_at": STEP_DUE},
    ):
        CaseFactory(estate=estate, **columns)
    leader = as_user("leader")
    first = leader.get(CASES)
    clock(DUE + MINUTE)
    again = leader.get(CASES, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_a_deadline_elsewhere_is_no_news_here(as_user, estate, elsewhere, clock):
    CaseFactory(estate=estate)
    CaseFactory(estate=EstateFactory(community=elsewhere), due_at=DUE)
    tags = {who: as_user(who).get(CASES)["ETag"] for who in ("inspector", "inspector2")}
    clock(DUE + MINUTE)
    for who, status in (("inspector", 304), ("inspector2", 200)):
        reply = as_user(who).get(CASES, headers={"if-none-match": tags[who]})
        assert reply.status_code == status


@pytest.mark.parametrize("path", [CASES, "/api/v1/ledger.csv", "cases"])
def test_a_new_day_is_another_tag(as_user, case, clock, path):
    url = path if path.startswith("/") else address(path, 16, *case.place.coords)
    clock(DUE + MINUTE)
    first = as_user("leader").get(url)
    clock(datetime.fromisoformat("2024-12-05T23:59:59+08:00"))
    same = as_user("leader").get(url, headers={"if-none-match": first["ETag"]})
    clock(datetime.fromisoformat("2024-12-06T00:00:00+08:00"))
    other = as_user("leader").get(url, headers={"if-none-match": first["ETag"]})
    assert (same.status_code, other.status_code) == (304, 200)
