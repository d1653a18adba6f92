"""What the demonstration has of planning: the ground to judge by, and plans in every state.

Added to the town that `inspections.demo` makes, in its transaction; nothing of it is real.
"""
