"""What was recorded and proposed, in the admin."""

from inspections.admin import proposals, records

__all__ = ["proposals", "records"]
