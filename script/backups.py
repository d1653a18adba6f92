"""Takes a backup of database and photos, and brings one back: plain Python and pg_dump.

    python script/backups.py take [--keep N]
    python script/backups.py restore FOLDER [--replace]

DATABASE_URL, XUNTU_DATA and XUNTU_BACKUPS say where, as in config/settings.py; PG_BIN names the
folder of PostgreSQL's programs where they are not on the PATH. A backup is a folder:

    database.dump   pg_dump's custom format
    photos/         a photo that did not change since the last backup is a hard link to it
    SHA256SUMS      of every file above; `sha256sum -c SHA256SUMS` reads it too
    manifest.json   when it was taken and how much it holds; written last
"""

import argparse
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("XUNTU_DATA") or ROOT / ".data").resolve()
BACKUPS = Path(os.environ.get("XUNTU_BACKUPS") or DATA / "backups").resolve()
PHOTOS = DATA / "photos"
CHUNK = 1 << 20
# Entries of a dump that every database has, or that only an extension's owner may write.
THERE_ALREADY = re.compile(r" (SCHEMA - public|COMMENT - (SCHEMA|EXTENSION)) ")

EXTENSIONS = "SELECT extname FROM pg_extension WHERE extnamespace = 'public'::regnamespace"
# What is not an extension's own.
COUNT_RELATIONS = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm')
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
COUNT_OTHERS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


class Refusal(Exception):
    """What was not done, in a sentence."""


def program(name: str) -> str:
    found = shutil.which(name, path=os.environ.get("PG_BIN") or None)
    if not found:
        raise Refusal(
            f"{name} is not installed. On Debian and Ubuntu: apt install postgresql-client"
        )
    return found


def connection() -> dict[str, str]:
    """The environment that libpq reads; a password on a command line would be seen by all."""
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not url.path.strip("/"):
        raise Refusal("DATABASE_URL must name the database: postgis://user:password@host/name")
    parts = {
        "PGHOST": url.hostname,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.path.lstrip("/"),
    }
    return os.environ | {name: unquote(value) for name, value in parts.items() if value}


def run(*command: str | Path) -> str:
    done = subprocess.run(command, env=connection(), text=True, capture_output=True)
    if done.returncode:
        raise Refusal(done.stderr.strip() or f"{command[0]} failed.")
    return done.stdout


def psql(sql: str) -> str:
    return run(program("psql"), "-XAtqc", sql).strip()


def copy_hashed(source: Path, target: Path) -> str:
    """Copies with its times, and returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as read, target.open("wb") as write:
        while chunk := read.read(CHUNK):
            digest.update(chunk)
            write.write(chunk)
        write.flush()
        os.fsync(write.fileno())
    shutil.copystat(source, target)
    return digest.hexdigest()


def hash_of(path: Path) -> str:
    with path.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def read_sums(backup: Path) -> dict[str, str]:
    lines = (backup / "SHA256SUMS").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def finished() -> list[Path]:
    """Oldest first; their names are their times."""
    return sorted(manifest.parent for manifest in BACKUPS.glob("*/manifest.json"))


def files_in(folder: Path) -> Iterator[Path]:
    """Without those still being written, whose names begin with a point."""
    paths = sorted(folder.rglob("*"))
    return (path for path in paths if not path.name.startswith(".") and path.is_file())


def keep_photos(target: Path, last: Path | None) -> dict[str, str]:
    known = read_sums(last) if last else {}
    sums = {}
    for photo in files_in(PHOTOS):
        name = f"photos/{photo.relative_to(PHOTOS)}"
        before = last / name if last and name in known else None
        now = photo.stat()
        if before and (before.stat().st_size, before.stat().st_mtime_ns) == (
            now.st_size,
            now.st_mtime_ns,
        ):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            os.link(before, target / name)
            sums[name] = known[name]
        else:
            sums[name] = copy_hashed(photo, target / name)
    return sums


def take(keep: int | None) -> str:
    taken_at = datetime.now(UTC)
    backup = BACKUPS / taken_at.strftime("%Y%m%dT%H%M%S.%fZ")
    unfinished = BACKUPS / f".unfinished-{backup.name}"
    earlier = finished()
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        dump = unfinished / "database.dump"
        # The database first: a photo that comes in meanwhile is one too many, never one too few.
        # Only the schema that Xuntu lives in: images of PostGIS come with more of their own.
        what = ["--schema=public", *(f"--extension={name}" for name in psql(EXTENSIONS).split())]
        how = ["--format=custom", "--no-owner", "--no-privileges"]
        run(program("pg_dump"), *how, *what, "-f", dump)
        sums = {"database.dump": hash_of(dump)}
        sums |= keep_photos(unfinished, earlier[-1] if earlier else None)
        lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        (unfinished / "SHA256SUMS").write_text(lines, "utf-8")
        manifest = {
            "taken_at": taken_at.isoformat(timespec="seconds"),
            "database_bytes": dump.stat().st_size,
            "photos": len(sums) - 1,
            "sums": hashlib.sha256(lines.encode()).hexdigest(),
        }
        (unfinished / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
        unfinished.rename(backup)
    except BaseException:
        shutil.rmtree(unfinished)
        raise
    for old in finished()[:-keep] if keep else []:
        shutil.rmtree(old)
    size_mb = manifest["database_bytes"] / 1e6
    return f"{backup}: database {size_mb:.1f} MB, {manifest['photos']} photos."


def check_target(replace: bool) -> None:
    """What is in use, or not empty, is not written over by mistake."""
    others = psql(COUNT_OTHERS)
    if others != "0":
        raise Refusal(
            f"{others} other connections use this database. Stop Xuntu, web and worker, first."
        )
    if replace:
        return
    if psql(COUNT_RELATIONS) != "0":
        raise Refusal("The database is not empty. Say --replace to lose what it holds.")
    if PHOTOS.exists() and any(files_in(PHOTOS)):
        raise Refusal(f"There are photos in {PHOTOS}. Say --replace to lose them.")


def bring_database(dump: Path, replace: bool) -> None:
    """All or nothing: COMMIT is said only once the whole dump was read without an error."""
    listed = run(program("pg_restore"), "--list", dump).splitlines()
    wanted = DATA / "restore.list"
    wanted.write_text("\n".join(i for i in listed if not THERE_ALREADY.search(i)), "utf-8")
    read = [program("pg_restore"), "--no-owner", "--no-privileges", "-L", wanted, "-f", "-", dump]
    write = [program("psql"), "-Xq", "-v", "ON_ERROR_STOP=1", "-f", "-"]
    begin = "SET client_min_messages = warning; BEGIN;\n"
    if replace:
        begin += "DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"
    pipe = subprocess.PIPE
    try:
        with (
            subprocess.Popen(read, stdout=pipe) as reader,
            subprocess.Popen(
                write, env=connection(), stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe
            ) as writer,
        ):
            assert reader.stdout is not None
            assert writer.stdin is not None
            with contextlib.suppress(BrokenPipeError):  # its reason is in what psql says
                writer.stdin.write(begin.encode())
                shutil.copyfileobj(reader.stdout, writer.stdin, CHUNK)
                if reader.wait() == 0:
                    writer.stdin.write(b"COMMIT;\n")
                    writer.stdin.flush()
            _, said = writer.communicate()
            if reader.wait() or writer.returncode:
                raise Refusal(f"The database was not restored. {said.decode().strip()}")
    finally:
        wanted.unlink()


def restore(backup: Path, replace: bool) -> str:
    if not (backup / "manifest.json").exists():
        raise Refusal(f"{backup} is not a finished backup.")
    manifest = json.loads((backup / "manifest.json").read_text("utf-8"))
    damaged = "{} in this backup is damaged. Nothing was restored."
    if hash_of(backup / "SHA256SUMS") != manifest["sums"]:
        raise Refusal(damaged.format("SHA256SUMS"))
    sums = read_sums(backup)
    if hash_of(backup / "database.dump") != sums["database.dump"]:
        raise Refusal(damaged.format("database.dump"))
    check_target(replace)
    fresh = DATA / "photos.restoring"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        for name in sums.keys() - {"database.dump"}:
            source, target = backup / name, fresh / name.removeprefix("photos/")
            if not source.exists() or copy_hashed(source, target) != sums[name]:
                raise Refusal(damaged.format(name))
        bring_database(backup / "database.dump", replace)
    except BaseException:
        shutil.rmtree(fresh)
        raise
    old = DATA / "photos.replaced"
    if PHOTOS.exists():
        PHOTOS.rename(old)
    fresh.rename(PHOTOS)
    shutil.rmtree(old, ignore_errors=True)
    return (
        f"Restored what was taken at {manifest['taken_at']}: database and {len(sums) - 1} photos. "
        "If Xuntu is newer than the backup, run: manage.py migrate"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="backups.py", description="Backup and restore")
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser("take")
    taking.add_argument("--keep", type=int, metavar="N", help="delete all but the newest N")
    restoring = commands.add_parser("restore")
    restoring.add_argument("folder", type=Path, help="a folder that `take` made")
    restoring.add_argument("--replace", action="store_true", help="lose what is there now")
    args = parser.parse_args()
    try:
        if args.command == "take":
            print(take(args.keep))
        else:
            print(restore(args.folder.resolve(), args.replace))
    except (Refusal, OSError) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
