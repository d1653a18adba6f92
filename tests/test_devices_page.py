"""The page of tablets: who sees which, what each told of itself, and revoking a lost one."""

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from inspections import reports
from inspections.models import Proposal, Refused
from people.models import Device
from people.shell import shell
from tests.factories import InspectionFactory

pytestmark = pytest.mark.django_db

EVERYONE = (
    *("admin", "inspector", "inspector2", "supervisor", "planner", "leader", "clerk"),
    *("unit", "officer", "company", "stranger", "nobody"),
)


@pytest.fixture
def tablet(people) -> Device:
    """The inspector's, seen today, with two entries on it."""
    return Device.objects.create(
        name="3号平板",
        person=people["inspector"],
        app_version=shell().version,
        unsent=2,
        unsent_bytes=5 * 1024 * 1024,
        storage_used=100 * 1024 * 1024,
        storage_quota=8 * 1024**3,
        persisted=True,
        clock_offset_s=1.5,
        position_datum="wgs84",
    )


def facts(client) -> dict[str, dict[str, str]]:
    """Of every card, what stands beside each of its words."""
    page = client.get("/devices/").text
    told = {}
    for card in re.findall(r"<article.*?</article>", page, re.S):
        name = plain(re.search(r"<h2[^>]*>(.*?)</h2>", card, re.S)[1])
        pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", card, re.S)
        told[name] = {plain(word): plain(value) for word, value in pairs}
    return told


def plain(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).replace("\xa0", " ").strip()


def entry(number: int, device: Device, inspector) -> None:
    InspectionFactory(device=device.pk, number=number, inspector=inspector)


# ── what is told ────────────────────────────────────────────────────────────────────────────────


def test_a_tablet_is_told_as_it_last_told_of_itself(as_user, tablet):
    assert facts(as_user("clerk")) == {
        "3号平板": {
            "Last used by": "inspector",
            "Last contact": "just now",
            "Not yet sent": "2 entries, 5.0 MB",
            "Entries": "–",
            "App version": shell().version,
            "Storage": "100.0 MB of 8.0 GB",
            "Clock": "right",
            "Positions": "WGS-84",
        }
    }


def test_what_is_out_of_order_is_marked(as_user, tablet):
    Device.objects.update(
        name="",
        app_version="abc",
        clock_offset_s=-190,
        persisted=False,
        position_datum="gcj02",
        last_contact_at=timezone.now() - timedelta(days=12),
    )
    (told,) = facts(as_user("clerk")).values()
    assert told["App version"] == "abc older"
    assert told["Clock"] == "3 minutes fast"
    assert told["Last contact"] == "12 days ago"
    assert told["Positions"] == "GCJ-02, shifted back by the tablet"
    assert told["Storage"].endswith("The browser may clear it: install the app on the home screen.")
    Device.objects.update(clock_offset_s=3 * 24 * 60 * 60)
    (told,) = facts(as_user("clerk")).values()
    assert told["Clock"] == "3 days slow"


def test_numbers_that_are_missing_show_whatever_became_of_the_others(
    as_user, people, estate, tablet
):
    me = people["inspector"]
    for number in (1, 2, 3, 5, 9):
        entry(number, tablet, me)
    Refused.objects.create(
        entry="x", sender=me, code="x", message="x", body_sha256="x", body_bytes=1,
        device=tablet.pk, number=6,
    )  # fmt: skip
    Proposal.objects.create(
        id=uuid.uuid4(), layer="lights", community=estate.community, estate=estate, sender=me,
        recorded_at=timezone.now(), content={}, content_sha256="x", device=tablet.pk, number=4,
    )  # fmt: skip
    (held,) = reports.numbers_held([tablet.pk])[tablet.pk]
    assert (held.person, held.last, held.missing) == (me, 9, ((7, 8),))
    told = facts(as_user("clerk"))["3号平板"]["Entries"]
    assert told == "1–9 held, missing 7–8 What is missing may still be on the tablet."


def test_each_person_s_entries_are_numbered_by_themselves(as_user, people, tablet):
    for number in (1, 2):
        entry(number, tablet, people["inspector"])
    entry(3, tablet, people["supervisor"])
    told = facts(as_user("clerk"))["3号平板"]["Entries"]
    assert told.startswith("supervisor: 1–3 held, missing 1–2 inspector: 1–2 held")


def test_before_any_tablet_reported_it_is_said_how_one_gets_there(as_user):
    assert "No tablet has reported yet" in as_user("clerk").get("/devices/").text


# ── who ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_clerk_sees_all_supervisors_those_of_their_people(as_user, people, tablet):
    Device.objects.create(name="象山平板", person=people["inspector2"])
    Device.objects.create(name="没人用过")
    seen = {who: set(facts(as_user(who))) for who in ("clerk", "admin", "supervisor")}
    every = {"3号平板", "象山平板", "没人用过"}
    assert seen == {"clerk": every, "admin": every, "supervisor": {"3号平板"}}


def test_who_may_do_what(as_user, tablet):
    answered = {}
    for who in EVERYONE:
        client, page = as_user(who), f"/devices/{tablet.pk}"
        Device.objects.update(revoked_at=None, revoked_by=None)
        answered[who] = (
            client.get("/devices/").status_code,
            client.post(f"{page}/name/", {"name": "x"}).status_code,
            client.get(f"{page}/revoke/").status_code,
            client.post(f"{page}/revoke/").status_code,
            client.post(f"{page}/restore/").status_code,
        )
    keeps = (200, 302, 200, 302, 302)
    assert answered == dict.fromkeys(EVERYONE, (403,) * 5) | {
        "admin": keeps,
        "clerk": keeps,
        "supervisor": (200, 403, 403, 403, 403),
        "nobody": (302,) * 5,
    }


def test_what_changes_something_is_sent_and_never_a_link(as_user, tablet):
    for act in ("name", "restore"):
        assert as_user("clerk").get(f"/devices/{tablet.pk}/{act}/").status_code == 405
    assert as_user("clerk").get(f"/devices/{uuid.uuid4()}/revoke/").status_code == 404


# ── done ────────────────────────────────────────────────────────────────────────────────────────


def test_a_lost_tablet_is_taken_out_of_use_and_back_until_it_is_wiped(as_user, people, tablet):
    clerk, page = as_user("clerk"), f"/devices/{tablet.pk}"
    asked = clerk.get(f"{page}/revoke/").text
    assert "2 entries waited on it at its last contact." in asked
    tablet.refresh_from_db()
    assert tablet.revoked_at is None, "asking changes nothing"
    clerk.post(f"{page}/revoke/")
    tablet.refresh_from_db()
    assert tablet.revoked_by == people["clerk"]
    assert "out of use" in clerk.get("/devices/").text
    clerk.post(f"{page}/restore/")
    tablet.refresh_from_db()
    assert (tablet.revoked_at, tablet.revoked_by) == (None, None)
    clerk.post(f"{page}/revoke/")
    Device.objects.update(wiped_at=timezone.now())
    clerk.post(f"{page}/restore/")
    tablet.refresh_from_db()
    assert tablet.revoked_at is not None
    told = clerk.get("/devices/").text
    assert "This tablet has deleted what it held." in told
    assert "Take back into use" not in told


def test_a_tablet_gets_its_name(as_user, tablet):
    as_user("clerk").post(f"/devices/{tablet.pk}/name/", {"name": " 西区 2 "})
    assert list(facts(as_user("clerk"))) == ["西区 2"]


def test_the_page_speaks_chinese(as_user, tablet):
    client = as_user("clerk")
    told = client.get("/devices/", headers={"accept-language": "zh-CN"}).text
    assert "未上传" in told
    assert "2 条" in told
