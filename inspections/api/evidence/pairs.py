"""What a case rests on: its pictures, which two of them belong together, and its moves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import policy
from inspections.api.schema import problems
from inspections.api.serializers import address_of
from inspections.models import Agreement, Case, Hold, LocationSource, MaskedCopy, Photo, Taken
from inspections.services.evidence import masks, pairs
from inspections.services.evidence.pairs import AFTER, BEFORE, Pair
from people.api.authentication import person
from people.models import Role, User


class ShownPhoto(Serializer[Any]):
    id = fields.UUIDField()
    side = fields.ChoiceField([BEFORE, AFTER], help_text=_("of a finding, or of a move"))
    inspection = fields.UUIDField(allow_null=True)
    move = fields.UUIDField(allow_null=True)
    item = fields.CharField(allow_blank=True)
    by = fields.CharField(help_text=_("who sent it; companies are told only what they are"))
    sha256 = fields.CharField()
    bytes = fields.IntegerField()
    type = fields.CharField()
    how = fields.ChoiceField(Taken.choices, allow_blank=True)
    taken_at = fields.DateTimeField(allow_null=True)
    held_at = fields.DateTimeField(allow_null=True)
    location = fields.JSONField(allow_null=True, help_text=_("GeoJSON Point"))
    location_source = fields.ChoiceField(LocationSource.choices, allow_blank=True)
    accuracy_m = fields.FloatField(allow_null=True)
    place_agrees = fields.ChoiceField(Agreement.choices)
    time_agrees = fields.ChoiceField(Agreement.choices)
    small = fields.CharField(allow_null=True)
    large = fields.CharField(allow_null=True)
    original = fields.CharField(
        allow_null=True, help_text=_("null for companies, and once it was removed")
    )
    masked = fields.CharField(allow_null=True, help_text=_("the newest copy with boxes"))
    mask = fields.CharField(
        allow_null=True, help_text=_("address of the page on which one is drawn")
    )
    purged_at = fields.DateTimeField(allow_null=True)
    problem = fields.CharField(allow_blank=True)


class PairOutput(Serializer[Any]):
    before = fields.UUIDField()
    after = fields.UUIDField()
    confirmed = fields.BooleanField(
        help_text=_("laid beside by who took it; else proposed for being nearest")
    )
    distance_m = fields.FloatField(allow_null=True)
    bearing = fields.IntegerField(
        allow_null=True, help_text=_("degrees from north, from before to after")
    )
    accuracy_m = fields.FloatField(allow_null=True, help_text=_("of both positions together"))
    minutes = fields.IntegerField(allow_null=True, help_text=_("from before to after"))


class EvidenceMove(Serializer[Any]):
    id = fields.UUIDField()
    move = fields.CharField()
    standing = fields.CharField()
    version = fields.IntegerField(allow_null=True)
    recorded_at = fields.DateTimeField()
    received_at = fields.DateTimeField()
    sha256 = fields.CharField(help_text=_("of what was sent, in canonical form"))
    photos = fields.ListField(child=fields.UUIDField())


class HoldOutput(Serializer[Any]):
    reason = fields.CharField()
    since = fields.DateTimeField()
    by = fields.CharField()


class EvidenceOutput(Serializer[Any]):
    case = fields.UUIDField()
    number = fields.IntegerField()
    pairs = PairOutput(many=True)
    photos = ShownPhoto(many=True)
    moves = EvidenceMove(many=True)
    hold = HoldOutput(allow_null=True, help_text=_("kept whole for an open dispute"))
    file = fields.CharField(
        allow_null=True, help_text=_("address of the sealed file, for who may have it")
    )
    may_hold = fields.BooleanField()
    may_mask = fields.BooleanField()


class Evidence(APIView):
    @extend_schema(
        operation_id="case_evidence",
        tags=["evidence"],
        responses={200: EvidenceOutput, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Every picture of a case with its hash, place and time, and before beside after."""
        user, case = person(request), seen_case(request, id)
        pictures = pairs.pictures_of(case)
        sides = [(BEFORE, each) for each in pictures.before]
        sides += [(AFTER, each) for each in pictures.after]
        copies = masks.newest(photo.pk for _, photo in sides)
        hold = Hold.objects.filter(case=case, lifted_at=None).select_related("by").first()
        # Whose office it is in is no company's business.
        office = policy.sees_names(user)
        told = {
            "case": case.pk,
            "number": case.number,
            "pairs": [_pair(each) for each in pictures.pairs],
            "photos": [_photo(side, photo, user, copies) for side, photo in sides],
            "moves": _moves(case, pictures.after),
            "hold": hold_told(hold) if hold and office else None,
            "file": reverse("evidence-file", args=[case.pk])
            if policy.may_seal(user, case.community_id)
            else None,
            "may_hold": policy.may_hold(user, case.community_id),
            "may_mask": policy.may_mask(user, case.community_id),
        }
        return Response(EvidenceOutput(told).data)


def seen_case(request: Request, id: UUID) -> Case:
    case = Case.objects.visible_to(person(request)).filter(pk=id).first()
    if case is None:
        raise Http404
    return case


def told_as(who: User, to: User) -> str:
    """By name within the office; a company is told what somebody is, and not who."""
    if who.pk == to.pk or policy.sees_names(to):
        return str(who)
    if Role.COMPANY in who.roles:
        return gettext("property company")
    return (
        gettext("community office") if Role.OFFICER in who.roles else gettext("subdistrict office")
    )


def hold_told(hold: Hold) -> dict[str, Any]:
    return {"reason": hold.reason, "since": hold.since, "by": str(hold.by)}


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "before": pair.before.pk,
        "after": pair.after.pk,
        "confirmed": pair.confirmed,
        "distance_m": pair.distance_m,
        "bearing": pair.bearing,
        "accuracy_m": pair.accuracy_m,
        "minutes": pair.minutes,
    }


def _photo(
    side: str, photo: Photo, user: User, copies: Mapping[UUID, MaskedCopy]
) -> dict[str, Any]:
    copy, place = copies.get(photo.pk), pairs.place_of(photo)
    raw = policy.may_see_raw(user, photo)
    record = photo.inspection
    return {
        "id": photo.pk,
        "side": side,
        "inspection": photo.inspection_id,
        "move": photo.move_id,
        "item": photo.item,
        "by": told_as(photo.sender, user),
        "sha256": photo.sha256,
        "bytes": photo.bytes,
        "type": photo.found_type or photo.type,
        "how": photo.how,
        "taken_at": photo.taken_at,
        "held_at": photo.held_at,
        "location": {"type": "Point", "coordinates": list(place.coords)} if place else None,
        "location_source": photo.location_source
        or (record.location_source if record and not photo.location else ""),
        "accuracy_m": pairs.accuracy_of(photo),
        "place_agrees": photo.place_agrees,
        "time_agrees": photo.time_agrees,
        "small": address_of(photo.pk, "small") if photo.made_at else None,
        "large": address_of(photo.pk, "large") if photo.made_at else None,
        "original": address_of(photo.pk, "original") if raw and photo.original else None,
        "masked": reverse("masked", args=[copy.pk]) if copy else None,
        "mask": reverse("mask", args=[photo.pk])
        if photo.made_at and policy.may_mask(user, photo.community_id)
        else None,
        "purged_at": photo.purged_at,
        "problem": photo.problem,
    }


def _moves(case: Case, after: list[Photo]) -> list[dict[str, Any]]:
    photos: dict[UUID, list[UUID]] = {}
    for photo in after:
        if photo.move_id:
            photos.setdefault(photo.move_id, []).append(photo.pk)
    return [
        {
            "id": move.pk,
            "move": move.name,
            "standing": move.standing,
            "version": move.version,
            "recorded_at": move.recorded_at,
            "received_at": move.received_at,
            "sha256": move.content_sha256,
            "photos": photos.get(move.pk, []),
        }
        for move in case.moves.order_by("received_at", "pk")
    ]
