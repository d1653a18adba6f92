"""A system of somebody else's, which webhooks tell: a real server on this machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import Any


class Outside:
    """What it was sent, and what it answers: a status each, then 204."""

    def __init__(self, tls: SSLContext | None = None) -> None:
        self.got: list[tuple[dict[str, str], bytes, str]] = []
        self.answers: list[int] = []
        self.scheme = "https" if tls else "http"
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outside.got.append((dict(self.headers), body, self.path))
                status = outside.answers.pop(0) if outside.answers else 204
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"{outside.address}/elsewhere")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    @property
    def port(self) -> int:
        port: int = self.server.server_port
        return port

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def stop(self) -> None:
        if self.thread.is_alive():
            self.server.shutdown()
            self.thread.join()
            self.server.server_close()
