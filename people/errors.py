"""What people refuses, each with a stable code and a sentence."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    code: ClassVar[str]
    status: ClassVar[int] = 400
    message: ClassVar[Any]

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details

    def __str__(self) -> str:
        return str(self.message)


class NotYourAccount(Refused):
    code = "not_your_account"
    message = _("Only an administrator may change this account.")


class AccountClosed(Refused):
    code = "account_closed"
    message = _("This account is closed. Open it again first.")


class LeaveInvalid(Refused):
    """details.fields: field → sentence."""

    code = "leave_invalid"
    message = _("Some fields need another look.")


class NotYoursToExcuse(Refused):
    code = "not_yours_to_excuse"
    status = 403
    message = _("Leave is entered by a supervisor of all communities where the person inspects.")


class DeviceRevoked(Refused):
    code = "device_revoked"
    status = 401
    message = _("The office has withdrawn this tablet. What it held is deleted from it.")


class DeviceWiped(Refused):
    code = "device_wiped"
    status = 409
    message = _("This tablet has deleted what it held. It is registered anew when it is used.")


class NotYourDevice(Refused):
    code = "not_your_device"
    status = 403
    message = _("The office's clerk keeps the tablets.")
