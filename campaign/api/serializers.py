"""What is sent and told, for the API's description; services read what is sent."""

from typing import Any

from django.utils.translation import gettext_lazy as _t
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from campaign.standing import Compare, Level, Recurrence

_LEVELS = [each.value for each in Level]
_RECURRENCES = [each.value for each in Recurrence]


class TargetOutput(Serializer[Any]):
    op = fields.ChoiceField([each.value for each in Compare], allow_null=True)
    number = fields.FloatField(allow_null=True, help_text=_t("null: no target set"))
    deadline = fields.DateField(allow_null=True)
    holds_from = fields.DateField(allow_null=True)
    note = fields.CharField(allow_blank=True)
    says_zh = fields.CharField()
    says_en = fields.CharField()


class IndicatorOutput(Serializer[Any]):
    id = fields.IntegerField()
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    programme = fields.CharField(help_text=_t("the notice's number"))
    action = fields.CharField()
    metric = fields.CharField()
    unit = fields.CharField(allow_blank=True)
    level = fields.ChoiceField(_LEVELS, help_text=_t("of whom it is asked"))
    recurrence = fields.ChoiceField(_RECURRENCES, allow_blank=True)
    since = fields.DateField()
    note_zh = fields.CharField(allow_blank=True)
    note_en = fields.CharField(allow_blank=True)
    derived = fields.BooleanField(help_text=_t("counted from what Xuntu knows, never entered"))
    says_zh = fields.CharField(allow_blank=True, help_text=_t("how it is counted"))
    says_en = fields.CharField(allow_blank=True)
    target = TargetOutput(help_text=_t("as it held on that day"))


class IndicatorsOutput(Serializer[Any]):
    as_of = fields.DateField()
    indicators = IndicatorOutput(many=True)


class EnteredValueInput(Serializer[Any]):
    indicator = fields.IntegerField()
    numerator = fields.FloatField()
    denominator = fields.FloatField(required=False, help_text=_t("of a rate only"))
    measured_on = fields.DateField(help_text=_t("the day that it is of"))
    period = fields.CharField(required=False, help_text=_t("2024-11, of what is asked by month"))
    community = fields.IntegerField(required=False)
    estate = fields.IntegerField(required=False)
    company = fields.IntegerField(required=False)
    source = fields.CharField(  # type: ignore[assignment]
        max_length=200, help_text=_t("where the number comes from")
    )
    attachment = fields.UUIDField(required=False, help_text=_t("the file that it comes from"))


class AttachmentOutput(Serializer[Any]):
    id = fields.UUIDField()
    name = fields.CharField()
    media_type = fields.CharField(help_text=_t("by its bytes"))
    size = fields.IntegerField(help_text=_t("bytes"))
    sha256 = fields.CharField()
    by = fields.CharField()
    by_name = fields.CharField()
    at = fields.DateTimeField()
    address = fields.CharField()


class EnteredValueOutput(Serializer[Any]):
    id = fields.UUIDField()
    indicator = fields.IntegerField()
    code = fields.CharField()
    numerator = fields.FloatField()
    denominator = fields.FloatField(allow_null=True)
    measured_on = fields.DateField()
    period = fields.CharField(allow_null=True)
    community = fields.IntegerField(allow_null=True)
    estate = fields.IntegerField(allow_null=True)
    company = fields.IntegerField(allow_null=True)
    place = fields.CharField(allow_null=True, help_text=_t("null: the whole subdistrict"))
    source = fields.CharField()  # type: ignore[assignment]
    attachment = AttachmentOutput(allow_null=True, help_text=_t("the file that it comes from"))
    by = fields.CharField()
    by_name = fields.CharField()
    at = fields.DateTimeField()
    taken_back_at = fields.DateTimeField(
        allow_null=True, help_text=_t("it counts no more since then")
    )
    counts = fields.BooleanField(help_text=_t("the newest of its place and month on that day"))


class EnteredValuesOutput(Serializer[Any]):
    as_of = fields.DateField()
    count = fields.IntegerField(help_text=_t("of all pages"))
    values = EnteredValueOutput(
        many=True, help_text=_t("newest first, with those that count no more")
    )
