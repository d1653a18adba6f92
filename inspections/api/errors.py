"""The one way errors are answered: {code, message, details}."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from geo.errors import NoSuchTile
from inspections.errors import Refusal
from people.errors import Refused


def body(code: str, message: object, details: object = None) -> dict[str, Any]:
    return {"code": code, "message": str(message), "details": details or {}}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What it does not know is a fault of ours: 500, logged."""
    set_rollback()
    if isinstance(error, Refusal | Refused):
        return Response(body(error.code, error.message, error.details), status=error.status)
    if isinstance(error, NoSuchTile):
        return Response(body(error.code, error, error.details), status=404)
    if isinstance(error, Http404):
        return Response(body("not_found", _("Not found.")), status=404)
    if isinstance(error, PermissionDenied):
        return Response(body("not_allowed", _("You may not do this.")), status=403)
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        reply = Response(body("not_signed_in", error.detail), status=401)
        reply["WWW-Authenticate"] = getattr(error, "auth_header", 'Token realm="xuntu"')
        return reply
    if isinstance(error, exceptions.ValidationError):
        return Response(
            body("record_invalid", _("Some fields need another look."), {"fields": error.detail}),
            status=400,
        )
    if isinstance(error, exceptions.APIException):
        code = error.default_code if isinstance(error.default_code, str) else "refused"
        return Response(body(code, error.detail), status=error.status_code)
    return None
