"""Patrols of enforcement bodies in estates 下沉小区巡查, each body at least once a month."""

from collections import Counter

from campaign.ledger import Choice, Column, Counts, Ledger, Number, Owing, Text
from campaign.ledgers.joint_enforcement import BODIES
from campaign.metrics.counting import WHOLE, Span, share
from campaign.metrics.counting import Counts as Told
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="patrols",
    zh="下沉小区巡查",
    en="Patrols in estates",
    says_zh="每次巡查一行：哪个执法部门、到了哪些小区。",
    says_en="One row for each patrol: which body, in which estates.",
    action="ZX04",
    level=Level.SUBDISTRICT,
    counts=Counts.EACH,
    monthly=True,
    owing=Owing.ALL,
    columns=(
        Column("body", "执法部门", "body", Choice(BODIES)),
        Column("where", "小区", "estates", Text()),
        Column("found", "发现问题数", "problems found", Number(), needed=False),
    ),
)


@fed(
    "dept_patrol",
    says_zh="期间综合执法队、派出所、市管所、消防各部门下沉小区巡查次数中最少的一个"
    "（下沉小区巡查台账）。",
    says_en="Of the urban management team, the police station, the market supervision office and"
    " the fire service, the fewest patrols that any of them made in the period (ledger of"
    " patrols).",
    of_whole=True,
)
def patrolled(facts: Facts, span: Span) -> Told:
    made = Counter(fact.data["body"] for fact in facts.within(LEDGER, span))
    return {WHOLE: share(min(made[each.key] for each in BODIES), None)} if made else {}
