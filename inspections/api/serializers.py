"""What the lists tell of each thing. `source` is where a property stands in the database; "*" is
one that is worked out."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from geo.models import AssetType, HeightClass, Owner
from geo.models.assets import SiteStatus
from geo.proposing import LAYERS
from inspections.models import LocationSource, Placed, Standing, Taken
from inspections.services import declared
from inspections.workflow import State
from people.models import PositionDatum


class Retirable(Serializer[Any]):
    retired = fields.BooleanField(source="is_retired", help_text=_("no longer in use"))


class CommunityProperties(Retirable):
    id = fields.IntegerField()
    code = fields.CharField()
    name = fields.CharField()
    name_en = fields.CharField()
    provisional = fields.BooleanField(help_text=_("a placeholder that the office renames"))
    unconfirmed = fields.BooleanField(help_text=_("its shape is not confirmed"))


class EstateProperties(Retirable):
    id = fields.IntegerField()
    code = fields.CharField(allow_null=True)
    name = fields.CharField()
    community = fields.IntegerField(source="community_id")
    community_name = fields.CharField(source="community__name")
    company_name = fields.CharField(source="company__name", allow_null=True)
    has_company = fields.BooleanField(allow_null=True)
    households = fields.IntegerField(allow_null=True)
    ebikes = fields.IntegerField(allow_null=True)
    height_class = fields.ChoiceField(HeightClass.choices)
    tallest_m = fields.FloatField(allow_null=True, help_text=_("its highest building"))
    target_year = fields.IntegerField(allow_null=True)
    unconfirmed = fields.BooleanField(help_text=_("its shape is not confirmed"))
    proposed = fields.UUIDField(
        allow_null=True, help_text=_("the proposal from the field that made it")
    )
    last_inspected = fields.DictField(
        source="*",
        child=fields.DateTimeField(allow_null=True),
        required=False,
        help_text=_("kind → when last inspected; only with `with=last_inspected`"),
    )


class AssetProperties(Retirable):
    id = fields.IntegerField()
    type = fields.ChoiceField(AssetType.choices)
    code = fields.CharField()
    name = fields.CharField()
    community = fields.IntegerField(source="community_id")
    estate = fields.IntegerField(source="estate_id", allow_null=True)
    owner = fields.ChoiceField(Owner.choices)
    status = fields.ChoiceField(SiteStatus.choices)
    built_at = fields.DateTimeField(
        allow_null=True,
        help_text=_("of what was planned first: since when it is there to be inspected"),
    )
    width_m = fields.FloatField(allow_null=True)
    ports = fields.IntegerField(allow_null=True)
    bays = fields.IntegerField(allow_null=True)
    indoor = fields.BooleanField(allow_null=True)
    area_m2 = fields.FloatField(allow_null=True, help_text=_("of what is drawn as an area"))
    unconfirmed = fields.BooleanField(help_text=_("its shape is not confirmed"))
    proposed = fields.UUIDField(
        allow_null=True, help_text=_("the proposal from the field that made it")
    )


class PhotoTold(Serializer[Any]):
    id = fields.UUIDField()
    item = fields.CharField(allow_blank=True)
    how = fields.ChoiceField(Taken.choices, allow_blank=True)
    held = fields.BooleanField(help_text=_("its bytes are here"))
    small = fields.CharField(allow_null=True, help_text=_("address of what is 256 pixels wide"))
    large = fields.CharField(allow_null=True, help_text=_("address of what is 1600 pixels wide"))


class InspectionProperties(Serializer[Any]):
    id = fields.UUIDField()
    kind = fields.CharField()
    kind_version = fields.IntegerField(source="kind_version__version")
    community = fields.IntegerField(source="community_id")
    estate = fields.IntegerField(source="estate_id")
    estate_name = fields.CharField(source="estate__name")
    asset = fields.IntegerField(source="asset_id", allow_null=True)
    inspector = fields.CharField(
        source="inspector_told", allow_null=True, help_text=_("null for a company's people")
    )
    inspector_name = fields.CharField(source="inspector_name_told", allow_null=True)
    location_source = fields.ChoiceField(LocationSource.choices, allow_blank=True)
    accuracy_m = fields.FloatField(allow_null=True)
    placed = fields.ChoiceField(Placed.choices)
    distance_m = fields.FloatField(allow_null=True)
    recorded_at = fields.DateTimeField(help_text=_("by the tablet's clock"))
    received_at = fields.DateTimeField(help_text=_("by the server's clock"))
    building = fields.IntegerField(source="building_id", allow_null=True)
    floor = fields.CharField(allow_blank=True)
    zone = fields.CharField(allow_blank=True, help_text=_("part of the estate"))
    doubts = fields.ListField(
        child=fields.CharField(), help_text=_("what is odd about it; nothing of that is refused")
    )
    photos_missing = fields.IntegerField(help_text=_("photos that it names and that are to come"))
    answers = fields.DictField(source="answers_told")
    in_force = fields.BooleanField(help_text=_("false where a correction stands in for it"))
    supersedes = fields.UUIDField(allow_null=True)
    reason = fields.CharField(allow_blank=True)
    findings = fields.ListField(source="finding_ids", child=fields.UUIDField())
    photos = fields.ListField(source="*", child=PhotoTold())


class FindingProperties(Serializer[Any]):
    id = fields.UUIDField()
    number = fields.IntegerField(help_text=_("its id in the tiles"))
    inspection = fields.UUIDField(source="inspection_id")
    item = fields.CharField()
    item_zh = fields.CharField(source="*")
    item_en = fields.CharField(source="*")
    kind = fields.CharField()
    severity = fields.IntegerField(
        min_value=1, max_value=3, help_text=_("1 immediate danger, 2 serious, 3 ordinary")
    )
    advisory = fields.BooleanField(help_text=_("for note; opens no case by itself"))
    community = fields.IntegerField(source="community_id")
    estate = fields.IntegerField(source="estate_id")
    estate_name = fields.CharField(source="estate__name")
    asset = fields.IntegerField(source="asset_id", allow_null=True)
    recorded_at = fields.DateTimeField()
    closed_at = fields.DateTimeField(allow_null=True)
    status = fields.ChoiceField(["open", "closed"], source="*")
    photos = fields.ListField(source="*", child=PhotoTold(), help_text=_("of this item"))
    in_force = fields.BooleanField(
        help_text=_("false where a correction, or the finding first seen, stands for it")
    )
    same_as = fields.UUIDField(allow_null=True, help_text=_("the finding that it saw again"))
    sightings = fields.IntegerField(source="*", help_text=_("how often it was seen again"))
    case = fields.UUIDField(source="case_id", allow_null=True)
    case_state = fields.ChoiceField(
        [(each, each) for each in State], source="case__state", allow_null=True
    )
    overdue = fields.BooleanField(source="is_overdue", help_text=_("its case, now"))


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string", "format": "uuid"}]})
class _PlaceNamed(fields.JSONField):
    """A row of the register by its id, or one proposed from the field by the proposal's."""


class PhotoNamed(Serializer[Any]):
    id = fields.UUIDField()
    sha256 = fields.CharField(max_length=64)
    bytes = fields.IntegerField(min_value=1)
    type = fields.ChoiceField(declared.TYPES)
    item = fields.CharField(required=False, max_length=20, help_text=_("code of the item it shows"))
    how = fields.ChoiceField(Taken.choices, required=False)
    taken_at = fields.DateTimeField(required=False)
    location = fields.JSONField(required=False, help_text=_("GeoJSON Point"))
    location_source = fields.ChoiceField(LocationSource.choices, required=False)
    accuracy_m = fields.FloatField(required=False, min_value=0)
    name = fields.CharField(required=False, max_length=120)
    pair = fields.UUIDField(
        required=False, help_text=_("the earlier photo that it was taken to lie beside")
    )


class RecordInput(Serializer[Any]):
    """Only told, never used to read: `inspections.services.entries` names every fault at once."""

    kind = fields.CharField()
    kind_version = fields.IntegerField(
        required=False, help_text=_("that the answers were given by; without it, the newest")
    )
    estate = _PlaceNamed()
    asset = _PlaceNamed(required=False, allow_null=True)
    building = fields.IntegerField(required=False)
    floor = fields.CharField(required=False, max_length=20, help_text="B1")
    zone = fields.CharField(required=False, max_length=60, help_text=_("part of the estate"))
    location = fields.JSONField(required=False, allow_null=True, help_text=_("GeoJSON Point"))
    location_source = fields.ChoiceField(LocationSource.choices, required=False)
    accuracy_m = fields.FloatField(
        required=False, allow_null=True, min_value=0, help_text=_("only by gps or last_fix")
    )
    location_age_s = fields.FloatField(
        required=False, min_value=0, help_text=_("seconds; only by last_fix")
    )
    location_datum = fields.ChoiceField(
        PositionDatum.choices,
        required=False,
        help_text=_("what the browser gives; gcj02 was shifted back by the tablet"),
    )
    location_doubts = fields.ListField(
        child=fields.ChoiceField(["frozen", "jump", "coarse", "mock"]), required=False
    )
    recorded_at = fields.DateTimeField(help_text=_("with its offset from UTC"))
    answers = fields.DictField(help_text=_("item code → answer"))
    same_as = fields.DictField(
        child=fields.UUIDField(),
        required=False,
        help_text=_("item code → the inspection that found it first"),
    )
    photos = PhotoNamed(many=True, required=False, help_text=_("at most 40"))
    device = fields.UUIDField(required=False)
    number = fields.IntegerField(
        required=False, min_value=1, help_text=_("n-th entry of this person on this device")
    )
    supersedes = fields.UUIDField(required=False, help_text=_("the inspection it corrects"))
    reason = fields.CharField(
        required=False, max_length=300, help_text=_("of a correction, and needed there")
    )


class FindingTold(Serializer[Any]):
    id = fields.UUIDField()
    number = fields.IntegerField()
    item = fields.CharField()
    severity = fields.IntegerField(min_value=1, max_value=3)
    advisory = fields.BooleanField()


class EvidenceTold(Serializer[Any]):
    declared = fields.IntegerField(help_text=_("photos that the record names"))
    held = fields.IntegerField(help_text=_("of them, those that have arrived"))


class RecordOutput(Serializer[Any]):
    id = fields.UUIDField()
    kind = fields.CharField()
    kind_version = fields.IntegerField()
    estate = fields.IntegerField()
    asset = fields.IntegerField(allow_null=True)
    placed = fields.ChoiceField(Placed.choices)
    distance_m = fields.FloatField(allow_null=True)
    received_at = fields.DateTimeField()
    in_force = fields.BooleanField()
    evidence = EvidenceTold()
    doubts = fields.ListField(
        child=fields.ChoiceField(["clock", "frozen", "jump", "coarse", "mock", "building"]),
        help_text=_("what is odd about it; nothing of that is refused"),
    )
    findings = FindingTold(many=True)


class ProposalInput(Serializer[Any]):
    """Only told, as RecordInput."""

    layer = fields.ChoiceField(list(LAYERS))
    estate = _PlaceNamed(required=False, help_text=_("not of an estate"))
    name = fields.CharField(required=False, max_length=100)
    code = fields.CharField(required=False, max_length=40)
    geometry = fields.JSONField(help_text=_("GeoJSON, of a type that fits the layer"))
    note = fields.CharField(required=False, max_length=300)
    recorded_at = fields.DateTimeField(help_text=_("with its offset from UTC"))
    photos = PhotoNamed(many=True, required=False)
    device = fields.UUIDField(required=False)
    number = fields.IntegerField(required=False, min_value=1)


class ProposalHeld(Serializer[Any]):
    id = fields.UUIDField()
    layer = fields.CharField()
    row = fields.IntegerField(help_text=_("its id in the register"))
    standing = fields.ChoiceField(Standing.choices)
    note = fields.CharField(allow_blank=True, help_text=_("of the clerk"))


class EntryInput(Serializer[Any]):
    id = fields.UUIDField()
    record = RecordInput()


class EntriesInput(Serializer[Any]):
    entries = fields.ListField(child=EntryInput(), max_length=200)


class EntryOutput(Serializer[Any]):
    id = fields.UUIDField()
    status = fields.IntegerField(help_text=_("as if it had been put by itself"))
    answer = fields.JSONField(help_text=_("as if it had been put by itself"))


class EntriesOutput(Serializer[Any]):
    entries = EntryOutput(many=True)


class PhotoReceipt(Serializer[Any]):
    id = fields.CharField()
    sha256 = fields.CharField()
    bytes = fields.IntegerField()
    held = fields.BooleanField()
    received_bytes = fields.IntegerField(help_text=_("of an upload that is under way"))
    problem = fields.CharField(help_text=_("why not all of it can be looked at; empty if it can"))


class ReceiptOutput(Serializer[Any]):
    id = fields.UUIDField()
    type = fields.ChoiceField(["inspection", "proposal", "move", "sheet"])
    number = fields.IntegerField(allow_null=True)
    sha256 = fields.CharField(help_text=_("of its content; of what was refused, of its bytes"))
    bytes = fields.IntegerField()
    received_at = fields.DateTimeField()
    status = fields.ChoiceField(["held", "waits", "refused"])
    code = fields.CharField(required=False)
    message = fields.CharField(required=False)
    photos = PhotoReceipt(many=True)


class ReceiptsOutput(Serializer[Any]):
    cursor = fields.CharField(help_text=_("for `since`, next time"))
    entries = ReceiptOutput(many=True)
    next = fields.URLField(allow_null=True, help_text=_("the next page"))


class KindOutput(Serializer[Any]):
    slug = fields.CharField()
    version = fields.IntegerField()
    sha256 = fields.CharField()
    title_zh = fields.CharField()
    title_en = fields.CharField()
    asset = fields.ChoiceField(AssetType.choices, allow_null=True)
    due_every_days = fields.IntegerField()
    items = fields.ListField(child=fields.DictField())


class KindsOutput(Serializer[Any]):
    kinds = KindOutput(many=True)


class Problem(Serializer[Any]):
    code = fields.CharField(help_text=_("for programs; it never changes"))
    message = fields.CharField(help_text=_("for people, in their language"))
    details = fields.DictField()


def address_of(photo: UUID | str, what: str) -> str:
    """`what` is small, large or original."""
    return f"/api/v1/photos/{photo}/{what if what == 'original' else f'{what}.jpg'}"
