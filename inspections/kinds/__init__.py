"""The kinds of inspection: what stands in this folder is registered.

A kind is one module with a `KIND`. A folder added to `__path__` counts as well.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from inspections.kind import Kind


def all() -> tuple[Kind, ...]:
    """In the order of their modules' names. Raises ValueError when two share a slug or a code."""
    return tuple(_registered(tuple(__path__)).values())


def get(slug: str) -> Kind:
    """Raises KeyError."""
    return _registered(tuple(__path__))[slug]


def choices() -> list[tuple[str, str]]:
    """Handed to a model field uncalled, so that a new kind needs no migration."""
    return [(kind.slug, kind.title_zh) for kind in all()]


@cache
def _registered(paths: tuple[str, ...]) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    owners: dict[str, str] = {}
    for name in sorted(module.name for module in iter_modules(paths)):
        kind: Kind = import_module(f"{__name__}.{name}").KIND
        if kind.slug in kinds:
            raise ValueError(f"two kinds are called {kind.slug}")
        for item in kind.items:
            if item.code in owners:
                raise ValueError(f"{item.code} stands in {owners[item.code]} and in {kind.slug}")
            owners[item.code] = kind.slug
        kinds[kind.slug] = kind
    return kinds
