"""What every request goes through because a person sends it."""

from collections.abc import Callable
from urllib.parse import urlencode

import pghistory.middleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from people.models import User
from people.policy import must_read_notice

Next = Callable[[HttpRequest], HttpResponse]


class LocaleOfPerson(LocaleMiddleware):
    """The language chosen in the page (cookie), else what the browser asks for, else Chinese.

    A browser's wish counts only for English: tablets are sold with every setting imaginable,
    and the office speaks Chinese.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen not in dict(settings.LANGUAGES):
            wished = request.headers.get("Accept-Language", "").lower()
            chosen = "en" if wished.startswith("en") else settings.LANGUAGE_CODE
        translation.activate(chosen)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE


class FirstSteps:
    """A first sign-in sets a password and reads the privacy notice before anything else.

    Pages lead there. The API and tiles are not held up: a tablet's records must not wait for a
    page.
    """

    _FREE = (
        "/api/",
        "/tiles/",
        "/static/",
        "/people/",
        "/i18n/",
        "/sign-out/",
        "/healthz",
        "/field/sw.js",
        "/admin/jsi18n/",
    )

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        step = None if request.path.startswith(self._FREE) else self._next_step(request)
        if step is None:
            return self.get_response(request)
        there = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
        return redirect(f"{reverse(step)}?{urlencode({'next': there})}")

    @staticmethod
    def _next_step(request: HttpRequest) -> str | None:
        user = request.user
        if not isinstance(user, User):
            return None
        if user.must_change_password:
            return "password"
        return "privacy" if must_read_notice(user) else None


class WhoChanged(pghistory.middleware.HistoryMiddleware):
    """Every change of a row is kept with the person and the address it was made from."""
