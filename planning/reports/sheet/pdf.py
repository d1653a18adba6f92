"""A sheet as PDF, by typst."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import shapely
import typst
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from geo.models import Office
from inspections.papers.fonts import SERIF, fonts
from people.models import User
from planning.models import Document, Proposal, Step, Vote
from planning.reports.sheet.around import around
from planning.reports.sheet.told import Contents, Photo, is_photo, told
from planning.reports.words import Told

TEMPLATE = Path(__file__).with_name("sheet.typ")
# More than these on a sheet is a pile; all of them are with the proposal.
MOST_PHOTOS = 6
_PHOTO_PX = 1100


def sheet(
    proposal: Proposal, verdicts: Sequence[Told], rules: str, *, user: User, now: datetime
) -> bytes:
    """The PDF of a proposal, in the active language, with what `user` may see around it.

    `verdicts` as `planning.checking.told` has them, `rules` the version they were judged by.
    Raises NoFont where no font here has Chinese.
    """
    face = fonts()
    with _photos(proposal, user) as (folder, photos):
        contents = Contents(
            proposal=proposal,
            verdicts=verdicts,
            rules=rules,
            around=around(proposal, shapely.from_wkb(bytes(proposal.geom.wkb)), user),
            steps=list(
                Step.objects.visible_to(user).filter(proposal=proposal).select_related("by")
            ),
            vote=Vote.objects.visible_to(user).filter(proposal=proposal).last(),
            photos=photos,
            demonstration=Office.is_demonstration(),
            now=now,
        )
        template = Path(copy(TEMPLATE, folder))
        made = typst.compile(
            template,
            root=folder,
            font_paths=face.found,
            format="pdf",
            sys_inputs={
                "sheet": json.dumps(told(contents, face.heiti), ensure_ascii=False),
                "fonts": json.dumps({"heiti": face.heiti, "fallback": SERIF}),
            },
        )
    if not isinstance(made, bytes):
        raise TypeError(type(made))
    return made


@contextmanager
def _photos(proposal: Proposal, user: User) -> Iterator[tuple[Path, list[Photo]]]:
    """Small copies without what a camera wrote into them, in a folder of their own: the
    typesetter reads there and nowhere else."""
    rows = Document.objects.visible_to(user).filter(proposal=proposal).order_by("at", "id")
    documents = [each for each in rows if is_photo(each)][-MOST_PHOTOS:]
    with TemporaryDirectory(prefix="sheet-") as name:
        folder, photos = Path(name), []
        for n, document in enumerate(documents):
            path = folder / f"{n}.jpg"
            with default_storage.open(document.file) as file, Image.open(file) as image:
                small = ImageOps.exif_transpose(image)
                small.thumbnail((_PHOTO_PX, _PHOTO_PX))
                small.convert("RGB").save(path, "JPEG", quality=85)
            photos.append(Photo(path, document.name))
        yield folder, photos
