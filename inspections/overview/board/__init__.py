"""The board: how communities and companies handle what was found, as of any day.

Each figure is so many of so many, told with the sentence that defines it and the address of the
rows behind it. Figures of cases stand in `inspections.board_figures`, the others in `said`.
"""

from inspections.overview.board.inspections import due
from inspections.overview.board.telling import board, shares

__all__ = ["board", "due", "shares"]
