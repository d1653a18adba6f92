"""The background of the tablets' map as one file (PMTiles v3): communities and roads of the whole
office, for everyone alike. What a person may see of estates comes in their pack."""

import fcntl
import gzip
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from hashlib import file_digest
from math import asinh, floor, pi, radians, tan
from pathlib import Path
from secrets import token_hex
from time import time
from typing import Any

from django.conf import settings
from django.contrib.gis.db.models import Extent
from django.db.models import Max, QuerySet, Sum
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geo.models import Community, Road, WriteCount
from geo.tiles import Tile, encode

# A point of the deepest tiles is 0.6 m; closer, they are drawn larger.
SHALLOWEST, DEEPEST = 8, 14
# Around the communities, in degrees: some two kilometres.
MARGIN = 0.02
# While a clerk draws, nothing is made.
QUIET_SECONDS = 60
# A tablet may be in the midst of fetching an older one.
KEPT_SECONDS = 14 * 24 * 3600
# Another maker draws another file of the same rows.
MAKER = 1

GROUPS = ("communities", "roads")


@dataclass(frozen=True, slots=True)
class Made:
    """`written` is how far communities and roads had been written."""

    sha256: str
    bytes: int
    written: str
    maker: int

    @property
    def path(self) -> Path:
        return path_of(self.sha256)


def path_of(sha256: str) -> Path:
    return folder() / f"{sha256}.pmtiles"


def folder() -> Path:
    base: Path = settings.DATA_DIR / "basemaps"
    return base


def newest() -> Made | None:
    """None where none was made, or the file is not there any more."""
    try:
        made = Made(**json.loads((folder() / "newest.json").read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return made if made.path.exists() else None


def told() -> dict[str, Any] | None:
    """The newest one as a pack names it."""
    made = newest()
    if made is None:
        return None
    url = f"/api/v1/basemap/{made.sha256}.pmtiles"
    return {"url": url, "bytes": made.bytes, "sha256": made.sha256}


def is_drawable() -> bool:
    return bool(_communities().exists())


def is_current() -> bool:
    made = newest()
    return made is not None and (made.written, made.maker) == (_written()[0], MAKER)


def quiet_seconds() -> float:
    """Since communities or roads were written last: counts of writes are clocks."""
    return time() - float(_written()[1]) / 1e6


def make() -> Made | None:
    """A new file under its hash, and its name as the newest; None where no community has a
    boundary. Two at once make one after the other."""
    if not is_drawable():
        return None
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Read before the rows are: the file may hold more than it says, never less.
        written = _written()[0]
        part = folder() / f"{token_hex(8)}.part"
        try:
            _draw(part)
            with part.open("rb") as drawn:
                sha256 = file_digest(drawn, "sha256").hexdigest()
                os.fsync(drawn.fileno())
            made = Made(sha256, part.stat().st_size, written, MAKER)
            part.replace(made.path)
            part.write_text(json.dumps(asdict(made)), "utf-8")
            part.replace(folder() / "newest.json")
        finally:
            part.unlink(missing_ok=True)
        _forget(made)
    return made


def _draw(path: Path) -> None:
    west, south, east, north = _communities().aggregate(box=Extent("geom"))["box"]
    box = (west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)
    layers: dict[str, tuple[Callable[[int], QuerySet[Any]], dict[str, str]]] = {
        "communities": (
            lambda _zoom: _communities(),
            {each: each for each in ("name", "name_en", "provisional", "unconfirmed")},
        ),
        "roads": (Road.objects.current().at_zoom, {"name": "name", "rank": "rank"}),
    }
    with path.open("wb") as file:
        writer = Writer(file)  # type: ignore[no-untyped-call]
        for tile in sorted(_tiles(box), key=lambda each: zxy_to_tileid(each.z, each.x, each.y)):
            # Layers of a tile stand one after the other.
            body = b"".join(
                encode(name, rows(tile.z), tile, properties)
                for name, (rows, properties) in layers.items()
            )
            if body:
                writer.write_tile(  # type: ignore[no-untyped-call]
                    zxy_to_tileid(tile.z, tile.x, tile.y), gzip.compress(body, 9, mtime=0)
                )
        writer.finalize(  # type: ignore[no-untyped-call]
            {
                "tile_type": TileType.MVT,
                "tile_compression": Compression.GZIP,
                "min_lon_e7": round(box[0] * 1e7),
                "min_lat_e7": round(box[1] * 1e7),
                "max_lon_e7": round(box[2] * 1e7),
                "max_lat_e7": round(box[3] * 1e7),
                "center_zoom": SHALLOWEST + 4,
                "center_lon_e7": round((box[0] + box[2]) * 5e6),
                "center_lat_e7": round((box[1] + box[3]) * 5e6),
            },
            {
                "name": "Xuntu",
                "type": "baselayer",
                "vector_layers": [
                    {
                        "id": name,
                        "minzoom": SHALLOWEST,
                        "maxzoom": DEEPEST,
                        "fields": dict.fromkeys(properties, ""),
                    }
                    for name, (_, properties) in layers.items()
                ],
            },
        )


def _communities() -> Any:
    return Community.objects.current().filter(geom__isnull=False)


def _tiles(box: tuple[float, float, float, float]) -> Iterator[Tile]:
    west, south, east, north = box
    for z in range(SHALLOWEST, DEEPEST + 1):
        columns = range(_column(west, z), _column(east, z) + 1)
        rows = range(_row(north, z), _row(south, z) + 1)
        yield from (Tile(z, x, y) for x in columns for y in rows)


def _column(longitude: float, z: int) -> int:
    return floor((longitude + 180) / 360 * (1 << z))


def _row(latitude: float, z: int) -> int:
    return floor((1 - asinh(tan(radians(latitude))) / pi) / 2 * (1 << z))


def _written() -> tuple[str, int]:
    """A number that moves with every write, and when the last one was."""
    counts = WriteCount.objects.filter(group__in=GROUPS).aggregate(sum=Sum("n"), last=Max("n"))
    return str(counts["sum"] or 0), counts["last"] or 0


def _forget(made: Made) -> None:
    before = time() - KEPT_SECONDS
    for path in folder().glob("*.pmtiles"):
        if path != made.path and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
