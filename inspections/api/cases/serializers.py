"""What is sent and answered of one case and of moves. Only told, never used to read:
`inspections.services.cases` names every fault at once."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from inspections.api.cases.properties import CaseProperties
from inspections.api.serializers import EvidenceTold, PhotoNamed
from inspections.models import Handler, MoveStanding, Source
from inspections.services.cases import by_hand
from inspections.services.cases.reading import BODIES
from inspections.workflow import MOVES, Need, State

_STATES = [(each, each) for each in State]
_PARTS = ("office", "community", "unit", "company", "xuntu")


class HandlerInput(Serializer[Any]):
    kind = fields.ChoiceField(Handler.choices)
    unit = fields.IntegerField(required=False)
    company = fields.IntegerField(required=False, help_text=_("the estate's, if not told"))
    person = fields.CharField(required=False, help_text=_("who is asked; a sign-in name"))


class MoveInput(Serializer[Any]):
    case = fields.UUIDField(required=False, help_text=_("the one in the address"))
    move = fields.ChoiceField(list(MOVES))
    version = fields.IntegerField(min_value=0, help_text=_("of the case, as it was seen"))
    recorded_at = fields.DateTimeField(help_text=_("with its offset from UTC"))
    note = fields.CharField(required=False, max_length=2000)
    photos = PhotoNamed(many=True, required=False)
    handler = HandlerInput(required=False, help_text=_("left out: by the rules of dispatch"))
    until = fields.DateField(required=False)
    approver = fields.CharField(required=False, help_text=_("a sign-in name"))
    body = fields.ChoiceField(BODIES, required=False)
    into = fields.UUIDField(required=False, help_text=_("the case that stands for it"))
    severity = fields.IntegerField(required=False, min_value=1, max_value=3)
    simple = fields.BooleanField(required=False)
    device = fields.UUIDField(required=False)
    number = fields.IntegerField(required=False, min_value=1)


class MoveOutput(Serializer[Any]):
    id = fields.UUIDField()
    case = fields.UUIDField()
    move = fields.ChoiceField(list(MOVES))
    standing = fields.ChoiceField(MoveStanding.choices)
    version = fields.IntegerField(help_text=_("that it made; if not made, the case's"))
    state = fields.ChoiceField(_STATES, help_text=_("likewise"))
    problem = fields.CharField(
        allow_blank=True, help_text=_("why it is a proposal: moved_meanwhile, corrected_away")
    )
    evidence = EvidenceTold()
    now = CaseProperties(allow_null=True, help_text=_("null: out of scope by now"))


class MoveOfCaseInput(MoveInput):
    case = fields.UUIDField()
    id = fields.UUIDField()


class MovesInput(Serializer[Any]):
    dry_run = fields.BooleanField(required=False)
    moves = fields.ListField(child=MoveOfCaseInput(), max_length=200)


class MoveAnswer(Serializer[Any]):
    case = fields.UUIDField()
    id = fields.UUIDField()
    status = fields.IntegerField(help_text=_("as if it had been put by itself"))
    answer = fields.JSONField(help_text=_("as if it had been put by itself"))


class MovesOutput(Serializer[Any]):
    moves = MoveAnswer(many=True)


class DecisionInput(Serializer[Any]):
    accept = fields.BooleanField()
    note = fields.CharField(required=False, max_length=300)


class CaseInput(Serializer[Any]):
    # As of `CaseProperties`.
    source = fields.ChoiceField(  # type: ignore[assignment]
        [each for each in Source.choices if each[0] in by_hand.SOURCES]
    )
    outside_number = fields.CharField(required=False, max_length=60)
    estate = fields.IntegerField(required=False)
    place = fields.JSONField(required=False, help_text=_("GeoJSON Point"))
    title = fields.CharField(required=False, max_length=200)
    severity = fields.IntegerField(
        required=False, min_value=1, max_value=3, help_text=_("that of what was noted, if not told")
    )
    simple = fields.BooleanField(required=False)
    findings = fields.ListField(
        child=fields.UUIDField(), required=False, help_text=_("that are for note, and of no case")
    )


class _By(Serializer[Any]):
    by = fields.CharField(allow_null=True, help_text=_("null to who is told roles only"))
    by_name = fields.CharField()
    by_part = fields.ChoiceField(_PARTS)


class FindingOfCase(_By):
    id = fields.UUIDField()
    number = fields.IntegerField()
    inspection = fields.UUIDField()
    kind = fields.CharField()
    item = fields.CharField()
    item_zh = fields.CharField()
    item_en = fields.CharField()
    severity = fields.IntegerField()
    advisory = fields.BooleanField()
    estate = fields.IntegerField()
    asset = fields.IntegerField(allow_null=True)
    recorded_at = fields.DateTimeField()
    closed_at = fields.DateTimeField(allow_null=True)
    in_force = fields.BooleanField()
    same_as = fields.UUIDField(allow_null=True)
    place = fields.JSONField()


class ComplaintOfCase(Serializer[Any]):
    id = fields.UUIDField()
    channel = fields.CharField()
    outside_number = fields.CharField(allow_blank=True)
    text = fields.CharField()
    place_told = fields.CharField(allow_blank=True)
    received_at = fields.DateTimeField()
    reply_due_at = fields.DateTimeField(allow_null=True)
    replied_at = fields.DateTimeField(allow_null=True)
    reply = fields.CharField(allow_blank=True)


class MoveOfCase(_By):
    id = fields.UUIDField()
    move = fields.ChoiceField(list(MOVES))
    standing = fields.ChoiceField(MoveStanding.choices)
    seen = fields.IntegerField(allow_null=True)
    version = fields.IntegerField(allow_null=True)
    recorded_at = fields.DateTimeField()
    received_at = fields.DateTimeField()
    made_at = fields.DateTimeField(allow_null=True)
    note = fields.CharField(allow_blank=True)
    data = fields.DictField(  # type: ignore[assignment]
        help_text=_("handler, until, approver, body, into, severity, simple")
    )
    problem = fields.CharField(allow_blank=True)
    decided_by = fields.CharField(allow_null=True)
    decided_by_name = fields.CharField(allow_null=True)
    decided_by_part = fields.ChoiceField(_PARTS, allow_null=True)
    decided_at = fields.DateTimeField(allow_null=True)
    decision = fields.CharField(allow_blank=True)
    evidence = EvidenceTold()
    photos = fields.ListField(child=fields.UUIDField())

    def get_fields(self) -> dict[str, Any]:
        # No names for attributes in Python.
        return super().get_fields() | {
            "from": fields.ChoiceField(_STATES, allow_null=True),
            "to": fields.ChoiceField(_STATES, allow_null=True),
        }


class PhotoOfCase(Serializer[Any]):
    id = fields.UUIDField()
    of = fields.ChoiceField(["inspection", "move", "complaint"])
    entry = fields.UUIDField()
    item = fields.CharField(allow_blank=True)
    how = fields.CharField(allow_blank=True)
    taken_at = fields.DateTimeField(allow_null=True)
    location = fields.JSONField(allow_null=True)
    pair = fields.UUIDField(allow_null=True)
    held = fields.BooleanField()
    small = fields.CharField(allow_null=True)
    large = fields.CharField(allow_null=True)


class PaperOfCase(Serializer[Any]):
    id = fields.UUIDField()
    kind = fields.CharField()
    number = fields.CharField()
    issued_at = fields.DateTimeField()
    voided_at = fields.DateTimeField(allow_null=True)
    delivered_at = fields.DateTimeField(allow_null=True)
    pdf = fields.CharField(allow_null=True)


class PairOfCase(Serializer[Any]):
    before = fields.UUIDField()
    after = fields.UUIDField()


class JoinedCase(Serializer[Any]):
    id = fields.UUIDField()
    number = fields.IntegerField()
    title = fields.CharField()


class MayOutput(Serializer[Any]):
    move = fields.ChoiceField(list(MOVES))
    needs = fields.ListField(child=fields.ChoiceField([(each, each) for each in Need]))
    to = fields.ChoiceField(_STATES)


class WholeCase(Serializer[Any]):
    """A GeoJSON feature, and what belongs to the case beside its properties."""

    type = fields.ChoiceField(["Feature"])
    id = fields.UUIDField()
    geometry = fields.JSONField(allow_null=True)
    properties = CaseProperties()
    findings = FindingOfCase(many=True)
    complaints = ComplaintOfCase(many=True, help_text=_("without who complained"))
    moves = MoveOfCase(many=True)
    photos = PhotoOfCase(many=True)
    papers = PaperOfCase(many=True)
    pairs = PairOfCase(many=True)
    joined = JoinedCase(many=True, help_text=_("cases that this one stands for"))
    may = MayOutput(many=True, help_text=_("moves of this person now"))
