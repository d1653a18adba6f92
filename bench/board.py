"""The board of a hundred thousand cases, of today and of a past day, against its SQL run bare."""

from bench.bare import bare, statements_of
from bench.figures import Figure, against
from bench.load import Asker, asking, rounds
from bench.office import TOKEN, add_cases, web
from inspections.models import Case

CASES = 100_000
BOARDS = {
    "board of today": "/api/v1/overview/board/?since=2024-11-01",
    "board of a past day": "/api/v1/overview/board/?since=2024-06-01&as_of=2024-09-30",
}


def measure(dsn: str) -> dict[str, Figure]:
    add_cases(CASES - Case.objects.count())
    told: dict[str, Figure] = {}
    with web(KEPT_BYTES="0") as making, web(KEPT_BYTES="64000000") as keeping:
        for name, path in BOARDS.items():
            with Asker(keeping, TOKEN) as asker:
                _, sent = asker.ask(path)
            rates = rounds(
                {
                    "the same SQL, bare": bare(dsn, statements_of(path)),
                    "made anew": asking(making, TOKEN, path),
                    # Until a deadline passes or a case is written.
                    "kept": asking(keeping, TOKEN, path),
                }
            )
            told[f"{name}, as sent"] = {"kB": len(sent) / 1000}
            base = rates["the same SQL, bare"]
            told |= {f"{name}, {how}": against(rate, base) for how, rate in rates.items()}
    return told
