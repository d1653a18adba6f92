"""What geo refuses. It knows no HTTP: whoever calls it turns a refusal into a status."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A stable code for programs and a sentence for people; `details` fill the sentence."""

    code: ClassVar[str]
    message: ClassVar[Any]

    def __init__(self, **details: Any) -> None:
        super().__init__(details)
        self.details = details

    def __str__(self) -> str:
        return str(self.message) % self.details


class DatumUnknown(Refused):
    code = "datum_unknown"
    message = _(
        "“%(datum)s” is not a coordinate system known here. "
        "Give wgs84, cgcs2000, gcj02, bd09 or EPSG:n."
    )


class GeometryRefused(Refused):
    """A shape from outside that can't be used; each subclass says why."""


class NotGeoJSON(GeometryRefused):
    code = "geometry_unreadable"
    message = _("This is not a GeoJSON geometry: %(why)s.")


class WrongGeometryType(GeometryRefused):
    code = "geometry_type"
    message = _("Expected %(expected)s, not %(found)s.")


class GeometryTooLarge(GeometryRefused):
    code = "geometry_too_large"
    message = _("The shape has %(found)s points; at most %(most)s are allowed.")


class GeometryTooWide(GeometryRefused):
    code = "geometry_too_wide"
    message = _("The shape is %(found)s km across; at most %(most)s km are allowed.")


class OutOfRange(GeometryRefused):
    code = "geometry_out_of_range"
    message = _("Coordinates must be longitude, latitude in degrees, within China: %(found)s.")


class NotValid(GeometryRefused):
    code = "geometry_invalid"
    message = _("The shape crosses itself or is not closed, near %(where)s.")


class EmptyGeometry(GeometryRefused):
    code = "geometry_empty"
    message = _("The shape is empty.")
