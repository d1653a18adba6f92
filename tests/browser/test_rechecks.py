"""Looking again, on a tablet with no network: the photo from before over the camera's picture, and
what is done true at once and afterwards."""

from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from inspections import tasks
from inspections.models import Case, Finding, Move, Photo
from tests import tus
from tests.browser import day
from tests.browser.films import by_phone
from tests.records import a_record, put

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Two photos are never the same to the byte.
SECONDS = count(10)


@pytest.fixture(autouse=True)
def stores(live, settings) -> None:
    """Where the running server has its photos."""
    data = Path(live.environment["XUNTU_DATA"])
    settings.UPLOADS_DIR, settings.MEDIA_ROOT = data / "uploads", data / "photos"


@pytest.fixture
def found(as_user, estate):
    """A fault with a photo, recorded by the inspector's colleague; its case."""

    def record(code: str = "XF-01") -> Case:
        told, upload = photographed(item=code)
        entry = str(uuid4())
        record = a_record(estate, kind="fire_lane", answers={code: True}, photos=[told])
        client = as_user("supervisor")
        assert put(client, record, entry).status_code == 201
        upload(client, entry)
        return Case.objects.get(pk=Case.id_of(Finding.id_of(UUID(entry), code)))

    return record


def photographed(**more):
    body, photo = by_phone(f"2024:11:20 09:30:{next(SECONDS):02}"), str(uuid4())
    told = {"id": photo, "sha256": tus.sha256(body), "bytes": len(body), "type": "image/jpeg"}

    def upload(client, entry: str) -> None:
        assert tus.upload(client, body, entry=entry, photo=photo).status_code == 204
        tasks.make_derivatives(photo=photo)

    return told | {"how": "camera"} | more, upload


def move(client, case: Case, name: str, id: str | None = None, **more):
    case.refresh_from_db()
    told = {"move": name, "version": case.version, "recorded_at": "2024-12-02T10:00:00+08:00"}
    reply = client.put(
        f"/api/v1/cases/{case.pk}/moves/{id or uuid4()}/", told | more, format="json"
    )
    assert reply.status_code in (200, 201), reply.content
    return reply.json()


def hand_back(as_user, case: Case, estate) -> None:
    """By the community's own group, with a photo beside the first."""
    move(as_user("supervisor"), case, "file")
    move(as_user("supervisor"), case, "assign", handler={"kind": "community"})
    before = Photo.objects.get(inspection__findings__case=case)
    told, upload = photographed(pair=str(before.pk))
    id = str(uuid4())
    move(as_user("officer"), case, "hand_back", id, note="杂物已清走", photos=[told])
    upload(as_user("officer"), id)


@pytest.fixture
def away(tablet, people):
    """An inspector's tablet with its pack, and no network."""
    tablet.sign_in(people["inspector"])
    page = tablet.open()
    day.take_pack(page)
    day.go(page, "tablet")
    expect(page.get_by_text("可以打开，可以检查")).to_be_visible()
    return page


def renew(page: Page) -> None:
    """The pack, up to now."""
    day.go(page, "pack")
    page.get_by_role("button", name="更新", exact=True).click()
    expect(page.get_by_role("button", name="更新", exact=True)).to_be_visible()


def shoot_beside(page: Page) -> None:
    """With the photo from before over the picture."""
    page.get_by_role("link", name="拍照").click()
    expect(day.shutter(page)).to_be_visible()
    expect(page.get_by_role("img", name="上次的照片")).to_be_visible()
    day.shutter(page).click()
    expect(page.locator(".last .count")).to_have_text("1")
    page.get_by_role("button", name="完成").click()


def test_what_was_just_found_is_put_right_on_the_spot_with_no_network(tablet, away, estate):
    page = away
    tablet.go_offline(True)
    day.begin(page, estate, "fire_lane")
    day.report(page, "XF-01")
    day.photograph(page, "XF-01")
    day.submit(page)
    found = page.get_by_role("region", name="发现的隐患")
    found.get_by_role("link").click()
    page.get_by_role("button", name="当场整改").click()
    expect(page.get_by_role("alert")).to_have_text("请先拍照")
    shoot_beside(page)
    page.get_by_label("说明").fill("已当场搬走")
    page.get_by_role("button", name="当场整改").click()
    expect(page.get_by_role("heading", name="复查", exact=True)).to_be_visible()
    done = page.get_by_role("region", name="本机已办，等街道确认")
    expect(done.get_by_role("link")).to_contain_text("新案卷")
    day.waits(page, 2)
    tablet.go_offline(False)
    day.all_is_held(page, 2)
    case = Case.objects.get()
    assert (case.state, case.version) == ("fixed", 1)
    made = Move.objects.get()
    assert (made.name, made.standing, made.note) == ("fix_on_spot", "made", "已当场搬走")
    before = Photo.objects.get(inspection__isnull=False)
    assert made.photos.get().pair == before.pk
    assert Photo.objects.filter(held_at__isnull=False).count() == 2


def test_a_case_is_looked_at_again_offline_and_one_that_went_on_becomes_a_suggestion(
    found, as_user, tablet, people, estate, away
):
    page = away
    good, gone_on = found("XF-01"), found("XF-02")
    for case in (good, gone_on):
        hand_back(as_user, case, estate)
    renew(page)
    tablet.go_offline(True)

    day.go(page, "rechecks")
    page.get_by_role("link", name=f"案卷 {good.number}").click()
    expect(page.get_by_text("杂物已清走")).to_be_visible()
    expect(page.get_by_role("img", name="整改前")).to_be_visible()
    expect(page.get_by_role("img", name="整改后（责任单位）")).to_be_visible()
    shoot_beside(page)
    page.get_by_role("button", name="复查合格").click()

    page.get_by_role("link", name=f"案卷 {gone_on.number}").click()
    shoot_beside(page)
    page.get_by_role("button", name="复查不合格").click()
    expect(page.get_by_role("alert")).to_have_text("请写明哪里不合格")
    page.get_by_label("复查意见").fill("又堆上了")
    page.get_by_role("button", name="复查不合格").click()
    done = page.get_by_role("region", name="本机已办，等街道确认")
    expect(done.get_by_role("link")).to_have_count(2)

    # Meanwhile the office closed the second.
    move(as_user("supervisor"), gone_on, "close")
    tablet.go_offline(False)
    day.all_is_held(page, 2)
    good.refresh_from_db()
    assert good.state == "checked"
    late = Move.objects.get(name="fail_check")
    assert (late.standing, late.problem, late.note) == ("proposed", "moved_meanwhile", "又堆上了")
    assert late.photos.filter(held_at__isnull=False).count() == 1
    # With the next pack both cases are gone from the list; what is a suggestion is still told.
    renew(page)
    day.go(page, "rechecks")
    expect(page.get_by_text("没有待复查的案卷")).to_be_visible()
    expect(page.get_by_role("region", name="本机已办，等街道确认")).to_have_count(0)
    waiting = page.get_by_role("region", name="已转为建议，等街道决定")
    waiting.get_by_role("link", name=f"案卷 {gone_on.number}").click()
    expect(page.get_by_text("情况有变，已转为建议，等街道决定")).to_be_visible()
    # The office does not take it up; with the next contact the tablet says so.
    decided = as_user("supervisor").put(
        f"/api/v1/cases/{gone_on.pk}/moves/{late.pk}/decision/",
        {"accept": False, "note": "已另行安排"},
        format="json",
    )
    assert decided.status_code == 200, decided.content
    page.reload()
    expect(page.get_by_text("街道看过这条建议，没有采纳")).to_be_visible()
