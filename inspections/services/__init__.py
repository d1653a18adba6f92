"""Every write about inspections."""

from inspections.services.entries import Sent
from inspections.services.kinds import Published, kind_of, published_kinds
from inspections.services.recording import Outcome, Taken, take
from inspections.services.refusals import keep, keep_unread
from inspections.services.rows import Recorded

__all__ = [
    "Outcome",
    "Published",
    "Recorded",
    "Sent",
    "Taken",
    "keep",
    "keep_unread",
    "kind_of",
    "published_kinds",
    "take",
]
