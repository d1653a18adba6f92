"""The campaign's tabs: who has which, and what goes along from one to the other."""

import re

import pytest

from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

TABS = (
    *("/campaign/", "/campaign/standardisation/", "/campaign/month/", "/campaign/ledgers/"),
    "/campaign/reminders/",
)
OFFICE = ("admin", "inspector", "supervisor", "officer", "planner", "leader", "clerk", "unit")


def tabs_on(page: str) -> list[tuple[str, bool]]:
    nav = re.search(r'<nav class="campaign-tabs.*?</nav>', page, re.DOTALL)
    links = re.findall(r'<a href="([^"]+)"( aria-current="page")?>', nav[0]) if nav else []
    return [(address, bool(here)) for address, here in links]


@pytest.mark.parametrize("who", OFFICE)
def test_everyone_of_the_office_has_every_tab(as_user, who):
    for tab in TABS:
        reply = as_user(who).get(tab)
        assert reply.status_code == 200
        assert tabs_on(reply.text) == [(each, each == tab) for each in TABS]


@pytest.mark.parametrize(("who", "status"), [("stranger", 403), ("nobody", 302)])
@pytest.mark.parametrize("tab", TABS)
def test_nobody_else_has_any(as_user, who, status, tab):
    assert as_user(who).get(tab).status_code == status


def test_a_company_has_the_estates_on_their_way_to_the_standard_and_nothing_beside(as_user):
    own = "/campaign/standardisation/"
    reply = as_user("company").get(own)
    assert reply.status_code == 200
    assert tabs_on(reply.text) == [(own, True)]
    for tab in TABS:
        assert as_user("company").get(tab).status_code == (200 if tab == own else 403)


def test_an_estate_has_a_page_of_its_own_below_the_list(as_user):
    card = "/campaign/standardisation/00000000-0000-7000-8000-000000000001/"
    reply = as_user("leader").get(card)
    assert reply.status_code == 200
    assert ("/campaign/standardisation/", True) in tabs_on(reply.text)


def test_day_programme_and_unit_go_along_to_the_other_tabs_and_nothing_else(as_user):
    query = "?as_of=2024-12-20&unit=3&late=1&programme=晋政青〔2024〕68号"
    page = as_user("leader").get(f"/campaign/month/{query}").text
    code = "%E6%99%8B%E6%94%BF%E9%9D%92%E3%80%942024%E3%80%9568%E5%8F%B7"
    carried = f"?as_of=2024-12-20&amp;programme={code}&amp;unit=3"
    assert tabs_on(page) == [(f"{tab}{carried}", tab == "/campaign/month/") for tab in TABS]


@pytest.mark.parametrize(
    ("who", "office", "draft"),
    [
        ("supervisor", False, "/papers/?kind=oversight#/new?kind=oversight&amp;community={}"),
        ("supervisor", True, "/papers/?kind=oversight#/new?kind=oversight"),
        ("admin", False, "/papers/?kind=oversight#/new?kind=oversight"),
        ("leader", False, None),
        ("officer", False, None),
    ],
)
def test_the_board_leads_to_the_supervision_results(as_user, people, community, who, office, draft):
    if office:
        MembershipFactory(user=people[who], role="supervisor")
    links = re.findall(r'<p class="campaign-results.*?</p>', as_user(who).get("/campaign/").text)
    found = re.findall(r'href="([^"]+)"', links[0])
    expected = [] if draft is None else [draft.format(community.pk)]
    assert found == ["/papers/?kind=oversight", *expected]
