"""A mail server of somebody else's: a real one on this machine, that keeps what it takes."""

import socketserver
import threading
from email import message_from_bytes
from email.message import Message
from email.policy import default


class Post:
    """`got`: what it took. `refuses`: answers to the next messages instead of taking them, each at
    the named step, as ("RCPT", "550 no such person")."""

    def __init__(self) -> None:
        self.got: list[Message] = []
        self.refuses: list[tuple[str, str]] = []
        post = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 post")
                while line := self.rfile.readline():
                    verb = line.split(None, 1)[0].upper().decode() if line.strip() else ""
                    if verb == "QUIT":
                        self.say("221 bye")
                        return
                    if post.refuses and post.refuses[0][0] == verb:
                        _, answer = post.refuses.pop(0)
                        if not answer:
                            return
                        self.say(answer)
                    elif verb == "DATA":
                        self.say("354 go on")
                        post.got.append(self.message())
                        self.say("250 taken")
                    else:
                        self.say("250 yes")

            def say(self, line: str) -> None:
                self.wfile.write(line.encode() + b"\r\n")

            def message(self) -> Message:
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line.removeprefix(b"."))
                return message_from_bytes(b"".join(lines), policy=default)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server, self._handler = Server, Handler
        self.start(0)

    def start(self, port: int) -> None:
        self.server = self._server(("127.0.0.1", port), self._handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
