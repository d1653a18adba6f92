"""So many of so many, by who they belong to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Share(NamedTuple):
    n: int
    of: int

    def __add__(self, other: object) -> "Share":
        if not isinstance(other, Share):
            return NotImplemented
        return Share(self.n + other.n, self.of + other.of)


NONE = Share(0, 0)


class Whose(NamedTuple):
    """Where it is, and which company's it is: None where no company's."""

    community: int
    company: int | None


# By figure, and by whose.
Shares = dict[str, dict[Whose, Share]]


def all_of(shares: dict[Whose, Share]) -> Share:
    return sum(shares.values(), NONE)


def by_community(shares: dict[Whose, Share]) -> dict[int, Share]:
    return _by((whose.community, share) for whose, share in shares.items())


def by_company(shares: dict[Whose, Share]) -> dict[int, Share]:
    """Without what is no company's."""
    return _by((whose.company, share) for whose, share in shares.items() if whose.company)


def _by(shares: Iterable[tuple[int, Share]]) -> dict[int, Share]:
    added: dict[int, Share] = defaultdict(lambda: NONE)
    for key, share in shares:
        added[key] += share
    return added
