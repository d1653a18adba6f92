"""200 open overviews that ask every other second whether anything is new: what that costs, and how
soon a new inspection is seen by all of them."""

import os
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from random import Random
from threading import Event, Thread
from time import perf_counter, sleep

import orjson

from bench.figures import Figure, against
from bench.load import Act, Asker, Client, Rate, asking, rounds
from bench.office import TOKEN, begun_by, web
from bench.recording import sending

VIEWERS = 200
EVERY_S = 2.0
SECONDS = 20
WRITES = 5
VERSION = "/api/v1/overview/version/"
_TICKS = os.sysconf("SC_CLK_TCK")


def measure(dsn: str) -> dict[str, Figure]:
    with web() as port:
        with Asker(port, TOKEN) as asker:
            tag, body = asker.ask(VERSION)
        most = rounds(
            {
                "unchanged": asking(port, TOKEN, VERSION, tag or ""),
                "whole": asking(port, TOKEN, VERSION),
            }
        )
        watched = _watch(port, orjson.loads(body)["everywhere_ms"] / 1000)
    return {
        "version, 304": against(most["unchanged"], most["whole"]),
        **watched,
    }


def _asking(port: int) -> Client:
    """With the tag told last: a deadline may pass meanwhile."""

    def client(kept: ExitStack) -> Act:
        asker, tags = kept.enter_context(Asker(port, TOKEN)), [""]

        def act() -> None:
            tags[0] = _ask(asker, tags[0])

        return act

    return client


def _ask(asker: Asker, tag: str) -> str:
    asker.connection.request("GET", VERSION, headers=asker.headers | {"If-None-Match": tag})
    reply = asker.connection.getresponse()
    reply.read()
    if reply.status not in (200, 304):
        raise RuntimeError(f"{VERSION}: {reply.status}")
    return reply.headers["ETag"] or ""


def _watch(port: int, everywhere_s: float) -> dict[str, Figure]:
    """Viewers that ask as an open page does, and somebody who records meanwhile."""
    stop, took = Event(), SimpleQueue[float]()
    seen: list[dict[str, float]] = [{} for _ in range(VIEWERS)]
    viewers = [
        Thread(target=_view, args=(port, n / VIEWERS * EVERY_S, stop, took, seen[n]))
        for n in range(VIEWERS)
    ]
    for each in viewers:
        each.start()
    sleep(EVERY_S)
    begun, cpu = perf_counter(), _cpu_s()
    written = _write(port)
    sleep(max(0.0, begun + SECONDS - perf_counter()))
    lasted, used = perf_counter() - begun, _cpu_s() - cpu
    stop.set()
    for each in viewers:
        each.join()
    times = sorted(took.get() for _ in range(took.qsize()))
    late = sorted(
        min((at for at in viewer.values() if at > moment), default=float("inf")) - moment
        for moment in written
        for viewer in seen
    )
    rate = Rate(len(times) / (lasted + EVERY_S), times[int(len(times) * 0.95)] * 1000)
    return {
        f"{VIEWERS} viewers": {"per_second": rate.per_second, "p95_ms": rate.p95_ms},
        f"{VIEWERS} viewers, share of one core": {"ratio": used / lasted},
        "a new inspection is seen, half": {"s": late[len(late) // 2] + everywhere_s},
        "a new inspection is seen, all": {"s": late[-1] + everywhere_s},
    }


def _view(
    port: int, begins_s: float, stop: Event, took: "SimpleQueue[float]", seen: dict[str, float]
) -> None:
    """`seen`: each tag, and when this viewer was told it first."""
    tag = ""
    if stop.wait(begins_s):
        return
    with Asker(port, TOKEN) as asker:
        while True:
            begun = perf_counter()
            tag = _ask(asker, tag)
            now = perf_counter()
            took.put(now - begun)
            seen.setdefault(tag, now)
            if stop.wait(max(0.0, begun + EVERY_S - now)):
                return


def _write(port: int) -> list[float]:
    """When each inspection was sent, at moments of no rhythm."""
    written, random = [], Random(1)
    with ExitStack() as kept:
        record = sending(port)(kept)
        for _ in range(WRITES):
            written.append(perf_counter())
            record()
            sleep(EVERY_S + random.random())
    return written


def _cpu_s() -> float:
    """Of all processes that this one has started: the server's."""
    return sum(map(_used_s, begun_by(os.getpid())))


def _used_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
