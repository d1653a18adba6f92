"""督导检查结果: how far each special action and each community was at the end of a month, what was
late, since when and whose it is."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaign.models import Target
from campaign.papers.figures import of_month
from campaign.standing import PERCENT, Light, said
from inspections.papers.sheet import Block, Paragraph, Sheet, Table
from inspections.papers.words import day
from inspections.services.papers.forms import base
from inspections.services.papers.forms.base import Composing, Entry, PaperForm
from inspections.services.papers.matters import Matter

LIGHTS = {
    Light.DONE: "已完成",
    Light.ON_PACE: "进度正常",
    Light.BEHIND: "进度滞后",
    Light.LATE: "逾期",
    Light.NO_DATA: "未填报",
    Light.NO_BASELINE: "未设基期",
    Light.NO_TARGET: "未设目标",
}
_SIGNS = {">=": "≥", "<=": "≤", "=": "="}
_ACTIONS = ((44.0, 40.0, 26.0, 22.0, 24.0), ("行动", "牵头单位", "已完成/有目标", "状态", "逾期自"))
_LATE = (
    (44.0, 26.0, 24.0, 24.0, 38.0),
    ("指标", "目标", "完成情况", "逾期自", "逾期社区"),
)
_COMMUNITIES = (
    (28.0, 26.0, 14.0, 14.0, 24.0, 50.0),
    ("社区", "已完成/有目标", "滞后", "逾期", "最早逾期", "逾期指标"),
)


def _defaults(matter: Matter, now: datetime) -> dict[str, Any]:
    last = base.today(now).replace(day=1) - timedelta(days=1)
    return {
        "month": f"{last.year}-{last.month:02}",
        "problems": "",
        "next": "各牵头单位、各社区要对照逾期和滞后的指标逐项整改，按期完成。",
        "copies": "",
    }


def _sheet(composing: Composing) -> Sheet:
    edits, told = composing.edits, composing.figures
    year, month = edits["month"].split("-")
    programme = told["programme"]
    names = {each["id"]: each["name"] for each in told["communities"]}
    body: list[Block] = [
        Paragraph(
            f"根据《{programme.zh}》（{programme.code}），现将{year}年{int(month)}月督导检查结果公布"
            "如下。"
        ),
        base.heading(1, "总体情况"),
        Paragraph(_overall(told)),
        Table(*_ACTIONS, tuple(_action(each) for each in told["actions"])),
        base.heading(2, "逾期和滞后的指标"),
        *_late(told, names),
        base.heading(3, "各社区情况"),
        Table(*_COMMUNITIES, tuple(_community(each) for each in told["communities"])),
        base.heading(4, "安全生产标准化创建"),
        Paragraph(_standardised(told, "全街道" if composing.matter.community else "")),
        base.heading(5, "说明"),
        Paragraph(
            "率按分子、分母相加计算；社区一栏按本社区应完成的指标计。每月的任务于当月最后一天到期，"
            "逾期从次日起算。未设目标的指标不计入“有目标”。"
        ),
        *(Paragraph(f"{code}：{note}") for code, note in told["notes"]),
    ]
    asked = (("存在问题", edits["problems"]), ("下一步要求", edits["next"]))
    for n, (name, text) in enumerate((each for each in asked if each[1]), 6):
        body += [base.heading(n, name), *base.said(text)]
    if composing.by_itself:
        body.append(Paragraph("本结果由系统按月自动生成，经审核并加盖印章后生效。"))
    where = composing.matter.community
    return base.composed(
        composing,
        title=f"关于{year}年{int(month)}月{where.name if where else ''}督导检查结果的通报",
        to="各社区，各有关单位：",
        body=(*body, *base.replacing(composing)),
    )


def _overall(told: Mapping[str, Any]) -> str:
    lights = told["lights"]
    counted = "、".join(
        f"{name}{lights[light]}项"
        for light, name in LIGHTS.items()
        if light != Light.NO_TARGET and lights[light]
    )
    none = f"；另有{lights[Light.NO_TARGET]}项未设目标" if lights[Light.NO_TARGET] else ""
    return (
        f"截至{day(told['as_of'])}，专项行动共{len(told['actions'])}类、指标{told['asked']}项："
        f"{counted or '均未设目标'}{none}。"
    )


def _action(row: Mapping[str, Any]) -> tuple[str, ...]:
    light = row["light"]
    return (
        f"{row['code']} {row['zh']}",
        row["lead"] or "—",
        f"{row['n']}/{row['of']}",
        LIGHTS[light] if light else "—",
        _short(row["late_since"]),
    )


def _late(told: Mapping[str, Any], names: Mapping[int, str]) -> list[Block]:
    if not told["late"]:
        return [Paragraph("无。")]
    return [
        Table(
            *_LATE,
            tuple(
                (
                    f"{each['indicator'].code} {each['indicator'].zh}",
                    _target(each["target"], each["indicator"].unit),
                    _figure(each["whole"], each["indicator"].unit),
                    _short(each["since"]),
                    _places(each["communities"], names),
                )
                for each in told["late"]
            ),
        )
    ]


def _places(ids: list[int], names: Mapping[int, str]) -> str:
    if not ids:
        return "—"
    if len(ids) == len(names) > 1:
        return "全部社区"
    return "、".join(names[id].removesuffix("社区") for id in ids)


def _community(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        row["name"],
        f"{row['done']}/{row['of']}",
        str(row["behind"]),
        str(len(row["late"])),
        _short(row["since"]),
        "、".join(row["late"]) or "—",
    )


def _standardised(told: Mapping[str, Any], whose: str) -> str:
    """The target is the whole's, whatever part the paper is of."""
    cell, target = told["standardised"]
    n = cell and cell["n"]
    says = f"截至{day(told['as_of'])}，已公告的达标小区{n or 0:g}个"
    if target is None or target.number is None:
        return f"{says}；未设目标。"
    until = f"，期限{day(target.deadline)}" if target.deadline else ""
    return f"{says}，{whose}目标{_SIGNS[target.op]}{target.number.normalize():f}个{until}。"


def _target(target: Target | None, unit: str) -> str:
    if target is None or target.number is None:
        return "未设目标"
    until = f"，{_short(target.deadline)}前" if target.deadline else ""
    return f"{_SIGNS[target.op]}{said(target.number, unit)[0]}{until}"


def _figure(cell: Mapping[str, Any], unit: str) -> str:
    """So many of so many, of a rate with its share; what nobody told has none."""
    if cell["n"] is None:
        return "未填报"
    if cell["of"] is None:
        return f"{cell['n']:g}"
    share = f"（{cell['n'] / cell['of']:.1%}）" if unit == PERCENT and cell["of"] else ""
    return f"{cell['n']:g}/{cell['of']:g}{share}"


def _short(told: date | None) -> str:
    """With full stops: at a hyphen a narrow column would break it."""
    return f"{told:%Y.%m.%d}" if told else "—"


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
