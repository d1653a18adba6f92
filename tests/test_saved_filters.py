"""Views of the list of cases that people keep; and to whom a case can be given."""

import pytest

from geo.models import PropertyCompany
from inspections.models import SavedFilter
from inspections.services import saved_filters
from people.models import Unit
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/saved-filters/"


def kept(client, name="我的逾期", query="tab=overdue&severity=1", **more):
    return client.put(URL, {"name": name, "query": query} | more, format="json")


def test_a_filter_is_kept_under_its_name_and_the_name_again_takes_its_place(as_user, people):
    supervisor = as_user("supervisor")
    first = kept(supervisor).json()
    assert first == {
        "id": first["id"],
        "name": "我的逾期",
        "query": "tab=overdue&severity=1",
        "shared": False,
        "mine": True,
        "owner_name": "supervisor",
    }
    again = kept(supervisor, name=" 我的逾期 ", query="?tab=checking", shared=True).json()
    assert again == first | {"query": "tab=checking", "shared": True}
    assert supervisor.get(URL).json() == {"filters": [again]}


def test_colleagues_see_what_is_shared_and_end_only_their_own(as_user):
    shared = kept(as_user("supervisor"), name="共用", shared=True).json()
    kept(as_user("supervisor"), name="自用")
    own = kept(as_user("officer"), name="待复查").json()
    assert as_user("officer").get(URL).json() == {"filters": [own, shared | {"mine": False}]}
    assert as_user("officer").delete(f"{URL}{shared['id']}/").status_code == 404
    assert as_user("officer").delete(f"{URL}{own['id']}/").json() == own
    assert set(SavedFilter.objects.values_list("name", flat=True)) == {"共用", "自用"}


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"name": " "}, {"name": "A name of up to 60 characters."}),
        ({"name": "名" * 61}, {"name": "A name of up to 60 characters."}),
        (
            {"query": "\0", "shared": "yes"},
            {
                "query": "What stands in the address, up to 2000 characters.",
                "shared": "True or false.",
            },
        ),
    ],
)
def test_what_can_t_be_kept_is_named(as_user, sent, wrong):
    reply = kept(as_user("supervisor"), **sent)
    assert (reply.status_code, reply.json()) == (
        400,
        {
            "code": "saved_filter_invalid",
            "message": "Some fields need another look.",
            "details": {"fields": wrong},
        },
    )


def test_nobody_keeps_more_than_can_be_looked_through(as_user, monkeypatch):
    monkeypatch.setattr(saved_filters, "MOST", 2)
    client = as_user("supervisor")
    statuses = [kept(client, name=name).status_code for name in ("一", "二", "三", "二")]
    assert statuses == [200, 200, 400, 200]


def test_a_case_can_be_given_to_its_community_to_units_and_to_companies(
    as_user, people, community, estate
):
    boss = UserFactory(username="boss", name="王主任")
    MembershipFactory(user=boss, role="supervisor", community=None)
    PropertyCompany.objects.create(name="旧物业", retired_at="2024-01-01T00:00:00Z")
    told = as_user("supervisor").get(f"/api/v1/handlers/?community={community.pk}").json()

    def one(username):
        return {"username": username, "name": str(people[username])}

    assert told == {
        "handlers": [
            {
                "kind": "community",
                "id": None,
                "name": "the community's handling group",
                "people": [one("officer")],
            },
            {
                "kind": "unit",
                "id": Unit.objects.get().pk,
                "name": "综合执法队",
                "people": [one("unit")],
            },
            {
                "kind": "company",
                "id": estate.company.pk,
                "name": estate.company.name,
                "people": [one("company")],
            },
        ],
        "approvers": [one("leader"), {"username": "boss", "name": "王主任"}],
    }
