"""The campaign's page: tabs side by side, each a shell. What it shows, it asks the API for, in the
person's own scope."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import ensure_csrf_cookie

from campaign.policy import may_see_campaign, may_see_creation
from people.models import User

# What goes along in the address from tab to tab.
CARRIED = ("as_of", "programme", "unit")


@dataclass(frozen=True, slots=True)
class Tab:
    address: str
    title: str | Promise
    may_open: Callable[[User], bool]


BOARD = Tab("/campaign/", _("Board"), may_see_campaign)
STANDARDISATION = Tab("/campaign/standardisation/", _("Standardisation"), may_see_creation)
MONTH = Tab("/campaign/month/", _("Monthly report"), may_see_campaign)
LEDGERS = Tab("/campaign/ledgers/", _("Ledgers"), may_see_campaign)
REMINDERS = Tab("/campaign/reminders/", _("Reminders"), may_see_campaign)
TABS = (BOARD, STANDARDISATION, MONTH, LEDGERS, REMINDERS)


def page_of(tab: Tab, template: str, **more: Any) -> Callable[..., HttpResponse]:
    """`campaign/<template>.html`, which extends `campaign/base.html`; what its address names
    besides is its own module's to read."""

    @login_required
    @ensure_csrf_cookie
    def page(request: HttpRequest, **_named: Any) -> HttpResponse:
        opener(request, tab)
        return room(request, tab, template, **more)

    return page


def opener(request: HttpRequest, tab: Tab) -> User:
    """Raises PermissionDenied for who may not open it."""
    user = request.user
    if not isinstance(user, User) or not tab.may_open(user):
        raise PermissionDenied
    return user


def room(
    request: HttpRequest, tab: Tab, template: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    user = opener(request, tab)
    told = {name: request.GET[name] for name in CARRIED if request.GET.get(name)}
    known = {
        "tab": tab,
        "tabs": [each for each in TABS if each.may_open(user)],
        "carried": f"?{urlencode(told)}" if told else "",
    }
    return render(request, f"campaign/{template}.html", known | more, status=status)
