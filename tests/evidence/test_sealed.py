"""The sealed file of a case: all of it, to the byte; and whatever is changed in it is found."""

import hashlib
import io
import json
import random
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as live_settings
from django.core.management import call_command
from django.utils import translation

from inspections.models import Inspection, MaskedCopy, Move, Photo, SealedFile
from inspections.services.evidence import manifest, verifying
from inspections.services.evidence.manifest import Listed
from tests.evidence.test_masks import FACE, mask
from tests.evidence.worlds import World, handled
from tests.pictures import photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


@pytest.fixture
def world(as_user, estate) -> World:
    return handled(as_user, estate)


def handed_out(client, world: World):
    reply = client.get(f"/api/v1/cases/{world.case.pk}/evidence.zip")
    assert reply.status_code == 200
    return reply


@pytest.fixture
def sealed(as_user, world, tmp_path) -> Path:
    path = tmp_path / "case.zip"
    path.write_bytes(handed_out(as_user("supervisor"), world).getvalue())
    return path


def verified(path: Path) -> tuple[int, str]:
    """How `manage.py verify_evidence` ends, and what it says."""
    said = io.StringIO()
    try:
        with translation.override("en"):
            call_command("verify_evidence", str(path), stdout=said)
    except SystemExit as e:
        return int(e.code or 0), said.getvalue()
    return 0, said.getvalue()


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, files: dict[str, bytes]) -> Path:
    """As anyone would pack it."""
    made = path.with_name("packed.zip")
    with zipfile.ZipFile(made, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return made


def test_it_holds_the_whole_of_a_case_to_the_byte(as_user, world, people):
    masked = mask(as_user("supervisor"), world.before, [FACE]).json()
    reply = handed_out(as_user("supervisor"), world)
    body = reply.getvalue()
    assert reply["Content-Type"] == "application/zip"
    assert reply["Content-Disposition"] == f'attachment; filename="case-{world.case.number}.zip"'
    assert (reply["Content-Length"], reply["Cache-Control"]) == (str(len(body)), "no-store")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name) for name in archive.namelist()}
    record, moves = Inspection.objects.get(), list(Move.objects.order_by("received_at"))
    before, after = world.before, world.after
    assert set(held) == {
        "case.json",
        "complaints.json",
        "findings.json",
        "history.json",
        "holds.json",
        "index.html",
        "inspections.json",
        f"inspections/{record.pk}.json",
        "manifest.json",
        f"masked/{masked['id']}.jpg",
        "masked.json",
        "moves.json",
        *(f"moves/{each.pk}.json" for each in moves),
        f"originals/{before.sha256}.jpg",
        f"originals/{after.sha256}.jpg",
        "pairs.json",
        "papers.json",
        "people.json",
        *(
            f"photos/{each.pk}.{what}.jpg"
            for each in (before, after)
            for what in ("large", "small")
        ),
        "photos.json",
        "SHA256SUMS",
        "seal.json",
    }
    # The receipts that tablets hold are the hashes of files here.
    assert held[f"originals/{before.sha256}.jpg"] == photo(size=(640, 480))
    assert held[f"originals/{after.sha256}.jpg"] == world.body
    for folder, rows in (("inspections", [record]), ("moves", moves)):
        for row in rows:
            sent = held[f"{folder}/{row.pk}.json"]
            assert hashlib.sha256(sent).hexdigest() == row.content_sha256
    assert (
        held[f"masked/{masked['id']}.jpg"]
        == (Path(live_settings.MEDIA_ROOT) / MaskedCopy.objects.get().file).read_bytes()
    )
    history = {each["of"]: each["changes"] for each in json.loads(held["history.json"])}
    assert [each["state"] for each in history["case"]] == [
        "filed",
        "assigned",
        "in_progress",
        "checking",
    ]
    assert {each["username"] for each in json.loads(held["people.json"])} == {
        "inspector",
        "supervisor",
        "company",
    }
    note = SealedFile.objects.get()
    assert (note.case, note.by, note.bytes) == (world.case, people["supervisor"], len(body))
    assert note.manifest_sha256 == hashlib.sha256(held["manifest.json"]).hexdigest()


def test_its_page_is_read_by_a_person(sealed, world):
    page = members(sealed)["index.html"].decode()
    said = (
        "银星花园",
        "整改前",
        "整改后",
        "10.1",
        "反馈整改结果",
        "灯泡已更换",
        world.after.sha256,
    )
    assert [each for each in said if each not in page] == []
    # Everything it shows is in the file, and it asks for nothing else.
    asked = [part.split('"')[0] for part in page.replace('href="', 'src="').split('src="')[1:]]
    assert asked
    assert set(asked) <= set(members(sealed))
    assert "<script" not in page


def test_a_file_as_it_was_sealed_is_whole(sealed, world):
    note = SealedFile.objects.get()
    head = f"Case {world.case.number}, sealed at {note.at.isoformat()} by supervisor"
    code, said = verified(sealed)
    assert code == 0
    assert said.splitlines() == [
        f"{head}: {note.files} files.",
        f"Hash of the list: {note.manifest_sha256}",
        "Whole: every file is as it was sealed.",
        "The seal is this office's.",
    ]


def test_no_database_is_asked(sealed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert verified(sealed)[0] == 0


def test_anyone_can_check_the_hashes_with_no_program_of_ours(sealed, tmp_path):
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(sealed) as archive:
        archive.extractall(folder)
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=False
    )
    assert done.returncode == 0


def test_a_byte_changed_anywhere_is_found(sealed):
    """In a picture, a record, the list, the seal, a name, a date, the index: wherever."""
    body = sealed.read_bytes()
    by_chance = random.Random(4)
    spoilt = sealed.with_name("spoilt.zip")
    for at in [
        *by_chance.sample(range(len(body)), 120),
        *range(40),
        *range(len(body) - 80, len(body)),
    ]:
        changed = bytearray(body)
        changed[at] ^= 1 << by_chance.randrange(8)
        spoilt.write_bytes(changed)
        code, said = verified(spoilt)
        assert code != 0, (at, said)


def test_a_changed_file_is_named(sealed, world):
    files = members(sealed)
    name = f"originals/{world.after.sha256}.jpg"
    files[name] = files[name][:-1] + b"\0"
    code, said = verified(packed(sealed, files))
    assert (code, f"Differs: {name}" in said.splitlines()) == (1, True)


def test_a_removed_file_is_named(sealed, world):
    files = members(sealed)
    del files["moves.json"]
    code, said = verified(packed(sealed, files))
    assert (code, "Missing: moves.json" in said.splitlines()) == (1, True)


def test_an_added_file_is_named(sealed):
    code, said = verified(packed(sealed, members(sealed) | {"photos/one-more.jpg": photo()}))
    assert (code, "Added: photos/one-more.jpg" in said.splitlines()) == (1, True)


def test_a_second_file_of_one_name_is_found(sealed):
    made = packed(sealed, members(sealed))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(made, "a") as archive:
        archive.writestr("case.json", b"{}")
    code, said = verified(made)
    assert (code, "Added: case.json" in said.splitlines()) == (1, True)


def told_anew(files: dict[str, bytes], change) -> dict[str, bytes]:
    """As somebody would forge it who knows everything but the secret."""
    told = json.loads(files["manifest.json"])
    change(told)
    files["manifest.json"] = manifest.canonical(told)
    listed = [Listed(**each) for each in told["files"]]
    files["SHA256SUMS"] = manifest.sums(files["manifest.json"], listed)
    return files


def test_a_list_in_another_order_is_found(sealed):
    def turned(told):
        told["files"].reverse()

    code, said = verified(packed(sealed, told_anew(members(sealed), turned)))
    assert (code, "Differs: manifest.json" in said.splitlines()) == (1, True)
    assert "The files do not stand in the order of the list." in said.splitlines()


def test_a_list_written_anew_has_no_seal(sealed, settings):
    """Hashes and chain made to fit: only the secret tells."""

    def another(told):
        told["sealed_by"] = "somebody"
        told["chain"] = manifest.chain(Listed(**each) for each in told["files"])

    files = told_anew(members(sealed), another)
    at = verifying.verify(sealed)
    verdict = verifying.verify(packed(sealed, files))
    assert (verdict.sealed_here, verdict.manifest_sha256 != at.manifest_sha256) == (False, True)
    settings.SECRET_KEY = "of another office"
    code, said = verified(sealed)
    assert (code, said.splitlines()[-1]) == (
        2,
        "The seal is not of this deployment's secret: another office's, or forged.",
    )


def test_a_secret_of_before_still_tells(sealed, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", [settings.SECRET_KEY]
    assert verified(sealed)[0] == 0


def test_what_lies_around_the_files_is_found(sealed):
    body = sealed.read_bytes()
    for hidden in (b"something" + body, body + b"something"):
        sealed.write_bytes(hidden)
        code, said = verified(sealed)
        assert code == 1, said


@pytest.mark.parametrize("body", [b"", b"no archive", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_sealed_file_can_t_be_read(tmp_path, body):
    path = tmp_path / "some.zip"
    path.write_bytes(body)
    code, said = verified(path)
    assert (code, "Can't be read" in said) == (1, True)


def test_an_original_that_rotted_on_the_disk_is_not_what_its_record_tells(as_user, world, tmp_path):
    kept = Path(live_settings.MEDIA_ROOT) / world.after.original
    kept.chmod(0o600)
    kept.write_bytes(world.body[:-1] + b"\0")
    path = tmp_path / "case.zip"
    path.write_bytes(handed_out(as_user("supervisor"), world).getvalue())
    code, said = verified(path)
    name = f"originals/{world.after.sha256}.jpg"
    assert code == 1
    assert f"Not what its record told when it was sent: {name}" in said.splitlines()


def test_an_original_that_is_lost_or_waited_for_is_told(as_user, world, tmp_path):
    (Path(live_settings.MEDIA_ROOT) / world.after.original).unlink()
    Photo.objects.filter(pk=world.before.pk).update(held_at=None, original="", made_at=None)
    path = tmp_path / "case.zip"
    path.write_bytes(handed_out(as_user("supervisor"), world).getvalue())
    code, said = verified(path)
    assert code == 0
    assert f"(SHA-256 {world.after.sha256})" in said
    assert "Had not arrived when it was sealed" in said
    assert "Was not found in the store when it was sealed" in said


MAY = {"admin": 200, "supervisor": 200}
MAY |= dict.fromkeys(("inspector", "officer", "planner", "leader", "clerk", "unit", "company"), 403)
MAY |= {"inspector2": 404, "stranger": 404, "nobody": 401}


def test_who_is_handed_the_sealed_file(as_user, world):
    address = f"/api/v1/cases/{world.case.pk}/evidence.zip"
    assert {who: as_user(who).get(address).status_code for who in MAY} == MAY
    assert SealedFile.objects.count() == 2


def test_one_that_was_broken_off_is_noted_without_a_hash(as_user, world):
    reply = as_user("supervisor").get(f"/api/v1/cases/{world.case.pk}/evidence.zip")
    next(iter(reply.streaming_content))
    assert SealedFile.objects.get().manifest_sha256 == ""
