"""How long what is kept: removed when its period is over, never before, and said first."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone, translation

from inspections import tasks
from inspections.models import (
    Case,
    Complainant,
    Complaint,
    Finding,
    Hold,
    Kept,
    Photo,
    Proposal,
    Purge,
    Refused,
    Retention,
)
from inspections.services.evidence import retention
from tests import tus
from tests.evidence.test_sealed import handed_out, verified
from tests.evidence.worlds import World, bring, handled, move, named, recorded
from tests.factories import EstateFactory
from tests.pictures import photo
from tests.records import a_lamp, a_record, propose, put

pytestmark = pytest.mark.django_db(transaction=True)

YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


@pytest.fixture(autouse=True)
def periods(db) -> None:
    """As a new office has them; tests that empty tables leave none."""
    days = {"originals": 365, "unused": 365, "complainants": 365, "refused": 180, "deliveries": 90}
    for of, n in days.items():
        Retention.objects.update_or_create(of=of, defaults={"days": n})


@pytest.fixture
def closed(as_user, estate) -> World:
    """Handed back, looked at and closed."""
    world = handled(as_user, estate)
    shot = photo(size=(500, 401))
    told = named(shot, pair=str(world.before.pk), item="ZM-01")
    move(as_user("inspector"), world.case, "pass_check", (told, shot))
    move(as_user("supervisor"), world.case, "close")
    world.case.refresh_from_db()
    assert world.case.state == "closed"
    return world


def file_of(row: Photo, settings) -> Path:
    return Path(settings.MEDIA_ROOT) / "originals" / row.sha256[:2] / row.sha256[2:4] / row.sha256


def removed(**after: float) -> dict[str, int]:
    done = retention.purge(now=timezone.now() + timedelta(**after))
    return {each.of.value: each.removed for each in done if each.removed}


def test_originals_of_a_closed_case_go_after_a_year_and_all_else_stays(
    as_user, closed, settings, tmp_path
):
    photos = list(Photo.objects.all())
    assert len(photos) == 3
    assert removed(days=364) == {}
    assert removed(days=366) == {"originals": 3}
    assert [file_of(each, settings).exists() for each in photos] == [False] * 3
    client = as_user("supervisor")
    for each in photos:
        address = f"/api/v1/photos/{each.pk}"
        assert client.get(f"{address}/large.jpg").status_code == 200
        assert client.get(f"{address}/small.jpg").status_code == 200
        reply = client.get(f"{address}/original")
        assert (reply.status_code, reply.json()["code"]) == (410, "photo_purged")
        assert reply.json()["details"]["sha256"] == each.sha256
        told = client.get(f"{address}/").json()
        assert (told["held"], told["sha256"], told["original"]) == (True, each.sha256, None)
        assert told["purged_at"] is not None
    run = Purge.objects.get()
    assert (run.of, run.removed, run.held) == ("originals", 3, 0)
    assert run.ids == sorted(str(each.pk) for each in photos)
    assert run.bytes == sum(each.bytes for each in photos)
    assert run.finished_at is not None
    # And the sealed file says so, and is whole.
    path = tmp_path / "case.zip"
    path.write_bytes(handed_out(client, closed).getvalue())
    code, said = verified(path)
    assert code == 0
    for each in photos:
        gone = f"originals/{each.sha256}.jpg (SHA-256 {each.sha256})"
        assert f"Removed when its period of keeping was over: {gone}" in said


def test_what_is_gone_is_gone_once(closed):
    assert removed(days=366) == {"originals": 3}
    assert removed(days=367) == {}
    assert Purge.objects.count() == 1


def test_a_dry_run_says_the_same_and_removes_nothing(closed, settings):
    dry = retention.purge(now=timezone.now() + timedelta(days=366), dry_run=True)
    assert {each.of: each.removed for each in dry}[Kept.ORIGINALS] == 3
    assert (Purge.objects.exists(), Photo.objects.filter(original="").exists()) == (False, False)
    assert removed(days=366) == {"originals": 3}


def test_the_command_says_what_it_did(closed):
    Retention.objects.filter(of="originals").update(days=0)
    said = io.StringIO()
    with translation.override("en"):
        call_command("purge", "--dry-run", stdout=said)
        call_command("purge", stdout=said)
    lines = said.getvalue().splitlines()
    size = sum(Photo.objects.values_list("bytes", flat=True))
    today = timezone.localdate().isoformat()
    line = f"original photos of closed cases, older than {today}: 3 ({size} bytes)"
    assert [each for each in lines if each.startswith("original photos")] == [
        f"{line}; kept for a dispute: 0."
    ] * 2
    assert "Nothing was removed: this was a dry run." in lines


def test_the_worker_does_it_by_itself(closed):
    Retention.objects.filter(of="originals").update(days=0)
    assert tasks.purge(timestamp=0) == 3


def test_an_open_case_keeps_everything_however_old(as_user, estate):
    handled(as_user, estate)
    assert removed(days=4000) == {}


def test_a_reopened_case_keeps_what_is_left(as_user, closed):
    move(as_user("supervisor"), closed.case, "reopen", note="又坏了")
    assert removed(days=4000) == {}


def test_what_is_held_for_a_dispute_stays_until_it_is_lifted(as_user, closed):
    client, address = as_user("supervisor"), f"/api/v1/cases/{closed.case.pk}/hold/"
    reply = client.put(address, {"reason": "业主申请复议"}, format="json")
    assert reply.status_code == 201
    assert removed(days=366) == {}
    run = retention.purge(now=timezone.now() + timedelta(days=366), dry_run=True)
    assert {each.of: each.held for each in run}[Kept.ORIGINALS] == 3
    assert client.delete(address).status_code == 204
    assert removed(days=366) == {"originals": 3}


def test_a_hold_is_set_once_told_with_the_case_and_lifted_once(as_user, closed, people):
    client, address = as_user("supervisor"), f"/api/v1/cases/{closed.case.pk}/hold/"
    body = {"reason": "业主申请复议"}
    first, again = (client.put(address, body, format="json") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    told = client.get(f"/api/v1/cases/{closed.case.pk}/evidence/").json()["hold"]
    assert told == first.json() == body | {"by": "supervisor", "since": told["since"]}
    # The company is not told of it.
    theirs = as_user("company").get(f"/api/v1/cases/{closed.case.pk}/evidence/").json()
    assert theirs["hold"] is None
    other = client.put(address, {"reason": "诉讼"}, format="json")
    assert (other.status_code, Hold.objects.count()) == (201, 2)
    assert [client.delete(address).status_code for _ in range(2)] == [204, 204]
    assert not Hold.objects.filter(lifted_at=None).exists()
    assert set(Hold.objects.values_list("lifted_by__username", flat=True)) == {"supervisor"}
    for wrong in ({}, {"reason": " "}, {"reason": 4}, {"reason": "很" * 301}, []):
        reply = client.put(address, wrong, format="json")
        assert (reply.status_code, reply.json()["code"]) == (400, "hold_invalid")


HOLDS = {"admin": 201, "supervisor": 200}
HOLDS |= dict.fromkeys(
    ("inspector", "officer", "planner", "leader", "clerk", "unit", "company"), 403
)
HOLDS |= {"inspector2": 404, "stranger": 404, "nobody": 401}


def test_who_holds_a_case(as_user, closed):
    address = f"/api/v1/cases/{closed.case.pk}/hold/"
    put_, gone = {}, {}
    for who in HOLDS:
        put_[who] = as_user(who).put(address, {"reason": "诉讼"}, format="json").status_code
    for who in HOLDS:
        gone[who] = as_user(who).delete(address).status_code
    assert put_ == HOLDS
    assert gone == HOLDS | {"admin": 204, "supervisor": 204}


def test_a_photo_that_an_open_case_shows_too_stays(as_user, closed, estate):
    """The same picture in another record: one file, of two cases."""
    body = photo(size=(640, 480))
    told = named(body, item="ZM-01")
    recorded(as_user("inspector"), estate, (told, body), answers={"ZM-01": True})
    assert Case.objects.filter(ended_at=None).count() == 1
    assert removed(days=366) == {"originals": 2}
    assert Photo.objects.get(pk=told["id"]).open_original().read() == body
    assert closed.before.open_original().read() == body


def test_a_case_that_was_joined_to_another_rests_with_it(as_user, estate):
    client, supervisor = as_user("inspector"), as_user("supervisor")
    for n in range(2):
        body = photo(size=(300, 200 + n))
        recorded(client, estate, (named(body, item="ZM-01"), body))
    first, second = Case.objects.order_by("number")
    move(supervisor, second, "file")
    move(supervisor, first, "join", into=str(second.pk))
    first.refresh_from_db()
    assert first.state == "joined"
    assert removed(days=366) == {}
    move(supervisor, second, "void", note="不是隐患")
    assert removed(days=366) == {"originals": 2}


def test_what_belongs_to_no_case_goes_wholly_but_its_hash(as_user, estate, settings):
    client = as_user("inspector")
    body = photo()
    told = named(body)
    entry = recorded(client, estate, (told, body), answers={"ZM-01": False})
    stray = tus.upload(client, photo(size=(99, 98)), entry=entry)
    assert stray.status_code == 204
    row = Photo.objects.get(pk=told["id"])
    assert removed(days=364) == {}
    assert removed(days=366) == {"unused": 2}
    made = [Path(settings.MEDIA_ROOT) / name for name in (row.small, row.large, row.unnamed)]
    assert [each.exists() for each in (file_of(row, settings), *made)] == [False] * 4
    for what in ("small.jpg", "large.jpg", "original"):
        reply = client.get(f"/api/v1/photos/{row.pk}/{what}")
        assert (reply.status_code, reply.json()["code"]) == (410, "photo_purged")
    # Nothing is made of it again.
    call_command("make_derivatives")
    assert tasks.make_derivatives(photo=str(row.pk)) is False
    assert Photo.objects.get(pk=row.pk).problem == ""


def test_a_tablet_is_told_that_it_is_held_and_sends_it_no_second_time(as_user, estate, settings):
    client, device = as_user("inspector"), "00000000-0000-0000-0000-00000000000d"
    body = photo()
    told = named(body)
    recorded(client, estate, (told, body), answers={"ZM-01": False}, device=device, number=1)
    before = client.get(f"/api/v1/receipts/?device={device}").json()
    assert removed(days=366) == {"unused": 1}
    after = client.get(f"/api/v1/receipts/?device={device}").json()
    assert after["entries"] == before["entries"]
    assert after["entries"][0]["photos"][0]["held"] is True
    # A correction names it again: held, and not asked for.
    row = Photo.objects.get()
    entry = str(row.entry)
    reply = put(
        client,
        a_record(
            estate, answers={"ZM-01": False}, supersedes=entry, reason="写错了", photos=[told]
        ),
    )
    assert reply.status_code == 201
    assert reply.json()["evidence"] == {"declared": 1, "held": 1}
    again = Photo.objects.exclude(pk=row.pk).get()
    assert (again.original, again.purged_at, again.held_at is not None) == (
        "",
        row.purged_at or again.purged_at,
        True,
    )
    # Nor is it taken if it is sent all the same: its file does not come back.
    reply = tus.create(client, len(body), **tus.of_photo(body, entry=entry, photo=told["id"]))
    assert (reply.status_code, reply["Upload-Offset"]) == (201, str(len(body)))
    assert not file_of(row, settings).exists()


def test_another_person_s_same_bytes_are_taken_anew(as_user, estate, settings):
    body = photo()
    told = named(body)
    recorded(as_user("inspector"), estate, (told, body), answers={"ZM-01": False})
    assert removed(days=366) == {"unused": 1}
    theirs = named(body)
    entry = recorded(as_user("supervisor"), estate, answers={"ZM-01": False}, photos=[theirs])
    assert bring(as_user("supervisor"), entry, theirs, body).open_original().read() == body
    assert Photo.objects.get(pk=told["id"]).purged_at is not None


def test_a_run_that_is_interrupted_is_gone_on_with(closed, settings, monkeypatch):
    """The rows say it first: power fails before a file is gone, and between two of them."""
    photos = list(Photo.objects.all())
    real, left = retention._remove_file, [1]

    def fails(sha256):
        if not left:
            raise OSError("power")
        left.pop()
        real(sha256)

    monkeypatch.setattr(retention, "_remove_file", fails)
    with pytest.raises(OSError, match="power"):
        retention.purge(now=timezone.now() + YEAR + timedelta(days=1))
    assert [file_of(each, settings).exists() for each in photos].count(False) == 1
    assert not Photo.objects.exclude(original="").exists()
    assert Purge.objects.get().finished_at is None
    monkeypatch.undo()
    assert removed(days=367) == {}
    assert [file_of(each, settings).exists() for each in photos] == [False] * 3
    assert Purge.objects.get().finished_at is not None


def test_a_file_stays_as_long_as_somebody_may_have_read_that_it_is_there(closed, settings):
    """A transaction that began before the rows said so may be writing another row that shows it."""
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        assert removed(days=366) == {"originals": 3}
        assert file_of(closed.before, settings).exists()
        assert Purge.objects.get().finished_at is None
        other.rollback()
    finally:
        other.close()
    assert retention.finish() == 1
    assert not file_of(closed.before, settings).exists()


def test_a_file_that_is_needed_again_meanwhile_stays(closed, settings):
    """Brought anew, by somebody else, between what the rows say and what is done."""
    row, name = closed.before, closed.before.original
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        assert removed(days=366) == {"originals": 3}
        Photo.objects.filter(pk=row.pk).update(original=name, purged_at=None)
        other.rollback()
    finally:
        other.close()
    assert retention.finish() == 1
    assert file_of(row, settings).exists()
    assert not file_of(closed.after, settings).exists()


def test_photos_of_an_undecided_proposal_and_of_papers_stay(as_user, estate):
    client, body = as_user("inspector"), photo()
    told = named(body)
    reply = propose(client, a_lamp(estate, photos=[told]), entry := told["id"])
    assert reply.status_code == 201, reply.json()
    bring(client, entry, told, body)
    assert removed(days=4000) == {}
    Proposal.objects.update(standing="declined", decided_at=timezone.now(), note="没有")
    assert removed(days=366) == {"unused": 1}


def test_who_complained_is_forgotten_a_year_after_the_case_was_closed(
    as_user, closed, people, community
):
    complaint = Complaint.objects.create(
        id="00000000-0000-7000-8000-000000000001",
        case=closed.case,
        channel="phone",
        community=community,
        text="灯不亮",
        received_at=timezone.now(),
        entered_by=people["officer"],
    )
    Complainant.objects.create(complaint=complaint, name="张三", phone="13800000000")
    Retention.objects.exclude(of="complainants").delete()
    assert removed(days=364) == {}
    hold = Hold.objects.create(case=closed.case, reason="诉讼", by=people["supervisor"])
    assert removed(days=366) == {}
    hold.lifted_at, hold.lifted_by = timezone.now(), people["supervisor"]
    hold.save()
    assert removed(days=366) == {"complainants": 1}
    assert (Complainant.objects.exists(), Complaint.objects.get().text) == (False, "灯不亮")
    assert Purge.objects.get().ids == [str(complaint.pk)]
    assert "张三" not in str(Purge.objects.values_list("ids", "of"))


def test_what_was_refused_is_forgotten_and_that_it_was_stays(as_user, estate):
    reply = put(as_user("inspector"), a_record(estate, answers={"ZM-99": 1}))
    assert reply.status_code == 400
    row = Refused.objects.get()
    assert removed(days=179) == {}
    assert removed(days=181) == {"refused": 1}
    after = Refused.objects.get()
    assert (after.body, after.body_sha256, after.code) == (None, row.body_sha256, row.code)


def test_without_a_period_nothing_is_removed(closed):
    Retention.objects.all().delete()
    assert retention.purge(now=timezone.now() + timedelta(days=9000)) == []


def test_a_finding_of_a_correction_keeps_its_record_s_photos(as_user, estate):
    """The photos of the first record of a chain belong to the case of the last."""
    client = as_user("inspector")
    body = photo()
    told = named(body)
    entry = recorded(client, estate, (told, body), answers={"ZM-01": False})
    reply = put(client, a_record(estate, supersedes=str(entry), reason="看错了"))
    assert reply.status_code == 201
    assert Finding.objects.get().case is not None
    assert removed(days=4000) == {}


def test_two_estates_do_not_keep_one_another_s(as_user, closed, community):
    other = EstateFactory(community=community)
    body = photo(size=(333, 222))
    recorded(as_user("inspector"), other, (named(body, item="ZM-01"), body))
    assert removed(days=366) == {"originals": 3}
    assert Photo.objects.get(sha256=tus.sha256(body)).original != ""
