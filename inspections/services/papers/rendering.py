"""Making a paper's files from what it says. As often as it is tried, the same comes of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from inspections.models import Paper
from inspections.papers.fonts import NoFont
from inspections.papers.pdf import pdf
from inspections.papers.pictures import Placed, placed
from inspections.papers.word import word
from inspections.services.originals import room
from inspections.services.papers.jobs import defer_rendering

DEMONSTRATION, VOID = "演示", "作废"
# A job that was not taken up for so long was lost, with its worker or before it.
LOST = timedelta(minutes=2)


def render(id: UUID) -> Paper | None:
    """None where there is nothing to make. What goes wrong is noted and raised, to be tried
    again; a worker that is killed leaves the paper as it was."""
    paper = Paper.objects.unrendered().filter(pk=id).first()
    if paper is None:
        return None
    try:
        made = _made(paper)
    except Exception as e:
        _unrendered(paper).update(problem=_code(e))
        raise
    _unrendered(paper).update(**made, rendered_at=timezone.now(), problem="")
    paper.refresh_from_db()
    return paper


def render_again() -> int:
    """Those whose job was lost; how many."""
    lost = Paper.objects.unrendered().filter(issued_at__lt=timezone.now() - LOST)
    papers = list(lost.order_by("issued_at"))
    return sum([defer_rendering(paper) for paper in papers])


def _unrendered(paper: Paper) -> Any:
    """It still is, and was not made void meanwhile: its files would not say so."""
    return Paper.objects.unrendered().filter(pk=paper.pk, voided_at=paper.voided_at)


def _made(paper: Paper) -> dict[str, Any]:
    sheet = paper.data["sheet"]
    marks = [DEMONSTRATION] if paper.data["demonstration"] else []
    marks += [VOID] if paper.voided_at else []
    with _pictures(sheet) as pictures:
        body, pages = pdf(sheet, pictures, marks)
        return {
            "pdf": _kept(body, "pdf"),
            "docx": _kept(word(sheet, pictures, marks), "docx"),
            "pages": pages,
        }


@contextmanager
def _pictures(sheet: dict[str, Any]) -> Iterator[list[Placed]]:
    """Copies in a folder of their own: the typesetter reads there and nowhere else."""
    with TemporaryDirectory(prefix="paper-") as folder:
        pictures = []
        for n, picture in enumerate(sheet["pictures"]):
            path = Path(folder, f"{n}.jpg")
            with default_storage.open(picture["file"]) as read, path.open("wb") as write:
                shutil.copyfileobj(read, write)
            pictures.append(placed(path))
        yield pictures


def _kept(body: bytes, ending: str) -> str:
    """Its name in the store, by its content: written once more where it was left half written."""
    digest = sha256(body).hexdigest()
    name = f"papers/{digest[:2]}/{digest}.{ending}"
    with room():
        if default_storage.exists(name) and default_storage.size(name) == len(body):
            return name
        default_storage.delete(name)
        default_storage.save(name, ContentFile(body))
    return name


def _code(error: Exception) -> str:
    """What its page tells: a font that is missing, a picture that is gone, or a fault of ours."""
    if isinstance(error, NoFont):
        return "no_font"
    return "picture_gone" if isinstance(error, FileNotFoundError) else "failed"


def made_again(paper: Paper) -> None:
    """Of one whose file is gone from the store: what it says is still there."""
    Paper.objects.filter(pk=paper.pk).update(rendered_at=None)
    defer_rendering(paper)
