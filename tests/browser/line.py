"""The line between a tablet and the server, which can break in the ways lines break."""

import contextlib
import selectors
import socket
import threading


class Line:
    """A TCP relay on an address of its own. `mode`:

    passes    what comes in goes out
    refuses   nobody listens: a server that is switched off
    hangs     accepts, takes in, and never answers: the browser believes that it is online
    cuts      passes so many bytes from the tablet, then breaks the connection off
    """

    def __init__(self, port: int) -> None:
        self.server = ("127.0.0.1", port)
        self.mode = "passes"
        self.cuts_ahead: list[int] = []
        self.cuts = 0
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listener = self._listen(0)
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def passes(self) -> None:
        self._change("passes")

    def refuses(self) -> None:
        self._change("refuses")

    def hangs(self) -> None:
        self._change("hangs")

    def cuts_after(self, *sent: int) -> None:
        """One cut after the other, each so many bytes after the one before, over all connections;
        then the line passes again."""
        self.cuts_ahead = list(sent)
        self._change("cuts")

    def close(self) -> None:
        self._change("refuses")

    def _change(self, mode: str) -> None:
        was, self.mode = self.mode, mode
        if mode == "refuses" and was != "refuses":
            self._stop_listening()
        if mode != "hangs":
            # What hung or was kept alive would go on as if nothing had been.
            self._drop_all()
        if was == "refuses" and mode != "refuses":
            self._listener = self._listen(self.port)

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port), backlog=64)
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()
        return listener

    def _stop_listening(self) -> None:
        with contextlib.suppress(OSError):
            # Wakes the thread that waits in accept().
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _drop_all(self) -> None:
        with self._lock:
            dropped, self._open = self._open, set()
        for each in dropped:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                tablet, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=[tablet], daemon=True).start()

    def _relay(self, tablet: socket.socket) -> None:
        try:
            server = socket.create_connection(self.server)
        except OSError:
            tablet.close()
            return
        with self._lock:
            self._open |= {tablet, server}
        try:
            with tablet, server, selectors.DefaultSelector() as ready:
                ready.register(tablet, selectors.EVENT_READ, server)
                ready.register(server, selectors.EVENT_READ, tablet)
                while all(
                    self._pass_on(key.fileobj, key.data, tablet) for key, _ in ready.select()
                ):
                    pass
        except OSError:
            pass  # one of the two ends is gone
        finally:
            with self._lock:
                self._open -= {tablet, server}

    def _pass_on(self, from_: socket.socket, to: socket.socket, tablet: socket.socket) -> bool:
        data = from_.recv(65536)
        if not data:
            return False
        if self.mode == "hangs":
            return True
        if self.mode == "cuts" and from_ is tablet:
            with self._lock:
                left = self.cuts_ahead[0]
                if len(data) > left:
                    self.cuts_ahead.pop(0)
                    self.cuts += 1
                    self.mode = "cuts" if self.cuts_ahead else "passes"
                else:
                    self.cuts_ahead[0] -= len(data)
            to.sendall(data[:left])
            return len(data) <= left
        to.sendall(data)
        return True
