"""The leaders' page: a shell. What it shows, it asks the API for, in the person's own scope."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.models import User
from people.policy import may_see_overview


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not may_see_overview(request.user):
        raise PermissionDenied
    return render(request, "campaign/overview.html")
