"""How many reminders wait to be seen."""

from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from campaign.models import Reminder
from people.models import User


def unseen(user: User, now: datetime) -> tuple[int, int]:
    """And how many of them are late: what one was reminded of twice counts once."""
    late = Q(due_on__lt=timezone.localdate(now))
    rows = Reminder.objects.filter(letter__to=user).unseen()
    told = rows.aggregate(
        count=Count("key", distinct=True), late=Count("key", filter=late, distinct=True)
    )
    return told["count"], told["late"]
