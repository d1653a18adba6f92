"""What a message is signed with."""

import hashlib
import hmac

from django.db import transaction
from django.utils.crypto import salted_hmac

from inspections.models import Hook


def secret_of(hook: Hook) -> str:
    """Follows from the deployment's own secret: nobody reads it in the database or a backup."""
    told = f"{hook.pk} {hook.turn}"
    return "xh_" + salted_hmac("inspections.hooks", told, algorithm="sha256").hexdigest()


@transaction.atomic
def new_secret(*, hook: Hook) -> str:
    """The one before is good for nothing from now on."""
    kept = Hook.objects.select_for_update().get(pk=hook.pk)
    kept.turn += 1
    kept.save(update_fields=["turn"])
    hook.turn = kept.turn
    return secret_of(kept)


def signature(secret: str, at: int, body: bytes) -> str:
    """`t=…,v1=…`: HMAC-SHA256, in hex, of the time, a full stop and the body."""
    sealed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={sealed}"
