"""The campaign's board after two years: every entered indicator of the notice told every month by
every place that owes it, what the demonstration keeps in ledgers kept every month, and what Xuntu
counts itself from all that stands here."""

from collections.abc import Callable
from datetime import timedelta
from time import process_time_ns
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.bare import bare, statements_of
from bench.figures import Figure, against, spread
from bench.load import Asker, asking, rounds
from bench.office import TOKEN, web
from campaign.metrics import METRICS
from campaign.models import Indicator, LedgerRow, Programme, Value
from campaign.reports import board, rows_behind
from campaign.standing import Level
from geo.models import Community
from geo.scope import EVERYTHING
from people.models import User

MONTHS = 24
ALONE = 15
# The places of each level: in each month nine in ten of them told something.
PLACES = {
    Level.SUBDISTRICT: "SELECT NULL::bigint AS community, NULL::bigint AS estate,"
    " NULL::bigint AS company",
    Level.COMMUNITY: "SELECT id, NULL::bigint, NULL::bigint FROM geo_community"
    " WHERE retired_at IS NULL",
    Level.ESTATE: "SELECT community_id, id, NULL::bigint FROM geo_estate WHERE retired_at IS NULL",
    Level.COMPANY: "SELECT NULL::bigint, NULL::bigint, id FROM geo_propertycompany"
    " WHERE retired_at IS NULL",
}
TELL = """
INSERT INTO campaign_value (id, indicator_id, numerator, denominator, measured_on, period,
                            community_id, estate_id, company_id, source, by_id, at, content_sha256)
SELECT gen_random_uuid(), asked.id, told.n, CASE WHEN asked.unit = '%%' THEN 10 END,
       (month + interval '20 days')::date,
       CASE WHEN asked.recurrence = 'monthly' THEN month::date END,
       place.community, place.estate, place.company, 'bench', %(by)s,
       month + interval '21 days', ''
  FROM unnest(%(indicators)s::bigint[]) AS wanted (id)
  JOIN campaign_indicator asked USING (id)
 CROSS JOIN generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 month') AS month
 CROSS JOIN ({places}) AS place (community, estate, company)
 CROSS JOIN LATERAL (SELECT (random() * 10)::int AS n) AS told
 WHERE random() < 0.9 OR place.community IS NULL AND place.estate IS NULL
"""

# What each place has in a ledger, in each month.
KEEP = """
INSERT INTO campaign_ledgerrow (id, root, ledger, day, month, data, withdrawn, reason, at,
                                content_sha256, by_id, community_id, estate_id, company_id)
SELECT id, id, ledger, (first + interval '20 days')::date, first::date, data, FALSE, '',
       first + interval '21 days', '', %(by)s, community_id, estate_id, company_id
  FROM (SELECT gen_random_uuid() AS id, first, kept.*
          FROM (SELECT DISTINCT ON (ledger, community_id, estate_id, company_id)
                       ledger, data, community_id, estate_id, company_id
                  FROM campaign_ledgerrow WHERE NOT withdrawn) AS kept
         CROSS JOIN generate_series(%(first)s::timestamp, %(last)s::timestamp,
                                    interval '1 month') AS first) AS each
"""


def measure(dsn: str) -> dict[str, Figure]:
    call_command("load_actions", verbosity=0)
    _tell()
    day = timezone.localdate()
    programme = Programme.objects.issued_by(day)[0]
    estate_wide = Indicator.objects.get(action__programme=programme, code="ZX07-R1")
    mid = Indicator.objects.get(action__programme=programme, code="ZX05-M1")
    community = Community.objects.current().order_by("code")[0]
    told: dict[str, Figure] = {
        "what stands here": {
            "communities": Community.objects.current().count(),
            "indicators": Indicator.objects.filter(action__programme=programme).count(),
            "values": Value.objects.count(),
            "ledger rows": LedgerRow.objects.count(),
        },
        "board, alone": _alone(lambda: board(EVERYTHING, programme, day)),
        "board of a year ago, alone": _alone(
            lambda: board(EVERYTHING, programme, day - timedelta(days=365))
        ),
        "rows of every estate by month, alone": _alone(
            lambda: rows_behind(EVERYTHING, estate_wide, None, day)
        ),
        "rows of a community, alone": _alone(
            lambda: rows_behind(EVERYTHING, mid, community.pk, day)
        ),
    }
    path = "/api/v1/campaign/board/"
    rows = f"{path}rows/?{urlencode({'indicator': estate_wide.pk, 'community': community.pk})}"
    with web(KEPT_BYTES="0") as making, web(KEPT_BYTES="64000000") as keeping:
        with Asker(keeping, TOKEN) as asker:
            tag, sent = asker.ask(path)
            version, _ = asker.ask(f"{path}version/")
        told["board, as sent"] = {"kB": len(sent) / 1000}
        rates = rounds(
            {
                "the same SQL, bare": bare(dsn, statements_of(path)),
                "made anew": asking(making, TOKEN, path),
                "rows of a community, made anew": asking(making, TOKEN, rows),
                "kept": asking(keeping, TOKEN, path),
                "304": asking(keeping, TOKEN, path, tag or ""),
                "version, 304": asking(keeping, TOKEN, f"{path}version/", version or ""),
            }
        )
    base = rates["the same SQL, bare"]
    return told | {f"campaign board, {how}": against(rate, base) for how, rate in rates.items()}


def _alone(act: Callable[[], object]) -> Figure:
    """By the processor's time of this process, and how many statements it takes; by nobody else."""
    act()
    with CaptureQueriesContext(connection) as asked:
        act()
    taken = []
    for _ in range(ALONE):
        begun = process_time_ns()
        act()
        taken.append((process_time_ns() - begun) / 1e6)
    return spread(taken) | {"statements": len(asked)}


def _tell() -> None:
    """Once: a second measure finds them told."""
    if Value.objects.filter(source="bench").exists():
        return
    by = User.objects.get(username="bench").pk
    last = timezone.localdate().replace(day=1)
    first = last
    for _ in range(MONTHS - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    with connection.cursor() as cursor:
        for level, places in PLACES.items():
            asked = Indicator.objects.filter(level=level).exclude(metric__in=METRICS)
            cursor.execute(
                TELL.format(places=places),
                {
                    "indicators": list(asked.values_list("pk", flat=True)),
                    "first": first,
                    "last": last,
                    "by": by,
                },
            )
        cursor.execute(KEEP, {"first": first, "last": last, "by": by})
        cursor.execute("ANALYZE campaign_value, campaign_ledgerrow")
