"""The registers of places."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin.acts import Merge, Move, Restore, Retire
from geo.admin.base import InUse, KeptAdmin, RegisterAdmin
from geo.admin.shapes import ASSET_SHAPES, ShapeField
from geo.models import (
    Asset,
    AssetType,
    Building,
    Community,
    Estate,
    ExcludedArea,
    Exit,
    Office,
    PropertyCompany,
    Road,
)
from geo.services import merge_assets, merge_communities, merge_companies, merge_estates


class _HasEstates(RegisterAdmin):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counted = Count("estates", filter=Q(estates__retired_at=None))
        rows: QuerySet[Any] = super().get_queryset(request).annotate(estates_in_use=counted)
        return rows

    @admin.display(description=_("estates"), ordering="estates_in_use")
    def estates_in_use(self, row: Any) -> int:
        return int(row.estates_in_use)


@admin.register(Community)
class CommunityAdmin(_HasEstates):
    list_display = ("name", "code", "name_en", "estates_in_use", "provisional", "unconfirmed")
    list_filter = (InUse, "provisional", "unconfirmed")
    search_fields = ("name", "name_en", "code")
    tiles = layer = "communities"
    own_fields = (
        "name",
        "name_en",
        "code",
        "provisional",
        "note",
        "geom",
    )
    acts = (
        Retire(),
        Restore(),
        Merge(merge_communities, Estate._meta.get_field("community")),
    )


@admin.register(PropertyCompany)
class CompanyAdmin(_HasEstates):
    list_display = ("name", "credit_code", "contact", "phone", "estates_in_use")
    list_filter = (InUse,)
    search_fields = ("name", "credit_code", "contact")
    layer = "companies"
    own_fields = (
        "name",
        "credit_code",
        "contact",
        "phone",
    )
    acts = (Retire(), Restore(), Merge(merge_companies, Estate._meta.get_field("company")))


@admin.register(Estate)
class EstateAdmin(RegisterAdmin):
    list_display = (
        "name",
        "code",
        "community",
        "company",
        "households",
        "ebikes",
        "height_class",
        "target_year",
        "unconfirmed",
    )
    list_filter = (InUse, "community", "height_class", "target_year", "has_company", "unconfirmed")
    list_select_related = ("community", "company")
    search_fields = ("name", "code", "address", "community__name")
    autocomplete_fields = ("community", "company")
    tiles = layer = "estates"
    own_fields = (
        "name",
        "code",
        "community",
        "address",
        "company",
        "has_company",
        "households",
        "ebikes",
        "height_class",
        "target_year",
        "geom",
    )
    acts = (
        Move(),
        Merge(merge_estates, Estate._meta.get_field("merged_into")),
        Retire(),
        Restore(),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """To another community it is moved, with a reason, and never by the way."""
        return [*super().get_readonly_fields(request, obj), *(["community"] if obj else [])]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        around = obj.community.geom
        if obj.geom and around and not around.contains(obj.geom):
            messages.warning(
                request, _("The shape reaches beyond the community's boundary. Is that so?")
            )


class _InEstate(forms.ModelForm):  # type: ignore[type-arg]
    """A row that belongs to an estate is in its community; only what has none says which."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if estate := cleaned.get("estate"):
            cleaned["community"] = self.instance.community = estate.community
        elif "community" in self.fields and not cleaned.get("community"):
            self.add_error("community", _("Choose an estate, or at least a community."))
        return cleaned


@admin.register(Building)
class BuildingAdmin(RegisterAdmin):
    form = _InEstate
    list_display = ("number", "estate", "community", "floors", "height_m", "unconfirmed")
    list_filter = (InUse, "community", "unconfirmed")
    list_select_related = ("estate", "community")
    search_fields = ("number", "estate__name")
    autocomplete_fields = ("estate",)
    tiles = layer = "buildings"
    own_fields = (
        "estate",
        "number",
        "floors",
        "height_m",
        "households",
        "geom",
    )
    acts = (Retire(), Restore())


@admin.register(Exit)
class ExitAdmin(RegisterAdmin):
    list_display = ("name", "building", "unconfirmed")
    list_filter = (InUse, "unconfirmed")
    list_select_related = ("building__estate",)
    search_fields = ("name", "building__number", "building__estate__name")
    autocomplete_fields = ("building",)
    layer = "exits"
    own_fields = (
        "building",
        "name",
        "geom",
    )
    acts = (Retire(), Restore())


class AssetForm(_InEstate):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "community" in self.fields:
            self.fields["community"].required = False
        geom = self.fields.get("geom")
        if isinstance(geom, ShapeField):
            geom.widget.by_type = ASSET_SHAPES

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        shape, type_ = cleaned.get("geom"), cleaned.get("type")
        if shape is not None and type_ and shape.geom_type not in ASSET_SHAPES[type_]:
            self.add_error("geom", _SHAPES_SAY[type_])
        if type_ != AssetType.LANE and cleaned.get("width_m") is not None:
            self.add_error("width_m", _("Only a fire lane has a width."))
        if type_ != AssetType.CHARGING_SITE:
            for name in ("ports", "bays", "indoor"):
                if cleaned.get(name) is not None:
                    self.add_error(name, _("Only a charging site has this."))
        return cleaned


_SHAPES_SAY = {
    AssetType.LANE: _("A fire lane is drawn as a line."),
    AssetType.LIGHT: _("A light is drawn as a point."),
    AssetType.HYDRANT: _("A hydrant is drawn as a point."),
    AssetType.CHARGING_SITE: _("A charging site is drawn as a point or an area."),
    AssetType.OPERATION_AREA: _("An aerial-operation area is drawn as an area."),
    AssetType.VACANT_SPACE: _("A vacant space is drawn as an area."),
}


@admin.register(Asset)
class AssetAdmin(RegisterAdmin):
    form = AssetForm
    list_display = (
        "__str__",
        "type",
        "code",
        "estate",
        "community",
        "owner",
        "status",
        "width_m",
        "ports",
        "unconfirmed",
    )
    list_filter = (InUse, "type", "community", "owner", "status", "unconfirmed")
    list_select_related = ("estate", "community")
    search_fields = ("code", "name", "estate__name")
    autocomplete_fields = ("estate", "community")
    tiles = "assets"
    own_fields = (
        "type",
        "estate",
        "community",
        "code",
        "name",
        "owner",
        "status",
        "width_m",
        "ports",
        "bays",
        "indoor",
        "geom",
    )
    acts = (
        Merge(merge_assets, Asset._meta.get_field("merged_into")),
        Retire(),
        Restore(),
    )


@admin.register(Road)
class RoadAdmin(RegisterAdmin):
    list_display = ("__str__", "rank", "unconfirmed")
    list_filter = (InUse, "rank", "unconfirmed")
    search_fields = ("name",)
    tiles = layer = "roads"
    own_fields = (
        "name",
        "rank",
        "geom",
    )
    acts = (Retire(), Restore())


@admin.register(ExcludedArea)
class ExcludedAreaAdmin(RegisterAdmin):
    list_display = ("name", "reason", "unconfirmed")
    list_filter = (InUse,)
    search_fields = ("name", "reason")
    layer = "excluded_areas"
    own_fields = (
        "name",
        "reason",
        "geom",
    )
    acts = (Retire(), Restore())


@admin.register(Office)
class OfficeAdmin(KeptAdmin):
    """One row. Whether the data are for demonstration is set by what made them."""

    list_display = ("name", "demonstration")
    readonly_fields = ("demonstration",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request) and not Office.objects.exists()
