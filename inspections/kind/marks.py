"""How grave, how sure, how binding, and what is to be shown of it."""

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


class Evidence(StrEnum):
    """What the tablet asks to be shown of a finding, and says when it is missing; the words
    beside it tell what the picture must have in it. Nothing is refused for want of it."""

    NONE = "none"  # a measure, a count, a complaint: a photo may be added
    PHOTO = "photo"
    WIDE_AND_CLOSE = "wide_and_close"
    PHOTO_OR_VIDEO = "photo_or_video"
    VIDEO = "video"
