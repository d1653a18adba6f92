"""Who is told that moves were made, in the transaction that made them."""

from collections.abc import Callable, Sequence

from inspections.models import Move

Listener = Callable[[Sequence[Move]], None]
_listeners: list[Listener] = []


def when_moved(listener: Listener) -> None:
    """Have `listener(moves)` called inside each transaction that makes moves, with all of them:
    in the order made, each with its case as it then stood.

    Registered once, by `AppConfig.ready`.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def tell(moves: Sequence[Move]) -> None:
    if moves:
        for listener in _listeners:
            listener(moves)
