"""An office in which anything may be written, by chance and by a seed."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.gis.geos import Point

from geo.models import Estate
from inspections import kinds
from inspections.models import Finding, Inspection
from inspections.services import published_kinds
from tests.factories import CommunityFactory, EstateFactory, UserFactory

SHANGHAI = ZoneInfo("Asia/Shanghai")
KINDS = ("fire_lane", "ebike_charging", "lighting")
# Three of each kind are found here.
ITEMS = {slug: [item.code for item in kinds.get(slug).items[:3]] for slug in KINDS}


class Office:
    """Three communities with estates, and random writes to their records, by a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.communities = CommunityFactory.create_batch(3)
        self.estates = [
            EstateFactory(community=each, target_year=2024)
            for each in self.communities
            for _ in range(2)
        ]
        self.user = UserFactory()
        self.kinds = {each.slug: each.pk for each in published_kinds()}

    def moment(self, random: Random) -> datetime:
        """Within four months, now and then at the very edge of a day."""
        day = datetime(2024, 9, 1, tzinfo=SHANGHAI) + timedelta(days=random.randrange(122))
        seconds = random.choice([0, 86_399, random.randrange(86_400)])
        return day + timedelta(seconds=seconds)

    def record(self, random: Random, n: int = 3) -> list[Finding]:
        inspections, findings = [], []
        for _ in range(n):
            estate = Estate.objects.get(pk=random.choice(self.estates).pk)
            kind, at = random.choice(KINDS), self.moment(random)
            inspection = Inspection(
                id=_uuid(random),
                kind=kind,
                kind_version_id=self.kinds[kind],
                estate=estate,
                community_id=estate.community_id,
                inspector=self.user,
                placed="unknown",
                recorded_at=at,
                answers={},
                content={},
            )
            inspection.root = inspection.id
            inspections.append(inspection)
            west, south, _, _ = estate.geom.extent
            for item in ITEMS[kind][: random.randrange(4)]:
                findings.append(
                    Finding(
                        id=_uuid(random),
                        inspection=inspection,
                        item=item,
                        kind=kind,
                        severity=random.randint(1, 3),
                        community_id=estate.community_id,
                        estate=estate,
                        place=Point(
                            west + random.random() * 0.002,
                            south + random.random() * 0.002,
                            srid=4326,
                        ),
                        recorded_at=at,
                    )
                )
        Inspection.objects.bulk_create(inspections)
        return Finding.objects.bulk_create(findings)

    def close(self, findings: list[Finding]) -> None:
        Finding.objects.filter(pk__in=[each.pk for each in findings]).update(
            closed_at=datetime(2025, 2, 1, tzinfo=SHANGHAI)
        )

    def reopen(self, findings: list[Finding]) -> None:
        Finding.objects.filter(pk__in=[each.pk for each in findings]).update(closed_at=None)

    def supersede(self, findings: list[Finding]) -> None:
        inspections = Inspection.objects.filter(findings__in=findings)
        Finding.objects.filter(inspection__in=inspections).update(in_force=False)
        Inspection.objects.filter(pk__in=list(inspections.values_list("pk", flat=True))).update(
            in_force=False
        )

    def move(self, random: Random) -> None:
        Estate.objects.filter(pk=random.choice(self.estates).pk).update(
            community=random.choice(self.communities)
        )

    def merge(self, random: Random) -> None:
        one, other = (Estate.objects.get(pk=each.pk) for each in random.sample(self.estates, 2))
        for rows in (Finding.objects, Inspection.objects):
            rows.filter(estate=one).update(estate=other, community_id=other.community_id)


def _uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
