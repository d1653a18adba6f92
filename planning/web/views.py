"""The planners' page: a shell. What it shows, it asks the API for, in the person's own scope."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people import policy


@login_required
def plan(request: HttpRequest) -> HttpResponse:
    if not policy.may_see_plan(request.user):
        raise PermissionDenied
    return render(request, "planning/plan.html")
