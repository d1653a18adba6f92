"""Every read of places by name. `visible_in` is the only place that scopes rows."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.db.models import (
    BooleanField,
    F,
    FloatField,
    Func,
    Max,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from geo.scope import NOTHING, Scope
from geo.srid import WGS84

M = TypeVar("M", bound=Model, covariant=True)


class Scoped(QuerySet[M]):
    """Rows that belong to a community, and through an estate perhaps to a property company.

    A class says by which paths; None says that no company's people may see such rows.
    """

    community_path: ClassVar[str] = "community"
    company_path: ClassVar[str | None] = "estate__company"

    def visible_in(self, scope: Scope) -> Self:
        if scope.everything:
            return self
        mine = Q()
        if scope.communities:
            mine |= Q(**{f"{self.community_path}__in": scope.communities})
        if scope.companies and self.company_path:
            mine |= Q(**{f"{self.company_path}__in": scope.companies})
        return self.filter(mine) if mine else self.none()

    def visible_to(self, user: Any) -> Self:
        """`user` is anyone, signed in or not; who has no scope sees nothing."""
        return self.visible_in(getattr(user, "scope", NOTHING))

    def among(self, **wanted: Collection[Any]) -> Self:
        """Rows whose field is one of the values told; an empty collection narrows nothing."""
        return self.filter(**{f"{name}__in": each for name, each in wanted.items() if each})

    def in_box(
        self, west: float, south: float, east: float, north: float, *, shape: str = "geom"
    ) -> Self:
        """Rows whose shape meets the box, degrees in WGS-84."""
        box = Polygon.from_bbox((west, south, east, north))
        box.srid = WGS84
        return self.filter(**{f"{shape}__intersects": box})


class GroundDistance(Func):
    """Metres from one shape to another, on the ellipsoid."""

    template = "ST_Distance(%(expressions)s::geography)"
    arg_joiner = "::geography, "
    output_field = FloatField()


class Register(Scoped[M]):
    """Rows of the register: kept when they go out of use, shown while they are in use."""

    def current(self) -> Self:
        return self.filter(retired_at=None)

    def near(self, shape: GEOSGeometry, within_m: float) -> Self:
        """`apart_m` from that shape, the nearest first."""
        # A degree is at least this many metres anywhere in China; the index knows degrees.
        close = self.filter(geom__dwithin=(shape, within_m / 60_000))
        apart = GroundDistance("geom", Value(shape, output_field=GeometryField(srid=WGS84)))
        return close.annotate(apart_m=apart).filter(apart_m__lte=within_m).order_by("apart_m", "pk")

    def called(self, text: str) -> Self:
        """Part of a name or code; without a text, all."""
        wanted = Q(name__icontains=text) | Q(code__icontains=text)
        return self.filter(wanted) if text else self


class Communities(Register[M]):
    community_path = "pk"
    # A company's people see the communities its estates stand in.
    company_path = None

    def visible_in(self, scope: Scope) -> Self:
        if scope.everything or not scope.companies:
            return super().visible_in(scope)
        return self.filter(
            Q(pk__in=scope.communities)
            | Q(
                pk__in=self.model._meta.get_field("estates")
                .related_model.objects.filter(  # type: ignore[union-attr]
                    company__in=scope.companies
                )
                .values("community")
            )
        )


class GroundArea(Func):
    """Square metres of an area, on the ellipsoid; None for what is no area."""

    template = (
        "CASE WHEN ST_Dimension(%(expressions)s) = 2 THEN ST_Area(%(expressions)s::geography) END"
    )
    output_field = FloatField()


class Estates(Register[M]):
    company_path = "company"

    def with_tallest(self) -> Self:
        """`tallest_m`: of the highest building in use, None where no height is known."""
        buildings = self.model._meta.get_field("buildings").related_model.objects  # type: ignore[union-attr]
        of_estate = buildings.current().filter(estate=OuterRef("pk")).order_by()
        tallest = of_estate.values("estate").annotate(tallest=Max("height_m")).values("tallest")
        return self.annotate(tallest_m=Subquery(tallest))

    def targets_of(self, year: int) -> Self:
        return self.filter(target_year=year)


class Exits(Register[M]):
    community_path = "building__community"
    company_path = "building__estate__company"


class Assets(Register[M]):
    def of_type(self, slug: str) -> Self:
        return self.filter(type=slug)

    def with_area(self) -> Self:
        """`area_m2`: of those drawn as areas."""
        return self.annotate(area_m2=GroundArea("geom"))


class Background(Register[M]):
    """What everyone signed in may see: roads; areas where nothing may be recorded."""

    def visible_in(self, scope: Scope) -> Self:
        return self.none() if scope.nothing else self

    def touching(self, shape: BaseGeometry) -> Self:
        """Those that have any ground in common with the shape (WGS-84)."""
        return self.filter(geom__intersects=GEOSGeometry(shape.wkb_hex, srid=WGS84))


class Roads(Background[M]):
    # Paths are many and short: from afar they are one grey.
    PATH: ClassVar = 4
    PATHS_FROM: ClassVar = 15

    def at_zoom(self, zoom: int) -> Self:
        return self if zoom >= self.PATHS_FROM else self.filter(rank__lt=self.PATH)


class WriteCounts(QuerySet[M]):
    def seen_in(self, scope: Scope) -> Self:
        """Counts of all that may change what this scope shows.

        A company's estates may lie, and come to lie, in any community: it gets every count.
        """
        if scope.everything or scope.companies:
            return self
        return self.filter(community__in=[0, *scope.communities])


def unseen_in(snapshot: str, before: int, xact: str = "xact") -> Q:
    """Rows of a transaction that this snapshot (`pg_current_snapshot()`) did not see the end of:
    of one still running then, or of a later one, however late it committed.

    Of those before `before`, the end of a newer snapshot: rows that a restored backup brought
    along may name later ones than there have been here.
    """
    seen = Func(
        Func(F(xact), template="(%(expressions)s)::text::xid8"),
        Func(Value(snapshot), template="(%(expressions)s)::pg_snapshot"),
        function="pg_visible_in_snapshot",
        output_field=BooleanField(),
    )
    first = int(snapshot.partition(":")[0])
    # The range for the index; what it holds too many is left out by the snapshot.
    return Q(**{f"{xact}__gte": first, f"{xact}__lt": before}) & ~Q(seen)


class Changes(QuerySet[M]):
    # A tablet that stayed away for longer takes all anew.
    KEPT: ClassVar = timedelta(days=60)

    def of(self, communities: Collection[int]) -> Self:
        """Those of these communities, and those that concern everyone."""
        return self.filter(community__in=[0, *communities])

    def unseen_in(self, snapshot: str, before: int) -> Self:
        return self.filter(unseen_in(snapshot, before))

    def outdated(self) -> Self:
        """With a day to spare for transactions that took long."""
        return self.filter(at__lt=timezone.now() - self.KEPT - timedelta(days=1))
