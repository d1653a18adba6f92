"""Plans and sites as a planner's browser sends them."""

from copy import deepcopy
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from rest_framework.test import APIClient

PLANS = "/api/v1/planning/plans/"
SITES = "/api/v1/planning/proposals/"


def today(days: int = 0) -> str:
    """Or so many days after it; asked anew each time, for a test may begin before midnight."""
    return str(timezone.localdate() + timedelta(days=days))


def footprint(west: float, south: float, east_m: float = 8, north_m: float = 4) -> dict:
    """A rectangle of about so many metres, its south-west corner there."""
    east, north = west + east_m / 101_000, south + north_m / 110_800
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def within(estate, right_m: float = 30, up_m: float = 30) -> dict:
    """On the ground of an estate, so far from its south-west corner."""
    west, south, _, _ = estate.geom.extent
    return footprint(west + right_m / 101_000, south + up_m / 110_800)


def a_plan(client: APIClient, id: str | None = None, **told) -> dict:
    """Made; with its id."""
    id = id or str(uuid4())
    sent = {"name": "方案甲", "shared": True} | told
    reply = client.put(f"{PLANS}{id}/", sent, format="json")
    assert reply.status_code == 201, reply.json()
    return reply.json()


def a_site(client: APIClient, plan: dict, ground, id: str | None = None, **told) -> dict:
    """Drawn in the plan: the Feature as it is told."""
    reply = put_site(client, id or str(uuid4()), site_sent(plan, ground, **told))
    assert reply.status_code == 201, reply.json()
    return reply.json()


def site_sent(plan: dict, ground, **told) -> dict:
    """On the ground of that estate; which one it is of, the server finds out."""
    return {"plan": plan["id"], "name": "东门车棚", "geom": within(ground), "bays": 20} | told


def put_site(client: APIClient, id: str, sent: dict):
    return client.put(f"{SITES}{id}/", deepcopy(sent), format="json")


def change(client: APIClient, site: dict, seen: int | None = None, **changes):
    """From the version that the Feature has, if no other is told."""
    sent = {"seen": seen or site["properties"]["version"], "changes": changes}
    return client.patch(f"{SITES}{site['id']}/", sent, format="json")


def told_of(client: APIClient, site: dict) -> dict:
    return client.get(f"{SITES}{site['id']}/").json()


def edits_of(client: APIClient, site: dict) -> list[dict]:
    return client.get(f"{SITES}{site['id']}/edits/").json()["edits"]


def step(client: APIClient, site: dict, name: str, id: str | None = None, **told):
    """With the version as it is now, if no other is told."""
    seen = told.pop("seen", None) or told_of(client, site)["properties"]["version"]
    sent = {"step": name, "seen": seen, **told}
    return client.put(f"{SITES}{site['id']}/steps/{id or uuid4()}/", sent, format="json")


def taken(client: APIClient, site: dict, name: str, **told) -> dict:
    """The Feature after it."""
    reply = step(client, site, name, **told)
    assert reply.status_code == 201, reply.json()
    return reply.json()["proposal"]
