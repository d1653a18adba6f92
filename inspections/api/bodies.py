"""A body as it was promised, or none at all."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from inspections.errors import BodyCutShort, BodyTooLarge, LengthRequired


def whole(request: HttpRequest) -> bytes:
    """Raises BodyCutShort, BodyTooLarge or LengthRequired.

    A connection that breaks ends the body without a word: only its length tells.
    """
    promised = promised_bytes(request)
    try:
        body = request.body
    except RequestDataTooBig as e:
        raise BodyTooLarge from e
    except (UnreadablePostError, OSError) as e:
        raise BodyCutShort from e
    if len(body) != promised:
        raise BodyCutShort
    return body


def promised_bytes(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or ""
    if not (told.isascii() and told.isdigit()):
        raise LengthRequired
    return int(told)
