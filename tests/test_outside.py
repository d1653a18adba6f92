"""The round trip of another's system: it opens a case, is told of it, and asks what changed."""

import json
from ipaddress import ip_network
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from inspections.models import Hook
from inspections.services import hooks
from people.models import ApiToken
from tests.factories import MembershipFactory, UserFactory
from tests.outside import Outside
from tests.test_hooks import verified

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def outside(settings):
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    server = Outside()
    yield server
    server.stop()


@pytest.fixture
def platform(community):
    """The city's platform as a person of its own, in by a token."""
    person = UserFactory(username="grid")
    MembershipFactory(user=person, role="supervisor", community=community)
    ApiToken.objects.create(user=person, digest=ApiToken.digest_of("secret"))
    client = APIClient(headers={"accept-language": "en"})
    client.credentials(HTTP_AUTHORIZATION="Token secret")
    client.person = person
    return client


def test_a_case_of_the_citys_platform_there_and_back(as_user, platform, outside, estate):
    hook = Hook.objects.create(name="晋江网格", url=outside.address, user=platform.person)
    cursor = platform.get("/api/v1/cases/?source=platform&updated_since=0").json()["cursor"]

    # It opens a case by its own number, twice for a bad line.
    id = uuid4()
    opened = {
        "source": "platform",
        "outside_number": "JJWG-2024-0117",
        "estate": estate.pk,
        "title": "消防车通道被占用",
        "severity": 2,
    }
    for status in (201, 200):
        reply = platform.put(f"/api/v1/cases/{id}/", opened, format="json")
        assert reply.status_code == status, reply.json()
    asked = f"/api/v1/cases/?source=platform&updated_since={cursor}"
    told = platform.get(asked).json()
    (case,) = told["features"]
    properties = case["properties"]
    assert (case["id"], properties["outside_number"]) == (str(id), "JJWG-2024-0117")
    assert (properties["state"], told["full"], told["gone"]) == ("reported", False, [])

    # The office files it; the platform is told, signed, and knows its own number.
    move = {"move": "file", "version": 0, "recorded_at": "2024-12-02T10:00:00+08:00"}
    reply = as_user("supervisor").put(f"/api/v1/cases/{id}/moves/{uuid4()}/", move, format="json")
    assert reply.status_code == 201, reply.json()
    assert hooks.deliver(hook.pk) == 1
    ((headers, body, _),) = outside.got
    assert verified(hooks.secret_of(hook), headers["Xuntu-Signature"], body)
    heard = json.loads(body)
    assert heard["case"]["outside_number"] == "JJWG-2024-0117"
    assert (heard["move"]["name"], heard["case"]["state"]) == ("file", "filed")

    # And reads the same where it asks.
    since = platform.get(f"/api/v1/cases/?source=platform&updated_since={told['cursor']}").json()
    (case,) = since["features"]
    assert (case["properties"]["state"], case["properties"]["version"]) == ("filed", 1)
    whole = platform.get(heard["case"]["url"]).json()
    assert [each["move"] for each in whole["moves"]] == ["file"]
    found = platform.get("/api/v1/cases/?q=jjwg-2024-0117").json()["features"]
    assert [each["id"] for each in found] == [str(id)]

    # The same number opens no second case.
    again = platform.put(f"/api/v1/cases/{uuid4()}/", opened, format="json")
    assert again.status_code in {400, 409}, again.json()
