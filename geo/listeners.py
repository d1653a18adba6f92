"""Who is told inside the transaction when rows go out of use, or come back into it, and when a
charging site is planned, built or in use by another word than it was.

Registered once, by the `AppConfig.ready` of an app above whose rows stand for those. What becomes
of rows that are merged is told by `geo.services.when_merged`.
"""

from collections.abc import Callable, Collection

from django.db.models import Model

# Told the ids of the rows, and the reason.
Listener = Callable[[Collection[int], str], None]
_of_retired: dict[type[Model], list[Listener]] = {}
_of_restored: dict[type[Model], list[Listener]] = {}
_of_status: list[Listener] = []


def when_retired(model: type[Model], listener: Listener) -> None:
    """By themselves, or with what they belong to."""
    _register(_of_retired, model, listener)


def when_restored(model: type[Model], listener: Listener) -> None:
    _register(_of_restored, model, listener)


def when_status_set(listener: Listener) -> None:
    """Of charging sites: by planning, by the clerk, by a file (the reason is its name)."""
    if listener not in _of_status:
        _of_status.append(listener)


def tell_retired(model: type[Model], ids: Collection[int], reason: str) -> None:
    for listener in _of_retired.get(model, ()) if ids else ():
        listener(ids, reason)


def tell_restored(model: type[Model], ids: Collection[int], reason: str) -> None:
    for listener in _of_restored.get(model, ()) if ids else ():
        listener(ids, reason)


def tell_status_set(ids: Collection[int], reason: str) -> None:
    for listener in _of_status if ids else ():
        listener(ids, reason)


def _register(
    listeners: dict[type[Model], list[Listener]], model: type[Model], listener: Listener
) -> None:
    known = listeners.setdefault(model, [])
    if listener not in known:
        known.append(listener)
