"""The notice of 2024 as it is loaded, before anything is done about it."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from campaign.metrics import METRICS
from campaign.models import Indicator, Programme
from campaign.reminding import owed
from campaign.reminding.sources import indicators
from campaign.services.loading import load_actions
from tests.campaign.entered import a_value, enter
from tests.campaign.notice import NOTICE
from tests.factories import CompanyFactory, EstateFactory

SHANGHAI = ZoneInfo("Asia/Shanghai")


# These tell how values are entered and what follows from them, whichever indicators they are of;
# what ledgers feed stands in others.
BY_HAND = {
    "tests.campaign.test_board",
    "tests.campaign.test_board_fresh",
    "tests.campaign.test_board_rows",
    "tests.campaign.test_board_table",
    "tests.campaign.test_oversight",
    "tests.campaign.test_reminders",
    "tests.campaign.test_reminders_page",
    "tests.campaign.test_values",
    "tests.campaign.test_who",
}


@pytest.fixture(autouse=True)
def entered_by_hand(request, monkeypatch) -> None:
    """As if there were no ledgers: every indicator is entered that Xuntu has no count for."""
    if request.module.__name__ in BY_HAND:
        for slug in [each.slug for each in METRICS.values() if each.feed]:
            monkeypatch.delitem(METRICS, slug)


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


@pytest.fixture
def far(elsewhere):
    """The only estate of the other community, of another company."""
    return EstateFactory(community=elsewhere, company=CompanyFactory(), has_company=True)


@pytest.fixture
def entered(as_user, notice, community, elsewhere, estate, far):
    """What two communities told by 20 December; the announced estates too, as if Xuntu could not
    count them itself."""
    Indicator.objects.filter(code="ZX08-M1").update(metric="announced_elsewhere")
    admin = as_user("admin")
    for code, day, told in (
        ("ZX08-M1", "2024-12-19", {"numerator": 16}),
        ("ZX01-D1", "2024-11-14", {"community": community.pk}),
        ("ZX07-R1", "2024-11-28", {"estate": estate.pk}),
        ("ZX07-R1", "2024-12-12", {"estate": estate.pk}),
        ("ZX02-M1", "2024-12-10", {"community": community.pk, "numerator": 3, "denominator": 4}),
        ("ZX02-M1", "2024-12-11", {"community": elsewhere.pk, "numerator": 0, "denominator": 4}),
        ("ZX05-M1", "2024-12-01", {"estate": estate.pk, "numerator": 12, "denominator": 12}),
        ("ZX01-M2", "2024-12-01", {"company": estate.company_id}),
        ("ZX04-R1", "2024-11-20", {}),
    ):
        reply = enter(admin, a_value(code, measured_on=day, **told))
        assert reply.status_code == 201, (code, reply.json())


@pytest.fixture
def only_indicators(monkeypatch) -> None:
    """Of all that is owed, what the board asks."""
    monkeypatch.setattr(owed, "SOURCES", [indicators])
