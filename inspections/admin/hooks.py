"""Webhooks, and what became of each message. An administrator's: they lead outside."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from geo.admin.base import KeptAdmin
from inspections.admin.records import LookedAt
from inspections.models import Hook, Telling
from inspections.services import hooks
from inspections.services.hooks import NotThere
from inspections.workflow import MOVES


def _administrator(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_superuser)


class HookForm(forms.ModelForm):  # type: ignore[type-arg]
    url = forms.URLField(
        label=_("address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("https; plain http only within the office's own networks"),
    )
    moves = forms.MultipleChoiceField(
        label=_("of these moves"),
        choices=[(name, name) for name in MOVES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("none: of all"),
    )

    class Meta:
        model = Hook
        fields = ("name", "url", "user", "moves", "reminders", "stopped_at")
        help_texts = {
            "user": _("told are the cases that this person sees"),
        }

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            hooks.check_address(url)
        except NotThere as e:
            raise forms.ValidationError(str(e)) from e
        return url


@admin.register(Hook)
class HookAdmin(KeptAdmin):
    form = HookForm
    list_display = ("name", "url", "user", "stopped_at", "waiting", "given_up")
    list_select_related = ("user",)
    autocomplete_fields = ("user",)
    search_fields = ("name", "url")
    actions = ("make_new_secret",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _administrator(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _administrator(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Hook]:
        rows: QuerySet[Hook] = Hook.objects.with_counts()
        return rows

    @admin.display(description=_("waiting"))
    def waiting(self, row: Any) -> int:
        return int(row.n_waiting)

    @admin.display(description=_("given up"))
    def given_up(self, row: Any) -> int:
        return int(row.n_given_up)

    def response_add(self, request: HttpRequest, obj: Hook, *_: Any, **__: Any) -> HttpResponse:
        return self._shown(request, obj, hooks.secret_of(obj))

    @admin.action(description=_("New secret: the one before signs no more"))
    def make_new_secret(
        self, request: HttpRequest, queryset: QuerySet[Hook]
    ) -> HttpResponse | None:
        hook, *more = queryset[:2]
        if more:
            messages.error(request, _t("One at a time: its secret is shown once."))
            return None
        return self._shown(request, hook, hooks.new_secret(hook=hook))

    def _shown(self, request: HttpRequest, hook: Hook, secret: str) -> HttpResponse:
        """Once, on the page itself: no message keeps it in a cookie."""
        context = {
            **self.admin_site.each_context(request),
            "title": _t("Secret of %s") % hook.name,
            "opts": self.model._meta,
            "hook": hook,
            "secret": secret,
        }
        page = TemplateResponse(request, "inspections/admin/hook_secret.html", context)
        add_never_cache_headers(page)
        return page


class HowItStands(admin.SimpleListFilter):
    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("told", _("told")), ("waits", _("waits")), ("given_up", _("given up"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "told":
                return queryset.filter(told_at__isnull=False)
            case "waits":
                return queryset.filter(told_at=None, given_up_at=None)
            case "given_up":
                return queryset.filter(given_up_at__isnull=False)
        return queryset


@admin.register(Telling)
class TellingAdmin(LookedAt):
    list_display = (
        "created_at",
        "hook",
        "move",
        "attempts",
        "status",
        "told_at",
        "given_up_at",
        "problem",
    )
    list_filter = (HowItStands, "hook")
    list_select_related = ("hook", "move")
    search_fields = ("problem",)
    also_by = ("move", "move__case")
    exclude = ("body",)
    readonly_fields = ("as_sent",)
    actions = ("tell_again",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _administrator(request)

    @admin.display(description=_("as sent"))
    def as_sent(self, row: Telling) -> str:
        return bytes(row.body).decode()

    @admin.action(description=_("Tell again"))
    def tell_again(self, request: HttpRequest, queryset: QuerySet[Telling]) -> None:
        for telling in queryset:
            hooks.tell_again(telling=telling)
        n = queryset.count()
        said = ngettext("%(n)s message is told again.", "%(n)s messages are told again.", n)
        messages.success(request, said % {"n": n})
