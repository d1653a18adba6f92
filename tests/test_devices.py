"""A tablet tells how it is; a lost one is told that it is withdrawn, and delivers what it holds."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from people.models import Device
from people.shell import shell
from tests.records import a_lamp, a_record, propose, put

pytestmark = pytest.mark.django_db

ID = uuid.UUID(int=0xD)


def told(**changes) -> dict:
    return {
        "app_version": "abc",
        "unsent": 3,
        "unsent_bytes": 2_000_000,
        "clock": timezone.now().isoformat(),
        "storage": {"used": 10, "quota": 100, "persisted": True},
        "position_datum": "gcj02",
        "user_agent": "Mozilla/5.0",
    } | changes


def report(client, id=ID, **changes):
    return client.put(f"/api/v1/devices/{id}/", told(**changes), format="json")


@pytest.fixture
def lost(people) -> Device:
    return Device.objects.create(
        id=ID, revoked_at=timezone.now(), last_contact_at="2024-01-01T00:00:00Z"
    )


@pytest.fixture
def from_it():
    return {"X-Device": str(ID)}


def test_a_tablet_is_listed_at_its_first_word(as_user, people):
    behind = timezone.now() - timedelta(days=3)
    reply = report(as_user("inspector"), clock=behind.isoformat())
    device = Device.objects.get()
    assert reply.status_code == 200
    assert set(reply.json()) == {"server_time", "clock_offset_s", "app_version", "revoked", "name"}
    assert reply.json()["clock_offset_s"] == pytest.approx(3 * 86400, abs=60)
    assert (reply.json()["app_version"], reply.json()["revoked"]) == (shell().version, False)
    assert (device.pk, device.person, device.app_version) == (ID, people["inspector"], "abc")
    assert (device.unsent, device.unsent_bytes, device.position_datum) == (3, 2_000_000, "gcj02")
    assert (device.storage_used, device.storage_quota, device.persisted) == (10, 100, True)
    assert device.user_agent == "Mozilla/5.0"
    assert device.clock_offset_s == reply.json()["clock_offset_s"]


def test_its_next_word_stands_for_the_last(as_user, people):
    report(as_user("inspector"))
    Device.objects.update(name="平板07", last_contact_at="2024-01-01T00:00:00Z")
    reply = report(as_user("supervisor"), unsent=0, position_datum="wgs84", storage={})
    device = Device.objects.get()
    assert reply.json()["name"] == "平板07"
    assert (device.unsent, device.position_datum, device.persisted) == (0, "wgs84", None)
    assert device.person == people["supervisor"]
    assert timezone.now() - device.last_contact_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"unsent": -1}, "unsent"),
        ({"clock": "today"}, "clock"),
        ({"position_datum": "bd09"}, "position_datum"),
        ({"app_version": "x" * 41}, "app_version"),
        ({"storage": {"used": "much"}}, "storage"),
    ],
)
def test_what_can_t_be_read_is_named(as_user, change, field):
    reply = report(as_user("inspector"), **change)
    assert (reply.status_code, reply.json()["code"]) == (400, "record_invalid")
    assert list(reply.json()["details"]["fields"]) == [field]
    assert not Device.objects.exists()


def test_every_request_tells_that_it_was_here(as_user, people, from_it, django_assert_num_queries):
    report(as_user("inspector"))
    Device.objects.update(last_contact_at="2024-01-01T00:00:00Z")
    client = as_user("supervisor")
    client.get("/api/v1/me/", headers=from_it)
    device = Device.objects.get()
    assert device.person == people["supervisor"]
    assert timezone.now() - device.last_contact_at < timedelta(minutes=1)
    client.get("/api/v1/me/", headers=from_it)
    assert Device.objects.get().last_contact_at == device.last_contact_at


def test_a_device_that_never_reported_is_not_listed_by_its_word_alone(as_user, from_it):
    assert as_user("inspector").get("/api/v1/me/", headers=from_it).status_code == 200
    assert as_user("inspector").get("/api/v1/me/", headers={"X-Device": "mine"}).status_code == 200
    assert not Device.objects.exists()


def asked(client, verb: str, path: str, body=None) -> tuple[int, str | None]:
    reply = getattr(client, verb)(path, body, format="json", headers={"X-Device": str(ID)})
    code = reply.json().get("code") if reply["Content-Type"] == "application/json" else None
    return reply.status_code, code


def test_what_a_withdrawn_tablet_is_let_through_with(as_user, lost, estate):
    client, ids = as_user("inspector"), [str(uuid.uuid4()) for _ in range(3)]
    entry = {"id": ids[2], "record": a_record(estate)}
    delivers = {
        ("put", f"/api/v1/inspections/{ids[0]}/"): (a_record(estate), 201),
        ("put", f"/api/v1/proposals/{ids[1]}/"): (a_lamp(estate), 201),
        ("post", "/api/v1/inspections/"): ({"entries": [entry]}, 200),
        ("put", f"/api/v1/devices/{ID}/"): (told(), 200),
    }
    answers = {each: asked(client, *each, body) for each, (body, _) in delivers.items()}
    assert answers == {each: (status, None) for each, (_, status) in delivers.items()}
    assert asked(client, "post", "/api/v1/uploads/")[1] != "device_revoked"
    nothing_else = [
        ("get", "/api/v1/me/"),
        ("get", "/api/v1/kinds/"),
        ("get", "/api/v1/estates/"),
        ("get", "/api/v1/inspections/"),
        ("get", f"/api/v1/inspections/{ids[0]}/"),
        ("get", "/api/v1/findings/"),
        ("get", "/api/v1/pack/"),
        ("get", f"/api/v1/receipts/?device={ID}"),
        ("get", "/tiles/findings/14/13596/6994.mvt"),
        ("delete", f"/api/v1/inspections/{ids[0]}/"),
    ]
    for each in nothing_else:
        assert asked(client, *each) == (401, "device_revoked"), each


def test_who_is_signed_out_is_told_so_before_anything_else(lost, estate, from_it):
    nobody = APIClient(headers={"accept-language": "en"})
    for each in [
        ("get", "/api/v1/me/"),
        ("get", "/api/v1/pack/"),
        ("put", f"/api/v1/inspections/{uuid.uuid4()}/", a_record(estate)),
        ("post", "/api/v1/uploads/"),
        ("put", f"/api/v1/devices/{ID}/", told()),
    ]:
        assert asked(nobody, *each) == (401, "device_revoked"), each
    reply = nobody.get("/api/v1/me/", headers=from_it)
    assert reply["WWW-Authenticate"] == 'Token realm="xuntu"'
    assert reply.json() == {
        "code": "device_revoked",
        "message": "The office has withdrawn this tablet. What it held is deleted from it.",
        "details": {},
    }
    assert timezone.now() - Device.objects.get().last_contact_at < timedelta(minutes=1)
    assert asked(nobody, "get", "/api/v1/me/")[0] == 401
    assert nobody.get("/api/v1/me/").json()["code"] == "not_signed_in"


@pytest.mark.parametrize("who", ["inspector", "nobody"])
def test_it_says_that_nothing_is_left_on_it(as_user, lost, from_it, who):
    times = []
    for _ in range(2):
        as_user(who).put(f"/api/v1/devices/{ID}/", told(wiped=True), "json", headers=from_it)
        times.append(Device.objects.get().wiped_at)
    assert times[0] == times[1] is not None


def test_a_tablet_in_use_is_not_wiped_by_saying_so(as_user, from_it):
    assert report(as_user("inspector"), wiped=True).status_code == 200
    assert Device.objects.get().wiped_at is None


def test_a_withdrawn_tablet_renews_its_security_token_to_deliver(as_user, people, lost, estate):
    client = APIClient(enforce_csrf_checks=True, headers={"X-Device": str(ID)})
    client.force_login(people["inspector"], "django.contrib.auth.backends.ModelBackend")
    assert put(client, a_record(estate)).json()["code"] == "csrf_stale"
    assert client.get("/api/v1/me/").json()["code"] == "device_revoked"
    client.credentials(HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value)
    assert put(client, a_record(estate)).status_code == 201


def test_a_tablet_that_is_given_back_is_one_like_any(as_user, lost, estate, from_it):
    Device.objects.update(revoked_at=None)
    client = as_user("inspector")
    assert asked(client, "get", "/api/v1/me/") == (200, None)
    assert propose(client, a_lamp(estate)).status_code == 201
