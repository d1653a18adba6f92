"""What the office sets: limits of time, working days, to whom a case goes, when it escalates."""

from inspections.admin.rules import days, dispatch, ladder, limits

__all__ = ["days", "dispatch", "ladder", "limits"]
