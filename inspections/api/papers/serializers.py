"""How papers are described; reading them is `services.papers.read`'s."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from inspections.models import Delivery, PaperKind


class OfficerTold(Serializer[Any]):
    name = fields.CharField(max_length=30)
    number = fields.CharField(max_length=40, help_text=_("of the certificate 证号"))


class PaperInput(Serializer[Any]):
    kind = fields.ChoiceField(PaperKind.choices)
    cases = fields.ListField(child=fields.UUIDField(), required=False)
    edits = fields.JSONField(
        required=False, help_text=_("by field, where it is to say something else than its draft")
    )
    officers = OfficerTold(many=True, required=False)
    reissues = fields.UUIDField(required=False, help_text=_("the paper in whose place it is"))
    escalation = fields.UUIDField(required=False, help_text=_("the rung that was due"))
    community = fields.IntegerField(required=False, help_text=_("of a bulletin"))


class EntryTold(Serializer[Any]):
    name = fields.CharField()
    title = fields.CharField()
    type = fields.CharField(help_text="line, text, day, moment, month, yes, rows, photos")
    needed = fields.BooleanField()
    most = fields.IntegerField(help_text=_("characters"))


class ShotTold(Serializer[Any]):
    id = fields.UUIDField()
    taken_at = fields.DateTimeField(allow_null=True)


class FaultTold(Serializer[Any]):
    id = fields.UUIDField(help_text=_("of the finding, or of a case that has none"))
    case = fields.UUIDField()
    case_number = fields.IntegerField()
    place = fields.CharField()
    what = fields.CharField()
    code = fields.CharField()
    basis = fields.CharField(help_text=_("empty where it is not confirmed"))
    severity = fields.IntegerField()
    photos = ShotTold(many=True)
    waiting = fields.IntegerField(help_text=_("photos of which no picture is made yet"))


class AddresseeTold(Serializer[Any]):
    name = fields.CharField(allow_blank=True)
    credit_code = fields.CharField(allow_blank=True)


class DraftOutput(Serializer[Any]):
    kind = fields.ChoiceField(PaperKind.choices)
    number = fields.CharField(help_text=_("as it will be told, but for the number itself"))
    says = fields.JSONField(help_text=_("the text, block by block"))
    entries = EntryTold(many=True, help_text=_("what may be edited"))
    edits = fields.JSONField(help_text=_("what stands in each of them"))
    officers = fields.IntegerField(help_text=_("how many inspectors must sign"))
    inspectors = fields.ListField(child=fields.CharField(), help_text=_("who found it"))
    addressee = AddresseeTold()
    faults = FaultTold(many=True)
    wrong = fields.JSONField(help_text=_("field → sentence; with any of it nothing is issued"))


class VoidTold(Serializer[Any]):
    at = fields.DateTimeField()
    by = fields.CharField(allow_blank=True)
    reason = fields.CharField()


class DeliveryTold(Serializer[Any]):
    how = fields.ChoiceField(Delivery.choices)
    at = fields.DateTimeField()
    by = fields.CharField(allow_blank=True)
    receiver = fields.CharField(allow_blank=True)
    refusal = fields.CharField(allow_blank=True)
    photos = fields.ListField(child=fields.UUIDField())


class PaperTold(Serializer[Any]):
    id = fields.UUIDField()
    kind = fields.ChoiceField(PaperKind.choices)
    number = fields.CharField(help_text="青街改〔2024〕3号")
    title = fields.CharField()
    year = fields.IntegerField()
    community = fields.IntegerField(allow_null=True)
    community_name = fields.CharField(allow_null=True)
    estate = fields.IntegerField(allow_null=True)
    estate_name = fields.CharField(allow_null=True)
    company = fields.IntegerField(allow_null=True)
    company_name = fields.CharField(allow_null=True)
    cases = fields.ListField(child=fields.UUIDField())
    issued_at = fields.DateTimeField()
    issued_by = fields.CharField(allow_blank=True)
    reissues = fields.UUIDField(allow_null=True)
    reissued_as = fields.UUIDField(allow_null=True)
    voided_at = fields.DateTimeField(allow_null=True)
    delivered_at = fields.DateTimeField(allow_null=True)
    void = VoidTold(allow_null=True)
    delivery = DeliveryTold(allow_null=True)
    rendered_at = fields.DateTimeField(allow_null=True)
    pages = fields.IntegerField(allow_null=True)
    problem = fields.CharField(
        allow_blank=True, help_text=_("why no files could be made: no_font, picture_gone, failed")
    )
    pdf = fields.CharField(allow_null=True, help_text=_("address, once it is made"))
    docx = fields.CharField(allow_null=True)
    may = fields.ListField(child=fields.CharField(), help_text="void, reissue, deliver, confirm")


class PaperOutput(PaperTold):
    says = fields.JSONField(help_text=_("the text, block by block"))
    asked = fields.JSONField(
        allow_null=True, help_text=_("what a paper in its place begins with, for who may issue it")
    )


class PapersOutput(Serializer[Any]):
    count = fields.IntegerField(help_text=_("of all pages"))
    next = fields.URLField(allow_null=True)
    papers = PaperTold(many=True)


class VoidInput(Serializer[Any]):
    reason = fields.CharField(max_length=300)


class DeliveryInput(Serializer[Any]):
    how = fields.ChoiceField(Delivery.choices)
    at = fields.DateTimeField()
    receiver = fields.CharField(required=False, max_length=60)
    refusal = fields.CharField(required=False, max_length=300)
    photos = fields.ListField(
        child=fields.JSONField(),
        required=False,
        help_text=_("of the signed copy, as a record names photos; sent by upload"),
    )
