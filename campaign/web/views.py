"""The leaders' page: a shell. What it shows, it asks the API for, in the person's own scope."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from people.models import User
from people.policy import may_see_overview
from people.shell import modules_of


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not may_see_overview(request.user):
        raise PermissionDenied
    modules = modules_of(static("app/overview.js"))
    return render(request, "campaign/overview.html", {"modules": modules})
