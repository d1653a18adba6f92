"""Rows of ledgers: kept once and for good, corrected and withdrawn by others that say why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign import ledgers, policy
from campaign.errors import (
    LedgerNotFound,
    LedgerRowEnteredDifferently,
    LedgerRowInvalid,
    LedgerRowNotFound,
    LedgerRowOutdated,
    LedgerRowThere,
    NotYoursToKeep,
    ValueInvalid,
)
from campaign.ledger import Counts, Ledger
from campaign.models import Action, Attachment, LedgerRow
from campaign.models.programmes import LEVELS
from campaign.services.entering import Place, place_of
from campaign.services.fields import CampaignFields
from campaign.standing import Level
from geo.models import Estate
from inspections.services import content
from people.models import User

LONGEST_REASON = 200
MOST_ATTACHMENTS = 20
# One for each ledger, among PostgreSQL's advisory locks.
_LOCK = """
SELECT pg_advisory_xact_lock(('campaign_ledgerrow'::regclass::oid::bigint %% 2147483647)::int,
                             hashtext(%s))
"""
_PLACES = ("community", "estate", "company")
_LEVELS = dict(LEVELS)
_NEW = {"day", "month", "data", "attachments", *_PLACES}
_CORRECTION = {"day", "month", "data", "attachments", "supersedes", "reason"}
_WITHDRAWAL = {"supersedes", "withdrawn", "reason"}


def ledger_of(slug: str) -> Ledger:
    """Raises LedgerNotFound."""
    try:
        return ledgers.get(slug)
    except KeyError as e:
        raise LedgerNotFound from e


def actions_of(ledger: Ledger) -> list[Action]:
    """Those whose units keep it: of every notice that is out."""
    return actions_by_code([ledger])[ledger.action]


def actions_by_code(kept: Iterable[Ledger]) -> Mapping[str, list[Action]]:
    rows = Action.objects.asked_on(timezone.localdate())
    rows = rows.filter(code__in={each.action for each in kept})
    told: dict[str, list[Action]] = defaultdict(list)
    for each in rows.prefetch_related("responsibilities"):
        told[each.code].append(each)
    return told


def may_keep_in(ledger: Ledger, by: User, actions: Sequence[Action]) -> bool:
    """Rows of one place at least."""
    return policy.may_keep_somewhere(by, actions, whole=ledger.level == Level.SUBDISTRICT)


def keep_row(*, id: UUID, slug: str, body: bytes, by: User) -> tuple[LedgerRow, bool]:
    """The row, and whether this sending wrote it: the same again is answered the same.

    Raises BodyUnreadable, LedgerNotFound, NotYoursToKeep, PlaceNotFound, LedgerRowNotFound,
    LedgerRowInvalid, LedgerRowThere, LedgerRowOutdated; LedgerRowEnteredDifferently where the id
    stands for something else.
    """
    ledger = ledger_of(slug)
    sent, canonical = content.read(body)
    return keep(id=id, ledger=ledger, sent=sent, canonical=canonical, by=by)


def keep(
    *, id: UUID, ledger: Ledger, sent: dict[str, Any], canonical: bytes, by: User
) -> tuple[LedgerRow, bool]:
    """As `keep_row`, of what is read already."""
    digest = sha256(ledger.slug.encode() + b"\n" + canonical).hexdigest()
    known = _known(id, digest, by)
    if known:
        return known, False
    try:
        return _kept(id, ledger, sent, digest, by), True
    except IntegrityError:
        # Of two at once, the other was faster: with this id, or at correcting the same row.
        known = _known(id, digest, by)
        if known:
            return known, False
        before = LedgerRow.objects.filter(pk=str(sent.get("supersedes"))).first()
        if before is None:
            raise
        raise LedgerRowOutdated(id=str(_newest(before).pk)) from None


def _known(id: UUID, digest: str, by: User) -> LedgerRow | None:
    known = LedgerRow.objects.filter(pk=id).first()
    if known and (known.content_sha256 != digest or known.by_id != by.pk):
        raise LedgerRowEnteredDifferently
    return known


@transaction.atomic
def _kept(id: UUID, ledger: Ledger, sent: dict[str, Any], digest: str, by: User) -> LedgerRow:
    actions = actions_of(ledger)
    if not may_keep_in(ledger, by, actions):
        raise NotYoursToKeep
    fields = CampaignFields(sent)
    before = _before(fields, ledger, by)
    withdraws = before is not None and sent.get("withdrawn") is True
    fields.nothing_else(_NEW if before is None else _WITHDRAWAL if withdraws else _CORRECTION)
    place = _place_of_row(before) if before else _place(fields, ledger, by)
    if not policy.may_keep(by, actions, place.lies_in):
        raise NotYoursToKeep
    row = LedgerRow(
        id=id,
        ledger=ledger.slug,
        community=place.community,
        estate=place.estate,
        company=place.company,
        root=before.root if before else id,
        supersedes=before,
        withdrawn=withdraws,
        by=by,
        at=timezone.now(),
        content_sha256=digest,
    )
    if before:
        row.reason = fields.text("reason", most=LONGEST_REASON)
        if not row.reason and "reason" not in fields.wrong:
            fields.blame("reason", _("This is needed."))
    attached: Sequence[Attachment] = ()
    if withdraws and before:
        row.day, row.month, row.data = before.day, before.month, before.data
    else:
        row.day, row.month = _days(fields, ledger)
        row.data, wrong = ledger.read(sent.get("data", {}))
        for name, reason in wrong.items():
            fields.blame(name if name == "data" else f"data.{name}", reason)
        attached = _attached(fields, by, before)
    if fields.wrong:
        raise LedgerRowInvalid(fields=fields.wrong)
    _only_one(row, ledger)
    row.save(force_insert=True)
    row.attachments.set(attached)
    return row


def _before(fields: CampaignFields, ledger: Ledger, by: User) -> LedgerRow | None:
    """Raises LedgerRowNotFound, LedgerRowOutdated, LedgerRowInvalid."""
    if fields.content.get("supersedes") is None:
        return None
    id = fields.uuid("supersedes")
    if id is None:
        raise LedgerRowInvalid(fields=fields.wrong)
    rows = LedgerRow.objects.visible_to(by).filter(ledger=ledger.slug)
    found = rows.select_related("community", "estate", "company").filter(pk=id).first()
    if found is None:
        raise LedgerRowNotFound
    newest = _newest(found)
    if newest.pk != found.pk or found.withdrawn:
        raise LedgerRowOutdated(id=str(newest.pk))
    return found


def _newest(row: LedgerRow) -> LedgerRow:
    return LedgerRow.objects.filter(root=row.root, superseded_by=None).get()


def communities_of_companies(*companies: int) -> Mapping[int, frozenset[int]]:
    """Where each manages an estate; without any named, of all that do."""
    rows = Estate.objects.current().filter(company__isnull=False).order_by()
    if companies:
        rows = rows.filter(company__in=companies)
    where: dict[int, set[int]] = {}
    for company, community in rows.values_list("company", "community").distinct():
        where.setdefault(company, set()).add(community)
    return {company: frozenset(each) for company, each in where.items()}


def _place_of_row(row: LedgerRow) -> Place:
    """A correction is of the same place; one of another place is withdrawn and entered there."""
    lies_in: frozenset[int] | None
    if row.company_id is not None:
        lies_in = communities_of_companies(row.company_id).get(row.company_id, frozenset())
    else:
        lies_in = None if row.community_id is None else frozenset({row.community_id})
    return Place(row.community, row.estate, row.company, lies_in)


def _place(fields: CampaignFields, ledger: Ledger, by: User) -> Place:
    """Raises PlaceNotFound, LedgerRowInvalid."""
    try:
        place = place_of(fields, by)
    except ValueInvalid as e:
        raise LedgerRowInvalid(**e.details) from e
    if place.level != ledger.level:
        name = next((each for each in _PLACES if each == ledger.level), "place")
        fields.blame(name, _("A row of this ledger is of one: %s.") % _LEVELS[ledger.level])
    return place


def _days(fields: CampaignFields, ledger: Ledger) -> tuple[date, date]:
    day = fields.day("day")
    if day and day > timezone.localdate():
        fields.blame("day", _("This day has not come yet."))
    told = fields.content.get("month") is not None
    if told and ledger.counts != Counts.MONTH:
        fields.blame("month", _("This is of its day's month."))
        told = False
    month = fields.month("month") if told else None
    if month and day and month > day:
        fields.blame("month", _("This month had not begun on that day."))
    day = day or timezone.localdate()
    return day, month or day.replace(day=1)


def _attached(fields: CampaignFields, by: User, before: LedgerRow | None) -> Sequence[Attachment]:
    """A correction has those of before, where it names none of its own."""
    told = fields.content.get("attachments")
    if told is None:
        return list(before.attachments.all()) if before else ()
    if not isinstance(told, list) or len(told) > MOST_ATTACHMENTS:
        fields.blame("attachments", _("A list of at most %d ids.") % MOST_ATTACHMENTS)
        return ()
    try:
        ids = {UUID(each) if isinstance(each, str) else UUID("") for each in told}
    except ValueError:
        fields.blame("attachments", _("A UUID is needed."))
        return ()
    found = list(Attachment.objects.visible_to(by).filter(pk__in=ids))
    if len(found) < len(ids):
        fields.blame("attachments", _("There is no such attachment."))
    return found


def _only_one(row: LedgerRow, ledger: Ledger) -> None:
    """Raises LedgerRowThere."""
    if ledger.counts != Counts.MONTH or row.withdrawn:
        return
    # Of two who enter the same at once the second waits, and is then told of the first's. No
    # constraint could: estates that turn out to be one may bring a row each.
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [ledger.slug])
    of = {"community": row.community, "estate": row.estate, "company": row.company}
    rows = LedgerRow.objects.filter(ledger=row.ledger, month=row.month, **of)
    there = rows.standing().exclude(root=row.root).first()
    if there is not None:
        raise LedgerRowThere(id=str(there.pk))
