"""A shape in a form: drawn on our own map, or written as GeoJSON; checked by `geo.geojson`."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.gis.geos import GEOSGeometry, MultiLineString, MultiPolygon
from django.utils.translation import gettext_lazy as _
from shapely import wkb

from geo import geojson
from geo.errors import GeometryRefused
from geo.files.layers import LAYERS
from geo.models import Asset
from geo.srid import WGS84

# What the columns hold → what may be drawn for them.
_DRAWN = {
    "POINT": ("Point",),
    "MULTILINESTRING": ("LineString", "MultiLineString"),
    "MULTIPOLYGON": ("Polygon", "MultiPolygon"),
}
_WHOLE = {"MULTILINESTRING": MultiLineString, "MULTIPOLYGON": MultiPolygon}

# Asset type → the GeoJSON types of its shape.
ASSET_SHAPES: Mapping[str, tuple[str, ...]] = {
    layer.fixed["type"]: layer.types for layer in LAYERS.values() if layer.model is Asset
}


class ShapeWidget(forms.Textarea):
    """The GeoJSON in a text field, for keyboards and screen readers, and the map that writes it."""

    template_name = "geo/admin/shape.html"

    class Media:
        css = {"all": ["vendor/maplibre-gl/maplibre-gl.css", "app/admin/admin.css"]}

    def __init__(self, types: tuple[str, ...], layer: str) -> None:
        super().__init__({"rows": 4, "spellcheck": "false", "class": "shape-text"})
        self.types = types
        self.layer = layer
        self.by_type: Mapping[str, tuple[str, ...]] = {}
        self.row: int | None = None

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"] |= {
            "layer": self.layer,
            "row": self.row,
            "types": ",".join(self.types),
            "by_type": json.dumps(self.by_type),
        }
        return context


class ShapeField(forms.Field):
    """GeoJSON in, a GEOS geometry of the column's own type out."""

    widget: ShapeWidget
    default_error_messages = {"json": _("This is not JSON: line %(line)s, column %(column)s.")}

    def __init__(self, *, column: str, layer: str, **kwargs: Any) -> None:
        self.types = _DRAWN.get(column) or tuple(
            dict.fromkeys(name for types in ASSET_SHAPES.values() for name in types)
        )
        self.whole = _WHOLE.get(column)
        super().__init__(widget=ShapeWidget(self.types, layer), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, GEOSGeometry):
            return value
        return json.dumps(geojson.write(wkb.loads(bytes(value.wkb))), ensure_ascii=False)

    def to_python(self, value: Any) -> GEOSGeometry | None:
        if value in self.empty_values or not value.strip():
            return None
        try:
            drawn = json.loads(value)
        except json.JSONDecodeError as e:
            raise forms.ValidationError(
                self.error_messages["json"],
                code="json",
                params={"line": e.lineno, "column": e.colno},
            ) from e
        if isinstance(drawn, dict) and drawn.get("type") == "Feature":
            drawn = drawn.get("geometry")
        try:
            shape = geojson.read(drawn, self.types)
        except GeometryRefused as e:
            raise forms.ValidationError(str(e), code=e.code) from e
        geometry = GEOSGeometry(memoryview(wkb.dumps(shape)), srid=WGS84)
        if self.whole and not isinstance(geometry, self.whole):
            geometry = self.whole(geometry, srid=WGS84)
        return geometry

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.prepare_value(initial) or ""
        return bool(" ".join((data or "").split()) != " ".join(before.split()))
