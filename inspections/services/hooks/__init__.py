"""Webhooks: telling outside systems what becomes of cases."""

from inspections.services.hooks.reaching import NotThere
from inspections.services.hooks.reaching import checked as check_address
from inspections.services.hooks.secrets import new_secret, secret_of, signature
from inspections.services.hooks.telling import WAITS, deliver, due_hooks, hear, tell, tell_again

__all__ = [
    "WAITS",
    "NotThere",
    "check_address",
    "deliver",
    "due_hooks",
    "hear",
    "new_secret",
    "secret_of",
    "signature",
    "tell",
    "tell_again",
]
