"""Every figure of the board with its sentence, in the order in which they are told."""

from dataclasses import asdict, dataclass

from inspections.board_figures import CASE_FIGURES


@dataclass(frozen=True, slots=True)
class Said:
    slug: str
    title_zh: str
    title_en: str
    says_zh: str
    says_en: str


REPEAT = Said(
    slug="repeat",
    title_zh="复发率",
    title_en="Found again",
    says_zh="这段时间内发现的隐患中，30 日内在同一位置销号后又被发现的。"
    "物业按小区现在的物业公司计。",
    says_en="Of the findings of the period, those that had been found at the same place and closed"
    " within 30 days before. A company's are those of the estates it manages now.",
)
INSPECTIONS = Said(
    slug="inspections",
    title_zh="检查完成率",
    title_en="Inspected in time",
    says_zh="当日在用的每个小区、每类检查中，在该类检查周期内检查过的；周期由检查类别规定。"
    "物业按小区现在的物业公司计。",
    says_en="Of every estate in use on that day with every kind of inspection, those inspected"
    " within the kind's own interval before. A company's are those of the estates it manages now.",
)


def said() -> list[dict[str, str]]:
    return [
        *(each.told() for each in CASE_FIGURES.values()),
        *(asdict(each) for each in (REPEAT, INSPECTIONS)),
    ]
