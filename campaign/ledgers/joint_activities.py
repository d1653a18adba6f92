"""“双报到” activities: what an estate does together with city organs and their members."""

from campaign.ledger import Column, Counts, Ledger, Number, Owing, Text
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="joint_activities",
    zh="“双报到”活动",
    en="“Double registration” activities",
    says_zh="每场对接共建活动一行：小区、日期、市直单位、内容。",
    says_en="One row for each joint activity: estate, day, the city organ, what was done.",
    action="ZX09",
    level=Level.ESTATE,
    counts=Counts.EACH,
    monthly=True,
    owing=Owing.ALL,
    columns=(
        Column("organ", "市直单位", "city organ", Text(100)),
        Column("what", "活动内容", "what was done", Text()),
        Column("people", "参加党员数", "Party members taking part", Number(max=100_000), False),
    ),
)


@fed(
    "joint_activity",
    says_zh="期间“双报到”对接共建活动场数（“双报到”活动台账）。",
    says_en="Joint activities in the period (ledger of “double registration” activities).",
)
def held(facts: Facts, span: Span) -> Told:
    return {place: share(n, None) for place, n in facts.deeds(LEDGER, span).items()}
