"""Who asks, for addresses that are asked many times a second: tiles and figures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from time import monotonic

from django.conf import settings
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from geo import writes
from geo.scope import NOTHING
from people.api.authentication import SessionAuthentication, TokenAuthentication
from people.models import ApiToken, User

# Sessions and tokens run out without anything being written.
MOST_SECONDS = 10
_MOST_KNOWN = 10_000

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    user: User
    auth: ApiToken | None
    written: Decimal
    day: date
    until: float


_known: dict[_Key, _Known] = {}


class Remembered(BaseAuthentication):
    """A person known by the same cookie or token as a moment ago is not looked up again.

    Forgotten when sessions, tokens, people or memberships are written, at midnight (memberships
    have dates) and after ten seconds. Reads only: what changes something is always looked up.
    """

    ways = (TokenAuthentication(), SessionAuthentication())

    def authenticate(self, request: Request) -> tuple[User, ApiToken | None] | None:
        key = (
            request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
            request.META.get("HTTP_AUTHORIZATION", ""),
        )
        # Read before the person is: what changes meanwhile is noticed next time.
        written = writes.counts(NOTHING).get("people", Decimal(0))
        now, day = monotonic(), timezone.localdate()
        known = _known.get(key)
        if known and known.written == written and known.day == day and now < known.until:
            return known.user, known.auth
        for way in self.ways:
            found = way.authenticate(request)
            if found is not None:
                user, auth = found
                if len(_known) >= _MOST_KNOWN:
                    _known.clear()
                _known[key] = _Known(user, auth, written, day, now + MOST_SECONDS)
                return user, auth
        return None

    def authenticate_header(self, request: Request) -> str:
        return self.ways[0].authenticate_header(request)
