"""To a centimetre before anything is judged, in the same way as the browser does."""

import math


def rounded(value: float) -> float:
    """To two decimals, a half upward. The same two operations on the same doubles on both sides:
    Python's own `round` would take 2.675 elsewhere than JavaScript."""
    return math.floor(value * 100 + 0.5) / 100


def written(value: float) -> str:
    """At most two decimals, and none that say nothing: 3, 2.5, 0.05."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
