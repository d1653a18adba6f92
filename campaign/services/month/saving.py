"""What is typed is kept at once, cell by cell. Of two who type in one cell the second is told what
the first typed, and nothing of either is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign import policy
from campaign.errors import NotYoursToReport, ReportInvalid, ReportNotOpen
from campaign.models import Attachment, Programme, Report, ReportCell, ReportMatter
from campaign.monthly import Asked, Matter, Place, Whose
from campaign.monthly.places import key_of
from campaign.services.fields import CampaignFields
from campaign.standing.duties import due_on
from campaign.standing.monthly import OPEN
from people.models import User

LONGEST_SOURCE = 200
MOST_ITEMS = 2000
_CELL = {"indicator", "place", "n", "of", "seen"}
_MATTER = {"indicator", "measured_on", "source", "attachment", "seen"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What one cell (`place` told) or matter is to hold, and the version that was seen of it; 0:
    none. `wrong`: why it can't be."""

    indicator: int
    place: str | None
    seen: int
    told: dict[str, Any]
    wrong: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`saved`, `same`: as it stood already; `changed`: another was faster, and `row` is theirs;
    `refused`: for `wrong`."""

    wish: Wish
    outcome: str
    row: ReportCell | ReportMatter | None = None


def read(sent: dict[str, Any], by: User) -> list[Wish]:
    """Raises ReportInvalid for what is no list of cells and matters at all."""
    fields = CampaignFields(sent)
    fields.nothing_else({"cells", "matters"})
    for name in ("cells", "matters"):
        told = sent.get(name, [])
        if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
            fields.blame(name, _("A list is needed."))
        elif len(told) > MOST_ITEMS:
            fields.blame(name, _("At most %d at once.") % MOST_ITEMS)
    if fields.wrong:
        raise ReportInvalid(fields=fields.wrong)
    cells = [_cell(each) for each in sent.get("cells", [])]
    return cells + [_matter(each, by) for each in sent.get("matters", [])]


def _cell(sent: dict[str, Any]) -> Wish:
    fields = CampaignFields({name: told for name, told in sent.items() if told is not None})
    fields.nothing_else(_CELL)
    place = fields.text("place", most=40) or "?"
    n, of = fields.amount("n"), fields.amount("of")
    return _wish(fields, place, {"numerator": n, "denominator": of})


def _matter(sent: dict[str, Any], by: User) -> Wish:
    fields = CampaignFields({name: told for name, told in sent.items() if told is not None})
    fields.nothing_else(_MATTER)
    day = fields.day("measured_on") if fields.content.get("measured_on") else None
    source = fields.text("source", most=LONGEST_SOURCE)
    attachment = fields.attachment("attachment", by)
    told = {"measured_on": day, "source": source, "attachment": attachment}
    return _wish(fields, None, told)


def _wish(fields: CampaignFields, place: str | None, told: dict[str, Any]) -> Wish:
    indicator, seen = fields.content.get("indicator"), fields.content.get("seen", 0)
    for name, number in (("indicator", indicator), ("seen", seen)):
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            fields.blame(name, _("A whole number is needed."))
    return Wish(
        indicator=indicator if isinstance(indicator, int) else 0,
        place=place,
        seen=seen if isinstance(seen, int) else 0,
        told=told,
        wrong=fields.wrong,
    )


@transaction.atomic
def save(
    wishes: Iterable[Wish], *, whose: Whose, programme: Programme, month: date, by: User
) -> tuple[Report, list[Outcome]]:
    """Each by itself: what can be kept is. Raises NotYoursToReport, ReportNotOpen."""
    report, writing = _opened(whose, programme, month, by)
    outcomes = [writing.put(each) for each in wishes]
    writing.done()
    return report, outcomes


@transaction.atomic
def take(
    wishes: Sequence[Wish], *, whose: Whose, programme: Programme, month: date, by: User
) -> tuple[Report, list[Outcome]]:
    """All or nothing: where one can't be kept, none is, and the outcomes say which. Raises as
    `save`."""
    report, writing = _opened(whose, programme, month, by)
    outcomes = [writing.put(each) for each in wishes]
    if any(each.outcome in {"refused", "changed"} for each in outcomes):
        transaction.set_rollback(True)
    else:
        writing.done()
    return report, outcomes


def _opened(whose: Whose, programme: Programme, month: date, by: User) -> tuple[Report, "_Writing"]:
    if not policy.may_report(by, whose.unsaved(programme, month)):
        raise NotYoursToReport
    report, _new = Report.objects.get_or_create(
        programme=programme, month=month, community=whose.community, unit=whose.unit
    )
    # One after the other: of two at once, the second sees what the first typed.
    report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if report.state not in OPEN:
        raise ReportNotOpen(state=report.state, version=report.version)
    asked = Asked(by.scope, programme, month, timezone.localdate()).of(whose)
    return report, _Writing(report, asked, by)


class _Writing:
    """Several cells of one report, which is locked."""

    def __init__(self, report: Report, asked: Sequence[Matter], by: User) -> None:
        self.report, self.by, self.at = report, by, timezone.now()
        self.matters = {each.indicator.pk: each for each in asked}
        self.places: dict[tuple[int, str], Place] = {
            (each.indicator.pk, cell.place.key): cell.place for each in asked for cell in each.cells
        }
        # Without a place, what is said of a matter.
        self.rows: dict[tuple[int, str | None], ReportCell | ReportMatter] = {
            (each.indicator_id, None): each
            for each in report.matters.select_related("by", "attachment__by")
        }
        for each in report.cells.select_related("by"):
            self.rows[each.indicator_id, key_of(each)] = each
        self.version = report.version + 1
        self.wrote = False

    def put(self, wish: Wish) -> Outcome:
        wrong = wish.wrong or self._wrong(wish)
        if wrong:
            return Outcome(Wish(wish.indicator, wish.place, wish.seen, wish.told, wrong), "refused")
        if wish.place is None:
            return self._keep(wish, ReportMatter, {})
        place = self.places[wish.indicator, wish.place]
        return self._keep(wish, ReportCell, place.columns())

    def done(self) -> None:
        if self.wrote:
            self.report.version = self.version
            self.report.save(update_fields=["version"])

    def _wrong(self, wish: Wish) -> dict[str, str]:
        matter = self.matters.get(wish.indicator)
        if matter is None:
            return {"indicator": _("This is not asked here.")}
        if wish.place is None:
            day = wish.told["measured_on"]
            told = day and wrong_day(day, self.report.month, monthly=matter.monthly)
            return {"measured_on": told} if told else {}
        if (wish.indicator, wish.place) not in self.places:
            return {"place": _("This place is not asked.")}
        n, of = wish.told["numerator"], wish.told["denominator"]
        if not matter.rate and of is not None:
            return {"of": _("This is a count: it is of nothing.")}
        if n is not None and of is not None and n > of:
            return {"n": _("More than there are.")}
        return {}

    def _keep(
        self, wish: Wish, model: type[ReportCell] | type[ReportMatter], where: dict[str, Any]
    ) -> Outcome:
        key = wish.indicator, wish.place
        row = self.rows.get(key)
        stands = {name: getattr(row, name) if row else _NOTHING[name] for name in wish.told}
        if stands == wish.told:
            return Outcome(wish, "same", row)
        if wish.seen != (row.version if row else 0):
            return Outcome(wish, "changed", row)
        if row is None:
            row = model(report=self.report, indicator_id=wish.indicator, **where)
            self.rows[key] = row
        for name, told in wish.told.items():
            setattr(row, name, told)
        row.version, row.by, row.at = self.version, self.by, self.at
        row.save()
        self.wrote = True
        return Outcome(wish, "saved", row)


_NOTHING: dict[str, Decimal | Attachment | str | None] = {
    "numerator": None,
    "denominator": None,
    "measured_on": None,
    "source": "",
    "attachment": None,
}


def wrong_day(day: date, month: date, *, monthly: bool) -> str | None:
    """Why numbers of a month's report can't be of that day."""
    if day > timezone.localdate():
        return _("This day has not come yet.")
    if day > due_on(month) or (monthly and day < month):
        return _("A day of the month is needed: %s.") % f"{month:%Y-%m}"
    return None
