"""What was recorded and proposed, and what is done about it, in the admin."""

from inspections.admin import cases, hooks, keeping, papers, proposals, records, rules

__all__ = ["cases", "hooks", "keeping", "papers", "proposals", "records", "rules"]
