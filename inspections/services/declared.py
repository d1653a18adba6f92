"""Photos as a record names them: what is to come, by id and SHA-256."""

import re
from uuid import UUID

from django.utils.translation import gettext as _

from inspections.models import Taken
from inspections.services.fields import MOST_ACCURACY_M, SOURCES, Fields
from inspections.services.photos import Named

MOST_PHOTOS = 40
TYPES = (
    "image/jpeg",
    "image/heic",
    "image/png",
    "image/webp",
    "video/mp4",
    "video/webm",
    "video/quicktime",
)
MEMBERS = frozenset(
    {
        "id",
        "sha256",
        "bytes",
        "type",
        "item",
        "how",
        "taken_at",
        "location",
        "location_source",
        "accuracy_m",
        "name",
        "pair",
    }
)
_SHA256 = re.compile("[0-9a-f]{64}")
_BIGGEST_FILE = 2**53


def read(fields: Fields) -> tuple[Named, ...]:
    """Those in `photos`; what is wrong is named as photos.0.sha256."""
    told = fields.content.get("photos", [])
    if not isinstance(told, list) or len(told) > MOST_PHOTOS:
        fields.blame("photos", _("A list of at most %d photos.") % MOST_PHOTOS)
        return ()
    read = [_read(each, f"photos.{n}.", fields) for n, each in enumerate(told)]
    photos = tuple(each for each in read if each is not None)
    if len({each.id for each in photos}) < len(photos):
        fields.blame("photos", _("Each photo once."))
    return photos


def _read(told: object, within: str, around: Fields) -> Named | None:
    if not isinstance(told, dict):
        around.blame(within.rstrip("."), _("A photo has an id, a hash, a length and a type."))
        return None
    fields = Fields({name: value for name, value in told.items() if value is not None})
    fields.nothing_else(MEMBERS)
    sha256 = told.get("sha256")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        fields.blame("sha256", _("64 hexadecimal digits are needed."))
        sha256 = ""
    photo = Named(
        id=fields.uuid("id", needed=True) or UUID(int=0),
        sha256=sha256,
        bytes=fields.whole("bytes", most=_BIGGEST_FILE) or 0,
        type=fields.choice("type", TYPES, needed=True),
        how=fields.choice("how", Taken.values),
        item=fields.text("item", most=20),
        taken_at=fields.instant("taken_at", needed=False),
        location=fields.point("location"),
        location_source=fields.choice("location_source", sorted(SOURCES)),
        accuracy_m=fields.number("accuracy_m", most=MOST_ACCURACY_M),
        name=fields.text("name", most=120),
        pair=fields.uuid("pair"),
    )
    around.wrong |= {f"{within}{name}": sentence for name, sentence in fields.wrong.items()}
    return None if fields.wrong else photo
