"""隐患台账: the office's book of cases, a line each."""

from inspections.reports.ledger.book import FORMATS, Asked, write_csv, write_xlsx

__all__ = ["FORMATS", "Asked", "write_csv", "write_xlsx"]
