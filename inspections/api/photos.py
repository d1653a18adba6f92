"""One photo: what is known of it, the pictures made of it, and its bytes as they came."""

from typing import Any
from uuid import UUID

from django.contrib.gis.geos import Point
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import policy
from inspections.api.schema import problems
from inspections.api.serializers import address_of
from inspections.errors import NotAllowed, NotMadeYet, PhotoCut
from inspections.models import Agreement, LocationSource, MaskedCopy, Photo, Taken
from inspections.pictures.looking import ENDINGS
from inspections.services.evidence import masks
from people.api.authentication import person

# A photo's bytes never change, nor the pictures made of them.
KEPT = "private, max-age=31536000, immutable"
# Unless a masked copy comes between.
ASKED_ANEW = "private, no-cache"
INERT = "default-src 'none'; sandbox"


class MaskedTold(Serializer[Any]):
    id = fields.UUIDField()
    boxes = fields.ListField(
        child=fields.ListField(child=fields.FloatField()),
        help_text=_("left, top, width and height, each as a share of the picture's own"),
    )
    made_at = fields.DateTimeField()
    address = fields.SerializerMethodField()

    def get_address(self, copy: MaskedCopy) -> str:
        return reverse("masked", args=[copy.pk])


class PhotoOutput(Serializer[Any]):
    id = fields.UUIDField()
    entry = fields.UUIDField(help_text=_("the record that names it"))
    inspection = fields.UUIDField(source="inspection_id", allow_null=True)
    proposal = fields.UUIDField(source="proposal_id", allow_null=True)
    move = fields.UUIDField(source="move_id", allow_null=True)
    complaint = fields.UUIDField(
        source="complaint_id", allow_null=True, help_text=_("whose resident sent it")
    )
    pair = fields.UUIDField(
        allow_null=True, help_text=_("the earlier photo that it was taken beside")
    )
    item = fields.CharField(allow_blank=True)
    how = fields.ChoiceField(Taken.choices, allow_blank=True)
    name = fields.CharField(allow_blank=True)
    sha256 = fields.CharField()
    bytes = fields.IntegerField()
    type = fields.CharField(help_text=_("as told"))
    found_type = fields.CharField(allow_blank=True, help_text=_("as its bytes say"))
    width = fields.IntegerField(allow_null=True)
    height = fields.IntegerField(allow_null=True)
    held = fields.SerializerMethodField(help_text=_("its bytes are here"))
    held_at = fields.DateTimeField(allow_null=True)
    taken_at = fields.DateTimeField(allow_null=True, help_text=_("as told"))
    location = fields.SerializerMethodField(help_text=_("GeoJSON Point, as told"))
    location_source = fields.ChoiceField(LocationSource.choices, allow_blank=True)
    accuracy_m = fields.FloatField(allow_null=True)
    exif_taken_at = fields.DateTimeField(allow_null=True, help_text=_("as in the file"))
    exif_location = fields.SerializerMethodField(help_text=_("GeoJSON Point, as in the file"))
    place_agrees = fields.ChoiceField(Agreement.choices)
    time_agrees = fields.ChoiceField(Agreement.choices)
    purged_at = fields.DateTimeField(
        allow_null=True, help_text=_("when its original was removed: its time of keeping was over")
    )
    problem = fields.CharField(
        allow_blank=True, help_text=_("why nothing was made of it: photo_cut, photo_unreadable, …")
    )
    small = fields.SerializerMethodField(help_text=_("address of what is 256 pixels wide"))
    large = fields.SerializerMethodField(help_text=_("address of what is 1600 pixels wide"))
    original = fields.SerializerMethodField(help_text=_("address of the bytes as they came"))

    masked = fields.SerializerMethodField(help_text=_("the newest copy with boxes"))

    @extend_schema_field(MaskedTold(allow_null=True))
    def get_masked(self, photo: Photo) -> Any:
        copy = masks.newest([photo.pk]).get(photo.pk)
        return MaskedTold(copy).data if copy else None

    def get_held(self, photo: Photo) -> bool:
        return photo.held_at is not None

    def get_location(self, photo: Photo) -> dict[str, Any] | None:
        return _point(photo.location)

    def get_exif_location(self, photo: Photo) -> dict[str, Any] | None:
        return _point(photo.exif_location)

    def get_small(self, photo: Photo) -> str | None:
        return address_of(photo.pk, "small") if photo.made_at else None

    def get_large(self, photo: Photo) -> str | None:
        return address_of(photo.pk, "large") if photo.made_at else None

    def get_original(self, photo: Photo) -> str | None:
        return address_of(photo.pk, "original") if photo.original else None


class One(APIView):
    @extend_schema(operation_id="photo_get", responses={200: PhotoOutput, **problems(401, 404)})
    def get(self, request: Request, id: UUID) -> Response:
        """What the record says of a photo, what stands in its file, and how the two agree."""
        return Response(PhotoOutput(seen_photo(request, id)).data)


class Bytes(APIView):
    kept = KEPT

    def answered(self, request: Request, tag: str, name: str, **options: Any) -> HttpResponse:
        """304 where the asker has it. Nothing in it is ever run, whatever it claims to be."""
        quoted = f'"{tag}"'
        reply: HttpResponse
        if quoted in parse_etags(request.headers.get("If-None-Match", "")):
            reply = HttpResponseNotModified()
        else:
            try:
                reply = FileResponse(default_storage.open(name), **options)  # type: ignore[assignment]
            except FileNotFoundError as e:
                raise NotMadeYet from e
        reply["ETag"] = quoted
        reply["Cache-Control"] = self.kept
        reply["X-Content-Type-Options"] = "nosniff"
        reply["Content-Security-Policy"] = INERT
        patch_vary_headers(reply, ["Cookie", "Authorization"])
        return reply


class _Picture(Bytes):
    """For people who only see it through their company the newest masked copy's, and where there
    is none, one that does not name who took it."""

    def shown(self, request: Request, id: UUID, what: str) -> HttpResponse:
        photo = _made(seen_photo(request, id))
        tag, name = f"{photo.pk}-{what}", photo.small if what == "small" else photo.large
        if not policy.may_see_raw(person(request), photo):
            self.kept = ASKED_ANEW
            copy = masks.newest([photo.pk]).get(photo.pk)
            if copy:
                tag, name = f"{copy.pk}-{what}", copy.small
                name = name if what == "small" else copy.file
            elif what == "large":
                # One that was made before there were such has none: then the small one, which
                # bears no words.
                there = default_storage.exists(photo.unnamed)
                tag, name = f"{photo.pk}-unnamed", photo.unnamed if there else photo.small
        return self.answered(request, tag, name, content_type="image/jpeg")


class Small(_Picture):
    @extend_schema(
        operation_id="photo_small",
        responses={(200, "image/jpeg"): bytes, **problems(401, 404, 410, 422)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """At most 256 pixels wide or high."""
        return self.shown(request, id, "small")


class Large(_Picture):
    @extend_schema(
        operation_id="photo_large",
        responses={(200, "image/jpeg"): bytes, **problems(401, 404, 410, 422)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """At most 1600 pixels wide or high, with a watermark that says what it shows."""
        return self.shown(request, id, "large")


class Original(Bytes):
    @extend_schema(
        operation_id="photo_original",
        responses={(200, "application/octet-stream"): bytes, **problems(401, 403, 404, 410)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """The bytes as they came, to be saved and never shown. A company's people are given
        those that they sent."""
        photo = seen_photo(request, id)
        if not policy.may_see_raw(person(request), photo):
            raise NotAllowed
        if not photo.held_at:
            raise Http404
        if photo.purged_at:
            raise photo.purged()
        return self.answered(
            request,
            photo.sha256,
            photo.original,
            content_type="application/octet-stream",
            as_attachment=True,
            filename=f"{photo.entry.hex[-8:]}-{photo.pk.hex[-8:]}.{ENDINGS[photo.found_type]}",
        )


def seen_photo(request: HttpRequest | Request, id: UUID) -> Photo:
    photo = Photo.objects.visible_to(person(request)).filter(pk=id).first()  # type: ignore[arg-type]
    if photo is None:
        raise Http404
    return photo


def _made(photo: Photo) -> Photo:
    if photo.problem:
        raise PhotoCut
    if not photo.made_at:
        raise photo.purged() if photo.purged_at else NotMadeYet
    return photo


def _point(point: Point | None) -> dict[str, Any] | None:
    return {"type": "Point", "coordinates": list(point.coords)} if point else None
