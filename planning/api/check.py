"""The server's judgement of a site."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections.api.schema import problems
from people.models import User
from planning.api.rules import reader
from planning.checking import Force, Measure, Outcome, Site
from planning.errors import ProposalInvalid
from planning.models import Plan, Proposal
from planning.services import ground
from planning.services.bodies import members
from planning.services.checking import check_site, site_from, site_of
from planning.services.fields import FIELDS, Reading, read

_BESIDE = {"plan", "proposal"}


class CheckInput(Serializer[Any]):
    """Only told, never used to read: every fault is named at once."""

    geom = fields.DictField(required=False, help_text=_("the footprint: a GeoJSON Polygon"))
    estate = fields.IntegerField(
        required=False, allow_null=True, help_text=_("without it, that in which the middle lies")
    )
    plan = fields.UUIDField(required=False)
    proposal = fields.UUIDField(
        required=False, help_text=_("as it is stored, but for what else is told")
    )


class VerdictOutput(Serializer[Any]):
    code = fields.CharField()
    measure = fields.ChoiceField(choices=[each.value for each in Measure])
    force = fields.ChoiceField(choices=[each.value for each in Force])
    verdict = fields.ChoiceField(choices=[each.value for each in Outcome])
    value = fields.FloatField(allow_null=True)
    limit = fields.FloatField(allow_null=True)
    unit = fields.CharField(allow_blank=True)
    zh = fields.CharField()
    en = fields.CharField()
    why_zh = fields.CharField(allow_null=True)
    why_en = fields.CharField(allow_null=True)
    source_zh = fields.CharField(allow_blank=True)
    source_en = fields.CharField(allow_blank=True)
    source_on = fields.DateField(allow_null=True)
    sure = fields.ChoiceField(choices=["V", "S", "P", "M"])
    decides = fields.DictField(allow_null=True, help_text=_("GeoJSON, WGS-84"))


class CheckOutput(Serializer[Any]):
    version = fields.CharField(help_text=_("of the rules"))
    data_version = fields.CharField()
    at = fields.DateTimeField()
    verdicts = VerdictOutput(many=True)
    worst = fields.CharField(help_text=_("the gravest force of a breach, or else cant_tell, or ok"))


class Check(APIView):
    @extend_schema(
        operation_id="planning_check",
        tags=["planning"],
        request={"application/json": CheckInput},
        responses={200: CheckOutput, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request) -> Response:
        """Every rule that is on, with value, limit, verdict and the shape that decides it. Nothing
        is stored."""
        user = reader(request)
        sent = Reading(content=members(request.body), by=user)
        proposal = _named(sent, "proposal", Proposal.objects.visible_to(user), user)
        _named(sent, "plan", Plan.objects.visible_to(user), user)
        site = _site(sent, proposal, user)
        return Response(check_site(site, by=user))


def _named(sent: Reading, name: str, rows: Any, by: User) -> Any:
    told = sent.content.get(name)
    if told is None:
        return None
    try:
        return get_object_or_404(rows, pk=UUID(str(told)))
    except ValueError as e:
        raise Http404 from e


def _site(sent: Reading, proposal: Proposal | None, by: User) -> Site:
    """Raises ProposalInvalid."""
    sent.nothing_else(FIELDS.keys() | _BESIDE)
    values = read(sent)
    if proposal is None and values.get("geom") is None:
        sent.wrong.setdefault("geom", _t("This is needed."))
    if sent.wrong:
        raise ProposalInvalid(fields=sent.wrong)
    if proposal is not None:
        return site_of(proposal, **values)
    estate = values["estate"] if "estate" in values else ground.estate_at(values["geom"], by)
    return site_from(values, estate)
