"""Announcements of appraisal results 考评结果通报."""

from campaign.ledger import Column, Counts, Ledger, Number, Owing, Text
from campaign.metrics.counting import WHOLE, Span, share
from campaign.metrics.counting import Counts as Told
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="appraisal_results",
    zh="考评结果通报",
    en="Announced appraisal results",
    says_zh="每次通报一行：通报日期、范围、不达标企业数；附通报。",
    says_en="One row for each announcement: its day, where, how many failed; with the paper.",
    action="ZX05",
    level=Level.SUBDISTRICT,
    counts=Counts.EACH,
    monthly=True,
    owing=Owing.ALL,
    columns=(
        Column("where", "通报方式", "announced in", Text(100)),
        Column("estates", "通报小区数", "estates told of", Number(), needed=False),
        Column("failed", "不达标小区数", "estates below the mark", Number(), False, "estates"),
    ),
)


@fed(
    "appraisal_publish",
    says_zh="期间通报考评结果的次数（考评结果通报台账）。",
    says_en="How often appraisal results were announced in the period (ledger of announcements).",
    of_whole=True,
)
def announced(facts: Facts, span: Span) -> Told:
    n = sum(facts.deeds(LEDGER, span).values())
    return {WHOLE: share(n, None)} if n else {}
