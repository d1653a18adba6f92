"""The registers of planning."""

from planning.admin import demand, plans, rules

__all__ = ["demand", "plans", "rules"]
