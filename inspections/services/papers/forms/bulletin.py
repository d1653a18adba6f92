"""通报: how a month went, community by community, by the measures as of its last day."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

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
# What a reader can't guess.
_MEANT = tuple(MEASURES[each] for each in ("rate", "repeat"))


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
        *(Paragraph(f"{each.title_zh}：{each.says_zh}") for each in _MEANT),
        Paragraph(f"数据版本：{told['version']}。"),
    ]
    for name, text in (("存在问题", edits["problems"]), ("下一步要求", edits["next"])):
        if text:
            body += [base.heading(2 + (name == "下一步要求" and bool(edits["problems"])), name)]
            body += base.said(text)
    return base.composed(
        composing,
        title=f"关于{year}年{int(month)}月隐患排查整治情况的通报",
        to="各社区，各有关单位：",
        body=(*body, *base.replacing(composing)),
    )


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
)
