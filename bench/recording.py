"""Recording an inspection with three findings, and what the sums add to its cost."""

from contextlib import ExitStack
from functools import partial
from random import Random
from typing import Any
from uuid import uuid4

import orjson
from django.db import connection

from bench.bare import connect
from bench.figures import Figure, against
from bench.load import Act, Asker, Client, rounds
from bench.office import TOKEN, web
from geo.models import Estate
from inspections.models import KindVersion
from people.models import User

FAULTS = {"ZM-01": True, "ZM-03": True, "ZM-04": True}
AT = "2024-12-20T15:00:00+08:00"
COUNTS = ("count_insert",)
SUMS = ("sum_insert", "inspections_finding_lies_insert", "then_again_insert")
TRIGGERS = {
    "inspections_inspection": (*COUNTS, "sum_insert"),
    "inspections_finding": (*COUNTS, *SUMS),
}
INSERT = """
    WITH i AS (
        INSERT INTO inspections_inspection (id, kind, kind_version_id, community_id, estate_id,
            inspector_id, location, location_source, accuracy_m, placed, recorded_at, received_at,
            answers, content, content_sha256, root, reason, in_force)
        SELECT %(id)s, 'lighting', %(version)s, community_id, id, %(user)s, ST_Centroid(geom),
            'gps', 5, 'on_site', %(at)s, now(), %(answers)s, %(answers)s, %(digest)s, %(id)s, '',
            true
        FROM geo_estate WHERE id = %(estate)s
        RETURNING *
    )
    INSERT INTO inspections_finding (id, inspection_id, item, kind, severity, advisory,
        community_id, estate_id, place, recorded_at, in_force)
    SELECT gen_random_uuid(), id, item, kind, 3, false, community_id, estate_id, location,
        recorded_at, true
    FROM i, unnest(%(items)s::text[]) AS item
"""


def measure(dsn: str) -> dict[str, Figure]:
    keeping = {
        "INSERT, nothing kept": (),
        "INSERT, writes counted": COUNTS,
        "INSERT": COUNTS + SUMS,
    }
    with web() as port:
        rates = rounds(
            {name: _inserting(dsn) for name in keeping} | {"PUT over HTTP": sending(port)},
            before={name: partial(_keep, kept) for name, kept in keeping.items()},
        )
    base = rates["INSERT"]
    told = {f"recording, {name}": against(rate, base) for name, rate in rates.items()}
    bare, counted = (rates[f"INSERT, {each}"] for each in ("nothing kept", "writes counted"))
    return told | {
        "sums cost an insert": {"ratio": counted.per_second / base.per_second},
        "sums and counts cost it": {"ratio": bare.per_second / base.per_second},
    }


def _keep(kept: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for table, triggers in TRIGGERS.items():
            for trigger in triggers:
                state = "ENABLE" if trigger in kept else "DISABLE"
                cursor.execute(f"ALTER TABLE {table} {state} TRIGGER {trigger}")


def _inserting(dsn: str) -> Client:
    version = KindVersion.objects.get(slug="lighting").pk
    user = User.objects.get(username="bench").pk
    answers = orjson.dumps(FAULTS).decode()

    def client(kept: ExitStack) -> Act:
        own, random = kept.enter_context(connect(dsn)), Random()
        fixed: dict[str, Any] = {
            "version": version,
            "user": user,
            "answers": answers,
            "digest": "0" * 64,
            "items": list(FAULTS),
            "at": AT,
        }
        return lambda: own.execute(
            INSERT, fixed | {"id": uuid4(), "estate": random.randint(1, 150)}
        )

    return client


def sending(port: int) -> Client:
    places = {
        pk: [shape.centroid.x, shape.centroid.y]
        for pk, shape in Estate.objects.values_list("pk", "geom")
    }

    def client(kept: ExitStack) -> Act:
        asker, random = kept.enter_context(Asker(port, TOKEN)), Random()

        def act() -> None:
            estate = random.choice(list(places))
            record = {
                "kind": "lighting",
                "estate": estate,
                "location": {"type": "Point", "coordinates": places[estate]},
                "location_source": "gps",
                "accuracy_m": 5,
                "recorded_at": AT,
                "answers": FAULTS,
            }
            asker.ask(
                f"/api/v1/inspections/{uuid4()}/",
                method="PUT",
                body=orjson.dumps(record),
                expect=201,
                Content_Type="application/json",
            )

        return act

    return client
