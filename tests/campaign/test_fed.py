"""What ledgers feed equals plain SQL over what was entered, of any days, in any scope."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from campaign.metrics import METRICS, Span
from geo.models import Community
from geo.scope import EVERYTHING, NOTHING, Scope
from people.models import User
from tests.campaign import plain
from tests.campaign.kept import fill_all
from tests.campaign.test_metrics import DAYS, MOMENTS, NOON, UNTIL, compare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_town")]

SINCE = date(2024, 3, 1)


@pytest.fixture(autouse=True)
def kept():
    fill_all(2024, User.objects.get(username="clerk"), rows=120, since=SINCE, until=UNTIL)


@pytest.mark.parametrize("metric", sorted(plain.LEDGERS))
def test_what_a_ledger_feeds_equals_plain_sql_over_its_rows(metric):
    communities = list(Community.objects.values_list("pk", flat=True))
    scopes = st.one_of(
        st.just(EVERYTHING),
        st.just(NOTHING),
        st.sets(st.sampled_from(communities), min_size=1).map(
            lambda some: Scope(communities=frozenset(some))
        ),
    )

    @settings(
        max_examples=20,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(scopes, DAYS, DAYS, DAYS, MOMENTS)
    def alike(scope, since, until, as_of, now):
        since, until = sorted((since, until))
        compare(metric, scope, Span(since, until, as_of, now=now))

    alike()
    assert compare(metric, EVERYTHING, Span(SINCE, UNTIL, UNTIL, now=NOON)), "chance wrote some"


def test_every_metric_that_a_ledger_feeds_is_held_against_plain_sql():
    assert {slug for slug, each in METRICS.items() if each.feed} == set(plain.LEDGERS)
