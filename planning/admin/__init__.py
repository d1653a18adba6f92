"""The registers of planning."""

from planning.admin import plans, rules

__all__ = ["plans", "rules"]
