"""How answers are written: JSON, with a tag where they are asked for again."""

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from rest_framework.request import Request

from inspections.api import fresh
from people.api.authentication import person
from planning import services

# Another release may tell the same rows in another way.
_MADE_BY = blake2b(
    b"".join(
        each.read_bytes()
        for folder in (Path(__file__).parent, Path(str(services.__file__)).parent)
        for each in sorted(folder.rglob("*.py"))
    )
).hexdigest()


def as_json(told: Any, status: int = 200) -> HttpResponse:
    reply = HttpResponse(
        orjson.dumps(told, option=orjson.OPT_UTC_Z), content_type="application/json", status=status
    )
    reply["Cache-Control"] = "private, no-cache"
    return reply


def unless_had(request: Request, versions: object, make: Callable[[], Any]) -> HttpResponseBase:
    """304 where the asker has what is told of rows in these versions."""
    user = person(request)
    tag = fresh.tag_of(
        user.scope, (), _MADE_BY, user.pk, sorted(user.roles), get_language(), versions
    )
    return fresh.unless_had(request._request, tag, lambda: as_json(make()))
