"""Party organisations in estates 小区党组织."""

from campaign.ledger import Choice, Column, Counts, Day, Ledger, Number, Option, Owing, YesNo
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

NONE = "none"
BRANCHES = (
    Option(NONE, "未组建", "none"),
    Option("formal", "建制式", "formal"),
    Option("functional", "功能型", "functional"),
)

LEDGER = Ledger(
    slug="party_estates",
    zh="小区党组织",
    en="Party branches in estates",
    says_zh="每个小区一行：是否相对成熟、党组织是否组建。有变时再记一行，以最近一行为准。",
    says_en="One row for each estate: whether it is a mature one, and its Party branch. Another row"
    " when that changes; the latest counts.",
    action="ZX01",
    level=Level.ESTATE,
    counts=Counts.LATEST,
    owing=Owing.ALL,
    columns=(
        Column("mature", "相对成熟小区", "mature estate", YesNo()),
        Column("branch", "党组织", "Party branch", Choice(BRANCHES)),
        Column(
            "formed_on",
            "组建日期",
            "formed on",
            Day(),
            needed=False,
            only_if=("branch", ("formal", "functional")),
        ),
        Column("members", "党员数", "Party members", Number(max=100_000), needed=False),
    ),
)


@fed(
    "party_branch_rate",
    says_zh="当日在用的相对成熟小区中，已组建党组织的（建制式或功能型；小区党组织台账，每个小区以"
    "最近一行为准）。",
    says_en="Of the mature estates in use on that day, those with a Party branch, formal or"
    " functional (ledger of Party branches, the latest row of each estate).",
    of_moment=True,
)
def formed(facts: Facts, span: Span) -> Told:
    homes = {home.place for home in facts.homes}
    return {
        place: share(int(fact.data["branch"] != NONE), 1)
        for place, fact in facts.latest(LEDGER).items()
        if fact.data["mature"] and place in homes
    }
