"""约谈纪要: who met, about what, and what was agreed."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.papers.sheet import Block, Form, Sheet
from inspections.papers.words import moment
from inspections.services.papers.forms import base
from inspections.services.papers.forms.base import Composing, Entry, PaperForm
from inspections.services.papers.matters import Matter


def _defaults(matter: Matter, now: datetime) -> dict[str, Any]:
    return {
        "addressee": "",
        "held_at": now,
        "where": matter.issuer,
        "host": "",
        "recorder": "",
        "attended": "",
        "matters": "\n".join(
            f"{n}. {case.title}（案卷编号：{case.number}）"
            for n, case in enumerate(matter.cases, 1)
        ),
        "answers": "",
        "agreed": "",
        "copies": base.copies_to(matter),
    }


def _sheet(composing: Composing) -> Sheet:
    edits = composing.edits
    body: list[Block] = [
        Form(
            "",
            (
                ("约谈时间", moment(edits["held_at"])),
                ("约谈地点", edits["where"]),
                ("被约谈单位", composing.addressee),
                ("统一社会信用代码", composing.matter.addressee.credit_code),
                ("被约谈人", edits["attended"]),
                ("主持人", edits["host"]),
                ("记录人", edits["recorder"]),
            ),
        ),
        base.heading(1, "约谈事由"),
        *base.said(edits["matters"]),
        base.heading(2, "被约谈单位说明"),
        *base.said(edits["answers"] or "无。"),
        base.heading(3, "约谈意见"),
        *base.said(edits["agreed"]),
        *base.replacing(composing),
    ]
    return base.composed(
        composing,
        title="约谈纪要",
        body=tuple(body),
        forms=(
            base.signing(
                ("主持人", "（签名）"),
                ("被约谈人", "（签名）　　　　　　　　年　　月　　日"),
                ("记录人", "（签名）"),
            ),
        ),
    )


FORM = PaperForm(
    entries=(
        base.ADDRESSEE,
        Entry("held_at", _("held at"), "moment"),
        Entry("where", _("where"), most=120),
        Entry("host", _("led by"), most=60),
        Entry("recorder", _("written down by"), most=60),
        Entry("attended", _("who came for the unit"), most=200),
        Entry("matters", _("what it was about"), "text", most=4000),
        Entry("answers", _("what the unit said"), "text", needed=False, most=4000),
        Entry("agreed", _("what was agreed"), "text", most=4000),
        base.COPIES,
    ),
    defaults=_defaults,
    sheet=_sheet,
    of="addressee",
    guidance=False,
)
