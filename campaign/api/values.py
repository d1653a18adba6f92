"""What was measured: entered once, and every one that ever was."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from campaign.api import told as rows_told
from campaign.api.asking import AS_OF, PROGRAMME, as_json, as_of, office
from campaign.api.serializers import EnteredValueInput, EnteredValueOutput, EnteredValuesOutput
from campaign.models import Value
from campaign.services.entering import enter_value
from inspections.api import bodies
from inspections.api.filters import MOST_PAGE_SIZE, Told
from inspections.api.schema import problems
from people.api.authentication import person

_PAGE_SIZE = 100
_MOST_PAGE = 10**9
_NUMBERS = ("indicator", "community", "estate", "company")
INDICATOR = OpenApiParameter("indicator", int, many=True)
PLACES = tuple(OpenApiParameter(name, int, many=True) for name in _NUMBERS[1:])
COUNTS = OpenApiParameter("counts", bool, description=_t("those that count on the day, or others"))
PAGING = (
    OpenApiParameter("page", int, description="from 1"),
    OpenApiParameter("page_size", int, default=_PAGE_SIZE),
)


class Values(APIView):
    @extend_schema(
        operation_id="campaign_values_list",
        tags=["campaign"],
        parameters=[PROGRAMME, INDICATOR, *PLACES, COUNTS, AS_OF, *PAGING],
        responses={200: EnteredValuesOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Every value measured up to the day, newest first: those that count, and those that were
        followed by another."""
        user = office(request)
        told = Told(request.query_params)
        day = as_of(told)
        wanted = {name: told.numbers(name) for name in _NUMBERS}
        programmes = told.texts("programme")
        counting = told.yes_or_no("counts")
        page = told.number("page", 1, _MOST_PAGE)
        size = told.number("page_size", _PAGE_SIZE, MOST_PAGE_SIZE)
        told.nothing_else({*_NUMBERS, "programme", "counts", "as_of", "page", "page_size"})
        told.check()
        rows = Value.objects.visible_to(user).measured_by(day).among(**wanted)
        rows = rows.among(indicator__action__programme__code=programmes)
        newest = rows.counting_on(day).values("pk")
        if counting is not None:
            rows = rows.filter(pk__in=newest) if counting else rows.exclude(pk__in=newest)
        begin = (page - 1) * size
        shown = rows.select_related(
            "indicator", "community", "estate", "company", "by", "attachment__by"
        )
        listed = list(shown.order_by("-measured_on", "-at", "pk")[begin : begin + size])
        holding = set(
            Value.objects.filter(pk__in=[row.pk for row in listed])
            .filter(pk__in=newest)
            .values_list("pk", flat=True)
        )
        return as_json(
            {
                "as_of": day,
                "count": rows.count(),
                "values": [rows_told.value(row, counts=row.pk in holding) for row in listed],
            }
        )


class OneValue(APIView):
    @extend_schema(
        operation_id="campaign_value_put",
        tags=["campaign"],
        request=EnteredValueInput,
        responses={
            200: EnteredValueOutput,
            201: EnteredValueOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Enter a value by the id that its maker gives it. 201 when this sending wrote it; 200 when
        an equal one had. It is never changed: what is better known later is entered beside it."""
        user = person(request)
        row, new = enter_value(id=id, body=bodies.whole(request._request), by=user)
        newest = Value.objects.beside(row).counting_on(timezone.localdate()).get()
        return as_json(rows_told.value(row, counts=newest == row), 201 if new else 200)
