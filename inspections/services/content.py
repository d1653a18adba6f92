"""The canonical form of what was sent: equal content has equal form, and so an equal hash."""

import json
import math
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any, NoReturn

import orjson

from inspections.errors import BodyUnreadable

# Beyond this a double no longer tells one whole number from the next.
_WHOLE = 2**53


def read(body: bytes) -> tuple[dict[str, Any], bytes]:
    """The object in `body`, and its canonical form. Raises BodyUnreadable.

    Members that are null are left out, the others sorted; a number is what its double is, 4.0 as
    4 and -0 as 0; `recorded_at`, where it can be read, is an instant in UTC; `supersedes` is in
    small letters.
    """
    try:
        sent = _decoder.decode(body.decode())
        if not isinstance(sent, dict):
            raise BodyUnreadable
        # The database can't hold a NUL, and nobody types one.
        if b"\\u0000" in body and "\0" in _strings(sent):
            raise BodyUnreadable
    except (ValueError, RecursionError) as e:
        raise BodyUnreadable from e
    content = {name: value for name, value in sent.items() if value is not None}
    at = instant(content.get("recorded_at"))
    if at is not None:
        content["recorded_at"] = _told(at)
    if isinstance(content.get("supersedes"), str):
        content["supersedes"] = content["supersedes"].lower()
    return content, canonical(content)


def canonical(content: dict[str, Any]) -> bytes:
    """Of content that `read` would leave as it is. Raises BodyUnreadable."""
    try:
        return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except TypeError as e:  # half a character, or too deep
        raise BodyUnreadable from e


def instant(told: object) -> datetime | None:
    """A moment in UTC, of a text such as 2024-11-30T09:30:00+08:00; None without an offset."""
    try:
        moment = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        return None
    # The first and the last year have no room for another time zone's days.
    if moment is None or moment.tzinfo is None or not MINYEAR < moment.year < MAXYEAR:
        return None
    return moment.astimezone(UTC)


def _told(moment: datetime) -> str:
    text = moment.replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if moment.microsecond else text) + "Z"


def _number(written: str) -> float:
    double = float(written)
    if not math.isfinite(double):
        raise ValueError(written)
    return int(double) if abs(double) <= _WHOLE and double.is_integer() else double


def _no_number(written: str) -> NoReturn:
    raise ValueError(written)


def _strings(value: Any) -> str:
    """Every text in it, one after the other."""
    if isinstance(value, dict):
        return "".join(name + _strings(each) for name, each in value.items())
    if isinstance(value, list):
        return "".join(map(_strings, value))
    return value if isinstance(value, str) else ""


_decoder = json.JSONDecoder(parse_float=_number, parse_int=_number, parse_constant=_no_number)
