"""Lists of needs 需求清单, made public in every estate at least once a month."""

from campaign.ledger import Column, Counts, Ledger, Number, Owing, Text
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="needs_lists",
    zh="需求清单",
    en="Lists of needs",
    says_zh="每份公开的需求清单一行：小区、公开日期、项数；附清单。",
    says_en="One row for each list made public: estate, day, how many needs; with the list.",
    action="ZX09",
    level=Level.ESTATE,
    counts=Counts.EACH,
    monthly=True,
    owing=Owing.ALL,
    columns=(
        Column("needs", "需求项数", "needs", Number(max=1000, min=1)),
        Column("where", "公开方式", "made public in", Text(100)),
    ),
)


@fed(
    "needs_list",
    says_zh="期间公开的需求清单份数（需求清单台账）。",
    says_en="Lists of needs made public in the period (ledger of lists of needs).",
)
def published(facts: Facts, span: Span) -> Told:
    return {place: share(n, None) for place, n in facts.deeds(LEDGER, span).items()}
