"""The registers of places."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo import labels
from geo.admin.acts import Merge, Move, Restore, Retire
from geo.admin.base import InUse, KeptAdmin, RegisterAdmin
from geo.admin.forms import AssetForm, InEstateForm
from geo.listeners import tell_status_set
from geo.models import (
    Asset,
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
    tiles = "communities"
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
    tiles = "estates"
    labels = staticmethod(labels.of_estates)
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


@admin.register(Building)
class BuildingAdmin(RegisterAdmin):
    form = InEstateForm
    list_display = ("number", "estate", "community", "floors", "height_m", "unconfirmed")
    list_filter = (InUse, "community", "unconfirmed")
    list_select_related = ("estate", "community")
    search_fields = ("number", "estate__name")
    autocomplete_fields = ("estate",)
    tiles = "buildings"
    labels = staticmethod(labels.of_buildings)
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
    own_fields = (
        "building",
        "name",
        "geom",
    )
    acts = (Retire(), Restore())


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
    labels = staticmethod(labels.of_assets)
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

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "status" in form.changed_data:
            tell_status_set([obj.pk], "")


@admin.register(Road)
class RoadAdmin(RegisterAdmin):
    list_display = ("__str__", "rank", "unconfirmed")
    list_filter = (InUse, "rank", "unconfirmed")
    search_fields = ("name",)
    tiles = "roads"
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

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request) and not Office.objects.exists()
