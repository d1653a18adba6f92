"""Pictures that residents send: kept as other evidence is, and seen by who sees the complaint."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from inspections.models import Case, Complaint, Photo, Retention
from inspections.services.derivatives import lines_of
from inspections.services.evidence import retention
from tests import tus
from tests.cases import bring as bring_to
from tests.cases import made
from tests.evidence.worlds import bring, named
from tests.office import SHANGHAI
from tests.pictures import photo
from tests.test_complaints import AT, WHO, a_complaint, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


@pytest.fixture
def shown(as_user, estate) -> Photo:
    """The photo of a complaint that the officer took, with all its bytes."""
    body = photo(size=(640, 480))
    told, id = named(body, how="picker", name="楼下.jpg", taken_at=None), uuid4()
    reply = take(as_user("officer"), a_complaint(estate, complainant=WHO, photos=[told]), id)
    assert reply.status_code == 201, reply.json()
    return bring(as_user("officer"), id, told, body)


def address(row: Photo, what: str = "") -> str:
    return f"/api/v1/photos/{row.pk}/{what}"


def test_a_complaint_is_told_with_its_photos_and_an_equal_one_is_the_same(as_user, estate):
    officer, id, body = as_user("officer"), uuid4(), photo()
    told = named(body, how="picker", taken_at=None)
    sent = a_complaint(estate, photos=[told])
    assert take(officer, sent, id).status_code == 201
    assert take(officer, sent, id).status_code == 200
    other = a_complaint(estate, photos=[told | {"id": str(uuid4())}])
    refused = take(officer, other, id)
    assert (refused.status_code, refused.json()["code"]) == (409, "recorded_differently")

    case = Complaint.objects.get().case
    whole = officer.get(f"/api/v1/cases/{case.pk}/").json()
    (shown,) = whole["photos"]
    assert (shown["id"], shown["of"], shown["entry"], shown["held"]) == (
        told["id"],
        "complaint",
        str(id),
        False,
    )
    bring(officer, id, told, body)
    (shown,) = officer.get(f"/api/v1/cases/{case.pk}/").json()["photos"]
    assert shown["held"]
    assert officer.get(shown["small"]).status_code == 200


def test_what_is_wrong_with_a_photo_is_named(as_user, estate):
    told = named(photo(), item="ZM-01", pair=str(uuid4()), type="text/html")
    refused = take(as_user("officer"), a_complaint(estate, photos=[told]))
    assert (refused.status_code, refused.json()["code"]) == (400, "complaint_invalid")
    assert refused.json()["details"]["fields"].keys() == {"photos.0.type"}
    told["type"] = "image/jpeg"
    refused = take(as_user("officer"), a_complaint(estate, photos=[told]))
    assert refused.json()["details"]["fields"] == {
        "photos.0.item": "Not of a photo that a resident sent.",
        "photos.0.pair": "Not of a photo that a resident sent.",
    }
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("supervisor", 200),
        ("inspector", 200),
        ("leader", 200),
        ("clerk", 200),
        ("company", 404),
        ("inspector2", 404),
        ("stranger", 404),
        ("nobody", 401),
    ],
)
def test_who_sees_the_complaint_sees_its_photos(as_user, shown, who, status):
    """The company has the case in hand: what the resident sent is none of its business."""
    bring_to(as_user, shown.complaint.case, "in_progress")
    client = as_user(who)
    for what in ("", "small.jpg", "large.jpg", "original"):
        assert client.get(address(shown, what)).status_code == status, what
    if who != "nobody":
        seen = client.get(f"/api/v1/complaints/{shown.complaint_id}/").status_code
        assert seen == status
    whole = client.get(f"/api/v1/cases/{shown.complaint.case_id}/")
    if whole.status_code == 200:
        assert len(whole.json()["photos"]) == (status == 200)


def test_a_masked_copy_of_it_is_no_companys_either(as_user, shown):
    bring_to(as_user, shown.complaint.case, "in_progress")
    box = {"left": 0.25, "top": 0.2, "width": 0.25, "height": 0.25}
    made_copy = as_user("supervisor").put(
        address(shown, f"masked/{uuid4()}/"), {"boxes": [box]}, format="json"
    )
    assert made_copy.status_code == 201
    copy = made_copy.json()["address"]
    assert as_user("officer").get(copy).status_code == 200
    assert as_user("company").get(copy).status_code == 404
    assert as_user("company").get(address(shown, "large.jpg")).status_code == 404


def test_nobody_is_asked_to_stand_where_a_resident_stood(as_user, shown):
    """No earlier photo to be laid beside: what is handed back needs none."""
    case = shown.complaint.case
    bring_to(as_user, case, "in_progress")
    may = as_user("company").get(f"/api/v1/cases/{case.pk}/").json()["may"]
    needs = {each["move"]: each["needs"] for each in may}
    assert "pair" not in needs["hand_back"]


def test_place_and_time_in_its_file_are_held_against_the_complaint(as_user, estate):
    officer = as_user("officer")
    lon, lat = estate.geom.centroid.coords
    received = datetime.fromisoformat(AT).astimezone(SHANGHAI).replace(tzinfo=None)
    told = {}
    for name, stamps in {
        "there": {"at": received - timedelta(hours=2), "place": (lon, lat)},
        "elsewhere": {"at": received - timedelta(days=9), "place": (lon + 0.1, lat)},
        "silent": {},
    }.items():
        body, id = photo(size=(320 + len(told), 240), **stamps), uuid4()
        one = named(body, how="picker", taken_at=None)
        place = {"type": "Point", "coordinates": [lon, lat]}
        assert take(officer, a_complaint(None, place=place, photos=[one]), id).status_code == 201
        row = bring(officer, id, one, body)
        told[name] = (row.place_agrees, row.time_agrees)
    assert told == {
        "there": ("agrees", "agrees"),
        "elsewhere": ("differs", "differs"),
        "silent": ("unknown", "unknown"),
    }


def test_its_picture_names_neither_the_resident_nor_who_took_the_complaint(as_user, shown):
    said = " ".join(lines_of(shown))
    assert "居民提供" in said
    assert f"#{shown.complaint.case.number}" in said
    assert "officer" not in said
    assert WHO["name"] not in said
    assert "居民提供" not in " ".join(lines_of(shown, named=False))


def test_the_sealed_file_of_its_case_holds_it(as_user, shown):
    reply = as_user("supervisor").get(f"/api/v1/cases/{shown.complaint.case_id}/evidence.zip")
    with zipfile.ZipFile(io.BytesIO(reply.getvalue())) as sealed:
        assert tus.sha256(sealed.read(f"originals/{shown.sha256}.jpg")) == shown.sha256
        (told,) = json.loads(sealed.read("photos.json"))
        page = sealed.read("index.html").decode()
    assert told["id"] == str(shown.pk)
    assert page.count(f'src="photos/{shown.pk}.large.jpg"') >= 1
    assert WHO["name"] not in page


def test_its_original_goes_with_those_of_the_case_and_no_sooner(as_user, shown, settings):
    Retention.objects.update_or_create(of="originals", defaults={"days": 365})
    Retention.objects.update_or_create(of="unused", defaults={"days": 365})
    original = Path(settings.MEDIA_ROOT) / shown.original
    case = shown.complaint.case

    def removed(**after: float) -> int:
        done = retention.purge(now=timezone.now() + timedelta(**after), dry_run=True)
        return {each.of.value: each.removed for each in done}["originals"]

    assert removed(days=400) == 0
    made(as_user("supervisor"), case, "void")
    assert removed(days=300) == 0
    assert removed(days=400) == 1
    assert original.exists()
