"""Which two pictures belong together, how far apart, which way, how long after."""

import pytest

from inspections.models import Case, Photo
from tests.evidence.worlds import at_place, handled, later, move, named, recorded
from tests.pictures import photo
from tests.records import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


def evidence(client, case: Case) -> dict:
    reply = client.get(f"/api/v1/cases/{case.pk}/evidence/")
    assert reply.status_code == 200, reply.json()
    return reply.json()


def test_before_and_after_are_told_with_metres_direction_and_time(as_user, estate):
    world = handled(as_user, estate)
    told = evidence(as_user("supervisor"), world.case)
    assert told["pairs"] == [
        {
            "before": str(world.before.pk),
            "after": str(world.after.pk),
            "confirmed": True,
            "distance_m": 10.1,
            "bearing": 90,
            "accuracy_m": 10.0,
            "minutes": 2 * 1440 + 5,
        }
    ]
    before, after = told["photos"]
    lon, lat = estate.geom.centroid.coords
    assert before == {
        "id": str(world.before.pk),
        "side": "before",
        "inspection": str(world.before.inspection_id),
        "move": None,
        "item": "ZM-01",
        "by": "inspector",
        "sha256": world.before.sha256,
        "bytes": world.before.bytes,
        "type": "image/jpeg",
        "how": "camera",
        "taken_at": AT,
        "held_at": before["held_at"],
        "location": {"type": "Point", "coordinates": [lon, lat]},
        "location_source": "gps",
        "accuracy_m": 5.0,
        "place_agrees": "unknown",
        "time_agrees": "unknown",
        "small": f"/api/v1/photos/{world.before.pk}/small.jpg",
        "large": f"/api/v1/photos/{world.before.pk}/large.jpg",
        "original": f"/api/v1/photos/{world.before.pk}/original",
        "masked": None,
        "mask": f"/photos/{world.before.pk}/mask/",
        "purged_at": None,
        "problem": "",
    }
    assert (after["side"], after["by"]) == ("after", "company")
    last = told["moves"][-1]
    assert (last["move"], last["photos"]) == ("hand_back", [str(world.after.pk)])
    assert {each["move"]: each["photos"] for each in told["moves"][:-1]} == {
        "file": [],
        "assign": [],
        "claim": [],
    }
    assert (told["hold"], told["may_hold"], told["may_mask"]) == (None, True, True)
    assert told["file"] == f"/api/v1/cases/{world.case.pk}/evidence.zip"


def test_what_nobody_laid_beside_another_is_proposed_for_being_nearest(as_user, estate):
    lon, lat = estate.geom.centroid.coords
    inspector, supervisor = as_user("inspector"), as_user("supervisor")
    shots = []
    for n, (east, item) in enumerate([(0, "ZM-01"), (0.0004, "ZM-01"), (0.0002, "ZM-02")]):
        body = photo(size=(300, 200 + n))
        shots.append((named(body, item=item, **at_place(lon + east, lat)), body))
    recorded(inspector, estate, *shots)
    case = Case.objects.get()
    move(supervisor, case, "file")
    company = {"kind": "company", "company": estate.company_id}
    move(supervisor, case, "assign", handler=company)
    bodies = [photo(size=(310, 200 + n)) for n in range(3)]
    places = [at_place(lon + 0.00041, lat), {}, at_place(lon + 0.00042, lat)]
    done = [
        named(body, taken_at=later(minutes=60 + n), **place)
        for n, (body, place) in enumerate(zip(bodies, places, strict=True))
    ]
    done[2]["pair"] = shots[1][0]["id"]
    move(as_user("company"), case, "hand_back", *zip(done, bodies, strict=True), note="已换")
    told = evidence(supervisor, case)
    # The photo of another item is no part of this case.
    sides = [each["id"] for each in told["photos"] if each["side"] == "before"]
    assert sides == sorted(shot["id"] for shot, _ in shots[:2])
    known = {
        shots[0][0]["id"]: "west",
        shots[1][0]["id"]: "east",
        **{each["id"]: n for n, each in enumerate(done)},
    }
    pairs = [
        (known[each["before"]], known[each["after"]], each["confirmed"], each["distance_m"])
        for each in told["pairs"]
    ]
    assert pairs[0] == ("east", 0, False, 1.0)
    # Without a place of its own it goes by time, which is the same for both.
    assert (pairs[1][1:]) == (1, False, None)
    assert pairs[2] == ("east", 2, True, 2.0)


def test_a_picture_taken_where_the_first_was_has_no_direction(as_user, estate):
    lon, lat = estate.geom.centroid.coords
    world = handled(as_user, estate, **at_place(lon, lat))
    (pair,) = evidence(as_user("supervisor"), world.case)["pairs"]
    assert (pair["distance_m"], pair["bearing"]) == (0.0, None)


def test_a_company_is_told_what_people_are_and_not_who(as_user, people, estate):
    world = handled(as_user, estate)
    told = evidence(as_user("company"), world.case)
    before, after = told["photos"]
    assert (before["by"], after["by"]) == ("subdistrict office", "company")
    assert (before["original"], after["original"]) == (
        None,
        f"/api/v1/photos/{world.after.pk}/original",
    )
    assert (before["mask"], after["mask"]) == (None, None)
    assert (told["hold"], told["file"], told["may_hold"], told["may_mask"]) == (
        None,
        None,
        False,
        False,
    )
    assert "inspector" not in str(told).replace("inspection", "")


def test_a_correction_that_shows_the_same_photo_again_makes_no_second_picture(as_user, estate):
    world = handled(as_user, estate)
    first = world.before
    body = photo(size=(640, 480))
    same = named(body, id=str(first.pk), item="ZM-01")
    recorded(
        as_user("inspector"),
        estate,
        supersedes=str(first.entry),
        reason="写错了",
        photos=[same],
    )
    assert Photo.objects.filter(sha256=first.sha256).count() == 2
    told = evidence(as_user("supervisor"), world.case)
    assert [each["side"] for each in told["photos"]] == ["before", "after"]
    (pair,) = told["pairs"]
    assert pair["confirmed"] is True


SEES = dict.fromkeys(
    ("admin", "inspector", "supervisor", "officer", "planner", "leader", "clerk", "unit"), 200
)
SEES |= {"company": 200, "inspector2": 404, "stranger": 404, "nobody": 401}


def test_who_sees_the_evidence_of_a_case(as_user, estate):
    world = handled(as_user, estate)
    address = f"/api/v1/cases/{world.case.pk}/evidence/"
    assert {who: as_user(who).get(address).status_code for who in SEES} == SEES
