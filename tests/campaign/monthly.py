"""Reports of a month as they are asked for, typed into and taken on."""

from datetime import date
from uuid import uuid4

from campaign.models import Action, Indicator, Target

REPORTS = "/api/v1/campaign/reports/"


# Of the notice's own, more and more are counted; these stay to be entered.
MORE = (
    ("ZX02", "TX-M1", "%", "subdistrict", "", 60),
    ("ZX07", "TX-R1", "time", "estate", "monthly", 1),
    ("ZX07", "TX-R2", "time", "estate", "monthly", 1),
    ("ZX07", "TX-R3", "time", "estate", "monthly", 1),
    ("ZX04", "TX-U1", "time", "subdistrict", "monthly", 1),
    ("ZX06", "TX-C1", "%", "company", "", 100),
)


def ask_more() -> None:
    """Indicators beside those of the notice."""
    for action, code, unit, level, recurrence, number in MORE:
        row = Indicator.objects.create(
            action=Action.objects.get(code=action),
            code=code,
            zh=f"另一项 {code}",
            en=f"Another {code}",
            metric=code.lower(),
            unit=unit,
            level=level,
            recurrence=recurrence,
        )
        Target.objects.create(indicator=row, holds_from=date(2024, 11, 7), op=">=", number=number)


def address(place, month: str = "2024-12") -> str:
    kind = "unit" if place._meta.model_name == "unit" else "community"
    return f"{REPORTS}{month}/{kind}/{place.pk}/"


def page(client, place, month: str = "2024-12", **asked) -> dict:
    reply = client.get(address(place, month), asked)
    assert reply.status_code == 200, reply.json()
    return reply.json()


def matters(told: dict) -> dict[str, dict]:
    return {each["code"]: each for action in told["actions"] for each in action["matters"]}


def id_of(code: str) -> int:
    return Indicator.objects.get(code=code).pk


def cell(code: str, place, n=None, of=None, seen: int = 0) -> dict:
    """`place`: a row of the register, or a key."""
    key = place if isinstance(place, str) else f"{place._meta.model_name}-{place.pk}"
    key = key.replace("propertycompany", "company")
    told = {"indicator": id_of(code), "place": key, "n": n, "of": of, "seen": seen}
    return {name: each for name, each in told.items() if each is not None}


def matter(code: str, seen: int = 0, **said) -> dict:
    return {"indicator": id_of(code), "seen": seen} | said


def put(client, place, *cells: dict, matters: tuple = (), month: str = "2024-12"):
    body = {"cells": list(cells), "matters": list(matters)}
    return client.put(f"{address(place, month)}cells/", body, format="json")


def outcomes(reply) -> list[str]:
    assert reply.status_code == 200, reply.json()
    told = reply.json()
    return [each["outcome"] for each in (*told["cells"], *told["matters"])]


def step(client, place, step: str, seen: int, *, id=None, month: str = "2024-12", **more):
    body = {"step": step, "seen": seen} | more
    where = f"{address(place, month)}moves/{id or uuid4()}/"
    return client.put(where, body, format="json")
