"""The inspector's page."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from people.models import User
from people.policy import may_record_somewhere


@login_required
@ensure_csrf_cookie
def field(request: HttpRequest) -> HttpResponse:
    """The same for everyone who may open it: who they are, the page asks the API.

    A tablet keeps this page for the days without a network, and hands it to whoever signs in.
    """
    if not isinstance(request.user, User) or not may_record_somewhere(request.user):
        raise PermissionDenied
    return render(request, "inspections/field.html")
