"""Files that prove something: believed once they were opened, seen with what they hang on."""

import hashlib
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from campaign.models import Attachment, Value
from tests.campaign.brought import ATTACHMENTS, archive, bring, letter, workbook
from tests.campaign.entered import VALUES, a_value, enter
from tests.pictures import photo
from tests.planning.files import pdf

pytestmark = pytest.mark.django_db

ODS = "application/vnd.oasis.opendocument.spreadsheet"
OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "photos"
    settings.UPLOADS_DIR = tmp_path / "uploads"


def test_an_attachment_is_taken_once_and_told_with_what_it_is(as_user, people):
    client, id, body = as_user("officer"), str(uuid4()), pdf(2)
    first, second = (bring(client, body, id) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert {name: told for name, told in first.json().items() if name != "at"} == {
        "id": id,
        "name": "纪要.pdf",
        "media_type": "application/pdf",
        "size": len(body),
        "sha256": hashlib.sha256(body).hexdigest(),
        "by": "officer",
        "by_name": "officer",
        "address": f"{ATTACHMENTS}{id}/",
    }
    for who, sent in (("officer", pdf(3)), ("unit", body)):
        other = bring(as_user(who), sent, id)
        assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")


def test_equal_bytes_of_two_people_are_kept_once(as_user, people, settings):
    body = workbook()
    for who in ("officer", "unit"):
        assert bring(as_user(who), body).status_code == 201
    kept = [each for each in settings.MEDIA_ROOT.rglob("*") if each.is_file()]
    digest = hashlib.sha256(body).hexdigest()
    assert [str(each.relative_to(settings.MEDIA_ROOT)) for each in kept] == [
        f"attachments/{digest[:2]}/{digest[2:4]}/{digest}"
    ]


@pytest.mark.parametrize(
    ("body", "media_type", "name"),
    [
        (photo(), "image/jpeg", "大扫除.HTML.jpg"),
        (photo("PNG"), "image/png", "大扫除.HTML.png"),
        (workbook(), f"{OFFICE}.spreadsheetml.sheet", "大扫除.HTML.xlsx"),
        (letter(), f"{OFFICE}.wordprocessingml.document", "大扫除.HTML.docx"),
        (archive(mimetype=ODS), ODS, "大扫除.HTML.ods"),
        ("小区,次数\n银星花园,1\n".encode("gb18030"), "text/csv", "大扫除.HTML.csv"),
    ],
    ids=["jpeg", "png", "xlsx", "docx", "ods", "csv"],
)
def test_a_file_is_what_its_bytes_say(as_user, people, body, media_type, name):
    told = bring(as_user("officer"), body, name="../../大扫除.HTML.pdf").json()
    assert (told["media_type"], told["name"]) == (media_type, name)


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\nnothing of the kind",
        pdf()[:200],
        photo()[:2000],
        photo("WEBP"),
        workbook()[:-100],
        archive(anything="text"),
        archive(xl__workbook="x", xl__vbaProject="x").replace(b"Project", b"project"),
        archive(**{"xl__workbook.xml": "x", "xl__vbaProject.bin": "x"}),
        archive(mimetype="x" * len(ODS)),
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\xff" * 40,
        b" \r\n",
    ],
    ids=[
        *("no pdf", "cut pdf", "cut jpeg", "webp", "cut xlsx", "zip", "another zip", "macros"),
        *("no ods", "program", "no text", "nothing"),
    ],
)
def test_what_cant_be_opened_or_runs_is_not_kept(as_user, people, body, settings):
    reply = bring(as_user("officer"), body)
    assert (reply.status_code, reply.json()["code"]) == (422, "attachment_refused")
    assert Attachment.objects.count() == 0
    assert [each for each in settings.MEDIA_ROOT.rglob("*") if each.is_file()] == []


def test_an_attachment_has_its_limits(as_user, notice, people, community, settings):
    client = as_user("officer")
    settings.DOCUMENT_MAX_BYTES = 1000
    large = bring(client, photo())
    assert (large.status_code, large.json()["code"]) == (413, "attachment_too_large")
    assert large.json()["details"] == {"most": 1000}
    settings.DOCUMENT_MAX_BYTES, settings.DOCUMENT_MAX_PIXELS = 10**7, 320 * 240 - 1
    assert bring(client, photo()).json()["code"] == "attachment_too_large"
    settings.ATTACHMENTS_MAX_LOOSE = 1
    id, body = str(uuid4()), pdf()
    assert bring(client, body, id).status_code == 201
    full = bring(client, pdf())
    assert (full.status_code, full.json()["code"]) == (429, "too_many_loose_attachments")
    # The same again is no other, and what hangs on something is not loose.
    assert bring(client, body, id).status_code == 200
    assert (
        enter(client, a_value("ZX01-D1", community=community.pk, attachment=id)).status_code == 201
    )
    assert bring(client, pdf()).status_code == 201


WHO = (
    "admin", "officer", "unit", "supervisor", "leader", "clerk", "planner", "inspector",
    "inspector2", "company", "stranger", "nobody",
)  # fmt: skip


def test_an_attachment_is_seen_with_what_it_hangs_on(as_user, notice, people, community):
    body, id = pdf(), str(uuid4())
    assert bring(as_user("officer"), body, id).status_code == 201

    def sees() -> dict[str, int]:
        return {who: as_user(who).get(f"{ATTACHMENTS}{id}/").status_code for who in WHO}

    loose = dict.fromkeys(WHO, 404) | {"officer": 200, "nobody": 401}
    assert sees() == loose
    value = enter(as_user("officer"), a_value("ZX01-D1", community=community.pk, attachment=id))
    assert value.json()["attachment"]["id"] == id
    # Of another community, or a company's.
    cant = dict.fromkeys(("inspector2", "company", "stranger"), 404)
    assert sees() == dict.fromkeys(WHO, 200) | cant | {"nobody": 401}
    listed = as_user("leader").get(VALUES).json()["values"][0]["attachment"]
    reply = as_user("leader").get(listed["address"])
    assert reply.getvalue() == body
    assert reply["Content-Type"] == "application/octet-stream"
    assert reply["Content-Disposition"].startswith("attachment; ")
    assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_who_brings_attachments(as_user, people):
    answered = {who: bring(as_user(who), pdf()).status_code for who in WHO}
    assert answered == dict.fromkeys(WHO, 201) | {"nobody": 401, "stranger": 403}


def test_a_value_names_an_attachment_that_one_sees(as_user, notice, people, community):
    id = str(uuid4())
    assert bring(as_user("unit"), pdf(), id).status_code == 201
    for told in (id, str(uuid4()), "no id"):
        reply = enter(
            as_user("officer"), a_value("ZX01-D1", community=community.pk, attachment=told)
        )
        assert reply.json()["details"]["fields"] == {"attachment": "There is no such attachment."}


def test_an_attachment_and_what_proves_a_value_stay(as_user, notice, people, community):
    id = str(uuid4())
    bring(as_user("officer"), pdf(), id)
    enter(as_user("officer"), a_value("ZX01-D1", community=community.pk, attachment=id))
    for act in (
        lambda: Attachment.objects.update(name="x"),
        lambda: Attachment.objects.all()._raw_delete("default"),
        lambda: Value.objects.update(attachment=None),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            act()
