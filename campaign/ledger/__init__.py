"""What a ledger is: what its rows are of, its columns, and who owes one."""

from campaign.ledger.columns import (
    Choice,
    Column,
    Day,
    Number,
    Option,
    Several,
    Text,
    Wrong,
    YesNo,
)
from campaign.ledger.pattern import Counts, Ledger, Owing

__all__ = [
    "Choice",
    "Column",
    "Counts",
    "Day",
    "Ledger",
    "Number",
    "Option",
    "Owing",
    "Several",
    "Text",
    "Wrong",
    "YesNo",
]
