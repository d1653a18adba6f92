"""Mass clean-ups 集中卫生大扫除, in every estate at least once a month."""

from dataclasses import replace
from datetime import date

from campaign.ledger import Column, Counts, Ledger, Number, Option, Owing, Several, Text
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

# 出入口、地下室、入户大堂、卫生死角、垃圾收集点等重点部位.
PLACES = (
    Option("entrances", "出入口", "entrances"),
    Option("basements", "地下室", "basements"),
    Option("lobbies", "入户大堂", "lobbies"),
    Option("corners", "卫生死角", "dead corners"),
    Option("collection", "垃圾收集点", "collection points"),
    Option("other", "其他", "elsewhere"),
)

LEDGER = Ledger(
    slug="cleanups",
    zh="集中卫生大扫除",
    en="Mass clean-ups",
    says_zh="每次大扫除一行：小区、日期、部位、人数；附照片。",
    says_en="One row for each clean-up: estate, day, where, how many took part; with photos.",
    action="ZX07",
    level=Level.ESTATE,
    counts=Counts.EACH,
    monthly=True,
    owing=Owing.ALL,
    columns=(
        Column("places", "部位", "where", Several(PLACES)),
        Column("people", "参加人数", "people", Number(max=100_000), needed=False),
        Column("note", "备注", "note", Text(), needed=False),
    ),
)


@fed(
    "cleanup",
    says_zh="期间集中卫生大扫除的次数（集中卫生大扫除台账）。",
    says_en="Mass clean-ups in the period (ledger of clean-ups).",
)
def cleaned(facts: Facts, span: Span) -> Told:
    return {place: share(n, None) for place, n in facts.deeds(LEDGER, span).items()}


@fed(
    "cleanup_first",
    says_zh="当年至当日集中卫生大扫除的次数（集中卫生大扫除台账），通知印发之前的也计。",
    says_en="Mass clean-ups in the year up to that day (ledger of clean-ups), those before the"
    " notice too.",
)
def cleaned_once(facts: Facts, span: Span) -> Told:
    # The deadline lies before the notice, and so before what is asked begins.
    year = replace(span, since=date(span.since.year, 1, 1))
    return {place: share(n, None) for place, n in facts.deeds(LEDGER, year).items()}
