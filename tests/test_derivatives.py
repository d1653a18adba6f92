"""What people look at of a photo: made by the worker, with its place and time drawn in."""

import uuid
from datetime import UTC, datetime
from io import BytesIO

import numpy as np
import pytest
from django.core.management import call_command
from django.utils import timezone, translation
from PIL import Image
from procrastinate.contrib.django import app

from inspections import tasks
from inspections.models import Photo
from inspections.pictures.fonts import NoFont, chinese_font
from inspections.services import derivatives
from tests import tus
from tests.factories import BuildingFactory
from tests.pictures import photo, scene, video
from tests.records import AT, a_record, here, put

pytestmark = pytest.mark.django_db

HERE = (118.55, 24.78)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


@pytest.fixture
def client(as_user):
    return as_user("inspector")


def record_with(client, estate, *bodies: bytes, **changes) -> list[dict]:
    """Recorded, with what it says of each photo."""
    told = [
        {"id": str(uuid.uuid4()), "sha256": tus.sha256(each), "bytes": len(each)}
        | {"type": "image/jpeg", "how": "camera", "item": "ZM-01", "taken_at": AT}
        for each in bodies
    ]
    entry = uuid.uuid4()
    sent = a_record(estate, photos=told, **here(estate), **changes)
    reply = put(client, sent, entry)
    assert reply.status_code == 201, reply.json()
    return [each | {"entry": str(entry)} for each in told]


def bring(client, told: dict, body: bytes):
    return tus.upload(client, body, entry=told["entry"], photo=told["id"])


def brought(client, estate, body: bytes, **changes) -> Photo:
    """Recorded, brought and made."""
    told = record_with(client, estate, body, **changes)[0]
    assert bring(client, told, body).status_code == 204
    tasks.make_derivatives(photo=told["id"])
    return Photo.objects.get(pk=told["id"])


def looked_at(client, photo: Photo, what: str) -> Image.Image:
    reply = client.get(f"/api/v1/photos/{photo.pk}/{what}.jpg")
    assert (reply.status_code, reply["Content-Type"]) == (200, "image/jpeg")
    return Image.open(BytesIO(reply.getvalue()))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_of_every_kind_of_photo_there_is_a_small_and_a_large_one(client, estate, format):
    body = photo(format, (2000, 1500), at=datetime(2024, 11, 30, 9, 30), place=HERE)  # noqa: DTZ001
    made = brought(client, estate, body)
    small, large = (looked_at(client, made, what) for what in ("small", "large"))
    assert (small.size, large.size) == ((256, 192), (1600, 1200))
    assert (small.format, large.format) == ("JPEG", "JPEG")
    # Nothing of what the camera wrote is passed on; the original has it all.
    assert not small.getexif()
    assert not large.getexif()
    assert (made.exif_taken_at, made.problem) == (datetime(2024, 11, 30, 1, 30, tzinfo=UTC), "")
    assert made.open_original().read() == body


@pytest.mark.parametrize(
    ("format", "type"), [("mp4", "video/mp4"), ("mov", "video/quicktime"), ("webm", "video/webm")]
)
def test_of_a_video_there_is_its_first_picture(client, estate, format, type):
    made = brought(client, estate, video(format, size=(320, 240)))
    assert (made.found_type, made.width, made.height) == (type, 320, 240)
    assert looked_at(client, made, "large").size == (320, 240)


def test_a_picture_taken_upright_is_shown_upright(client, estate):
    made = brought(client, estate, photo(size=(400, 200), orientation=6))
    assert looked_at(client, made, "small").size == (128, 256)


def test_what_is_transparent_is_white(client, estate):
    out = BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    made = brought(client, estate, out.getvalue())
    assert looked_at(client, made, "small").getpixel((50, 20)) == (255, 255, 255)


def test_of_an_animation_the_first_picture_counts(client, estate):
    out = BytesIO()
    first, second = (Image.new("RGB", (90, 90), colour) for colour in ("red", "blue"))
    first.save(out, "WEBP", save_all=True, append_images=[second], lossless=True)
    made = brought(client, estate, out.getvalue())
    red, _, blue = looked_at(client, made, "small").getpixel((45, 10))
    assert (red > 200, blue < 50) == (True, True)


def test_the_large_picture_says_what_it_shows(client, estate):
    building = BuildingFactory(estate=estate, number="3栋")
    made = brought(client, estate, photo(), building=building.pk, floor="B1", zone="车库东侧")
    lines = derivatives.lines_of(Photo.objects.get(pk=made.pk))
    lon, lat = made.inspection.location.coords
    assert lines == [
        "银星花园 · 3栋 · B1 · 车库东侧",
        f"2024-11-30 09:30:00 · {made.sender.username}",
        f"{lat:.5f}, {lon:.5f} ±5 m · 卫星定位 · #{made.entry.hex[-8:].upper()}",
    ]


def test_its_chinese_is_drawn_and_not_boxes(client, estate):
    body = photo(size=(800, 600))
    drawn = []
    for name in ("银星花园", "金星花园"):
        estate.name = name
        estate.save()
        # Another file of the same picture.
        made = brought(client, estate, body + name.encode())
        drawn.append(np.asarray(looked_at(client, made, "large").convert("L"), dtype=int))
    plain = np.asarray(scene(800, 600).convert("L"), dtype=int)
    # Bright letters on a shade at the lower edge, and nothing above.
    assert abs(drawn[0][:400] - plain[:400]).mean() < 8
    assert (drawn[0][480:] > 240).sum() > 500
    # One other character makes another first line, at its beginning alone.
    differs = np.abs(drawn[0] - drawn[1])[:535] > 60
    assert differs.any()
    assert np.argwhere(differs)[:, 1].max() < 60


def test_without_a_font_that_has_chinese_nothing_is_made(client, estate, settings, tmp_path):
    told = record_with(client, estate, photo())[0]
    bring(client, told, photo())
    settings.WATERMARK_FONT = str(tmp_path / "no-font.ttf")
    chinese_font.cache_clear()
    with pytest.raises(NoFont):
        tasks.make_derivatives(photo=told["id"])
    settings.WATERMARK_FONT = ""
    assert tasks.make_derivatives(photo=told["id"]) is True


def test_a_photo_is_made_once_however_often_it_is_asked_for(client, estate):
    made = brought(client, estate, photo())
    assert tasks.make_derivatives(photo=str(made.pk)) is False
    assert Photo.objects.get(pk=made.pk).made_at == made.made_at


def test_what_is_missing_is_made_by_hand(client, estate, capsys):
    bodies = [photo(size=(100, 80 + n)) for n in range(3)]
    told = record_with(client, estate, *bodies)
    for each, body in zip(told, bodies, strict=True):
        bring(client, each, body)
    tasks.make_derivatives(photo=told[0]["id"])
    assert Photo.objects.unmade().count() == 2
    with translation.override("en"):
        call_command("make_derivatives")
    assert capsys.readouterr().out == "Made: 2. Damaged, and kept as they came: 0.\n"
    assert not Photo.objects.unmade().exists()


def cut_short(body: bytes) -> bytes:
    return body[: len(body) * 6 // 10]


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_that_is_cut_short_is_kept_and_marked(client, estate, format):
    body = cut_short(photo(format, (640, 480)))
    told = record_with(client, estate, body)[0]
    reply = bring(client, told, body)
    if reply.status_code == 422:  # some say so at their beginning
        assert reply.json()["code"] == "photo_unreadable"
        return
    assert reply.status_code == 204
    assert tasks.make_derivatives(photo=told["id"]) is False
    known = Photo.objects.get(pk=told["id"])
    assert (known.problem, known.open_original().read()) == ("photo_cut", body)
    for what in ("small", "large"):
        reply = client.get(f"/api/v1/photos/{known.pk}/{what}.jpg")
        assert (reply.status_code, reply.json()["code"]) == (422, "photo_cut")


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_them_by_itself(client, estate):
    body = photo()
    told = record_with(client, estate, body)[0]
    small = f"/api/v1/photos/{told['id']}/small.jpg"
    bring(client, told, body)
    reply = client.get(small)
    assert (reply.status_code, reply.json()["code"]) == (404, "not_made_yet")
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    assert client.get(small).status_code == 200
    assert Photo.objects.get().made_at <= timezone.now()
