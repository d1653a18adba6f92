"""What every register in the admin has: who may keep it, its history, its shapes on our map."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.gis.db.models import GeometryField
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from geo.admin.acts import Act, acting
from geo.admin.files import InFiles
from geo.admin.forms import RegisterForm
from geo.admin.history import history_of
from geo.admin.labels import TITLE, print_labels
from geo.admin.shapes import ShapeField
from geo.labels import Label
from geo.models import Datum


class Kept:
    """Who may enter the site may keep its rows: rights are `people.policy`'s, not tables'.

    Nothing is deleted: a row goes out of use, and its history stays.
    """

    admin_site: Any

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(self.admin_site.has_permission(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.admin_site.has_permission(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.admin_site.has_permission(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.admin_site.has_permission(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KeptAdmin(Kept, admin.ModelAdmin):  # type: ignore[type-arg]
    """A register with its history."""

    change_form_template = "geo/admin/change_form.html"
    change_list_template = "geo/admin/change_list.html"
    list_per_page = 50
    show_full_result_count = False
    # Related managers of rows whose history is told with this row's own: "memberships".
    history_with: tuple[str, ...] = ()

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The database keeps the history of every row, whoever changed it: one is enough."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As `log_addition`."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        asked = request.GET.get("p", "1")
        leaf = int(asked) if asked.isdigit() else 1
        entries, last = history_of(self._streams(row), leaf)
        return TemplateResponse(
            request,
            "geo/admin/history.html",
            {
                **self.admin_site.each_context(request),
                "title": _("History: %(row)s") % {"row": row},
                "subtitle": None,
                "original": row,
                "object": row,
                "opts": self.opts,
                "entries": entries,
                "told_apart": bool(self.history_with),
                "leaves": range(1, last + 1) if last > 1 else (),
                "leaf": min(max(leaf, 1), last),
            },
        )

    def _streams(self, row: Model) -> list[Any]:
        streams = [row.events.all()] if hasattr(row, "events") else []
        for name in self.history_with:
            relation = getattr(row, name)
            events = relation.model.events.rel.related_model
            streams.append(events._base_manager.filter(**{relation.field.name: row}))
        return streams


_KEPT_FIELDS = ("retired_at", "merged_into", "src_datum", "src_file")


class InUse(admin.SimpleListFilter):
    """Rows in use unless asked for others."""

    title = _("in use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("retired", _("out of use")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("in use")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(retired_at__isnull=self.value() != "retired")


class RegisterAdmin(InFiles, KeptAdmin):
    """A register of places: rows go out of use and come back, and have a shape."""

    form = RegisterForm
    acts: tuple[Act, ...] = ()
    own_fields: tuple[str, ...] = ()
    # The layer of /tiles/ in which the row's own shape stands; "" where it has none there.
    tiles = ""
    # A QR label for each row, for the wall.
    labels: Callable[[Any], list[Label]] | None = None

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(
                f"{act.name}/",
                self.admin_site.admin_view(acting(self, act)),
                name=f"{name}_{act.name}",
            )
            for act in self.acts
        ]
        return [*own, *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Every act, for the rows ticked in the list; and labels, where it has them."""
        acts = {act.name: (act.lead, act.name, act.title) for act in self.acts}
        return acts | ({"labels": (print_labels, "labels", TITLE)} if self.labels else {})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What is offered to be chosen is in use; the list itself has a filter."""
        rows, twice = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            rows = rows.filter(retired_at=None)
        return rows, twice

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The register's own fields; then what services and imports set, where it has it."""
        has = {field.name for field in self.opts.get_fields()}
        sure = [name for name in ("unconfirmed",) if name in has]
        kept = [name for name in _KEPT_FIELDS if name in has] if obj else []
        own = (None, {"fields": [*self.own_fields, *sure]})
        return [own, (_("State"), {"fields": kept})] if kept else [own]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        has = {field.name for field in self.opts.get_fields()}
        return [name for name in _KEPT_FIELDS if name in has]

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest | None, **kwargs: Any
    ) -> Any:
        if isinstance(db_field, GeometryField):
            return ShapeField(
                column=db_field.geom_type,
                layer=self.tiles,
                label=capfirst(db_field.verbose_name),
                help_text=db_field.help_text,
                required=not db_field.blank,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[arg-type]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        for field in form.base_fields.values():
            if isinstance(field, ShapeField):
                field.widget.row = obj.pk if obj else None
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if "geom" in form.changed_data and hasattr(obj, "src_datum"):
            obj.src_datum, obj.src_file = Datum.DRAWN, ""
        super().save_model(request, obj, form, change)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["acts"] = [act for act in self.acts if obj is not None and act.fits(obj)]
        return super().render_change_form(request, context, add, change, form_url, obj)
