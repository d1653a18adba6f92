"""Who is told of a move, and telling them: again where it fails, and at last no more."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from inspections.models import Case, Hook, Move, Telling
from inspections.services.hooks import reaching
from inspections.services.hooks.reaching import Unreachable
from inspections.services.hooks.secrets import secret_of, signature

TELL = "inspections.tasks.tell_hook"
_HOOKED = "SELECT FROM inspections_hook WHERE stopped_at IS NULL LIMIT 1"
# Before the second attempt, the third…: a weekend in all. After the last one, no more.
WAITS = tuple(timedelta(seconds=each) for each in (30, 120, 600, 3600, 14400, 43200, 86400, 86400))
MOST_ATTEMPTS = len(WAITS) + 1
# In one go of the worker; what is left is found a minute later.
MOST_AT_ONCE = 500
_TELLING = 7_241_004  # the class of the locks under which a hook is told


def hear(moves: Sequence[Move]) -> None:
    """Notes what is to be told to whom, in the transaction that made these moves."""
    with connection.cursor() as cursor:
        cursor.execute(_HOOKED)
        if cursor.fetchone() is None:
            return
    tellings = [
        telling
        for hook in Hook.objects.filter(stopped_at=None, user__is_active=True)
        .select_related("user")
        .order_by("pk")
        for telling in _tellings(hook, moves)
    ]
    if tellings:
        Telling.objects.bulk_create(tellings, ignore_conflicts=True)
        hooks = sorted({each.hook_id for each in tellings})
        transaction.on_commit(partial(_begin, hooks), robust=True)


def tell(messages: Iterable[tuple[Hook, UUID, Mapping[str, Any]]]) -> None:
    """What is no move, told to a hook by the id of what it is about, once: signed, retried and
    given up as moves are. In the transaction of whoever calls this."""
    tellings = []
    for hook, about, told in messages:
        telling = Telling(hook=hook, about=about)
        body = {"id": telling.pk, "hook": hook.pk, **told}
        telling.body = orjson.dumps(body, option=orjson.OPT_UTC_Z)
        tellings.append(telling)
    Telling.objects.bulk_create(tellings, ignore_conflicts=True)
    hooks = sorted({each.hook_id for each in tellings})
    transaction.on_commit(partial(_begin, hooks), robust=True)


def _tellings(hook: Hook, moves: Sequence[Move]) -> list[Telling]:
    wanted = [each for each in moves if not hook.moves or each.name in hook.moves]
    if not wanted:
        return []
    cases = Case.objects.visible_to(hook.user).filter(pk__in={each.case_id for each in wanted})
    seen = {case.pk: case for case in cases.select_related("community", "estate")}
    tellings = []
    for move in wanted:
        if move.case_id in seen:
            telling = Telling(hook=hook, move=move)
            telling.body = _body(telling, move, seen[move.case_id])
            tellings.append(telling)
    return tellings


def _body(telling: Telling, move: Move, case: Case) -> bytes:
    """What every reader of the case may know, and nobody's name. State and version are those
    that the move made; the rest is as it was when the move was written."""
    told: dict[str, Any] = {
        "id": telling.pk,
        "hook": telling.hook_id,
        "move": {
            "id": move.pk,
            "name": move.name,
            "from": move.state_before,
            "to": move.state_after,
            "version": move.version,
            "at": move.made_at,
        },
        "case": {
            "id": case.pk,
            "number": case.number,
            "source": case.source,
            "outside_number": case.outside_number,
            "state": move.state_after,
            "version": move.version,
            "community": case.community_id,
            "community_name": case.community.name,
            "estate": case.estate_id,
            "estate_name": case.estate.name if case.estate else None,
            "kind": case.kind,
            "item": case.item,
            "title": case.title,
            "severity": case.severity,
            "simple": case.simple,
            "reported_at": case.reported_at,
            "due_at": case.due_at,
            "ended_at": case.ended_at,
            "url": f"/api/v1/cases/{case.pk}/",
        },
    }
    return orjson.dumps(told, option=orjson.OPT_UTC_Z)


def _begin(hooks: Collection[UUID]) -> None:
    """At once; what is not begun here is found by the worker within a minute."""
    for hook in hooks:
        try:
            app.configure_task(TELL, queueing_lock=f"hook {hook}").defer(hook=str(hook))
        except AlreadyEnqueued:
            continue


def due_hooks() -> list[UUID]:
    """Those with something to be told now; queues each."""
    now = timezone.now()
    waiting = Telling.objects.filter(told_at=None, given_up_at=None, hook__stopped_at=None)
    rows = waiting.order_by().values_list("hook", "attempts", "tried_at").distinct()
    hooks = sorted({hook for hook, attempts, tried_at in rows if _is_due(attempts, tried_at, now)})
    _begin(hooks)
    return hooks


def _is_due(attempts: int, tried_at: datetime | None, now: datetime) -> bool:
    return tried_at is None or attempts == 0 or tried_at + WAITS[attempts - 1] <= now


def deliver(hook: UUID) -> int:
    """Tells what is due to one hook, the oldest first; how many it took.

    Of one case nothing is told before what came earlier is told or given up. Where nobody
    answers, the others wait too.
    """
    with _alone(hook) as mine:
        return _deliver(hook) if mine else 0


def _deliver(hook: UUID) -> int:
    pending = Telling.objects.filter(hook=hook, told_at=None, given_up_at=None)
    rows = pending.select_related("hook__user", "move").order_by("created_at", "move__version")
    taken, held = 0, set[UUID | None]()
    for telling in rows[:MOST_AT_ONCE]:
        case = telling.move.case_id if telling.move else telling.about
        if case in held:
            continue
        if not _is_due(telling.attempts, telling.tried_at, timezone.now()):
            held.add(case)
            continue
        if not Hook.objects.filter(pk=hook, stopped_at=None, user__is_active=True).exists():
            break
        try:
            status = _tell(telling)
        except Unreachable as e:
            _note(telling, None, str(e))
            break
        if 200 <= status < 300:
            taken += 1
            _note(telling, status, "")
        else:
            _note(telling, status, _refusal(status))
            held.add(case)
    return taken


@contextmanager
def _alone(hook: UUID) -> Iterator[bool]:
    """Whether nobody else tells this hook meanwhile. Of the connection, not of a transaction:
    none is held open while another's server takes its time; and it ends with a worker that is
    killed."""
    key: list[int | str] = [_TELLING, str(hook)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key)
        (mine,) = cursor.fetchone()
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)


def _tell(telling: Telling) -> int:
    body, now = bytes(telling.body), int(timezone.now().timestamp())
    return reaching.post(
        telling.hook.url,
        body,
        {
            "Xuntu-Telling": str(telling.pk),
            "Xuntu-Signature": signature(secret_of(telling.hook), now, body),
        },
    )


def _refusal(status: int) -> str:
    if 300 <= status < 400:
        return _("It sent us elsewhere; that is not followed.")
    return _("It did not take the message.")


def _note(telling: Telling, status: int | None, problem: str) -> None:
    now = timezone.now()
    telling.attempts += 1
    telling.tried_at, telling.status, telling.problem = now, status, problem[:200]
    if not problem:
        telling.told_at = now
    elif telling.attempts >= MOST_ATTEMPTS:
        telling.given_up_at = now
    telling.save(
        update_fields=["attempts", "tried_at", "status", "problem", "told_at", "given_up_at"]
    )


@transaction.atomic
def tell_again(*, telling: Telling) -> Telling:
    """By hand, from the first attempt on; one that was told is told again."""
    kept = Telling.objects.select_for_update().get(pk=telling.pk)
    kept.attempts, kept.tried_at, kept.told_at, kept.given_up_at = 0, None, None, None
    kept.save(update_fields=["attempts", "tried_at", "told_at", "given_up_at"])
    transaction.on_commit(partial(_begin, [kept.hook_id]), robust=True)
    return kept
