"""What a program asks first: as whom it speaks, and what it may do."""

from typing import Any

from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geo.models import Office
from people import policy
from people.api.authentication import person
from people.api.serializers import MeOutput
from people.models import User


class Me(APIView):
    @extend_schema(operation_id="me", tags=["me"], responses=MeOutput)
    def get(self, request: Request) -> Response:
        """Who is signed in. Also renews the CSRF cookie of a page that was left open."""
        get_token(request._request)
        return Response(told(person(request)))


def told(user: User) -> dict[str, Any]:
    """What a program needs to know of the person it speaks for."""
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.name,
        "language": user.language,
        "roles": sorted(user.roles),
        "scope": {
            "everything": user.scope.everything,
            "communities": sorted(user.scope.communities),
            "companies": sorted(user.scope.companies),
        },
        "may": {
            "record": policy.may_record_somewhere(user),
            "plan": policy.may_see_plan(user),
            "overview": policy.may_see_overview(user),
            "cases": policy.may_see_cases(user),
            "dispatch": policy.may_dispatch_somewhere(user),
            "keep_register": policy.may_keep_register(user),
        },
        "demonstration": Office.is_demonstration(),
    }
