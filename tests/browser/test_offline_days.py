"""Ordinary bad days on a tablet: nothing is lost, and each has its sentence."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from inspections.models import Inspection, Photo, Refused
from people.models import Membership
from tests.browser import day
from tests.browser.mishaps import CLOSE_ALL, CONNECTIONS, clock_off
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY_S = 24 * 3600


@pytest.fixture
def away(tablet, people):
    """An inspector's tablet with its pack, ready to be without a network."""

    def made(*, scripts: tuple[str, ...] = ()):
        for each in scripts:
            tablet.context.add_init_script(each)
        tablet.sign_in(people["inspector"])
        page = tablet.open()
        day.take_pack(page)
        day.go(page, "tablet")
        expect(page.get_by_text("可以打开，可以检查")).to_be_visible()
        return page

    return made


@pytest.fixture
def photo(tmp_path) -> Path:
    file = tmp_path / "IMG_0007.jpg"
    Image.effect_noise((1500, 1200), 80).convert("RGB").save(file, quality=90)
    return file


def test_a_full_disk_a_closed_database_a_cut_line_and_two_tabs(
    away, tablet, line, people, estate, photo
):
    away()
    tablet.switch_off()
    line.refuses()
    tablet.switch_on()
    tablet.context.add_init_script(CONNECTIONS)

    # Nothing can be written: said at once of answers, of the record, and of the photo.
    devtools = tablet.context.new_cdp_session(tablet.context.pages[0])
    quota = "Storage.overrideQuotaForOrigin"
    devtools.send(quota, {"origin": tablet.home, "quotaSize": 1})
    page = tablet.open()
    day.begin(page, estate, "fire_lane")
    day.report(page, "XF-01")
    expect(page.locator(".sending")).to_contain_text("空间已满，未保存")
    day.review(page).click()
    expect(page.locator(".notice.bad")).to_contain_text("刚才的内容还没有存下来")
    page.get_by_role("link", name="返回").click()
    day.open_camera(page, "XF-01")
    day.shutter(page).click()
    expect(page.get_by_text("平板空间已满，这张没有存上")).to_be_visible()
    devtools.send(quota, {"origin": tablet.home})
    page.get_by_role("button", name="再存一次").click()
    expect(page.locator(".last .count")).to_have_text("1")
    page.get_by_role("button", name="完成").click()
    expect(page.locator(".sending")).not_to_contain_text("未保存")
    day.submit(page)
    day.waits(page, 1)

    # The browser closes the database under the app, twice in one checklist.
    day.begin(page, estate, "lighting")
    assert page.evaluate(CLOSE_ALL) > 0
    day.report(page, "ZM-01")
    day.choose_photo(page, estate, "lighting", "ZM-01", photo)
    page.evaluate(CLOSE_ALL)
    day.submit(page)
    day.waits(page, 2)

    # Two tabs, one sender.
    line.hangs()
    day.go(page, "outbox")
    page.get_by_role("button", name="立即上传").click()
    expect(page.get_by_role("button", name="停止上传")).to_be_enabled()
    second = tablet.open("/field/#/outbox")
    day.waits(second, 2)
    expect(second.get_by_text("另一个标签页正在上传")).to_be_visible()
    page.get_by_role("button", name="停止上传").click()
    expect(page.get_by_text("已停止上传")).to_be_visible()
    expect(page.get_by_role("button", name="停止上传")).to_be_disabled()

    # A line that breaks within a head, within a record, and twice within a photo.
    line.cuts_after(300, 2_000, 90_000, 300_000)
    while line.cuts < 4:
        page.get_by_role("button", name="立即上传").click()
        expect(page.get_by_role("button", name="停止上传", disabled=False)).to_have_count(0)
    for tab in (page, second):
        tab.bring_to_front()
        day.all_is_held(tab, 2)
    assert {each.content_sha256 for each in Inspection.objects.all()} == {
        entry["sha256"] for entry in day.on_disk(page, people["inspector"].pk, "entries")
    }
    assert Photo.objects.filter(held_at__isnull=False).count() == 2
    assert Refused.objects.count() == 0


def test_a_wrong_clock_an_expired_sign_in_another_person_and_a_move(
    away, tablet, line, people, estate, elsewhere
):
    inspector = people["inspector"]
    away()
    tablet.switch_off()
    line.refuses()

    # The clock is three days behind.
    tablet.switch_on()
    tablet.context.add_init_script(clock_off(-3 * DAY_S))
    page = tablet.open()
    day.begin(page, estate, "fire_lane")
    day.report(page, "XF-01")
    early = day.submit(page)
    tablet.switch_off()
    tablet.switch_on()
    page = tablet.open()
    day.begin(page, estate, "lighting")
    day.report(page, "ZM-01")
    late = day.submit(page)
    day.waits(page, 2)

    # Meanwhile the inspector was moved to another community, and the sign-in expired.
    today = timezone.localdate()
    moved = Membership.objects.filter(user=inspector)
    moved.update(until=today - timedelta(days=2))
    MembershipFactory(
        user=inspector, role="inspector", community=elsewhere, since=today - timedelta(days=1)
    )
    Session.objects.all().delete()
    line.passes()
    day.go(page, "outbox")
    page.get_by_role("button", name="立即上传").click()
    expect(page.get_by_text("登录已过期。重新登录后继续上传，内容不会丢失。")).to_be_visible()
    day.waits(page, 2)

    # Someone else signs in on this tablet: they see nothing of it and send nothing of it.
    tablet.sign_in(people["inspector2"])
    other = tablet.open("/field/#/statement")
    expect(other.get_by_text("这台平板还没有记录")).to_be_visible()
    expect(other.locator(".sending")).to_contain_text("都已上传")
    assert Inspection.objects.count() == 0
    other.close()
    page.close()

    # The first one again. What was recorded while it was theirs to record is held, whatever the
    # clock said; what came after the move came back, with its reason.
    tablet.sign_in(inspector)
    page = tablet.open("/field/#/outbox")
    expect(page.locator(".sending")).to_contain_text("1 条被退回")
    assert {str(each.pk) for each in Inspection.objects.all()} == {early}
    assert str(Refused.objects.get().entry) == late
    page.locator(".why").click()
    expect(page.get_by_text("在检查当天")).to_be_visible()
    expect(page.get_by_text("内容和照片都在平板上，内容在服务器也留有一份。")).to_be_visible()

    # The office puts the right back: sent again as it is.
    moved.update(until=None)
    page.get_by_role("button", name="原样再传一次").click()
    day.all_is_held(page, 2)
    assert {str(each.pk) for each in Inspection.objects.all()} == {early, late}


def test_a_tablet_whose_clock_is_wrong_is_told_by_how_much_and_its_records_are_taken(
    away, tablet, estate
):
    page = away(scripts=(clock_off(3 * DAY_S),))
    expect(page.get_by_text("比服务器快 3 天")).to_be_visible()
    expect(page.get_by_text("记录照常保存，服务器会记下时差")).to_be_visible()
    day.begin(page, estate, "fire_lane")
    day.report(page, "XF-01")
    day.submit(page)
    day.all_is_held(page, 1)
    assert Inspection.objects.get().doubts == ["clock"]
