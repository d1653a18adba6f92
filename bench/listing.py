"""A list of 2,000 findings as GeoJSON, and the figures of a board."""

from contextlib import ExitStack

from bench.bare import bare, statements_of
from bench.figures import Figure, against
from bench.load import Act, Asker, Client, rounds
from bench.office import TOKEN, web

LIST = [f"/api/v1/findings/?page_size=1000&page={page}" for page in (1, 2)]
ALL = "/api/v1/figures/"
QUARTER = "/api/v1/figures/?since=2024-09-10&until=2024-12-20"


def measure(dsn: str) -> dict[str, Figure]:
    told: dict[str, Figure] = {}
    with web(KEPT_BYTES="0") as port:
        for name, paths in (
            ("2,000 findings", LIST),
            ("figures of all", [ALL]),
            ("figures of 100 days", [QUARTER]),
        ):
            statements = [each for path in paths for each in statements_of(path)]
            rates = rounds(
                {"the same SQL, bare": bare(dsn, statements), "over HTTP": _asking(port, paths)}
            )
            base = rates["the same SQL, bare"]
            for how, rate in rates.items():
                told[f"{name} {how}"] = against(rate, base)
    return told


def _asking(port: int, paths: list[str]) -> Client:
    def client(kept: ExitStack) -> Act:
        asker = kept.enter_context(Asker(port, TOKEN))
        return lambda: [asker.ask(path) for path in paths]

    return client
