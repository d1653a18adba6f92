"""The registers of planning."""

from planning.admin import rules

__all__ = ["rules"]
