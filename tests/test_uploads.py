"""Uploads, as tus 1.0 has them."""

import pytest

from inspections.models import Photo, Upload
from inspections.services.uploads import path_of
from tests import tus
from tests.pictures import photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


@pytest.fixture
def client(as_user):
    return as_user("inspector")


@pytest.fixture
def body() -> bytes:
    return photo()


@pytest.fixture
def where(client, body) -> str:
    return tus.create(client, len(body), **tus.of_photo(body))["Location"]


def kept(body: bytes) -> bytes:
    with Photo.objects.get(sha256=tus.sha256(body)).open_original() as file:
        return file.read()


def refused(reply) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


def test_it_says_what_it_speaks(client):
    reply = client.options(tus.UPLOADS)
    assert (reply.status_code, reply.content) == (204, b"")
    told = {name: reply[name] for name in reply.headers if name.startswith("Tus-")}
    assert told == {
        "Tus-Resumable": "1.0.0",
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,creation-with-upload,checksum,expiration,termination",
        "Tus-Max-Size": "30000000",
        "Tus-Checksum-Algorithm": "sha1,sha256",
    }


def test_a_photo_goes_up_in_parts_and_is_held(client, body, where):
    middle = len(body) // 2
    first = tus.patch(client, where, 0, body[:middle])
    assert (first.status_code, first["Upload-Offset"]) == (204, str(middle))
    assert first["Tus-Resumable"] == "1.0.0"
    assert first["Upload-Expires"].endswith(" GMT")
    said = tus.head(client, where)
    assert (said.status_code, said["Upload-Offset"]) == (200, str(middle))
    assert (said["Upload-Length"], said["Cache-Control"]) == (str(len(body)), "no-store")
    last = tus.patch(client, where, middle, body[middle:])
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(body)))
    assert kept(body) == body
    upload = Upload.objects.get()
    assert not path_of(upload.pk).exists()
    assert tus.offset(client, where) == len(body)
