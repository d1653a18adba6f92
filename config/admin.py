"""The registers' own site: the same sign-in as everywhere, in the office's name."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class OfficeSite(AdminSite):
    """Open to who may keep the registers, by `people.policy` and no table of rights."""

    site_title = _("Xuntu registers")
    site_header = _("Xuntu registers")
    index_title = _("Registers")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        from people.policy import may_keep_register

        user = request.user
        return bool(user.is_active and user.is_authenticated and may_keep_register(user))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Places, people, what was recorded; what only an administrator sees comes last."""
        apps = super().get_app_list(request, app_label)
        order = {label: n for n, label in enumerate(("geo", "people", "inspections"))}
        return sorted(apps, key=lambda app: order.get(app["app_label"], len(order)))

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """What waits for the clerk stands above the registers."""
        from inspections.models import Proposal

        waiting = Proposal.objects.undecided().count()
        return super().index(request, {**(extra_context or {}), "undecided": waiting})

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Who is signed in and comes here all the same has no right to it."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        from people.web.views import SignOut

        return SignOut.as_view()(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("password")
