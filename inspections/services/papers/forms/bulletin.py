"""通报: how a month went and how what was found was handled, community by community, as of its
last day: by the measures, and by the board's figures."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.board_figures import CASE_FIGURES, OVERDUE_BY_STEP, BoardFigure
from inspections.overview.board.counts import NONE, Share
from inspections.overview.board.said import INSPECTIONS, REPEAT, Said
from inspections.overview.bulletin import of_month
from inspections.overview.measures import MEASURES
from inspections.papers.sheet import Block, Paragraph, Sheet, Table
from inspections.papers.words import day
from inspections.services.papers.forms import base
from inspections.services.papers.forms.base import Composing, Entry, PaperForm
from inspections.services.papers.matters import Matter

_WIDTHS = (30.0, 16.0, 18.0, 36.0, 18.0, 19.0, 19.0)
_HEAD = (
    *("社区", "检查（次）", "发现隐患（处）", "检出率（处/次，95%区间）"),
    *("未销号（处）", "逾期案卷（件）", "复发（处）"),
)
_COLUMNS = ("found", "rate", "open", "overdue", "repeat")
_OF_BOARD: tuple[BoardFigure | Said, ...] = (
    *(CASE_FIGURES[slug] for slug in ("handled", "on_time", "overdue", "first_time_fixed")),
    REPEAT,
    INSPECTIONS,
)
_RATES = {each.slug: each for each in _OF_BOARD}
_RATE_WIDTHS = (30.0, *[21.0] * len(_RATES))
# What a reader can't guess.
_MEANT = (*(MEASURES[each] for each in ("rate", "repeat")), *_RATES.values())


def _defaults(matter: Matter, now: datetime) -> dict[str, Any]:
    last = base.today(now).replace(day=1) - timedelta(days=1)
    return {
        "month": f"{last.year}-{last.month:02}",
        "problems": "",
        "next": "各社区、各有关单位要对照问题逐项整改，落实日常巡查，确保隐患整改到位。",
        "copies": "",
    }


def _sheet(composing: Composing) -> Sheet:
    edits, told = composing.edits, composing.figures
    year, month = edits["month"].split("-")
    body: list[Block] = [
        Paragraph(f"现将{year}年{int(month)}月隐患排查整治情况通报如下。"),
        base.heading(1, "总体情况"),
        Paragraph(
            f"本月检查{told['inspections']}次，发现隐患{_number(told['found'])}处，"
            f"平均每次检查发现{_number(told['rate'])}处；其中{_number(told['repeat'])}处是同一位置"
            f"30日内销号后又复发的。截至{day(told['as_of'])}，未销号隐患{_number(told['open'])}处，"
            f"逾期未办结案卷{_number(told['overdue'])}件。"
            f"本月制发整改通知书{told['notices']}份、工作提醒函{told['reminders']}份，"
            f"约谈{told['talks']}次。"
        ),
        Table(
            _WIDTHS,
            _HEAD,
            tuple(
                (each["name"], str(each["inspections"]), *(_number(each[of]) for of in _COLUMNS))
                for each in told["communities"]
            ),
        ),
        base.heading(2, "办理情况"),
        Paragraph(_handling(told)),
        Table(
            _RATE_WIDTHS,
            ("社区", *(each.title_zh for each in _RATES.values())),
            tuple(
                (each["name"], *(_narrow(each["board"].get(slug)) for slug in _RATES))
                for each in told["communities"]
            ),
        ),
        base.heading(3, "指标说明"),
        *(Paragraph(f"{each.title_zh}：{each.says_zh}") for each in _MEANT),
        Paragraph(f"数据版本：{told['version']}。"),
    ]
    asked = (("存在问题", edits["problems"]), ("下一步要求", edits["next"]))
    for n, (name, text) in enumerate((each for each in asked if each[1]), 4):
        body += [base.heading(n, name), *base.said(text)]
    if composing.by_itself:
        body.append(Paragraph("本通报由系统按月自动生成，经审核并加盖印章后生效。"))
    return base.composed(
        composing,
        title=f"关于{year}年{int(month)}月隐患排查整治情况的通报",
        to="各社区，各有关单位：",
        body=(*body, *base.replacing(composing)),
    )


def _handling(told: Mapping[str, Any]) -> str:
    shares = told["board"]
    rates = "，".join(
        f"{_RATES[slug].title_zh}{_share(shares.get(slug))}"
        for slug in ("handled", "on_time", "first_time_fixed")
    )
    late = [
        f"{CASE_FIGURES[slug].title_zh}{shares[slug].n}件"
        for slug in OVERDUE_BY_STEP
        if slug in shares and shares[slug].n
    ]
    standing = shares.get("overdue", NONE)
    by_step = f"；按环节时限：{'、'.join(late)}" if late else ""
    return (
        f"本月案卷{rates}。截至{day(told['as_of'])}，未办结案卷{standing.of}件，"
        f"其中逾期{standing.n}件{by_step}。"
    )


def _share(told: Share | None) -> str:
    """So many of so many; what nobody had has none."""
    return f"{told.n / told.of:.0%}（{told.n}/{told.of}）" if told and told.of else "—"


def _narrow(told: Share | None) -> str:
    """The same in a column: it breaks between share and numbers, if at all."""
    return f"{told.n / told.of:.0%} ({told.n}/{told.of})" if told and told.of else "—"


def _number(told: Mapping[str, Any]) -> str:
    """A count is whole; a rate has two digits and its interval; what has nothing to be divided by
    has none."""
    if told["value"] is None:
        return "—"
    if told["low"] is None:
        return f"{told['value']:.0f}"
    return f"{told['value']:.2f}（{told['low']:.2f}–{told['high']:.2f}）"


FORM = PaperForm(
    entries=(
        Entry("month", _("month"), "month"),
        Entry("problems", _("problems"), "text", needed=False, most=4000),
        Entry("next", _("what comes next"), "text", needed=False, most=4000),
        base.COPIES,
    ),
    defaults=_defaults,
    sheet=_sheet,
    of="",
    guidance=False,
    figures=of_month,
)
