"""Fine-management appraisals 精细化考评: every managed estate's score of a month."""

from campaign.ledger import Column, Counts, Day, Ledger, Number, Owing, Text
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="appraisals",
    zh="精细化考评",
    en="Fine-management appraisals",
    says_zh="每个物业小区每月一行：考评得分和当时的及格线。",
    says_en="One row for each managed estate and month: its score, and the pass mark of then.",
    action="ZX05",
    level=Level.ESTATE,
    counts=Counts.MONTH,
    monthly=True,
    owing=Owing.MANAGED,
    columns=(
        Column("score", "得分", "score", Number(max=100, decimals=1)),
        # The notice gives none: 60 is our proposal, and each row keeps its own.
        Column("mark", "及格线", "pass mark", Number(max=100, decimals=1), given=60),
        Column("told_on", "反馈企业日期", "told to the company on", Day(), needed=False),
        Column("note", "备注", "note", Text(), needed=False),
    ),
)


@fed(
    "appraisal_coverage",
    says_zh="当日由物业企业管理的在用小区中，该月有考评得分的（精细化考评台账）。",
    says_en="Of the estates in use that a property company manages, those with an appraisal score"
    " of the month (ledger of appraisals).",
)
def covered(facts: Facts, span: Span) -> Told:
    scored = {fact.place.estate for fact in facts.within(LEDGER, span)}
    return {
        home.place: share(int(home.place.estate in scored), 1)
        for home in facts.homes
        if home.company is not None
    }
