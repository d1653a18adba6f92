"""What people told of the campaign in the demonstration: by place, in the town's order, and by day,
so that a board of it can be worked out by hand.

Days are of 2024, as month-day. `-`: it was never told.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfWhole:
    """Each a day and the number that holds from it."""

    told: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class OfCommunities:
    """The day on which each of the fourteen did it, in order."""

    days: str


@dataclass(frozen=True, slots=True)
class OfCompanies:
    """Day by day over so many days from the first on; each of the `never`-th not at all, each of
    the `late`-th on another day."""

    first: str
    over: int
    never: int
    late: int
    late_on: str


@dataclass(frozen=True, slots=True)
class OfEstates:
    """The first community's on the first day, the next one's a day later, and so on. `each`: by
    community, each so-many-th of its estates falls short: 0 is none of them, 1 all.

    A task that falls short is not told; of a rate, `short` of `of` are told, else `of` of `of`.
    """

    first: str
    each: str
    of: int | None = None
    short: int = 0


TOLD: dict[str, OfWhole | OfCommunities | OfCompanies | OfEstates] = {
    # Overall: the plan in time, satisfaction without a target, two meetings.
    "ZX00-G1": OfWhole((("11-08", 1),)),
    "ZX00-G2": OfWhole((("11-29", 86),)),
    "ZX00-R2": OfWhole((("11-12", 1), ("12-06", 2))),
    # Twelve by 15 November, one five days late, one not yet.
    "ZX01-D1": OfCommunities(
        "11-11 11-12 11-12 11-13 11-13 11-14 11-14 11-14 11-15 11-15 11-15 11-15 11-20 -"
    ),
    # Ten by 15 December, one three days late, three not yet.
    "ZX01-D2": OfCommunities(
        "11-29 12-02 12-03 12-05 12-06 12-09 12-10 12-12 12-13 12-15 - 12-18 - -"
    ),
    "ZX01-D3": OfCompanies("11-11", 4, never=8, late=9, late_on="11-19"),
    "ZX01-D4": OfCommunities("11-18 11-20 - 11-25 11-26 - 12-02 12-03 - - 12-09 - - -"),
    # Three are ahead of the end of the year.
    "ZX02-D1": OfCommunities("- - 12-18 - - 12-19 - - - - 12-16 - - -"),
    "ZX02-R1": OfWhole((("11-26", 1),)),
    "ZX03-R1": OfCommunities(
        "11-15 11-19 - 11-21 11-22 11-26 11-28 - 12-04 12-05 12-10 - 12-11 12-12"
    ),
    "ZX03-D1": OfEstates("11-20", "0 4 2 3 0 2 5 3 4 2 0 3 2 -", of=1),
    "ZX04-D1": OfEstates("11-18", "0 0 0 7 0 0 0 6 0 0 0 0 0 0", of=1),
    "ZX05-M1": OfEstates("12-02", "0 3 0 4 2 0 3 5 4 2 0 3 2 -", of=12, short=8),
    "ZX05-M2": OfEstates("12-04", "0 2 2 3 2 2 3 2 3 2 2 2 2 -", of=1),
    # Asked before the notice was out.
    "ZX05-D1": OfEstates("10-18", "0 0 0 0 5 0 0 0 4 0 0 0 3 1"),
    "ZX05-D2": OfEstates("11-25", "0 2 3 2 0 2 4 2 2 3 0 2 2 1"),
    "ZX08-D2": OfEstates("11-27", "0 0 5 6 0 0 4 5 0 0 0 3 0 0", of=1),
}
# What each community's November report came to, in order.
REPORTS = (
    "accepted accepted accepted accepted submitted accepted accepted submitted accepted returned"
    " accepted submitted draft -"
)
