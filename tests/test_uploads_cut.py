"""Uploads over lines that break, to the real web server."""

import json
import os
import random
import signal
import socket
import uuid
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone

from inspections.models import Photo, Upload
from people.models import ApiToken
from tests import tus
from tests.line import Line, cut, drop, wait_until
from tests.pictures import photo, scene

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "a-token-of-the-tests"
CHUNK = 4096


@pytest.fixture
def data(server) -> Path:
    return server.data


@pytest.fixture
def line(server, people) -> Line:
    ApiToken.objects.create(user=people["inspector"], digest=ApiToken.digest_of(TOKEN))
    return Line(server.port, TOKEN)


@pytest.fixture
def body() -> bytes:
    return photo(size=(240, 180))


def kept(data: Path, body: bytes) -> bytes:
    photo = Photo.objects.get(sha256=tus.sha256(body))
    return (data / "photos" / photo.original).read_bytes()


def cuts(length: int) -> list[int]:
    borders = range(0, length, CHUNK)
    near = {each + by for each in borders for by in (-1, 0, 1)}
    anywhere = random.Random(3).sample(range(length), 20)
    return sorted(each for each in near | set(anywhere) if 0 <= each < length)


@pytest.mark.slow
def test_a_part_cut_at_any_byte_is_kept_to_that_byte(line, data, body):
    for n, at in enumerate(cuts(len(body))):
        each = body + bytes([n])  # what stands behind a JPEG's end is of no account
        where = line.create(each)
        cut(line.begin(where, 0, len(each), each[:at]), where)
        assert line.offset(where) == at
        status, headers, _ = line.patch(where, at, each[at:])
        assert (status, headers["Upload-Offset"]) == (204, str(len(each)))
        assert kept(data, each) == each
    assert not list((data / "uploads").iterdir())


@pytest.mark.slow
def test_a_part_with_a_checksum_cut_at_any_byte_was_never_received(line, data, body):
    said = {"Upload-Checksum": tus.checksum(body)}
    where = line.create(body)
    for at in cuts(len(body)):
        cut(line.begin(where, 0, len(body), body[:at], **said), where)
        assert line.offset(where) == 0
    assert line.patch(where, 0, body, **said)[0] == 204
    assert kept(data, body) == body


def test_in_small_parts_every_line_may_break_twice_and_all_arrives(line, data, body):
    where, dice = line.create(body), random.Random(5)
    offset = 0
    while offset < len(body):
        part = body[offset : offset + CHUNK]
        drop(line.begin(where, offset, len(part), part[: dice.randrange(len(part))]), where)
        at = line.offset(where)
        # A reset may overtake what was sent before it; what is told is there.
        assert offset <= at < offset + len(part)
        part = body[at : at + CHUNK]
        unheard = line.begin(where, at, len(part), part[:-1])
        unheard.sendall(part[-1:])
        unheard.close()
        offset = at + len(part)
        wait_until(partial(_stands_at, line, where, offset))
    assert kept(data, body) == body
    assert Photo.objects.count() == 1


def _stands_at(line: Line, where: str, offset: int) -> bool:
    return line.offset(where) == offset


def test_a_reply_that_is_lost_after_the_last_byte_changes_nothing(line, data, body):
    where = line.create(body)
    unheard = line.begin(where, 0, len(body), body[:-1])
    unheard.sendall(body[-1:])
    unheard.close()
    wait_until(lambda: line.offset(where) == len(body))
    status, _, answer = line.patch(where, 0, body)
    assert (status, json.loads(answer)["code"]) == (409, "wrong_offset")
    assert (Photo.objects.count(), kept(data, body)) == (1, body)


def test_a_tablet_that_went_silent_keeps_nobody_waiting(line, data, body):
    where = line.create(body)
    silent = line.begin(where, 0, len(body), body[:5000])
    status, _, answer = line.patch(where, 0, body[:100])
    assert (status, json.loads(answer)["code"]) == (423, "upload_locked")
    Upload.objects.update(written_at=timezone.now() - timedelta(minutes=1))
    assert line.patch(where, 0, body[:100])[0] == 204
    assert line.patch(where, 100, body[100:])[0] == 204
    # The silent one wakes up, and says what it had to say.
    silent.sendall(body[5000:])
    assert silent.recv(100).startswith(b"HTTP/1.1 423 ")
    silent.close()
    assert (line.offset(where), kept(data, body)) == (len(body), body)


def test_a_server_that_is_killed_while_it_writes_tells_no_more_than_it_has(server, line, data):
    # Incompressible, so that it is large: safe each megabyte.
    out = BytesIO()
    scene(1400, 1000).save(out, "PNG")
    body = out.getvalue()
    assert len(body) > 3_000_000
    where = line.create(body)
    broken = line.begin(where, 0, len(body), body[:2_500_000])
    wait_until(lambda: line.offset(where) > 1_000_000)
    # The one that would start others first.
    workers = _workers(server.process.pid)
    server.process.kill()
    server.process.wait()
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not _listens(line.port))
    broken.close()
    server.start()
    at = line.offset(where)
    assert 1_000_000 <= at <= 2_500_000
    path = next((data / "uploads").iterdir())
    assert path.read_bytes()[:at] == body[:at]
    Upload.objects.update(written_at=timezone.now() - timedelta(minutes=1))
    assert line.patch(where, at, body[at:])[0] == 204
    assert kept(data, body) == body


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _workers(pid: int) -> list[int]:
    """Whichever of its threads started them."""
    told = [each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(each) for each in " ".join(told).split()]


def test_what_is_refused_in_the_middle_of_a_queue_holds_up_nothing(line, data, people):
    bodies = [photo(size=(80, 60 + n)) for n in range(9)]
    wheres = [line.create(each) for each in bodies]
    ids = [uuid.UUID(where.rstrip("/").rpartition("/")[2]) for where in wheres]
    folder = data / "uploads"
    folder.mkdir(exist_ok=True)

    stranger = Line(line.port, "no-token")
    (folder / str(ids[5])).mkdir()  # a fault of ours
    held = line.begin(wheres[4], 0, len(bodies[4]), bodies[4][:10])
    Upload.objects.filter(pk=ids[3]).delete()
    told = {
        0: line.patch(wheres[0], 0, bodies[0])[0],
        1: stranger.patch(wheres[1], 0, bodies[1])[0],
        2: line.patch(wheres[2], 0, bodies[2] + b"more")[0],
        3: line.patch(wheres[3], 0, bodies[3])[0],
        4: line.patch(wheres[4], 0, bodies[4])[0],
        5: line.patch(wheres[5], 0, bodies[5])[0],
        6: line.patch(wheres[6], 0, bodies[6][::-1])[0],
    }
    drop(line.begin(wheres[7], 0, len(bodies[7]), bodies[7][:30]), wheres[7])
    told[8] = line.patch(wheres[8], 0, bodies[8])[0]
    assert told == {0: 204, 1: 401, 2: 413, 3: 404, 4: 423, 5: 500, 6: 460, 8: 204}
    assert _held() == {tus.sha256(bodies[n]) for n in (0, 8)}

    # What was in the way is gone, and each is sent once more, from where it stands.
    (folder / str(ids[5])).rmdir()
    drop(held, wheres[4])
    for n in (3, 6):
        wheres[n] = line.create(bodies[n])
    for n in (1, 2, 3, 4, 5, 6, 7):
        at = line.offset(wheres[n])
        assert line.patch(wheres[n], at, bodies[n][at:])[0] == 204, n
    assert _held() == {tus.sha256(each) for each in bodies}
    assert Photo.objects.count() == len(bodies)


def _held() -> set[str]:
    return set(Photo.objects.filter(held_at__isnull=False).values_list("sha256", flat=True))


def test_a_body_in_chunks_of_http_is_taken_too(line, data, body):
    where = line.create(body)
    half = len(body) // 2
    chunks = b"".join(
        f"{len(each):x}\r\n".encode() + each + b"\r\n" for each in (body[:half], body[half:])
    )
    head = [
        f"PATCH {where} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Token {TOKEN}",
        f"Content-Type: {tus.PART}",
        "Tus-Resumable: 1.0.0",
        "Upload-Offset: 0",
        "Transfer-Encoding: chunked",
        "Connection: close",
    ]
    with socket.create_connection(("127.0.0.1", line.port), timeout=20) as own:
        own.sendall("\r\n".join([*head, "", ""]).encode() + chunks + b"0\r\n\r\n")
        assert own.recv(100).startswith(b"HTTP/1.1 204 ")
    assert kept(data, body) == body
