"""Telling people what they owe: once at each call, all that one is told on a day in one letter."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from campaign.models import Letter, Mail, Reminder, ReminderRule, ReminderWish
from campaign.reminding import words
from campaign.reminding.mailing import begin, may_send
from campaign.reminding.owed import Owed, owed_by_all
from campaign.standing.calls import call_of
from inspections.models import Hook
from inspections.services import hooks
from inspections.timetable import timetable
from people.models import Leave, User

_TAKE_DAY = """
INSERT INTO campaign_remindedday (day, at) VALUES (%s, %s) ON CONFLICT (day) DO NOTHING
"""


def remind(now: datetime) -> int:
    """How many letters were written: once on each working day of the office, out of its quiet
    hours. All of a day in one transaction: of two at once one waits and finds it done, and what was
    broken off was never begun."""
    rule = ReminderRule.current()
    day = timezone.localdate(now)
    if not may_send(now):
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_DAY, [day, now])
            if not cursor.rowcount:
                return 0
        return len(_tell(rule, day, now))


@transaction.atomic
def settle(*, user: User, owed: Sequence[Owed], now: datetime) -> int:
    """Ends the reminders of what this person, who owes this now, has done; how many."""
    return _settle(Reminder.objects.filter(person=user), {user: owed}, now)


def _tell(rule: ReminderRule, day: date, now: datetime) -> list[Letter]:
    users = User.objects.filter(is_active=True).prefetch_related("memberships")
    owed = owed_by_all(day, users.order_by("pk"))
    _settle(Reminder.objects.all(), owed, now)
    calls = list(_calls(rule, owed, day))
    told = Reminder.objects.filter(
        person__in=owed, due_on__in={each.due_on for _, each, _ in calls}
    )
    known = set(told.values_list("person", "key", "due_on", "call"))
    stand_ins = _stand_ins(day)
    by_reader: dict[User, list[tuple[User, Owed, str]]] = defaultdict(list)
    for user, each, call in calls:
        if (user.pk, each.key, each.due_on, call) not in known:
            by_reader[stand_ins.get(user.pk, user)].append((user, each, call))
    letters = []
    wishes = ReminderWish.objects.in_bulk([each.pk for each in by_reader])
    reminders = []
    for reader, lines in by_reader.items():
        letter = _letter(rule, reader, wishes.get(reader.pk), day, now)
        letter.subject, letter.body = words.written(reader, day, lines)
        letters.append(letter)
        reminders += [
            Reminder(
                letter=letter,
                person=user,
                key=each.key,
                due_on=each.due_on,
                call=call,
                zh=each.zh[:300],
                en=each.en[:300],
                path=each.path,
            )
            for user, each, call in lines
        ]
    Letter.objects.bulk_create(letters)
    Reminder.objects.bulk_create(reminders)
    _tell_hooks(by_reader, {letter.to_id: letter for letter in letters})
    if any(letter.mail == Mail.WAITING for letter in letters):
        transaction.on_commit(begin, robust=True)
    return letters


def _calls(
    rule: ReminderRule, owed: Mapping[User, Sequence[Owed]], day: date
) -> Iterator[tuple[User, Owed, str]]:
    works = timetable().calendar.works
    for user, several in owed.items():
        for each in several:
            call = call_of(each.due_on, day, works, rule.days_before)
            if call:
                yield user, each, call


def _letter(
    rule: ReminderRule, reader: User, wish: ReminderWish | None, day: date, now: datetime
) -> Letter:
    address = wish.address if wish else reader.email
    if not settings.EMAIL_HOST:
        mail = Mail.NONE
    elif not rule.mail or (wish and not wish.mail):
        mail = Mail.OFF
    else:
        mail = Mail.WAITING if address else Mail.NOWHERE
    to = address if mail == Mail.WAITING else ""
    return Letter(to=reader, day=day, made_at=now, mail=mail, address=to)


def _stand_ins(day: date) -> Mapping[int, User]:
    """Who is told in whose place on that day; who left the office stands in for nobody."""
    rows = Leave.objects.filter(since__lte=day, until__gte=day, stand_in__is_active=True)
    return {each.person_id: each.stand_in for each in rows.select_related("stand_in")}


def _settle(rows: Any, owed: Mapping[User, Sequence[Owed]], now: datetime) -> int:
    still = {(user.pk, each.key, each.due_on) for user, told in owed.items() for each in told}
    over = [
        id
        for id, *key in rows.filter(settled_at=None).values_list("pk", "person", "key", "due_on")
        if tuple(key) not in still
    ]
    return int(Reminder.objects.filter(pk__in=over).update(settled_at=now))


def _tell_hooks(
    by_reader: Mapping[User, Sequence[tuple[User, Owed, str]]], letters: Mapping[int, Letter]
) -> None:
    """A hook of somebody who sees the whole office is told of everybody's letters, else of that
    person's own."""
    wanting = Hook.objects.filter(reminders=True, stopped_at=None, user__is_active=True)
    hooks.tell(
        [
            (hook, letters[reader.pk].pk, words.message(reader, letters[reader.pk].day, lines))
            for hook in wanting.select_related("user").order_by("pk")
            for reader, lines in by_reader.items()
            if hook.user == reader or hook.user.scope.everything
        ]
    )
