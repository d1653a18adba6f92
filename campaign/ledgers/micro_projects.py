"""Micro-projects “微实事”: what residents care about most, at least one in every estate."""

from campaign.ledger import Choice, Column, Counts, Day, Ledger, Number, Option, Owing, Text
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

TOPICS = (
    Option("lifts", "电梯故障", "lifts"),
    Option("roads", "道路破损", "roads"),
    Option("lighting", "照明缺失", "lighting"),
    Option("greenery", "绿地裸露", "bare greenery"),
    Option("pipes", "管网损坏", "pipes"),
    Option("landscape", "微景观改造", "small landscapes"),
    Option("walls", "墙面起皮脱落", "peeling walls"),
    Option("drains", "下水道堵塞", "blocked drains"),
    Option("other", "其他", "other"),
)
STATES = (
    Option("planned", "已策划", "planned"),
    Option("under_way", "实施中", "under way"),
    Option("done", "已完成", "done"),
)

LEDGER = Ledger(
    slug="micro_projects",
    zh="“微实事”项目",
    en="Micro-projects",
    says_zh="每个项目一行：小区、内容、进展；进展变了就更正该行。放弃的项目撤回。",
    says_en="One row for each project: estate, what, how far; correct the row as it goes on, and"
    " withdraw what was given up.",
    action="ZX10",
    level=Level.ESTATE,
    counts=Counts.EACH,
    owing=Owing.ALL,
    columns=(
        Column("title", "项目", "project", Text(100)),
        Column("topic", "类别", "topic", Choice(TOPICS)),
        Column("state", "进展", "state", Choice(STATES), given="planned"),
        Column(
            "done_on",
            "完成日期",
            "done on",
            Day(),
            needed=True,
            only_if=("state", ("done",)),
        ),
        Column(
            "cost", "金额", "cost", Number(max=100_000_000, unit_zh="元", unit_en="yuan"), False
        ),
    ),
)


@fed(
    "micro_projects",
    says_zh="期间策划、开展的“微实事”项目数（“微实事”项目台账），不论进展。",
    says_en="Micro-projects planned or carried out in the period (ledger of micro-projects),"
    " however far they are.",
)
def projects(facts: Facts, span: Span) -> Told:
    return {place: share(n, None) for place, n in facts.deeds(LEDGER, span).items()}
