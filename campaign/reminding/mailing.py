"""Handing letters to the mail server: again where it fails, never in quiet hours, and at last no
more. That one is being sent is written down before, and what came of it after: one that was broken
off in between may have arrived, and is not sent once more by itself."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from campaign.models import Letter, Mail, ReminderRule
from inspections.services.hooks import WAITS
from inspections.timetable import timetable

SEND = "campaign.tasks.send_letters"
MOST_ATTEMPTS = len(WAITS) + 1
_SENDING = 7_241_009  # the lock under which letters are sent


def begin() -> None:
    """Queues the sending of what is due; what is not begun here is found a minute later."""
    try:
        app.configure_task(SEND, queueing_lock="letters").defer()
    except AlreadyEnqueued:
        return


def due_letters(now: datetime) -> bool:
    """Whether there are any; queues their sending."""
    due = may_send(now) and any(_is_due(each, now) for each in Letter.objects.unsent())
    if due:
        begin()
    return due


def may_send(now: datetime) -> bool:
    local = timezone.localtime(now)
    return not ReminderRule.current().is_quiet(local.time()) and timetable().calendar.works(
        local.date()
    )


def deliver(now: datetime | None = None) -> int:
    """Sends what is due, the oldest first; how many the server took. Where nobody answers, the
    others wait too."""
    now = now or timezone.now()
    if not may_send(now):
        return 0
    with _alone() as mine:
        return _deliver(now) if mine else 0


def _deliver(now: datetime) -> int:
    # Nobody else sends: whoever began one of these is gone.
    Letter.objects.filter(mail=Mail.SENDING).update(
        mail=Mail.UNSURE, problem=_("It was broken off; it may have arrived.")
    )
    taken = 0
    for letter in Letter.objects.unsent().select_related("to"):
        if not _is_due(letter, now):
            continue
        letter.mail, letter.tried_at = Mail.SENDING, now
        letter.attempts += 1
        letter.save(update_fields=["mail", "tried_at", "attempts"])
        try:
            _send(letter)
        except smtplib.SMTPRecipientsRefused as e:
            lasting = all(400 <= code < 500 for code, _says in e.recipients.values())
            _note(letter, _("The server does not take this address."), again=lasting)
        except (smtplib.SMTPResponseException, OSError) as e:
            _note(letter, _said(e), again=True)
            break
        else:
            letter.mail, letter.sent_at, letter.problem = Mail.SENT, now, ""
            letter.save(update_fields=["mail", "sent_at", "problem"])
            taken += 1
    return taken


def _send(letter: Letter) -> None:
    message = EmailMessage(
        letter.subject,
        letter.body,
        to=[letter.address],
        # The same again, however often it is tried: mail programs show it once.
        headers={"Message-ID": f"<{letter.pk}@xuntu>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(),
    )
    message.send()


def _note(letter: Letter, problem: str, *, again: bool) -> None:
    more = again and letter.attempts < MOST_ATTEMPTS
    letter.mail = Mail.WAITING if more else Mail.GIVEN_UP
    letter.problem = problem[:300]
    letter.save(update_fields=["mail", "problem"])


def _said(e: Exception) -> str:
    if isinstance(e, smtplib.SMTPResponseException):
        says = e.smtp_error
        text = says.decode(errors="replace") if isinstance(says, bytes) else str(says)
        return f"{e.smtp_code} {text}"
    return (isinstance(e, OSError) and e.strerror) or str(e) or type(e).__name__


def _is_due(letter: Letter, now: datetime) -> bool:
    if letter.tried_at is None or letter.attempts == 0:
        return True
    # One whose last attempt was broken off has no wait of its own.
    return letter.tried_at + WAITS[min(letter.attempts, len(WAITS)) - 1] <= now


@contextmanager
def _alone() -> Iterator[bool]:
    """Of the connection, not of a transaction; it ends with a worker that is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_SENDING])
        (mine,) = cursor.fetchone()
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_SENDING])


@transaction.atomic
def send_again(*, letter: Letter) -> Letter:
    """By hand, from the first attempt on."""
    kept = Letter.objects.select_for_update().get(pk=letter.pk)
    if kept.address:
        kept.mail, kept.attempts, kept.tried_at, kept.problem = Mail.WAITING, 0, None, ""
        kept.save(update_fields=["mail", "attempts", "tried_at", "problem"])
        transaction.on_commit(begin, robust=True)
    return kept
