"""What lies around: what the browser judges by, within its reader's scope."""

from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from geo.scope import Scope
from inspections.api import fresh
from inspections.api.filters import Told
from inspections.api.schema import problems
from people.api.remembered import Remembered
from people.policy import may_keep_register
from planning.api.rules import reader
from planning.services import around

# Some three kilometres: more than an estate, less than a town.
MOST_DEGREES = 0.03
# Another release may tell the same rows in another way.
_MADE_BY = blake2b(
    b"".join(Path(str(each)).read_bytes() for each in (__file__, around.__file__))
).hexdigest()

_BOX = OpenApiParameter(
    "in_bbox",
    str,
    required=True,
    description=f"west,south,east,north; WGS-84, at most {MOST_DEGREES} degrees each way",
)


class Around(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="planning_around",
        tags=["planning"],
        parameters=[_BOX],
        responses={200: OpenApiTypes.OBJECT, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Layers as GeoJSON, and which are known to be complete in which estate; with an ETag.

        Excluded areas are null for all but those who keep the register: the others are told of a
        site that it lies on one, and no more.
        """
        user = reader(request)
        box = _box(Told(request.query_params))
        excluded = may_keep_register(user)
        asked = ("around", _MADE_BY, box, excluded)
        tag = fresh.tag_of(user.scope, around.WRITTEN, *asked)
        make = partial(_body, box, user.scope, excluded, tag)
        return fresh.answer(request, tag, "application/json", make)


def _box(told: Told) -> around.Box:
    """Raises FilterInvalid."""
    box = told.box()
    told.nothing_else({"in_bbox"})
    if box is None:
        told.wrong.setdefault("in_bbox", _("Four numbers: west,south,east,north."))
    elif max(box[2] - box[0], box[3] - box[1]) > MOST_DEGREES:
        told.wrong["in_bbox"] = _("At most %s degrees each way.") % MOST_DEGREES
    told.check()
    return box or (0, 0, 0, 0)


def _body(box: around.Box, scope: Scope, excluded: bool, tag: str) -> bytes:
    body: dict[str, Any] = {"version": tag.removeprefix('W/"').removesuffix('"')}
    body |= around.told_around(box, scope, excluded=excluded)
    return orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
