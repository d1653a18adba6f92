"""创建 as it stands on a day: the list, the card of one estate, the map, and what tablets need."""

from campaign.reports.creation.card import card
from campaign.reports.creation.listing import NOTHING, Listed, listing
from campaign.reports.creation.mapped import on_map
from campaign.reports.creation.tablet import for_tablet

__all__ = ["NOTHING", "Listed", "card", "for_tablet", "listing", "on_map"]
