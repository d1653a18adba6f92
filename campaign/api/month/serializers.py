"""What is sent and told of a month's report, for the API's description."""

from typing import Any

from django.utils.translation import gettext_lazy as _t
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from campaign.api.serializers import AttachmentOutput, IndicatorOutput
from campaign.standing import Level, Light
from campaign.standing.monthly import State, Step

_LEVELS = [each.value for each in Level]
_STATES = [each.value for each in State]
_STEPS = [each.value for each in Step]
_OUTCOMES = ["saved", "same", "changed", "refused"]


class ReportProgrammeOutput(Serializer[Any]):
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    year = fields.IntegerField()


class ReportWhoseOutput(Serializer[Any]):
    kind = fields.ChoiceField(["community", "unit"])
    id = fields.IntegerField()
    zh = fields.CharField()
    en = fields.CharField()


class ReportPlaceOutput(Serializer[Any]):
    key = fields.CharField(help_text="whole, community-3, estate-12, company-5")
    level = fields.ChoiceField(_LEVELS)
    id = fields.IntegerField(allow_null=True)
    zh = fields.CharField(allow_blank=True)
    en = fields.CharField(allow_blank=True)


class TypedCellOutput(Serializer[Any]):
    n = fields.FloatField(allow_null=True, help_text=_t("as it was typed last"))
    of = fields.FloatField(allow_null=True)
    version = fields.IntegerField(help_text=_t("0: nothing was typed yet"))
    by_name = fields.CharField(allow_null=True)
    at = fields.DateTimeField(allow_null=True)


class StandingThereOutput(Serializer[Any]):
    n = fields.FloatField(allow_null=True)
    of = fields.FloatField(allow_null=True)


class KnownValueOutput(StandingThereOutput):
    measured_on = fields.DateField()
    of_month = fields.BooleanField(help_text=_t("of this month, where it is asked by month"))
    by_name = fields.CharField()


class ReportCellOutput(TypedCellOutput):
    place = fields.CharField()
    owed = fields.BooleanField(help_text=_t("asked in this month, and not done before"))
    met_on = fields.DateField(allow_null=True, help_text=_t("done before this month"))
    stands = StandingThereOutput(help_text=_t("what is shown before anything is typed"))
    known = KnownValueOutput(allow_null=True, help_text=_t("what was entered last"))


class ReportSaidOutput(Serializer[Any]):
    measured_on = fields.DateField(allow_null=True)
    source = fields.CharField(allow_blank=True)  # type: ignore[assignment]
    attachment = AttachmentOutput(allow_null=True)
    version = fields.IntegerField()
    by_name = fields.CharField(allow_null=True)
    at = fields.DateTimeField(allow_null=True)


class ReportMatterOutput(IndicatorOutput):
    leads = fields.BooleanField(help_text=_t("theirs to tell; else they may"))
    owed = fields.BooleanField()
    said = ReportSaidOutput()
    cells = ReportCellOutput(many=True)


class ReportBesideOutput(IndicatorOutput):
    ledger = fields.CharField(allow_null=True, help_text=_t("the ledger that feeds it"))
    light = fields.ChoiceField([each.value for each in Light], allow_null=True)
    n = fields.FloatField(allow_null=True)
    of = fields.FloatField(allow_null=True)
    places = fields.BooleanField(help_text=_t("n and of are places that have done it"))
    late_since = fields.DateField(allow_null=True)


class ReportActionOutput(Serializer[Any]):
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    lead = fields.ListField(child=fields.CharField(), help_text=_t("as the notice names them"))
    matters = ReportMatterOutput(many=True)
    beside = ReportBesideOutput(many=True, help_text=_t("counted by Xuntu, never entered"))


class ReportMoveOutput(Serializer[Any]):
    id = fields.UUIDField()
    step = fields.ChoiceField(_STEPS)
    state = fields.ChoiceField(_STATES)
    reason = fields.CharField(allow_blank=True)
    values = fields.IntegerField(help_text=_t("values that it entered, or took back"))
    by = fields.CharField()
    by_name = fields.CharField()
    at = fields.DateTimeField()


class MonthReportOutput(Serializer[Any]):
    as_of = fields.DateField()
    now = fields.BooleanField(help_text=_t("false: of a day that is over, nothing typed is told"))
    programme = ReportProgrammeOutput()
    month = fields.CharField()
    last_day = fields.DateField()
    due_on = fields.DateField()
    late_since = fields.DateField(allow_null=True)
    whose = ReportWhoseOutput()
    state = fields.ChoiceField(_STATES)
    version = fields.IntegerField()
    may_fill = fields.BooleanField()
    open = fields.BooleanField()
    steps = fields.ListField(child=fields.ChoiceField(_STEPS), help_text=_t("that you may take"))
    owed = fields.IntegerField(help_text=_t("cells that are asked in this month"))
    told = fields.IntegerField(help_text=_t("of those, how many have a number"))
    default_day = fields.DateField()
    default_source = fields.CharField()
    places = ReportPlaceOutput(many=True)
    actions = ReportActionOutput(many=True)
    history = ReportMoveOutput(many=True, help_text=_t("newest first"))


class MonthReportLineOutput(ReportWhoseOutput):
    state = fields.ChoiceField(_STATES, allow_null=True, help_text=_t("null: nothing typed yet"))
    owed = fields.IntegerField()
    told = fields.IntegerField()
    came_on = fields.DateField(allow_null=True, help_text=_t("submitted first"))
    late_since = fields.DateField(allow_null=True)
    last = ReportMoveOutput(allow_null=True)


class MonthReportsOutput(Serializer[Any]):
    as_of = fields.DateField()
    programme = ReportProgrammeOutput()
    month = fields.CharField()
    due_on = fields.DateField()
    mine = ReportWhoseOutput(many=True, help_text=_t("that you fill in"))
    reports = MonthReportLineOutput(many=True)


class ReportCellInput(Serializer[Any]):
    indicator = fields.IntegerField()
    place = fields.CharField()
    n = fields.FloatField(required=False)
    of = fields.FloatField(required=False)
    seen = fields.IntegerField(help_text=_t("the version that was seen of it; 0: none"))


class ReportMatterInput(Serializer[Any]):
    indicator = fields.IntegerField()
    measured_on = fields.DateField(required=False)
    source = fields.CharField(required=False)  # type: ignore[assignment]
    attachment = fields.UUIDField(required=False)
    seen = fields.IntegerField()


class ReportCellsInput(Serializer[Any]):
    cells = ReportCellInput(many=True, required=False)
    matters = ReportMatterInput(many=True, required=False)


class CellSavedOutput(Serializer[Any]):
    indicator = fields.IntegerField()
    place = fields.CharField()
    outcome = fields.ChoiceField(_OUTCOMES, help_text=_t("changed: another was faster"))
    stands = TypedCellOutput(help_text=_t("as it is now"))
    fields_ = fields.DictField(child=fields.CharField(), help_text=_t("why it was refused"))

    def get_fields(self) -> Any:
        told = super().get_fields()
        told["fields"] = told.pop("fields_")
        return told


class MatterSavedOutput(Serializer[Any]):
    indicator = fields.IntegerField()
    outcome = fields.ChoiceField(_OUTCOMES)
    stands = ReportSaidOutput()
    fields_ = fields.DictField(child=fields.CharField())

    def get_fields(self) -> Any:
        told = super().get_fields()
        told["fields"] = told.pop("fields_")
        return told


class ReportSavedOutput(Serializer[Any]):
    state = fields.ChoiceField(_STATES)
    version = fields.IntegerField()
    cells = CellSavedOutput(many=True)
    matters = MatterSavedOutput(many=True)


class ReportMoveInput(Serializer[Any]):
    step = fields.ChoiceField(_STEPS)
    seen = fields.IntegerField(help_text=_t("the version of the report that was seen"))
    reason = fields.CharField(required=False, help_text=_t("why it is returned"))


class ReportMovedOutput(ReportMoveOutput):
    version = fields.IntegerField()


class ReportTakenOutput(Serializer[Any]):
    taken = fields.IntegerField(help_text=_t("cells and matters that were filled in anew"))
    state = fields.ChoiceField(_STATES)
    version = fields.IntegerField()
