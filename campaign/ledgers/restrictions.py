"""Companies that may take on no new projects 限制承接新项目."""

from datetime import date

from campaign.ledger import Column, Counts, Day, Ledger, Text
from campaign.ledgers import appraisals
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Place, Span, share
from campaign.metrics.feeding import Fact, Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="restrictions",
    zh="限制承接新项目",
    en="Barred from new projects",
    says_zh="每次限制一行：考评不达标的企业，自何日起、至何日止不得承接新项目。",
    says_en="One row for each bar: a company that failed, from which day and until when.",
    action="ZX05",
    level=Level.COMPANY,
    counts=Counts.EACH,
    columns=(
        Column("until", "截止日期（空：仍在限制）", "until (empty: still barred)", Day(), False),
        Column("reason", "原因", "reason", Text()),
        Column("paper", "文号", "paper no.", Text(60), needed=False),
    ),
)


@fed(
    "restriction_rate",
    says_zh="最近一次考评有小区低于及格线的企业中，当日处于限制承接新项目之中的"
    "（精细化考评、限制承接新项目台账）。",
    says_en="Of the companies with an estate whose latest appraisal is below its pass mark, those"
    " barred from new projects on that day (ledgers of appraisals and of bars).",
    of_moment=True,
)
def barred(facts: Facts, span: Span) -> Told:
    company_of = {home.place.estate: home.company for home in facts.homes}
    # Of each estate that of the latest month.
    scored = sorted(facts.rows.get(appraisals.LEDGER.slug, ()), key=lambda fact: fact.month)
    latest = {fact.place.estate: fact.data for fact in scored}
    failing = {company_of.get(e) for e, told in latest.items() if told["score"] < told["mark"]}
    rows = facts.rows.get(LEDGER.slug, ())
    now = {fact.place.company for fact in rows if _holds(fact, span.as_of)}
    return {
        Place(None, None, company): share(int(company in now), 1)
        for company in failing
        if company is not None
    }


def _holds(fact: Fact, day: date) -> bool:
    until = fact.data.get("until")
    return fact.day <= day and (until is None or date.fromisoformat(until) >= day)
