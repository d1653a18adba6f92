"""Places proposed from the field, and what became of them."""

from typing import Any

import orjson
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from geo import proposing
from inspections import policy
from inspections.api.filters import MOST_PAGE_SIZE, Told
from inspections.api.schema import problems
from inspections.models import Proposal, Standing
from people.api.authentication import person

_FILTERS = (
    OpenApiParameter("standing", str, many=True, enum=Standing.values),
    OpenApiParameter("mine", bool, description=_("one's own only")),
)


class ProposalOutput(Serializer[Any]):
    id = fields.UUIDField()
    layer = fields.ChoiceField(list(proposing.LAYERS))
    row = fields.IntegerField(help_text=_("its number in the register"))
    community = fields.IntegerField()
    estate = fields.IntegerField(allow_null=True)
    name = fields.CharField(allow_blank=True)
    code = fields.CharField(allow_blank=True)
    geometry = fields.JSONField(help_text=_("GeoJSON, as proposed"))
    said = fields.CharField(allow_blank=True, help_text=_("the sender's own note"))
    sender = fields.CharField()
    sender_name = fields.CharField()
    recorded_at = fields.DateTimeField()
    received_at = fields.DateTimeField()
    standing = fields.ChoiceField(Standing.choices)
    note = fields.CharField(allow_blank=True, help_text=_("the clerk's, to the sender"))
    decided_by_name = fields.CharField(allow_null=True)
    decided_at = fields.DateTimeField(allow_null=True)


class ProposalsOutput(Serializer[Any]):
    proposals = ProposalOutput(many=True)


class Proposals(APIView):
    @extend_schema(
        operation_id="proposals_list",
        tags=["proposals"],
        parameters=list(_FILTERS),
        responses={200: ProposalsOutput, **problems(400, 401)},
    )
    def get(self, request: Request) -> HttpResponse:
        """One's own, and what one's inspectors proposed, the latest first, a thousand at most."""
        user, told = person(request), Told(request.query_params)
        mine = Proposal.objects.filter(sender=user)
        if told.yes_or_no("mine"):
            rows = mine
        else:
            seen = Proposal.objects.visible_in(policy.scope_of_proposals(user))
            rows = Proposal.objects.filter(Q(pk__in=mine) | Q(pk__in=seen))
        rows = rows.among(standing=told.some_of("standing", Standing.values))
        told.nothing_else({each.name for each in _FILTERS})
        told.check()
        rows = rows.select_related("sender", "decided_by").order_by("-received_at", "pk")
        body = {"proposals": [_told(row) for row in rows[:MOST_PAGE_SIZE]]}
        return HttpResponse(
            orjson.dumps(body, option=orjson.OPT_UTC_Z), content_type="application/json"
        )


def _told(row: Proposal) -> dict[str, Any]:
    return {
        "id": row.pk,
        "layer": row.layer,
        "row": row.asset_id or row.estate_id,
        "community": row.community_id,
        "estate": row.estate_id,
        "name": row.content.get("name", ""),
        "code": row.content.get("code", ""),
        "geometry": row.content["geometry"],
        "said": row.content.get("note", ""),
        "sender": row.sender.username,
        "sender_name": str(row.sender),
        "recorded_at": row.recorded_at,
        "received_at": row.received_at,
        "standing": row.standing,
        "note": row.note,
        "decided_by_name": str(row.decided_by) if row.decided_by else None,
        "decided_at": row.decided_at,
    }
