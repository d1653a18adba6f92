"""The registers of places in the admin: `places` has them, the rest is what they share."""

from geo.admin import places

__all__ = ["places"]
