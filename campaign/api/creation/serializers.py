"""What is sent and told of 创建, for the API's description; services read what is sent."""

from typing import Any

from django.utils.translation import gettext_lazy as _t
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from campaign.api.serializers import AttachmentOutput
from campaign.creation.evidence import Form, Grade
from campaign.creation.missing import Whom
from campaign.creation.score import State, What
from campaign.creation.stages import BROUGHT, Need, Stage
from campaign.creation.standard import Rule
from campaign.standing import Compare

_STAGES = [each.value for each in Stage]
_FORMS = [each.value for each in Form]


class SpreadOutput(Serializer[Any]):
    """Days by which it is done with a chance of 10, 50 and 90 %."""

    low = fields.DateField(allow_null=True)
    likely = fields.DateField(allow_null=True)
    high = fields.DateField(allow_null=True)


class CreationGoalOutput(Serializer[Any]):
    op = fields.ChoiceField([each.value for each in Compare], allow_null=True)
    number = fields.FloatField(allow_null=True)
    deadline = fields.DateField(allow_null=True)


class CreationForecastOutput(SpreadOutput):
    """Estates are taken as independent of each other. One office reviews all of them, so the days
    lie wider apart in truth, and the chance is less sure."""

    chance = fields.FloatField(
        allow_null=True, help_text=_t("to reach the target by its deadline, from 0 to 1")
    )
    rests_on = fields.IntegerField(help_text=_t("how many steps it is told from"))
    few = fields.BooleanField(help_text=_t("too few steps to tell anything"))


class CreationEstateOutput(Serializer[Any]):
    id = fields.IntegerField()
    name = fields.CharField()


class CreationCommunityOutput(Serializer[Any]):
    id = fields.IntegerField()
    zh = fields.CharField()
    en = fields.CharField()


class EnrolmentOutput(Serializer[Any]):
    id = fields.UUIDField()
    estate = CreationEstateOutput()
    community = CreationCommunityOutput()
    company = CreationEstateOutput(allow_null=True)
    person = fields.CharField(help_text=_t("who answers for it"))
    enrolled_on = fields.DateField()
    stage = fields.ChoiceField(_STAGES)
    stage_zh = fields.CharField()
    stage_en = fields.CharField()
    stage_since = fields.DateField()
    progress = fields.IntegerField(help_text=_t("percent"))
    score = fields.FloatField(allow_null=True)
    veto = fields.BooleanField()
    passes = fields.BooleanField(help_text=_t("reaches the pass mark, and nothing vetoes"))
    missing = fields.IntegerField()
    forecast = SpreadOutput()


class RemovedOutput(Serializer[Any]):
    id = fields.UUIDField(help_text=_t("of the enrolment"))
    estate = CreationEstateOutput()
    on = fields.DateField()
    reason = fields.CharField()


class CreationRightsOutput(Serializer[Any]):
    enrol = fields.BooleanField(help_text=_t("put estates on the list"))


class CreationListOutput(Serializer[Any]):
    as_of = fields.DateField()
    programme = fields.CharField(allow_blank=True)
    target = CreationGoalOutput(allow_null=True)
    announced = fields.IntegerField()
    counted = fields.IntegerField(help_text=_t("announced by the target's deadline"))
    expected = fields.IntegerField(help_text=_t("from S7 to S9, and passing: never counted"))
    forecast = CreationForecastOutput()
    enrolments = EnrolmentOutput(many=True)
    removed = RemovedOutput(many=True, help_text=_t("taken off the list, the last first"))
    rights = CreationRightsOutput()


class WhyOutput(Serializer[Any]):
    what = fields.ChoiceField([each.value for each in What])
    id = fields.UUIDField()
    zh = fields.CharField()
    en = fields.CharField()
    day = fields.DateField()
    case = fields.UUIDField(allow_null=True)


class StandardItemOutput(Serializer[Any]):
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    points = fields.FloatField()
    sheet = fields.BooleanField(help_text=_t("graded on sheets; else seen by inspections"))
    codes = fields.ListField(child=fields.CharField(), help_text=_t("inspection items"))
    lasts_days = fields.IntegerField(help_text=_t("so long what was seen or graded counts"))
    may_not_apply = fields.BooleanField()
    evidence_zh = fields.CharField(allow_blank=True)
    evidence_en = fields.CharField(allow_blank=True)


class ScoredItemOutput(StandardItemOutput):
    earned = fields.FloatField()
    applies = fields.BooleanField()
    state = fields.ChoiceField([each.value for each in State])
    expires_on = fields.DateField(allow_null=True, help_text=_t("the last day on which it counts"))
    why = WhyOutput(many=True)


class ScoredCategoryOutput(Serializer[Any]):
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    weight = fields.FloatField()
    earned = fields.FloatField()
    applicable = fields.FloatField()
    items = ScoredItemOutput(many=True)


class VetoOutput(Serializer[Any]):
    id = fields.UUIDField(help_text=_t("of the finding, or of what was declared"))
    code = fields.CharField()
    rule = fields.ChoiceField([each.value for each in Rule])
    zh = fields.CharField()
    en = fields.CharField()
    since = fields.DateField()
    case = fields.UUIDField(allow_null=True)
    number = fields.IntegerField(allow_null=True, help_text=_t("of the case"))
    until = fields.DateField(allow_null=True, help_text=_t("the last day of one that passes"))
    note = fields.CharField(allow_blank=True)
    by_name = fields.CharField(allow_blank=True, help_text=_t("who declared it"))
    attachment = AttachmentOutput(allow_null=True)


class MissingOutput(Serializer[Any]):
    zh = fields.CharField()
    en = fields.CharField()
    whom = fields.ChoiceField([each.value for each in Whom])
    whom_zh = fields.CharField()
    whom_en = fields.CharField()
    by = fields.DateField(allow_null=True)
    item = fields.CharField(allow_null=True)
    points = fields.FloatField()
    case = fields.UUIDField(allow_null=True)


class StageReachedOutput(Serializer[Any]):
    id = fields.UUIDField()
    to = fields.ChoiceField(_STAGES)
    zh = fields.CharField()
    en = fields.CharField()
    on = fields.DateField()
    by = fields.CharField()
    by_name = fields.CharField()
    at = fields.DateTimeField()
    note = fields.CharField(allow_blank=True)
    reason = fields.CharField(allow_blank=True)
    announcement = fields.CharField(allow_blank=True)
    removed = fields.BooleanField(help_text=_t("taken off the list by it"))
    attachments = AttachmentOutput(many=True)


class NeedOutput(Serializer[Any]):
    code = fields.ChoiceField([each.value for each in Need])
    zh = fields.CharField()
    en = fields.CharField()


class MayReachOutput(Serializer[Any]):
    to = fields.ChoiceField(_STAGES)
    zh = fields.CharField()
    en = fields.CharField()
    needs = fields.ListField(
        child=fields.ChoiceField([each.value for each in Need if each in BROUGHT]),
        help_text=_t("what the move brings along"),
    )
    lacking = NeedOutput(many=True)


class SheetOutput(Serializer[Any]):
    id = fields.UUIDField()
    form = fields.ChoiceField(_FORMS)
    zh = fields.CharField()
    en = fields.CharField()
    day = fields.DateField()
    by = fields.CharField()
    by_name = fields.CharField()
    score = fields.FloatField(allow_null=True, help_text=_t("of what sheets ask, of 100"))
    version = fields.CharField()


class TurnOutput(Serializer[Any]):
    day = fields.DateField()
    score = fields.FloatField(allow_null=True)
    veto = fields.BooleanField()
    stage = fields.ChoiceField(_STAGES)
    zh = fields.CharField()
    en = fields.CharField()


class RightsOutput(Serializer[Any]):
    move = fields.BooleanField(help_text=_t("reach stages, declare and lift vetoes"))
    forms = fields.ListField(
        child=fields.ChoiceField(_FORMS), help_text=_t("sheets that one may fill in")
    )


class DeclarableOutput(Serializer[Any]):
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()


class CreationCardOutput(EnrolmentOutput):
    as_of = fields.DateField()
    programme = fields.CharField()
    rests_on = fields.IntegerField()
    few = fields.BooleanField()
    open_cases = fields.IntegerField(help_text=_t("of findings"))
    version = fields.CharField(allow_null=True)
    pass_mark = fields.FloatField(allow_null=True)
    earned = fields.FloatField(allow_null=True)
    applicable = fields.FloatField(allow_null=True)
    categories = ScoredCategoryOutput(many=True)
    vetoes = VetoOutput(many=True)
    missing = MissingOutput(many=True)  # type: ignore[assignment]
    stages = StageReachedOutput(many=True)
    may = MayReachOutput(many=True)
    sheets = SheetOutput(many=True)
    history = TurnOutput(many=True)
    rights = RightsOutput()
    declarable = DeclarableOutput(many=True, help_text=_t("vetoes that one may declare"))


class CreationMapFeature(Serializer[Any]):
    type = fields.CharField()
    geometry = fields.DictField()
    properties = fields.DictField()


class CreationMapOutput(Serializer[Any]):
    type = fields.CharField()
    as_of = fields.DateField()
    features = CreationMapFeature(many=True)


class GradeOutput(Serializer[Any]):
    grade = fields.ChoiceField([each.value for each in Grade])
    note = fields.CharField(allow_blank=True)


class GradeInput(Serializer[Any]):
    grade = fields.ChoiceField([each.value for each in Grade])
    note = fields.CharField(required=False, max_length=300)


class LastGradeOutput(GradeOutput):
    form = fields.ChoiceField(_FORMS)
    day = fields.DateField()


class StandardCategoryOutput(Serializer[Any]):
    code = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    items = StandardItemOutput(many=True)


class StandardOutput(Serializer[Any]):
    version = fields.CharField()
    zh = fields.CharField()
    en = fields.CharField()
    holds_from = fields.DateField()
    pass_mark = fields.FloatField()
    categories = StandardCategoryOutput(many=True)


class TabletEnrolmentOutput(Serializer[Any]):
    id = fields.UUIDField()
    estate = CreationEstateOutput()
    community = CreationCommunityOutput()
    company = CreationEstateOutput(allow_null=True)
    programme = fields.CharField()
    stage = fields.ChoiceField(_STAGES)
    score = fields.FloatField(allow_null=True)
    standard = fields.CharField(allow_null=True, help_text=_t("the version that holds"))
    forms = fields.ListField(child=fields.ChoiceField(_FORMS))
    grades = fields.DictField(child=LastGradeOutput(), help_text=_t("by item, the last one"))


class CreationTabletOutput(Serializer[Any]):
    standards = StandardOutput(many=True)
    enrolments = TabletEnrolmentOutput(many=True)


class EnrolmentInput(Serializer[Any]):
    programme = fields.CharField(help_text=_t("the notice's number"))
    estate = fields.IntegerField()
    person = fields.CharField(max_length=60)
    enrolled_on = fields.DateField()


class StageInput(Serializer[Any]):
    to = fields.ChoiceField(_STAGES)
    on = fields.DateField()
    note = fields.CharField(required=False, max_length=500)
    attachments = fields.ListField(child=fields.UUIDField(), required=False)
    announcement = fields.CharField(required=False, max_length=60, help_text=_t("of S10"))
    reason = fields.CharField(required=False, max_length=300, help_text=_t("to SX, and from it"))
    removed = fields.BooleanField(
        required=False, help_text=_t("of SX: taken off the list, else returned")
    )


class VetoInput(Serializer[Any]):
    code = fields.CharField(help_text=_t("of a veto that is declared, by the standard"))
    since = fields.DateField()
    note = fields.CharField(max_length=500)
    attachment = fields.UUIDField(required=False)


class LiftingInput(Serializer[Any]):
    on = fields.DateField()
    note = fields.CharField(max_length=500)


class DeclaredVetoOutput(Serializer[Any]):
    id = fields.UUIDField()
    code = fields.CharField()
    since = fields.DateField()
    note = fields.CharField()
    attachment = AttachmentOutput(allow_null=True)


class LiftedVetoOutput(Serializer[Any]):
    id = fields.UUIDField()
    on = fields.DateField()
    note = fields.CharField()


class SheetInput(Serializer[Any]):
    enrolment = fields.UUIDField()
    form = fields.ChoiceField(_FORMS)
    day = fields.DateField()
    standard = fields.CharField(help_text=_t("the version that it is filled in by"))
    answers = fields.DictField(child=GradeInput())
    recorded_at = fields.DateTimeField(required=False)
    device = fields.UUIDField(required=False)
    number = fields.IntegerField(required=False)


class SheetTakenOutput(Serializer[Any]):
    id = fields.UUIDField()
    enrolment = fields.UUIDField()
    form = fields.ChoiceField(_FORMS)
    day = fields.DateField()
    standard = fields.CharField()


class SheetAnswersOutput(SheetOutput):
    enrolment = fields.UUIDField()
    answers = fields.DictField(child=GradeOutput())


class StageAnswerOutput(StageReachedOutput):
    enrolment = fields.UUIDField()


class EnrolledOutput(Serializer[Any]):
    id = fields.UUIDField()
    programme = fields.CharField()
    estate = fields.IntegerField()
    person = fields.CharField()
    enrolled_on = fields.DateField()
