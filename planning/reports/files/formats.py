"""In which formats a plan goes out."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils import timezone

from geo.srid import METRIC
from planning.reports.files.book import write_xlsx
from planning.reports.files.drawing import write_dxf
from planning.reports.files.rows import Contents
from planning.reports.files.vector import write_geojson, write_gpkg, write_kml


@dataclass(frozen=True, slots=True)
class Format:
    """`named`: what its file's name says of its coordinates."""

    content_type: str
    write: Callable[[Contents, BinaryIO], None]
    named: str = "WGS84"


FORMATS = {
    "gpkg": Format("application/geopackage+sqlite3", write_gpkg),
    "geojson": Format("application/geo+json", write_geojson),
    "kml": Format("application/vnd.google-earth.kml+xml", write_kml),
    "dxf": Format("image/vnd.dxf", write_dxf, named=f"EPSG{METRIC}-m"),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
}


def dump(contents: Contents, format: str) -> tuple[BinaryIO, str]:
    """A temporary file, open at its start, and what to call it. Words are in the active
    language."""
    made = FORMATS[format]
    file = tempfile.TemporaryFile(prefix="xuntu-")  # noqa: SIM115 the caller closes it
    made.write(contents, file)
    file.seek(0)
    day = timezone.localtime(contents.now)
    return file, f"{contents.plan.name}-{day:%Y%m%d}-{made.named}.{format}"
