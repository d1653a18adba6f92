"""A case with real pictures, through the doors that a tablet and a desk use."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image

from inspections import tasks
from inspections.models import Case, Photo
from tests import tus
from tests.pictures import photo
from tests.records import AT, a_record, here, put


def jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def named(body: bytes, **changes) -> dict:
    """As a record or a move names it."""
    told = {"id": str(uuid.uuid4()), "sha256": tus.sha256(body), "bytes": len(body)}
    told |= {"type": "image/jpeg", "how": "camera", "taken_at": AT} | changes
    return {name: value for name, value in told.items() if value is not None}


def at_place(lon: float, lat: float, accuracy_m: float = 5) -> dict:
    return {
        "location": {"type": "Point", "coordinates": [lon, lat]},
        "location_source": "gps",
        "accuracy_m": accuracy_m,
    }


def later(**span: float) -> str:
    return (datetime.fromisoformat(AT) + timedelta(**span)).isoformat()


def bring(client, entry, told: dict, body: bytes) -> Photo:
    """Its bytes, unless this person brought them before; and what the worker makes of them."""
    known = Photo.objects.filter(pk=told["id"]).first()
    if known is None or not known.held_at:
        upload(client, entry, told, body)
    tasks.make_derivatives(photo=told["id"])
    return Photo.objects.get(pk=told["id"])


def upload(client, entry, told: dict, body: bytes) -> None:
    reply = tus.upload(client, body, entry=entry, photo=told["id"])
    assert reply.status_code == 204, reply.json()


def recorded(client, estate, *photos: tuple[dict, bytes], **changes) -> uuid.UUID:
    """A lamp that is broken, with these photos of it."""
    entry = uuid.uuid4()
    body = a_record(estate, photos=[told for told, _ in photos], **here(estate)) | changes
    reply = put(client, body, entry)
    assert reply.status_code == 201, reply.json()
    for told, each in photos:
        bring(client, entry, told, each)
    return entry


def move(client, case: Case, name: str, *photos: tuple[dict, bytes], **changes) -> dict:
    """Made, with what it is answered."""
    case.refresh_from_db()
    entry = uuid.uuid4()
    body = {
        "move": name,
        "version": case.version,
        "recorded_at": later(hours=1),
        "photos": [told for told, _ in photos],
    }
    address = f"/api/v1/cases/{case.pk}/moves/{entry}/"
    reply = client.put(address, body | changes, format="json")
    assert reply.status_code == 201, reply.json()
    for told, each in photos:
        bring(client, entry, told, each)
    return reply.json()


@dataclass
class World:
    """A broken lamp, handed back by the company with a photo from the same viewpoint."""

    case: Case
    before: Photo
    after: Photo
    body: bytes


def handled(as_user, estate, **of_after) -> World:
    inspector, supervisor = as_user("inspector"), as_user("supervisor")
    lon, lat = estate.geom.centroid.coords
    first = photo(size=(640, 480))
    told = named(first, item="ZM-01", **at_place(lon, lat))
    recorded(inspector, estate, (told, first))
    case = Case.objects.get()
    move(supervisor, case, "file")
    company = {"kind": "company", "company": estate.company_id}
    move(supervisor, case, "assign", handler=company)
    move(as_user("company"), case, "claim")
    second = photo(size=(640, 481))
    again = {"taken_at": later(days=2, minutes=5), "pair": told["id"], "item": "ZM-01"}
    again |= at_place(lon + 0.0001, lat) | of_after
    done = named(second, **again)
    move(as_user("company"), case, "hand_back", (done, second), note="灯泡已更换")
    case.refresh_from_db()
    before, after = (Photo.objects.get(pk=each["id"]) for each in (told, done))
    return World(case, before, after, second)
