"""The planners' page: a shell. What it shows, it asks the API for, in the person's own scope."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.models import User
from people.policy import may_see_plan


@login_required
def plan(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not may_see_plan(request.user):
        raise PermissionDenied
    return render(request, "planning/plan.html")
