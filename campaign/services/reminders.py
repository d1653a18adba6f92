"""What a person does with reminders."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from campaign.models import Reminder, ReminderWish
from people.models import User


@transaction.atomic
def mark_seen(*, user: User, ids: Iterable[str]) -> int:
    """Of those told to this person or owed by them; how many were new. What is no id is passed
    over."""
    known = []
    for each in ids:
        try:
            known.append(UUID(each))
        except ValueError:
            continue
    rows = Reminder.objects.filter(
        pk__in=Reminder.objects.visible_to(user).filter(pk__in=known).unseen().values("pk")
    )
    return rows.update(seen_at=timezone.now())


@transaction.atomic
def wish_for(*, user: User, mail: bool, address: str) -> ReminderWish:
    """Counts from the next letter on."""
    row, _new = ReminderWish.objects.update_or_create(
        user=user, defaults={"mail": mail, "address": address}
    )
    return row
