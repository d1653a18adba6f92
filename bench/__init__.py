"""How fast the house is, against the same work done bare, in the same run.

Single figures move by a third from run to run: what counts are the ratios. Every measure is taken
in three rounds, each after the other, and the middle one is told.
"""
