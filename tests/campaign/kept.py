"""Rows of ledgers as they are sent, and as chance writes them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from campaign import ledgers
from campaign.ledger import Choice, Day, Ledger, Number, Several, Text
from campaign.models import LedgerRow
from campaign.standing import Level
from geo.models import Community, Estate, PropertyCompany
from people.models import User

LEDGERS = "/api/v1/campaign/ledgers/"


def keep(client, slug: str, body: dict, id: object = None):
    return client.put(f"{LEDGERS}{slug}/rows/{id or uuid4()}/", body, format="json")


def rows_of(client, slug: str, **asked) -> list[dict]:
    reply = client.get(f"{LEDGERS}{slug}/rows/", asked)
    assert reply.status_code == 200, reply.json()
    assert reply.json()["count"] == len(reply.json()["rows"])
    return reply.json()["rows"]


def stood(slug: str, day: str, by: User, data: dict, **place: Any) -> LedgerRow:
    """A row as it was kept on its own day."""
    id, of = uuid4(), date.fromisoformat(day)
    if estate := place.get("estate"):
        place["community"] = estate.community
    read, wrong = ledgers.get(slug).read(data)
    assert wrong == {}
    return LedgerRow.objects.create(
        id=id,
        root=id,
        ledger=slug,
        day=of,
        month=of.replace(day=1),
        data=read,
        by=by,
        at=datetime(of.year, of.month, of.day, 4, tzinfo=UTC),
        content_sha256=id.hex,
        **place,
    )


class Chance:
    """Random rows of any ledger, corrected and withdrawn now and then, by a seed."""

    def __init__(self, seed: int, by: User) -> None:
        self.random, self.by = Random(seed), by
        self.estates = list(Estate.objects.order_by("pk"))
        self.companies = list(PropertyCompany.objects.order_by("pk"))
        self.communities = list(Community.objects.current().order_by("pk"))

    def fill(self, ledger: Ledger, rows: int, since: date, until: date) -> None:
        made: list[LedgerRow] = []
        for _ in range(rows):
            day = since + timedelta(days=self.random.randrange((until - since).days))
            row = LedgerRow(ledger=ledger.slug, **self.place(ledger), data=self.data(ledger, day))
            self._put(row, day, entered=day, made=made)
            if self.random.random() < 0.3:
                self._follow(row, ledger, day, made)
        LedgerRow.objects.bulk_create(made)

    def _follow(self, row: LedgerRow, ledger: Ledger, day: date, made: list[LedgerRow]) -> None:
        withdrawn = self.random.random() < 0.4
        names = ("ledger", "community_id", "estate_id", "company_id")
        follows = LedgerRow(
            **{name: getattr(row, name) for name in names},
            data=row.data if withdrawn else self.data(ledger, day),
            supersedes=row,
            root=row.root,
            withdrawn=withdrawn,
            reason="核对后更正",
        )
        self._put(follows, day, entered=row.at.date(), made=made)

    def _put(self, row: LedgerRow, day: date, entered: date, made: list[LedgerRow]) -> None:
        row.id = UUID(int=self.random.getrandbits(128), version=4)
        row.root = row.root or row.id
        row.day, row.month, row.by = day, day.replace(day=1), self.by
        later = timedelta(days=self.random.choice([0, 0, 1, 6, 40]), hours=12, minutes=len(made))
        row.at = datetime(*entered.timetuple()[:3], tzinfo=UTC) + later
        row.content_sha256 = row.id.hex
        made.append(row)

    def place(self, ledger: Ledger) -> dict[str, Any]:
        if ledger.level == Level.ESTATE:
            estate = self.random.choice(self.estates)
            return {"estate_id": estate.pk, "community_id": estate.community_id}
        if ledger.level == Level.COMPANY:
            return {"company_id": self.random.choice(self.companies).pk}
        if ledger.level == Level.COMMUNITY:
            return {"community_id": self.random.choice(self.communities).pk}
        return {}

    def data(self, ledger: Ledger, day: date) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for column in ledger.columns:
            if column.is_asked(told) and (column.needed or self.random.random() < 0.5):
                most = told.get(column.at_most)
                told[column.name] = self.value(column.of, day, most)
        assert ledger.read(told) == (told, {})
        return told

    def value(self, of: Any, day: date, most: int | None) -> Any:
        if isinstance(of, Number):
            return self.random.randint(of.min, min(of.max, 90) if most is None else most)
        if isinstance(of, Day):
            return str(day + timedelta(days=self.random.randint(-60, 60)))
        if isinstance(of, Text):
            return "演示"
        if isinstance(of, Choice):
            return self.random.choice(of.options).key
        if isinstance(of, Several):
            keys = [each.key for each in of.options]
            some: Sequence[str] = self.random.sample(keys, self.random.randint(1, len(keys)))
            return [key for key in keys if key in some]
        return self.random.random() < 0.6


def fill_all(seed: int, by: User, *, rows: int, since: date, until: date) -> None:
    chance = Chance(seed, by)
    for ledger in ledgers.all():
        chance.fill(ledger, rows, since, until)
