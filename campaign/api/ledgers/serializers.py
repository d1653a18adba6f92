"""What is sent and told of ledgers, for the API's description; services read what is sent."""

from typing import Any

from django.utils.translation import gettext_lazy as _t
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from campaign.api.serializers import AttachmentOutput
from campaign.ledger import Counts, Owing
from campaign.standing import Level

_LEVELS = [each.value for each in Level]


class LedgerOptionOutput(Serializer[Any]):
    key = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()


class LedgerOnlyIfOutput(Serializer[Any]):
    column = fields.CharField()
    values = fields.ListField()


class LedgerColumnOutput(Serializer[Any]):
    name = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    type = fields.ChoiceField(["text", "number", "day", "yes_no", "choice", "several"])
    needed = fields.BooleanField(help_text=_t("where it is asked"))
    at_most = fields.CharField(
        allow_null=True, help_text=_t("the column whose number it may not exceed")
    )
    only_if = LedgerOnlyIfOutput(
        allow_null=True, help_text=_t("asked where another column has one of these values")
    )
    given = fields.JSONField(allow_null=True, help_text=_t("what a new row begins with"))
    most = fields.IntegerField(required=False, help_text=_t("characters of a text"))
    min = fields.IntegerField(required=False)
    max = fields.IntegerField(required=False)
    decimals = fields.IntegerField(required=False)
    unit_zh = fields.CharField(required=False, allow_blank=True)
    unit_en = fields.CharField(required=False, allow_blank=True)
    options = LedgerOptionOutput(many=True, required=False)


class LedgerOutput(Serializer[Any]):
    slug = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    says_zh = fields.CharField()
    says_en = fields.CharField()
    action = fields.CharField(help_text=_t("the special action whose units keep it"))
    action_zh = fields.CharField(allow_blank=True)
    action_en = fields.CharField(allow_blank=True)
    level = fields.ChoiceField(_LEVELS, help_text=_t("of what a row is"))
    counts = fields.ChoiceField([each.value for each in Counts])
    monthly = fields.BooleanField(help_text=_t("owed every month"))
    owing = fields.ChoiceField([each.value for each in Owing])
    columns = LedgerColumnOutput(many=True)
    may_keep = fields.BooleanField(help_text=_t("somewhere at least"))
    rows = fields.IntegerField(help_text=_t("that stand; of a monthly ledger, in the month"))
    of = fields.IntegerField(help_text=_t("places of which a row is looked for"))
    missing = fields.IntegerField(help_text=_t("of them, those that have none yet"))
    due_on = fields.DateField(allow_null=True)
    late = fields.BooleanField(help_text=_t("the month is over, and some are missing"))


class ComplaintCardOutput(Serializer[Any]):
    action = fields.CharField()
    action_zh = fields.CharField()
    action_en = fields.CharField()
    received = fields.IntegerField(help_text=_t("in the month"))


class LedgersOutput(Serializer[Any]):
    as_of = fields.DateField()
    month = fields.CharField()
    ledgers = LedgerOutput(many=True)
    complaints = ComplaintCardOutput(
        allow_null=True, help_text=_t("no ledger of their own; null where nothing asks for them")
    )


class LedgerRowInput(Serializer[Any]):
    """A new row names its place and data; a correction what it supersedes, a reason and data; a
    withdrawal what it supersedes and a reason."""

    community = fields.IntegerField(required=False)
    estate = fields.IntegerField(required=False)
    company = fields.IntegerField(required=False)
    day = fields.DateField(required=False, help_text=_t("the day that it is of"))
    month = fields.CharField(required=False, help_text=_t("2024-11, where one row counts a month"))
    data = fields.DictField(  # type: ignore[assignment]
        required=False, help_text=_t("by the ledger's columns")
    )
    attachments = fields.ListField(child=fields.UUIDField(), required=False)
    supersedes = fields.UUIDField(required=False, help_text=_t("the row that this one corrects"))
    withdrawn = fields.BooleanField(required=False, help_text=_t("that row counts no more"))
    reason = fields.CharField(required=False, max_length=200)


class LedgerRowOutput(Serializer[Any]):
    id = fields.UUIDField()
    ledger = fields.CharField()
    community = fields.IntegerField(allow_null=True, help_text=_t("an estate's as well"))
    estate = fields.IntegerField(allow_null=True)
    company = fields.IntegerField(allow_null=True)
    place = fields.CharField(allow_null=True, help_text=_t("null: the whole subdistrict"))
    community_name = fields.CharField(allow_null=True)
    community_name_en = fields.CharField(allow_null=True, allow_blank=True)
    day = fields.DateField()
    month = fields.CharField()
    data = fields.DictField()  # type: ignore[assignment]
    attachments = AttachmentOutput(many=True)
    supersedes = fields.UUIDField(allow_null=True)
    withdrawn = fields.BooleanField()
    reason = fields.CharField(allow_blank=True)
    by = fields.CharField()
    by_name = fields.CharField()
    at = fields.DateTimeField()
    stands = fields.BooleanField(help_text=_t("neither corrected nor withdrawn on that day"))
    may_change = fields.BooleanField(help_text=_t("by the one who asks"))


class LedgerRowsOutput(Serializer[Any]):
    as_of = fields.DateField()
    count = fields.IntegerField(help_text=_t("of all pages"))
    rows = LedgerRowOutput(many=True, help_text=_t("the newest day first"))


class LedgerRowHistoryOutput(Serializer[Any]):
    rows = LedgerRowOutput(many=True, help_text=_t("of one row all that it ever was, oldest first"))


class LedgerPlaceOutput(Serializer[Any]):
    id = fields.IntegerField(allow_null=True, help_text=_t("null: the whole subdistrict"))
    name = fields.CharField(allow_blank=True)
    name_en = fields.CharField(allow_blank=True)
    community = fields.IntegerField(allow_null=True)
    community_name = fields.CharField(allow_blank=True)
    community_name_en = fields.CharField(allow_blank=True)


class LedgerOwedOutput(Serializer[Any]):
    as_of = fields.DateField()
    month = fields.CharField()
    of = fields.IntegerField()
    missing = LedgerPlaceOutput(many=True)
    due_on = fields.DateField(allow_null=True)
    late = fields.BooleanField()
    places = LedgerPlaceOutput(many=True, help_text=_t("all of which one may enter a row"))


class LedgerProblemOutput(Serializer[Any]):
    line = fields.IntegerField(help_text=_t("0: the file as a whole"))
    reason = fields.CharField()


class LedgerFileOutput(Serializer[Any]):
    checked = fields.BooleanField(help_text=_t("nothing was written"))
    new = fields.IntegerField()
    corrected = fields.IntegerField()
    known = fields.IntegerField(help_text=_t("that were there already, the same"))
    notes = LedgerProblemOutput(many=True)
