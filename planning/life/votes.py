"""How owners' votes are counted: 民法典 (the Civil Code) art. 278, exactly, by fractions."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

# Owners of two thirds of the area and two thirds of the heads take part; to use what they own in
# common for business (item 8, as items 6 and 7), three quarters of both of those agree.
QUORUM = Fraction(2, 3)
MAJORITY = Fraction(3, 4)


class Share(StrEnum):
    """One of the four shares that must be reached."""

    HEADS_TOOK_PART = "heads_took_part"
    AREA_TOOK_PART = "area_took_part"
    HEADS_AGREED = "heads_agreed"
    AREA_AGREED = "area_agreed"


@dataclass(frozen=True, slots=True)
class Count:
    """Heads and square metres: of all owners, of those who took part, of those who agreed."""

    heads: int
    area_m2: Decimal
    heads_took_part: int
    area_took_part_m2: Decimal
    heads_agreed: int
    area_agreed_m2: Decimal

    @property
    def missed(self) -> tuple[Share, ...]:
        """The shares that were not reached; none where the vote is carried."""
        return tuple(
            share
            for share, part, whole, least in (
                (Share.HEADS_TOOK_PART, self.heads_took_part, self.heads, QUORUM),
                (Share.AREA_TOOK_PART, self.area_took_part_m2, self.area_m2, QUORUM),
                (Share.HEADS_AGREED, self.heads_agreed, self.heads_took_part, MAJORITY),
                (Share.AREA_AGREED, self.area_agreed_m2, self.area_took_part_m2, MAJORITY),
            )
            # Of nobody no share is reached.
            if not whole or Fraction(part) < least * Fraction(whole)
        )

    @property
    def carried(self) -> bool:
        return not self.missed
