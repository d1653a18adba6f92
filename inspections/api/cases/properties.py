"""What is told of a case, in lists and of one alike."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from inspections.models import Handler, Source
from inspections.workflow import State


class HandlerTold(Serializer[Any]):
    kind = fields.ChoiceField(Handler.choices)
    id = fields.IntegerField(help_text=_("of the company, unit or community"))
    name = fields.CharField()
    person = fields.CharField(allow_null=True, help_text=_("who is asked; a sign-in name"))
    person_name = fields.CharField(allow_null=True)


class CaseProperties(Serializer[Any]):
    id = fields.UUIDField()
    number = fields.IntegerField(help_text=_("its id in the tiles too"))
    # DRF's fields have an attribute of that name; as a declaration it is taken away in time.
    source = fields.ChoiceField(Source.choices)  # type: ignore[assignment]
    outside_number = fields.CharField(allow_blank=True)
    state = fields.ChoiceField([(each, each) for each in State])
    version = fields.IntegerField(help_text=_("moves made; a move names the one it saw"))
    community = fields.IntegerField(source="community_id")
    community_name = fields.CharField(source="community__name")
    estate = fields.IntegerField(source="estate_id", allow_null=True)
    estate_name = fields.CharField(source="estate__name", allow_null=True)
    asset = fields.IntegerField(source="asset_id", allow_null=True)
    kind = fields.CharField(allow_blank=True)
    item = fields.CharField(allow_blank=True)
    title = fields.CharField()
    severity = fields.IntegerField(
        min_value=1, max_value=3, help_text=_("1 immediate danger, 2 serious, 3 ordinary")
    )
    simple = fields.BooleanField(help_text=_("received and handled the same day"))
    handler = HandlerTold(source="*", allow_null=True)
    reported_at = fields.DateTimeField()
    opened_at = fields.DateTimeField(help_text=_("by the server's clock"))
    assigned_at = fields.DateTimeField(allow_null=True)
    ended_at = fields.DateTimeField(allow_null=True)
    step = fields.CharField(
        source="*", allow_null=True, help_text=_("whose clock runs; null where none does")
    )
    step_began_at = fields.DateTimeField()
    step_due_at = fields.DateTimeField(allow_null=True)
    due_at = fields.DateTimeField(allow_null=True, help_text=_("null while the clock stands still"))
    first_due_at = fields.DateTimeField(
        allow_null=True, help_text=_("before any extension, suspension or reopening")
    )
    overdue = fields.BooleanField(source="is_overdue", help_text=_("now; never stored"))
    step_late = fields.BooleanField(source="is_late", help_text=_("likewise, of the step"))
    provisional = fields.BooleanField(
        help_text=_("deadlines by weekdays, until the table of holidays is there")
    )
    paused = fields.BooleanField(source="*", help_text=_("put aside: both clocks stand still"))
    reopened = fields.IntegerField(help_text=_("how often"))
    joined_to = fields.UUIDField(source="joined_to_id", allow_null=True)
    findings = fields.IntegerField(source="*", help_text=_("how many"))
    complaints = fields.IntegerField(source="*", help_text=_("how many"))
    undecided = fields.IntegerField(
        source="*", help_text=_("moves that came late and wait for a supervisor")
    )
