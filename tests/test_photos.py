"""Photos as they are told of and looked at: what they are, how they agree, who sees them."""

import struct
import uuid
from datetime import datetime
from io import BytesIO
from zlib import compress, crc32

import pytest
from PIL import Image

from inspections import tasks
from inspections.models import Finding
from tests import tus
from tests.pictures import photo, video
from tests.records import a_record, here, put
from tests.test_visibility import SEES

pytestmark = pytest.mark.django_db

PHOTO_ADDRESSES = ("", "small.jpg", "large.jpg", "original")


@pytest.fixture
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


@pytest.fixture
def client(as_user):
    return as_user("inspector")


def told_of(body: bytes, **changes) -> dict:
    """As a record names it."""
    told = {"id": str(uuid.uuid4()), "sha256": tus.sha256(body), "bytes": len(body)}
    return told | {"type": "image/jpeg", "how": "camera", "item": "ZM-01"} | changes


def recorded(client, estate, *told: dict, **changes) -> str:
    entry = str(uuid.uuid4())
    reply = put(client, a_record(estate, photos=list(told), **here(estate) | changes), entry)
    assert reply.status_code == 201, reply.json()
    return entry


def brought(client, entry: str, told: dict, body: bytes) -> str:
    """The photo's address, once it is made."""
    reply = tus.upload(client, body, entry=entry, photo=told["id"])
    assert reply.status_code == 204, reply.json()
    tasks.make_derivatives(photo=told["id"])
    return f"/api/v1/photos/{told['id']}/"


@pytest.fixture
def body() -> bytes:
    return photo()


@pytest.fixture
def where(folders, client, estate, body) -> str:
    told = told_of(body)
    return brought(client, recorded(client, estate, told), told, body)


def test_who_sees_the_record_sees_its_photos(as_user, where):
    for path in PHOTO_ADDRESSES:
        answered = {who: as_user(who).get(where + path).status_code for who in SEES}
        # What a file says of its camera and its place stays with the office.
        kept = {"company": 403} if path == "original" else {}
        assert answered == SEES | kept, path


def test_everything_is_told_of_a_photo(folders, client, estate):
    body = photo(at=datetime(2024, 11, 30, 9, 30), place=(118.55, 24.78))  # noqa: DTZ001
    stated = {"type": "Point", "coordinates": [118.5501, 24.7801]}
    told = told_of(
        body,
        name="楼道.jpg",
        taken_at="2024-11-30T09:31:00+08:00",
        location=stated,
        location_source="gps",
        accuracy_m=6,
    )
    entry = recorded(client, estate, told)
    where = brought(client, entry, told, body)
    answer = client.get(where).json()
    assert answer == {
        "id": told["id"],
        "entry": entry,
        "inspection": entry,
        "proposal": None,
        "move": None,
        "complaint": None,
        "pair": None,
        "masked": None,
        "purged_at": None,
        "item": "ZM-01",
        "how": "camera",
        "name": "楼道.jpg",
        "sha256": tus.sha256(body),
        "bytes": len(body),
        "type": "image/jpeg",
        "found_type": "image/jpeg",
        "width": 320,
        "height": 240,
        "held": True,
        "held_at": answer["held_at"],
        "taken_at": "2024-11-30T09:31:00+08:00",
        "location": stated,
        "location_source": "gps",
        "accuracy_m": 6,
        "exif_taken_at": "2024-11-30T09:30:00+08:00",
        "exif_location": answer["exif_location"],
        "place_agrees": "agrees",
        "time_agrees": "agrees",
        "problem": "",
        "small": f"{where}small.jpg",
        "large": f"{where}large.jpg",
        "original": f"{where}original",
    }
    assert answer["exif_location"]["coordinates"] == pytest.approx([118.55, 24.78], abs=1e-5)


@pytest.mark.parametrize("format", ["JPEG", "HEIF", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("stamps", "place", "time"),
    [
        ({}, "unknown", "unknown"),
        ({"place": (0, 0)}, "unknown", "unknown"),
        ({"place": (118.55, 24.78), "at": datetime(2024, 11, 30, 10, 30)}, "agrees", "agrees"),  # noqa: DTZ001
        ({"place": (118.5546, 24.78)}, "agrees", "unknown"),
        ({"place": (118.556, 24.78)}, "differs", "unknown"),
        ({"place": (-74.0, 40.7)}, "differs", "unknown"),
        ({"at": datetime(2024, 11, 30, 10, 31)}, "unknown", "differs"),  # noqa: DTZ001
        ({"at": datetime(2019, 1, 1, 0, 0)}, "unknown", "differs"),  # noqa: DTZ001
    ],
)
def test_what_the_file_says_is_compared_with_what_was_stated(
    folders, client, estate, format, stamps, place, time
):
    body = photo(format, (64, 48), **stamps)
    told = told_of(
        body,
        taken_at="2024-11-30T09:30:00+08:00",
        location={"type": "Point", "coordinates": [118.55, 24.78]},
        location_source="manual",
    )
    answer = client.get(brought(client, recorded(client, estate, told), told, body)).json()
    assert (answer["place_agrees"], answer["time_agrees"]) == (place, time)


def test_what_a_photo_does_not_state_its_record_does(folders, client, estate):
    body = photo(at=datetime(2024, 11, 30, 9, 0), place=(118.9, 24.78))  # noqa: DTZ001
    told = told_of(body)
    answer = client.get(brought(client, recorded(client, estate, told), told, body)).json()
    assert (answer["place_agrees"], answer["time_agrees"]) == ("differs", "agrees")


@pytest.mark.parametrize(
    ("stamps", "place", "time"),
    [
        ({"place": (118.5505, 24.78), "at": datetime(2024, 11, 29, 9, 30)}, "agrees", "agrees"),  # noqa: DTZ001
        ({"place": (118.6, 24.78), "at": datetime(2024, 11, 29, 9, 29)}, "differs", "differs"),  # noqa: DTZ001
    ],
)
def test_a_chosen_photo_is_compared_with_where_and_when_its_record_was_made(
    folders, client, estate, stamps, place, time
):
    body = photo(size=(64, 48), **stamps)
    # The tablet read both from the file: they agree with it whatever they say.
    from_file = {
        "taken_at": f"{stamps['at'].isoformat()}+08:00",
        "location": {"type": "Point", "coordinates": stamps["place"]},
        "location_source": "gps",
    }
    told = told_of(body, how="picker", **from_file)
    stood = {"location": {"type": "Point", "coordinates": [118.55, 24.78]}}
    entry = recorded(client, estate, told, **stood)
    answer = client.get(brought(client, entry, told, body)).json()
    assert (answer["place_agrees"], answer["time_agrees"]) == (place, time)


def test_a_record_and_its_finding_list_their_photos(folders, client, estate):
    first, other = photo(size=(90, 60)), photo(size=(60, 90))
    told = told_of(first), told_of(other, item="ZM-02", how="picker")
    entry = recorded(client, estate, *told)
    listed = {
        each["id"]: {
            **{name: each[name] for name in ("id", "item", "how")},
            "held": False,
            "small": None,
            "large": None,
        }
        for each in told
    }

    def photos_in(path: str) -> list[dict]:
        return client.get(path).json()["properties"]["photos"]

    record = f"/api/v1/inspections/{entry}/"
    finding = f"/api/v1/findings/{Finding.objects.get().pk}/"
    assert {each["id"]: each for each in photos_in(record)} == listed
    assert photos_in(finding) == [listed[told[0]["id"]]]
    assert client.get(record).json()["properties"]["photos_missing"] == 2
    where = brought(client, entry, told[0], first)
    listed[told[0]["id"]] |= {
        "held": True,
        "small": f"{where}small.jpg",
        "large": f"{where}large.jpg",
    }
    assert photos_in(finding) == [listed[told[0]["id"]]]
    assert client.get(record).json()["properties"]["photos_missing"] == 1


def test_an_original_is_a_download_and_nothing_that_runs(client, where, body):
    reply = client.get(f"{where}original")
    assert reply.getvalue() == body
    named = reply["Content-Disposition"]
    assert named.startswith('attachment; filename="')
    assert named.endswith('.jpg"')
    told = {
        name: reply[name]
        for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")
    }
    assert told == {
        "Content-Type": "application/octet-stream",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }


@pytest.mark.parametrize("path", PHOTO_ADDRESSES[1:])
def test_a_picture_is_asked_for_once(client, where, path):
    reply = client.get(where + path)
    assert reply["Cache-Control"] == "private, max-age=31536000, immutable"
    again = client.get(where + path, headers={"If-None-Match": reply["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_not_there_yet_is_told_so(folders, client, estate, body):
    told = told_of(body)
    entry = recorded(client, estate, told)
    where = f"/api/v1/photos/{told['id']}/"

    def codes() -> list[tuple[int, str]]:
        replies = [client.get(where + path) for path in PHOTO_ADDRESSES[1:]]
        return [
            (each.status_code, each.json()["code"]) for each in replies if each.status_code > 399
        ]

    assert codes() == [(404, "not_made_yet")] * 2 + [(404, "not_found")]
    tus.upload(client, body, entry=entry, photo=told["id"])
    assert codes() == [(404, "not_made_yet")] * 2


def bomb() -> bytes:
    """Fifty thousand pixels square in a few hundred bytes."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    parts = {b"IHDR": header, b"IDAT": compress(bytes(100_000)), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc32(name + body))
        for name, body in parts.items()
    )


def large() -> bytes:
    """Two hundred megapixels that are truly there, in one colour."""
    out = BytesIO()
    Image.new("1", (20_000, 10_000)).save(out, "PNG")
    return out.getvalue()


NO_PHOTOS = {
    "a bomb": (bomb, 422, "photo_too_large"),
    "200 megapixels": (large, 422, "photo_too_large"),
    "an SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', 422, "photo_type"),
    "a page": (lambda: b"<!doctype html><script>alert(1)</script>", 422, "photo_type"),
    "an archive": (lambda: b"PK\x03\x04" + bytes(100), 422, "photo_type"),
    "a GIF": (lambda: b"GIF89a" + bytes(100), 422, "photo_type"),
    "a JPEG's first bytes": (lambda: photo()[:40], 422, "photo_unreadable"),
    "a video without its index": (lambda: video()[:600], 422, "photo_unreadable"),
    "a minute and a half": (lambda: video(seconds=90, fps=1), 422, "video_too_long"),
}


@pytest.mark.parametrize("what", NO_PHOTOS)
def test_what_is_no_photo_is_told_so_and_the_record_stands(folders, client, estate, what):
    make, status, code = NO_PHOTOS[what]
    wrong, right = make(), photo()
    told = told_of(wrong), told_of(right)
    entry = recorded(client, estate, *told)
    reply = tus.upload(client, wrong, entry=entry, photo=told[0]["id"], filename="photo.jpg")
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    brought(client, entry, told[1], right)
    record = client.get(f"/api/v1/inspections/{entry}/").json()["properties"]
    held = {each["id"]: each["held"] for each in record["photos"]}
    assert held == {told[0]["id"]: False, told[1]["id"]: True}
    assert record["photos_missing"] == 1


def test_a_photo_that_is_a_page_too_is_a_photo_alone(folders, client, estate):
    body = photo() + b"<!doctype html><script>alert(1)</script>"
    told = told_of(body, name="a.html")
    where = brought(client, recorded(client, estate, told), told, body)
    assert b"<script>" not in client.get(f"{where}large.jpg").getvalue()
    reply = client.get(f"{where}original")
    assert (reply["Content-Type"], reply.getvalue()) == ("application/octet-stream", body)
    assert "html" not in reply["Content-Disposition"]


def test_the_registers_show_photos_and_what_is_missing(folders, client, as_user, estate, body):
    told = told_of(body), told_of(photo(size=(60, 60)))
    entry = recorded(client, estate, *told)
    where = brought(client, entry, told[0], body)
    admin = as_user("admin")
    page = admin.get(f"/admin/inspections/inspection/{entry}/change/").content.decode()
    assert f"{where}small.jpg" in page
    assert "evidence incomplete: 1 missing" in page
    assert page.count("not here yet") == 1
    address = "/admin/inspections/inspection/?evidence=incomplete"
    assert entry in admin.get(address).content.decode()
    brought(client, entry, told[1], photo(size=(60, 60)))
    assert entry not in admin.get(address).content.decode()
