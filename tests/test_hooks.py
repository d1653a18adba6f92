"""Webhooks: outside systems are told of moves, signed, and only where it is allowed to go."""

import hashlib
import hmac
import json
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from inspections.models import Hook, Telling
from inspections.services import hooks
from tests.factories import CaseFactory, MoveFactory

LOOPBACK = ip_network("127.0.0.0/8")


class Outside:
    """A server of somebody else's: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes, str]] = []
        self.answers: list[int] = []
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outside.got.append((dict(self.headers), body, self.path))
                status = outside.answers.pop(0) if outside.answers else 204
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/xuntu?a=1"

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def outside(settings):
    settings.WEBHOOK_NETWORKS = [LOOPBACK]
    server = Outside()
    yield server
    server.stop()


@pytest.fixture
def hook(people, outside) -> Hook:
    return Hook.objects.create(name="晋江网格", url=outside.url, user=people["leader"])


@pytest.fixture
def move(estate):
    return MoveFactory(
        case=CaseFactory(estate=estate), name="file", state_before="reported", state_after="filed"
    )


def verified(secret: str, signature: str, body: bytes) -> bool:
    """As another's programmer would, from docs/outside.md."""
    told = dict(part.split("=", 1) for part in signature.split(","))
    message = told["t"].encode() + b"." + body
    expected = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, told["v1"])


@pytest.mark.django_db
def test_a_move_is_told_signed(hook, outside, move):
    hooks.hear([move])
    assert hooks.deliver(hook.pk) == 1
    ((headers, body, path),) = outside.got
    assert path == "/xuntu?a=1"
    assert verified(hooks.secret_of(hook), headers["Xuntu-Signature"], body)
    assert not verified(hooks.secret_of(hook), headers["Xuntu-Signature"], body + b" ")
    telling = Telling.objects.get()
    assert (telling.status, telling.attempts, telling.problem) == (204, 1, "")
    assert headers["Xuntu-Telling"] == str(telling.pk) == json.loads(body)["id"]
    assert json.loads(body)["move"]["to"] == "filed"
    assert uuid.UUID(json.loads(body)["case"]["id"]) == move.case_id
