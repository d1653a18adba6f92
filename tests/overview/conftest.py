"""The office's clock in the hands of a test."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone


@pytest.fixture
def clock(monkeypatch):
    """Moves the office's clock; days are counted from 2 December 2024, nine o'clock."""

    def at(days: float) -> datetime:
        moment = datetime.fromisoformat("2024-12-02T09:00:00+08:00") + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    at(0)
    return at
