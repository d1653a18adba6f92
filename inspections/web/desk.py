"""Pages at the desk around the inspectors' day."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from people import policy
from people.models import User


@login_required
@ensure_csrf_cookie
def rounds(request: HttpRequest) -> HttpResponse:
    """A shell: what it shows, it asks the API for, in the person's own scope."""
    if not isinstance(request.user, User) or not policy.may_give_rounds(request.user):
        raise PermissionDenied
    return render(request, "inspections/rounds.html")
