"""Masked copies: what a box covers is gone for good, and what is shared is the masked copy."""

import uuid
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from geo.models import PropertyCompany
from inspections.models import MaskedCopy, Photo
from inspections.services.evidence import masks
from tests.evidence.worlds import jpeg, named, recorded
from tests.factories import EstateFactory, MembershipFactory, UserFactory
from tests.pictures import exif, photo, scene

pytestmark = pytest.mark.django_db

FACE = {"left": 0.25, "top": 0.2, "width": 0.25, "height": 0.25}


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


def taken(client, estate, body: bytes) -> Photo:
    told = named(body, item="ZM-01")
    recorded(client, estate, (told, body))
    return Photo.objects.get(pk=told["id"])


def mask(client, row: Photo, boxes, id=None):
    address = f"/api/v1/photos/{row.pk}/masked/{id or uuid.uuid4()}/"
    return client.put(address, {"boxes": boxes}, format="json")


def copy_of(client, reply) -> bytes:
    told = client.get(reply.json()["address"])
    assert (told.status_code, told["Content-Type"]) == (200, "image/jpeg")
    return told.getvalue()


def with_face(colour: tuple[int, int, int], size=(2000, 1500)) -> bytes:
    """The same scene, with another face in it."""
    picture = scene(*size)
    width, height = size
    box = (0.25 * width, 0.2 * height, 0.5 * width - 1, 0.45 * height - 1)
    draw = ImageDraw.Draw(picture)
    draw.rectangle(box, fill=colour)
    draw.ellipse(box, fill=tuple(255 - each for each in colour))
    return jpeg(picture)


def test_nothing_of_what_a_box_covers_is_left_in_any_channel(as_user, estate, settings):
    client = as_user("supervisor")
    row = taken(client, estate, photo(size=(2000, 1500)))
    reply = mask(client, row, [FACE])
    assert reply.status_code == 201
    body = copy_of(client, reply)
    pixels = np.asarray(Image.open(BytesIO(body)))
    height, width, _ = pixels.shape
    covered = pixels[int(0.2 * height) : int(0.45 * height), int(0.25 * width) : int(0.5 * width)]
    assert covered.max() == 0
    # And the rest is the picture still.
    assert pixels[: int(0.15 * height)].std() > 20
    kept = Path(settings.MEDIA_ROOT) / MaskedCopy.objects.get().small
    small = np.asarray(Image.open(BytesIO(kept.read_bytes())))
    height, width, _ = small.shape
    covered = small[int(0.2 * height) : int(0.45 * height), int(0.25 * width) : int(0.5 * width)]
    assert covered.max() < 8


@pytest.mark.parametrize("size", [(2000, 1500), (640, 480), (3264, 2448), (1601, 1203)])
def test_copies_of_two_photos_that_differ_only_under_the_box_are_the_same_to_the_byte(
    as_user, estate, size
):
    client = as_user("supervisor")
    bodies = []
    for colour in ((250, 20, 20), (20, 20, 250)):
        row = taken(client, estate, with_face(colour, size))
        Photo.objects.filter(pk=row.pk).update(entry=uuid.UUID(int=1))
        bodies.append(copy_of(client, mask(client, row, [FACE])))
    assert bodies[0] == bodies[1]


def test_a_masked_copy_has_neither_exif_nor_thumbnail_nor_a_second_picture(as_user, estate):
    client = as_user("supervisor")
    secret = b"SECRET-SERIAL-NUMBER"
    told = exif(place=(118.55, 24.78))
    told[0x010E] = secret.decode()
    out = BytesIO()
    scene(1800, 1200).save(out, "JPEG", exif=told.tobytes(), comment=secret)
    row = taken(client, estate, out.getvalue())
    body = copy_of(client, mask(client, row, [FACE]))
    assert secret in out.getvalue()
    assert (b"Exif" in body, secret in body, b"ICC_PROFILE" in body) == (False, False, False)
    assert not Image.open(BytesIO(body)).getexif()
    # One picture begins and one ends, and nothing comes after it.
    assert (body.count(b"\xff\xd8\xff"), body.endswith(b"\xff\xd9")) == (1, True)


def test_who_took_it_does_not_stand_in_a_masked_copy(as_user, people, estate):
    """The lines of a photo name its sender; two people's copies of one picture are alike."""
    bodies = []
    for who in ("inspector", "supervisor"):
        people[who].name = {"inspector": "张三", "supervisor": "欧阳上官"}[who]
        people[who].save()
        row = taken(as_user(who), estate, photo(size=(1600, 1200)))
        Photo.objects.filter(pk=row.pk).update(entry=uuid.UUID(int=1))
        bodies.append(copy_of(as_user(who), mask(as_user(who), row, [FACE])))
    assert bodies[0] == bodies[1]


def test_sent_again_it_is_made_once_and_other_boxes_are_another_copy(as_user, estate):
    client, id = as_user("inspector"), uuid.uuid4()
    row = taken(client, estate, photo())
    first, again = (mask(client, row, [FACE], id) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json() == {
        "id": str(id),
        "photo": str(row.pk),
        "boxes": [[0.25, 0.2, 0.25, 0.25]],
        "sha256": first.json()["sha256"],
        "bytes": first.json()["bytes"],
        "made_at": first.json()["made_at"],
        "address": f"/api/v1/masked/{id}.jpg",
    }
    other = mask(client, row, [FACE | {"left": 0.5}], id)
    assert (other.status_code, other.json()["code"]) == (409, "mask_differs")
    assert MaskedCopy.objects.count() == 1


@pytest.mark.parametrize(
    "boxes",
    [[], [FACE] * 101, [FACE | {"left": -0.1}], [FACE | {"left": 0.9}], [FACE | {"width": 0}]],
)
def test_a_box_lies_within_the_picture(as_user, estate, boxes):
    client = as_user("inspector")
    reply = mask(client, taken(client, estate, photo()), boxes)
    assert (reply.status_code, reply.json()["code"]) in {
        (400, "mask_invalid"),
        (400, "record_invalid"),
    }
    assert not MaskedCopy.objects.exists()


MAKES = {"admin": 201, "inspector": 201, "supervisor": 201, "officer": 201}
MAKES |= dict.fromkeys(("planner", "leader", "clerk", "unit", "company"), 403)
MAKES |= {"inspector2": 404, "stranger": 404, "nobody": 401}


@pytest.mark.parametrize(("who", "status"), MAKES.items())
def test_who_makes_a_masked_copy(as_user, estate, who, status):
    row = taken(as_user("inspector"), estate, photo())
    assert mask(as_user(who), row, [FACE]).status_code == status


def test_a_company_is_shown_the_masked_copy_and_no_original_of_others(as_user, people, estate):
    row = taken(as_user("inspector"), estate, photo(size=(1600, 1200)))
    company, office = as_user("company"), as_user("supervisor")
    address = f"/api/v1/photos/{row.pk}"
    before = company.get(f"{address}/large.jpg")
    assert (before.status_code, before["Cache-Control"]) == (200, "private, no-cache")
    made = mask(office, row, [FACE])
    after = company.get(f"{address}/large.jpg")
    assert after.getvalue() == copy_of(office, made) == copy_of(company, made)
    assert after["ETag"] != before["ETag"]
    small = company.get(f"{address}/small.jpg").getvalue()
    assert small != office.get(f"{address}/small.jpg").getvalue()
    reply = company.get(f"{address}/original")
    assert (reply.status_code, reply.json()["code"]) == (403, "not_allowed")
    assert office.get(f"{address}/original").getvalue() == photo(size=(1600, 1200))
    # Another company sees nothing of it.
    other = EstateFactory(company=PropertyCompany.objects.create(name="另一家"), has_company=True)
    people["other"] = UserFactory(username="other")
    MembershipFactory(user=people["other"], role="company", company=other.company)
    for where in (f"{address}/large.jpg", made.json()["address"], f"{address}/original"):
        assert as_user("other").get(where).status_code == 404


def test_what_is_shared_is_the_newest_masked_copy(as_user, estate):
    client = as_user("supervisor")
    rows = [taken(client, estate, photo(size=(400, 300 + n))) for n in range(2)]
    assert masks.shared_copy(rows[0]) == rows[0].unnamed
    for left in (0.1, 0.5):
        last = mask(client, rows[0], [FACE | {"left": left}]).json()
    newest = MaskedCopy.objects.get(pk=last["id"])
    assert masks.shared_copies(rows) == {rows[0].pk: newest.file, rows[1].pk: rows[1].unnamed}
