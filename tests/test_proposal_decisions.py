"""What becomes of a place proposed from the field: the clerk confirms, merges or declines it."""

import re
import uuid

import pytest
from django.contrib.gis.geos import Point

from geo.models import Asset
from inspections.models import Finding, Inspection, Proposal
from tests.factories import AssetFactory, EstateFactory
from tests.records import a_record, here, put
from tests.registers import page_of, told_of

pytestmark = pytest.mark.django_db

EVERYONE = (
    *("admin", "inspector", "inspector2", "supervisor", "planner", "leader", "clerk"),
    *("unit", "officer", "company", "stranger", "nobody"),
)
AT = "2024-11-30T09:00:00+08:00"


def propose(client, within, **changes) -> Proposal:
    """A lamp in the middle of the estate, unless told otherwise."""
    middle = within.geom.centroid
    body = {
        "layer": "lights",
        "estate": within.pk,
        "code": "LD-900",
        "geometry": {"type": "Point", "coordinates": [middle.x, middle.y]},
        "note": "北门旁",
        "recorded_at": AT,
    } | changes
    body = {name: value for name, value in body.items() if value is not None}
    id = uuid.uuid4()
    reply = client.put(f"/api/v1/proposals/{id}/", body, format="json")
    assert reply.status_code == 201, reply.content
    return Proposal.objects.get(pk=id)


@pytest.fixture
def lamp(as_user, estate) -> Proposal:
    return propose(as_user("inspector"), estate)


@pytest.fixture
def dark(as_user, estate, lamp) -> Inspection:
    """An inspection at the proposed lamp with one fault, made 30 m east of it."""
    id, middle = uuid.uuid4(), estate.geom.centroid
    where = {"type": "Point", "coordinates": [middle.x + 0.0003, middle.y]}
    record = a_record(estate, asset=str(lamp.pk), **here(estate, location=where))
    assert put(as_user("inspector"), record, id).status_code == 201
    return Inspection.objects.get(pk=id)


def decide(client, proposal, what, note="", into=None):
    data = {"what": what, "note": note} | ({"into": into.pk} if into else {})
    return client.post(f"/admin/inspections/proposal/{proposal.pk}/decide/", data)


def take_back(client, proposal):
    return client.post(f"/admin/inspections/proposal/{proposal.pk}/reopen/")


def told_to(client, proposal) -> dict:
    """What the sender reads."""
    listed = client.get("/api/v1/proposals/").json()["proposals"]
    return next(each for each in listed if each["id"] == str(proposal.pk))


def standing(proposal) -> tuple:
    proposal.refresh_from_db()
    row = type(proposal.row).objects.get(pk=proposal.row.pk)
    return proposal.standing, row.unconfirmed, row.retired_at is None


# ── decided ─────────────────────────────────────────────────────────────────────────────────────


def test_what_is_confirmed_stays_as_it_was_proposed_and_its_sender_is_told(as_user, estate, lamp):
    assert standing(lamp) == ("proposed", True, True)
    reply = decide(as_user("clerk"), lamp, "confirm", "谢谢")
    assert (reply.status_code, reply["Location"]) == (302, page_of(Proposal))
    assert standing(lamp) == ("confirmed", False, True)
    told = told_to(as_user("inspector"), lamp)
    at = told.pop("decided_at"), told.pop("received_at")
    assert all(at)
    middle = estate.geom.centroid
    assert told == {
        "id": str(lamp.pk),
        "layer": "lights",
        "row": lamp.asset_id,
        "community": estate.community_id,
        "estate": estate.pk,
        "name": "",
        "code": "LD-900",
        "geometry": {"type": "Point", "coordinates": [middle.x, middle.y]},
        "said": "北门旁",
        "sender": "inspector",
        "sender_name": "inspector",
        "recorded_at": "2024-11-30T01:00:00Z",
        "standing": "confirmed",
        "note": "谢谢",
        "decided_by_name": "clerk",
    }


def test_what_was_recorded_at_a_twin_was_recorded_at_the_one_it_is(as_user, estate, lamp, dark):
    known = AssetFactory(estate=estate, code="LD-001")
    twin = lamp.asset
    page = as_user("clerk").get(
        f"/admin/inspections/proposal/{lamp.pk}/decide/?what=merge&into={known.pk}"
    )
    told = page.text[page.text.index("What will happen") :]
    assert {"1 finding", "1 inspection", "1 asset"} <= set(re.findall(r"<li>([^<]+)</li>", told))
    decide(as_user("clerk"), lamp, "merge", "就是 LD-001", into=known)
    lamp.refresh_from_db()
    assert (lamp.standing, lamp.asset, lamp.note) == ("merged", known, "就是 LD-001")
    assert Asset.objects.get(pk=twin.pk).merged_into == known
    assert Inspection.objects.get().asset == Finding.objects.get().asset == known
    assert told_to(as_user("inspector"), lamp)["row"] == known.pk


def test_what_is_declined_goes_out_of_use_and_what_was_found_there_stays_where_one_stood(
    as_user, estate, lamp, dark
):
    finding = Finding.objects.get()
    assert finding.place.coords == pytest.approx(lamp.asset.geom.coords, abs=1e-7)
    decide(as_user("clerk"), lamp, "decline", "那里没有路灯")
    assert standing(lamp) == ("declined", True, False)
    finding.refresh_from_db()
    assert finding.place.coords == pytest.approx(dark.location.coords, abs=1e-7)
    assert (finding.in_force, Inspection.objects.get().asset_id) == (True, lamp.asset_id)
    told = told_to(as_user("inspector"), lamp)
    assert (told["standing"], told["note"]) == ("declined", "那里没有路灯")


def test_found_without_a_position_it_is_drawn_at_the_estate(as_user, estate, lamp):
    put(as_user("inspector"), a_record(estate, asset=str(lamp.pk)))
    decide(as_user("clerk"), lamp, "decline", "没有")
    place = Finding.objects.get().place
    assert estate.geom.contains(place)


def test_a_declined_estate_takes_what_was_proposed_in_it_along_and_brings_it_back(
    as_user, community
):
    sender, clerk = as_user("inspector"), as_user("clerk")
    west, south, *_ = community.geom.extent
    ring = [[west + a, south + b] for a, b in ((0.01, 0.01), (0.012, 0.01), (0.012, 0.012))]
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    site = {"layer": "estates", "estate": None, "code": None, "name": "新小区", "geometry": shape}
    new = propose(sender, community, **site)
    inside = propose(sender, new.estate, estate=str(new.pk))
    decide(clerk, new, "decline", "还在施工")
    assert (standing(new), standing(inside)) == (("declined", True, False),) * 2
    assert told_to(sender, inside)["note"] == "还在施工"
    take_back(clerk, new)
    assert (standing(new), standing(inside)) == (("proposed", True, True),) * 2


@pytest.mark.parametrize("what", ["confirm", "decline"])
def test_a_decision_is_taken_back(as_user, estate, lamp, dark, what):
    clerk = as_user("clerk")
    before = Finding.objects.get().place.coords
    decide(clerk, lamp, what, "看过了")
    take_back(clerk, lamp)
    assert standing(lamp) == ("proposed", True, True)
    assert Finding.objects.get().place.coords == pytest.approx(before, abs=1e-7)
    told = told_to(as_user("inspector"), lamp)
    assert (told["note"], told["decided_by_name"], told["decided_at"]) == ("", None, None)
    decide(clerk, lamp, "confirm")
    assert standing(lamp) == ("confirmed", False, True)


def test_what_was_merged_is_not_parted_by_a_button(as_user, estate, lamp):
    decide(as_user("clerk"), lamp, "merge", into=AssetFactory(estate=estate, code="LD-001"))
    take_back(as_user("clerk"), lamp)
    lamp.refresh_from_db()
    assert lamp.standing == "merged"


def test_what_was_decided_is_not_decided_again(as_user, lamp):
    decide(as_user("clerk"), lamp, "confirm")
    again = decide(as_user("clerk"), lamp, "decline", "其实没有")
    assert "This was decided already." in again.text
    assert standing(lamp) == ("confirmed", False, True)


def test_one_who_declines_says_why(as_user, lamp):
    reply = decide(as_user("clerk"), lamp, "decline")
    assert (reply.status_code, "This field is required." in reply.text) == (200, True)
    assert standing(lamp) == ("proposed", True, True)


def test_only_what_can_be_one_is_merged(as_user, community, estate, lamp):
    other = AssetFactory(estate=EstateFactory(community=community), code="LD-001")
    reply = decide(as_user("clerk"), lamp, "merge", into=other)
    assert "Only assets of one type and one estate can be the same thing." in reply.text
    assert standing(lamp) == ("proposed", True, True)


def test_the_history_tells_who_decided_what_and_why(as_user, people, lamp):
    people["clerk"].name = "林文员"
    people["clerk"].save()
    decide(as_user("clerk"), lamp, "decline", "没有")
    take_back(as_user("clerk"), lamp)
    rows = told_of(as_user("clerk").get(page_of(Proposal, "history", lamp.pk)))
    assert (rows[0][1], rows[0][3:]) == ("林文员", ["standing", "declined", "proposed"])
    of_row = told_of(as_user("clerk").get(page_of(Asset, "history", lamp.asset_id)))
    assert [re.sub(r"\s+", " ", row[2]) for row in of_row if len(row) == 6][:2] == [
        "taken back into use decision taken back",
        "taken out of use 没有",
    ]


# ── looked at ───────────────────────────────────────────────────────────────────────────────────


def test_the_clerk_sees_what_waits_and_what_may_be_its_twin(as_user, estate, lamp):
    near = lamp.asset.geom
    AssetFactory(estate=estate, code="LD-007", geom=Point(near.x + 0.00005, near.y, srid=4326))
    AssetFactory(estate=estate, code="LD-008", geom=Point(near.x + 0.0005, near.y, srid=4326))
    clerk = as_user("clerk")
    assert "1 place proposed from the field waits for you" in clerk.get("/admin/").text
    assert "5 m apart" in clerk.get(page_of(Proposal)).text
    page = clerk.get(page_of(Proposal, "change", lamp.pk)).text
    listed = page[page.index("Of the same kind near by") :]
    rows = [
        re.sub(r"<[^>]+>|\s+", " ", each) for each in re.findall("<li>(.*?)</li>", listed, re.S)
    ]
    assert [("LD-007" in rows[0], "5 m apart" in rows[0], "twin?" in rows[0])] == [(True,) * 3]
    assert ("LD-008" in rows[1], "51 m apart" in rows[1], "twin?" in rows[1]) == (True, True, False)
    decide(clerk, lamp, "confirm")
    assert "proposed from the field wait" not in clerk.get("/admin/").text
    assert "LD-900" not in clerk.get(page_of(Proposal)).text
    assert "LD-900" in clerk.get(page_of(Proposal) + "?standing=confirmed").text


def test_who_may_decide(as_user, lamp):
    pages = (
        page_of(Proposal),
        page_of(Proposal, "change", lamp.pk),
        f"/admin/inspections/proposal/{lamp.pk}/decide/?what=confirm",
    )
    may = {
        who: {as_user(who).get(page).status_code for page in pages}
        | {decide(as_user(who), lamp, "nothing").status_code}
        for who in EVERYONE
    }
    # Led to sign in, and there told that they have no right to it.
    keeps = {"admin": {200, 404}, "clerk": {200, 404}}
    assert may == {who: {302} for who in EVERYONE} | keeps


def test_who_reads_of_it(as_user, lamp):
    listed = {}
    for who in EVERYONE:
        reply = as_user(who).get("/api/v1/proposals/")
        told = reply.json().get("proposals")
        listed[who] = None if told is None else len(told)
    sees = dict.fromkeys(("admin", "clerk", "supervisor", "inspector"), 1)
    assert listed == dict.fromkeys(EVERYONE, 0) | sees | {"nobody": None}
    mine = as_user("supervisor").get("/api/v1/proposals/?mine=1").json()
    waiting = as_user("supervisor").get("/api/v1/proposals/?standing=proposed").json()
    done = as_user("supervisor").get("/api/v1/proposals/?standing=confirmed&standing=merged").json()
    assert [len(each["proposals"]) for each in (mine, waiting, done)] == [0, 1, 0]
    wrong = as_user("clerk").get("/api/v1/proposals/?standing=lost")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "filter_invalid")
