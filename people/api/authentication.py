"""Signed in by session or by token. Not signed in is always 401."""

from datetime import UTC, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import authentication
from rest_framework.exceptions import APIException, AuthenticationFailed
from rest_framework.request import Request

from geo.prepared import Prepared
from people.models import ApiToken, User


def person(request: Request) -> User:
    """Who asks, behind a view that only lets those in who are signed in."""
    assert isinstance(request.user, User)
    return request.user


class CsrfStale(APIException):
    """A signed-in page whose token is of an older session: it is refreshed and tried again."""

    status_code = 403
    default_code = "csrf_stale"
    default_detail = _("The page's security token is out of date. It is renewed by itself.")


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Token …`"""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = authentication.get_authorization_header(request).split()
        if not words or words[0].lower() != b"token":
            return None
        token = words[1].decode("latin-1") if len(words) == 2 else ""
        now = timezone.now()
        found = _usable(ApiToken.digest_of(token), now)
        if found is None:
            raise AuthenticationFailed(_("This token is unknown, expired or revoked."))
        if found.last_used_at is None or now - found.last_used_at > timedelta(minutes=10):
            ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        return 'Token realm="xuntu"'


_TOKEN, _USER = (
    [each.attname for each in model._meta.concrete_fields] for model in (ApiToken, User)
)
_DIGEST, _NOW = str(object()), datetime.now(UTC)
_USABLE = Prepared(
    lambda: (
        ApiToken.objects.usable(_NOW)
        .filter(digest=_DIGEST)
        .order_by()
        .values_list(*_TOKEN, *(f"user__{name}" for name in _USER))
    ),
    [_DIGEST, _NOW],
)


def _usable(digest: str, now: datetime) -> ApiToken | None:
    for row in _USABLE.ask(digest, now):
        found = ApiToken.from_db(DEFAULT_DB_ALIAS, _TOKEN, row[: len(_TOKEN)])
        found.user = User.from_db(DEFAULT_DB_ALIAS, _USER, row[len(_TOKEN) :])
        return found
    return None


class _CsrfCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=CsrfStale.status_code)


def _unanswered(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class SessionAuthentication(authentication.SessionAuthentication):
    """Signed in in the browser."""

    def enforce_csrf(self, request: Request) -> None:
        check = _CsrfCheck(_unanswered)
        check.process_request(request._request)
        if check.process_view(request._request, _unanswered, (), {}) is not None:
            raise CsrfStale
