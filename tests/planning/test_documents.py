"""Papers and photos about a site: believed once they were opened, handed out to be saved."""

import hashlib
from uuid import uuid4

import pytest

from planning.models import Document
from tests.pictures import photo
from tests.planning.drawn import a_plan, a_site, told_of
from tests.planning.files import attach, pdf, put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "photos"
    settings.UPLOADS_DIR = tmp_path / "uploads"


@pytest.fixture
def site(as_user, estate) -> dict:
    return a_site(as_user("planner"), a_plan(as_user("planner")), estate)


def test_a_document_is_taken_once_and_told_with_what_it_is(as_user, site):
    client, id, body = as_user("planner"), str(uuid4()), pdf(2)
    first, second = (put(client, site, body, id) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    told = first.json()
    assert {name: told[name] for name in told if name != "at"} == {
        "id": id,
        "name": "表决.pdf",
        "type": "application/pdf",
        "bytes": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        "width": None,
        "height": None,
        "pages": 2,
        "by": "planner",
        "by_name": "planner",
        "address": f"/api/v1/planning/proposals/{site['id']}/documents/{id}/",
    }
    assert told_of(client, site)["properties"]["documents"] == [told]
    other = put(client, site, pdf(3), id)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")


def test_a_document_is_handed_out_to_be_saved_and_never_run(as_user, site):
    body = pdf()
    paper = attach(as_user("planner"), site, body)
    reply = as_user("inspector").get(paper["address"])
    assert reply.getvalue() == body
    assert reply["Content-Type"] == "application/octet-stream"
    assert reply["Content-Disposition"].startswith("attachment; ")
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"
    had = as_user("inspector").get(paper["address"], headers={"if-none-match": reply["ETag"]})
    assert had.status_code == 304


@pytest.mark.parametrize(
    ("body", "type"), [(photo(), "image/jpeg"), (photo("PNG"), "image/png")], ids=["jpeg", "png"]
)
def test_a_photo_is_what_its_bytes_say(as_user, site, body, type):
    told = put(as_user("planner"), site, body, name="../../现场.HTML.pdf").json()
    ending = {"image/jpeg": ".jpg", "image/png": ".png"}[type]
    shown = (told["type"], told["width"], told["height"], told["name"])
    assert shown == (type, 320, 240, f"现场.HTML{ending}")


@pytest.mark.parametrize(
    "body",
    [
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7\nnothing of the kind",
        pdf()[:200],
        photo()[:2000],
        photo("PNG")[:5000],
        photo("WEBP"),
        b"\xff\xd8\xff" + b"\0" * 100,
    ],
    ids=["html", "no pdf", "cut pdf", "cut jpeg", "cut png", "webp", "no jpeg"],
)
def test_what_cant_be_opened_is_not_kept(as_user, site, body, settings):
    reply = put(as_user("planner"), site, body)
    assert (reply.status_code, reply.json()["code"]) == (422, "document_refused")
    assert Document.objects.count() == 0
    assert [each for each in settings.MEDIA_ROOT.rglob("*") if each.is_file()] == []


def test_a_document_has_its_limits(as_user, site, settings):
    settings.DOCUMENT_MAX_BYTES = 1000
    large = put(as_user("planner"), site, photo())
    assert (large.status_code, large.json()) == (
        413,
        {
            "code": "document_too_large",
            "message": "This file is too large.",
            "details": {"most": 1000},
        },
    )
    settings.DOCUMENT_MAX_BYTES, settings.DOCUMENT_MAX_PIXELS = 10**7, 320 * 240 - 1
    assert put(as_user("planner"), site, photo()).json()["code"] == "document_too_large"
    settings.DOCUMENTS_MAX = 1
    attach(as_user("planner"), site, pdf())
    full = put(as_user("planner"), site, pdf())
    assert (full.status_code, full.json()["code"]) == (409, "too_many_documents")


@pytest.mark.parametrize(
    ("who", "adds", "reads"),
    [
        ("admin", 201, 200),
        ("planner", 201, 200),
        ("leader", 201, 200),
        ("supervisor", 201, 200),
        ("clerk", 403, 200),
        ("inspector", 403, 200),
        ("officer", 403, 200),
        ("unit", 403, 200),
        ("inspector2", 404, 404),
        ("company", 404, 404),
        ("stranger", 404, 404),
        ("nobody", 401, 401),
    ],
)
def test_who_adds_and_reads_documents(as_user, site, who, adds, reads):
    paper = attach(as_user("planner"), site, pdf())
    assert put(as_user(who), site, pdf()).status_code == adds
    assert as_user(who).get(paper["address"]).status_code == reads
    gone = as_user(who).get(paper["address"].replace(paper["id"], str(uuid4())))
    assert gone.status_code == (404 if reads == 200 else reads)
