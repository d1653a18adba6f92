"""What is measured on the leaders' map: each once, with the sentence that defines it.

`scale` are the breaks of the estates' colours, the same at every zoom and at every time: below the
first is the first colour. What is counted stands in `counted`, the same for all who show it.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`per`: what it is a rate of, "inspection" or "household"; a count has none. `of_moment`:
    how things stand at one moment; `since` and `until` say nothing of it."""

    slug: str
    title_zh: str
    title_en: str
    unit_zh: str
    unit_en: str
    says_zh: str
    says_en: str
    scale: tuple[float, ...]
    per: str = ""
    of_moment: bool = False

    @property
    def times(self) -> int:
        """A rate is told of so many."""
        return 100 if self.per == "household" else 1

    def told(self) -> dict[str, Any]:
        told = asdict(self)
        return {name: told[name] for name in told if name not in ("per", "of_moment")}


MEASURES = {
    measure.slug: measure
    for measure in (
        Measure(
            slug="found",
            title_zh="发现隐患数",
            title_en="Findings",
            unit_zh="处",
            unit_en="findings",
            says_zh="这段时间内检查发现、现仍有效的隐患数。检查得越多，发现得也越多：比较各处请看检出率。",
            says_en="Findings in force that were recorded in the period. Who looks more finds more:"
            " to compare places, read the rate per inspection.",
            scale=(1, 5, 10, 20, 50, 100),
        ),
        Measure(
            slug="rate",
            title_zh="检出率",
            title_en="Findings per inspection",
            unit_zh="处/次检查",
            unit_en="findings per inspection",
            says_zh="这段时间内发现的隐患数 ÷ 同期有效检查次数，附 95% 精确泊松区间。",
            says_en="Findings of the period ÷ inspections in force of the same period, with the"
            " exact Poisson interval of 95 %.",
            scale=(0.1, 0.25, 0.5, 1, 2, 4),
            per="inspection",
        ),
        Measure(
            slug="households",
            title_zh="每百户隐患数",
            title_en="Findings per 100 households",
            unit_zh="处/百户",
            unit_en="findings per 100 households",
            says_zh="这段时间内发现的隐患数 × 100 ÷ 户数，附 95% 精确泊松区间；"
            "户数不详的小区不计入。",
            says_en="Findings of the period × 100 ÷ households, with the exact Poisson interval of"
            " 95 %; estates whose households are not known are left out.",
            scale=(0.1, 0.5, 1, 2, 5, 10),
            per="household",
        ),
        Measure(
            slug="open",
            title_zh="当日未销号",
            title_en="Open on that day",
            unit_zh="处",
            unit_en="findings",
            says_zh="截至当日已发现、当时尚未销号的隐患数；销号后又重新打开的，按当时的状态计。",
            says_en="Findings recorded by that day and not closed then; one that was opened again"
            " counts as it stood on that day.",
            scale=(1, 3, 5, 10, 20, 50),
            of_moment=True,
        ),
        Measure(
            slug="overdue",
            title_zh="逾期案卷",
            title_en="Overdue cases",
            unit_zh="件",
            unit_en="cases",
            says_zh="当日尚未办结、按当时的期限已经逾期的案卷数；后来才延期的，当日仍算逾期。",
            says_en="Cases open on that day whose deadline, as it stood then, had passed; one that"
            " was extended later still counts for that day.",
            scale=(1, 2, 5, 10, 20, 50),
            of_moment=True,
        ),
        Measure(
            slug="repeat",
            title_zh="30日内复发",
            title_en="Found again within 30 days",
            unit_zh="处",
            unit_en="findings",
            says_zh="这段时间内发现、此前 30 日内在同一位置（同一设施；无设施的为同一小区 20 米内）"
            "另一次检查已发现过同一检查项、其间又销号的隐患数。",
            says_en="Findings of the period whose item had been found at the same place (the same"
            " asset; without one, within 20 m in the same estate) in another inspection at most"
            " 30 days before, and closed in between.",
            scale=(1, 2, 3, 5, 10, 20),
        ),
    )
}
