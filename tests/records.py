"""A record as a tablet sends it."""

import uuid
from hashlib import sha256

AT = "2024-11-30T09:30:00+08:00"


def a_record(estate, /, **changes) -> dict:
    """The smallest lighting record with one fault; a change to None leaves a member out."""
    body = {
        "kind": "lighting",
        "estate": estate.pk,
        "recorded_at": AT,
        "answers": {"ZM-01": True},
    } | changes
    return {name: value for name, value in body.items() if value is not None}


def here(estate, east_m: float = 0, **changes) -> dict:
    """A position so many metres east of the estate's eastern edge (west of it: within)."""
    _, south, east, north = estate.geom.extent
    lon = east + east_m / 101_100  # metres in a degree at 24.8° N
    return {
        "location": {"type": "Point", "coordinates": [lon, (south + north) / 2]},
        "location_source": "gps",
        "accuracy_m": 5,
    } | changes


def put(client, body, id=None):
    return client.put(f"/api/v1/inspections/{id or uuid.uuid4()}/", body, format="json")


def a_lamp(estate=None, /, **changes) -> dict:
    """A lamp proposed in the middle of the estate; a change to None leaves a member out."""
    body = {
        "layer": "lights",
        "estate": estate and estate.pk,
        "code": "LD-900",
        "geometry": estate and _point(estate.geom.centroid),
        "recorded_at": AT,
    } | changes
    return {name: value for name, value in body.items() if value is not None}


def _point(at) -> dict:
    return {"type": "Point", "coordinates": list(at.coords)}


def an_estate(community, /, **changes) -> dict:
    """An estate proposed in the north-east of the community."""
    _, _, east, north = community.geom.extent
    west, south = east - 0.004, north - 0.004
    ring = [[west, south], [west + 0.002, south], [west + 0.002, south + 0.002], [west, south]]
    body = {
        "layer": "estates",
        "name": "新村",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "recorded_at": AT,
    } | changes
    return {name: value for name, value in body.items() if value is not None}


def propose(client, body, id=None):
    return client.put(f"/api/v1/proposals/{id or uuid.uuid4()}/", body, format="json")


def a_photo(content: bytes = b"a photo", **changes) -> dict:
    """As a record names it."""
    body = {
        "id": str(uuid.uuid4()),
        "sha256": sha256(content).hexdigest(),
        "bytes": len(content),
        "type": "image/jpeg",
    } | changes
    return {name: value for name, value in body.items() if value is not None}
