"""The ledgers that the notice names: what stands in this folder is kept.

A ledger is one module with a `LEDGER`, and with the metrics that it feeds. A folder added to
`__path__` counts as well.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from campaign.ledger import Ledger


def all() -> tuple[Ledger, ...]:
    """By action and slug. Raises ValueError when two share a slug."""
    return tuple(_registered(tuple(__path__)).values())


def get(slug: str) -> Ledger:
    """Raises KeyError."""
    return _registered(tuple(__path__))[slug]


@cache
def _registered(paths: tuple[str, ...]) -> dict[str, Ledger]:
    found: dict[str, Ledger] = {}
    for name in (module.name for module in iter_modules(paths)):
        ledger: Ledger = import_module(f"{__name__}.{name}").LEDGER
        if ledger.slug in found:
            raise ValueError(f"two ledgers are called {ledger.slug}")
        found[ledger.slug] = ledger
    return dict(sorted(found.items(), key=lambda each: (each[1].action, each[0])))
