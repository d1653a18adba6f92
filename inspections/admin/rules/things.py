"""Rules of a kind and an item: chosen from those there are, and told in words."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from geo.admin.base import InUse, KeptAdmin
from inspections import kinds


def _said(zh: str, en: str) -> str:
    return zh if (get_language() or "").startswith("zh") else en


def kind_choices() -> list[tuple[str, str]]:
    return [
        ("", _t("any")),
        *((one.slug, _said(one.title_zh, one.title_en)) for one in kinds.all()),
    ]


def item_choices() -> list[Any]:
    """By kind, with their codes."""
    groups = [
        (
            _said(kind.title_zh, kind.title_en),
            [(one.code, f"{one.code} {_said(one.zh, one.en)}") for one in kind.items],
        )
        for kind in kinds.all()
    ]
    return [("", _t("any")), *groups]


def kind_of(item: str) -> str:
    return next(kind.slug for kind in kinds.all() if any(one.code == item for one in kind.items))


def what(row: Any) -> str:
    """Of which kind or item a rule is."""
    items = {code: name for _kind, group in item_choices()[1:] for code, name in group}
    return str(items.get(row.item, row.item) or dict(kind_choices()).get(row.kind, row.kind))


class OfThings(forms.ModelForm):  # type: ignore[type-arg]
    kind = forms.ChoiceField(label=_("kind"), choices=kind_choices, required=False)
    item = forms.ChoiceField(label=_("item"), choices=item_choices, required=False)
    # Those that may be left open: what is chosen then is said as any.
    open_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Of a row that is only looked at, the form has no fields of the model's.
        open_fields: list[Any] = [
            self.fields[name] for name in self.open_fields if name in self.fields
        ]
        for field in open_fields:
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = _("any")
            else:
                field.choices = [("", _("any")), *(one for one in field.choices if one[0] != "")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        item, kind = cleaned.get("item"), cleaned.get("kind")
        if item and not kind:
            cleaned["kind"] = kind_of(item)
        elif item and kind != kind_of(item):
            self.add_error("item", _("This item is of another kind."))
        return cleaned


class RuleAdmin(KeptAdmin):
    """Rules are changed in place, with their history, and go out of use."""

    list_filter: ClassVar[Any] = (InUse,)
    readonly_fields: ClassVar[Any] = ("retired_at",)
    actions = ("retire", "restore")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = list(self.form._meta.fields or ())
        return [*own, "retired_at"] if obj and obj.retired_at else own

    @admin.action(description=_("Out of use"))
    def retire(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._told(request, queryset.filter(retired_at=None).update(retired_at=timezone.now()))

    @admin.action(description=_("Back in use"))
    def restore(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._told(request, queryset.exclude(retired_at=None).update(retired_at=None))

    def _told(self, request: HttpRequest, n: int) -> None:
        messages.success(request, ngettext("%(n)d changed.", "%(n)d changed.", n) % {"n": n})
