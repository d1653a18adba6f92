"""What the columns of a list of complaints are called, and what their cells mean."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from geo.files.columns import BadCell, header, is_blank, number_of, plain_text
from inspections.models import Channel
from inspections.models.findings import SEVERITIES

_YES = {"1", "true", "yes", "y", "是", "有", "要", "√", "对", "需要"}
_NO = {"0", "false", "no", "n", "否", "无", "不", "不要", "×", "不需要"}
# Beside what each is called in either language.
_CHANNELS = {
    "visit": ("来访", "上门", "现场"),
    "phone": ("电话", "来电"),
    "letter": ("来信", "信件", "书信"),
    "miniapp": ("小程序", "晋江网格服务", "网格"),
    "hotline": ("热线", "12345", "便民服务"),
    "other": ("其他", "其它"),
}
_SEVERE = {1: ("紧急", "1级", "一级"), 2: ("严重", "2级", "二级"), 3: ("一般", "3级", "三级")}
_TIME = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]*(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::?(\d{1,2})秒?)?(?:\.\d+)?)?"
)


def _time(cell: Any) -> str:
    """In the office's own time; of a day without an hour, its beginning."""
    text = unicodedata.normalize("NFKC", plain_text(cell))
    found = _TIME.fullmatch(text)
    try:
        parts = [int(part or 0) for part in found.groups()] if found else []
        moment = timezone.make_aware(datetime(*parts)) if parts else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        moment = None
    if moment is None:
        raise BadCell(_("must be a time such as 2024-11-30 16:30"))
    return moment.isoformat()


def _one_of(words: Mapping[str, Any], named: Sequence[tuple[Any, Any]]) -> Callable[[Any], Any]:
    """`named`: as they are told where another word stands there."""

    def read(cell: Any) -> Any:
        word = header(plain_text(cell))
        if word not in words:
            told = ", ".join(str(label) for _value, label in named)
            raise BadCell(_("must be one of %s") % told)
        return words[word]

    return read


def _channels() -> dict[str, str]:
    words = {header(word): name for name, more in _CHANNELS.items() for word in more}
    for language in ("en", "zh-hans"):
        with override(language):
            words |= {header(str(label)): str(value) for value, label in Channel.choices}
    return words | {name: name for name in Channel.values}


def _severities() -> dict[str, int]:
    words = {header(word): value for value, more in _SEVERE.items() for word in more}
    for language in ("en", "zh-hans"):
        with override(language):
            words |= {header(str(label)): value for value, label in SEVERITIES}
    return words | {str(value): value for value, _label in SEVERITIES}


def _yes_or_no(cell: Any) -> bool:
    word = unicodedata.normalize("NFKC", plain_text(cell)).casefold()
    if word not in _YES | _NO:
        raise BadCell(_("must be yes or no (是 or 否)"))
    return word in _YES


def _whole(cell: Any) -> int:
    number = number_of(cell)
    if not number.is_integer():
        raise BadCell(_("is not a whole number"))
    return int(number)


@dataclass(frozen=True, slots=True)
class Column:
    field: str
    names: tuple[str, ...]
    read: Callable[[Any], Any] = plain_text


# The first name is what the office's own sheet calls it.
COLUMNS = (
    Column(
        "channel",
        ("来源", "渠道", "受理渠道", "来件渠道", "投诉渠道"),
        _one_of(_channels(), Channel.choices),
    ),
    Column("outside_number", ("编号", "工单号", "工单编号", "外部编号", "受理编号", "投诉编号")),
    Column("title", ("事由", "标题", "主题", "事项")),
    Column("text", ("内容", "投诉内容", "诉求内容", "反映内容", "诉求", "问题描述")),
    Column("community", ("社区", "所属社区", "所在社区")),
    Column("estate", ("小区", "小区名称", "所在小区")),
    Column("place_told", ("地点", "地址描述", "事发地点", "位置")),
    Column("received_at", ("受理时间", "来件时间", "投诉时间", "登记时间", "时间", "日期"), _time),
    Column("severity", ("严重程度", "程度", "级别"), _one_of(_severities(), SEVERITIES)),
    Column("simple", ("简单", "是否简单", "即查即处"), _yes_or_no),
    Column("name", ("姓名", "投诉人", "反映人", "诉求人", "投诉人姓名", "联系人")),
    Column("phone", ("电话", "联系电话", "手机", "手机号", "联系方式")),
    Column("address", ("住址", "联系地址", "投诉人地址")),
    Column("wants_reply", ("要求回复", "是否回复", "需要回复"), _yes_or_no),
    Column("case", ("案卷号", "并入案卷", "并入案卷号"), _whole),
)
_BY_NAME = {header(name): column for column in COLUMNS for name in (column.field, *column.names)}


def knows(name: str) -> bool:
    return header(name) in _BY_NAME


def mapped(columns: Sequence[str]) -> tuple[dict[str, tuple[int, Column]], list[str]]:
    """Where each field stands, and the columns that mean nothing here."""
    at: dict[str, tuple[int, Column]] = {}
    unused = []
    for index, name in enumerate(columns):
        column = _BY_NAME.get(header(name))
        if column and column.field not in at:
            at[column.field] = index, column
        elif name:
            unused.append(name)
    return at, unused


def cells_of(
    row: Sequence[Any], at: Mapping[str, tuple[int, Column]], titles: Sequence[str]
) -> tuple[dict[str, Any], list[str]]:
    """What the cells of a row say, and what is wrong with them; a blank one says nothing."""
    said: dict[str, Any] = {}
    wrong: list[str] = []
    for field, (index, column) in at.items():
        if is_blank(row[index]):
            continue
        try:
            said[field] = column.read(row[index])
        except BadCell as e:
            told = {"column": titles[index], "cell": str(row[index])[:60], "why": e}
            wrong.append(_("%(column)s “%(cell)s”: %(why)s.") % told)
    return said, wrong
