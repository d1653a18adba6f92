"""What each place is asked in a month: everything that is entered, by whom the notice names, with
what is known of it already. Read once for all places of a scope."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from campaign.metrics import METRICS
from campaign.models import Indicator, Programme, Responsibility, Target, Value
from campaign.models.programmes import Part, Whom
from campaign.monthly.places import Place, Places, Whose, key_of, places_on
from campaign.standing import PERCENT, Goal, Level, Recurrence, meets
from campaign.standing.duties import due_on
from geo.models import Community
from geo.scope import Scope
from people.models import Unit


@dataclass(frozen=True, slots=True)
class Known:
    """What was entered last. `of_month`: for the month itself, of what is asked by month."""

    n: Decimal
    of: Decimal | None
    measured_on: date
    of_month: bool
    by: str


@dataclass(frozen=True, slots=True)
class Cell:
    """`owed`: it is asked in this month; else it was done before, or nobody set a target. `met_on`:
    the day of what was told before this month, where that is what is asked."""

    place: Place
    owed: bool
    known: Known | None
    met_on: date | None

    def standing_there(self, *, monthly: bool) -> tuple[Decimal | None, Decimal | None]:
        """What a cell shows before anything is typed: of a month that is not told yet, only of how
        many there were."""
        if self.known is None:
            return None, None
        if monthly and not self.known.of_month:
            return None, self.known.of
        return self.known.n, self.known.of


@dataclass(frozen=True, slots=True)
class Matter:
    """An indicator as it is asked of who reports. `leads`: theirs to tell; else they may."""

    indicator: Indicator
    target: Target | None
    leads: bool
    cells: Sequence[Cell]

    @property
    def monthly(self) -> bool:
        return self.indicator.recurrence == Recurrence.MONTHLY

    @property
    def rate(self) -> bool:
        return self.indicator.unit == PERCENT

    @property
    def owed(self) -> bool:
        return any(each.owed for each in self.cells)


class Asked:
    """Of a programme and month, as of a day of it or later."""

    def __init__(self, scope: Scope, programme: Programme, month: date, day: date) -> None:
        self.month, self.last = month, due_on(month)
        self.day = min(day, self.last)
        rows = Indicator.objects.asked_on(self.day).filter(action__programme=programme)
        self.indicators = [
            each
            for each in rows.select_related("action__programme")
            .prefetch_related("action__responsibilities")
            .order_by("action__code", "pk")
            if each.begins_on <= self.last
        ]
        entered = [each for each in self.indicators if each.metric not in METRICS]
        held = Target.objects.filter(indicator__in=self.indicators).holding_on(self.day)
        self.targets = {each.indicator_id: each for each in held}
        self.places: Places = places_on(scope, self.day)
        values = Value.objects.visible_in(scope).filter(indicator__in=entered)
        self._entered = entered
        # What a month was may be measured after it, as on the board.
        known = values.filter(Q(measured_on__lte=self.day) | Q(period__lte=month))
        self._known = _newest(known.counting_on(day).select_related("by"), month)
        before = values.counting_on(month - timedelta(days=1)).select_related("by")
        self._before = _newest(before, None)

    def of(self, whose: Whose) -> list[Matter]:
        told = []
        for indicator in self._entered:
            leads, places = self._asks(indicator, whose)
            if places:
                cells = [self._cell(indicator, place, leads=leads) for place in places]
                told.append(Matter(indicator, self.targets.get(indicator.pk), leads, cells))
        return told

    def answers(self, indicator: Indicator, whose: Whose) -> bool:
        """Whether its action names them."""
        answering = indicator.action.responsibilities.all()
        if whose.community:
            return any(each.whom == Whom.COMMUNITIES for each in answering)
        unit = whose.row.pk
        return any(each.unit_id == unit or each.whom == Whom.UNITS for each in answering)

    def reporting(self) -> list[Whose]:
        """Every community, and every unit that the programme names and asks something."""
        communities = [
            Whose(community=row)
            for row in _communities([each.id for each in self.places.communities if each.id])
        ]
        named = {
            each.unit_id
            for indicator in self._entered
            for each in indicator.action.responsibilities.all()
            if each.unit_id
        }
        units = [Whose(unit=row) for row in Unit.objects.filter(pk__in=named).order_by("name")]
        return [
            each
            for each in (*communities, *units)
            if any(self._asks(indicator, each)[1] for indicator in self._entered)
        ]

    def _asks(self, indicator: Indicator, whose: Whose) -> tuple[bool, list[Place]]:
        answering = list(indicator.action.responsibilities.all())
        level = Level(indicator.level)
        everywhere = any(each.whom == Whom.COMMUNITIES for each in answering)
        they_lead = _leads(answering, lambda each: each.whom == Whom.COMMUNITIES)
        if whose.community:
            # A part of what the whole is asked: of a rate, or where communities lead.
            part = level == Level.SUBDISTRICT and (indicator.unit == PERCENT or they_lead)
            if not everywhere or (level == Level.SUBDISTRICT and not part):
                return False, []
            at = Level.COMMUNITY if part else level
            return True, self.places.at(at, whose.community.pk)
        unit = whose.row.pk
        if not self.answers(indicator, whose) or (everywhere and level != Level.SUBDISTRICT):
            return False, []
        leads = _leads(answering, lambda each: each.unit_id == unit)
        # Where nobody of the register leads, all who are named tell it.
        known = _leads(answering, lambda each: bool(each.unit_id) or each.whom != Whom.UNIT)
        return leads or not known, self.places.at(level, None)

    def _cell(self, indicator: Indicator, place: Place, *, leads: bool) -> Cell:
        key = (indicator.pk, place.key)
        monthly = indicator.recurrence == Recurrence.MONTHLY
        before = None if monthly else self._before.get(key)
        goal = self.goal(indicator)
        met = before is not None and meets(goal, before.n, before.of)
        return Cell(
            place=place,
            owed=leads and goal.number is not None and not met,
            known=self._known.get(key),
            met_on=before.measured_on if before and met else None,
        )

    def goal(self, indicator: Indicator) -> Goal:
        target = self.targets.get(indicator.pk)
        return Goal(
            op=target.op if target else "",
            number=target.number if target else None,
            begins_on=indicator.begins_on,
            rate=indicator.unit == PERCENT,
        )


def _leads(answering: Iterable[Responsibility], which: Callable[[Responsibility], bool]) -> bool:
    return any(each.part == Part.LEAD and which(each) for each in answering)


def _communities(ids: Sequence[int]) -> Iterable[Community]:
    return Community.objects.filter(pk__in=ids).order_by("code", "pk")


def _newest(rows: Iterable[Value], month: date | None) -> dict[tuple[int, str], Known]:
    """By indicator and place; of what is asked by month that of the month, else of the latest one
    before it."""
    found: dict[tuple[int, str], Value] = {}
    for row in rows:
        if month and row.period and row.period > month:
            continue
        key = (row.indicator_id, key_of(row))
        known = found.get(key)
        if known is None or _later(row, known):
            found[key] = row
    return {
        key: Known(
            n=row.numerator,
            of=row.denominator,
            measured_on=row.measured_on,
            of_month=row.period is None or row.period == month,
            by=str(row.by),
        )
        for key, row in found.items()
    }


def _later(row: Value, known: Value) -> bool:
    if row.period and known.period and row.period != known.period:
        return row.period > known.period
    return (row.measured_on, row.at) > (known.measured_on, known.at)
