"""What people refuses, each with a stable code and a sentence."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    code: ClassVar[str]
    message: ClassVar[Any]

    def __str__(self) -> str:
        return str(self.message)


class NotYourAccount(Refused):
    code = "not_your_account"
    message = _("Only an administrator may change this account.")


class AccountClosed(Refused):
    code = "account_closed"
    message = _("This account is closed. Open it again first.")
