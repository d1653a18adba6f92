"""A notice as data: programmes, actions, and what they are measured by, from files."""

from campaign.services.loading.loading import BUILT_IN, Loaded, load_actions

__all__ = ["BUILT_IN", "Loaded", "load_actions"]
