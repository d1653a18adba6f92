"""Complaints: taken, told, answered; who complained, apart."""

from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.contrib.gis.geos import Point
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections.api import bodies
from inspections.api.filters import Told
from inspections.api.layers import COMMUNITY, ESTATE, GEOJSON, SINCE, UNTIL, Layer
from inspections.api.lists import FeatureList, FeatureOne
from inspections.api.schema import OneSchema, problems
from inspections.api.serializers import PhotoNamed
from inspections.errors import ComplaintInvalid, NotYoursToTake
from inspections.models import Channel, Complaint
from inspections.querysets import period_of
from inspections.services import complaints
from inspections.services.complaints.reading import canonical
from inspections.services.fields import Fields
from people.api.authentication import person
from people.models import User
from people.policy import may_take_complaints

_DATUMS = ("wgs84", "cgcs2000", "gcj02", "bd09")
_MOST_SHOWN = 200


class ComplainantInput(Serializer[Any]):
    name = fields.CharField(required=False, max_length=60)
    phone = fields.CharField(required=False, max_length=30)
    address = fields.CharField(required=False, max_length=200)
    wants_reply = fields.BooleanField(required=False, default=True)


class ComplaintInput(Serializer[Any]):
    """Only told, never used to read: `services.complaints` names every fault at once."""

    channel = fields.ChoiceField(Channel.choices)
    outside_number = fields.CharField(required=False, max_length=60)
    title = fields.CharField(
        required=False,
        max_length=200,
        help_text=_("the matter, in words that whoever handles it may read"),
    )
    text = fields.CharField(max_length=4000, help_text=_("as it was said"))
    estate = fields.IntegerField(required=False, help_text=_("this, or a place on the map"))
    place = fields.JSONField(required=False, help_text=_("GeoJSON Point"))
    place_told = fields.CharField(required=False, max_length=200)
    received_at = fields.DateTimeField(help_text=_("with its offset from UTC"))
    severity = fields.IntegerField(required=False, min_value=1, max_value=3)
    simple = fields.BooleanField(required=False)
    complainant = ComplainantInput(required=False)
    join = fields.UUIDField(required=False, help_text=_("the open case it belongs to"))
    photos = PhotoNamed(
        many=True, required=False, help_text=_("that the resident sent; without item and pair")
    )


class ComplaintProperties(Serializer[Any]):
    id = fields.UUIDField()
    case = fields.UUIDField(source="case_id")
    case_number = fields.IntegerField(source="case__number")
    case_state = fields.CharField(source="case__state")
    title = fields.CharField(source="case__title")
    channel = fields.ChoiceField(Channel.choices)
    outside_number = fields.CharField(allow_blank=True)
    community = fields.IntegerField(source="community_id")
    community_name = fields.CharField(source="community__name")
    estate = fields.IntegerField(source="estate_id", allow_null=True)
    estate_name = fields.CharField(source="estate__name", allow_null=True)
    place_told = fields.CharField(allow_blank=True)
    text = fields.CharField()
    received_at = fields.DateTimeField()
    entered_at = fields.DateTimeField()
    entered_by = fields.CharField(source="entered_by__username")
    reply_due_at = fields.DateTimeField(allow_null=True)
    replied_at = fields.DateTimeField(allow_null=True)
    reply = fields.CharField(allow_blank=True)
    named = fields.BooleanField(
        source="is_named", help_text=_("who complained is known, and told apart")
    )


class ReadingTold(Serializer[Any]):
    by = fields.CharField()
    by_name = fields.CharField()
    at = fields.DateTimeField()


class ComplainantOutput(ComplainantInput):
    readings = ReadingTold(many=True, help_text=_("who read this and when, newest first"))


class ReplyInput(Serializer[Any]):
    text = fields.CharField(max_length=4000)


class AlikeInput(Serializer[Any]):
    estate = fields.IntegerField(required=False)
    place = fields.JSONField(required=False, help_text=_("GeoJSON Point"))
    text = fields.CharField(required=False, max_length=4000)


class AlikeTold(Serializer[Any]):
    id = fields.UUIDField()
    number = fields.IntegerField()
    title = fields.CharField()
    state = fields.CharField()
    estate_name = fields.CharField(allow_null=True)
    community_name = fields.CharField()
    reported_at = fields.DateTimeField()
    same_estate = fields.BooleanField()
    distance_m = fields.FloatField(allow_null=True)
    words = fields.FloatField(allow_null=True, help_text=_("share of the words, 0 to 1"))


class AlikeOutput(Serializer[Any]):
    cases = AlikeTold(many=True)


class ProblemTold(Serializer[Any]):
    line = fields.IntegerField(help_text=_("0: the file as a whole"))
    reason = fields.CharField()


class LineTold(Serializer[Any]):
    line = fields.IntegerField()
    id = fields.UUIDField()
    known = fields.BooleanField(help_text=_("it is there already"))
    channel = fields.CharField()
    title = fields.CharField()
    text = fields.CharField()
    community_name = fields.CharField()
    estate_name = fields.CharField(allow_null=True)
    received_at = fields.DateTimeField()
    joins = fields.IntegerField(allow_null=True, help_text=_("number of the case it joins"))
    alike = AlikeTold(many=True)


class FileOutput(Serializer[Any]):
    checked = fields.BooleanField(help_text=_("nothing was written"))
    taken = fields.IntegerField(help_text=_("new ones"))
    known = fields.IntegerField(help_text=_("that were there already"))
    joined = fields.IntegerField(help_text=_("of the new ones, those that join a case"))
    notes = ProblemTold(many=True)
    lines = LineTold(many=True, help_text=_("the first 200"))


class ComplaintsLayer(Layer):
    name, one = "complaints", "complaint"
    id_type = UUID
    properties = ComplaintProperties
    shape = "place"
    order = ("-received_at", "pk")
    filters = (
        OpenApiParameter("channel", str, many=True, enum=Channel.values),
        COMMUNITY,
        ESTATE,
        OpenApiParameter("case", str, description=_("of this case")),
        OpenApiParameter("answered", bool),
        OpenApiParameter("q", str, description=_("part of the text, place or number")),
        SINCE,
        UNTIL,
    )

    def rows(self, user: User) -> Any:
        return Complaint.objects.visible_to(user).with_named()

    def narrowed(self, rows: Any, told: Told) -> Any:
        rows = rows.among(
            channel=told.some_of("channel", Channel.values),
            community=told.numbers("community"),
            estate=told.numbers("estate"),
            case=_uuids(told, "case"),
        )
        since, until = told.period()
        rows = rows.received_between(*period_of(since, until)).saying(told.text("q"))
        answered = told.yes_or_no("answered")
        return rows if answered is None else rows.answered(answered)


class Complaints(FeatureList):
    layer: ClassVar[Layer] = ComplaintsLayer()


class _ComplaintSchema(OneSchema):
    def get_operation_id(self) -> str:
        return "complaint_put" if self.method == "PUT" else super().get_operation_id()

    def get_request_serializer(self) -> Any:
        return ComplaintInput if self.method == "PUT" else None

    def get_response_serializers(self) -> Any:
        told = super().get_response_serializers()
        if self.method != "PUT":
            return told
        written = {(201, GEOJSON): told[200, GEOJSON]}
        return {**told, **written, **problems(400, 401, 403, 404, 409, 411, 413, 422)}


class One(FeatureOne):
    layer: ClassVar[Layer] = Complaints.layer
    schema = _ComplaintSchema()

    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Take a complaint, by the id that its maker gave it.

        It opens a case of its own, or belongs to the open one that it is to `join`. 201 when
        this sending wrote it; 200, with the same answer, when an equal one had.
        """
        sent = canonical(bodies.whole(request._request))
        user = person(request)
        complaint, new = complaints.take_complaint(id=id, sent=sent, by=user)
        # Out of scope is not found, though the id be known.
        reply = self.get(request, complaint.pk)
        reply.status_code = 201 if new else 200
        return reply


class Reply(APIView):
    @extend_schema(
        operation_id="complaint_reply",
        tags=["complaints"],
        request=ReplyInput,
        responses={(200, GEOJSON): ComplaintProperties, **problems(400, 401, 403, 404, 409)},
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """What was answered to whoever complained: once; the same again changes nothing."""
        complaint = _seen(request, id)
        sent = request.data if isinstance(request.data, dict) else {}
        complaints.answer_complaint(complaint=complaint, text=sent.get("text"), by=person(request))
        return One().get(request, id)


class WhoComplained(APIView):
    @extend_schema(
        operation_id="complainant_get",
        tags=["complaints"],
        responses={200: ComplainantOutput, **problems(401, 403, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Who complained. That it was read, by whom and when, is noted and told here."""
        complaint = _seen(request, id)
        who = complaints.read_complainant(complaint=complaint, by=person(request))
        if who is None:
            raise Http404
        readings = complaint.readings.select_related("by")
        reply = _json(
            {
                "name": who.name,
                "phone": who.phone,
                "address": who.address,
                "wants_reply": who.wants_reply,
                "readings": [
                    {"by": each.by.username, "by_name": str(each.by), "at": each.at}
                    for each in readings
                ],
            }
        )
        reply["Cache-Control"] = "no-store"
        return reply


class AlikeCases(APIView):
    @extend_schema(
        operation_id="complaints_alike",
        tags=["complaints"],
        request=AlikeInput,
        responses={200: AlikeOutput, **problems(400, 401, 403)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Open cases that a complaint may be about, the likeliest first; nothing is written.

        What a resident says stands in no address, where it would be logged.
        """
        user = person(request)
        if not may_take_complaints(user):
            raise NotYoursToTake
        told = Fields(request.data if isinstance(request.data, dict) else {})
        told.nothing_else({"estate", "place", "text"})
        estate = told.whole("estate", most=2**63 - 1, needed=False)
        point, text = told.point("place"), told.text("text", most=4000)
        if told.wrong:
            raise ComplaintInvalid(fields=told.wrong)
        found = complaints.alike_cases(
            user=user,
            estate=estate,
            place=Point(*point, srid=4326) if point else None,
            text=text,
            now=timezone.now(),
        )
        return _json({"cases": [_alike(each) for each in found]})


class File(APIView):
    @extend_schema(
        operation_id="complaints_file",
        tags=["complaints"],
        parameters=[
            OpenApiParameter("name", str, required=True, description=_("of the file")),
            OpenApiParameter("check", bool, description=_("look first: nothing is written")),
            OpenApiParameter("datum", str, enum=_DATUMS),
        ],
        request={"application/octet-stream": bytes},
        responses={200: FileOutput, **problems(400, 401, 403, 411, 413)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Take in a list of complaints, CSV or XLSX: all of it, or nothing and every bad line
        named. The same file twice changes nothing."""
        user, told = person(request), Told(request.query_params)
        if not may_take_complaints(user):
            raise NotYoursToTake
        name, check = told.text("name"), told.yes_or_no("check") is True
        datum = told.one_of("datum", _DATUMS) or None
        told.nothing_else({"name", "check", "datum"})
        told.check()
        body = bodies.whole(request._request)
        preview = complaints.take_file(body=body, name=name, by=user, check=check, datum=datum)
        return _json(
            {
                "checked": check,
                "taken": preview.taken,
                "known": preview.known,
                "joined": preview.joined,
                "notes": [{"line": n.line, "reason": n.reason} for n in preview.notes],
                "lines": [_line(each) for each in preview.lines[:_MOST_SHOWN]],
            }
        )


def _seen(request: Request, id: UUID) -> Complaint:
    found = Complaint.objects.visible_to(person(request)).filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def _line(each: Any) -> dict[str, Any]:
    wish = each.wish
    return {
        "line": each.line,
        "id": each.id,
        "known": each.known,
        "channel": wish.channel,
        "title": wish.title,
        "text": wish.text,
        "community_name": wish.community.name,
        "estate_name": wish.estate.name if wish.estate else None,
        "received_at": wish.received_at,
        "joins": wish.join.number if wish.join else None,
        "alike": [_alike(one) for one in each.alike],
    }


def _alike(one: complaints.Alike) -> dict[str, Any]:
    case = one.case
    return {
        "id": case.pk,
        "number": case.number,
        "title": case.title,
        "state": case.state,
        "estate_name": case.estate.name if case.estate else None,
        "community_name": case.community.name,
        "reported_at": case.reported_at,
        "same_estate": one.same_estate,
        "distance_m": None if one.distance_m is None else round(one.distance_m, 1),
        "words": None if one.words is None else round(one.words, 2),
    }


def _uuids(told: Told, name: str) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(each) for each in told.texts(name))
    except ValueError:
        told.wrong[name] = _t("A UUID is needed.")
        return ()


def _json(told: Any) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(told, option=orjson.OPT_UTC_Z), content_type="application/json"
    )
