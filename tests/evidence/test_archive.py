"""The archive that a sealed file is: as long as it says, read by any program, always the same."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from inspections.services.evidence.archive import Archive, Changed, Part, length_of

AT = datetime(2024, 11, 30, 1, 30, 58, tzinfo=UTC)


def packed(parts: list[Part]) -> bytes:
    archive, out = Archive(AT), io.BytesIO()
    for part in parts:
        out.writelines(archive.add(part)[1])
    out.writelines(archive.end())
    return out.getvalue()


def test_any_program_reads_it():
    body = packed([Part.of("甲.json", b"{}"), Part.of("photos/a.jpg", b"\xff" * 3_000_000)])
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["甲.json", "photos/a.jpg"]
        info = archive.getinfo("甲.json")
        # The office's own clock.
        assert (info.date_time, info.compress_type) == ((2024, 11, 30, 9, 30, 58), 0)
        assert archive.read("photos/a.jpg") == b"\xff" * 3_000_000


@pytest.mark.parametrize("files", [0, 1, 7, 65_534, 65_535, 70_001])
def test_it_is_as_long_as_is_told_before(files):
    parts = [Part.of(f"{n}.json", b"x" * (n % 3)) for n in range(files)]
    body = packed(parts)
    assert len(body) == length_of((part.path, part.length) for part in parts)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert len(archive.namelist()) == files
        if files:
            assert archive.read(f"{files - 1}.json") == b"x" * ((files - 1) % 3)


def test_the_same_files_make_the_same_archive():
    parts = [Part.of("a", b"1"), Part.of("b", b"2")]
    assert packed(parts) == packed(parts)
    assert packed(parts) != packed(parts[::-1])


@pytest.mark.parametrize("length", [3, 5])
def test_a_file_that_is_not_as_long_as_it_was_ends_it(length):
    with pytest.raises(Changed, match="photo"):
        packed([Part("photo", length, lambda: io.BytesIO(b"four"))])
