"""What is owed, by where it comes from: a file each."""

from campaign.reminding.owed import SOURCES
from campaign.reminding.sources.indicators import indicators


def register() -> None:
    """Once, by `AppConfig.ready`. Another source is a function here."""
    SOURCES.extend(each for each in (indicators,) if each not in SOURCES)
