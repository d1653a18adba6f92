"""The ledger of 100,000 cases as a file, and what an outside system asks of as many."""

import os
import resource
import subprocess
import sys
from contextlib import ExitStack
from tempfile import TemporaryFile
from time import perf_counter

import orjson

from bench.bare import bare, statements_of
from bench.figures import Figure, against
from bench.load import Act, Asker, Client, rounds
from bench.office import ROOT, TOKEN, add_cases, web

CASES = 100_000
TOUCHED = 100
FIRST = "/api/v1/cases/"
OVERDUE = "/api/v1/cases/?status=overdue&sort=due"
FAR, NEAR = "/tiles/cases/12/3397/1756.mvt", "/tiles/cases/15/27173/14055.mvt"


def measure(dsn: str) -> dict[str, Figure]:
    from inspections.models import Case

    add_cases(CASES - Case.objects.count())
    told = {f"ledger of {CASES:,} as {name}": _writing(name) for name in ("xlsx", "csv")}
    with web(KEPT_BYTES="0") as port:
        measures = {
            f"{CASES:,} cases, {name}": _asking(port, path) for name, path in _PATHS.items()
        }
        measures["the same SQL as the first page, bare"] = bare(dsn, statements_of(FIRST))
        measures[f"{CASES:,} cases, first page unchanged: 304"] = _asking(port, FIRST, again=True)
        since = _since(port)
        Case.objects.filter(pk__in=Case.objects.order_by("pk").values("pk")[:TOUCHED]).update(
            version=9
        )
        measures[f"{TOUCHED} of {CASES:,} changed since"] = _asking(port, f"{FIRST}{since}")
        rates = rounds(measures)
    base = rates["the same SQL as the first page, bare"]
    return told | {name: against(rate, base) for name, rate in rates.items()}


_PATHS = {
    "first page": FIRST,
    "overdue by deadline": OVERDUE,
    "a tile of cells": FAR,
    "a tile of points": NEAR,
}


def _asking(port: int, path: str, *, again: bool = False) -> Client:
    def client(kept: ExitStack) -> Act:
        asker = kept.enter_context(Asker(port, TOKEN))
        if not again:
            return lambda: asker.ask(path)
        tag, _ = asker.ask(path)
        return lambda: asker.ask(path, expect=304, If_None_Match=tag or "")

    return client


def _since(port: int) -> str:
    """The cursor after all that is there now."""
    with Asker(port, TOKEN) as asker:
        _, body = asker.ask(f"{FIRST}?updated_since=0&page_size=1")
    return f"?updated_since={orjson.loads(body)['cursor']}&page_size={TOUCHED}"


def _writing(name: str) -> Figure:
    """In a process of its own, whose memory is its own."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.ledger", name],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    figure: Figure = orjson.loads(made.stdout)
    return figure


def _write(name: str) -> Figure:
    import django

    django.setup()
    from inspections.api.pack.snapshot import reading
    from inspections.case_filter import CaseFilter
    from inspections.reports.ledger import FORMATS, Asked
    from people.models import User

    user = User.objects.get(username="bench")

    def write(wanted: CaseFilter) -> int:
        with TemporaryFile() as file:
            with reading():
                FORMATS[name].write(file, Asked(user, wanted))
            return file.tell()

    write(CaseFilter(numbers=(1,)))  # what is loaded only once
    before, begun = _peak_mb(), perf_counter()
    size = write(CaseFilter())
    return {"s": perf_counter() - begun, "MB": size / 1e6, "MB more": _peak_mb() - before}


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.stdout.buffer.write(orjson.dumps(_write(sys.argv[1])))
