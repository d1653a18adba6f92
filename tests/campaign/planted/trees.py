"""Trees that were planted."""

from campaign.ledger import Column, Counts, Ledger, Number, Owing
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="trees",
    zh="植树",
    en="Trees planted",
    says_zh="每次植树一行：小区、日期、棵数。",
    says_en="One row for each planting: estate, day, how many.",
    action="ZX07",
    level=Level.ESTATE,
    counts=Counts.EACH,
    monthly=True,
    owing=Owing.ALL,
    columns=(Column("trees", "棵数", "trees", Number(max=1000, min=1)),),
)


@fed(
    "trees_planted",
    says_zh="期间植树的棵数。",
    says_en="Trees planted in the period.",
)
def planted(facts: Facts, span: Span) -> Told:
    told: dict = {}
    for fact in facts.within(LEDGER, span):
        told[fact.place] = told.get(fact.place, share(0, None)) + share(fact.data["trees"], None)
    return told
