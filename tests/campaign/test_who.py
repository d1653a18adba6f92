"""Who sees and enters which value, as a table of role, object and verb."""

import pytest

from campaign.services.loading import load_actions
from tests.campaign.entered import INDICATORS, VALUES, a_value, enter
from tests.factories import CompanyFactory, EstateFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

WHO = (
    "admin", "officer", "unit", "supervisor", "leader", "clerk", "planner", "inspector",
    "inspector2", "company", "stranger", "nobody",
)  # fmt: skip
# Nobody enters but those who answer for it; who may enter nothing is told so before all else.
NOT = dict.fromkeys(WHO, 403) | {"admin": 201, "nobody": 401}
OFFICER = NOT | {"officer": 201}
# 综合执法队 answers for the action.
UNIT = NOT | {"unit": 201}
BOTH = NOT | {"officer": 201, "unit": 201}
# In another community, or of a company with no estate here: the officer does not find it.
ELSEWHERE = NOT | {"officer": 404}

TABLE = {
    # 党建办 leads; its responsible units are the communities.
    ("ZX01-D1", "community"): OFFICER,
    ("ZX01-D1", "elsewhere"): ELSEWHERE,
    ("ZX01-M1", "whole"): NOT,
    ("ZX01-M1", "community"): OFFICER,
    ("ZX01-M2", "their company"): OFFICER,
    ("ZX01-M2", "another company"): ELSEWHERE,
    # 综合执法队 leads.
    ("ZX04-R1", "whole"): UNIT,
    ("ZX04-R1", "community"): BOTH,
    ("ZX04-R1", "elsewhere"): ELSEWHERE | {"unit": 201},
    ("ZX07-R1", "estate"): BOTH,
    ("ZX07-R1", "estate elsewhere"): ELSEWHERE | {"unit": 201},
    # 综合执法队 is not named.
    ("ZX06-M1", "their company"): OFFICER,
    ("ZX08-D2", "estate"): OFFICER,
    # Every unit answers for the whole.
    ("ZX00-R2", "whole"): UNIT,
}


@pytest.fixture
def places(community, elsewhere, estate) -> dict[str, dict]:
    far = EstateFactory(community=elsewhere, company=CompanyFactory(), has_company=True)
    return {
        "whole": {},
        "community": {"community": community.pk},
        "elsewhere": {"community": elsewhere.pk},
        "estate": {"estate": estate.pk},
        "estate elsewhere": {"estate": far.pk},
        "their company": {"company": estate.company_id},
        "another company": {"company": far.company_id},
    }


@pytest.fixture
def asked(people):
    """The notice, with the units that work with Xuntu."""
    load_actions()


@pytest.mark.parametrize(("code", "where"), TABLE)
def test_who_enters_what(as_user, asked, places, code, where):
    body = a_value(code, **places[where])
    answered = {who: enter(as_user(who), body).status_code for who in WHO}
    assert answered == TABLE[code, where]


SEES_ALL = {"admin", "unit", "leader", "clerk", "planner"}
SEEN = {
    "whole": {*SEES_ALL, "officer", "supervisor", "inspector", "inspector2"},
    "community": {*SEES_ALL, "officer", "supervisor", "inspector"},
    "elsewhere": {*SEES_ALL, "inspector2"},
    "estate": {*SEES_ALL, "officer", "supervisor", "inspector"},
    "estate elsewhere": {*SEES_ALL, "inspector2"},
    "their company": {*SEES_ALL, "officer", "supervisor", "inspector"},
    "another company": {*SEES_ALL, "inspector2"},
}
CODES = {
    "whole": "ZX00-R2",
    "community": "ZX01-D1",
    "elsewhere": "ZX01-D1",
    "estate": "ZX07-R1",
    "estate elsewhere": "ZX07-R1",
    "their company": "ZX06-M1",
    "another company": "ZX06-M1",
}


def test_who_sees_what(as_user, asked, places):
    """Companies see nothing of the campaign, not even of themselves."""
    ids = {}
    for where, place in places.items():
        reply = enter(as_user("admin"), a_value(CODES[where], **place))
        ids[reply.json()["id"]] = where
    for who in WHO:
        reply = as_user(who).get(VALUES)
        if who in {"company", "stranger", "nobody"}:
            assert reply.status_code == (401 if who == "nobody" else 403), who
            continue
        seen = {ids[each["id"]] for each in reply.json()["values"]}
        assert seen == {where for where, seeing in SEEN.items() if who in seeing}, who


def test_an_officer_of_two_communities_and_a_unit_of_one_enter_where_they_are(
    as_user, people, asked, places, elsewhere
):
    MembershipFactory(user=people["officer"], role="officer", community=elsewhere)
    assert enter(as_user("officer"), a_value("ZX01-D1", **places["elsewhere"])).status_code == 201
    people["local"] = UserFactory(username="local")
    unit = people["unit"].memberships.get().unit
    MembershipFactory(user=people["local"], role="unit", unit=unit, community=elsewhere)
    local = as_user("local")
    assert enter(local, a_value("ZX07-R1", **places["estate elsewhere"])).status_code == 201
    assert enter(local, a_value("ZX07-R1", **places["estate"])).status_code == 404
    assert enter(local, a_value("ZX04-R1", **places["whole"])).status_code == 403


def test_a_right_to_enter_ends_with_its_last_day(as_user, people, asked, places):
    people["officer"].memberships.update(until="2024-01-01")
    assert enter(as_user("officer"), a_value("ZX01-D1", **places["community"])).status_code == 403


def test_who_asks_what_is_asked(as_user, asked):
    answered = {who: as_user(who).get(INDICATORS).status_code for who in WHO}
    refused = {"company": 403, "stranger": 403, "nobody": 401}
    assert answered == dict.fromkeys(WHO, 200) | refused
