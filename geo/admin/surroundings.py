"""The registers of what a charging site is checked against."""

from typing import Any

from django.contrib import admin

from geo.admin.acts import Restore, Retire
from geo.admin.base import InUse, RegisterAdmin
from geo.admin.forms import InEstateForm, RegisterForm
from geo.admin.shapes import ShapeField
from geo.files.layers import layer
from geo.models import Gate, SensitivePlace, Survey


class SensitivePlaceForm(RegisterForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        geom = self.fields.get("geom")
        if isinstance(geom, ShapeField):
            geom.types = geom.widget.types = layer("sensitive_places").types


@admin.register(SensitivePlace)
class SensitivePlaceAdmin(RegisterAdmin):
    form = SensitivePlaceForm
    list_display = ("name", "kind", "unconfirmed")
    list_filter = (InUse, "kind", "unconfirmed")
    search_fields = ("name",)
    tiles = "sensitive_places"
    own_fields = ("kind", "name", "geom")
    acts = (Retire(), Restore())


@admin.register(Gate)
class GateAdmin(RegisterAdmin):
    form = InEstateForm
    list_display = ("name", "estate", "open_to", "unconfirmed")
    list_filter = (InUse, "community", "open_to", "unconfirmed")
    list_select_related = ("estate",)
    search_fields = ("name", "estate__name")
    autocomplete_fields = ("estate",)
    tiles = "gates"
    own_fields = ("estate", "name", "open_to", "geom")
    acts = (Retire(), Restore())


@admin.register(Survey)
class SurveyAdmin(RegisterAdmin):
    """No shape: it is about the shapes of another register."""

    form = InEstateForm
    list_display = ("estate", "layer", "on", "by")
    list_filter = (InUse, "community", "layer")
    list_select_related = ("estate",)
    search_fields = ("estate__name", "by")
    autocomplete_fields = ("estate",)
    own_fields = ("estate", "layer", "on", "by")
    acts = (Retire(), Restore())
