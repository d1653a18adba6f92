"""Every write about inspections."""

from inspections.services.entries import Sent
from inspections.services.kinds import Published, kind_of, published_kinds
from inspections.services.recording import Outcome, Taken, take
from inspections.services.refusals import keep, keep_unread
from inspections.services.rounds import (
    RoundWish,
    cancel_round,
    change_round,
    give_round,
    read_round,
)
from inspections.services.rows import Recorded

__all__ = [
    "Outcome",
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
]
