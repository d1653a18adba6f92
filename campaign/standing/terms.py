"""What the notice asks, in its own terms: of whom, how often, and compared how."""

from enum import StrEnum


class Level(StrEnum):
    """Of whom it is asked."""

    SUBDISTRICT = "subdistrict"
    COMMUNITY = "community"
    COMPANY = "company"
    ESTATE = "estate"


class Recurrence(StrEnum):
    """How often. Only a month has an end by which something is due."""

    NONE = ""
    MONTHLY = "monthly"
    PERIODIC = "periodic"  # 定期, with no interval given
    CONTINUOUS = "continuous"
    PER_CASE = "per_case"
    AD_HOC = "ad_hoc"  # 不定期


class Compare(StrEnum):
    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="


# What is told as n of `of`; everything else is a number.
PERCENT = "%"
