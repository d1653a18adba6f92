"""A line to the real server that is cut where a test says."""

import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection

from inspections.models import Upload
from tests import tus


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline


def written_to(where: str) -> bool:
    """Whether a request writes there now, as its row says."""
    return Upload.objects.filter(pk=where.split("/")[-2], writer__isnull=False).exists()


@dataclass
class Line:
    port: int
    token: str

    def ask(self, method: str, path: str, body: bytes = b"", **headers):
        """The whole reply: status, headers, body."""
        told = tus.VERSION | {"Authorization": f"Token {self.token}"} | headers
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body or None, told)
            reply = connection.getresponse()
            return reply.status, reply.headers, reply.read()
        finally:
            connection.close()

    def create(self, body: bytes, **told) -> str:
        said = tus.of_photo(body, **told)
        status, headers, answer = self.ask(
            "POST", tus.UPLOADS, **said, **{"Upload-Length": str(len(body))}
        )
        assert status == 201, answer
        return headers["Location"]

    def patch(self, where: str, offset: int, body: bytes, **headers):
        told = {"Upload-Offset": str(offset), "Content-Type": tus.PART} | headers
        return self.ask("PATCH", where, body, **told)

    def offset(self, where: str) -> int:
        status, headers, _ = self.ask("HEAD", where)
        assert status == 200
        return int(headers["Upload-Offset"])

    def begin(self, where: str, offset: int, length: int, sent: bytes, **headers) -> socket.socket:
        """A part of so many bytes, of which only these were sent; the server waits for more."""
        told = {
            "Host": "127.0.0.1",
            "Authorization": f"Token {self.token}",
            "Content-Type": tus.PART,
            "Content-Length": str(length),
            "Upload-Offset": str(offset),
        }
        lines = [f"{name}: {each}" for name, each in (tus.VERSION | told | headers).items()]
        line = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        head = "\r\n".join([f"PATCH {where} HTTP/1.1", *lines, "", ""]).encode()
        line.sendall(head + sent)
        wait_until(lambda: written_to(where))
        return line


def cut(line: socket.socket, where: str) -> None:
    """Nothing more is sent, and the server has noticed."""
    line.shutdown(socket.SHUT_WR)
    wait_until(lambda: not written_to(where))
    line.close()


def drop(line: socket.socket, where: str) -> None:
    """As where a tablet is switched off: the other side learns of it by a reset."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()
    wait_until(lambda: not written_to(where))
