"""Papers and photos about a proposed site: believed once they were opened, kept for good."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from inspections.services import brought
from inspections.services.brought import ENDINGS, Seen
from people.models import User
from planning import policy
from planning.errors import (
    DocumentRefused,
    DocumentTooLarge,
    MadeDifferently,
    NotYoursToPlan,
    TooManyDocuments,
)
from planning.life import Part
from planning.models import Document, Proposal

FOLDER = "documents"
_OTHERS = (*ENDINGS.values(), ".jpeg")


def add_document(
    *, id: UUID, proposal: Proposal, name: str, read: brought.Read, promised: int | None, by: User
) -> tuple[Document, bool]:
    """The document, and whether this sending brought it: the same bytes again are answered the
    same. Whatever becomes of the proposal, it is kept.

    Raises NotYoursToPlan, LengthRequired, DocumentTooLarge, BodyCutShort, DocumentRefused,
    TooManyDocuments, MadeDifferently, NoRoom.
    """
    if not policy.parts_in(by, proposal) & {Part.PLANNER, Part.APPROVER}:
        raise NotYoursToPlan
    file, length, seen = brought.receive(
        read,
        promised,
        opened,
        folder=FOLDER,
        too_large=lambda: DocumentTooLarge(most=settings.DOCUMENT_MAX_BYTES),
    )
    row = Document(
        id=id,
        proposal=proposal,
        name=brought.plain_name(name, ENDINGS[seen.type], _OTHERS),
        type=seen.type,
        bytes=length,
        sha256=seen.sha256,
        file=file,
        width=seen.width,
        height=seen.height,
        pages=seen.pages,
        by=by,
    )
    return _kept(row)


def opened(sha256: str, file: Path) -> Seen:
    """Raises DocumentRefused, DocumentTooLarge."""
    try:
        return brought.paper_or_picture(sha256, file)
    except brought.NotOpened as e:
        raise DocumentRefused from e
    except brought.TooManyPixels as e:
        raise DocumentTooLarge(most=settings.DOCUMENT_MAX_PIXELS) from e


def _kept(row: Document) -> tuple[Document, bool]:
    known = _known(row)
    if known:
        return known, False
    try:
        with transaction.atomic():
            # One after the other: of two at once, the second counts the first.
            Proposal.objects.select_for_update(no_key=True).get(pk=row.proposal_id)
            if row.proposal.documents.count() >= settings.DOCUMENTS_MAX:
                raise TooManyDocuments(most=settings.DOCUMENTS_MAX)
            row.save(force_insert=True)
    except IntegrityError:
        known = _known(row)
        if known is None:
            raise
        return known, False
    return row, True


def _known(row: Document) -> Document | None:
    known = Document.objects.filter(pk=row.pk).first()
    asked = (row.proposal_id, row.sha256, row.by_id)
    if known and (known.proposal_id, known.sha256, known.by_id) != asked:
        raise MadeDifferently
    return known
