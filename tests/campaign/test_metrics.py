"""What is counted from what the system knows equals plain SQL over what was recorded, of any days,
in any scope."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db.models.functions import Mod
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from campaign.metrics import METRICS, Span
from geo.models import Community, Estate
from geo.scope import EVERYTHING, NOTHING, Scope
from inspections.models import Case, Complaint, Paper, Series
from people.models import User
from tests.campaign import plain
from tests.campaign.test_reduction import baseline
from tests.factories import MembershipFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_town")]

UNTIL = date(2024, 12, 20)
NOON = datetime.fromisoformat("2024-12-20T12:00:00+08:00")
DAYS = st.dates(date(2024, 3, 1), UNTIL)
# Within a day: some of what came on it is not over.
MOMENTS = st.integers(0, 200).map(lambda hours: NOON - timedelta(hours=hours))


@pytest.fixture(autouse=True)
def some_of_each():
    """The demonstration knows no simple complaints and no joint enforcement."""
    Case.objects.filter(source="complaint").annotate(n=Mod("number", 3)).filter(n=0).update(
        simple=True
    )
    Case.objects.filter(source="inspection").annotate(n=Mod("number", 5)).filter(n=0).update(
        source="joint"
    )
    published()


def published() -> None:
    """A supervision result every twenty days: one of a community, one that nobody signed, one that
    was made void."""
    series, _ = Series.objects.get_or_create(kind="oversight", defaults={"code": "青街督"})
    by = User.objects.get(username="supervisor")
    somewhere = Community.objects.first()
    void = {"voided_at": NOON - timedelta(days=30), "voided_by": by, "void_reason": "数字有误"}
    Paper.objects.bulk_create(
        Paper(
            id=uuid4(),
            kind="oversight",
            series=series,
            year=2024,
            number=100 + n,
            data={},
            content_sha256="",
            issued_at=NOON - timedelta(days=20 * n),
            issued_by=None if n == 4 else by,
            community=somewhere if n == 5 else None,
            **(void if n == 6 else {}),
        )
        for n in range(12)
    )


def compare(metric: str, scope: Scope, span: Span) -> dict:
    told = METRICS[metric].count(scope, span)
    counted = {tuple(place): tuple(share) for place, share in told.items()}
    assert counted == plain.counted(metric, scope, span)
    return counted


@pytest.mark.parametrize("metric", sorted(plain.SQL))
def test_a_metric_equals_plain_sql_over_raw_rows(metric):
    communities = list(Community.objects.values_list("pk", flat=True))
    scopes = st.one_of(
        st.just(EVERYTHING),
        st.just(NOTHING),
        st.sets(st.sampled_from(communities), min_size=1).map(
            lambda some: Scope(communities=frozenset(some))
        ),
    )

    @settings(
        max_examples=25,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scopes, DAYS, DAYS, DAYS, MOMENTS)
    def alike(scope, since, until, as_of, now):
        since, until = sorted((since, until))
        compare(metric, scope, Span(since, until, as_of, now=now))

    alike()
    whole = Span(date(2023, 12, 20), UNTIL, UNTIL, now=NOON)
    assert compare(metric, EVERYTHING, whole), "the demonstration has some"


def test_every_derived_metric_is_held_against_plain_sql():
    assert set(METRICS) == {*plain.SQL, *plain.LEDGERS, "complaint_reduction"}


def test_a_metric_has_its_sentence_in_both_languages():
    for each in METRICS.values():
        assert each.says_zh.endswith("。"), each.slug
        assert each.says_en.endswith("."), each.slug


def test_lamps_of_an_estate_that_nobody_looked_at_in_time_are_not_told():
    told = METRICS["lamp_ok_rate"].count(EVERYTHING, Span(UNTIL, UNTIL, UNTIL, now=NOON))
    assert 0 < len(told) < Estate.objects.current().count()


COMPLAINTS = {
    "handled": "complaint_handled_rate",
    "same_day": "same_day_rate",
    "same_day_reply": "same_day_reply_rate",
}


@pytest.mark.parametrize("everywhere", [True, False])
def test_every_month_of_complaints_is_the_metrics_and_plain_sqls(client, everywhere):
    user = User.objects.get(username="leader") if everywhere else UserFactory()
    if not everywhere:
        community = Complaint.objects.order_by("received_at", "pk").first().community
        MembershipFactory(user=user, role="officer", community=community)
    baseline({"clerk": User.objects.get(username="clerk")}, number=30, holds_from="2024-01-01")
    client.force_login(user)
    year = client.get("/api/v1/campaign/complaints/", {"as_of": str(UNTIL)}).json()
    communities = {each["id"] for each in year["communities"]}
    compared = date.fromisoformat(year["compared_since"])
    for told in [*year["months"], year["total"]]:
        since, until = (date.fromisoformat(told[name]) for name in ("since", "until"))
        span = Span(since, until, UNTIL)
        for name, slug in COMPLAINTS.items():
            shares = compare(slug, user.scope, span)
            assert added(shares.values()) == told["whole"][name]
            for place in communities:
                here = [share for (of, *_), share in shares.items() if of == place]
                assert added(here) == told["places"][str(place)][name]
        fewer = {}
        if until >= compared:
            days = Span(max(since, compared), until, UNTIL)
            fewer = METRICS["complaint_reduction"].count(user.scope, days)
        assert told["whole"]["fewer"] == added(fewer.values())
        came = Complaint.objects.visible_to(user).received_between(span.begins, span.ends)
        assert told["whole"]["received"] == came.filter(entered_at__lt=span.at).count()
    wholes = [each["whole"] for each in year["months"]]
    assert sum(each["received"] for each in wholes) == year["total"]["whole"]["received"] > 0
    for name in COMPLAINTS:
        months = [(each[name]["n"], each[name]["of"]) for each in wholes if each[name]]
        assert added(months) == year["total"]["whole"][name]


def added(shares) -> dict | None:
    told = list(shares)
    n, of = sum(n for n, _ in told), sum(of for _, of in told)
    return {"n": float(n), "of": float(of)} if told else None
