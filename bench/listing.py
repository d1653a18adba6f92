"""A list of 2,000 findings as GeoJSON."""

from contextlib import ExitStack

from bench.bare import bare, statements_of
from bench.figures import Figure, against
from bench.load import Act, Asker, Client, rounds
from bench.office import TOKEN, web

LIST = [f"/api/v1/findings/?page_size=1000&page={page}" for page in (1, 2)]


def measure(dsn: str) -> dict[str, Figure]:
    told: dict[str, Figure] = {}
    with web(KEPT_BYTES="0") as port:
        statements = [each for path in LIST for each in statements_of(path)]
        rates = rounds({"the same SQL, bare": bare(dsn, statements), "over HTTP": _asking(port)})
        base = rates["the same SQL, bare"]
        for how, rate in rates.items():
            told[f"2,000 findings {how}"] = against(rate, base)
    return told


def _asking(port: int) -> Client:
    def client(kept: ExitStack) -> Act:
        asker = kept.enter_context(Asker(port, TOKEN))
        return lambda: [asker.ask(path) for path in LIST]

    return client
