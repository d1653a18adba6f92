"""The registers of places in the admin: `places` and `surroundings` have them, the rest is what
they share."""

from geo.admin import places, surroundings

__all__ = ["places", "surroundings"]
