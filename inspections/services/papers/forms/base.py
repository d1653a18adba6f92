"""What every kind of paper is made of: what may be edited of it, and how it is put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from geo.models import Community
from geo.scope import Scope
from inspections.papers.sheet import Block, Form, Paragraph, Picture, Sheet
from inspections.papers.words import day, moment, paragraphs
from inspections.services.papers.matters import Fault, Matter
from inspections.timetable import timetable

Edits: TypeAlias = Mapping[str, Any]
# A line, several of them, a day, a moment, a month, yes or no; what is asked of each fault and by
# when; which photos are attached.
Type: TypeAlias = Literal["line", "text", "day", "moment", "month", "yes", "rows", "photos"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a draft that whoever issues it may put otherwise."""

    name: str
    label: Promise | str
    type: Type = "line"
    needed: bool = True
    most: int = 200


@dataclass(frozen=True, slots=True)
class Officer:
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Row:
    requirement: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Composing:
    """`replaces`: the number of the paper in whose place this one is issued. `by_itself`: nobody
    has signed it yet."""

    matter: Matter
    edits: Edits
    officers: tuple[Officer, ...]
    number: str
    on: date
    replaces: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    by_itself: bool = False

    @property
    def here(self) -> str:
        return self.matter.here

    @property
    def estate(self) -> str:
        name = self.matter.estate.name if self.matter.estate else ""
        return f"{name}小区" if name and not name.endswith("小区") else name

    @property
    def addressee(self) -> str:
        return self.matter.addressee.name or self.edits.get("addressee", "")

    @property
    def staff(self) -> str:
        return "、".join(
            f"{each.name}（证号：{each.number or '　　　　'}）" for each in self.officers
        )

    def row(self, fault: Fault) -> Row:
        told: Row = self.edits["rows"][fault.id]
        return told


@dataclass(frozen=True, slots=True)
class PaperForm:
    """`officers`: how many inspectors at least sign for it. `of`: what its cases must have in
    common. `guidance`: what a subdistrict may ask for, and never a penalty. `figures`: of a month
    (2024-11), in a scope, of a community or of all."""

    entries: tuple[Entry, ...]
    defaults: Callable[[Matter, datetime], dict[str, Any]]
    sheet: Callable[[Composing], Sheet]
    officers: int = 0
    of: Literal["estate", "addressee", ""] = "estate"
    guidance: bool = True
    with_checks: bool = False
    figures: Callable[[Scope, str, Community | None], Mapping[str, Any]] | None = None


ADDRESSEE = Entry("addressee", _("addressed to, where no company is"), needed=False, most=120)
PLACE = Entry("place", _("place of the inspection"), most=200)
CHECKED_AT = Entry("checked_at", _("time of the inspection"), "moment")
CONTACT = Entry("contact", _("contact"), most=60)
PHONE = Entry("phone", _("telephone"), needed=False, most=40)
COPIES = Entry("copies", _("copies to"), needed=False, most=200)
PHOTOS = Entry("photos", _("photos attached"), "photos", needed=False)
SEAL = "（印章）"
BLANK = "＿" * 6


def worked_after(told: date) -> date:
    """The next working day."""
    calendar = timetable().calendar
    told += timedelta(days=1)
    while not calendar.works(told):
        told += timedelta(days=1)
    return told


def inspected(matter: Matter, now: datetime) -> dict[str, Any]:
    """When and where the faults were found."""
    found = min((each.found_at for each in matter.faults), default=now)
    where = matter.estate.address if matter.estate else ""
    return {
        "checked_at": found,
        "place": where or (matter.estate.name if matter.estate else ""),
    }


def photos_of(matter: Matter, *, most: int = 2) -> list[UUID]:
    """Of each fault so many, to begin with."""
    return [shot.id for fault in matter.faults for shot in fault.shots[:most]]


def copies_to(matter: Matter) -> str:
    return f"{matter.community.name}居民委员会" if matter.community else ""


def numbered(composing: Composing) -> dict[UUID, int]:
    """The number of each photo that is attached, in the order of the faults."""
    chosen = set(composing.edits.get("photos", ()))
    shots = [each.id for each in composing.matter.shots if each.id in chosen]
    return {id: n for n, id in enumerate(dict.fromkeys(shots), 1)}


def photo_numbers(fault: Fault, numbers: Mapping[UUID, int]) -> str:
    told = [str(numbers[each.id]) for each in (*fault.shots, *fault.after) if each.id in numbers]
    return "、".join(told) or "—"


def pictures(composing: Composing, numbers: Mapping[UUID, int]) -> tuple[Picture, ...]:
    told = []
    for fault in composing.matter.faults:
        for shot in (*fault.shots, *fault.after):
            if shot.id in numbers:
                when = f"，{moment(shot.taken_at)}" if shot.taken_at else ""
                after = "整改后，" if shot in fault.after else ""
                shows = f"{fault.place}（{fault.code or fault.what}{when}）"
                said = f"照片{numbers[shot.id]}　{after}{shows}"
                told.append(Picture(shot.file, shot.sha256, said))
    return tuple(told)


def heading(n: int, text: str) -> Paragraph:
    return Paragraph(f"{'一二三四五六七八九十'[n - 1]}、{text}", "level1")


def said(text: str) -> list[Block]:
    return [Paragraph(each) for each in paragraphs(text)]


def to_company(composing: Composing) -> str:
    code = composing.matter.addressee.credit_code
    return f"{composing.addressee}（统一社会信用代码：{code or BLANK}）："


def contact(composing: Composing) -> str:
    phone = composing.edits.get("phone") or BLANK
    return f"联系人：{composing.edits['contact']}，联系电话：{phone}。"


def replacing(composing: Composing) -> list[Block]:
    if not composing.replaces:
        return []
    return [Paragraph(f"本文书替代{composing.replaces}，原文书作废。")]


def receipt(composing: Composing) -> Form:
    """送达回证: room to be written by hand."""
    return Form(
        "送达回证",
        (
            ("文书文号", composing.number),
            ("受送达人", composing.addressee),
            ("送达方式", "□直接送达　□留置送达　□邮寄送达　□电子送达"),
            ("签收人", "（签名或者盖章）"),
            ("签收时间", "　　　　年　　月　　日　　时　　分"),
            ("拒收说明", "\n\n"),
            ("送达人", "（签名）　　　　　　　　（签名）"),
            ("见证人", "（签名）"),
        ),
    )


def signing(*lines: tuple[str, str]) -> Form:
    return Form("", lines)


def composed(composing: Composing, **parts: Any) -> Sheet:
    """With what is alike on all: who from, which number, who signs and when."""
    copies = composing.edits.get("copies", "")
    on = day(composing.on)
    return Sheet(
        **{
            "issuer": composing.matter.issuer,
            "number": composing.number,
            "to": "",
            "signed_by": composing.matter.issuer,
            "signed_on": on,
            "seal": SEAL,
            "copies": f"抄送：{copies.rstrip('。')}。" if copies else "",
            "printed": f"{composing.matter.issuer}　{on}印发",
        }
        | parts
    )


def today(now: datetime) -> date:
    return timezone.localdate(now)
