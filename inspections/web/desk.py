"""Pages at the desk: what is done about faults, and the inspectors' day."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie

from people import policy
from people.models import User


def _shell(template: str, may: Callable[[User], bool]) -> Callable[[HttpRequest], HttpResponse]:
    """What it shows, it asks the API for, in the person's own scope."""

    @login_required
    @ensure_csrf_cookie
    def page(request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User) or not may(request.user):
            raise PermissionDenied
        return render(request, f"inspections/{template}.html")

    return page


cases = _shell("cases", policy.may_see_cases)
rounds = _shell("rounds", policy.may_give_rounds)
case_new = _shell("case_new", policy.may_take_complaints)
papers = _shell("papers", policy.may_see_papers)
company = _shell("company", policy.may_answer_for_company)
