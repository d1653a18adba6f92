"""Who sees and keeps which row of a ledger, as a table of role, object and verb."""

import pytest

from tests.campaign.kept import LEDGERS, keep
from tests.campaign.test_who import BOTH, ELSEWHERE, NOT, OFFICER, UNIT, WHO
from tests.factories import CompanyFactory, EstateFactory

pytestmark = pytest.mark.django_db

DATA = {
    "cleanups": {"places": ["lobbies"]},
    "joint_enforcement": {"bodies": ["urban", "fire"], "where": "锦青", "found": 1},
    "guards": {"guards": 3, "trained": 1, "filed": 3},
    "project_lists": {"organs": "市教育局", "projects": 2},
}
TABLE = {
    ("joint_enforcement", "whole"): UNIT,
    ("cleanups", "estate"): BOTH,
    ("cleanups", "estate elsewhere"): ELSEWHERE | {"unit": 201},
    # 综合执法队 is not named.
    ("guards", "their company"): OFFICER,
    ("guards", "another company"): ELSEWHERE,
    ("project_lists", "community"): OFFICER,
    ("project_lists", "elsewhere"): ELSEWHERE,
}
SEES = dict.fromkeys(WHO, 200) | {"company": 403, "stranger": 403, "nobody": 401}
HERE_ONLY = ("officer", "inspector", "supervisor")


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


@pytest.mark.parametrize(("slug", "where"), TABLE)
def test_who_keeps_what(as_user, notice, places, slug, where):
    body = {"day": "2024-12-10", "data": DATA[slug], **places[where]}
    told = {who: keep(as_user(who), slug, body).status_code for who in WHO}
    assert told == TABLE[slug, where]


def test_who_sees_what(as_user, notice, places):
    admin = as_user("admin")
    kept = {}
    for slug, where in TABLE:
        body = {"day": "2024-12-10", "data": DATA[slug], **places[where]}
        kept[slug, where] = keep(admin, slug, body).json()["id"]
    for (slug, where), id in kept.items():
        told = {who: as_user(who).get(f"{LEDGERS}{slug}/rows/{id}/").status_code for who in WHO}
        far = where in ("elsewhere", "estate elsewhere", "another company")
        hidden = dict.fromkeys(HERE_ONLY, 404) if far else {}
        seen = {who: status for who, status in told.items() if who != "inspector2"}
        assert seen == {w: s for w, s in (SEES | hidden).items() if w != "inspector2"}, where
    for who in NOT:
        listed = as_user(who).get(LEDGERS).status_code
        assert listed == SEES[who], who
