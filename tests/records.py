"""A record as a tablet sends it."""

import uuid

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
