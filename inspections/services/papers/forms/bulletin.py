"""通报: how a month went, community by community."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.papers.sheet import Block, Paragraph, Sheet, Table
from inspections.papers.words import day
from inspections.services.papers.forms import base
from inspections.services.papers.forms.base import Composing, Entry, PaperForm
from inspections.services.papers.matters import Matter

_WIDTHS = (44.0, 28.0, 28.0, 28.0, 28.0)
_HEAD = ("社区", "检查（次）", "发现隐患（项）", "已销号（项）", "整改率")


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
            f"本月检查{told['inspections']}次，发现隐患{told['n']}项；截至{day(told['as_of'])}，"
            f"已销号{told['n'] - told['open']}项，整改率{_rate(told['n'], told['open'])}。"
            f"本月制发整改通知书{told['notices']}份、工作提醒函{told['reminders']}份，"
            f"约谈{told['talks']}次；目前超期未办结案卷{told['overdue']}件。"
        ),
        Table(
            _WIDTHS,
            _HEAD,
            tuple(
                (
                    each["name"],
                    str(each["inspections"]),
                    str(each["n"]),
                    str(each["n"] - each["open"]),
                    _rate(each["n"], each["open"]),
                )
                for each in told["communities"]
            ),
        ),
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


def _rate(n: int, still_open: int) -> str:
    return f"{(n - still_open) * 100 / n:.1f}%" if n else "—"


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
