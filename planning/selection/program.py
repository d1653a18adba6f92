"""A mixed-integer program, put together in blocks of whole arrays."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from planning.selection.instance import Bools, Floats


@dataclass(eq=False)
class Program:
    """Minimises. Columns first, then rows over the columns there are by then."""

    cost: Floats = field(default_factory=lambda: np.empty(0))
    lower: Floats = field(default_factory=lambda: np.empty(0))
    upper: Floats = field(default_factory=lambda: np.empty(0))
    whole: Bools = field(default_factory=lambda: np.empty(0, np.bool_))
    offset: float = 0.0
    _rows: list[sparse.csr_array] = field(default_factory=list)
    _least: list[Floats] = field(default_factory=list)
    _most: list[Floats] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.cost)

    def columns(
        self,
        count: int,
        *,
        cost: ArrayLike = 0.0,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = 1.0,
        whole: bool = False,
    ) -> slice:
        at = self.width
        self.cost = np.r_[self.cost, np.broadcast_to(cost, count)]
        self.lower = np.r_[self.lower, np.broadcast_to(lower, count)]
        self.upper = np.r_[self.upper, np.broadcast_to(upper, count)]
        self.whole = np.r_[self.whole, np.full(count, whole)]
        return slice(at, at + count)

    def rows(
        self,
        parts: list[tuple[slice, sparse.csr_array]],
        *,
        least: ArrayLike = -np.inf,
        most: ArrayLike = np.inf,
    ) -> None:
        """`least ≤ Σ part · its columns ≤ most`, a row for each row of the parts."""
        count = parts[0][1].shape[0]
        if not count:
            return
        laid = []
        for columns, part in parts:
            entries = part.tocoo()
            laid.append((entries.data, entries.row, entries.col + columns.start))
        data, row, col = (np.concatenate(each) for each in zip(*laid, strict=True))
        self._rows.append(sparse.csr_array((data, (row, col)), shape=(count, self.width)))
        self._least.append(np.broadcast_to(np.asarray(least, float), count))
        self._most.append(np.broadcast_to(np.asarray(most, float), count))

    def row(
        self,
        parts: list[tuple[slice, ArrayLike]],
        *,
        least: float = -np.inf,
        most: float = np.inf,
    ) -> None:
        dense = [
            (
                at,
                sparse.csr_array(
                    np.broadcast_to(np.asarray(each, float), at.stop - at.start)[None]
                ),
            )
            for at, each in parts
        ]
        self.rows(dense, least=least, most=most)

    def forget_row(self) -> None:
        """Takes the rows added last away again."""
        for each in (self._rows, self._least, self._most):
            each.pop()

    def matrix(self) -> tuple[sparse.csr_array, Floats, Floats]:
        if not self._rows:
            return sparse.csr_array((0, self.width)), np.empty(0), np.empty(0)
        for each in self._rows:
            each.resize((each.shape[0], self.width))
        stacked = sparse.vstack(self._rows, format="csr")
        stacked.sum_duplicates()
        return stacked, np.concatenate(self._least), np.concatenate(self._most)
