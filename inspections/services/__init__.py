"""Every write about inspections."""

from inspections.services.arrivals import take
from inspections.services.cases.moving import Moved
from inspections.services.kinds import Published, kind_of, published_kinds
from inspections.services.outcomes import Outcome, Taken
from inspections.services.proposals import Proposed
from inspections.services.refusals import keep, keep_unread
from inspections.services.rounds import (
    RoundWish,
    cancel_round,
    change_round,
    give_round,
    read_round,
)
from inspections.services.rows import Recorded
from inspections.services.sent import INSPECTION, MOVE, PROPOSAL, Sent
from inspections.services.sightings import times_seen_again

__all__ = [
    "INSPECTION",
    "MOVE",
    "PROPOSAL",
    "Moved",
    "Outcome",
    "Proposed",
    "Published",
    "Recorded",
    "RoundWish",
    "Sent",
    "Taken",
    "cancel_round",
    "change_round",
    "give_round",
    "keep",
    "keep_unread",
    "kind_of",
    "published_kinds",
    "read_round",
    "take",
    "times_seen_again",
]
