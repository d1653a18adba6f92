"""What a tablet could not send comes as a file, and to the same as if it had been sent."""

import json
import uuid
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from PIL import Image

from geo.models import Asset
from inspections.models import Inspection, Photo, Proposal, Refused
from tests.records import a_lamp, a_photo, a_record, put

pytestmark = pytest.mark.django_db

DEVICE = str(uuid.UUID(int=0xD))


def picture(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (32, 24), colour).save(file, "JPEG")
    return file.getvalue()


RED, BLUE = picture("red"), picture("blue")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "photos"
    settings.UPLOADS_DIR = tmp_path / "uploads"


class Rescue:
    """A rescue file as a tablet writes it, and as something may have spoilt it."""

    def __init__(self, path: Path, person: int) -> None:
        self.path = path
        self.members: dict[str, bytes] = {}
        self.manifest = {
            "person": person,
            "device": DEVICE,
            "app_version": "abc",
            "made_at": "2024-12-01T08:00:00Z",
            "entries": [],
        }

    def add(self, body: dict, photos=(), type: str = "inspection", id=None) -> uuid.UUID:
        id = id or uuid.uuid4()
        photos = {str(uuid.uuid4()): each for each in photos}
        if photos:
            body = body | {"photos": [a_photo(each, id=name) for name, each in photos.items()]}
        # As a tablet writes it: canonical.
        body = body | {"recorded_at": "2024-11-30T01:30:00Z"}
        text = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
        self.members[f"entries/{id}.json"] = text
        self.members |= {f"photos/{name}": each for name, each in photos.items()}
        self.manifest["entries"].append(
            {
                "id": str(id),
                "type": type,
                "number": len(self.manifest["entries"]) + 1,
                "sha256": sha256(text).hexdigest(),
                "file": f"entries/{id}.json",
                "photos": [
                    {
                        "id": name,
                        "sha256": sha256(each).hexdigest(),
                        "bytes": len(each),
                        "file": f"photos/{name}",
                    }
                    for name, each in photos.items()
                ],
            }
        )
        return id

    def write(self, how: int = zipfile.ZIP_STORED) -> Path:
        with zipfile.ZipFile(self.path, "w", how) as archive:
            archive.writestr("manifest.json", json.dumps(self.manifest))
            for name, content in self.members.items():
                archive.writestr(name, content)
        return self.path

    def load(self, **options) -> str:
        self.write()
        return loaded(self.path, **options)


def loaded(path: Path, **options) -> str:
    out = StringIO()
    call_command("load_rescue", path, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def rescue(tmp_path, people) -> Iterator[Rescue]:
    with translation.override("en"):
        yield Rescue(tmp_path / "rescue.zip", people["inspector"].pk)


def test_it_comes_to_the_same_as_sending_it(rescue, people, as_user, estate):
    lamp, first, second = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    correction = {"supersedes": str(first), "reason": "wrong lamp"}
    rescue.add(a_record(estate, **correction), id=second)
    rescue.add(a_record(estate, asset=str(lamp)), [RED, BLUE], id=first)
    rescue.add(a_lamp(estate), [RED], "proposal", lamp)
    told = rescue.load()
    assert told == (
        "inspector: 1 recorded, 0 known before, 2 waiting for another entry, 0 refused and kept; "
        "photos: 2 held, 1 held before.\n"
    )
    assert set(Inspection.objects.values_list("pk", "in_force")) == {(first, False), (second, True)}
    row = Inspection.objects.get(pk=first)
    assert (row.inspector, row.asset, row.photos_missing) == (
        people["inspector"],
        Asset.objects.get(),
        0,
    )
    assert Proposal.objects.get().sender == people["inspector"]
    assert Photo.objects.missing().count() == 0
    assert not Refused.objects.filter(settled_at=None).exists()
    client, address = as_user("inspector"), f"/api/v1/receipts/?device={DEVICE}"
    entries = client.get(address).json()["entries"]
    assert {each["status"] for each in entries} == {"held"}
    assert {photo["held"] for each in entries for photo in each["photos"]} == {True}
    body = json.loads(rescue.members[f"entries/{first}.json"])
    assert put(client, body, first).status_code == 200


def test_again_is_harmless(rescue, estate):
    rescue.add(a_record(estate), [RED])
    rescue.load()
    assert rescue.load() == (
        "inspector: 0 recorded, 1 known before, 0 waiting for another entry, 0 refused and kept; "
        "photos: 0 held, 1 held before.\n"
    )
    assert (Inspection.objects.count(), Photo.objects.count()) == (1, 1)


def test_a_dry_run_says_what_would_be_and_does_nothing(rescue, estate):
    rescue.add(a_record(estate), [RED])
    told = rescue.load(dry_run=True)
    assert told.startswith("inspector: 1 recorded")
    assert told.endswith("Nothing was kept: this was a dry run.\n")
    assert not Inspection.objects.exists()
    assert not Photo.objects.exists()


def test_every_bad_entry_is_named_and_holds_up_no_other(rescue, estate):
    good = rescue.add(a_record(estate), [BLUE])
    wrong = rescue.add(a_record(estate, answers={"ZM-99": 1}))
    changed = rescue.add(a_record(estate))
    rescue.members[f"entries/{changed}.json"] += b" "
    missing = rescue.add(a_record(estate))
    del rescue.members[f"entries/{missing}.json"]
    spoilt = rescue.add(a_record(estate), [RED])
    (name,) = (each["id"] for each in rescue.manifest["entries"][-1]["photos"])
    rescue.members[f"photos/{name}"] = bytes(len(RED))
    rescue.manifest["entries"].append({"id": "x"})
    with pytest.raises(CommandError) as refused:
        rescue.load()
    assert str(refused.value).splitlines() == [
        "Not everything could be taken:",
        f"entry {wrong}: Some answers need another look. (answers_invalid) "
        '{"items": {"ZM-99": "Not asked."}}',
        f"entry {changed}: its content is not what its hash says",
        f"entry {missing}: “entries/{missing}.json” is not in the file",
        f"photo {name}: What arrived is not what was sent. It is sent again. (checksum_mismatch)",
        "entry x: it has no id, or no type that is known here",
    ]
    assert set(Inspection.objects.values_list("pk", flat=True)) == {good, spoilt}
    assert Refused.objects.get().entry == str(wrong)
    with pytest.raises(CommandError, match="not what its hash says"):
        rescue.load(dry_run=True)


def test_a_file_that_was_cut_is_refused_at_any_byte(rescue, estate, tmp_path):
    rescue.add(a_record(estate), [RED])
    whole = rescue.write().read_bytes()
    cut = tmp_path / "cut.zip"
    for end in range(0, len(whole), 7):
        cut.write_bytes(whole[:end])
        with pytest.raises(CommandError, match="no whole rescue file"):
            loaded(cut)
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "photos/..\\x", "C:\\x"])
def test_a_name_that_leads_out_of_it_is_refused(rescue, estate, name):
    rescue.add(a_record(estate))
    rescue.members[name] = b"x"
    with pytest.raises(CommandError, match="leads out of it"):
        rescue.load()
    assert not Inspection.objects.exists()


def test_a_bomb_is_not_unpacked(rescue, estate, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    id = rescue.add(a_record(estate))
    rescue.members[f"entries/{id}.json"] = bytes(50_000_000)
    rescue.add(a_record(estate), [bytes(60_000_000)])
    rescue.write(zipfile.ZIP_DEFLATED)
    assert rescue.path.stat().st_size < 200_000
    with pytest.raises(CommandError) as refused:
        loaded(rescue.path)
    assert "it is larger than a record may be" in str(refused.value)
    assert "upload_too_large" in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [{"person": 10**9}, {"person": "inspector"}, {"entries": None}, {"entries": {}}],
)
def test_a_manifest_that_can_t_be_believed_is_refused(rescue, estate, change):
    rescue.add(a_record(estate))
    rescue.manifest |= change
    with pytest.raises(CommandError, match="no whole rescue file"):
        rescue.load()


def test_what_is_no_archive_is_refused(rescue, tmp_path):
    other = tmp_path / "photo.jpg"
    other.write_bytes(RED)
    for path in (other, tmp_path / "nothing.zip", tmp_path):
        with pytest.raises(CommandError, match="no whole rescue file"):
            loaded(path)
