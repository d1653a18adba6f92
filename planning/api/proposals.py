"""Proposals: drawn, changed by several people at once, taken out and put back."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api import bodies
from inspections.api.schema import problems
from people.api.authentication import person
from people.models import User
from planning.api import told
from planning.api.answers import as_json, unless_had
from planning.api.serializers import (
    EditsOutput,
    ProposalChange,
    ProposedSiteInput,
    Seen,
    WholeProposal,
)
from planning.errors import ProposalNotFound
from planning.models import Proposal
from planning.services import life, proposals

_TAGS = ["planning"]
_ROW = ("plan", "by", "community", "estate", "vacant_space", "site")


class OneProposal(APIView):
    @extend_schema(
        operation_id="planned_site_get",
        tags=_TAGS,
        responses={200: WholeProposal, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponseBase:
        """The proposal with its life and documents, and what this person may do with it now."""
        user = person(request)
        row = seen_proposal(user, id)
        versions = (
            *(row.pk, row.version, row.community_id, row.estate_id, row.plan.version),
            row.documents.count(),
        )
        return unless_had(request, versions, lambda: told.whole(row, user))

    @extend_schema(
        operation_id="planned_site_put",
        tags=_TAGS,
        request=ProposedSiteInput,
        responses={
            200: WholeProposal,
            201: WholeProposal,
            **problems(400, 401, 403, 404, 409, 411, 413, 422),
        },
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Draw a site in a plan, by the id that its maker gives it. 201 when this sending made it;
        200 when an equal one had. 422 `excluded_area` where nothing may be drawn."""
        user = person(request)
        row, new = proposals.draw(id=id, body=bodies.whole(request._request), by=user)
        return _answer(row.pk, user, 201 if new else 200)

    @extend_schema(
        operation_id="planned_site_patch",
        tags=_TAGS,
        request=ProposalChange,
        responses={200: WholeProposal, **problems(400, 401, 403, 404, 409, 422)},
    )
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change fields. What others changed since the version that was seen is merged.

        409 `changed_meanwhile` where somebody else changed the same: nothing is changed then,
        `details` tells `yours`, `theirs` and the `version`, and yours is kept in the history. A
        footprint is one thing: geom, outline, anchor and rotation_deg.
        """
        user = person(request)
        row = seen_proposal(user, id)
        body = bodies.whole(request._request)
        return _answer(proposals.change(proposal=row, body=body, by=user).pk, user)

    @extend_schema(
        operation_id="planned_site_delete",
        tags=_TAGS,
        request=Seen,
        responses={200: WholeProposal, **problems(400, 401, 403, 404, 409)},
    )
    def delete(self, request: Request, id: UUID) -> HttpResponse:
        """Take it out of the plan, while it is only drawn. It is kept, and can be put back."""
        user = person(request)
        row = seen_proposal(user, id)
        with told.as_it_stands(row.pk):
            life.take_out(proposal=row, body=bodies.whole(request._request), by=user)
        return _answer(row.pk, user)


class Restore(APIView):
    @extend_schema(
        operation_id="planned_site_restore",
        tags=_TAGS,
        request=Seen,
        responses={200: WholeProposal, **problems(400, 401, 403, 404, 409)},
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Put back what was taken out or withdrawn."""
        user = person(request)
        row = seen_proposal(user, id)
        with told.as_it_stands(row.pk):
            life.put_back(proposal=row, body=bodies.whole(request._request), by=user)
        return _answer(row.pk, user)


class Edits(APIView):
    @extend_schema(
        operation_id="planned_site_edits",
        tags=_TAGS,
        responses={200: EditsOutput, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Every change, the newest first; and what lost to another's, set aside."""
        rows = seen_proposal(person(request), id).edits.select_related("by")
        return as_json({"edits": [told.edit(each) for each in rows]})


def seen_proposal(user: User, id: UUID) -> Proposal:
    """Raises ProposalNotFound."""
    row = Proposal.objects.visible_to(user).select_related(*_ROW).filter(pk=id).first()
    if row is None:
        raise ProposalNotFound
    return row


def _answer(id: UUID, user: User, status: int = 200) -> HttpResponse:
    return as_json(told.whole(seen_proposal(user, id), user), status)
