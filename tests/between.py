"""A proxy between a client and the server, which breaks a line once, at a byte of a body."""

import contextlib
import socket
import ssl
import threading


class Between:
    """Passes everything on. Of the first part (PATCH) that is longer than `cut_at`, so many bytes
    of its body reach the server, and both lines are closed."""

    def __init__(
        self, port: int, *, cut_at: int | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self.target, self.cut_at, self.tls = port, cut_at, tls
        self.cuts = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=[near], daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self.tls:
                near = self.tls.wrap_socket(near, server_side=True)
            far = socket.create_connection(("127.0.0.1", self.target))
            threading.Thread(target=self._back, args=[far, near], daemon=True).start()
            with near, far:
                self._forth(near, far)

    def _forth(self, near: socket.socket, far: socket.socket) -> None:
        seen = b""
        passed = 0
        while part := near.recv(65536):
            if b"\r\n\r\n" not in seen:
                seen += part
                passed = len(seen.partition(b"\r\n\r\n")[2])
            else:
                passed += len(part)
            cuts = seen.startswith(b"PATCH ") and self.cut_at is not None
            if cuts and passed > self.cut_at:
                far.sendall(part[: len(part) - (passed - self.cut_at)])
                far.shutdown(socket.SHUT_WR)
                self.cut_at = None
                self.cuts += 1
                return
            far.sendall(part)

    @staticmethod
    def _back(far: socket.socket, near: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while part := far.recv(65536):
                near.sendall(part)
            near.shutdown(socket.SHUT_WR)
