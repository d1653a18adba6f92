"""A field of estates, and what was found there month by month: written by bulk, summed after."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from django.db import connection

from geo.models import Estate
from inspections.overview.verified import sum_again
from inspections.services import published_kinds
from tests.factories import CommunityFactory, EstateFactory, UserFactory, square

SIDE = 10
# Three hundred metres, and a bit less from north to south.
APART_DEG = 0.003
SHANGHAI = ZoneInfo("Asia/Shanghai")

_INSPECTIONS = """
INSERT INTO inspections_inspection (id, kind, kind_version_id, community_id, estate_id,
    inspector_id, location_source, placed, recorded_at, received_at, answers, content,
    content_sha256, root, reason, in_force)
SELECT md5(month || '-' || e.id || '-' || n)::uuid, 'lighting', %s, e.community_id, e.id, %s, '',
    'unknown', at, at, '{}', '{}', '', md5(month || '-' || e.id || '-' || n)::uuid, '', true
FROM unnest(%s::int[], %s::timestamptz[], %s::int[], %s::int[]) AS w (month, at, estate, times)
JOIN geo_estate AS e ON e.id = w.estate, generate_series(1, times) AS n
"""
_FINDINGS = """
INSERT INTO inspections_finding (id, inspection_id, item, kind, severity, advisory, community_id,
    estate_id, place, recorded_at, in_force)
SELECT gen_random_uuid(), md5(month || '-' || e.id || '-' || 1 + n %% times)::uuid,
    'X-' || severity || '-' || n, 'lighting', severity, false, e.community_id, e.id,
    ST_PointOnSurface(e.geom), at, true
FROM unnest(%s::int[], %s::timestamptz[], %s::int[], %s::int[], %s::int[], %s::int[])
    AS w (month, at, estate, times, severity, found)
JOIN geo_estate AS e ON e.id = w.estate, generate_series(1, found) AS n
"""


class Field:
    """`SIDE` × `SIDE` estates in rows from the south-west."""

    def __init__(self) -> None:
        self.community = CommunityFactory(geom=square(118.5, 24.7, 0.1))
        self.estates = Estate.objects.bulk_create(
            EstateFactory.build(
                community=self.community,
                name=f"{n}号小区",
                geom=square(
                    118.52 + n % SIDE * APART_DEG, 24.72 + n // SIDE * APART_DEG, APART_DEG * 0.6
                ),
            )
            for n in range(SIDE**2)
        )
        self.user = UserFactory()
        self.inspections: list[tuple] = []
        self.findings: list[tuple] = []

    def add(self, month: date, times: np.ndarray, found: dict[int, np.ndarray]) -> None:
        """In the middle of that month, in each estate: so many inspections, and so many findings
        of each severity, spread over them."""
        key = month.year * 100 + month.month
        at = datetime(month.year, month.month, 15, 9, tzinfo=SHANGHAI)
        for place, estate in enumerate(self.estates):
            looked = int(times[place])
            if not looked:
                continue
            self.inspections.append((key, at, estate.pk, looked))
            self.findings += [
                (key, at, estate.pk, looked, severity, int(n[place]))
                for severity, n in found.items()
            ]

    def write(self) -> None:
        (kind,) = (each.pk for each in published_kinds() if each.slug == "lighting")
        tables = ("inspections_inspection", "inspections_finding")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            columns = [list(each) for each in zip(*self.inspections, strict=True)]
            cursor.execute(_INSPECTIONS, [kind, self.user.pk, *columns])
            cursor.execute(_FINDINGS, [list(each) for each in zip(*self.findings, strict=True)])
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute("ANALYZE inspections_inspection, inspections_finding")
            sum_again()
        self.inspections, self.findings = [], []
