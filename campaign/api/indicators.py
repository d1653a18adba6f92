"""What is asked, with the target that held on a day."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from campaign.api import told as rows_told
from campaign.api.asking import ACTION, AS_OF, PROGRAMME, as_json, as_of, office
from campaign.api.serializers import IndicatorsOutput
from campaign.models import Indicator
from campaign.standing import Level
from inspections.api.filters import Told
from inspections.api.schema import problems

_LEVELS = [each.value for each in Level]
LEVEL = OpenApiParameter(
    "level", str, many=True, enum=_LEVELS, description=_t("of whom it is asked")
)


class Indicators(APIView):
    @extend_schema(
        operation_id="campaign_indicators_list",
        tags=["campaign"],
        parameters=[PROGRAMME, ACTION, LEVEL, AS_OF],
        responses={200: IndicatorsOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Every indicator that was asked on the day, in the order of the notice."""
        office(request)
        told = Told(request.query_params)
        day = as_of(told)
        wanted = {
            "action__programme__code": told.texts("programme"),
            "action__code": told.texts("action"),
            "level": told.some_of("level", _LEVELS),
        }
        told.nothing_else({"programme", "action", "level", "as_of"})
        told.check()
        rows = Indicator.objects.asked_on(day).among(**wanted)
        return as_json({"as_of": day, "indicators": rows_told.indicators(rows, day)})
