"""The colours of what is taken away: those of the page on light ground (`static/style.css`).

Nobody looked, nothing found, and then from little to much; told apart by every kind of colour
vision, and in grey by their lightness.
"""

from collections.abc import Sequence

NOBODY = "#c9d0cd"
STEPS = ("#fffdf8", "#fde3c0", "#fbb488", "#ea7a6b", "#bf4977", "#7e2a7c", "#3c145f")
# Of immediate danger, serious, ordinary.
SEVERITIES = ("#ab1320", "#db6512", "#f0b323")


def colour(value: float | None, looked: bool, scale: Sequence[float]) -> str:
    """`scale`: the breaks of a measure, one fewer than there are colours."""
    if value is None or not looked:
        return NOBODY
    return STEPS[sum(value >= each for each in scale)]
