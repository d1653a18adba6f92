"""What people told of the campaign, entered by whom it was theirs to enter."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from math import ceil
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from campaign.demo.told import REPORTS, TOLD, OfCommunities, OfCompanies, OfEstates, OfWhole
from campaign.metrics import METRICS
from campaign.models import (
    Baseline,
    Indicator,
    Programme,
    Report,
    ReportCell,
    ReportMatter,
    ReportMove,
    Target,
    Value,
)
from campaign.standing import Recurrence
from campaign.standing.monthly import State, Step
from geo.models import Community, Estate
from inspections.demo.additions import Made
from inspections.models import Complaint
from people.models import Membership, Role, User

PROGRAMME = "晋政青〔2024〕68号"
YEAR = 2024
SOURCE = "社区月报（演示）"
NOVEMBER = date(YEAR, 11, 1)
# How a report comes to its state.
_WAY: dict[str, tuple[tuple[Step, State, State], ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: ((Step.SUBMIT, State.DRAFT, State.SUBMITTED),),
    State.RETURNED: (
        (Step.SUBMIT, State.DRAFT, State.SUBMITTED),
        (Step.RETURN, State.SUBMITTED, State.RETURNED),
    ),
    State.ACCEPTED: (
        (Step.SUBMIT, State.DRAFT, State.SUBMITTED),
        (Step.ACCEPT, State.SUBMITTED, State.ACCEPTED),
    ),
}


def tell(made: Made) -> None:
    _Teller(made).tell()


def on(told: str) -> date:
    return date(YEAR, int(told[:2]), int(told[3:]))


def at(day: date, hour: int = 17) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


class _Teller:
    def __init__(self, made: Made) -> None:
        self.until = made.until
        self.programme = Programme.objects.get(code=PROGRAMME)
        self.communities: list[Community] = [
            each for each in made.entered.communities if not each.provisional
        ]
        self.companies = made.entered.companies
        self.estates: dict[int, list[Estate]] = defaultdict(list)
        for estate in made.entered.estates:
            self.estates[estate.community_id].append(estate)
        self.unit = User.objects.get(username="unit")
        self.clerk = User.objects.get(username="clerk")
        officers = Membership.objects.filter(role=Role.OFFICER, community__isnull=False)
        rows = officers.select_related("user").order_by("user__username")
        self.officers: dict[int, User] = {}
        for row in rows:
            if row.community_id is not None:
                self.officers.setdefault(row.community_id, row.user)

    def tell(self) -> None:
        asked = Indicator.objects.filter(action__programme=self.programme, code__in=TOLD)
        # What Xuntu counts nobody enters.
        rows = [
            row
            for indicator in asked.order_by("code")
            if indicator.metric not in METRICS
            for row in self._of(indicator)
            if row.measured_on <= self.until
        ]
        Value.objects.bulk_create(rows)
        self._set()
        self._report(rows)

    def _of(self, indicator: Indicator) -> Iterator[Value]:
        told = TOLD[indicator.code]
        match told:
            case OfWhole():
                for said, number in told.told:
                    yield self._value(indicator, on(said), self.unit, number)
            case OfCommunities():
                for community, said in zip(self.communities, told.days.split(), strict=False):
                    if said != "-":
                        by = self.officers[community.pk]
                        yield self._value(indicator, on(said), by, 1, community=community)
            case OfCompanies():
                for n, company in enumerate(self.companies, 1):
                    if n % told.never:
                        day = on(told.first) + timedelta(days=(n - 1) % told.over)
                        if not n % told.late:
                            day = on(told.late_on)
                        by = self._officer_of_company(company.pk)
                        yield self._value(indicator, day, by, 1, company=company)
            case OfEstates():
                yield from self._of_estates(indicator, told)

    def _of_estates(self, indicator: Indicator, told: OfEstates) -> Iterator[Value]:
        for n, (community, each) in enumerate(
            zip(self.communities, told.each.split(), strict=False)
        ):
            if each == "-":
                continue
            day, by = on(told.first) + timedelta(days=n), self.officers[community.pk]
            for number, estate in enumerate(self.estates[community.pk], 1):
                short = int(each) and number % int(each) == 0
                place: dict[str, Any] = {"community": community, "estate": estate}
                if told.of is not None:
                    n_of = told.short if short else told.of
                    yield self._value(indicator, day, by, n_of, told.of, **place)
                elif not short:
                    yield self._value(indicator, day, by, 1, **place)

    def _officer_of_company(self, company: int) -> User:
        """Of the community where it has its first estate."""
        for community in self.communities:
            if any(each.company_id == company for each in self.estates[community.pk]):
                return self.officers[community.pk]
        return self.officers[self.communities[0].pk]

    def _value(
        self,
        indicator: Indicator,
        day: date,
        by: User,
        n: int,
        of: int | None = None,
        **place: Any,
    ) -> Value:
        where = "-".join(f"{name}{row.pk}" for name, row in place.items())
        name = f"xuntu:demo:value:{indicator.code}:{day}:{where}"
        return Value(
            id=uuid5(NAMESPACE_URL, name),
            indicator=indicator,
            numerator=n,
            denominator=of,
            measured_on=day,
            period=day.replace(day=1) if indicator.recurrence == Recurrence.MONTHLY else None,
            source=SOURCE,
            by=by,
            at=at(day),
            content_sha256=sha256(name.encode()).hexdigest(),
            **place,
        )

    def _set(self) -> None:
        """What the clerk set: than when complaints are to be fewer, and an earlier deadline."""
        if self.until < on("12-10"):
            return
        Baseline.objects.create(
            metric="complaint_reduction",
            since=on("08-01"),
            until=on("10-31"),
            number=self._before(),
            source="信访台账（演示）",
            holds_from=on("11-10"),
            by=self.clerk,
            at=at(on("11-10")),
        )
        fixed = Indicator.objects.get(action__programme=self.programme, code="ZX05-D2")
        if not fixed.targets.filter(holds_from=on("12-10")).exists():
            Target.objects.create(
                indicator=fixed,
                holds_from=on("12-10"),
                op=">=",
                number=1,
                deadline=on("12-25"),
                note="街道提前至12月25日（演示）",
                by=self.clerk,
                at=at(on("12-10")),
            )

    def _before(self) -> int:
        """As many complaints in three months as make those of the campaign some eighth fewer."""
        rows = Complaint.objects.filter(received_at__gte=at(on("11-07"), 0))
        now = rows.filter(received_at__lt=at(on("12-21"), 0)).count()
        return max(1, ceil(now * 92 / 44 / 0.88))

    def _report(self, told: list[Value]) -> None:
        """November's reports: of every state some, with what their values were typed as."""
        if self.until < on("12-06"):
            return
        supervisor = User.objects.get(username="supervisor")
        for community, state in zip(self.communities, REPORTS.split(), strict=False):
            if state == "-":
                continue
            report = Report.objects.create(
                programme=self.programme,
                month=NOVEMBER,
                community=community,
                state=state,
                version=len(_WAY[state]) + 1,
            )
            moves = ReportMove.objects.bulk_create(
                ReportMove(
                    id=_id(f"report:{community.pk}:{step}"),
                    report=report,
                    step=step,
                    state_before=before,
                    state_after=after,
                    reason="数字与台账不符，请核对（演示）。" if step == Step.RETURN else "",
                    by=self.officers[community.pk] if step == Step.SUBMIT else supervisor,
                    at=at(on("12-03") if step == Step.SUBMIT else on("12-05")),
                )
                for step, before, after in _WAY[state]
            )
            by = self.officers[community.pk]
            entered = [row for row in told if row.by == by and _of_november(row)]
            _type(report, entered)
            if moves:
                moves[0].values.set(entered)


def _of_november(row: Value) -> bool:
    day = row.period or row.measured_on
    return (day.year, day.month) == (NOVEMBER.year, NOVEMBER.month)


def _type(report: Report, entered: list[Value]) -> None:
    """The cells from which the values came, and of each matter its last day."""
    typed: dict[str, Any] = {"report": report, "version": 1}
    ReportCell.objects.bulk_create(
        ReportCell(
            indicator=row.indicator,
            # An estate's cell is of the estate alone.
            community=None if row.estate else row.community,
            estate=row.estate,
            company=row.company,
            numerator=row.numerator,
            denominator=row.denominator,
            by=row.by,
            at=row.at,
            **typed,
        )
        for row in entered
    )
    last = {row.indicator: row for row in sorted(entered, key=lambda row: row.measured_on)}
    ReportMatter.objects.bulk_create(
        ReportMatter(
            indicator=indicator,
            measured_on=row.measured_on,
            source=row.source,
            by=row.by,
            at=row.at,
            **typed,
        )
        for indicator, row in last.items()
    )


def _id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"xuntu:demo:{name}")
