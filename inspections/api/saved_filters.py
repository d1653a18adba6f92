"""Views of the list of cases that people keep, and those that colleagues share."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections.api.schema import problems
from inspections.models import SavedFilter
from inspections.services.saved_filters import drop_filter, save_filter
from people import policy
from people.api.authentication import person
from people.models import User


class SavedFilterInput(Serializer[Any]):
    """Only told, never used to read: `save_filter` names every fault at once."""

    name = fields.CharField(max_length=60)
    query = fields.CharField(
        allow_blank=True, max_length=2000, help_text=_("what stands in the address after ?")
    )
    shared = fields.BooleanField(required=False, help_text=_("colleagues see it too"))


class SavedFilterOutput(Serializer[Any]):
    id = fields.IntegerField()
    name = fields.CharField()
    query = fields.CharField(allow_blank=True)
    shared = fields.BooleanField()
    mine = fields.BooleanField()
    owner_name = fields.CharField()


class SavedFiltersOutput(Serializer[Any]):
    filters = SavedFilterOutput(many=True)


class SavedFilters(APIView):
    @extend_schema(
        operation_id="saved_filters_list",
        tags=["cases"],
        responses={200: SavedFiltersOutput, **problems(401, 403)},
    )
    def get(self, request: Request) -> Response:
        """One's own, then those that colleagues share."""
        user = _reader(request)
        rows = SavedFilter.objects.filter(Q(user=user) | Q(shared=True)).select_related("user")
        told = [_told(row, user) for row in rows]
        return Response({"filters": sorted(told, key=lambda each: not each["mine"])})

    @extend_schema(
        operation_id="saved_filter_put",
        tags=["cases"],
        request=SavedFilterInput,
        responses={200: SavedFilterOutput, **problems(400, 401, 403)},
    )
    def put(self, request: Request) -> Response:
        """Keep one. Of the same name, it takes the place of what one had."""
        user = _reader(request)
        sent = request.data if isinstance(request.data, dict) else {}
        row = save_filter(
            name=sent.get("name"),
            query=sent.get("query", ""),
            shared=sent.get("shared", False),
            by=user,
        )
        return Response(_told(row, user))


class OneSavedFilter(APIView):
    @extend_schema(
        operation_id="saved_filter_delete",
        tags=["cases"],
        responses={200: SavedFilterOutput, **problems(401, 403, 404)},
    )
    def delete(self, request: Request, id: int) -> Response:
        """Give up one's own. Answers what it was: put again, it is there again."""
        user = _reader(request)
        row = SavedFilter.objects.filter(user=user, pk=id).first()
        if row is None:
            raise Http404
        told = _told(row, user)
        drop_filter(row=row)
        return Response(told)


def _reader(request: Request) -> User:
    user = person(request)
    if not policy.may_see_cases(user):
        raise PermissionDenied
    return user


def _told(row: SavedFilter, reader: User) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "query": row.query,
        "shared": row.shared,
        "mine": row.user_id == reader.pk,
        "owner_name": str(row.user),
    }
