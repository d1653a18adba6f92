"""How the pack is described."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

PARTS = [
    *("communities", "estates", "buildings", "exits", "assets", "findings", "rechecks"),
    *("kinds", "looked", "rounds", "people", "calendar"),
]


class PartTold(Serializer[Any]):
    name = fields.ChoiceField(PARTS, help_text=_("several may have one name: their rows add up"))
    url = fields.CharField()
    bytes = fields.IntegerField(help_text=_("of the part as it is read"))
    packed = fields.IntegerField(help_text=_("of the part as it is sent"))
    sha256 = fields.CharField(help_text=_("of the part as it is read"))


class BasemapTold(Serializer[Any]):
    url = fields.CharField()
    bytes = fields.IntegerField()
    sha256 = fields.CharField()


class PhotosTold(Serializer[Any]):
    count = fields.IntegerField()
    bytes = fields.IntegerField()


class Manifest(Serializer[Any]):
    cursor = fields.CharField(help_text=_("for `since` the next time"))
    at = fields.DateTimeField(help_text=_("by the server's clock"))
    full = fields.BooleanField(help_text=_("true: what one had is no longer good"))
    communities = fields.ListField(child=fields.IntegerField())
    bytes = fields.IntegerField()
    packed = fields.IntegerField()
    parts = PartTold(many=True)
    basemap = BasemapTold(allow_null=True)
    photos = PhotosTold()


class Part(Serializer[Any]):
    rows = fields.ListField(child=fields.DictField())
    gone = fields.ListField(child=fields.JSONField(), help_text=_("ids to forget"))
    years = fields.DictField(required=False, help_text=_("only of the calendar"))
    missing = fields.ListField(child=fields.IntegerField(), required=False)
