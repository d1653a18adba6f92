"""What was recorded and proposed, and what is done about it, in the admin."""

from inspections.admin import cases, proposals, records

__all__ = ["cases", "proposals", "records"]
