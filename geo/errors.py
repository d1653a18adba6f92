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


class FileRefused(Refused):
    """A file of places that is refused as a whole; each subclass says why."""


class LayerUnknown(FileRefused):
    code = "layer_unknown"
    message = _("There is no layer “%(name)s”. There are: %(names)s.")


class FormatUnknown(FileRefused):
    code = "format_unknown"
    message = _(
        "“%(name)s” can't be read. Give GeoPackage, Shapefile (with its .dbf and .shx, or all of "
        "them in one .zip), GeoJSON, KML, CSV or XLSX."
    )


class FileDamaged(FileRefused):
    code = "file_damaged"
    message = _("“%(name)s” can't be read: %(why)s.")


class FileTooLarge(FileRefused):
    code = "file_too_large"
    message = _("“%(name)s” is too large: %(found)s; at most %(most)s is allowed.")


class UnsafeArchive(FileRefused):
    code = "unsafe_archive"
    message = _("The archive is refused: its entry “%(entry)s” leads outside of it.")


class WhichTable(FileRefused):
    code = "which_table"
    message = _("The file holds several tables: %(names)s. Say which (--table).")


class NoSuchTable(FileRefused):
    code = "no_such_table"
    message = _("The file holds no table “%(name)s”. It holds: %(names)s.")


class EncodingUnknown(FileRefused):
    code = "encoding_unknown"
    message = _(
        "The text is neither UTF-8 nor GB18030, and the file does not say what it is. "
        "Say it (--encoding), or save the file as UTF-8."
    )


class DatumMissing(FileRefused):
    code = "datum_missing"
    message = _(
        "The file does not say which coordinate system it is in. Say it (--datum): wgs84 (GPS), "
        "cgcs2000 (survey, 天地图), gcj02 (高德, 腾讯), bd09 (百度) or EPSG:n (projected)."
    )


class LooksShifted(FileRefused):
    code = "looks_shifted"
    message = _(
        "The file is taken as %(declared)s, but its places sit about %(metres)s m to the "
        "%(direction)s of where they belong, as %(better)s data does: as %(better)s "
        "%(fit_better)s of %(asked)s places fit the register, as %(declared)s %(fit)s. "
        "Load it as %(better)s (--datum %(option)s), or, if it is the register that is wrong "
        "there, say that the file is to be trusted (--trust-datum)."
    )


class ColumnMissing(FileRefused):
    code = "column_missing"
    message = _("There is no column for %(missing)s. The file's columns are: %(columns)s.")


class MappingWrong(FileRefused):
    code = "mapping_wrong"
    message = _("The column can't be mapped (%(given)s): %(why)s.")


class RowsRefused(FileRefused):
    """Nothing was written.

    `details["problems"]` are the first ones in order of lines, `found` counts them all, `total`
    the rows they are about.
    """

    code = "rows_refused"
    message = _("Nothing was loaded: %(total)s rows need another look.")


class RegisterRefused(FileRefused):
    code = "register_refused"
    message = _("Nothing was loaded: the register does not allow it (%(rule)s).")


class ChangeRefused(Refused):
    """A change of the register that can't be made; each subclass says why."""


class ReasonMissing(ChangeRefused):
    code = "reason_missing"
    message = _("Say why: the history keeps the reason.")


class RowRetired(ChangeRefused):
    code = "row_retired"
    message = _("“%(row)s” is no longer in use.")


class RowInUse(ChangeRefused):
    code = "row_in_use"
    message = _("“%(row)s” is in use already.")


class RowMerged(ChangeRefused):
    code = "row_merged"
    message = _("“%(row)s” was merged into “%(into)s” and can't be taken back into use.")


class NameTaken(ChangeRefused):
    code = "name_taken"
    message = _(
        "Another row in use has the name or code of “%(row)s”: merge the two, or rename one."
    )


class StillNeeded(ChangeRefused):
    code = "still_needed"
    message = _("%(count)s rows in use still belong to “%(row)s”. Give them another place first.")


class SameRow(ChangeRefused):
    code = "same_row"
    message = _("Choose two different rows.")


class NotTwins(ChangeRefused):
    code = "not_twins"
    message = _("Only assets of one type and one estate can be the same thing.")


class AlreadyThere(ChangeRefused):
    code = "already_there"
    message = _("“%(row)s” is in %(community)s already.")


class NoSuchTile(Refused):
    code = "no_such_tile"
    message = _(
        "There is no tile %(z)s/%(x)s/%(y)s: levels go from 0 to 22, and each has its ends."
    )
