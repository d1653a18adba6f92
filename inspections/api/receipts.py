"""上传对账单: what the server holds of what a tablet sent."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api.filters import Told
from inspections.api.pack.snapshot import digest, reading
from inspections.api.schema import problems
from inspections.api.serializers import ReceiptsOutput
from inspections.services import receipts
from inspections.services.receipts import Asked, Receipt
from people.api.authentication import person

MOST_ENTRIES = 500
_CURSOR = re.compile(r"r1\.([0-9a-f]{12})\.([0-9a-f]{12})\.(\d{1,18})")


class Receipts(APIView):
    @extend_schema(
        operation_id="receipts_get",
        tags=["receipts"],
        parameters=[
            OpenApiParameter("device", UUID, required=True, description=_("by the id it made")),
            OpenApiParameter("since", str, description=_("the cursor told last")),
            OpenApiParameter("after", str, description=_("of the next page; as told in `next`")),
            OpenApiParameter("cursor", str, description=_("of the first page; likewise")),
        ],
        responses={200: ReceiptsOutput, **problems(400, 401)},
    )
    def get(self, request: Request) -> HttpResponse:
        """One's own entries from one tablet: held, waiting for another entry, or refused.

        With `since`, those written since then, and those with photos still to come: some of them
        again, none left out, whenever they were committed. A cursor that is not known here, or
        was of another tablet, is answered with everything.
        """
        user, told = person(request), Told(request.query_params)
        device, after = _device(told), _after(told)
        told.nothing_else({"device", "since", "after", "cursor"})
        told.check()
        with reading() as now:
            own = _Horizon(now.database, digest(user.pk, device), receipts.oldest_running())
            since = own.since(told.text("since"))
            found = receipts.receipts(Asked(user, device, since, after), MOST_ENTRIES + 1)
        # The first page's: what is written while the others are read is told next time.
        first = told.text("cursor")
        cursor = first if after and _CURSOR.fullmatch(first) else str(own)
        page = found[:MOST_ENTRIES]
        query = {"device": str(device), "since": told.text("since"), "cursor": cursor}
        more = len(found) > len(page)
        body = {
            "cursor": cursor,
            "entries": [_told(each) for each in page],
            "next": _next(request, page[-1], query) if more else None,
        }
        return HttpResponse(
            orjson.dumps(body, option=orjson.OPT_UTC_Z), content_type="application/json"
        )


def _device(told: Told) -> UUID:
    try:
        return UUID(told.text("device"))
    except ValueError:
        told.wrong["device"] = _t("A UUID is needed.")
        return UUID(int=0)


def _after(told: Told) -> Any:
    text = told.text("after")
    if not text:
        return None
    at, _, id = text.partition("_")
    try:
        moment, last = parse_datetime(at), UUID(id)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        told.wrong["after"] = _t("As it was told in the address of the next page.")
        return None
    return moment, last


@dataclass(frozen=True, slots=True)
class _Horizon:
    """Up to where was read, of which database, and whose."""

    database: str
    whose: str
    first: int

    def __str__(self) -> str:
        return f"r1.{self.database}.{self.whose}.{self.first}"

    def since(self, text: str) -> int | None:
        """Where a cursor that was told before stands; None for one that tells nothing here."""
        known = _CURSOR.fullmatch(text)
        if known is None:
            return None
        database, whose, first = known.groups()
        fits = (database, whose) == (self.database, self.whose) and int(first) <= self.first
        return int(first) if fits else None


def _next(request: Request, last: Receipt, query: dict[str, str]) -> str:
    query["after"] = f"{last.received_at.isoformat()}_{last.id}"
    told = {name: each for name, each in query.items() if each}
    return request.build_absolute_uri(f"{request.path}?{urlencode(told)}")


def _told(receipt: Receipt) -> dict[str, Any]:
    """Of what is held, no reason."""
    fields = {name: getattr(receipt, name) for name in Receipt.__dataclass_fields__}
    return {name: each for name, each in fields.items() if each is not None or name == "number"}
