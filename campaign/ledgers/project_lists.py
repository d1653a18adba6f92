"""Project lists 项目清单 that communities make with the city organs linked to them."""

from campaign.ledger import Column, Counts, Ledger, Number, Owing, Text
from campaign.metrics.counting import Counts as Told
from campaign.metrics.counting import Span, share
from campaign.metrics.feeding import Facts, fed
from campaign.standing import Level

LEDGER = Ledger(
    slug="project_lists",
    zh="“双报到”项目清单",
    en="“Double registration” project lists",
    says_zh="每份项目清单一行：社区、挂钩市直单位、项目数；附清单。",
    says_en="One row for each list: community, linked city organs, how many projects; with the"
    " list.",
    action="ZX09",
    level=Level.COMMUNITY,
    counts=Counts.EACH,
    owing=Owing.ALL,
    columns=(
        Column("organs", "挂钩市直单位", "linked city organs", Text()),
        Column("projects", "项目数", "projects", Number(max=1000, min=1)),
    ),
)


@fed(
    "project_list",
    says_zh="期间形成的项目清单份数（“双报到”项目清单台账）。",
    says_en="Project lists made in the period (ledger of project lists).",
)
def listed(facts: Facts, span: Span) -> Told:
    return {place: share(n, None) for place, n in facts.deeds(LEDGER, span).items()}
