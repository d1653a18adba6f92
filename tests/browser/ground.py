"""An estate with ground to build on, and what must be kept clear there, in metres from its
south-west corner."""

from django.contrib.gis.geos import LineString, MultiLineString, MultiPolygon, Point, Polygon

from geo.models import Asset, Building, Estate, ExcludedArea
from tests.factories import AssetFactory, BuildingFactory

EAST_M, NORTH_M = 101_050.0, 110_790.0


class Ground:
    """The lane runs along y = 40, six metres wide; the house stands from y = 80 to 95; between
    them lies vacant ground; beyond x = 150 nothing may be drawn."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.west, self.south = estate.geom.extent[:2]
        self.lane: Asset = AssetFactory(
            estate=estate,
            type="lane",
            code="XF-001",
            width_m=6,
            geom=self.line((10, 40), (190, 40)),
        )
        self.house: Building = BuildingFactory(
            estate=estate, number="1栋", geom=self.area((60, 80), (120, 95))
        )
        self.space: Asset = AssetFactory(
            estate=estate,
            type="vacant_space",
            code="KX-001",
            geom=self.area((60, 50), (120, 74)),
        )
        self.hydrant: Asset = AssetFactory(
            estate=estate, type="hydrant", code="XH-001", geom=Point(*self.at(30, 60), srid=4326)
        )
        self.excluded = ExcludedArea.objects.create(
            name="禁区", geom=self.area((150, 55), (180, 85))
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (self.west + x / EAST_M, self.south + y / NORTH_M)

    def typed(self, x: float, y: float) -> str:
        """As a planner types it in."""
        lon, lat = self.at(x, y)
        return f"{lon:.7f}, {lat:.7f}"

    def line(self, *points: tuple[float, float]) -> MultiLineString:
        return MultiLineString(LineString([self.at(*each) for each in points]), srid=4326)

    def area(self, low: tuple[float, float], high: tuple[float, float]) -> MultiPolygon:
        (west, south), (east, north) = low, high
        ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        return MultiPolygon(Polygon([self.at(*each) for each in ring]), srid=4326)
