"""Uploads, as tus 1.0 has them."""

import os
import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from rest_framework.test import APIClient

from inspections import tasks
from inspections.errors import UploadLocked
from inspections.models import Photo, Refused, Upload
from inspections.services import uploads
from inspections.services.uploads import path_of
from people.models import ApiToken
from tests import tus
from tests.pictures import photo
from tests.test_delivery import at_once

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


def test_what_a_client_says_of_its_file_is_told_again(client, body):
    said = tus.metadata(filename="楼道 1.jpg", type="image/jpeg", own="thing")
    where = tus.create(client, len(body), **{"Upload-Metadata": said})["Location"]
    assert tus.head(client, where)["Upload-Metadata"] == said


@pytest.mark.parametrize("told", [{}, {"Tus-Resumable": "0.2.2"}], ids=["none", "old"])
def test_another_version_of_the_protocol_is_refused_and_the_own_one_told(client, where, told):
    replies = {
        "post": client.post(tus.UPLOADS, headers={"Upload-Length": "9"} | told),
        "head": client.head(where, headers=told),
        "patch": client.patch(where, b"x", content_type=tus.PART, headers=told),
        "delete": client.delete(where, headers=told),
    }
    answers = {name: (each.status_code, each["Tus-Version"]) for name, each in replies.items()}
    assert answers == dict.fromkeys(replies, (412, "1.0.0"))
    assert replies["patch"].json()["code"] == "wrong_version"
    assert Upload.objects.count() == 1


def test_a_part_at_another_byte_changes_nothing(client, body, where):
    tus.patch(client, where, 0, body[:100])
    for at in (0, 99, 101, len(body)):
        reply = tus.patch(client, where, at, body[100:])
        assert refused(reply) == (409, "wrong_offset"), at
        assert reply.json()["details"] == {"offset": 100}
    assert tus.offset(client, where) == 100


def test_a_part_of_another_content_type_is_refused(client, body, where):
    headers = tus.VERSION | {"Upload-Offset": "0"}
    reply = client.patch(where, body, content_type="image/jpeg", headers=headers)
    assert refused(reply) == (415, "wrong_content_type")
    assert tus.offset(client, where) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload-Length": "many"},
        {"Upload-Length": "-1"},
        {"Upload-Length": "0"},
        {"Upload-Defer-Length": "1"},
        {"Upload-Concat": "partial"},
        {"Upload-Metadata": "entry ###"},
        {"Upload-Metadata": tus.metadata(entry="no uuid")},
        {"Upload-Metadata": tus.metadata(sha256="short")},
    ],
    ids=lambda told: next(iter(told)),
)
def test_a_header_that_says_nothing_is_named(client, headers):
    reply = client.post(tus.UPLOADS, headers=tus.VERSION | {"Upload-Length": "9"} | headers)
    assert refused(reply) == (400, "upload_invalid")
    assert list(reply.json()["details"]["fields"]) == list(headers)
    assert not Upload.objects.exists()


def test_an_offset_that_says_nothing_is_named(client, body, where):
    headers = tus.VERSION | {"Upload-Offset": "-1"}
    reply = client.patch(where, body, content_type=tus.PART, headers=headers)
    assert refused(reply) == (400, "upload_invalid")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_part_with_its_checksum_counts_whole_or_not_at_all(client, body, where, algorithm):
    right = tus.checksum(body[:500], algorithm)
    wrong = tus.patch(client, where, 0, body[1:501], **{"Upload-Checksum": right})
    assert refused(wrong) == (460, "checksum_mismatch")
    assert tus.offset(client, where) == 0
    assert tus.patch(client, where, 0, body[:500], **{"Upload-Checksum": right}).status_code == 204
    assert tus.offset(client, where) == 500
    rest = tus.checksum(body[500:], algorithm)
    last = tus.patch(client, where, 500, body[500:], **{"Upload-Checksum": rest})
    assert last.status_code == 204
    assert kept(body) == body


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("md5 1B2M2Y8AsgTpgAmY7PhCfg==", "checksum_unknown"),
        ("", "checksum_unknown"),
        ("sha256 short", "upload_invalid"),
        ("sha1", "upload_invalid"),
    ],
)
def test_a_checksum_that_is_not_known_is_refused(client, body, where, told, code):
    reply = tus.patch(client, where, 0, body, **{"Upload-Checksum": told})
    assert refused(reply) == (400, code)
    assert tus.offset(client, where) == 0


def test_the_first_bytes_may_come_with_the_creation(client, body):
    reply = tus.create(client, len(body), body=body[:300], **tus.of_photo(body))
    assert (reply.status_code, reply["Upload-Offset"]) == (201, "300")
    last = tus.patch(client, reply["Location"], 300, body[300:])
    assert (last.status_code, kept(body)) == (204, body)


def test_a_small_file_may_come_whole_with_its_creation(client, body):
    said = tus.of_photo(body) | {"Upload-Checksum": tus.checksum(body)}
    reply = tus.create(client, len(body), body=body, **said)
    assert (reply.status_code, reply["Upload-Offset"]) == (201, str(len(body)))
    assert kept(body) == body


def test_bytes_that_are_here_already_are_not_asked_for_again(client, body):
    tus.upload(client, body)
    again = tus.create(client, len(body), **tus.of_photo(body))
    assert (again.status_code, again["Upload-Offset"]) == (201, str(len(body)))
    assert tus.offset(client, again["Location"]) == len(body)
    assert Photo.objects.count() == 2
    assert len({each.original for each in Photo.objects.all()}) == 1


def test_nobody_learns_by_a_hash_what_another_person_brought(as_user, client, body):
    tus.upload(client, body)
    reply = tus.create(as_user("supervisor"), len(body), **tus.of_photo(body))
    assert reply["Upload-Offset"] == "0"


def test_only_its_sender_sees_an_upload(as_user, body, where):
    other = as_user("supervisor")
    answers = {
        tus.head(other, where).status_code,
        tus.patch(other, where, 0, body).status_code,
        other.delete(where, headers=tus.VERSION).status_code,
    }
    assert answers == {404}
    assert tus.head(as_user("nobody"), where).status_code == 401


def test_a_stale_page_is_told_so_by_a_code_of_its_own(people, body):
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(people["inspector"], "django.contrib.auth.backends.ModelBackend")
    reply = tus.create(client, len(body), **tus.of_photo(body))
    assert refused(reply) == (403, "csrf_stale")


def test_a_program_signs_in_by_token(people, body):
    ApiToken.objects.create(user=people["inspector"], digest=ApiToken.digest_of("a-token"))
    client = APIClient(headers={"authorization": "Token a-token"})
    assert tus.upload(client, body).status_code == 204


def test_a_client_that_cannot_patch_says_what_it_means(client, body, where):
    told = tus.VERSION | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    reply = client.post(where, body, content_type=tus.PART, headers=told)
    assert (reply.status_code, reply["Upload-Offset"]) == (204, str(len(body)))
    told = tus.VERSION | {"X-HTTP-Method-Override": "DELETE"}
    assert client.post(where, headers=told).status_code == 204
    assert refused(client.post(where, headers=tus.VERSION)) == (405, "method_not_allowed")


def test_more_than_its_length_is_refused(client, body, where):
    reply = tus.patch(client, where, 0, body + b"x")
    assert refused(reply) == (413, "upload_too_large")
    assert tus.offset(client, where) == 0


@pytest.mark.parametrize(
    ("type", "length", "status"),
    [
        ("image/jpeg", 30_000_000, 201),
        ("image/jpeg", 30_000_001, 413),
        ("video/mp4", 20_000_000, 201),
        ("video/mp4", 20_000_001, 413),
    ],
)
def test_a_file_has_a_size_that_it_may_have(client, type, length, status):
    said = {"Upload-Metadata": tus.metadata(type=type)}
    assert tus.create(client, length, **said).status_code == status


def test_what_one_person_may_begin_has_an_end(client, settings, body):
    settings.UPLOADS_MAX_OPEN = 2
    where = [tus.create(client, len(body))["Location"] for _ in range(2)]
    assert refused(tus.create(client, len(body))) == (429, "too_many_uploads")
    client.delete(where[0], headers=tus.VERSION)
    settings.UPLOADS_MAX_OPEN_BYTES = 2 * len(body)
    assert tus.create(client, len(body)).status_code == 201
    client.delete(where[1], headers=tus.VERSION)
    assert refused(tus.create(client, len(body) + 1)) == (429, "too_many_uploads")


def test_an_upload_that_is_ended_is_gone_with_its_bytes(client, body, where):
    tus.patch(client, where, 0, body[:100])
    path = path_of(Upload.objects.get().pk)
    assert path.stat().st_size == 100
    assert client.delete(where, headers=tus.VERSION).status_code == 204
    assert not path.exists()
    assert tus.head(client, where).status_code == 404
    assert refused(tus.patch(client, where, 100, body[100:])) == (404, "not_found")


def test_an_upload_that_nobody_goes_on_with_is_forgotten(client, body, where):
    tus.patch(client, where, 0, body[:100])
    path = path_of(Upload.objects.get().pk)
    assert tasks.forget_uploads(timestamp=0) == 0
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert tus.head(client, where).status_code == 410
    assert refused(tus.patch(client, where, 100, body[100:])) == (410, "upload_gone")
    assert tasks.forget_uploads(timestamp=0) == 1
    assert not path.exists()
    assert tus.head(client, where).status_code == 404


def test_a_file_without_a_row_is_swept_away(client, body, where):
    tus.patch(client, where, 0, body[:100])
    kept_one = path_of(Upload.objects.get().pk)
    stray = kept_one.with_name(str(uuid.uuid4()))
    stray.write_bytes(b"x")
    for each in (stray, kept_one):
        os.utime(each, (0, 0))
    tasks.forget_uploads(timestamp=0)
    assert (stray.exists(), kept_one.exists()) == (False, True)


def test_a_disk_that_is_nearly_full_takes_nothing_new(client, settings, body):
    settings.DISK_KEPT_FREE_BYTES = 10**18
    assert refused(tus.create(client, len(body))) == (507, "no_room")
    assert not Upload.objects.exists()


def test_a_disk_that_is_full_keeps_what_is_safe_and_says_so(client, body, where):
    id = Upload.objects.get().pk
    path_of(id).parent.mkdir(parents=True, exist_ok=True)
    path_of(id).symlink_to("/dev/full")
    reply = tus.patch(client, where, 0, body)
    assert refused(reply) == (507, "no_room")
    path_of(id).unlink()
    assert tus.offset(client, where) == 0
    assert tus.patch(client, where, 0, body).status_code == 204
    assert kept(body) == body


def test_bytes_that_the_disk_lost_are_asked_for_again(client, body, where):
    tus.patch(client, where, 0, body[:200])
    path = path_of(Upload.objects.get().pk)
    os.truncate(path, 120)
    assert tus.offset(client, where) == 120
    assert refused(tus.patch(client, where, 200, body[200:])) == (409, "wrong_offset")
    assert tus.patch(client, where, 120, body[120:]).status_code == 204
    assert kept(body) == body


def test_bytes_beyond_what_the_row_says_are_written_again(client, body, where):
    tus.patch(client, where, 0, body[:200])
    with path_of(Upload.objects.get().pk).open("ab") as file:
        file.write(b"what a crash left behind")
    assert tus.offset(client, where) == 200
    assert tus.patch(client, where, 200, body[200:]).status_code == 204
    assert kept(body) == body


def test_a_request_that_writes_keeps_others_out_until_its_line_is_silent(client, body, where):
    id = Upload.objects.get().pk
    writer = uploads.claim(id, 0, sender=Upload.objects.get().sender)
    assert refused(tus.patch(client, where, 0, body)) == (423, "upload_locked")
    assert refused(client.delete(where, headers=tus.VERSION)) == (423, "upload_locked")
    assert tus.offset(client, where) == 0
    Upload.objects.update(written_at=timezone.now() - timedelta(seconds=16))
    assert tus.patch(client, where, 0, body[:100]).status_code == 204
    # The silent one speaks again: too late.
    with pytest.raises(UploadLocked):
        uploads.advance(writer, 50)
    assert tus.offset(client, where) == 100


def test_a_last_part_sent_twice_is_told_that_all_is_there(client, body, where):
    tus.patch(client, where, 0, body[:100])
    assert tus.patch(client, where, 100, body[100:]).status_code == 204
    again = tus.patch(client, where, 100, body[100:])
    assert (again.status_code, again.json()["details"]) == (409, {"offset": len(body)})
    assert tus.offset(client, where) == len(body)
    assert tus.patch(client, where, len(body), b"").status_code == 204
    assert Photo.objects.count() == 1


def test_bytes_that_do_not_have_the_hash_that_was_told_are_not_kept(client, body):
    where = tus.create(client, len(body), **tus.of_photo(body, sha256="0" * 64))["Location"]
    assert refused(tus.patch(client, where, 0, body)) == (460, "checksum_mismatch")
    # Told once more to one who did not hear it.
    assert refused(tus.patch(client, where, 0, body)) == (460, "checksum_mismatch")
    assert not Photo.objects.exists()
    assert not path_of(Upload.objects.get().pk).exists()
    assert not [each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()]


def test_a_photo_that_says_nothing_of_itself_is_its_senders(as_user, client, body):
    where = tus.create(client, len(body))["Location"]
    assert tus.patch(client, where, 0, body).status_code == 204
    photo = Photo.objects.get()
    assert (photo.sha256, photo.inspection) == (tus.sha256(body), None)
    seen = {
        who: as_user(who).get(f"/api/v1/photos/{photo.pk}/").status_code
        for who in ("inspector", "supervisor", "officer", "nobody")
    }
    assert seen == {"inspector": 200, "supervisor": 404, "officer": 404, "nobody": 401}


def test_an_original_is_written_once_and_by_its_hash(as_user, client, body):
    tus.upload(client, body)
    digest = tus.sha256(body)
    path = Path(settings.MEDIA_ROOT) / "originals" / digest[:2] / digest[2:4] / digest
    before = path.stat()
    assert path.read_bytes() == body
    assert before.st_mode & 0o222 == 0
    tus.upload(as_user("supervisor"), body)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert Photo.objects.count() == 2


def test_a_photo_of_a_record_from_excluded_ground_is_not_taken(client, people, body):
    entry = uuid.uuid4()
    Refused.objects.create(
        entry=str(entry), sender=people["inspector"], code="excluded_area", body_bytes=0
    )
    reply = tus.create(client, len(body), **tus.of_photo(body, entry=entry))
    assert refused(reply) == (422, "excluded_area")
    assert not Upload.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_of_one_photo_are_one_photo(as_user, body):
    said = tus.of_photo(body)

    def one(client) -> int:
        reply = tus.create(client, len(body), **said)
        if reply["Upload-Offset"] == str(len(body)):
            return 204
        return tus.patch(client, reply["Location"], 0, body).status_code

    assert at_once([partial(one, as_user("inspector")) for _ in range(8)]) == [204] * 8
    assert Photo.objects.count() == 1
    assert kept(body) == body


@pytest.mark.django_db(transaction=True)
def test_of_eight_that_write_to_one_upload_at_once_one_does(as_user, body, where):
    clients = [as_user("inspector") for _ in range(8)]
    replies = at_once([partial(tus.patch, each, where, 0, body) for each in clients])
    statuses = [each.status_code for each in replies]
    assert statuses.count(204) == 1
    assert set(statuses) <= {204, 409, 423}
    assert kept(body) == body
