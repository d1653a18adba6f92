"""A score sheet that was filled in with no network: sent, receipted, refused and rescued like every
entry of a tablet."""

import json
import uuid
import zipfile
from datetime import date
from hashlib import sha256
from io import StringIO

import orjson
import pytest
from django.core.management import call_command
from django.utils import translation

from campaign.models import Sheet
from inspections.models import Refused
from people.models import Device
from tests.campaign.creation import sent
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

DEVICE = str(uuid.UUID(int=0xD))


@pytest.fixture
def row(notice, as_user, estate):
    return sent.enrolled(as_user("clerk"), estate)


def as_sent(row, number: int = 1, **changes) -> dict:
    """As a tablet writes it."""
    body = sent.a_sheet(row, "review", C1_01="met", C2_01="partly")
    told = {"recorded_at": "2024-11-20T02:00:00Z", "device": DEVICE, "number": number}
    return body | told | changes


def receipts(client) -> list[dict]:
    return client.get(f"/api/v1/receipts/?device={DEVICE}").json()["entries"]


def test_it_is_receipted_with_its_number_and_hash(as_user, row):
    inspector, id = as_user("inspector"), uuid.uuid4()
    assert sent.fill(inspector, as_sent(row), id=id).status_code == 201
    assert sent.fill(inspector, as_sent(row), id=id).status_code == 200
    other = sent.fill(inspector, as_sent(row, day="2024-11-21"), id=id)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    written = orjson.dumps(as_sent(row), option=orjson.OPT_SORT_KEYS)
    held, differs = receipts(inspector)
    assert held | {"received_at": ""} == {
        "id": str(id),
        "type": "sheet",
        "number": 1,
        "sha256": sha256(written).hexdigest(),
        "bytes": len(written),
        "received_at": "",
        "status": "held",
        "photos": [],
    }
    assert (differs["type"], differs["status"]) == ("sheet", "refused")
    assert Sheet.objects.count() == 1


def test_only_what_was_written_since_is_told_anew(as_user, row):
    inspector = as_user("inspector")
    sent.fill(inspector, as_sent(row))
    address = f"/api/v1/receipts/?device={DEVICE}"
    cursor = inspector.get(address).json()["cursor"]
    # In one transaction with the test itself everything is of now; another person's is not told.
    assert len(inspector.get(f"{address}&since={cursor}").json()["entries"]) == 1
    assert as_user("supervisor").get(address).json()["entries"] == []


def test_what_is_refused_is_kept_and_told(as_user, row):
    officer = as_user("officer")
    reply = sent.fill(officer, as_sent(row))
    assert (reply.status_code, reply.json()["code"]) == (403, "not_yours_to_fill")
    (kept,) = receipts(officer)
    assert (kept["type"], kept["status"], kept["code"]) == ("sheet", "refused", "not_yours_to_fill")
    (refused,) = Refused.objects.all()
    assert json.loads(bytes(refused.body))["answers"] == as_sent(row)["answers"]
    assert not Sheet.objects.exists()


def test_who_was_moved_since_loses_no_sheet(as_user, people, elsewhere, row):
    """As inspections: judged by what one was on its day, or is today."""
    people["inspector"].memberships.update(until="2024-11-25")
    MembershipFactory(user=people["inspector"], community=elsewhere, since=date(2024, 11, 26))
    inspector = as_user("inspector")
    before = sent.fill(inspector, as_sent(row))
    assert before.status_code == 201, before.json()
    since = sent.fill(inspector, as_sent(row, 2, recorded_at="2024-11-26T02:00:00Z"))
    assert (since.status_code, since.json()["code"]) == (404, "enrolment_not_found")
    # A tablet whose clock stood years back, in the hands of who may fill it in today.
    astray = as_sent(row, 3, recorded_at="2001-01-01T00:00:00Z")
    assert sent.fill(as_user("supervisor"), astray).status_code == 201


def test_a_blocked_tablet_still_delivers_it(as_user, people, row):
    device = Device.objects.create(pk=DEVICE, person=people["inspector"])
    Device.objects.filter(pk=device.pk).update(revoked_at=row.at)
    inspector = as_user("inspector")
    inspector.credentials(HTTP_X_DEVICE=DEVICE)
    assert inspector.get(f"{sent.CREATION}tablet/").status_code == 401
    assert sent.fill(inspector, as_sent(row)).status_code == 201


def test_a_rescue_file_comes_to_the_same_as_sending_it(as_user, people, row, tmp_path):
    good, bad = uuid.uuid4(), uuid.uuid4()
    bodies = {good: as_sent(row), bad: as_sent(row, number=2, day="2024-11-01")}
    written = {id: orjson.dumps(body, option=orjson.OPT_SORT_KEYS) for id, body in bodies.items()}
    manifest = {
        "person": people["inspector"].pk,
        "device": DEVICE,
        "app_version": "abc",
        "made_at": "2024-12-01T08:00:00Z",
        "entries": [
            {
                "id": str(id),
                "type": "sheet",
                "number": number,
                "sha256": sha256(text).hexdigest(),
                "file": f"entries/{id}.json",
                "photos": [],
            }
            for number, (id, text) in enumerate(written.items(), 1)
        ],
    }
    with zipfile.ZipFile(tmp_path / "rescue.zip", "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for id, text in written.items():
            archive.writestr(f"entries/{id}.json", text)

    def load() -> str:
        out = StringIO()
        with translation.override("en"), pytest.raises(Exception, match="not on the list yet"):
            call_command("load_rescue", tmp_path / "rescue.zip", stdout=out)
        return out.getvalue()

    assert load().startswith("inspector: 1 recorded, 0 known before")
    assert load().startswith("inspector: 0 recorded, 1 known before")
    sheet = Sheet.objects.get()
    assert (sheet.pk, sheet.sender.username, str(sheet.device), sheet.number) == (
        *(good, "inspector"),
        *(DEVICE, 1),
    )
    assert {each["id"]: each["status"] for each in receipts(as_user("inspector"))} == {
        str(good): "held",
        str(bad): "refused",
    }
