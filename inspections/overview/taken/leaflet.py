"""Leaflet as text, to stand inside a file: from the browser's modules that this release serves."""

import json
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from django.conf import settings

_PICTURE = re.compile(r"url\((images/[a-z0-9-]+\.png)\)")
# A browser's tools would ask for it beside the file.
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S+\s*$")


def _folder() -> Path:
    return Path(settings.STATIC_DIR) / "vendor" / "leaflet"


@cache
def script() -> str:
    return _SOURCE_MAP.sub("\n", (_folder() / "leaflet.js").read_text("utf-8"))


@cache
def style() -> str:
    """With its pictures in it."""

    def inside(told: re.Match[str]) -> str:
        picture = (_folder() / told[1]).read_bytes()
        return f"url(data:image/png;base64,{b64encode(picture).decode()})"

    return _PICTURE.sub(inside, (_folder() / "leaflet.css").read_text("utf-8"))


@cache
def version() -> str:
    told = json.loads((_folder().parent / "versions.json").read_text("utf-8"))
    return str(told["leaflet"]["version"])
