"""What arrives is whole and arrives once, however the network behaves."""

import json
import socket
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connections

from inspections.models import Finding, Inspection, KindVersion, Refused
from people.models import ApiToken
from tests.browser.server import Server
from tests.records import a_record, here, put

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "a-token-of-the-tests"


@pytest.fixture
def token(people) -> str:
    ApiToken.objects.create(user=people["inspector"], digest=ApiToken.digest_of(TOKEN))
    return TOKEN


@pytest.fixture
def server(people, tmp_path):
    """The real web server: answers one request after the other."""
    running = Server(tmp_path, threads=1)
    yield running.port
    running.stop()


def request(body: bytes, id: uuid.UUID, token: str, length: str = "") -> bytes:
    head = [
        f"PUT /api/v1/inspections/{id}/ HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Token {token}",
        "Content-Type: application/json",
        length or f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def send(port: int, sent: bytes, *, cut: bool = False) -> bytes:
    """What the server says to these bytes; after a cut, nothing more comes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(sent)
        if cut:
            line.shutdown(socket.SHUT_WR)
        told = b""
        try:
            while part := line.recv(65536):
                told += part
        except ConnectionError:
            pass
        return told


@pytest.mark.slow
def test_a_body_cut_at_any_byte_was_never_received(server, token, estate):
    # With spaces at the end: cut there, it would still be JSON.
    body = json.dumps(a_record(estate, **here(estate)), separators=(",", ":")).encode() + b"  "
    id = uuid.uuid4()
    whole = request(body, id, token)
    for cut in range(len(whole)):
        reply = send(server, whole[:cut], cut=True).partition(b"\r\n")[0]
        assert reply in {b"", b"HTTP/1.1 400 Bad Request"}, (cut, reply)
    told = send(server, whole)
    assert told.startswith(b"HTTP/1.1 201 "), told
    assert list(Inspection.objects.values_list("pk", flat=True)) == [id]
    assert not Refused.objects.exists()
    assert send(server, whole).startswith(b"HTTP/1.1 200 ")


def test_a_body_that_does_not_say_its_length_is_not_taken(server, token, estate):
    body = json.dumps(a_record(estate)).encode()
    chunked = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    told = send(server, request(chunked, uuid.uuid4(), token, "Transfer-Encoding: chunked"))
    assert told.startswith(b"HTTP/1.1 411 "), told
    assert json.loads(told.partition(b"\r\n\r\n")[2])["code"] == "length_required"
    assert (Inspection.objects.count(), Refused.objects.count()) == (0, 0)


@contextmanager
def closing_connections():
    try:
        yield
    finally:
        connections.close_all()


def at_once(calls) -> list:
    """What each call answers, all of them begun together, each on a connection of its own."""
    start = threading.Barrier(len(calls))

    def one(call):
        with closing_connections():
            start.wait()
            return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(one, calls))


def test_the_same_record_from_eight_senders_at_once_is_one(as_user, estate):
    id, body = uuid.uuid4(), a_record(estate, **here(estate))
    clients = [as_user("inspector") for _ in range(8)]
    replies = at_once([partial(put, client, body, id) for client in clients])
    assert sorted(reply.status_code for reply in replies) == [200] * 7 + [201]
    assert len({reply.content for reply in replies}) == 1
    assert (Inspection.objects.count(), Finding.objects.count()) == (1, 1)
    # The first use of the kinds published them, once.
    assert KindVersion.objects.count() == 4


def test_of_eight_contents_of_one_id_one_is_recorded_and_all_are_kept(as_user, estate):
    id = uuid.uuid4()
    calls = [
        partial(put, as_user("inspector"), a_record(estate, answers={"ZM-02": n}), id)
        for n in range(8)
    ]
    replies = at_once(calls)
    assert sorted(reply.status_code for reply in replies) == [201] + [409] * 7
    recorded = Inspection.objects.get().answers["ZM-02"]
    refused = {json.loads(bytes(row.body))["answers"]["ZM-02"] for row in Refused.objects.all()}
    assert refused == set(range(8)) - {recorded}


def test_a_record_and_its_corrections_sent_at_once_settle_as_if_one_by_one(as_user, estate):
    for _ in range(5):
        root, *others = ids = [uuid.uuid4() for _ in range(6)]
        bodies = [a_record(estate)] + [
            a_record(
                estate,
                recorded_at=f"2024-12-0{n}T08:00:00Z",
                supersedes=str(root if n % 2 else others[n - 2]),
                reason="wrong lamp",
            )
            for n in range(1, 6)
        ]
        calls = [
            partial(put, as_user("inspector"), body, id)
            for id, body in zip(ids, bodies, strict=True)
        ]
        assert {reply.status_code for reply in at_once(calls)} <= {201, 409}
        chain = Inspection.objects.filter(root=root)
        assert set(chain.values_list("pk", flat=True)) == set(ids)
        assert [each.pk for each in chain.filter(in_force=True)] == [others[-1]]
        assert set(
            Finding.objects.in_force().filter(inspection__root=root).values_list("inspection")
        ) == {(others[-1],)}
    assert not Refused.objects.filter(settled_at=None).exists()
