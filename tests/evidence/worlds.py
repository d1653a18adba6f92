"""A case with real pictures, through the doors that a tablet and a desk use."""

import uuid
from io import BytesIO

from PIL import Image

from inspections import tasks
from inspections.models import Photo
from tests import tus
from tests.records import AT, a_record, here, put


def jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def named(body: bytes, **changes) -> dict:
    """As a record or a move names it."""
    told = {"id": str(uuid.uuid4()), "sha256": tus.sha256(body), "bytes": len(body)}
    return told | {"type": "image/jpeg", "how": "camera", "taken_at": AT} | changes


def bring(client, entry, told: dict, body: bytes) -> Photo:
    """Its bytes, and what the worker makes of them."""
    reply = tus.upload(client, body, entry=entry, photo=told["id"])
    assert reply.status_code == 204, reply.json()
    tasks.make_derivatives(photo=told["id"])
    return Photo.objects.get(pk=told["id"])


def recorded(client, estate, *photos: tuple[dict, bytes], **changes) -> uuid.UUID:
    """A lamp that is broken, with these photos of it."""
    entry = uuid.uuid4()
    body = a_record(estate, photos=[told for told, _ in photos], **here(estate), **changes)
    reply = put(client, body, entry)
    assert reply.status_code == 201, reply.json()
    for told, each in photos:
        bring(client, entry, told, each)
    return entry
