"""Masked copies of a few photos, as a supervisor draws them: what leaves the house shows those."""

from random import Random

import numpy as np
from PIL import Image

from inspections import policy
from inspections.demo.casework import id_at
from inspections.models import Photo
from inspections.pictures.fonts import NoFont
from inspections.pictures.masking import Box
from inspections.services import derivatives
from inspections.services.evidence.masks import make_masked_copy
from people.models import User

# A sixth of a second each: enough to be seen on what is taken away.
MOST = 6
# A drawn face is so much more red than green, and than blue, in whatever light; and so large.
_THAN_GREEN, _THAN_BLUE = (30, 52), (62, 95)
_FEWEST = 60


def cover() -> int:
    """How many were made: of the latest photos of faults that show somebody."""
    by = User.objects.get(username="supervisor")
    covered = 0
    for photo in Photo.objects.filter(inspection__isnull=False).order_by("-taken_at", "pk"):
        boxes = _faces(photo) if policy.may_mask(by, photo.community_id) else []
        if not boxes:
            continue
        try:
            derivatives.make(photo.pk)
        except NoFont:
            return covered
        # As if it had been made when it came: the same wishes give the same rows.
        Photo.objects.filter(pk=photo.pk).update(made_at=photo.taken_at)
        photo.refresh_from_db()
        chance = Random(f"{photo.pk} masked")  # noqa: S311
        id = id_at(chance, int(photo.taken_at.timestamp() * 1000) if photo.taken_at else 0)
        make_masked_copy(id=id, photo=photo, boxes=boxes, by=by)
        covered += 1
        if covered == MOST:
            break
    return covered


def _faces(photo: Photo) -> list[Box]:
    """One box around all of them."""
    with photo.open_original() as file, Image.open(file) as image:
        seen = np.asarray(image.convert("RGB"), dtype=np.int16)
    green, blue = seen[..., 0] - seen[..., 1], seen[..., 0] - seen[..., 2]
    face = (green > _THAN_GREEN[0]) & (green < _THAN_GREEN[1])
    face &= (blue > _THAN_BLUE[0]) & (blue < _THAN_BLUE[1]) & (seen[..., 0] > 200)
    rows, columns = np.nonzero(face)
    if len(rows) < _FEWEST:
        return []
    height, width = seen.shape[:2]
    left, top = columns.min() / width, rows.min() / height
    wide, high = columns.max() / width - left, rows.max() / height - top
    return [Box(float(left), float(top), float(wide), float(high))] if wide * high < 0.1 else []
