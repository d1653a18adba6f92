"""Steps of a report: submitted, taken back, returned with a reason, submitted again, accepted."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign import policy
from campaign.errors import (
    MovedDifferently,
    NotYoursToReport,
    ReportChanged,
    ReportInvalid,
    ReportNotOpen,
)
from campaign.models import (
    Programme,
    Report,
    ReportCell,
    ReportMatter,
    ReportMove,
    Value,
)
from campaign.monthly import Asked, Matter, Whose
from campaign.monthly.places import Place, key_of
from campaign.services.fields import CampaignFields
from campaign.services.month.saving import wrong_day
from campaign.standing.duties import due_on
from campaign.standing.monthly import STEPS, State, Step
from inspections.services import content
from people.models import User

LONGEST_REASON = 500
_SENT = {"step", "seen", "reason"}


def move(
    *, id: UUID, sent: dict[str, Any], whose: Whose, programme: Programme, month: date, by: User
) -> tuple[ReportMove, bool]:
    """The step, and whether this sending took it: the same again is answered the same.

    Raises ReportInvalid, NotYoursToReport, ReportNotOpen, ReportChanged; MovedDifferently where the
    id stands for something else.
    """
    step, seen, reason = _read(sent)
    with transaction.atomic():
        report = whose.unsaved(programme, month)
        if STEPS[step].part not in policy.parts_in(by, report):
            raise NotYoursToReport
        Report.objects.get_or_create(
            programme=programme, month=month, community=whose.community, unit=whose.unit
        )
        rows = Report.objects.select_for_update(no_key=True).of_month(programme, month)
        report = rows.get(community=whose.community, unit=whose.unit)
        known = ReportMove.objects.filter(pk=id).first()
        if known:
            told = (known.report_id, known.step, known.reason, known.by_id)
            if told != (report.pk, step, reason, by.pk):
                raise MovedDifferently
            return known, False
        _check(report, step, seen, by)
        return _taken(id, report, step, reason, whose, by), True


def _read(sent: dict[str, Any]) -> tuple[Step, int, str]:
    fields = CampaignFields(sent)
    fields.nothing_else(_SENT)
    step = fields.choice("step", [each.value for each in Step], needed=True)
    seen = fields.content.get("seen")
    if isinstance(seen, bool) or not isinstance(seen, int) or seen < 0:
        fields.blame("seen", _("A whole number is needed."))
    reason = fields.text("reason", most=LONGEST_REASON)
    if step and STEPS[Step(step)].reason and not reason and "reason" not in fields.wrong:
        fields.blame("reason", _("This is needed."))
    if fields.wrong:
        raise ReportInvalid(fields=fields.wrong)
    return Step(step), int(seen or 0), reason


def _check(report: Report, step: Step, seen: int, by: User) -> None:
    if report.state not in STEPS[step].come_from:
        raise ReportNotOpen(state=report.state, version=report.version)
    if seen != report.version:
        raise ReportChanged(version=report.version)
    if step == Step.ACCEPT and not by.is_superuser:
        last = report.moves.filter(step=Step.SUBMIT).order_by("-at").first()
        # Nobody looks through what is their own.
        if last and last.by_id == by.pk:
            raise NotYoursToReport(state=report.state)


def _taken(id: UUID, report: Report, step: Step, reason: str, whose: Whose, by: User) -> ReportMove:
    before, after = report.state, STEPS[step].leads_to
    at = timezone.now()
    values: list[Value] = []
    if step == Step.SUBMIT:
        values, emptied = _entered(id, report, whose, by)
        Value.objects.filter(pk__in=[each.pk for each in emptied]).update(taken_back_at=at)
    elif step == Step.TAKE_BACK:
        values = _taken_back(report, at)
    row = ReportMove(
        id=id,
        report=report,
        step=step,
        state_before=before,
        state_after=after,
        reason=reason,
        by=by,
        at=at,
    )
    row.save(force_insert=True)
    if step == Step.SUBMIT:
        Value.objects.bulk_create(values)
    row.values.set(values)
    report.state, report.version = State(after), report.version + 1
    report.save(update_fields=["state", "version"])
    return row


def _entered(id: UUID, report: Report, whose: Whose, by: User) -> tuple[list[Value], list[Value]]:
    """What is typed and was not entered by this report before, as values of one moment; and what
    was entered before by cells that are empty now. Raises ReportInvalid naming every cell that
    can't be a value."""
    asked = Asked(by.scope, report.programme, report.month, timezone.localdate()).of(whose)
    cells = {(each.indicator_id, key_of(each)): each for each in report.cells.all()}
    said = {each.indicator_id: each for each in report.matters.select_related("attachment")}
    known = _known(report)
    wrong: dict[str, str] = {}
    values: list[Value] = []
    emptied: list[Value] = []
    for matter in asked:
        about = _about(matter, said.get(matter.indicator.pk), report, wrong)
        for cell in matter.cells:
            at = matter.indicator.pk, cell.place.key
            typed, before = cells.get(at), known.get(at, [])
            if typed is None or typed.numerator is None:
                emptied += before
                continue
            name = f"{matter.indicator.pk}:{cell.place.key}"
            if matter.rate and typed.denominator is None:
                wrong[name] = _("Half of it is lacking: so many, of how many.")
                continue
            row = _value(id, name, matter, cell.place, typed, about, by)
            if not before or before[-1].content_sha256 != row.content_sha256:
                values.append(row)
    if wrong:
        raise ReportInvalid(cells=wrong)
    return values, emptied


def _taken_back(report: Report, at: datetime) -> list[Value]:
    """What the last submission entered: it counts no more. What was entered before it, and came
    back with a reason, counts again, also where that submission left it empty."""
    last = report.moves.filter(step=Step.SUBMIT).latest("at")
    values = list(last.values.all())
    Value.objects.filter(report_moves__report=report, taken_back_at=last.at).update(
        taken_back_at=None
    )
    last.values.update(taken_back_at=at)
    return values


def _about(
    matter: Matter, said: ReportMatter | None, report: Report, wrong: dict[str, str]
) -> Mapping[str, Any]:
    day = said.measured_on if said else None
    day = day or default_day(report.month)
    if why := wrong_day(day, report.month, monthly=matter.monthly):
        wrong[f"{matter.indicator.pk}:measured_on"] = why
    return {
        "measured_on": day,
        "source": (said.source if said else "") or default_source(report.month),
        "attachment": said.attachment if said else None,
    }


def default_day(month: date) -> date:
    """Its last one, or today."""
    return min(due_on(month), timezone.localdate())


def default_source(month: date) -> str:
    """In the language of who fills it in; in Chinese as in the office's own tables."""
    return _("Monthly report %(month)d/%(year)d") % {"year": month.year, "month": month.month}


def _value(
    id: UUID,
    name: str,
    matter: Matter,
    place: Place,
    typed: ReportCell,
    about: Mapping[str, Any],
    by: User,
) -> Value:
    row = Value(
        id=uuid5(id, name),
        indicator=matter.indicator,
        numerator=typed.numerator or Decimal(0),
        denominator=typed.denominator if matter.rate else None,
        period=typed.report.month if matter.monthly else None,
        by=by,
        **about,
        **place.value_columns(),
    )
    told = {
        "indicator": matter.indicator.pk,
        "place": place.key,
        "numerator": str(row.numerator.normalize()),
        "denominator": None if row.denominator is None else str(row.denominator.normalize()),
        "measured_on": row.measured_on.isoformat(),
        # What follows from the month is the same in every language.
        "source": "" if row.source == default_source(typed.report.month) else row.source,
        "attachment": str(row.attachment_id),
    }
    row.content_sha256 = sha256(content.canonical(told)).hexdigest()
    return row


def _known(report: Report) -> Mapping[tuple[int, str], list[Value]]:
    """What this report entered and did not take back, by indicator and place, the last one last."""
    known: dict[tuple[int, str], list[Value]] = defaultdict(list)
    rows = Value.objects.filter(report_moves__report=report, taken_back_at=None)
    for each in rows.order_by("at", "pk"):
        known[each.indicator_id, key_of(each)].append(each)
    return known
