"""Forms about oneself."""

from typing import Any

from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordForm,
)
from django.utils.translation import gettext_lazy as _

from people.models import User


class _Plain:
    """Fields that look as everywhere else."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"


class SignIn(_Plain, AuthenticationForm):
    error_messages = {
        "invalid_login": _("This name and password do not belong together."),
        "inactive": _("This account is closed. Ask the office clerk."),
    }


class _SettlesPassword(_Plain):
    """Whoever sets a password has met the demand to set one."""

    user: User

    def save(self, commit: bool = True) -> User:
        self.user.must_change_password = False
        saved: User = super().save(commit)  # type: ignore[misc]
        return saved


class OwnPassword(_SettlesPassword, PasswordChangeForm):
    def clean_new_password1(self) -> Any:
        new = self.cleaned_data.get("new_password1")
        if new and self.user.check_password(new):
            self.add_error("new_password1", _("This is the password you have already."))
        return new


class FirstPassword(_SettlesPassword, SetPasswordForm):  # type: ignore[type-arg]
    pass
