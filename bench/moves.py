"""Moving a case: one after the other through the same few steps, and its row written bare."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.db import connection

from bench.bare import connect
from bench.figures import Figure, against
from bench.load import Act, Asker, Client, rounds
from bench.office import TOKEN, web
from people.models import User

AT = "2024-12-20T15:00:00+08:00"
CASES = 6000
# Each with the state that it leads to; the last one closes what was found.
STEPS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"move": "file"}, "filed"),
    ({"move": "assign", "handler": {"kind": "community"}}, "assigned"),
    ({"move": "refer", "note": "转办", "body": "urban"}, "referred"),
    ({"move": "take_back", "note": "收回"}, "filed"),
    ({"move": "assign", "handler": {"kind": "community"}}, "assigned"),
    ({"move": "void", "note": "误报"}, "void"),
)
OPEN = """
    INSERT INTO inspections_case (id, source, outside_number, state, version, community_id,
        estate_id, kind, item, title, severity, simple, place, handler, reported_at, opened_at,
        reopened, step_began_at, provisional)
    SELECT gen_random_uuid(), 'inspection', '', 'reported', 0, community_id, id, 'lighting',
        'ZM-01', '单盏路灯不亮', 3, false, ST_Centroid(geom), '', %s, now(), 0, now(), false
    FROM geo_estate, generate_series(1, %s)
    LIMIT %s
    RETURNING id
"""
MOVE = """
    WITH moved AS (
        UPDATE inspections_case
        SET state = %(state)s, version = version + 1,
            ended_at = CASE WHEN %(state)s = 'void' THEN now() END
        WHERE id = %(case)s AND version = %(seen)s
        RETURNING id, version
    )
    INSERT INTO inspections_move (id, case_id, name, standing, seen, version, state_before,
        state_after, by_id, recorded_at, received_at, made_at, note, data, content, content_sha256,
        problem, decision)
    SELECT gen_random_uuid(), id, %(name)s, 'made', %(seen)s, version, '', %(state)s, %(user)s,
        %(at)s, now(), now(), '', %(content)s, %(content)s, %(digest)s, '', ''
    FROM moved
"""


def measure(dsn: str) -> dict[str, Figure]:
    waiting = _open(CASES)
    with web() as port:
        rates = rounds(
            {"UPDATE and INSERT": _writing(dsn, waiting), "PUT over HTTP": _sending(port, waiting)}
        )
    base = rates["UPDATE and INSERT"]
    return {f"moving, {name}": against(rate, base) for name, rate in rates.items()}


class _Waiting:
    """Cases that nobody has moved yet, each handed out once."""

    def __init__(self, ids: list[UUID]) -> None:
        self.ids, self.lock = iter(ids), threading.Lock()

    def steps(self) -> Iterator[tuple[UUID, int, dict[str, Any], str]]:
        """Case after case: which, the version it has, the move, and where it leads."""
        while True:
            with self.lock:
                case = next(self.ids)
            for seen, (move, state) in enumerate(STEPS):
                yield case, seen, move, state


def _open(n: int) -> _Waiting:
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [AT, n, n])
        return _Waiting([id for (id,) in cursor])


def _writing(dsn: str, waiting: _Waiting) -> Client:
    user = User.objects.get(username="bench").pk

    def client(kept: ExitStack) -> Act:
        own, steps = kept.enter_context(connect(dsn)), waiting.steps()

        def act() -> None:
            case, seen, move, state = next(steps)
            told = {
                "case": case,
                "seen": seen,
                "name": move["move"],
                "state": state,
                "user": user,
                "at": AT,
                "content": orjson.dumps(move).decode(),
                "digest": "0" * 64,
            }
            own.execute(MOVE, told)

        return act

    return client


def _sending(port: int, waiting: _Waiting) -> Client:
    def client(kept: ExitStack) -> Act:
        asker, steps = kept.enter_context(Asker(port, TOKEN)), waiting.steps()

        def act() -> None:
            case, seen, move, _ = next(steps)
            asker.ask(
                f"/api/v1/cases/{case}/moves/{uuid4()}/",
                method="PUT",
                body=orjson.dumps(move | {"version": seen, "recorded_at": AT}),
                expect=201,
                Content_Type="application/json",
            )

        return act

    return client
