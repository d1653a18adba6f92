"""工作提醒函: matters that are late, and by when an answer is hoped for."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspections.papers.sheet import Block, Paragraph, Sheet, Table
from inspections.papers.words import day
from inspections.services.papers.forms import base
from inspections.services.papers.forms.base import Composing, Entry, PaperForm
from inspections.services.papers.matters import Matter

_WIDTHS = (10.0, 22.0, 42.0, 48.0, 34.0)
_HEAD = ("序号", "案卷编号", "部位", "事项", "应办结日期")


def _defaults(matter: Matter, now: datetime) -> dict[str, Any]:
    return {
        "addressee": "",
        "reason": "经查，下列事项尚未按期办结，特此提醒。",
        "asks": (
            f"请抓紧办理，并将办理情况书面反馈我{matter.here}；"
            "确有困难的，请说明原因并提出办结时间。"
        ),
        "due": base.worked_after(base.today(now) + timedelta(days=2)),
        "contact": "",
        "phone": "",
        "copies": base.copies_to(matter),
    }


def _sheet(composing: Composing) -> Sheet:
    edits = composing.edits
    body: list[Block] = [
        *base.said(edits["reason"]),
        Table(_WIDTHS, _HEAD, _rows(composing.matter)),
        *base.said(edits["asks"]),
        Paragraph(f"反馈期限：{day(edits['due'])}。"),
        Paragraph(base.contact(composing)),
        *base.replacing(composing),
    ]
    return base.composed(
        composing,
        title="工作提醒函",
        to=f"{composing.addressee}：",
        body=tuple(body),
        forms=(base.receipt(composing),),
    )


def _rows(matter: Matter) -> tuple[tuple[str, ...], ...]:
    """A line for each case, whatever the number of its findings."""
    lines = []
    for n, case in enumerate(matter.cases, 1):
        faults = [each for each in matter.faults if each.case == case.pk]
        due = day(timezone.localdate(case.due_at)) if case.due_at else "—"
        places = dict.fromkeys(each.place for each in faults if each.place)
        lines.append((str(n), str(case.number), "；".join(places) or "—", case.title, due))
    return tuple(lines)


FORM = PaperForm(
    entries=(
        base.ADDRESSEE,
        Entry("reason", _("why it is sent"), "text", most=1000),
        Entry("asks", _("what is asked"), "text", most=1000),
        Entry("due", _("answer by"), "day"),
        base.CONTACT,
        base.PHONE,
        base.COPIES,
    ),
    defaults=_defaults,
    sheet=_sheet,
    of="addressee",
)
