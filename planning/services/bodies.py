"""What was sent, with what was said to be nothing."""

import json
from hashlib import sha256
from typing import Any

from inspections.services import content


def members(body: bytes) -> dict[str, Any]:
    """The object in `body`, numbers in their canonical form. Unlike of a record, null says
    something: that a field is not known. Raises BodyUnreadable."""
    told, _canonical = content.read(body)
    return {name: told.get(name) for name in json.loads(body)}


def digest(told: dict[str, Any]) -> str:
    """Equal for equal content, however it is written."""
    return sha256(content.canonical(told)).hexdigest()
