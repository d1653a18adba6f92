"""What the API tells of people."""

from typing import Any

from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from people.models import Role


class ScopeTold(Serializer[Any]):
    everything = fields.BooleanField()
    communities = fields.ListField(child=fields.IntegerField())
    companies = fields.ListField(child=fields.IntegerField())


class MayTold(Serializer[Any]):
    record = fields.BooleanField()
    plan = fields.BooleanField()
    overview = fields.BooleanField()
    cases = fields.BooleanField()
    dispatch = fields.BooleanField()
    keep_register = fields.BooleanField()


class MeOutput(Serializer[Any]):
    id = fields.IntegerField()
    username = fields.CharField()
    name = fields.CharField()
    language = fields.CharField(allow_blank=True)
    roles = fields.ListField(child=fields.ChoiceField(Role.choices))
    scope = ScopeTold()
    may = MayTold()
    demonstration = fields.BooleanField()
