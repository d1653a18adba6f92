"""Who puts estates on a list, moves them, vetoes, fills in sheets and sees them: a table of role,
object and verb."""

import uuid

import pytest

from campaign.models import Indicator
from people.models import Unit
from tests.campaign.creation import sent
from tests.factories import CompanyFactory, EstateFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

WHO = (
    "admin", "officer", "unit", "supervisor", "leader", "clerk", "planner", "inspector",
    "inspector2", "company", "stranger", "nobody", "lead", "chief",
)  # fmt: skip
# "lead" is of 社区发展办, which leads the action; "chief" supervises the whole office.
KEEPS = dict.fromkeys(WHO, 403) | dict.fromkeys(("admin", "clerk", "lead", "chief"), 201)
KEEPS |= {"nobody": 401}
# Who does not see the estate does not find it.
ELSEWHERE = KEEPS | dict.fromkeys(
    ("officer", "supervisor", "inspector", "company", "stranger"), 404
)
HERE = KEEPS | dict.fromkeys(("inspector2", "stranger"), 404)
TABLE = {
    ("enrol", "here"): KEEPS,
    ("enrol", "elsewhere"): KEEPS,
    ("reach", "here"): HERE,
    ("reach", "elsewhere"): ELSEWHERE,
    ("declare", "here"): HERE,
    ("declare", "elsewhere"): ELSEWHERE,
    ("self", "here"): HERE
    | {"clerk": 403, "lead": 403, "chief": 403, "officer": 201, "company": 201},
    ("self", "elsewhere"): ELSEWHERE | {"clerk": 403, "lead": 403, "chief": 403},
    ("review", "here"): HERE | {"clerk": 403, "lead": 403, "supervisor": 201, "inspector": 201},
    ("review", "elsewhere"): ELSEWHERE | {"clerk": 403, "lead": 403, "inspector2": 201},
    ("recheck", "here"): HERE | {"clerk": 403, "lead": 403, "supervisor": 201, "inspector": 201},
}


@pytest.fixture
def places(notice, people, estate, elsewhere) -> dict:
    leading = Indicator.objects.get(code="ZX08-M1").action.responsibilities.get(part="lead")
    leading.unit = Unit.objects.create(name=leading.named)
    leading.save()
    people["lead"] = UserFactory(username="lead")
    MembershipFactory(user=people["lead"], role="unit", unit=leading.unit)
    people["chief"] = UserFactory(username="chief")
    MembershipFactory(user=people["chief"], role="supervisor")
    far = EstateFactory(community=elsewhere, company=CompanyFactory(), has_company=True)
    return {"here": estate, "elsewhere": far}


@pytest.mark.parametrize(("verb", "where"), TABLE)
def test_who_does_what(as_user, places, verb, where):
    answered = {}
    if verb == "enrol":
        for who in WHO:
            place = places[where]
            fresh = EstateFactory(
                community=place.community, company=place.company, has_company=True
            )
            answered[who] = sent.enrol(as_user(who), fresh).status_code
        assert answered == TABLE[verb, where]
        return
    row = sent.enrolled(as_user("admin"), places[where])
    for who in WHO:
        client = as_user(who)
        if verb == "reach":
            # There and back: both need nothing but a reason.
            to = "SX" if row.moves.count() % 2 == 0 else "S4"
            reply = sent.reach(client, row, to, "2024-11-10", reason="材料不全", attachments=None)
        elif verb == "declare":
            reply = sent.declare(client, row)
        else:
            reply = sent.fill(client, sent.a_sheet(row, verb, C1_01="met"))
        answered[who] = reply.status_code
    assert answered == TABLE[verb, where]


SEES_ALL = {"admin", "unit", "leader", "clerk", "planner", "lead", "chief"}
SEEN = {
    "here": {*SEES_ALL, "officer", "supervisor", "inspector", "company"},
    "elsewhere": {*SEES_ALL, "inspector2"},
}


def test_who_sees_what(as_user, places):
    """A company sees its own estates, and nothing of what the whole is to reach."""
    rows = {where: sent.enrolled(as_user("admin"), each) for where, each in places.items()}
    sheets = {}
    for where, row in rows.items():
        sheets[where] = uuid.uuid4()
        reply = sent.fill(as_user("admin"), sent.a_sheet(row, C1_01="met"), id=sheets[where])
        assert reply.status_code == 201
    for who in WHO:
        client = as_user(who)
        reply = client.get(sent.CREATION)
        if who in {"stranger", "nobody"}:
            assert reply.status_code == (401 if who == "nobody" else 403)
            continue
        seen = {where for where, seeing in SEEN.items() if who in seeing}
        ids = {str(rows[where].pk) for where in seen}
        assert {each["id"] for each in reply.json()["enrolments"]} == ids, who
        assert (reply.json()["target"] is None) == (who == "company"), who
        features = client.get(f"{sent.CREATION}map/").json()["features"]
        assert {each["properties"]["id"] for each in features} == ids, who
        for where, row in rows.items():
            found = 200 if where in seen else 404
            assert client.get(f"{sent.CREATION}{row.pk}/").status_code == found, (who, where)
            assert client.get(f"{sent.SHEETS}{sheets[where]}/").status_code == found, (who, where)


def test_before_any_programme_nobody_is_on_a_list(as_user, people):
    for who in ("leader", "company"):
        told = as_user(who).get(sent.CREATION)
        assert told.status_code == 200
        body = told.json()
        assert (body["programme"], body["target"]) == ("", None)
        assert (body["enrolments"], body["removed"]) == ([], [])
        assert body["forecast"] == {
            "low": None, "likely": None, "high": None, "chance": None, "rests_on": 0, "few": True,
        }  # fmt: skip
        on_map = as_user(who).get(f"{sent.CREATION}map/")
        assert (on_map.status_code, on_map.json()["features"]) == (200, [])
    named = as_user("leader").get(sent.CREATION, {"programme": "晋政青〔2025〕1号"})
    assert (named.status_code, named.json()["code"]) == (404, "programme_not_found")


def test_whom_the_tablet_asks_what(as_user, places):
    rows = {where: sent.enrolled(as_user("admin"), each) for where, each in places.items()}

    def asked(who: str) -> dict:
        told = as_user(who).get(f"{sent.CREATION}tablet/").json()["enrolments"]
        of = {str(row.pk): where for where, row in rows.items()}
        return {of[each["id"]]: each["forms"] for each in told}

    assert {who: asked(who) for who in WHO if who not in ("stranger", "nobody")} == {
        **{who: {} for who in ("unit", "leader", "clerk", "planner", "lead")},
        "admin": {where: ["self", "review", "recheck"] for where in ("here", "elsewhere")},
        "officer": {"here": ["self"]},
        "company": {"here": ["self"]},
        "supervisor": {"here": ["review", "recheck"]},
        "inspector": {"here": ["review", "recheck"]},
        "inspector2": {"elsewhere": ["review", "recheck"]},
        "chief": {where: ["review", "recheck"] for where in ("here", "elsewhere")},
    }
    tablet = f"{sent.CREATION}tablet/"
    first = as_user("inspector").get(tablet)
    again = as_user("inspector").get(tablet, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
