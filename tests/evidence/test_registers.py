"""What the clerk sees of keeping: periods that can be set, and all else only looked at."""

import pytest
from django.test import Client
from django.utils import timezone

from inspections.models import Hold, Purge, Retention, SealedFile
from tests.evidence.worlds import handled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


@pytest.fixture
def clerk(people) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(people["clerk"], "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_clerk_sets_how_long_what_is_kept_and_adds_no_kind(clerk):
    where = "/admin/inspections/retention/"
    page = clerk.get(where).content.decode()
    assert [
        each for each in ("已结案案卷的照片原件", "365", "未被接收的记录内容") if each not in page
    ] == []
    reply = clerk.post(f"{where}originals/change/", {"days": "730", "basis": "档案要求"})
    assert reply.status_code == 302
    row = Retention.objects.get(pk="originals")
    assert (row.days, row.basis) == (730, "档案要求")
    assert clerk.get(f"{where}add/").status_code == 403
    assert clerk.get(f"{where}originals/delete/").status_code == 403
    # And the history says who.
    assert "730" in clerk.get(f"{where}originals/history/").content.decode()


def test_what_was_held_removed_and_handed_out_is_looked_at(clerk, as_user, people, estate):
    world = handled(as_user, estate)
    supervisor = people["supervisor"]
    rows = [
        Hold.objects.create(case=world.case, reason="业主申请复议", by=supervisor),
        Purge.objects.create(
            of="originals",
            before=timezone.now(),
            removed=1,
            held=2,
            ids=[str(world.before.pk)],
        ),
        SealedFile.objects.create(
            case=world.case, by=supervisor, files=9, bytes=99, manifest_sha256="ab" * 32
        ),
    ]
    said = ("业主申请复议", str(world.before.pk), "ab" * 32)
    for row, text in zip(rows, said, strict=True):
        where = f"/admin/inspections/{row._meta.model_name}/"
        assert clerk.get(where).status_code == 200
        page = clerk.get(f"{where}{row.pk}/change/")
        assert (page.status_code, text in page.content.decode()) == (200, True)
        assert clerk.post(f"{where}{row.pk}/change/", {}).status_code == 403
        assert clerk.get(f"{where}add/").status_code == 403
        assert clerk.get(f"{where}{row.pk}/delete/").status_code == 403
