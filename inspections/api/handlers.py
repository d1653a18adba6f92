"""To whom a case can be given, and who can approve that it is put aside."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from geo.models import PropertyCompany
from inspections.api.filters import Told
from inspections.api.schema import problems
from inspections.models import Handler
from people import policy
from people.api.authentication import person
from people.models import Membership, Role, Unit, User

_COMMUNITY = OpenApiParameter("community", int, description=_("of the case; its officers are told"))


class PersonOutput(Serializer[Any]):
    username = fields.CharField()
    name = fields.CharField()


class HandlerOutput(Serializer[Any]):
    kind = fields.ChoiceField(Handler.choices)
    id = fields.IntegerField(allow_null=True, help_text=_("null: the community's own"))
    name = fields.CharField()
    people = PersonOutput(many=True)


class HandlersOutput(Serializer[Any]):
    handlers = HandlerOutput(many=True)
    approvers = PersonOutput(many=True)


class Handlers(APIView):
    @extend_schema(
        operation_id="handlers_list",
        tags=["cases"],
        parameters=[_COMMUNITY],
        responses={200: HandlersOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> Response:
        """For who dispatches: the community's group, units and companies, each with its people;
        and leaders and other supervisors."""
        user, told = person(request), Told(request.query_params)
        communities = told.numbers("community")
        told.nothing_else({"community"})
        told.check()
        if not policy.may_dispatch_somewhere(user):
            raise PermissionDenied
        held = list(
            Membership.objects.in_force()
            .filter(user__is_active=True)
            .filter(Q(community=None) | Q(community__in=communities))
            .select_related("user")
            .order_by("user__name", "user__username")
        )
        companies = PropertyCompany.objects.filter(retired_at=None)
        handlers = [
            _handler(
                Handler.COMMUNITY,
                None,
                str(Handler.COMMUNITY.label),
                (each for each in held if each.role == Role.OFFICER),
            ),
            *(
                _handler(
                    Handler.UNIT, unit.pk, unit.name, (e for e in held if e.unit_id == unit.pk)
                )
                for unit in Unit.objects.all()
            ),
            *(
                _handler(
                    Handler.COMPANY,
                    company.pk,
                    company.name,
                    (e for e in held if e.company_id == company.pk),
                )
                for company in companies
            ),
        ]
        approving = (e for e in held if e.role in {Role.LEADER, Role.SUPERVISOR})
        approvers = _people(each for each in approving if each.user_id != user.pk)
        return Response({"handlers": handlers, "approvers": approvers})


def _handler(
    kind: Handler, id: int | None, name: str, held: Iterable[Membership]
) -> dict[str, Any]:
    return {"kind": kind.value, "id": id, "name": name, "people": _people(held)}


def _people(held: Iterable[Membership]) -> list[dict[str, str]]:
    """Everyone once."""
    people: dict[int, User] = {each.user_id: each.user for each in held}
    return [{"username": each.username, "name": str(each)} for each in people.values()]
