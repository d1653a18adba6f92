"""The stock tus-js-client from npm, unchanged, against the real web server."""

import json
import os
import ssl
import subprocess
import uuid
from pathlib import Path

import pytest

from inspections.models import Photo, Upload
from people.models import ApiToken
from tests import tus
from tests.between import Between
from tests.browser.server import Server
from tests.pictures import photo

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "a-token-of-the-tests"
SCRIPT = Path(__file__).with_name("tus_client.mjs")
CHUNK = 4096


@pytest.fixture
def body() -> bytes:
    return photo(size=(400, 300))


@pytest.fixture
def send(people, tmp_path, body):
    """What the client says of it, sent through a proxy or straight."""
    ApiToken.objects.create(user=people["inspector"], digest=ApiToken.digest_of(TOKEN))

    def run(port: int, *, scheme: str = "http", environment=None, **asked) -> dict:
        file = tmp_path / "photo.jpg"
        file.write_bytes(body)
        told = {
            "endpoint": f"{scheme}://127.0.0.1:{port}{tus.UPLOADS}",
            "token": TOKEN,
            "file": str(file),
            "creation": False,
            "chunkSize": len(body),
            "metadata": {
                "entry": str(uuid.uuid4()),
                "photo": str(uuid.uuid4()),
                "sha256": tus.sha256(body),
                "filename": "楼道.jpg",
                "filetype": "image/jpeg",
            },
        }
        done = subprocess.run(
            ["node", str(SCRIPT), json.dumps(told | asked)],
            capture_output=True,
            text=True,
            env=os.environ | (environment or {}),
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def kept(server: Server, body: bytes) -> bytes:
    photo = Photo.objects.get(sha256=tus.sha256(body))
    return (server.data / "photos" / photo.original).read_bytes()


def _steps(told: dict) -> list[int]:
    """Where parts began, each once: until the server notices a cut, it keeps others out."""
    return list(dict.fromkeys(told["offsets"]))


def test_it_uploads(server, send, body):
    told = send(server.port, chunkSize=CHUNK)
    assert (told["done"], told["offsets"]) == (True, list(range(0, len(body), CHUNK)))
    assert kept(server, body) == body
    assert Upload.objects.get().name == "楼道.jpg"


def test_it_uploads_with_the_creation(server, send, body):
    told = send(server.port, creation=True)
    assert (told, told["offsets"]) == (told | {"done": True}, [])
    assert kept(server, body) == body


def test_without_a_checksum_it_resumes_at_the_byte_that_was_kept(server, send, body):
    between = Between(server.port, cut_at=7001)
    told = send(between.port)
    between.close()
    assert (told["done"], _steps(told), between.cuts) == (True, [0, 7001], 1)
    assert kept(server, body) == body


def test_with_a_checksum_it_resumes_at_the_last_whole_chunk(server, send, body):
    between = Between(server.port, cut_at=CHUNK - 1)
    told = send(between.port, chunkSize=CHUNK, checksum=True)
    between.close()
    assert (told["done"], between.cuts) == (True, 1)
    assert told["offsets"][:2] == [0, 0]
    assert _steps(told) == list(range(0, len(body), CHUNK))
    assert kept(server, body) == body


def test_a_photo_that_is_here_already_costs_one_question(server, send, body):
    metadata = {"entry": str(uuid.uuid4()), "photo": str(uuid.uuid4()), "sha256": tus.sha256(body)}
    assert send(server.port, metadata=metadata)["done"] is True
    assert send(server.port, metadata=metadata)["done"] is True
    assert Photo.objects.count() == 1


def test_it_is_told_what_it_cannot_send(server, send, tmp_path):
    (tmp_path / "no-photo").write_text("no photo")
    told = send(server.port, file=str(tmp_path / "no-photo"), metadata={}, chunkSize=100)
    assert told == told | {"done": False, "status": 422}


def test_the_address_of_an_upload_survives_a_proxy_that_ends_tls(server, send, tmp_path, body):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    command += f" -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout {key}"
    subprocess.run([*command.split(), "-out", certificate], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    between = Between(server.port, cut_at=6000, tls=tls)
    trusted = {"NODE_EXTRA_CA_CERTS": str(certificate)}
    told = send(between.port, scheme="https", environment=trusted)
    between.close()
    assert (told["done"], _steps(told)) == (True, [0, 6000])
    assert told["url"].startswith(f"https://127.0.0.1:{between.port}{tus.UPLOADS}")
    assert kept(server, body) == body
