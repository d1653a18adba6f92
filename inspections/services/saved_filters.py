"""Views of the list of cases that people come back to."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from inspections.errors import SavedFilterInvalid
from inspections.models import SavedFilter
from people.models import User

MOST = 50


@transaction.atomic
def save_filter(*, name: Any, query: Any, shared: Any, by: User) -> SavedFilter:
    """Under a name that the person has already it takes the place of what was there."""
    wrong = {}
    if not _is_text(name, 60) or not name.strip():
        wrong["name"] = _("A name of up to 60 characters.")
    if not _is_text(query, 2000):
        wrong["query"] = _("What stands in the address, up to 2000 characters.")
    if not isinstance(shared, bool):
        wrong["shared"] = _("True or false.")
    if wrong:
        raise SavedFilterInvalid(fields=wrong)
    own, name = SavedFilter.objects.filter(user=by), name.strip()
    if own.exclude(name=name).count() >= MOST:
        told = _("You have %d of them: give one up first.") % MOST
        raise SavedFilterInvalid(fields={"name": told})
    row, _made = own.update_or_create(
        user=by, name=name, defaults={"query": query.removeprefix("?"), "shared": shared}
    )
    return row


@transaction.atomic
def drop_filter(*, row: SavedFilter) -> None:
    row.delete()


def _is_text(told: Any, most: int) -> bool:
    return isinstance(told, str) and len(told) <= most and "\0" not in told
