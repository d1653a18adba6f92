"""Who may issue, read and deliver which papers, and how the list is narrowed."""

import pytest
from django.utils import timezone

from tests.cases import made
from tests.factories import (
    CaseFactory,
    CompanyFactory,
    EstateFactory,
    FindingFactory,
    MembershipFactory,
    case_of,
)
from tests.papers.desk import (
    a_notice,
    delivered,
    issued,
    put_paper,
    rendered,
)

pytestmark = pytest.mark.django_db

EVERYONE = (
    "admin",
    "supervisor",
    "inspector",
    "officer",
    "planner",
    "leader",
    "clerk",
    "unit",
    "company",
    "inspector2",
    "stranger",
    "nobody",
)
SEEN = dict.fromkeys(EVERYONE, 200) | {"inspector2": 404, "stranger": 404, "nobody": 401}


@pytest.mark.parametrize(
    ("verb", "address", "allowed"),
    [
        ("get", "/api/v1/papers/draft/?kind=notice&case={case}", {"admin", "supervisor"}),
        ("get", "/api/v1/papers/{paper}/", set(EVERYONE)),
        ("get", "/api/v1/papers/{paper}/paper.pdf", set(EVERYONE)),
        ("get", "/api/v1/papers/{paper}/paper.docx", set(EVERYONE)),
        ("void", "/api/v1/papers/{paper}/void/", {"admin", "supervisor"}),
        (
            "deliver",
            "/api/v1/papers/{paper}/delivery/",
            {"admin", "supervisor", "inspector", "officer"},
        ),
    ],
)
def test_who_may_do_what_with_a_paper(as_user, case, verb, address, allowed):
    made(as_user("supervisor"), case, "file")
    made(as_user("supervisor"), case, "assign")
    for who, seen in SEEN.items():
        paper = rendered(issued(as_user("supervisor"), a_notice(case)))
        path = address.format(paper=paper.pk, case=case.pk)
        client = as_user(who)
        if verb == "get":
            status = client.get(path).status_code
        else:
            bodies = {
                "void": {"reason": "写错"},
                "deliver": {"how": "post", "at": timezone.now().isoformat()},
            }
            status = client.put(path, bodies[verb], format="json").status_code
        expected = seen if seen != 200 or who in allowed else 403
        assert status == expected, who


def test_a_company_sees_papers_addressed_to_it_and_no_others(as_user, case, community, people):
    other = EstateFactory(community=community, company=CompanyFactory(), has_company=True)
    theirs = case_of(FindingFactory(estate=other))
    supervisor = as_user("supervisor")
    mine, not_mine = (issued(supervisor, a_notice(each)) for each in (case, theirs))
    to_unit = CaseFactory(
        estate=case.estate,
        state="assigned",
        handler="unit",
        unit=people["unit"].memberships.get().unit,
    )
    reminder = issued(supervisor, {"kind": "reminder", "cases": [str(to_unit.pk)]})
    assert reminder.data["sheet"]["to"] == "综合执法队："
    told = as_user("company").get("/api/v1/papers/").json()
    assert [each["id"] for each in told["papers"]] == [str(mine.pk)]
    assert told["papers"][0]["issued_by"] == ""
    assert told["papers"][0]["may"] == ["confirm"]
    whole = as_user("company").get(f"/api/v1/papers/{mine.pk}/").json()
    assert whole["asked"] is None
    for paper in (not_mine, reminder):
        for end in ("", "paper.pdf", "paper.docx"):
            reply = as_user("company").get(f"/api/v1/papers/{paper.pk}/{end}")
            assert (reply.status_code, reply.json()["code"]) == (404, "not_found")
    everyone = supervisor.get("/api/v1/papers/").json()
    assert everyone["count"] == 3


def test_cases_of_one_paper_belong_together(as_user, case, community):
    other = EstateFactory(community=community, company=case.estate.company, has_company=True)
    elsewhere = case_of(FindingFactory(estate=other))
    reply = put_paper(as_user("supervisor"), a_notice(case, elsewhere))
    assert reply.json()["details"]["fields"] == {
        "cases": "All cases of this paper are of one estate."
    }
    both = {"kind": "reminder", "cases": [str(case.pk), str(elsewhere.pk)]}
    assert issued(as_user("supervisor"), both).cases.count() == 2
    gone = CaseFactory(estate=case.estate, state="void", ended_at=timezone.now())
    reply = put_paper(as_user("supervisor"), a_notice(gone))
    assert "cases" in reply.json()["details"]["fields"]


def test_a_supervisor_of_one_community_issues_for_it_alone(as_user, case, elsewhere, people):
    estate = EstateFactory(community=elsewhere)
    far = case_of(FindingFactory(estate=estate))
    reply = put_paper(as_user("supervisor"), a_notice(far))
    assert (reply.status_code, reply.json()["code"]) == (404, "case_not_found")
    # Sees it, and does not supervise there.
    MembershipFactory(user=people["supervisor"], role="inspector", community=elsewhere)
    reply = put_paper(as_user("supervisor"), a_notice(far))
    assert (reply.status_code, reply.json()["code"]) == (403, "not_yours_to_issue")


def test_the_list_is_narrowed(as_user, case, people):
    supervisor = as_user("supervisor")
    notice = issued(supervisor, a_notice(case))
    reminder = issued(supervisor, {"kind": "reminder", "cases": [str(case.pk)]})
    void = issued(supervisor, a_notice(case))
    supervisor.put(f"/api/v1/papers/{void.pk}/void/", {"reason": "写错"}, format="json")
    delivered(supervisor, reminder)
    year = timezone.localdate().year
    asked = {
        "kind=reminder": [reminder],
        f"year={year}&kind=notice": [void, notice],
        "year=2001": [],
        "void=1": [void],
        "void=0": [reminder, notice],
        "undelivered=1": [notice],
        f"case={case.pk}": [void, reminder, notice],
        f"company={case.estate.company_id}&void=0": [reminder, notice],
        f"q={notice}": [notice],
        "q=青街提": [reminder],
        "q=银星": [void, reminder, notice],
        "q=没有": [],
        "page_size=2&page=2": [notice],
    }
    for query, papers in asked.items():
        told = supervisor.get(f"/api/v1/papers/?{query}").json()
        assert [each["id"] for each in told["papers"]] == [str(each.pk) for each in papers], query
    wrong = supervisor.get("/api/v1/papers/?kind=letter&colour=red").json()
    assert set(wrong["details"]["fields"]) == {"kind", "colour"}
