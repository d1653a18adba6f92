"""How grave, how sure, how binding."""

from enum import IntEnum, StrEnum


class Severity(IntEnum):
    DANGER = 1
    SERIOUS = 2
    ORDINARY = 3


class Sure(StrEnum):
    """How well a basis, or a limit, is known."""

    VERIFIED = "V"
    SECONDARY = "S"
    MEMORY = "M"
    PROPOSAL = "P"


class Force(StrEnum):
    MUST = "must"
    SHOULD = "should"  # 宜
