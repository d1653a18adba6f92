"""Clients that ask as fast as they are answered."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median
from time import perf_counter

CLIENTS = 8
ROUNDS = 3
SECONDS = 0.8

Act = Callable[[], object]
# Called once for each client: what it does again and again, with what it keeps open meanwhile.
Client = Callable[[ExitStack], Act]


@dataclass(frozen=True, slots=True)
class Rate:
    per_second: float
    p95_ms: float


def middle(rates: list[Rate]) -> Rate:
    return Rate(median(each.per_second for each in rates), median(each.p95_ms for each in rates))


def rounds(measures: dict[str, Client], before: dict[str, Act] | None = None) -> dict[str, Rate]:
    """Each measure in turn, three times over, so that what slows the machine slows all alike.

    `before`: what to do ahead of a measure, every time.
    """
    taken: dict[str, list[Rate]] = {name: [] for name in measures}
    for _ in range(ROUNDS):
        for name, client in measures.items():
            if before and name in before:
                before[name]()
            taken[name].append(hammer(client))
    return {name: middle(rates) for name, rates in taken.items()}


def hammer(client: Client, clients: int = CLIENTS) -> Rate:
    """Raises what a client raised."""
    times: list[float] = []
    raised: list[BaseException] = []
    meet = threading.Barrier(clients)
    spans: list[tuple[float, float]] = []

    def run() -> None:
        mine: list[float] = []
        try:
            with ExitStack() as kept:
                act = client(kept)
                act()
                meet.wait(120)
                begun = now = perf_counter()
                while now - begun < SECONDS:
                    act()
                    before, now = now, perf_counter()
                    mine.append(now - before)
                spans.append((begun, now))
        except BaseException as e:  # noqa: BLE001 raised again below
            raised.append(e)
            meet.abort()
        times.extend(mine)

    threads = [threading.Thread(target=run) for _ in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if raised:
        raise raised[0]
    took = max(end for _, end in spans) - min(begin for begin, _ in spans)
    times.sort()
    return Rate(len(times) / took, times[int(len(times) * 0.95)] * 1000)


class Asker(AbstractContextManager["Asker"]):
    """One kept connection to a web process; a status other than expected is an error."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Authorization": f"Token {token}", "Accept-Encoding": "gzip"}

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def ask(
        self, path: str, *, method: str = "GET", body: bytes = b"", expect: int = 200, **more: str
    ) -> tuple[str | None, bytes]:
        """The reply's ETag and body. `more` are headers, with _ for -."""
        headers = self.headers | {name.replace("_", "-"): each for name, each in more.items()}
        self.connection.request(method, path, body or None, headers)
        reply = self.connection.getresponse()
        said = reply.read()
        if reply.status != expect:
            raise RuntimeError(f"{method} {path}: {reply.status} {said[:300]!r}")
        return reply.headers["ETag"], said


def asking(port: int, token: str, path: str, tag: str = "") -> Client:
    """A client that asks for it, or with its tag to be told that it is unchanged."""

    def client(kept: ExitStack) -> Act:
        asker = kept.enter_context(Asker(port, token))
        if tag:
            return lambda: asker.ask(path, expect=304, If_None_Match=tag)
        return lambda: asker.ask(path)

    return client
