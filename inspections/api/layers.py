"""Each list of the API: what it tells, how it is narrowed, in what order it stands."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from orjson import Fragment
from rest_framework.serializers import Serializer

from geo.models import Asset, AssetType, Community, Estate, HeightClass
from geo.models.assets import SiteStatus
from inspections import kinds, reports, services
from inspections.api.filters import MOST_PAGE_SIZE, Told, findings_told
from inspections.api.serializers import (
    AssetProperties,
    CommunityProperties,
    EstateProperties,
    FindingProperties,
    InspectionProperties,
    address_of,
)
from inspections.errors import NotAllowed
from inspections.models import Finding, Inspection, KindVersion, Photo, Placed
from inspections.policy import sees_names
from inspections.services.many import each_of
from people import policy
from people.models import User

GEOJSON = "application/geo+json"
DECIMALS = 7  # of a degree: a centimetre

COMMUNITY = OpenApiParameter("community", int, many=True, description=_("of these communities"))
ESTATE = OpenApiParameter("estate", int, many=True, description=_("of these estates"))
KIND = OpenApiParameter("kind", str, many=True, description=_("of these kinds of inspection"))
SINCE = OpenApiParameter("since", str, description=_("from this day on: 2024-11-30"))
UNTIL = OpenApiParameter("until", str, description=_("to this day, included: 2024-12-20"))
RETIRED = OpenApiParameter("retired", bool, description=_("those out of use too; for the clerk"))
SEARCH = OpenApiParameter("q", str, description=_("part of a name or code"))
ITEM = OpenApiParameter("item", str, many=True, description=_("of these items, by their codes"))
COMPANY = OpenApiParameter("company", int, many=True, description=_("of these companies' estates"))
# What lists, tiles and figures of findings are all narrowed by.
FOUND = (
    KIND,
    OpenApiParameter("severity", int, many=True, enum=[1, 2, 3]),
    OpenApiParameter("status", str, enum=["open", "closed"]),
    SINCE,
    UNTIL,
    COMMUNITY,
    ESTATE,
)


def overdue(of: str = "", deadline: str = "due_at", at: datetime | None = None) -> Any:
    """Whether that deadline of a case has passed now, or at that moment, as true or false; `of` is
    the way to the case."""
    there = {f"{of}ended_at": None, f"{of}{deadline}__isnull": False}
    passed = Q(**there, **{f"{of}{deadline}__lt": at or timezone.now()})
    return ExpressionWrapper(passed, output_field=BooleanField())


class Layer:
    """One kind of thing as GeoJSON. Rows are querysets of whatever model.

    `also` are columns that are read, by the name they are handed to `complete` with, and not
    told. `filters` are those besides `in_bbox`, `page` and `page_size`; `page_size` where none is
    asked for.
    """

    name: ClassVar[str]
    one: ClassVar[str]
    id_type: ClassVar[type] = int
    properties: ClassVar[type[Serializer[Any]]]
    also: ClassVar[dict[str, str]] = {}
    shape: ClassVar[str] = "geom"
    page_size: ClassVar[int] = 100
    order: ClassVar[tuple[str, ...]]
    filters: ClassVar[tuple[OpenApiParameter, ...]] = ()

    def rows(self, user: User) -> Any:
        """All that this person may see."""
        raise NotImplementedError

    def as_told(self, rows: Any, user: User) -> Any:
        """With what is told of them beside what they hold."""
        return rows

    def current(self, rows: Any, told: Told, user: User) -> Any:
        """Those in use, unless the address asks for the others and the person may."""
        return rows

    def narrowed(self, rows: Any, told: Told) -> Any:
        """By what is asked for in the address."""
        raise NotImplementedError

    def count(self, rows: Any, told: Told, user: User) -> int:
        """Of all pages. `rows` are narrowed by what `told` says."""
        return int(rows.count())

    def drawn(self) -> Any:
        """The shape, as GeoJSON by the database."""
        return AsGeoJSON(self.shape, precision=DECIMALS)

    def complete(self, page: list[dict[str, Any]], told: Told) -> None:
        """Fills in what is worked out."""


class _Register(Layer):
    model: ClassVar[Any]

    def rows(self, user: User) -> Any:
        return self.as_told(self.model.objects.visible_to(user), user)

    def as_told(self, rows: Any, user: User) -> Any:
        retired = ExpressionWrapper(Q(retired_at__isnull=False), output_field=BooleanField())
        return rows.annotate(is_retired=retired)

    def current(self, rows: Any, told: Told, user: User) -> Any:
        if not told.yes_or_no("retired"):
            return rows.current()
        if not policy.may_keep_register(user):
            raise NotAllowed
        return rows

    def narrowed(self, rows: Any, told: Told) -> Any:
        return rows.called(told.text("q"))


class Communities(_Register):
    name, one = "communities", "community"
    model = Community
    properties = CommunityProperties
    page_size = MOST_PAGE_SIZE
    order = ("code", "pk")
    filters = (SEARCH, RETIRED)


class Estates(_Register):
    name, one = "estates", "estate"
    model = Estate
    properties = EstateProperties
    page_size = MOST_PAGE_SIZE  # an office's all at once
    order = ("community__code", "name", "pk")
    filters = (
        SEARCH,
        COMMUNITY,
        OpenApiParameter("target_year", int, many=True),
        OpenApiParameter("height_class", str, many=True, enum=HeightClass.values),
        OpenApiParameter("with", str, enum=["last_inspected"]),
        RETIRED,
    )

    def as_told(self, rows: Any, user: User) -> Any:
        return super().as_told(rows, user).with_tallest()

    def narrowed(self, rows: Any, told: Told) -> Any:
        told.one_of("with", ["last_inspected"])
        return (
            super()
            .narrowed(rows, told)
            .among(
                community=told.numbers("community"),
                target_year=told.numbers("target_year"),
                height_class=told.some_of("height_class", HeightClass.values),
            )
        )

    def complete(self, page: list[dict[str, Any]], told: Told) -> None:
        if told.text("with") != "last_inspected":
            return
        slugs = [kind.slug for kind in kinds.all()]
        last = {f"last_{slug}": Subquery(Inspection.objects.last_of_kind(slug)) for slug in slugs}
        estates = Estate.objects.filter(pk__in=[each["id"] for each in page]).annotate(**last)
        by_estate = {pk: times for pk, *times in estates.values_list("pk", *last)}
        for each in page:
            each["last_inspected"] = dict(zip(slugs, by_estate[each["id"]], strict=True))


class Assets(_Register):
    name, one = "assets", "asset"
    model = Asset
    properties = AssetProperties
    order = ("community__code", "type", "code", "pk")
    filters = (
        SEARCH,
        OpenApiParameter("type", str, many=True, enum=AssetType.values),
        COMMUNITY,
        ESTATE,
        OpenApiParameter("status", str, many=True, enum=SiteStatus.values),
        RETIRED,
    )

    def rows(self, user: User) -> Any:
        return super().rows(user).with_area()

    def narrowed(self, rows: Any, told: Told) -> Any:
        return (
            super()
            .narrowed(rows, told)
            .among(
                type=told.some_of("type", AssetType.values),
                community=told.numbers("community"),
                estate=told.numbers("estate"),
                status=told.some_of("status", SiteStatus.values),
            )
        )


class Inspections(Layer):
    name, one = "inspections", "inspection"
    id_type = UUID
    properties = InspectionProperties
    shape = "location"
    order = ("-recorded_at", "pk")
    filters = (
        KIND,
        COMMUNITY,
        ESTATE,
        OpenApiParameter("asset", int, many=True),
        OpenApiParameter("inspector", str, many=True, description=_("a sign-in name")),
        OpenApiParameter("placed", str, many=True, enum=Placed.values),
        SINCE,
        UNTIL,
        OpenApiParameter("in_force", bool, description=_("without it, corrected ones too")),
    )

    def rows(self, user: User) -> Any:
        return self.as_told(Inspection.objects.visible_to(user), user)

    def as_told(self, rows: Any, user: User) -> Any:
        found = Finding.objects.filter(inspection=OuterRef("pk")).order_by("item").values("pk")
        # Who looked is nobody's business but the office's: a company is told what was found.
        named = sees_names(user)
        nobody = Value(None, output_field=TextField())
        return rows.annotate(
            finding_ids=ArraySubquery(found),
            answers_told=Cast("answers", TextField()),
            inspector_told=F("inspector__username") if named else nobody,
            inspector_name_told=F("inspector__name") if named else nobody,
        )

    def narrowed(self, rows: Any, told: Told) -> Any:
        wanted = findings_told(told)
        in_force = told.yes_or_no("in_force")
        rows = rows.recorded_between(wanted.begins, wanted.ends).among(
            kind=wanted.kinds,
            community=wanted.communities,
            estate=wanted.estates,
            asset=told.numbers("asset"),
            inspector_told=told.texts("inspector"),
            placed=told.some_of("placed", Placed.values),
        )
        return rows.among(in_force=() if in_force is None else (in_force,))

    def count(self, rows: Any, told: Told, user: User) -> int:
        """From the sums, and of those corrected, which are few, from rows."""
        if told.query.keys() & {"in_bbox", "asset", "inspector", "placed"}:
            return super().count(rows, told, user)
        in_force = told.yes_or_no("in_force")
        n = 0
        if in_force is not False:
            n += reports.count_inspections(user.scope, findings_told(told))
        if in_force is not True:
            n += rows.filter(in_force=False).count()
        return n

    def complete(self, page: list[dict[str, Any]], told: Told) -> None:
        photos = photos_of(each["id"] for each in page)
        for each in page:
            # As the database writes it: read and written again it would say the same.
            each["answers"] = Fragment(each["answers"])
            each["photos"] = photos.get(each["id"], [])


def photos_of(inspections: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """As lists tell them, by inspection."""
    rows = Photo.objects.filter(inspection__in=each_of(inspections)).order_by("taken_at", "pk")
    told: dict[str, list[dict[str, Any]]] = {}
    for inspection, id, item, how, held_at, made_at in rows.values_list(
        "inspection", "pk", "item", "how", "held_at", "made_at"
    ):
        addresses = {what: address_of(id, what) if made_at else None for what in ("small", "large")}
        photo = {"id": id, "item": item, "how": how, "held": held_at is not None} | addresses
        told.setdefault(str(inspection), []).append(photo)
    return told


class Findings(Layer):
    name, one = "findings", "finding"
    id_type = UUID
    properties = FindingProperties
    also: ClassVar[dict[str, str]] = {"version": "inspection__kind_version_id"}
    shape = "place"
    order = ("-recorded_at", "pk")
    filters = (*FOUND, ITEM, COMPANY)
    # By version: its wording never changes.
    _words: ClassVar[dict[int, dict[str, tuple[str, str]]]] = {}

    def rows(self, user: User) -> Any:
        return self.as_told(Finding.objects.visible_to(user), user)

    def as_told(self, rows: Any, user: User) -> Any:
        return rows.annotate(is_overdue=overdue("case__"))

    def narrowed(self, rows: Any, told: Told) -> Any:
        rows = rows.matching(findings_told(told))
        return rows.among(estate__company=told.numbers("company"), item=told.texts("item"))

    def count(self, rows: Any, told: Told, user: User) -> int:
        """From the sums: a million rows are not counted for a page of them."""
        if told.query.keys() & {"in_bbox", "item", "company"}:
            return super().count(rows, told, user)
        return reports.count_findings(user.scope, findings_told(told))

    def complete(self, page: list[dict[str, Any]], told: Told) -> None:
        self.word(page)
        photos = photos_of({each["inspection"] for each in page})
        seen_again = services.times_seen_again(UUID(each["id"]) for each in page)
        for each in page:
            each["sightings"] = seen_again.get(UUID(each["id"]), 0)
            of_record = photos.get(each["inspection"], [])
            each["photos"] = [photo for photo in of_record if photo["item"] == each["item"]]

    def word(self, page: list[dict[str, Any]]) -> None:
        """What was asked, in the words of then, and how it stands."""
        self._learn({each["version"] for each in page})
        for each in page:
            words = self._words[each.pop("version")]
            each["item_zh"], each["item_en"] = words[each["item"]]
            each["status"] = "open" if each["closed_at"] is None else "closed"

    def _learn(self, versions: Iterable[int]) -> None:
        missing = [pk for pk in versions if pk not in self._words]
        for row in KindVersion.objects.filter(pk__in=missing) if missing else ():
            items = services.kind_of(row).items
            self._words[row.pk] = {item.code: (item.zh, item.en) for item in items}
