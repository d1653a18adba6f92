"""One enrolled estate: its card, and what happens to it."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from campaign import policy
from campaign.api.asking import AS_OF, as_json, as_of
from campaign.api.creation import told as rows_told
from campaign.api.creation.asking import concerned
from campaign.api.creation.serializers import (
    CreationCardOutput,
    DeclaredVetoOutput,
    EnrolledOutput,
    EnrolmentInput,
    LiftedVetoOutput,
    LiftingInput,
    SheetAnswersOutput,
    SheetInput,
    SheetTakenOutput,
    StageAnswerOutput,
    StageInput,
    VetoInput,
)
from campaign.errors import EnrolmentNotFound, SheetNotFound
from campaign.models import Enrolment, Sheet
from campaign.reports.creation import card
from campaign.services.creation.asked import lead_units
from campaign.services.creation.enrolling import enrol
from campaign.services.creation.filling import SHEET
from campaign.services.creation.moving import reach
from campaign.services.creation.vetoing import declare, lift
from inspections.api import bodies
from inspections.api.entries import take_one
from inspections.api.filters import Told
from inspections.api.schema import problems
from people.api.authentication import person


class CreationCard(APIView):
    @extend_schema(
        operation_id="campaign_creation_card",
        tags=["campaign"],
        parameters=[AS_OF],
        responses={200: CreationCardOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Score by item and why, vetoes, what is missing, stages and where it may go from here,
        sheets, and every day on which the score, the vetoes or the stage changed. A past day has
        nothing of later. Of one that was taken off the list as well; nothing is missing there."""
        user = concerned(request)
        told = Told(request.query_params)
        day = as_of(told)
        told.nothing_else({"as_of"})
        told.check()
        rows = Enrolment.objects.visible_to(user).ever_listed_by(day)
        rows = rows.select_related("programme", "estate__community", "estate__company", "by")
        row = rows.filter(pk=id).first()
        if row is None:
            raise EnrolmentNotFound
        estate = row.estate
        forms = policy.forms_of(user, estate.community_id, estate.company_id)
        keeps = policy.may_keep_creation(user, lead_units(row.programme_id))
        made = card(row, day)
        rights = {"move": keeps, "forms": forms}
        declarable = rows_told.declarable(made) if keeps else []
        told_of_it = rows_told.card(made) | {"rights": rights, "declarable": declarable}
        return as_json({"as_of": day, **told_of_it})

    @extend_schema(
        operation_id="campaign_creation_put",
        tags=["campaign"],
        request=EnrolmentInput,
        responses={
            200: EnrolledOutput,
            201: EnrolledOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Put an estate with a property company on the list of a programme, by an id that the
        sender gives it: 201, or 200 for the same again."""
        user = person(request)
        row, new = enrol(id=id, body=bodies.whole(request._request), by=user)
        return as_json(
            {
                "id": str(row.pk),
                "programme": row.programme.code,
                "estate": row.estate_id,
                "person": row.person,
                "enrolled_on": row.enrolled_on,
            },
            201 if new else 200,
        )


class CreationStage(APIView):
    @extend_schema(
        operation_id="campaign_creation_stage_put",
        tags=["campaign"],
        request=StageInput,
        responses={
            200: StageAnswerOutput,
            201: StageAnswerOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, id: UUID, move: UUID) -> HttpResponse:
        """A stage was reached, on a day. `stage_not_allowed` tells where it may go,
        `stage_lacks` what is lacking as of that day. Nothing of it is changed later."""
        user = person(request)
        row, new = reach(enrolment=id, id=move, body=bodies.whole(request._request), by=user)
        told = rows_told.move(row) | {"enrolment": str(row.enrolment_id)}
        return as_json(told, 201 if new else 200)


class CreationVeto(APIView):
    @extend_schema(
        operation_id="campaign_creation_veto_put",
        tags=["campaign"],
        request=VetoInput,
        responses={
            200: DeclaredVetoOutput,
            201: DeclaredVetoOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, id: UUID, veto: UUID) -> HttpResponse:
        """Declare what no inspection tells: a fire, false records."""
        user = person(request)
        row, new = declare(enrolment=id, id=veto, body=bodies.whole(request._request), by=user)
        return as_json(rows_told.declared(row), 201 if new else 200)


class CreationVetoLifted(APIView):
    @extend_schema(
        operation_id="campaign_creation_veto_lift",
        tags=["campaign"],
        request=LiftingInput,
        responses={
            200: LiftedVetoOutput,
            201: LiftedVetoOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, id: UUID, veto: UUID) -> HttpResponse:
        """A declared veto holds no more from that day on. Once, and for good."""
        user = person(request)
        row, new = lift(enrolment=id, veto=veto, body=bodies.whole(request._request), by=user)
        told = {"id": str(row.veto_id), "on": row.on, "note": row.note}
        return as_json(told, 201 if new else 200)


class OneSheet(APIView):
    @extend_schema(
        operation_id="campaign_sheet_get",
        tags=["campaign"],
        responses={200: SheetAnswersOutput, **problems(401, 403, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """A sheet with its answers, as it was filled in."""
        rows = Sheet.objects.visible_to(concerned(request)).select_related("standard", "sender")
        row = rows.filter(pk=id).first()
        if row is None:
            raise SheetNotFound
        told = rows_told.sheet(row) | {"enrolment": str(row.enrolment_id), "answers": row.answers}
        return as_json(told)

    @extend_schema(
        operation_id="campaign_sheet_put",
        tags=["campaign"],
        request=SheetInput,
        responses={
            200: SheetTakenOutput,
            201: SheetTakenOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """A self-assessment, a review or a re-check, as an entry of a tablet: held once by the id
        that its maker gave it, and kept where it is refused."""
        taken = take_one(request, id, SHEET)
        return as_json(taken.recorded, 201 if taken.now else 200)
