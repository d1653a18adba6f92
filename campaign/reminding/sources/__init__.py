"""What is owed, by where it comes from: a file each."""

from campaign.reminding.owed import SOURCES
from campaign.reminding.sources.creation import creation
from campaign.reminding.sources.indicators import indicators
from campaign.reminding.sources.reports import reports


def register() -> None:
    """Once, by `AppConfig.ready`. Another source is a function here."""
    SOURCES.extend(each for each in (indicators, reports, creation) if each not in SOURCES)
