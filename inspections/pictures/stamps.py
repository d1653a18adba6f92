"""Time and place as a camera wrote them into its file."""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

_ISO6709 = re.compile(r"([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)")

Exif = Mapping[int, Any]


def exif_of(image: Image.Image) -> Image.Exif | None:
    """None where it can't be read: what a camera wrote wrongly says nothing."""
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001 whatever is wrong in it, the picture is what counts
        return None


def time_of(exif: Image.Exif | None) -> datetime | None:
    """As the camera's clock showed; of the office's time zone where it names none."""
    told = _part(exif, IFD.Exif)
    text = _text(told.get(Base.DateTimeOriginal) or told.get(Base.DateTimeDigitized))
    offset = _text(told.get(Base.OffsetTimeOriginal))
    try:
        at = datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 made aware below
    except ValueError:
        return None
    try:
        return datetime.fromisoformat(f"{at.isoformat()}{offset}") if offset else _here(at)
    except ValueError:
        return _here(at)


def place_of(exif: Image.Exif | None) -> tuple[float, float] | None:
    """Longitude, latitude. 0, 0 is what a camera writes that has no position."""
    told = _part(exif, IFD.GPSInfo)
    try:
        lat = _degrees(told[GPS.GPSLatitude], _text(told[GPS.GPSLatitudeRef]) == "S")
        lon = _degrees(told[GPS.GPSLongitude], _text(told[GPS.GPSLongitudeRef]) == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return _believed(lon, lat)


def video_time(told: Mapping[str, str]) -> datetime | None:
    text = told.get("com.apple.quicktime.creationdate") or told.get("creation_time") or ""
    try:
        at = datetime.fromisoformat(text.replace("+0800", "+08:00"))
    except ValueError:
        return None
    # Counted from 1904 or 1970: an empty field is a day of those.
    return at if at.year > 1990 and at.tzinfo else None


def video_place(told: Mapping[str, str]) -> tuple[float, float] | None:
    text = told.get("com.apple.quicktime.location.ISO6709") or told.get("location") or ""
    found = _ISO6709.match(text)
    return _believed(float(found[2]), float(found[1])) if found else None


def _believed(lon: float, lat: float) -> tuple[float, float] | None:
    """None for what is no place on earth."""
    if not (math.isfinite(lon) and math.isfinite(lat)) or abs(lon) > 180 or abs(lat) > 90:
        return None
    return None if lon == lat == 0 else (lon, lat)


def _degrees(parts: Any, negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    whole = degrees + minutes / 60 + seconds / 3600
    return -whole if negative else whole


def _part(exif: Image.Exif | None, part: IFD) -> Exif:
    try:
        return exif.get_ifd(part) if exif else {}
    except Exception:  # noqa: BLE001 as in exif_of
        return {}


def _text(value: Any) -> str:
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value or "")
    return text.strip("\0 ")


def _here(at: datetime) -> datetime | None:
    return timezone.make_aware(at)
