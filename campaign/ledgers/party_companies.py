"""Party organisations in property companies 物业企业党组织."""

from campaign.ledger import Column, Counts, Ledger, Number, Owing, Text, YesNo
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="party_companies",
    zh="物业企业党组织",
    en="Party organisations in companies",
    says_zh="每家物业企业一行：是否注册在辖区的“三有”企业、党组织是否覆盖。有变时再记一行，以最近"
    "一行为准。",
    says_en="One row for each property company: whether it is a qualified one registered here, and"
    " covered by a Party organisation. Another row when that changes; the latest counts.",
    action="ZX01",
    level=Level.COMPANY,
    counts=Counts.LATEST,
    owing=Owing.ALL,
    columns=(
        Column("qualified", "辖区“三有”企业", "qualified and registered here", YesNo()),
        Column("covered", "党组织已覆盖", "covered by a Party organisation", YesNo()),
        Column("members", "党员数", "Party members", Number(max=100_000), needed=False),
        Column("note", "备注", "note", Text(), needed=False),
    ),
)


@fed(
    "company_party_rate",
    says_zh="当日注册在辖区的“三有”物业企业中，党组织已覆盖的（物业企业党组织台账，每家企业以最近"
    "一行为准）。",
    says_en="Of the qualified property companies registered here, those covered by a Party"
    " organisation on that day (ledger of Party organisations in companies, the latest row of"
    " each).",
    of_moment=True,
)
def covered(facts: Facts, span: Span) -> Told:
    return {
        place: share(int(fact.data["covered"]), 1)
        for place, fact in facts.latest(LEDGER).items()
        if fact.data["qualified"]
    }
