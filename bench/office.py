"""An office to measure: a database of its own, filled by plain SQL, and web processes on it."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import socket
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import urlsplit

import psycopg
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg import sql

ROOT = Path(__file__).parent.parent
TOKEN = secrets.token_urlsafe(24)
WORKERS, THREADS = 2, 8
# Each process reads a hundred megabytes of code first; on a machine that is busy that takes long.
START_S = 180


@contextmanager
def database() -> Iterator[str]:
    """A new one beside that of DATABASE_URL, which names it meanwhile; dropped at the end."""
    told = os.environ["DATABASE_URL"]
    name = f"{urlsplit(told).path.lstrip('/')}_bench"
    server = urlsplit(told)._replace(scheme="postgresql").geturl()
    with psycopg.connect(server, autocommit=True) as beside:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        beside.execute(drop)
        beside.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        os.environ["DATABASE_URL"] = urlsplit(told)._replace(path=f"/{name}").geturl()
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            os.environ["DATABASE_URL"] = told
            beside.execute(drop)


def found() -> None:
    """The register, one person who sees all, and no records yet."""
    from inspections.services import published_kinds
    from people.models import ApiToken, User

    call_command("migrate", verbosity=0)
    published_kinds()
    user = User.objects.create(username="bench", is_superuser=True, privacy_read_at=timezone.now())
    ApiToken.objects.create(user=user, digest=ApiToken.digest_of(TOKEN))
    _run("register.sql")


def add_findings(n: int) -> None:
    """So many more, over the same two years and estates, three to an inspection."""
    _run("records.sql", n=n // 3)


def add_cases(n: int) -> None:
    """Of findings that have none yet."""
    if n > 0:
        _run("cases.sql", n=n)


def _run(name: str, **values: int) -> None:
    statements = (Path(__file__).with_name(name)).read_text(encoding="utf-8")
    with connection.cursor() as cursor:
        for each in statements.split(";\n"):
            if each.strip():
                cursor.execute(each, values)


@contextmanager
def web(**settings: str) -> Iterator[int]:
    """The server as script/up starts it; its port."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with TemporaryDirectory() as data:
        Path(data, "staticfiles").symlink_to(ROOT / "static")
        environment = os.environ | {"XUNTU_DATA": data} | settings
        command = f"granian --interface wsgi --port {port} --workers {WORKERS}"
        command += f" --blocking-threads {THREADS} --workers-kill-timeout 2 --log-level error"
        server = subprocess.Popen(
            [sys.executable, "-m", *command.split(), "config.wsgi:application"],
            cwd=ROOT,
            env=environment,
        )
        try:
            _wait_for(server, port)
            yield port
        finally:
            server.terminate()
            server.wait()


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Until it answers: its port is open before there is anyone behind it."""
    begun = perf_counter()
    while True:
        asker = HTTPConnection("127.0.0.1", port, timeout=START_S)
        try:
            asker.request("GET", "/sign-in/")
            asker.getresponse()
            return
        except (HTTPException, OSError) as e:
            why = e
        finally:
            asker.close()
        waited = perf_counter() - begun
        if server.poll() is not None:
            raise RuntimeError(f"the server ended by itself after {waited:.0f} s: {server.poll()}")
        if waited > START_S:
            raise RuntimeError(f"the server does not answer after {waited:.0f} s: {why}")
        sleep(0.1)


def begun_by(pid: int) -> list[int]:
    """The processes that this one has started, and those that they did."""
    told = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(each) for file in told for each in file.read_text().split()]
    return children + [below for child in children for below in begun_by(child)]


@contextmanager
def worker() -> Iterator[int]:
    """The worker as script/up starts it; its process."""
    with TemporaryDirectory() as data:
        running = subprocess.Popen(
            [sys.executable, "manage.py", "procrastinate", "worker", "--queues", "default"],
            cwd=ROOT,
            env=os.environ | {"XUNTU_DATA": data},
        )
        try:
            yield running.pid
        finally:
            running.terminate()
            running.wait()
