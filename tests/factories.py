"""The smallest true thing of each model. A test states only what matters to it."""

from datetime import date
from uuid import uuid4

from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from geo.models import Asset, Building, Community, Estate, PropertyCompany
from inspections.models import Case, Finding, Inspection, Move
from inspections.services import published_kinds
from people.models import Membership, User


def square(lon: float, lat: float, size: float = 0.002) -> MultiPolygon:
    """A square of `size` degrees whose south-west corner is (lon, lat)."""
    ring = ((lon, lat), (lon + size, lat), (lon + size, lat + size), (lon, lat + size), (lon, lat))
    return MultiPolygon(Polygon(ring), srid=4326)


class CommunityFactory(DjangoModelFactory):
    class Meta:
        model = Community

    code = Sequence(lambda n: f"3505820019{n:02}")
    name = Sequence(lambda n: f"第{n}社区")
    geom = Sequence(lambda n: square(118.54 + 0.02 * (n % 3), 24.77 + 0.02 * (n // 3 % 3), 0.02))


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = PropertyCompany

    name = Sequence(lambda n: f"第{n}物业公司")


class EstateFactory(DjangoModelFactory):
    """Stands in the south-west of its community."""

    class Meta:
        model = Estate

    community = SubFactory(CommunityFactory)
    name = Sequence(lambda n: f"第{n}小区")
    geom = LazyAttribute(
        lambda estate: square(
            estate.community.geom.extent[0] + 0.002, estate.community.geom.extent[1] + 0.002
        )
    )


class BuildingFactory(DjangoModelFactory):
    class Meta:
        model = Building

    estate = SubFactory(EstateFactory)
    community = LazyAttribute(lambda building: building.estate.community)
    number = Sequence(lambda n: f"{n}栋")
    geom = LazyAttribute(
        lambda building: square(
            building.estate.geom.extent[0] + 0.0005, building.estate.geom.extent[1] + 0.0005, 0.0003
        )
    )


class AssetFactory(DjangoModelFactory):
    class Meta:
        model = Asset

    type = "light"
    estate = SubFactory(EstateFactory)
    community = LazyAttribute(lambda asset: asset.estate.community)
    code = Sequence(lambda n: f"LD-{n:03}")
    geom = LazyAttribute(
        lambda asset: Point(
            asset.estate.geom.extent[0] + 0.001, asset.estate.geom.extent[1] + 0.001, srid=4326
        )
    )


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = Sequence(lambda n: f"person{n}")
    privacy_read_at = "2024-01-01T00:00:00+08:00"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    role = "inspector"
    since = date(2023, 1, 1)


class InspectionFactory(DjangoModelFactory):
    class Meta:
        model = Inspection

    id = LazyFunction(uuid4)
    kind = "lighting"
    kind_version_id = LazyAttribute(
        lambda inspection: next(
            each.pk for each in published_kinds() if each.slug == inspection.kind
        )
    )
    estate = SubFactory(EstateFactory)
    community = SelfAttribute("estate.community")
    inspector = SubFactory(UserFactory)
    placed = "unknown"
    recorded_at = "2024-11-30T09:30:00+08:00"
    answers = {}
    content = {}
    root = SelfAttribute("id")


class FindingFactory(DjangoModelFactory):
    """In the middle of its estate; `estate`, `kind` and `recorded_at` are its inspection's too."""

    class Meta:
        model = Finding

    estate = SubFactory(EstateFactory)
    kind = "lighting"
    recorded_at = "2024-11-30T09:30:00+08:00"
    inspection = SubFactory(
        InspectionFactory,
        estate=SelfAttribute("..estate"),
        kind=SelfAttribute("..kind"),
        recorded_at=SelfAttribute("..recorded_at"),
    )
    item = "ZM-01"
    id = LazyAttribute(lambda finding: Finding.id_of(finding.inspection.id, finding.item))
    severity = 3
    community = SelfAttribute("estate.community")
    place = LazyAttribute(lambda finding: finding.estate.geom.centroid)


class CaseFactory(DjangoModelFactory):
    """Reported by a resident, and nothing done about it yet."""

    class Meta:
        model = Case

    id = LazyFunction(uuid4)
    source = "complaint"
    estate = SubFactory(EstateFactory)
    community = SelfAttribute("estate.community")
    title = "路灯不亮"
    severity = 3
    reported_at = "2024-11-30T09:30:00+08:00"


def case_of(finding: Finding, **columns) -> Case:
    """The one that a finding opens."""
    case = CaseFactory(
        id=Case.id_of(finding.pk),
        source="inspection",
        **{
            name: getattr(finding, name)
            for name in ("estate", "community", "asset", "kind", "item", "severity", "place")
        }
        | columns,
    )
    Finding.objects.filter(pk=finding.pk).update(case=case)
    return case


class MoveFactory(DjangoModelFactory):
    """Made, and the version that it made is its number."""

    class Meta:
        model = Move

    id = LazyFunction(uuid4)
    case = SubFactory(CaseFactory)
    name = "hand_back"
    standing = "made"
    seen = LazyAttribute(lambda move: move.version - 1)
    version = 1
    by = SubFactory(UserFactory)
    recorded_at = "2024-12-02T10:00:00+08:00"
    made_at = SelfAttribute("recorded_at")
    content = {}
    content_sha256 = ""
