"""What is asked: demand, the places that may be chosen, how far it is between them, and terms."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Model(StrEnum):
    MCLP = "mclp"  # cover the most demand with so many sites, or for so much money
    LSCP = "lscp"  # cover all demand with the fewest sites, or the cheapest
    PMEDIAN = "pmedian"  # the least walking in all


def order(ids: Sequence[str]) -> Ints:
    """Whole numbers by their value, before other ids by their text: what "first" means here."""
    keys = [(0, int(each), each) if each.isdecimal() else (1, 0, each) for each in ids]
    return np.array(sorted(range(len(ids)), key=keys.__getitem__), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Instance:
    """Demand `i`, sites `j`, and a cost (metres of walking) for each pair that is possible.

    Arrays by site may be left out: then nothing has a price, a capacity, an estate, a place; no
    site stands already, and none is ruled out.
    """

    demand: tuple[str, ...]
    weight: Floats
    sites: tuple[str, ...]
    # One entry per pair, in any order.
    rows: Ints
    cols: Ints
    cost: Floats
    price: Floats = field(default_factory=lambda: np.empty(0))
    # How much demand a site can serve.
    capacity: Floats = field(default_factory=lambda: np.empty(0))
    # The estate, by any number; -1 is none.
    group: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    # Metres east and north, for the spacing.
    at: Floats = field(default_factory=lambda: np.empty((0, 2)))
    # Sites that are there already: they serve, cost nothing, and are not counted.
    standing: Bools = field(default_factory=lambda: np.empty(0, np.bool_))
    # Ruled out, by the codes of the rules ("" is not).
    barred: tuple[str, ...] = ()
    # The estate of each demand point, as `group`.
    home: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        n, m = len(self.demand), len(self.sites)
        blank = {
            "price": np.zeros(m),
            "capacity": np.full(m, np.inf),
            "group": np.full(m, -1, np.int64),
            "at": np.zeros((m, 2)),
            "standing": np.zeros(m, np.bool_),
            "home": np.full(n, -1, np.int64),
        }
        for name, value in blank.items():
            if not len(getattr(self, name)):
                object.__setattr__(self, name, value)
        if not self.barred:
            object.__setattr__(self, "barred", ("",) * m)

    def sorted(self) -> "Instance":
        """The same with demand and sites by their ids, and pairs by both: however the rows came,
        what is solved afterwards is the same to the bit."""
        by_demand, by_site = order(self.demand), order(self.sites)
        row_at, col_at = np.empty_like(by_demand), np.empty_like(by_site)
        row_at[by_demand] = np.arange(len(by_demand))
        col_at[by_site] = np.arange(len(by_site))
        rows, cols = row_at[self.rows], col_at[self.cols]
        pairs = np.lexsort((cols, rows))
        return replace(
            self,
            demand=tuple(self.demand[i] for i in by_demand),
            weight=self.weight[by_demand],
            home=self.home[by_demand],
            sites=tuple(self.sites[j] for j in by_site),
            rows=rows[pairs],
            cols=cols[pairs],
            cost=self.cost[pairs],
            price=self.price[by_site],
            capacity=self.capacity[by_site],
            group=self.group[by_site],
            at=self.at[by_site],
            standing=self.standing[by_site],
            barred=tuple(self.barred[j] for j in by_site),
        )

    @cached_property
    def version(self) -> str:
        """Equal for equal data only, in whatever order its rows came."""
        mine = self.sorted()
        told = sha256()
        for ids in (mine.demand, mine.sites, mine.barred):
            told.update("\x1f".join(ids).encode() + b"\x1e")
        for numbers in (mine.weight, mine.cost, mine.price, mine.capacity, mine.at):
            # -0.0 is 0.0.
            told.update((np.ascontiguousarray(numbers) + 0.0).tobytes())
        for whole in (mine.rows, mine.cols, mine.group, mine.standing, mine.home):
            told.update(np.ascontiguousarray(whole).tobytes())
        return told.hexdigest()

    def pairs(self, rows: Ints, cols: Ints) -> Ints:
        """Where those pairs stand among this instance's, which are sorted."""
        m = len(self.sites)
        return np.searchsorted(self.rows * m + self.cols, rows * m + cols)

    def within(self, radius: float | None) -> "Instance":
        """Only the pairs that are no farther than that."""
        if radius is None:
            return self
        near = self.cost <= radius
        return replace(self, rows=self.rows[near], cols=self.cols[near], cost=self.cost[near])


@dataclass(frozen=True)
class Terms:
    """What the answer must keep to. None is no limit."""

    model: Model
    # New sites: those that stand already don't count.
    number: int | None = None
    budget: float | None = None
    radius: float | None = None
    # Just so many, even where fewer would do as well.
    exactly: bool = False
    # lscp: the cheapest instead of the fewest.
    by_price: bool = False
    # A site serves no more than its capacity; a demand point may be shared by several.
    capacitated: bool = False
    # What a port serves, where capacity is added by whole ports; 0: it may be any amount.
    port: float = 0.0
    one_per_group: bool = False
    spacing: float = 0.0
    forced: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()
    # Ruled out, but allowed all the same.
    admitted: frozenset[str] = frozenset()
    # Estates (by `group`) that may have more than one.
    several: frozenset[int] = frozenset()
    seconds: float = 60.0
    gap: float = 0.0
