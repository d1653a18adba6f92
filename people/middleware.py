"""What every request goes through because a person sends it."""

from collections.abc import Callable
from urllib.parse import urlencode

import pghistory.middleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from people import devices
from people.api.devices import device_of, says_wiped
from people.errors import DeviceRevoked
from people.models import Device, User
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


class DeviceAtTheDoor:
    """Notes which tablet was here, and with whom; and tells a revoked one that it is.

    That is told by the device's id alone, before anybody is asked who they are. Only what it still
    has to deliver is let through, for a person who is signed in.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        id = device_of(request)
        device = devices.known(id) if id else None
        if device is None:
            return self.get_response(request)
        revoked = device.revoked_at is not None
        if revoked and not devices.delivers(request.method or "", request.path):
            if request.user.is_authenticated:
                # A page left open renews its token anywhere, or could deliver nothing.
                get_token(request)
            return self._told_revoked(device, None)
        reply = self.get_response(request)
        # Known by now, by session or by token.
        user = request.user
        if revoked and reply.status_code == 401:
            return self._told_revoked(device, request)
        devices.note_contact(device, person=user if isinstance(user, User) else None)
        return reply

    @staticmethod
    def _told_revoked(device: Device, request: HttpRequest | None) -> HttpResponse:
        devices.note_contact(device, person=None)
        if request and says_wiped(request, device.pk):
            devices.note_wiped(device.pk)
        refusal = DeviceRevoked()
        told = {"code": refusal.code, "message": str(refusal), "details": {}}
        headers = {"WWW-Authenticate": 'Token realm="xuntu"'}
        return JsonResponse(told, status=refusal.status, headers=headers)


class WhoChanged(pghistory.middleware.HistoryMiddleware):
    """Every change of a row is kept with the person and the address it was made from."""
