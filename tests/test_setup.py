"""script/up, manage, backup and restore as one types them, in a data folder of their own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COUNT_INSPECTIONS = "from inspections.models import Inspection; print(Inspection.objects.count())"
FEW = {"XUNTU_DEMO": "--inspections 200"}


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a newcomer's shell holds, with the data folder beside."""
    ours = {"DATABASE_URL", "SECRET_KEY", "DEBUG", "PORT", "XUNTU_DEMO", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"XUNTU_DATA": str(data)} | more


def run(command: str, data: Path, *arguments: str | Path, at: Path = ROOT, **more: str):
    return subprocess.run(
        [at / "script" / command, *arguments],
        env=environment(data, **more),
        cwd=data.parent,
        text=True,
        capture_output=True,
    )


def processes_of(data: Path) -> list[str]:
    """Command lines of those that name the folder, work in it, or write to it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            ties = [words, str((process / "cwd").readlink()), str((process / "fd/1").readlink())]
        except OSError:  # it ended meanwhile
            continue
        if any(str(data) in tie for tie in ties):
            found.append(words)
    return found


def free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


port = pytest.fixture(free_port)


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """A short way from the root that every user may enter, as PostgreSQL's own must."""
    with tempfile.TemporaryDirectory(prefix="xuntu-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def data(place) -> Iterator[Path]:
    """A data folder that is not there yet."""
    with tempfile.TemporaryDirectory(dir=place) as name:
        Path(name).chmod(0o755)
        yield Path(name) / "data"


@dataclass(frozen=True)
class FirstRun:
    """What a first run said and left, and what was seen while it was up."""

    data: Path
    url: str
    said: list[str]
    health: tuple[int, str]
    processes: list[str]
    ended: int
    processes_left: list[str]


@pytest.fixture(scope="session")
def first_run(place) -> FirstRun:
    """On a folder that is not there yet; then Ctrl-C. It costs a minute: there is one."""
    up = Up(place / "furnished", free_port())
    health, processes = up.health(), processes_of(up.data)
    ended = up.ctrl_c()
    return FirstRun(up.data, up.url, up.said, health, processes, ended, processes_of(up.data))


def wait_until(holds) -> None:
    """Asks again and again for twenty seconds."""
    until = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < until
        os.sched_yield()


class Up:
    """`script/up` at a terminal of its own."""

    def __init__(self, data: Path, port: str) -> None:
        self.data, self.url = data, f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [ROOT / "script" / "up"],
            env=environment(data, PORT=port, **FEW),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))
            if "Stop: Ctrl-C" in line:
                return
        pytest.fail("script/up ended early:\n" + "\n".join(self.said))

    def ctrl_c(self) -> int:
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def health(self) -> tuple[int, str]:
        with urllib.request.urlopen(self.url + "/healthz", timeout=20) as reply:  # noqa: S310
            return reply.status, json.load(reply)["status"]


@pytest.fixture
def up(first_run, data, port) -> Iterator[Up]:
    """Up on a copy of what the first run left."""
    subprocess.run(["cp", "-a", first_run.data, data], check=True)
    running = Up(data, port)
    yield running
    if running.process.poll() is None:
        running.ctrl_c()


def test_the_first_run_fills_a_bare_folder_and_ctrl_c_leaves_no_process(first_run):
    assert [line for line in first_run.said if line.startswith("•")] == [
        f"• A PostgreSQL cluster in {first_run.data}/pg",
        "• Demonstration data",
    ]
    assert f"Xuntu 巡图 is at {first_run.url}" in first_run.said
    assert "Sign in with the password xuntu-demo as" in first_run.said
    assert first_run.health == (200, "ok")
    assert (first_run.data / "secret_key").stat().st_mode & 0o777 == 0o600
    assert first_run.processes
    assert first_run.ended == 0
    assert first_run.processes_left == []


def test_a_second_run_loads_nothing_again(up, data):
    assert not any(line.startswith("•") for line in up.said)
    assert "Sign in with the password xuntu-demo as" in up.said
    asked = ("shell", "-v", "0", "-c", COUNT_INSPECTIONS)
    assert run("manage", data, *asked).stdout == "200\n"
    assert up.ctrl_c() == 0
    assert processes_of(data) == []


@pytest.mark.parametrize("closed", [True, False])
def test_a_long_way_through_a_closed_home_is_gone(place, closed):
    """120 characters with a blank; where root's home is closed, the cluster goes elsewhere."""
    with tempfile.TemporaryDirectory(dir=place, prefix="h" * 60) as home:
        folder = Path(home) / ("Office " + "x" * 60)
        folder.mkdir()
        Path(home).chmod(0o700 if closed else 0o755)
        data = folder / "data"
        try:
            done = run("manage", data, "check")
            assert done.stdout == "System check identified no issues (0 silenced).\n"
            assert (data / "pg").is_symlink() == (closed and os.getuid() == 0)
            assert processes_of(data) == processes_of((data / "pg").resolve()) == []
        finally:
            shutil.rmtree((data / "pg").resolve())


def test_what_is_up_already_is_said_and_left_alone(up, data, port):
    second = run("up", data, PORT=port)
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout == (
        f"Xuntu is already up, or just starting, on this data folder: {up.url}\n"
    )
    assert up.health() == (200, "ok")


def test_killed_without_a_word_it_takes_its_servers_along_and_starts_again(up, data, port):
    up.process.kill()
    up.process.wait()
    wait_until(
        lambda: not any("manage.py" in words or "granian" in words for words in processes_of(data))
    )
    again = Up(data, port)
    assert again.health() == (200, "ok")
    assert again.ctrl_c() == 0
    assert processes_of(data) == []


def test_a_stale_pid_file_is_no_hindrance(up, data):
    up.ctrl_c()
    pid_file = data / "pg/data/postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n/elsewhere\n1\n5432\n/elsewhere\n\n  1 1\nready\n")
    pid_file.chmod(0o644)
    done = run("manage", data, "check")
    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )
    assert processes_of(data) == []


def test_the_whole_house_burns_down_and_comes_back(up, data, port):
    (data / "photos").mkdir(exist_ok=True)
    (data / "photos" / "lane.jpg").write_bytes(b"a lane")
    kept = data.parent / "kept"
    backup = run("backup", data, XUNTU_BACKUPS=str(kept))
    assert backup.returncode == 0, backup.stderr
    up.ctrl_c()
    shutil.rmtree(data)

    restored = run("restore", data, backup.stdout.split(":")[0])

    assert restored.returncode == 0, restored.stderr
    again = Up(data, port)
    assert not any("Demonstration" in line for line in again.said)
    count = run("manage", data, "shell", "-v", "0", "-c", COUNT_INSPECTIONS)
    assert count.stdout == "200\n"
    assert (data / "photos" / "lane.jpg").read_bytes() == b"a lane"
    again.ctrl_c()


def test_a_busy_port_is_said_in_a_sentence(data):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        number = busy.getsockname()[1]
        done = run("up", data, PORT=str(number))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"\nPort {number} is in use by another program. "
        f"Choose another: PORT={number + 1} script/up\n"
    )
    assert not (data / "pg").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536"])
def test_a_port_that_is_none_is_said(data, port):
    done = run("up", data, PORT=port)
    assert done.stderr == f"\nPORT must be a number from 1 to 65535, not '{port}'.\n"
    assert (done.returncode, data.exists()) == (1, False)


def test_an_old_python_is_named_and_nothing_is_touched(data, tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\n')
    old.chmod(0o755)
    done = run("up", data, PYTHON=str(old))
    assert done.returncode == 1
    assert "Xuntu needs Python 3.11 or newer; here is Python 3.9.2." in done.stderr
    assert not data.exists()


def test_a_full_disk_is_named_with_its_folder(tmp_path):
    done = run("up", tmp_path / "data", XUNTU_DATA="/proc/xuntu")
    assert done.returncode == 1
    assert done.stderr.startswith("\nOnly 0 MB are free at /proc; Xuntu needs 400 MB there.")


@pytest.fixture
def clone(tmp_path) -> Path:
    """The files of this commit in another place, with nothing set up."""
    place = tmp_path / "clone"
    place.mkdir()
    for name in ("script", "package.json", "package-lock.json", ".npmrc", "requirements*.txt"):
        for source in ROOT.glob(name):
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, place / source.name)
    return place


def test_a_missing_lock_file_is_named(clone, data):
    (clone / "package-lock.json").unlink()
    done = run("manage", data, "check", at=clone)
    assert (done.returncode, done.stderr) == (
        1,
        "\npackage-lock.json is missing. Bring it back with: git checkout -- package-lock.json\n",
    )
    assert not (clone / ".venv").exists()


def test_without_a_network_it_says_so_and_the_next_run_starts_afresh(clone, data):
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
    }
    done = run("manage", data, "check", at=clone, **nowhere)
    assert done.returncode == 1
    assert "uv could not be fetched from PyPI. Is the network up?" in done.stderr
    assert (clone / ".venv" / ".unfinished").exists()
    assert processes_of(clone) == []


def test_production_wants_a_key_of_its_own(data):
    done = run("manage", data, "check", DEBUG="0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("SECRET_KEY must be set when DEBUG is off.\n")


def test_a_file_named_on_the_command_line_is_the_callers(up, data):
    (data.parent / "here.py").write_text("print('read here')")
    done = run("manage", data, "shell", "-v", "0", "-c", "exec(open('here.py').read())")
    assert done.stdout == "read here\n"


def test_the_lock_files_name_every_package_with_its_hash():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        packages = [line for line in lines if "==" in line]
        assert packages
        assert all(line.endswith("\\") for line in packages), name


def test_what_the_browser_loads_is_written_down():
    vendor = ROOT / "static" / "vendor"
    versions = json.loads((vendor / "versions.json").read_text("utf-8"))
    served = {str(p.relative_to(vendor)) for p in vendor.rglob("*") if p.is_file()}
    named = {f"{name}/{file}" for name, module in versions.items() for file in module["files"]}
    assert served == named | {"versions.json"}
    imports = json.loads((ROOT / "static" / "importmap.json").read_text("utf-8"))["imports"]
    assert all((ROOT / path.lstrip("/")).exists() for path in imports.values())
