"""整改通知书. A subdistrict's notice is guidance: it asks, and never fines.

Where the province has given the subdistrict the power to order, it may be a 责令整改通知书, and
says by what.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.papers.sheet import Block, Paragraph, Sheet
from inspections.papers.words import day, moment
from inspections.services.papers.forms import base, rows
from inspections.services.papers.forms.base import Composing, Entry, PaperForm
from inspections.services.papers.matters import Matter

_CONSEQUENCE = (
    "逾期未整改或者整改不到位的，我{here}将按规定予以约谈、通报，并依法移送有管辖权的部门处理。"
)


def _defaults(matter: Matter, now: datetime) -> dict[str, Any]:
    asked = rows.default_rows(matter, base.today(now))
    due = rows.last_due(asked.values())
    return base.inspected(matter, now) | {
        "addressee": "",
        "rows": asked,
        "due": due,
        "recheck_on": base.worked_after(due) if due else None,
        "extra": "",
        "consequence": _CONSEQUENCE.format(here=matter.here),
        "ordered": False,
        "authority": "",
        "contact": "",
        "phone": "",
        "copies": base.copies_to(matter),
        "photos": base.photos_of(matter),
    }


def _sheet(composing: Composing) -> Sheet:
    edits, here = composing.edits, composing.here
    ordered = edits["ordered"]
    asks = "责令" if ordered else "请"
    by = f"依据{edits['authority']}，" if ordered else ""
    body: list[Block] = [
        Paragraph(
            f"{moment(edits['checked_at'])}，我{here}工作人员{composing.staff}对你单位服务的"
            f"{composing.estate}（检查地点：{edits['place']}）进行了检查，"
            f"发现隐患{len(composing.matter.faults)}项。现将有关事项通知如下。"
        ),
        base.heading(1, "隐患清单"),
        rows.table(composing),
        base.heading(2, "整改要求"),
        Paragraph(
            f"{by}{asks}你单位按照清单逐项整改，整改期限为{day(edits['due'])}，"
            f"并将整改情况（附整改后照片）反馈我{here}。整改到位前应当采取临时防范措施，确保安全。"
        ),
        *base.said(edits["extra"]),
        base.heading(3, "复查"),
        Paragraph(f"复查日期为{day(edits['recheck_on'])}，请你单位派人到场配合。"),
        base.heading(4, "逾期后果"),
        *base.said(edits["consequence"]),
        base.heading(5, "联系方式"),
        Paragraph(base.contact(composing)),
        *_nature(composing),
        *base.replacing(composing),
    ]
    numbers = base.numbered(composing)
    return base.composed(
        composing,
        title="责令整改通知书" if ordered else "整改通知书",
        to=base.to_company(composing),
        body=tuple(body),
        forms=(
            base.signing(("检查人员", "（签名）　　　　　　　　（签名）")),
            base.receipt(composing),
        ),
        annex="附件：现场照片" if numbers else "",
        pictures=base.pictures(composing, numbers),
    )


def _nature(composing: Composing) -> list[Block]:
    if composing.edits["ordered"]:
        return []
    return [
        Paragraph(
            "本通知书属于行政指导，不是行政处罚。对所列事项有异议的，"
            f"可以书面向我{composing.here}说明。"
        )
    ]


FORM = PaperForm(
    entries=(
        base.ADDRESSEE,
        base.CHECKED_AT,
        base.PLACE,
        Entry("rows", _("what is asked, and by when"), "rows"),
        Entry("due", _("to be put right by"), "day"),
        Entry("recheck_on", _("looked at again on"), "day"),
        Entry("extra", _("further requirements"), "text", needed=False, most=2000),
        Entry("consequence", _("if it is not done in time"), "text", most=1000),
        Entry("ordered", _("by order 责令 (only with the power to)"), "yes"),
        Entry("authority", _("the power to order, by"), needed=False, most=200),
        base.CONTACT,
        base.PHONE,
        base.COPIES,
        base.PHOTOS,
    ),
    defaults=_defaults,
    sheet=_sheet,
    officers=2,
)
