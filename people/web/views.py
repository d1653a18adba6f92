"""Pages about oneself: signing in, passwords, the privacy notice, the language."""

from typing import Any

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import (
    LoginView,
    LogoutView,
    PasswordChangeView,
    PasswordResetConfirmView,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from django.views.i18n import set_language

from geo.models import Office
from people import services
from people.models import User
from people.policy import must_read_notice
from people.web.forms import FirstPassword, OwnPassword, SignIn
from people.web.pages import first_page_of, pages_of

KEPT_LANGUAGE = 60 * 60 * 24 * 365  # seconds


class SignInPage(LoginView):
    template_name = "people/sign_in.html"
    authentication_form = SignIn
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        reply = super().form_valid(form)
        keep_language(reply, form.get_user().language)
        return reply


class SignOut(LogoutView):
    http_method_names = ["post", "options"]


class OwnPasswordPage(PasswordChangeView):
    template_name = "people/password.html"
    form_class = OwnPassword
    success_url = reverse_lazy("home")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("Your new password counts from now on."))
        return super().form_valid(form)


class InvitationPage(PasswordResetConfirmView):
    """Opened by the link that the clerk handed over; good once, and for 72 hours."""

    template_name = "people/invitation.html"
    form_class = FirstPassword
    token_generator = services.invitation_tokens
    success_url = reverse_lazy("home")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if isinstance(user, User) and user.is_active else None


class PrivacyPage(TemplateView):
    """The notice, to be read by anyone at any time, and confirmed once by who signs in."""

    template_name = "people/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            **kwargs,
            must_read=isinstance(user, User) and must_read_notice(user),
            office_name=Office.current_name(),
            sign_ins_kept_days=settings.SIGN_INS_KEPT_DAYS,
            next=self.request.GET.get("next", ""),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect("sign-in")
        services.confirm_notice(user=request.user)
        to = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()):
            to = ""
        return redirect(to or "home")


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Leads everyone to their own page; whoever has several, or none, is told which."""
    user = request.user
    assert isinstance(user, User)
    if first := first_page_of(user):
        return redirect(first.address)
    return render(request, "people/home.html", {"mine": pages_of(user)})


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's own switch, remembered with the person, so that it comes along to another tablet."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        services.choose_language(user=request.user, language=language)
    reply = set_language(request)
    keep_language(reply, language)
    return reply


def keep_language(reply: HttpResponse, language: str) -> None:
    if language in dict(settings.LANGUAGES):
        reply.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=KEPT_LANGUAGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Too many wrong passwords for one name from one address: says until when."""
    latest = (
        AccessAttempt.objects.filter(
            username=(credentials or {}).get("username"),
            ip_address=get_client_ip_address(request),
        )
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    until = (latest or timezone.now()) + get_cool_off(request)
    wait = max(0, round((until - timezone.now()).total_seconds()))
    reply = render(
        request,
        "people/locked_out.html",
        {"until": until, "minutes": -(-wait // 60)},
        status=429,
    )
    reply["Retry-After"] = str(wait)
    return reply


def csrf_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for so long that its security token belongs to an older session."""
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    return render(request, "people/csrf_stale.html", {"back": back}, status=403)
