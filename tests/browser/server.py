"""The real web server on the test database, for a real browser."""

import os
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

# A machine with much to do is slow, not wrong.
PATIENCE_S = 180


class Server:
    """Stops and starts again at the same address, as a server does that is being repaired.

    With one thread it answers one request after the other. It has files for `pages` where they
    are asked for, which takes as long as its start. `settings_of_it` are set for it alone.
    """

    def __init__(
        self, data: Path, threads: int = 4, *, pages: bool = False, **settings_of_it: str
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        database = urlsplit(os.environ["DATABASE_URL"])
        self.environment = (
            os.environ
            | {
                "DATABASE_URL": database._replace(
                    path=f"/{connection.settings_dict['NAME']}"
                ).geturl(),
                "SECRET_KEY": settings.SECRET_KEY,
                "XUNTU_DATA": str(data),
                "DATABASE_POOL": "4",
                "FRESH_SECONDS": "0",
                "DEBUG": "0",
            }
            | settings_of_it
        )
        self.data = data
        self.threads = threads
        self.log = data / "server.log"
        if pages:
            self.manage("collectstatic", "--noinput")
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=self.environment,
            check=True,
            capture_output=True,
        )

    def start(self) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", "1", "--blocking-threads"]
        command += [str(self.threads)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, "config.wsgi:application"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                threading.Event().wait(0.05)
            else:
                return
        raise AssertionError(self.log.read_text())

    def ready_again(self) -> None:
        """After a test: running, whatever that did to it, and at rest. What a page asked for as
        it was closed is answered still, and holds rows that are to be emptied."""
        if self.process.poll() is not None:
            self.start()
        at_work = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with connection.cursor() as cursor:
                cursor.execute(at_work)
                if cursor.fetchone() == (0,):
                    return
            threading.Event().wait(0.05)

    def ask(self, path: str) -> bytes:
        line = HTTPConnection("127.0.0.1", self.port)
        line.request("GET", path)
        return line.getresponse().read()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_S)
