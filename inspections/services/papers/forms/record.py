"""检查记录: what was seen on a visit, signed by who looked and who was there."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.papers.sheet import Block, Form, Sheet, Table
from inspections.papers.words import moment
from inspections.services.papers.forms import base
from inspections.services.papers.forms.base import Composing, Entry, PaperForm
from inspections.services.papers.matters import Matter

_WIDTHS = (10.0, 30.0, 50.0, 16.0, 38.0, 12.0)
_HEAD = ("序号", "部位", "隐患描述", "检查项", "依据", "照片")


def _defaults(matter: Matter, now: datetime) -> dict[str, Any]:
    return base.inspected(matter, now) | {
        "addressee": "",
        "present": "",
        "opinion": "以上问题已当场告知，请按有关规定整改。",
        "photos": base.photos_of(matter),
    }


def _sheet(composing: Composing) -> Sheet:
    edits, matter = composing.edits, composing.matter
    numbers = base.numbered(composing)
    rows = tuple(
        (
            str(n),
            each.place or "—",
            each.what,
            each.code or "—",
            each.basis or "—",
            base.photo_numbers(each, numbers),
        )
        for n, each in enumerate(matter.faults, 1)
    )
    body: list[Block] = [
        Form(
            "",
            (
                ("被检查单位", composing.addressee),
                ("统一社会信用代码", matter.addressee.credit_code),
                ("小区", matter.estate.name if matter.estate else ""),
                ("检查时间", moment(edits["checked_at"])),
                ("检查地点", edits["place"]),
                ("检查人员", composing.staff),
                ("现场陪同人员", edits["present"]),
            ),
        ),
        base.heading(1, "检查情况"),
        *base.said(f"本次检查发现隐患{len(rows)}项："),
        Table(_WIDTHS, _HEAD, rows),
        base.heading(2, "检查意见"),
        *base.said(edits["opinion"]),
        *base.replacing(composing),
    ]
    return base.composed(
        composing,
        title="检查记录",
        body=tuple(body),
        forms=(
            base.signing(
                ("检查人员", "（签名）　　　　　　　　（签名）"),
                ("被检查单位", "（签名）　　　　　　　　年　　月　　日"),
                ("拒签说明", "\n"),
            ),
        ),
        annex="附件：现场照片" if numbers else "",
        pictures=base.pictures(composing, numbers),
        printed="",
    )


FORM = PaperForm(
    entries=(
        base.ADDRESSEE,
        base.CHECKED_AT,
        base.PLACE,
        Entry("present", _("who was there for the unit"), needed=False, most=100),
        Entry("opinion", _("opinion"), "text", most=2000),
        base.PHOTOS,
    ),
    defaults=_defaults,
    sheet=_sheet,
    officers=2,
)
