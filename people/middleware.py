"""What every request goes through because a person sends it."""

from collections.abc import Callable

import pghistory.middleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

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

    Pages lead there. The API is not held up: a tablet's records must not wait for a page.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and request.method == "GET" and not self._is_free(request):
            if user.must_change_password:
                return redirect("password")
            if user.privacy_read_at is None:
                return redirect(f"{reverse('privacy')}?next={request.path}")
        return self.get_response(request)

    @staticmethod
    def _is_free(request: HttpRequest) -> bool:
        open_to_all = ("/api/", "/tiles/", "/static/", "/people/", "/healthz", "/sw.js")
        return request.path.startswith(open_to_all)


class WhoChanged(pghistory.middleware.HistoryMiddleware):
    """Every change of a row is kept with the person and the address it was made from."""
