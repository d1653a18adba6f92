"""Owners' committees 业主委员会, and interim ones where there is none yet."""

from datetime import date

from campaign.ledger import Choice, Column, Counts, Day, Ledger, Number, Option, Owing, Text
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

COMMITTEE, INTERIM, NONE = "committee", "interim", "none"
BODIES = (
    Option(COMMITTEE, "业主委员会", "owners' committee"),
    Option(INTERIM, "临时物业管理委员会", "interim management committee"),
    Option(NONE, "均未成立", "neither"),
)

LEDGER = Ledger(
    slug="committees",
    zh="业主自治组织",
    en="Owners' committees",
    says_zh="每个小区一行：业委会或临时物管会、成立（换届）日期、成员数和党员数。有变时再记一行，"
    "以最近一行为准。",
    says_en="One row for each estate: owners' or interim committee, formed or renewed on, members"
    " and how many of them are in the Party. Another row when that changes; the latest counts.",
    action="ZX02",
    level=Level.ESTATE,
    counts=Counts.LATEST,
    owing=Owing.ALL,
    columns=(
        Column("body", "自治组织", "body", Choice(BODIES)),
        Column(
            "formed_on",
            "成立（换届）日期",
            "formed or renewed on",
            Day(),
            only_if=("body", (COMMITTEE, INTERIM)),
        ),
        Column(
            "members",
            "成员数",
            "members",
            Number(max=99, min=1),
            only_if=("body", (COMMITTEE, INTERIM)),
        ),
        Column(
            "party",
            "其中党员",
            "of them in the Party",
            Number(max=99),
            at_most="members",
            only_if=("body", (COMMITTEE, INTERIM)),
        ),
        Column("note", "备注", "note", Text(), needed=False),
    ),
)


@fed(
    "owners_committee_rate",
    says_zh="当日在用小区中，已成立业主委员会的（业主自治组织台账，每个小区以最近一行为准）。",
    says_en="Of the estates in use on that day, those with an owners' committee (ledger of owners'"
    " committees, the latest row of each estate).",
    of_moment=True,
)
def with_committee(facts: Facts, span: Span) -> Told:
    return _with(facts, COMMITTEE)


@fed(
    "self_governance_rate",
    says_zh="当日在用小区中，已成立业主委员会或临时物业管理委员会的（业主自治组织台账，每个小区以"
    "最近一行为准）。",
    says_en="Of the estates in use on that day, those with an owners' committee or an interim one"
    " (ledger of owners' committees, the latest row of each estate).",
    of_moment=True,
)
def governed(facts: Facts, span: Span) -> Told:
    return _with(facts, COMMITTEE, INTERIM)


@fed(
    "committee_party_share",
    says_zh="期间新成立（换届）、当日仍在的业主委员会的成员中，党员数（业主自治组织台账）。",
    says_en="Of the members of owners' committees that were formed or renewed in the period and"
    " still stand on that day, those in the Party (ledger of owners' committees).",
)
def in_the_party(facts: Facts, span: Span) -> Told:
    return {
        place: share(fact.data["party"], fact.data["members"])
        for place, fact in facts.latest(LEDGER).items()
        if fact.data["body"] == COMMITTEE
        and span.since <= date.fromisoformat(fact.data["formed_on"]) <= span.until
    }


def _with(facts: Facts, *bodies: str) -> Told:
    latest = facts.latest(LEDGER)
    has = {place for place, fact in latest.items() if fact.data["body"] in bodies}
    return {home.place: share(int(home.place in has), 1) for home in facts.homes}
