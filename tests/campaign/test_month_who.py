"""Who sees, fills in and checks whose month, as a table of role, report and verb."""

from datetime import date

import pytest
from django.utils import timezone

from campaign.models import Programme, Report, ReportMove
from campaign.services.loading import load_actions
from people.models import Unit
from tests.campaign.monthly import REPORTS, address, cell, page, put, step
from tests.factories import EstateFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

WHO = (
    "admin", "officer", "unit", "supervisor", "leader", "clerk", "planner", "inspector",
    "inspector2", "company", "stranger", "nobody",
)  # fmt: skip
REFUSED = {"company": 403, "stranger": 403, "nobody": 401}
# The unit 综合执法队 leads actions of the notice.
SEES = dict.fromkeys(WHO, 200) | REFUSED
HERE = SEES | {"inspector2": 404}
NOT = dict.fromkeys(WHO, 403) | {"nobody": 401}
TABLE = {
    ("community", "see"): HERE,
    ("community", "type"): NOT | {"inspector2": 404, "officer": 200, "admin": 200},
    ("community", "submit"): NOT | {"inspector2": 404, "officer": 201, "admin": 201},
    ("community", "take_back"): NOT | {"inspector2": 404, "officer": 201, "admin": 201},
    ("community", "return"): NOT
    | {"inspector2": 404}
    | dict.fromkeys(("admin", "supervisor", "clerk", "unit"), 201),
    ("unit", "see"): SEES,
    ("unit", "type"): NOT | {"unit": 200, "admin": 200},
    ("unit", "submit"): NOT | {"unit": 201, "admin": 201},
    ("unit", "take_back"): NOT | {"unit": 201, "admin": 201},
    # Supervisors of a community look through what is of communities.
    ("unit", "return"): NOT | {"admin": 201, "clerk": 201},
}


@pytest.fixture
def places(people, community, estate):
    """The notice, with the units that work with Xuntu."""
    load_actions()
    return {"community": community, "unit": people["unit"].memberships.get().unit}


def done(client, where, whose: str, verb: str) -> int:
    key = "whole" if whose == "unit" else where
    cells = (cell("ZX00-G1" if whose == "unit" else "ZX01-D1", key, 1),)
    if verb == "see":
        return client.get(address(where)).status_code
    if verb == "type":
        return put(client, where, *cells).status_code
    reason = {"reason": "请核对"} if verb == "return" else {}
    version = Report.objects.first().version if Report.objects.exists() else 0
    return step(client, where, verb, version, **reason).status_code


@pytest.mark.parametrize(("whose", "verb"), TABLE)
def test_who_does_what(as_user, places, whose, verb):
    where, answered = places[whose], {}
    for who in WHO:
        submitted = verb in {"take_back", "return"}
        Report.objects.update(state="submitted" if submitted else "draft")
        if submitted and not Report.objects.exists():
            done(as_user("admin"), where, whose, "submit")
        answered[who] = done(as_user(who), where, whose, verb)
    assert answered == TABLE[whose, verb]


def test_nobody_looks_through_what_they_submitted(as_user, people, places, community):
    MembershipFactory(user=people["officer"], role="supervisor", community=community)
    version = put(as_user("officer"), community, cell("ZX01-D1", community, 1)).json()["version"]
    assert step(as_user("officer"), community, "submit", version).status_code == 201
    assert step(as_user("officer"), community, "accept", version + 1).status_code == 403
    assert step(as_user("supervisor"), community, "accept", version + 1).status_code == 201


def test_a_unit_that_leads_nothing_looks_through_nothing(as_user, people, places, community):
    people["quiet"] = UserFactory(username="quiet")
    unit = Unit.objects.create(name="青阳市管所")
    MembershipFactory(user=people["quiet"], role="unit", unit=unit)
    load_actions()
    version = put(as_user("officer"), community, cell("ZX01-D1", community, 1)).json()["version"]
    step(as_user("officer"), community, "submit", version)
    assert step(as_user("quiet"), community, "accept", version + 1).status_code == 403


def test_what_is_not_there_is_not_found(as_user, places, community):
    client = as_user("officer")
    for where in (
        f"{REPORTS}2024-12/community/{community.pk + 999}/",
        f"{REPORTS}2024-12/unit/999/",
        f"{REPORTS}2024-12/estate/1/",
        f"{REPORTS}2024-13/community/{community.pk}/",
        f"{REPORTS}2999-01/community/{community.pk}/",
    ):
        reply = client.get(where)
        assert (reply.status_code, reply.json()["code"]) == (404, "report_not_found"), where
    before = client.get(f"{REPORTS}2024-10/community/{community.pk}/")
    assert (before.status_code, before.json()["code"]) == (404, "programme_not_found")


# ── the list of a month ─────────────────────────────────────────────────────────────────────────


def lines(client, **asked) -> list[tuple]:
    reply = client.get(REPORTS, {"month": "2024-12"} | asked)
    assert reply.status_code == 200, reply.json()
    return [
        (each["zh"], each["state"], each["told"], each["came_on"], each["late_since"])
        for each in reply.json()["reports"]
    ]


def test_the_list_says_which_are_in_which_lack_and_which_are_late(
    as_user, places, community, elsewhere
):
    EstateFactory(community=elsewhere)
    version = put(as_user("officer"), community, cell("ZX01-D1", community, 1)).json()["version"]
    late, today = "2025-01-06", str(timezone.localdate())
    assert lines(as_user("clerk")) == [
        ("陈村社区", "draft", 1, None, late),
        ("象山社区", None, 0, None, late),
        ("综合执法队", None, 0, None, late),
    ]
    step(as_user("officer"), community, "submit", version)
    assert lines(as_user("supervisor")) == [
        ("陈村社区", "submitted", 1, today, late),
        ("综合执法队", None, 0, None, late),
    ]
    # As of a day before: nothing was late, and nothing had come.
    assert lines(as_user("supervisor"), as_of="2025-01-05") == [
        ("陈村社区", None, 0, None, None),
        ("综合执法队", None, 0, None, None),
    ]
    # Due five days after the month: what came by then is never late.
    report = Report.objects.get()
    ReportMove.objects.create(
        id="00000000-0000-7000-8000-000000000001",
        report=report,
        step="submit",
        state_before="draft",
        state_after="submitted",
        by=report.moves.get().by,
        at=timezone.make_aware(timezone.datetime(2025, 1, 5, 23, 59)),
    )
    assert lines(as_user("supervisor"))[0][3:] == ("2025-01-05", None)
    mine = as_user("officer").get(REPORTS, {"month": "2024-12"}).json()["mine"]
    assert [each["zh"] for each in mine] == ["陈村社区"]


def test_a_past_day_tells_what_was_submitted_by_then(as_user, places, community):
    version = put(as_user("officer"), community, cell("ZX01-D1", community, 1)).json()["version"]
    step(as_user("officer"), community, "submit", version)
    then = page(as_user("officer"), community, as_of="2024-12-20")
    assert (then["now"], then["state"], then["open"], then["steps"], then["history"]) == (
        False,
        "draft",
        False,
        [],
        [],
    )
    now = page(as_user("officer"), community)
    assert (now["now"], now["state"], len(now["history"])) == (True, "submitted", 1)


def test_another_years_programme_is_asked_for_by_its_number(as_user, places, community):
    other = Programme.objects.create(
        code="〔2025〕1号", zh="另一个", en="Another", year=2025, issued_on=date(2024, 12, 1)
    )
    told = page(as_user("officer"), community, programme=other.code)
    assert (told["programme"]["code"], told["actions"]) == (other.code, [])
    # Out already, but its year has not begun.
    told = page(as_user("officer"), community)
    assert (told["programme"]["code"], bool(told["actions"])) == ("晋政青〔2024〕68号", True)
