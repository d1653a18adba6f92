"""Refusals of any part."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Raised by services; answered by `inspections.api.errors` as {code, message, details}."""

    code: ClassVar[str]
    status: ClassVar[int] = 400
    message: ClassVar[str | Promise]

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details


class Failed(Refusal):
    """Of one entry among several: a fault of ours, noted; the entry is sent again."""

    code = "failed"
    status = 500
    message = _("Something went wrong here. It was noted; please try again later.")


class NotAllowed(Refusal):
    code = "not_allowed"
    status = 403
    message = _("You may not do this.")


class FilterInvalid(Refusal):
    """details.fields: parameter → sentence."""

    code = "filter_invalid"
    message = _("A filter in the address can't be read.")
