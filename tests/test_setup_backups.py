"""The drill: what was backed up comes back whole, or not at all."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tests.factories import BuildingFactory, MembershipFactory, UserFactory

BACKUPS = Path(__file__).resolve().parent.parent / "script" / "backups.py"


class Office:
    """A database and a data folder, as the backup script sees them."""

    def __init__(self, database: str, data: Path) -> None:
        self.database, self.data = database, data
        self.photos = data / "photos"
        known = {part: str(connection.settings_dict[part]) for part in ("USER", "PASSWORD", "HOST")}
        known["PORT"] = str(connection.settings_dict["PORT"] or 5432)
        self.libpq = {f"PG{part}": value for part, value in known.items() if value}
        who, password, host, port = (quote(value, safe="") for value in known.values())
        self.url = f"postgis://{who}:{password}@{host}:{port}/{database}"

    def script(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        known = {"DATABASE_URL": self.url, "XUNTU_DATA": str(self.data)}
        kept = {name: value for name, value in os.environ.items() if name != "XUNTU_BACKUPS"}
        return subprocess.run(
            [sys.executable, BACKUPS, *arguments], env=kept | known, text=True, capture_output=True
        )

    def take(self, *options: str) -> Path:
        done = self.script("take", *options)
        assert done.returncode == 0, done.stderr
        return Path(done.stdout.split(":")[0])

    def psql(self, sql: str) -> str:
        return subprocess.run(
            ["psql", "-XAtqc", sql, self.database],
            env=os.environ | self.libpq,
            text=True,
            capture_output=True,
            check=True,
        ).stdout

    def rows(self) -> dict[str, str]:
        """Of every table, how many rows it has and a hash over all of them."""
        tables = self.psql(
            "SELECT relname FROM pg_stat_user_tables"
            " WHERE schemaname = 'public' AND relname <> 'spatial_ref_sys'"
        ).split()
        counts = "count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
        asked = " UNION ALL ".join(f"SELECT '{t}', {counts} FROM \"{t}\" t" for t in tables)
        lines = self.psql(asked).splitlines() if asked else []
        return dict(line.split("|", 1) for line in lines)

    def pictures(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.photos)): path.read_bytes()
            for path in self.photos.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def office(transactional_db, tmp_path) -> Office:
    """One with a building, a person and two photos."""
    BuildingFactory(number="14栋")
    MembershipFactory(user=UserFactory(username="巡查员"), role="inspector")
    office = Office(connection.settings_dict["NAME"], tmp_path / "office")
    for name in ("2026/07/lane.jpg", "2026/08/灯.jpg"):
        photo = office.photos / name
        photo.parent.mkdir(parents=True)
        photo.write_bytes(os.urandom(3_000))
    return office


@pytest.fixture
def new_office(office, tmp_path):
    """Another machine: an empty database and no photos."""
    new = Office(f"{office.database}_drill", tmp_path / "new")
    office.psql(f'DROP DATABASE IF EXISTS "{new.database}"')
    office.psql(f'CREATE DATABASE "{new.database}"')
    yield new
    office.psql(f'DROP DATABASE "{new.database}" WITH (FORCE)')


def test_every_row_and_every_photo_comes_back(office, new_office):
    rows, pictures = office.rows(), office.pictures()
    backup = office.take()

    restored = new_office.script("restore", backup)

    assert (restored.returncode, restored.stderr) == (0, "")
    assert new_office.rows() == rows
    assert int(rows["geo_building"].split()[0]) == 1
    assert new_office.pictures() == pictures
    assert len(pictures) == 2


def test_what_a_ready_made_postgis_brings_along_is_not_in_the_way(office, new_office):
    """As the usual container image: schemas and extensions that Xuntu never asked for."""
    new_office.psql("CREATE EXTENSION postgis; CREATE EXTENSION postgis_topology")
    rows = office.rows()
    assert new_office.script("restore", office.take()).returncode == 0
    again = new_office.script("restore", new_office.take(), "--replace")
    assert (again.returncode, again.stderr) == (0, "")
    assert new_office.rows() == rows


def test_a_backup_names_its_files_so_that_anyone_can_check_them(office):
    backup = office.take()
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=backup, text=True, capture_output=True
    )
    manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
    assert checked.stdout.splitlines() == [
        "database.dump: OK",
        "photos/2026/07/lane.jpg: OK",
        "photos/2026/08/灯.jpg: OK",
    ]
    assert manifest["photos"] == 2


def test_a_photo_already_kept_costs_no_second_copy_and_old_backups_can_go(office):
    first = office.take()
    (office.photos / "new.jpg").write_bytes(b"new")
    second = office.take()

    names = sorted(str(path.relative_to(second)) for path in second.rglob("*.jpg"))
    assert names == ["photos/2026/07/lane.jpg", "photos/2026/08/灯.jpg", "photos/new.jpg"]
    assert (second / names[0]).samefile(first / names[0])

    third = office.take("--keep", "2")
    assert sorted(first.parent.iterdir()) == [second, third]


def test_what_holds_data_is_not_written_over_unasked(office, new_office):
    backup = office.take()
    assert new_office.script("restore", backup).returncode == 0
    new_office.psql("UPDATE geo_building SET number = '99栋'")

    refused = new_office.script("restore", backup)
    assert (refused.returncode, refused.stderr) == (
        1,
        "The database is not empty. Say --replace to lose what it holds.\n",
    )
    assert new_office.psql("SELECT number FROM geo_building") == "99栋\n"

    (new_office.photos / "later.jpg").write_bytes(b"later")
    assert new_office.script("restore", backup, "--replace").returncode == 0
    assert new_office.rows() == office.rows()
    assert new_office.pictures() == office.pictures()


def test_photos_alone_are_not_written_over_either(office, new_office):
    new_office.photos.mkdir(parents=True)
    (new_office.photos / "mine.jpg").write_bytes(b"mine")
    refused = new_office.script("restore", office.take())
    assert (
        refused.stderr == f"There are photos in {new_office.photos}. Say --replace to lose them.\n"
    )
    assert new_office.pictures() == {"mine.jpg": b"mine"}


@pytest.mark.parametrize("part", ["database.dump", "photos/2026/07/lane.jpg", "SHA256SUMS"])
def test_a_damaged_backup_restores_nothing(office, new_office, part):
    backup = office.take()
    whole = (backup / part).read_bytes()
    (backup / part).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    refused = new_office.script("restore", backup)

    assert (refused.returncode, refused.stderr) == (
        1,
        f"{part} in this backup is damaged. Nothing was restored.\n",
    )
    assert new_office.rows() == {}
    assert not new_office.photos.exists()


def test_a_restore_that_fails_half_way_leaves_the_old_data(office, new_office):
    backup = office.take()
    assert new_office.script("restore", backup).returncode == 0
    rows = new_office.rows()
    dump, sums = backup / "database.dump", backup / "SHA256SUMS"
    dump.write_bytes(dump.read_bytes()[:-500])
    lines = sums.read_text("utf-8").splitlines(keepends=True)
    lines[0] = f"{hashlib.sha256(dump.read_bytes()).hexdigest()}  database.dump\n"
    sums.write_text("".join(lines), "utf-8")
    manifest = {"taken_at": "", "sums": hashlib.sha256(sums.read_bytes()).hexdigest()}
    (backup / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    refused = new_office.script("restore", backup, "--replace")

    assert refused.returncode == 1
    assert "The database was not restored." in refused.stderr
    assert (new_office.rows(), new_office.pictures()) == (rows, office.pictures())


def test_a_database_in_use_is_left_alone(office):
    backup = office.take()
    refused = office.script("restore", backup, "--replace")
    assert refused.returncode == 1
    assert "other connections use this database. Stop Xuntu" in refused.stderr


def test_a_backup_that_was_cut_short_is_no_backup(office, new_office):
    backup = office.take()
    (backup / "manifest.json").unlink()
    refused = new_office.script("restore", backup)
    assert refused.stderr == f"{backup} is not a finished backup.\n"
