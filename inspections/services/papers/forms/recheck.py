"""复查意见书: what a second look found of each fault."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.papers.sheet import Block, Paragraph, Sheet, Table
from inspections.papers.words import moment
from inspections.services.papers.forms import base
from inspections.services.papers.forms.base import Composing, Entry, PaperForm
from inspections.services.papers.matters import Matter

_WIDTHS = (10.0, 30.0, 52.0, 16.0, 32.0, 16.0)
_HEAD = ("序号", "部位", "隐患描述", "检查项", "复查结果", "照片")
_RESULTS = {"passed": "已整改到位", "failed": "未整改到位"}


def _defaults(matter: Matter, now: datetime) -> dict[str, Any]:
    looked = [each.checked_at for each in matter.faults if each.checked_at]
    left = [each for each in matter.faults if each.result == "failed"]
    conclusion = "经复查，上述隐患已全部整改到位。"
    if left:
        conclusion = (
            f"经复查，尚有{len(left)}项未整改到位，请你单位继续整改，"
            "并在整改到位前采取临时防范措施。"
        )
    return base.inspected(matter, now) | {
        "addressee": "",
        "checked_at": max(looked, default=now),
        "notice": "、".join(matter.notices),
        "conclusion": conclusion,
        "contact": "",
        "phone": "",
        "copies": base.copies_to(matter),
        "photos": [
            shot.id for fault in matter.faults for shot in (*fault.shots[:1], *fault.after[:1])
        ],
    }


def _sheet(composing: Composing) -> Sheet:
    edits, matter = composing.edits, composing.matter
    numbers = base.numbered(composing)
    after = f"针对{edits['notice']}所列隐患，" if edits["notice"] else ""
    rows = tuple(
        (
            str(n),
            each.place or "—",
            each.what,
            each.code or "—",
            _RESULTS[each.result],
            base.photo_numbers(each, numbers),
        )
        for n, each in enumerate(matter.faults, 1)
    )
    body: list[Block] = [
        Paragraph(
            f"{after}{moment(edits['checked_at'])}，我{composing.here}工作人员{composing.staff}对"
            f"{composing.estate}（地点：{edits['place']}）"
            "进行了复查，情况如下。"
        ),
        base.heading(1, "复查情况"),
        Table(_WIDTHS, _HEAD, rows),
        base.heading(2, "复查意见"),
        *base.said(edits["conclusion"]),
        Paragraph(base.contact(composing)),
        *base.replacing(composing),
    ]
    return base.composed(
        composing,
        title="复查意见书",
        to=base.to_company(composing),
        body=tuple(body),
        forms=(
            base.signing(("复查人员", "（签名）　　　　　　　　（签名）")),
            base.receipt(composing),
        ),
        annex="附件：整改前后照片" if numbers else "",
        pictures=base.pictures(composing, numbers),
    )


FORM = PaperForm(
    entries=(
        base.ADDRESSEE,
        Entry("notice", _("notices that it follows"), needed=False, most=200),
        Entry("checked_at", _("looked at again at"), "moment"),
        base.PLACE,
        Entry("conclusion", _("opinion"), "text", most=2000),
        base.CONTACT,
        base.PHONE,
        base.COPIES,
        base.PHOTOS,
    ),
    defaults=_defaults,
    sheet=_sheet,
    officers=2,
    with_checks=True,
)
