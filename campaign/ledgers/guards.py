"""Guards 保安: how many a company has, are trained, and are on file with the police."""

from collections.abc import Iterator

from campaign.ledger import Column, Counts, Ledger, Number, Owing, Text
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Place, Share, Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="guards",
    zh="保安培训与备案",
    en="Guards: trained and on file",
    says_zh="每家物业企业一行：当日保安人数，其中已培训、已备案的。人数有变时再记一行，以最近一行为准。",
    says_en="One row for each property company: guards on that day, and how many of them are"
    " trained and on file. Another row when that changes; the latest counts.",
    action="ZX06",
    level=Level.COMPANY,
    counts=Counts.LATEST,
    owing=Owing.ALL,
    columns=(
        Column("guards", "保安人数", "guards", Number(max=100_000)),
        Column("trained", "已培训", "trained", Number(max=100_000), at_most="guards"),
        Column("filed", "已备案", "on file", Number(max=100_000), at_most="guards"),
        Column("note", "备注", "note", Text(), needed=False),
    ),
)


@fed(
    "guard_training_rate",
    says_zh="各物业企业当日保安人数中，已培训的（保安培训与备案台账，每家企业以最近一行为准）。",
    says_en="Of the guards of property companies on that day, those trained (ledger of guards, the"
    " latest row of each company).",
    of_moment=True,
    owed=True,
)
def trained(facts: Facts, span: Span) -> Told:
    return dict(_of_guards(facts, "trained"))


@fed(
    "guard_filing_rate",
    says_zh="各物业企业当日保安人数中，已备案的（保安培训与备案台账，每家企业以最近一行为准）。",
    says_en="Of the guards of property companies on that day, those on file with the police (ledger"
    " of guards, the latest row of each company).",
    of_moment=True,
    owed=True,
)
def filed(facts: Facts, span: Span) -> Told:
    return dict(_of_guards(facts, "filed"))


def _of_guards(facts: Facts, column: str) -> Iterator[tuple[Place, Share]]:
    for place, fact in facts.latest(LEDGER).items():
        yield place, share(fact.data[column], fact.data["guards"])
