"""Joint enforcement 联合执法, once a month."""

from campaign.ledger import Column, Counts, Ledger, Number, Option, Owing, Several, Text
from campaign.metrics.counting import WHOLE, Span, share
from campaign.metrics.counting import Counts as Told
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

# 综合执法队、派出所、市管所、消防等力量: those that the notice names.
BODIES = (
    Option("urban", "综合执法队", "Urban management team"),
    Option("police", "派出所", "Police station"),
    Option("market", "市管所", "Market supervision office"),
    Option("fire", "消防", "Fire service"),
)

LEDGER = Ledger(
    slug="joint_enforcement",
    zh="联合执法",
    en="Joint enforcement",
    says_zh="每次联合执法一行：参加部门、到了哪些小区、发现多少问题。",
    says_en="One row for each time: who took part, in which estates, how much was found.",
    action="ZX04",
    level=Level.SUBDISTRICT,
    counts=Counts.EACH,
    monthly=True,
    owing=Owing.ALL,
    columns=(
        Column("bodies", "参加部门", "bodies taking part", Several(BODIES)),
        Column("where", "小区", "estates", Text()),
        Column("found", "发现问题数", "problems found", Number()),
        Column("fixed", "当场整改数", "put right on the spot", Number(), False, "found"),
    ),
)


@fed(
    "joint_enforcement",
    says_zh="期间联合执法的次数：两个及以上部门参加的（联合执法台账）。",
    says_en="How often joint enforcement took place in the period, with two bodies or more (ledger"
    " of joint enforcement).",
    of_whole=True,
)
def together(facts: Facts, span: Span) -> Told:
    n = sum(len(fact.data["bodies"]) > 1 for fact in facts.within(LEDGER, span))
    return {WHOLE: share(n, None)} if n else {}
