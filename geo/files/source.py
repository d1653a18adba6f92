"""From a path to one readable file of a known format: sniffed, measured, unpacked in safety."""

import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from geo.errors import FileDamaged, FileTooLarge, FormatUnknown, UnsafeArchive, WhichTable

MOST_BYTES = 200_000_000
MOST_BYTES_UNPACKED = 400_000_000
MOST_ENTRIES = 2_000
# Each takes some 3 kB of memory on its way in.
MOST_ROWS = 200_000

_SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_LOADABLE = {".shp", ".gpkg", ".geojson", ".json", ".kml", ".csv", ".tsv", ".txt", ".xlsx"}


@dataclass(frozen=True, slots=True)
class Source:
    """`format` is shapefile, gpkg, geojson, kml, csv or xlsx; `name` is what people call it."""

    path: Path
    format: str
    name: str


@contextmanager
def opened(path: Path, *, name: str | None = None, table: str | None = None) -> Iterator[Source]:
    """The one file to read behind `path`; an archive is unpacked for as long as this is open.

    A format is believed by its first bytes, never by its name: a file named .kml that tells GDAL
    to open others is refused.
    """
    name = name or path.name
    try:
        size = path.stat().st_size
    except OSError as e:
        raise FileDamaged(name=name, why=e.strerror) from e
    if size > MOST_BYTES:
        raise FileTooLarge(name=name, found=_megabytes(size), most=_megabytes(MOST_BYTES))
    if not path.is_file():
        raise FormatUnknown(name=name)
    with tempfile.TemporaryDirectory(prefix="xuntu-") as folder:
        kind = _format_of(path, name)
        if kind == "archive":
            path = _unpacked(path, Path(folder), name=name, table=table)
            kind = _format_of(path, name)
        if kind == "archive":
            raise FormatUnknown(name=name)
        yield Source(path, kind, name)


def _format_of(path: Path, name: str) -> str:
    suffix = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK\x03\x04"):
        with _archive(path, name) as archive:
            return "xlsx" if "xl/workbook.xml" in archive.namelist() else "archive"
    if head.startswith(b"SQLite format 3\0"):
        return "gpkg"
    if head.startswith(b"\x00\x00\x27\x0a") and suffix == ".shp":
        for suffix in (".shx", ".dbf"):
            if part(path, suffix) is None:
                raise FileDamaged(name=name, why=_("its %s is missing") % suffix)
        return "shapefile"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix in {".geojson", ".json"} and text[:1] == b"{":
        return "geojson"
    if suffix == ".kml" and re.search(rb"<(\w+:)?kml[\s>]", text):
        return "kml"
    if suffix in {".csv", ".tsv", ".txt"}:
        return "csv"
    raise FormatUnknown(name=name)


def part(path: Path, suffix: str) -> Path | None:
    """The companion of a Shapefile, whatever case its suffix is written in."""
    for written in (suffix, suffix.upper()):
        beside = path.with_suffix(written)
        if beside.is_file():
            return beside
    return None


def _archive(path: Path, name: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as e:
        raise FileDamaged(name=name, why=str(e)) from e
    total = sum(entry.file_size for entry in archive.infolist())
    if len(archive.infolist()) > MOST_ENTRIES or total > MOST_BYTES_UNPACKED:
        archive.close()
        raise FileTooLarge(name=name, found=_megabytes(total), most=_megabytes(MOST_BYTES_UNPACKED))
    return archive


def _unpacked(path: Path, folder: Path, *, name: str, table: str | None) -> Path:
    """The archive's one loadable file, under a name of our own choosing."""
    with _archive(path, name) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        for entry in entries:
            where = PurePosixPath(entry.filename.replace("\\", "/"))
            if where.is_absolute() or ".." in where.parts or re.match(r"[A-Za-z]:", str(where)):
                raise UnsafeArchive(entry=entry.filename[:100])
        seen = [entry for entry in entries if not _is_litter(entry.filename)]
        mains = [entry for entry in seen if _suffix(entry) in _LOADABLE]
        if any(_suffix(entry) == ".shp" for entry in mains):
            mains = [entry for entry in mains if _suffix(entry) == ".shp"]
        if len(mains) > 1 and table:
            mains = [entry for entry in mains if _stem(entry) == table]
        if not mains:
            raise FormatUnknown(name=name)
        if len(mains) > 1:
            raise WhichTable(names=", ".join(sorted(_stem(entry) for entry in mains)[:20]))
        main = mains[0]
        for entry in seen:
            beside = entry.filename.rpartition(".")[0] == main.filename.rpartition(".")[0]
            if entry is main or (beside and _suffix(entry) in _SHAPEFILE_PARTS):
                _extract(archive, entry, folder / f"table{_suffix(entry)}", name)
        return folder / f"table{_suffix(main)}"


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path, name: str) -> None:
    """Byte by byte against the size it declared: a header that lies ends here."""
    left = entry.file_size
    try:
        with archive.open(entry) as packed, to.open("xb") as plain:
            while block := packed.read(1 << 20):
                left -= len(block)
                if left < 0:
                    raise FileDamaged(name=name, why=entry.filename[:100])
                plain.write(block)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as e:
        raise FileDamaged(name=name, why=str(e)[:120]) from e


def _suffix(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename.replace("\\", "/")).suffix.lower()


def _stem(entry: zipfile.ZipInfo) -> str:
    """Archives made on Chinese Windows name their entries in GBK without saying so."""
    stem = PurePosixPath(entry.filename.replace("\\", "/")).stem
    if not entry.flag_bits & 0x800:
        try:
            return stem.encode("cp437").decode("gb18030")
        except UnicodeError:
            return stem
    return stem


def _is_litter(filename: str) -> bool:
    """What macOS packs beside the real files."""
    path = PurePosixPath(filename)
    return "__MACOSX" in path.parts or path.name.startswith("._")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
