"""Steps in the life of a proposal."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api import bodies
from inspections.api.schema import problems
from people.api.authentication import person
from planning.api import told
from planning.api.answers import as_json
from planning.api.proposals import seen_proposal
from planning.api.serializers import StepInput, StepsOutput
from planning.services import life


class OneStep(APIView):
    @extend_schema(
        operation_id="planned_site_step_put",
        tags=["planning"],
        request=StepInput,
        responses={
            200: StepsOutput,
            201: StepsOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, proposal: UUID, id: UUID) -> HttpResponse:
        """Take a step, by the id that its maker gives it. 201 when this sending took it; 200 when
        an equal one had. 409 `moved_on` where the site is no longer what was seen: `details`
        tells the `proposal` as it stands.
        """
        user = person(request)
        row = seen_proposal(user, proposal)
        with told.as_it_stands(row.pk):
            step, new = life.take_step(
                id=id, proposal=row, body=bodies.whole(request._request), by=user
            )
        whole = told.whole(seen_proposal(user, proposal), user)
        return as_json({"proposal": whole, "step": told.step_told(step, user)}, 201 if new else 200)
