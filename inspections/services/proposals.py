"""What an inspector found missing in the register: there at once, and decided by the clerk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from geo import geojson, proposing
from geo.errors import GeometryRefused
from geo.models import Community, Estate, ExcludedArea
from inspections import policy
from inspections.errors import (
    EstateNotFound,
    ExcludedGround,
    NotAnInspector,
    PlaceNotFound,
    ProposalUnknown,
    RecordInvalid,
)
from inspections.models import Proposal, Standing
from inspections.services import declared, photos
from inspections.services.fields import BIGGEST_NUMBER, Fields
from inspections.services.many import each_of
from inspections.services.outcomes import Known, Outcomes, Taken, each
from inspections.services.photos import Named
from inspections.services.sent import Sent
from people.models import User

FIELDS = frozenset(
    {
        "layer",
        "estate",
        "name",
        "code",
        "geometry",
        "note",
        "recorded_at",
        "photos",
        "device",
        "number",
    }
)
_LONGEST_NAME = 100
_LONGEST_CODE = 40
_LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the server holds of a proposal; `row` is its place's id in the register."""

    id: UUID
    layer: str
    row: int
    standing: str
    note: str


@dataclass(frozen=True, slots=True)
class _Asked:
    sent: Sent
    layer: str
    estate: int | UUID | None
    name: str
    code: str
    shape: BaseGeometry
    recorded_at: datetime
    photos: tuple[Named, ...]


def known(ids: Iterable[UUID]) -> dict[UUID, Known]:
    rows = Proposal.objects.filter(pk__in=each_of(ids))
    return {row.pk: Known(_told(row), row.sender_id, row.content_sha256) for row in rows}


def propose(sent: dict[UUID, Sent], *, sender: User, now: datetime) -> Outcomes:
    """What became of each. Within a transaction, and alone: two that propose the same place
    propose one."""
    outcomes: Outcomes = {}
    asked = each(sent, _read, outcomes)
    # Estates first: another of these may name one of them.
    in_turn = sorted(asked.items(), key=lambda pair: pair[1].layer != "estates")
    rows = each(dict(in_turn), lambda one: _propose(one, sender, now), outcomes)
    named = {id: asked[id].photos for id in rows if asked[id].photos}
    if named:
        photos.declare(named, sender=sender, of="proposal")
    return outcomes | {id: Taken(_told(row), now=True) for id, row in rows.items()}


def _propose(asked: _Asked, sender: User, now: datetime) -> Proposal:
    if ExcludedArea.objects.current().touching(asked.shape).exists():
        raise ExcludedGround
    estate = _estate(asked, sender)
    community = estate.community if estate else _community(asked, sender)
    if not policy.may_record(sender, community.pk, asked.recorded_at):
        raise NotAnInspector
    place: dict[str, Any] = {"proposed": asked.sent.id, "shape": asked.shape, "by": sender}
    type = proposing.LAYERS[asked.layer].type
    if type is None:
        name = asked.name or _("Unnamed %s") % str(asked.sent.id)[-6:]
        estate, new = proposing.propose_estate(community=community, name=name, **place)
        asset = None
    else:
        asset, new = proposing.propose_asset(
            type=type,
            community=community,
            estate=estate,
            name=asked.name,
            code=asked.code,
            **place,
        )
    decided = {"standing": Standing.MERGED, "decided_at": now} if not new else {}
    return Proposal.objects.create(
        id=asked.sent.id,
        layer=asked.layer,
        community=community,
        estate=estate,
        asset=asset,
        sender=sender,
        recorded_at=asked.recorded_at,
        received_at=now,
        content=asked.sent.content,
        content_sha256=asked.sent.sha256,
        device=asked.sent.device,
        number=asked.sent.number,
        **decided,
    )


def _estate(asked: _Asked, sender: User) -> Estate | None:
    """The one that it names, as it stands now and stays until this is written."""
    wanted = asked.estate
    if wanted is None:
        return None
    if isinstance(wanted, UUID):
        of_estate = Proposal.objects.filter(pk=wanted, layer="estates")
        row = of_estate.values_list("estate", flat=True).first()
        if row is None:
            raise ProposalUnknown(proposal=wanted)
        wanted = row
    scope = policy.scope_of_record(sender, asked.recorded_at)
    estate = Estate.objects.visible_in(scope).filter(pk=wanted).first()
    while estate and estate.merged_into_id:
        estate = estate.merged_into
    if estate is None:
        raise EstateNotFound(estate=asked.sent.content["estate"])
    return Estate.objects.select_for_update(no_key=True).get(pk=estate.pk)


def _community(asked: _Asked, sender: User) -> Community:
    scope = policy.scope_of_record(sender, asked.recorded_at)
    theirs = Community.objects.visible_in(scope).current()
    found = proposing.community_at(asked.shape, Community.objects.current())
    if found is None or not theirs.filter(pk=found.pk).exists():
        raise PlaceNotFound
    return found


def _read(sent: Sent) -> _Asked:
    """Raises RecordInvalid naming every field that is wrong, or BodyUnreadable."""
    fields = Fields(sent.content)
    fields.nothing_else(FIELDS)
    layer = fields.choice("layer", tuple(proposing.LAYERS), needed=True)
    shape = _shape(fields, layer)
    if layer == "estates" and "estate" in fields.content:
        fields.blame("estate", _("An estate lies in no other."))
    asked = _Asked(
        sent=sent,
        layer=layer,
        estate=fields.place("estate", needed=False),
        name=fields.text("name", most=_LONGEST_NAME),
        code=fields.text("code", most=_LONGEST_CODE),
        shape=shape,
        recorded_at=fields.instant("recorded_at") or datetime.min,  # noqa: DTZ901
        photos=declared.read(fields),
    )
    fields.text("note", most=_LONGEST_NOTE)
    fields.uuid("device")
    fields.whole("number", most=BIGGEST_NUMBER, needed=False)
    if fields.wrong:
        raise RecordInvalid(fields=fields.wrong)
    return asked


def _shape(fields: Fields, layer: str) -> Any:
    wanted = proposing.LAYERS[layer].shapes if layer else geojson.TYPES
    try:
        return geojson.read(fields.content.get("geometry"), wanted)
    except GeometryRefused as e:
        fields.blame("geometry", str(e))
        return None


def _told(row: Proposal) -> Proposed:
    return Proposed(
        id=row.pk,
        layer=row.layer,
        row=row.asset_id or row.estate_id or 0,
        standing=row.standing,
        note=row.note,
    )
