"""Pages at the desk: what is done about faults, and the inspectors' day."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from people import policy
from people.models import User

# Shells: what they show, they ask the API for, in the person's own scope.


@login_required
@ensure_csrf_cookie
def cases(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not policy.may_see_cases(request.user):
        raise PermissionDenied
    return render(request, "inspections/cases.html")


@login_required
@ensure_csrf_cookie
def rounds(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not policy.may_give_rounds(request.user):
        raise PermissionDenied
    return render(request, "inspections/rounds.html")


@login_required
@ensure_csrf_cookie
def case_new(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not policy.may_take_complaints(request.user):
        raise PermissionDenied
    return render(request, "inspections/case_new.html")


@login_required
@ensure_csrf_cookie
def papers(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not policy.may_see_papers(request.user):
        raise PermissionDenied
    return render(request, "inspections/papers.html")


@login_required
@ensure_csrf_cookie
def company(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User) or not policy.may_answer_for_company(request.user):
        raise PermissionDenied
    return render(request, "inspections/company.html")
