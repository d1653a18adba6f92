"""Masked copies 脱敏副本: made once, by hand, and what others are given instead of a photo."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from inspections import policy
from inspections.errors import MaskDiffers, MaskInvalid, NotMadeYet, NotYoursToMask, PhotoCut
from inspections.models import MaskedCopy, Photo
from inspections.pictures.masking import Box, masked
from inspections.services.derivatives import TOGETHER, lines_of, write
from people.models import User

MOST_BOXES = 100
# Finer than a pixel of the largest copy; what is drawn again is the same again.
_DIGITS = 5


def shared_copy(photo: Photo) -> str:
    """The name in the store of what others may be given: the newest masked copy, else the picture
    that does not say who took it; "" where none has been made yet."""
    return shared_copies([photo]).get(photo.pk, "")


def shared_copies(photos: Iterable[Photo]) -> dict[UUID, str]:
    """As `shared_copy`, of many at once; those of which there is no picture are not among them."""
    rows = list(photos)
    made = {photo.pk: _unnamed(photo) for photo in rows if photo.made_at}
    return made | {id: copy.file for id, copy in newest(each.pk for each in rows).items()}


def _unnamed(photo: Photo) -> str:
    # Of those made before it was made beside them there is none.
    return photo.unnamed if default_storage.exists(photo.unnamed) else photo.large


def newest(photos: Iterable[UUID]) -> dict[UUID, MaskedCopy]:
    """The masked copy in use of each photo that has one."""
    rows = MaskedCopy.objects.filter(photo__in=list(photos)).order_by("made_at", "pk")
    return {copy.photo_id: copy for copy in rows}


def make_masked_copy(
    *, id: UUID, photo: Photo, boxes: Sequence[Box], by: User
) -> tuple[MaskedCopy, bool]:
    """The copy, and whether it was made now. Made from what people look at, so that what was
    drawn is what is covered, also once the original is gone.

    Raises NotYoursToMask, MaskInvalid, MaskDiffers, NotMadeYet or PhotoCut.
    """
    if not policy.may_mask(by, photo.community_id):
        raise NotYoursToMask
    drawn = [_told(each) for each in boxes]
    if not drawn or len(drawn) > MOST_BOXES:
        raise MaskInvalid(most=MOST_BOXES)
    known = MaskedCopy.objects.filter(pk=id).first()
    copy, made = (known, False) if known else _made(id, photo, drawn, by)
    if copy.photo_id != photo.pk or copy.boxes != drawn:
        raise MaskDiffers
    return copy, made


def _made(id: UUID, photo: Photo, drawn: list[list[float]], by: User) -> tuple[MaskedCopy, bool]:
    if photo.problem:
        raise PhotoCut
    if not photo.made_at:
        raise NotMadeYet
    whole = Photo.objects.select_related(*TOGETHER).get(pk=photo.pk)
    longest = max(whole.width or 0, whole.height or 0)
    lines = lines_of(whole, named=False)
    with default_storage.open(whole.large) as large:
        small, body = masked(large, [Box(*each) for each in drawn], lines, longest)
    told = {
        "photo": photo,
        "boxes": drawn,
        "file": f"masked/{id.hex[-2:]}/{id}.jpg",
        "sha256": sha256(body).hexdigest(),
        "bytes": len(body),
        "made_by": by,
    }
    # No row without its file: where that can't be written, the row is not either.
    with transaction.atomic():
        copy, made = MaskedCopy.objects.get_or_create(pk=id, defaults=told)
        if made:
            write(copy.file, body)
            write(copy.small, small)
    return copy, made


def _told(box: Box) -> list[float]:
    return [round(each, _DIGITS) for each in (box.left, box.top, box.width, box.height)]
