"""Rows of the ledgers in the demonstration's autumn: told by each place's number in its community,
or a company's among all, so that a board of them can be worked out by hand."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from campaign import ledgers
from campaign.demo.values import at, on
from campaign.ledger.columns import Value as Cell
from campaign.ledgers.cleanups import PLACES
from campaign.ledgers.micro_projects import TOPICS
from campaign.models import LedgerRow
from geo.models import Estate
from inspections.demo.additions import Made
from people.models import Membership, Role, User

ORGANS = ("市教育局", "市住建局", "市卫健局", "市税务局", "市文旅局", "市水利局", "市融媒体中心")
MARK = 60


def keep(made: Made) -> None:
    """What was kept up to the evening of the record."""
    rows = [row for row in _Keeper(made).rows() if row.day <= made.until]
    LedgerRow.objects.bulk_create(rows)


class _Keeper:
    def __init__(self, made: Made) -> None:
        self.communities = [each for each in made.entered.communities if not each.provisional]
        self.companies = made.entered.companies
        self.unit = User.objects.get(username="unit")
        officers = Membership.objects.filter(role=Role.OFFICER, community__isnull=False)
        self.officers: dict[int | None, User] = {
            row.community_id: row.user
            for row in officers.select_related("user").order_by("-user__username")
        }
        # By community, in the town's order, each estate with its number there from 1.
        of: dict[int, list[Estate]] = {each.pk: [] for each in self.communities}
        for estate in made.entered.estates:
            of[estate.community_id].append(estate)
        self.estates = [
            (n, number, estate)
            for n, each in enumerate(self.communities)
            for number, estate in enumerate(of[each.pk], 1)
        ]
        # By whose estates it is entered.
        self.of_company = {
            estate.company_id: estate.community_id for _, _, estate in reversed(self.estates)
        }

    def rows(self) -> Iterator[LedgerRow]:
        yield from self._of_the_whole()
        for n, number, estate in self.estates:
            yield from self._every_month(n, number, estate)
            yield from self._once(n, number, estate)
        yield from self._bars()
        for n, company in enumerate(self.companies, 1):
            if company.pk in self.of_company:
                yield from self._of_company(n, company.pk)
        for n, community in enumerate(self.communities):
            # The sixth and the twelfth have none yet.
            if n not in (5, 11):
                data: dict[str, Cell] = {"organs": ORGANS[n % 7], "projects": 2 + n % 3}
                day = on("11-20") + timedelta(days=n)
                yield self._row("project_lists", day, data, community=community.pk)

    def _of_the_whole(self) -> Iterator[LedgerRow]:
        for day, where, found in (("11-21", "锦青、莲屿", 14), ("12-13", "曾井、高霞", 9)):
            data: dict[str, Any] = {"bodies": ["urban", "police", "market", "fire"]}
            data |= {"where": where, "found": found, "fixed": found // 2}
            yield self._row("joint_enforcement", on(day), data)
        # The market office has not been in December yet.
        for body, days in (
            ("urban", "11-14 12-04"),
            ("police", "11-19 12-11"),
            ("market", "11-26"),
            ("fire", "11-28 12-17"),
        ):
            for day in days.split():
                yield self._row("patrols", on(day), {"body": body, "where": "辖区小区", "found": 2})
        for day in ("11-28", "12-05"):
            yield self._row("appraisal_results", on(day), {"where": "物业工作群、公告栏"})

    def _every_month(self, n: int, number: int, estate: Estate) -> Iterator[LedgerRow]:
        def row(ledger: str, day: str, data: dict[str, Cell], late: int = 0) -> LedgerRow:
            when = on(day) + timedelta(days=n % 7)
            return self._row(ledger, when, data, estate=estate, late=late)

        clean: dict[str, Cell] = {"places": [PLACES[n % 5].key, "corners"], "people": 8 + number}
        # October everywhere, entered when the notice was out; the last community late.
        yield row("cleanups", "11-04" if n == 13 else "10-22", clean, late=21)
        if n < 11 or number % 5:
            yield row("cleanups", "11-15", clean)
        if n < 10 and number % 3:
            yield row("cleanups", "12-06", clean)
        needs: dict[str, Cell] = {"needs": 3 + number % 4, "where": "小区公告栏"}
        if number % 6:
            yield row("needs_lists", "11-11", needs)
        if number % 2:
            yield row("needs_lists", "12-03", needs)
        joint: dict[str, Cell] = {"organ": ORGANS[n % 7], "what": "志愿清扫和政策宣传"}
        if number % 3:
            yield row("joint_activities", "11-18", joint)
        if number % 3 == 1:
            yield row("joint_activities", "12-09", joint)
        if estate.company_id is not None:
            told: dict[str, Cell] = {"score": self._score(number), "mark": MARK}
            when = on("12-03")
            month = on("11-01")
            yield self._row("appraisals", when, told, estate=estate, month=month)

    def _score(self, number: int) -> int:
        """The eighth, sixteenth and twenty-fourth of a community fail."""
        return 52 if number % 8 == 0 else 70 + number

    def _once(self, n: int, number: int, estate: Estate) -> Iterator[LedgerRow]:
        if number % 2:
            data: dict[str, Any] = {"title": "楼道和道路修补", "topic": TOPICS[n % 8].key}
            done = {"state": "done", "done_on": str(on("12-10"))}
            day = on("12-10") if n < 4 else on("11-14") + timedelta(days=n)
            data |= done if n < 4 else {"state": "planned"}
            yield self._row("micro_projects", day, data, estate=estate)
        last = number % 10
        if last:
            # Ones to five have a committee, the second formed in the campaign; six to eight an
            # interim one; nine has neither; of ten nobody knows.
            body = "committee" if last < 6 else "interim" if last < 9 else "none"
            told: dict[str, Any] = {"body": body}
            if body != "none":
                formed = on("11-25") if last == 2 else date(2023, 6, 30)
                told |= {"formed_on": str(formed), "members": 7, "party": 4 if n % 2 else 3}
            yield self._row("committees", on("11-27"), told, estate=estate)
        mature = bool(number % 4)
        branch = "formal" if number % 3 else "functional" if number % 2 else "none"
        party: dict[str, Cell] = {"mature": mature, "branch": branch, "members": 12 + number}
        yield self._row("party_estates", on("12-12"), party, estate=estate)

    def _bars(self) -> Iterator[LedgerRow]:
        """All companies that failed, but the last by name in the town's order."""
        failed = {
            estate.company_id
            for _, number, estate in self.estates
            if estate.company_id is not None and self._score(number) < MARK
        }
        for pk in [each.pk for each in self.companies if each.pk in failed][:-1]:
            yield self._row("restrictions", on("12-09"), {"reason": "考评不达标"}, company=pk)

    def _of_company(self, n: int, pk: int) -> Iterator[LedgerRow]:
        if n % 7:
            guards = 10 + n
            # Each fourth has trained a fifth, the others a half; each third lacks two on file.
            trained = guards // 5 if n % 4 == 0 else guards // 2
            filed = guards - 2 if n % 3 == 0 else guards
            data: dict[str, Cell] = {"guards": guards, "trained": trained, "filed": filed}
            yield self._row("guards", on("11-29"), data, company=pk)
        told: dict[str, Cell] = {"qualified": n % 2 == 1, "covered": n % 5 != 0}
        yield self._row("party_companies", on("12-06"), told, company=pk)

    def _row(
        self,
        ledger: str,
        day: date,
        data: dict[str, Cell],
        *,
        estate: Estate | None = None,
        company: int | None = None,
        community: int | None = None,
        month: date | None = None,
        late: int = 0,
    ) -> LedgerRow:
        read, wrong = ledgers.get(ledger).read(data)
        if wrong:
            raise ValueError(f"{ledger}: {wrong}")
        where = estate.community_id if estate else community
        home = self.of_company.get(company) if company else where
        place = f"{estate.pk if estate else ''}-{company or ''}-{community or ''}"
        name = f"xuntu:demo:ledger:{ledger}:{day}:{place}:{data.get('body', '')}"
        id = uuid5(NAMESPACE_URL, name)
        return LedgerRow(
            id=id,
            ledger=ledger,
            community_id=where,
            estate=estate,
            company_id=company,
            day=day,
            month=month or day.replace(day=1),
            data=read,
            root=id,
            by=self.officers.get(home, self.unit),
            at=at(day + timedelta(days=late)),
            content_sha256=sha256(name.encode()).hexdigest(),
        )
