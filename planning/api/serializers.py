"""What is sent and told, described. Input is only told, never used to read: the services name
every fault at once."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from planning.life import FOLLOWED, STEPS, Need, Share, State
from planning.models import Canopy, Level, Outline, Place, Power


@extend_schema_field(
    {
        "type": "object",
        "description": "GeoJSON geometry: longitude, latitude in WGS-84",
        "properties": {"type": {"type": "string"}, "coordinates": {"type": "array", "items": {}}},
        "required": ["type", "coordinates"],
    }
)
class Geometry(fields.JSONField):
    pass


@extend_schema_field({"type": "string", "enum": ["Feature"]})
class _Feature(fields.CharField):
    pass


@extend_schema_field({"type": "string", "enum": ["FeatureCollection"]})
class _FeatureCollection(fields.CharField):
    pass


def _words(those: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in those]


class PlanInput(Serializer[Any]):
    name = fields.CharField(max_length=100)
    note = fields.CharField(required=False, allow_null=True, max_length=4000)
    community = fields.IntegerField(
        required=False, allow_null=True, help_text=_("null: the whole office")
    )
    shared = fields.BooleanField(
        required=False,
        help_text=_("seen by all who work there, changed by every planner there"),
    )


class PlanChange(PlanInput):
    name = fields.CharField(required=False, max_length=100)
    seen = fields.IntegerField(help_text=_("the version that the change was made on"))


class CopyInput(Serializer[Any]):
    id = fields.UUIDField(help_text=_("of the copy"))
    name = fields.CharField(max_length=100)
    community = fields.IntegerField(
        required=False,
        allow_null=True,
        help_text=_("for this community only; else as the plan itself"),
    )


class PlanOutput(Serializer[Any]):
    id = fields.UUIDField()
    name = fields.CharField()
    note = fields.CharField(allow_blank=True)
    community = fields.IntegerField(allow_null=True)
    community_name = fields.CharField(allow_null=True)
    by = fields.CharField()
    by_name = fields.CharField()
    mine = fields.BooleanField()
    shared = fields.BooleanField()
    copied_from = fields.UUIDField(allow_null=True)
    version = fields.IntegerField()
    created_at = fields.DateTimeField()
    changed_at = fields.DateTimeField()
    archived_at = fields.DateTimeField(allow_null=True)
    may_edit = fields.BooleanField(help_text=_("by the person who asks"))
    draws_in = fields.ListField(
        child=fields.IntegerField(),
        allow_null=True,
        help_text=_("communities on whose ground the person who asks may draw; null is all"),
    )


class PlanInList(PlanOutput):
    states = fields.DictField(
        child=fields.IntegerField(), help_text=_("how many proposed sites stand how")
    )


class PlansOutput(Serializer[Any]):
    plans = PlanInList(many=True)


class _Site(Serializer[Any]):
    """The fields of a proposal; null: not told."""

    name = fields.CharField(required=False, allow_blank=True, max_length=100)
    estate = fields.IntegerField(
        required=False,
        allow_null=True,
        help_text=_("left out: the one that the footprint lies in; null: the open street"),
    )
    outline = fields.ChoiceField(Outline.choices, required=False)
    anchor = Geometry(required=False, allow_null=True, help_text=_("the middle of a rectangle"))
    rotation_deg = fields.FloatField(required=False, allow_null=True, min_value=0, max_value=180)
    ports = fields.IntegerField(required=False, allow_null=True, min_value=0)
    bays = fields.IntegerField(required=False, allow_null=True, min_value=0)
    bay_length_m = fields.FloatField(required=False, allow_null=True)
    bay_width_m = fields.FloatField(required=False, allow_null=True)
    group_bays = fields.IntegerField(required=False, allow_null=True, min_value=0)
    group_length_m = fields.FloatField(required=False, allow_null=True)
    partitions = fields.BooleanField(required=False, allow_null=True)
    canopy = fields.ChoiceField(Canopy.choices, required=False, allow_null=True)
    cctv = fields.BooleanField(required=False, allow_null=True)
    power = fields.ChoiceField(Power.choices, required=False)
    level = fields.ChoiceField(Level.choices, required=False, allow_null=True)
    place = fields.ChoiceField(Place.choices, required=False, allow_null=True)
    entrances = fields.IntegerField(required=False, allow_null=True, min_value=0)
    commercial = fields.BooleanField(required=False, allow_null=True)
    cost_yuan = fields.IntegerField(required=False, allow_null=True, min_value=0)
    note = fields.CharField(required=False, allow_blank=True, max_length=4000)
    vacant_space = fields.IntegerField(required=False, allow_null=True)


class SiteFields(_Site):
    geom = Geometry(required=False, help_text=_("the footprint, a Polygon"))


class ProposedSiteInput(_Site):
    plan = fields.UUIDField()
    geom = Geometry(help_text=_("the footprint, a Polygon"))


class ProposalChange(Serializer[Any]):
    seen = fields.IntegerField(help_text=_("the version that the change was made on"))
    changes = SiteFields()


class Seen(Serializer[Any]):
    seen = fields.IntegerField(help_text=_("the version that the change was made on"))


class ProposalProperties(_Site):
    id = fields.UUIDField()
    plan = fields.UUIDField()
    community = fields.IntegerField()
    community_name = fields.CharField()
    estate_name = fields.CharField(allow_null=True)
    by = fields.CharField()
    by_name = fields.CharField()
    state = fields.ChoiceField(_words(State))
    version = fields.IntegerField()
    site = fields.IntegerField(allow_null=True, help_text=_("in the register, once approved"))
    created_at = fields.DateTimeField()
    changed_at = fields.DateTimeField()


class ProposalFeature(Serializer[Any]):
    type = _Feature()
    id = fields.UUIDField()
    geometry = Geometry()
    properties = ProposalProperties()


class ProposalFeatures(Serializer[Any]):
    type = _FeatureCollection()
    features = ProposalFeature(many=True)


class WholePlan(PlanOutput):
    proposals = ProposalFeatures()


class VoteInput(Serializer[Any]):
    heads = fields.IntegerField(help_text=_("all owners"))
    area_m2 = fields.DecimalField(max_digits=12, decimal_places=2, help_text=_("all they own"))
    heads_took_part = fields.IntegerField()
    area_took_part_m2 = fields.DecimalField(max_digits=12, decimal_places=2)
    heads_agreed = fields.IntegerField()
    area_agreed_m2 = fields.DecimalField(max_digits=12, decimal_places=2)


class VoteTold(VoteInput):
    carried = fields.BooleanField()
    missed = fields.ListField(
        child=fields.ChoiceField([(each.value, each.value) for each in Share])
    )


class StepInput(Serializer[Any]):
    step = fields.ChoiceField([(each, each) for each in STEPS])
    seen = fields.IntegerField(help_text=_("the version that the change was made on"))
    note = fields.CharField(required=False, max_length=4000)
    on = fields.DateField(required=False, help_text=_("the day on which it happened"))
    vote = VoteInput(required=False)
    documents = fields.ListField(child=fields.UUIDField(), required=False)


class StepTold(Serializer[Any]):
    id = fields.UUIDField()
    step = fields.ChoiceField([(each, each) for each in (*STEPS, *FOLLOWED)])
    seen = fields.IntegerField()
    version = fields.IntegerField()
    state_before = fields.CharField()
    state_after = fields.CharField()
    by = fields.CharField(allow_null=True, help_text=_("null: the register"))
    by_name = fields.CharField(allow_blank=True)
    at = fields.DateTimeField()
    on = fields.DateField(allow_null=True)
    note = fields.CharField(allow_blank=True)
    verdicts = fields.JSONField(allow_null=True, help_text=_("all that the check answered then"))
    vote = VoteTold(allow_null=True)
    documents = fields.ListField(child=fields.UUIDField())


class NextStep(Serializer[Any]):
    step = fields.ChoiceField([(each, each) for each in STEPS])
    to = fields.CharField()
    needs = fields.ListField(child=fields.ChoiceField(_words(Need)))
    refused = fields.CharField(allow_null=True, help_text=_("why not just now, as a code"))


class DocumentTold(Serializer[Any]):
    id = fields.UUIDField()
    name = fields.CharField()
    type = fields.CharField()
    bytes = fields.IntegerField()
    sha256 = fields.CharField()
    width = fields.IntegerField(allow_null=True)
    height = fields.IntegerField(allow_null=True)
    pages = fields.IntegerField(allow_null=True)
    by = fields.CharField()
    by_name = fields.CharField()
    at = fields.DateTimeField()
    address = fields.CharField()


class Links(Serializer[Any]):
    amap = fields.URLField(help_text=_("高德: the way there on foot, in GCJ-02"))
    baidu = fields.URLField(help_text=_("百度: the place, in BD-09"))


class WholeProperties(ProposalProperties):
    links = Links(help_text=_("to be opened by whoever taps them: nothing is loaded from there"))
    may_edit = fields.BooleanField(help_text=_("by the person who asks"))
    steps = StepTold(many=True)
    documents = DocumentTold(many=True)
    can = NextStep(many=True, help_text=_("by the person who asks, as it stands"))


class WholeProposal(ProposalFeature):
    properties = WholeProperties()


class EditTold(Serializer[Any]):
    seen = fields.IntegerField()
    version = fields.IntegerField()
    by = fields.CharField()
    by_name = fields.CharField()
    at = fields.DateTimeField()
    changes = fields.DictField(
        child=fields.ListField(child=fields.JSONField(allow_null=True)),
        help_text=_("field → before and after"),
    )
    set_aside = fields.BooleanField(help_text=_("somebody else had changed the same"))


class EditsOutput(Serializer[Any]):
    edits = EditTold(many=True)


class StepsOutput(Serializer[Any]):
    proposal = WholeProposal()
    step = StepTold()
