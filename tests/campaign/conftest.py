"""The notice of 2024 as it is loaded, before anything is done about it."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from campaign.models import Indicator, Programme
from campaign.services.loading import load_actions
from tests.campaign.notice import NOTICE

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def notice(db) -> Programme:
    load_actions()
    return Programme.objects.get(code=NOTICE)


@pytest.fixture
def clock(monkeypatch):
    """What time it is, as it is told."""
    moment = datetime(2024, 12, 26, 8, tzinfo=SHANGHAI)

    def strike(day: str, at: str = "08:00") -> datetime:
        nonlocal moment
        moment = datetime.fromisoformat(f"{day}T{at}:00").replace(tzinfo=SHANGHAI)
        return moment

    monkeypatch.setattr(timezone, "now", lambda: moment)
    return strike


@pytest.fixture
def only(notice, monkeypatch):
    """As if the notice asked for these alone."""

    def keep(*codes: str) -> None:
        Indicator.objects.exclude(code__in=codes).update(retired_on="2024-11-08")

    return keep
