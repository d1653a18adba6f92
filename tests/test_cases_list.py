"""The list of cases: what is told of each, how it is narrowed, and what it says a moment later."""

import pytest

from inspections.models import Case
from people.models import Unit
from tests.factories import (
    CaseFactory,
    CompanyFactory,
    EstateFactory,
    FindingFactory,
    MembershipFactory,
    MoveFactory,
    UserFactory,
    case_of,
)

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases/"


def told(reply) -> list[dict]:
    assert reply.status_code == 200, reply.json()
    return [feature["properties"] for feature in reply.json()["features"]]


def test_a_case_is_told_whole(as_user, community, estate, people):
    case = CaseFactory(
        estate=estate,
        place=estate.geom.centroid,
        state="assigned",
        version=2,
        handler="company",
        company=estate.company,
        person=people["company"],
        assigned_at="2024-12-01T10:00:00+08:00",
        step_began_at="2024-12-01T10:00:00+08:00",
        step_due_at="2024-12-02T10:00:00+08:00",
        due_at="2024-12-05T17:30:00+08:00",
        first_due_at="2024-12-05T17:30:00+08:00",
        outside_number="JJ-2024-1",
    )
    reply = as_user("leader").get(CASES)
    assert reply["Content-Type"] == "application/geo+json"
    (feature,) = reply.json()["features"]
    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"] == {
        "id": str(case.pk),
        "number": Case.objects.get().number,
        "source": "complaint",
        "outside_number": "JJ-2024-1",
        "state": "assigned",
        "version": 2,
        "community": community.pk,
        "community_name": "陈村社区",
        "estate": estate.pk,
        "estate_name": "银星花园",
        "asset": None,
        "kind": "",
        "item": "",
        "title": "路灯不亮",
        "severity": 3,
        "simple": False,
        "handler": {
            "kind": "company",
            "id": estate.company_id,
            "name": estate.company.name,
            "person": "company",
            "person_name": "",
        },
        "reported_at": "2024-11-30T01:30:00Z",
        "opened_at": feature["properties"]["opened_at"],
        "assigned_at": "2024-12-01T02:00:00Z",
        "ended_at": None,
        "step": "claim",
        "step_began_at": "2024-12-01T02:00:00Z",
        "step_due_at": "2024-12-02T02:00:00Z",
        "due_at": "2024-12-05T09:30:00Z",
        "first_due_at": "2024-12-05T09:30:00Z",
        "overdue": True,
        "step_late": True,
        "provisional": False,
        "paused": False,
        "reopened": 0,
        "joined_to": None,
        "findings": 0,
        "complaints": 0,
        "undecided": 0,
    }


def titles(reply) -> list[str]:
    return [each["title"] for each in told(reply)]


@pytest.fixture
def several(estate, elsewhere, people) -> dict[str, Case]:
    """Each is like no other in one respect, and named by it."""
    unit = Unit.objects.get()
    of = {
        "claimed": {"state": "in_progress", "handler": "community"},
        "ended": {"state": "closed", "ended_at": "2024-12-02T10:00:00+08:00"},
        "overdue": {"due_at": "2024-12-01T10:00:00+08:00"},
        "late": {"step_due_at": "2024-12-01T10:00:00+08:00"},
        "platform": {"source": "platform", "outside_number": "JJ-77"},
        "severe": {"severity": 1},
        "lane": {"kind": "fire_lane", "item": "XF-03"},
        "elsewhere": {"estate": EstateFactory(community=elsewhere, name="别处花园")},
        "company": {"handler": "company", "company": estate.company},
        "unit": {"handler": "unit", "unit": unit},
        "november": {"reported_at": "2024-11-05T23:59:59+08:00"},
        "asked": {"person": people["inspector"]},
        "proposed": {},
    }
    cases = {
        name: CaseFactory(**{"estate": estate, "title": name} | columns)
        for name, columns in of.items()
    }
    for _ in range(2):
        MoveFactory(case=cases["proposed"], standing="proposed", version=None, made_at=None, seen=0)
    return cases


ALL = {
    *("claimed", "ended", "overdue", "late", "platform", "severe", "lane", "elsewhere"),
    *("company", "unit", "november", "asked", "proposed"),
}
NARROWED = {
    "state=in_progress": {"claimed"},
    "state=in_progress&state=closed": {"claimed", "ended"},
    "status=open": ALL - {"ended"},
    "status=ended": {"ended"},
    "status=overdue": {"overdue"},
    "status=late": {"late"},
    "source=platform": {"platform"},
    "severity=1": {"severe"},
    "kind=fire_lane": {"lane"},
    "item=XF-03": {"lane"},
    "community={elsewhere}": {"elsewhere"},
    "estate={estate}&status=ended": {"ended"},
    "company={company}": {"company"},
    "unit={unit}": {"unit"},
    "until=2024-11-05": {"november"},
    "since=2024-11-06": ALL - {"november"},
    "since=2024-11-05&until=2024-11-05": {"november"},
    "number={number}": {"severe"},
    "q={number}": {"severe"},
    "q=别处": {"elsewhere"},
    "q=jj-7": {"platform"},
    "q=PLATF": {"platform"},
    "undecided=1": {"proposed"},
    "undecided=0": ALL - {"proposed"},
    "status=open&severity=1&severity=2": {"severe"},
}


@pytest.mark.parametrize("query", NARROWED)
def test_cases_are_narrowed(as_user, several, community, elsewhere, estate, query):
    severe = Case.objects.get(title="severe")
    address = query.format(
        elsewhere=elsewhere.pk,
        estate=estate.pk,
        company=estate.company_id,
        unit=Unit.objects.get().pk,
        number=severe.number,
    )
    reply = as_user("leader").get(f"{CASES}?{address}")
    assert set(titles(reply)) == NARROWED[query]
    assert reply.json()["count"] == len(NARROWED[query])


MINE = {
    "officer": {"claimed"},
    "company": {"company"},
    "unit": {"unit"},
    "inspector": {"asked"},
    "leader": set(),
}


@pytest.mark.parametrize("who", MINE)
def test_ones_own_are_those_in_ones_own_hand(as_user, several, who):
    assert set(titles(as_user(who).get(f"{CASES}?mine=1"))) == MINE[who]


def test_what_cant_be_read_in_the_address_is_named(as_user):
    query = "state=x&status=y&severity=9&mine=0&sort=size&after=z&in_bbox=1&since=never&colour=red"
    reply = as_user("leader").get(f"{CASES}?{query}&q={'长' * 101}")
    assert (reply.status_code, reply.json()["code"]) == (400, "filter_invalid")
    assert set(reply.json()["details"]["fields"]) == {
        *("state", "status", "severity", "mine", "sort", "after", "in_bbox", "since"),
        *("colour", "q"),
    }


SEES = {
    "leader": {"ours", "theirs", "nobodys"},
    "inspector": {"ours", "theirs", "nobodys"},
    "inspector2": set(),
    "company": {"ours"},
    "stranger": set(),
}


@pytest.mark.parametrize("who", SEES)
def test_a_company_sees_what_it_has_in_hand_and_no_more(as_user, estate, who):
    CaseFactory(estate=estate, title="ours", handler="company", company=estate.company)
    CaseFactory(estate=estate, title="theirs", handler="company", company=CompanyFactory())
    CaseFactory(estate=estate, title="nobodys")
    assert set(titles(as_user(who).get(CASES))) == SEES[who]


def test_a_company_is_told_the_names_of_its_own_people_only(as_user, estate, people):
    mine = {"estate": estate, "handler": "company", "company": estate.company}
    another = UserFactory(username="another", name="别家的人")
    MembershipFactory(user=another, role="company", company=CompanyFactory())
    CaseFactory(title="own", person=people["company"], **mine)
    CaseFactory(title="another's", person=another, **mine)
    CaseFactory(title="office's", person=people["supervisor"], **mine)

    def asked(who: str) -> dict[str, str | None]:
        return {each["title"]: each["handler"]["person"] for each in told(as_user(who).get(CASES))}

    assert asked("company") == {"own": "company", "another's": None, "office's": None}
    assert asked("leader") == {
        "own": "company",
        "another's": "another",
        "office's": "supervisor",
    }


def test_how_much_belongs_to_a_case_is_told_of_each(as_user, estate):
    finding = FindingFactory(estate=estate)
    case = case_of(finding)
    FindingFactory(estate=estate, case=case, item="ZM-02")
    FindingFactory(estate=estate, case=case, item="ZM-03", in_force=False)
    MoveFactory(case=case, standing="proposed", version=None, made_at=None, seen=0)
    CaseFactory(estate=estate, state="suspended", title="rests")
    of = {
        each["title"]: [each[name] for name in ("findings", "complaints", "undecided", "paused")]
        for each in told(as_user("leader").get(CASES))
    }
    assert of == {"路灯不亮": [2, 0, 1, False], "rests": [0, 0, 0, True]}


@pytest.mark.parametrize("sort", ["number", "due"])
def test_pages_follow_one_another_while_cases_come_in(as_user, estate, sort):
    for n in range(5):
        CaseFactory(
            estate=estate,
            title=str(n),
            due_at=f"2024-12-0{6 - n // 2}T10:00:00+08:00" if n < 4 else None,
        )
    in_order = {"number": ["4", "3", "2", "1", "0"], "due": ["2", "3", "0", "1", "4"]}[sort]
    leader = as_user("leader")
    seen, address = [], f"{CASES}?sort={sort}&page_size=2"
    while address:
        reply = leader.get(address).json()
        seen += [feature["properties"]["title"] for feature in reply["features"]]
        assert reply["count"] == Case.objects.count()
        if len(seen) == 2:
            CaseFactory(estate=estate, title="new", due_at="2024-12-01T10:00:00+08:00")
        address = reply["next"]
    assert seen == in_order


def test_a_box_finds_cases_by_their_own_place(as_user, estate):
    west, south, east, north = estate.geom.extent
    CaseFactory(estate=estate, title="here", place=estate.geom.centroid)
    CaseFactory(estate=estate, title="nowhere")
    for box, found in (
        ((west, south, east, north), ["here"]),
        ((east + 1, south, east + 2, north), []),
    ):
        reply = as_user("leader").get(f"{CASES}?in_bbox={','.join(map(str, box))}")
        assert titles(reply) == found


def test_a_page_is_as_many_queries_however_many_rows(
    as_user, estate, people, django_assert_num_queries
):
    leader = as_user("leader")
    CaseFactory(estate=estate, handler="company", company=estate.company, person=people["company"])
    leader.get(CASES)
    CaseFactory.create_batch(9, estate=estate)
    leader.get(CASES)  # who asks, and the next deadline, are looked up here
    with django_assert_num_queries(7):
        assert len(told(leader.get(f"{CASES}?page_size=500"))) == 10
