"""Masked copies of photos: drawn by hand, made once, and told to whoever sees the photo."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections.api.photos import Bytes, seen_photo
from inspections.api.schema import problems
from inspections.errors import MaskInvalid
from inspections.models import MaskedCopy, Photo
from inspections.pictures.masking import Box
from inspections.services.evidence import masks
from people.api.authentication import person


class BoxInput(Serializer[Any]):
    left = fields.FloatField(min_value=0, max_value=1)
    top = fields.FloatField(min_value=0, max_value=1)
    width = fields.FloatField(min_value=0.001, max_value=1)
    height = fields.FloatField(min_value=0.001, max_value=1)

    def validate(self, told: dict[str, float]) -> dict[str, float]:
        # A share is rounded by whoever draws: the last digit is nobody's fault.
        if max(told["left"] + told["width"], told["top"] + told["height"]) > 1.001:
            raise MaskInvalid(most=masks.MOST_BOXES)
        return told


class MaskInput(Serializer[Any]):
    boxes = fields.ListField(
        child=BoxInput(), help_text=_("each as a share of the large picture, 0 to 1")
    )


class MaskOutput(Serializer[Any]):
    id = fields.UUIDField()
    photo = fields.UUIDField(source="photo_id")
    boxes = fields.ListField(child=fields.ListField(child=fields.FloatField()))
    sha256 = fields.CharField()
    bytes = fields.IntegerField()
    made_at = fields.DateTimeField()
    address = fields.SerializerMethodField()

    def get_address(self, copy: MaskedCopy) -> str:
        return reverse("masked", args=[copy.pk])


class OfPhoto(APIView):
    @extend_schema(
        operation_id="masked_copy_put",
        tags=["evidence"],
        request=MaskInput,
        responses={
            200: MaskOutput,
            201: MaskOutput,
            **problems(400, 401, 403, 404, 409, 410, 422),
        },
    )
    def put(self, request: Request, photo: UUID, id: UUID) -> Response:
        """Covers these boxes for good, in a copy. Sent again with the same boxes, it is made
        once."""
        row = seen_photo(request, photo)
        sent = MaskInput(data=request.data)
        sent.is_valid(raise_exception=True)
        boxes = [Box(**each) for each in sent.validated_data["boxes"]]
        copy, made = masks.make_masked_copy(id=id, photo=row, boxes=boxes, by=person(request))
        return Response(MaskOutput(copy).data, status=201 if made else 200)


class One(Bytes):
    @extend_schema(
        operation_id="masked_copy",
        tags=["evidence"],
        responses={(200, "image/jpeg"): bytes, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """A copy with faces and plates covered, for whoever sees its photo."""
        seen = Photo.objects.visible_to(person(request))
        copy = MaskedCopy.objects.filter(pk=id, photo__in=seen).first()
        if copy is None:
            raise Http404
        return self.answered(request, copy.sha256, copy.file, content_type="image/jpeg")
