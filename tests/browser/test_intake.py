"""A complaint is taken by the keyboard alone: written, placed on the map, joined or not."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from inspections import tasks
from inspections.models import Case, Complainant, Complaint, Photo
from tests.pictures import photo as picture
from tests.test_complaints import a_complaint, take

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_complaint_is_taken_by_the_keyboard_and_placed_on_the_map(
    page_as, as_user, people, estate
):
    now = timezone.now().isoformat()
    before = take(as_user("officer"), a_complaint(estate, received_at=now)).json()["properties"]
    page = page_as("officer", draws=True)
    page.goto("/cases/new/")
    expect(page.get_by_label("反映内容")).to_be_focused()
    keys = page.keyboard
    keys.type("3栋楼下消防通道停满车，消防车进不来")
    keys.press("Tab")
    keys.type("银星")
    expect(page.get_by_role("option", name="银星花园")).to_be_visible()
    keys.press("Enter")
    expect(page.get_by_label("小区")).to_have_value("银星花园")

    # What is open there already, with a way to join it; here it is another matter.
    alike = page.locator(".intake-alike")
    expect(alike).to_contain_text("消防通道停车")
    expect(alike.get_by_role("button")).to_have_text(f"并入 {before['case_number']} 号")

    page.get_by_role("button", name="到地图上标位置").focus()
    keys.press("Enter")
    expect(page.locator(".maplibregl-canvas")).to_be_focused()
    # The cross stands in the middle of what is seen, and the estate was fitted into that.
    expect(page.locator(".intake-cross")).to_be_visible()
    keys.press("Enter")
    expect(page.get_by_text("已标出")).to_be_visible()
    expect(page.get_by_label("事由")).to_be_focused()
    keys.type("消防通道占用")
    page.get_by_label("姓名").fill("林阿姨")
    keys.press("Control+Enter")
    expect(page.get_by_text("已受理")).to_be_visible()
    expect(page.get_by_label("反映内容")).to_have_value("")
    expect(page.get_by_label("反映内容")).to_be_focused()

    taken = Complaint.objects.exclude(case=before["case"]).get()
    assert taken.place is not None
    assert (taken.estate, taken.case.place, taken.case.title) == (
        estate,
        taken.place,
        "消防通道占用",
    )
    assert Complainant.objects.get().name == "林阿姨"
    expect(page.locator(".intake-done")).to_contain_text(f"{taken.case.number} 号")

    # The next call is about the same: it joins.
    keys.type("消防通道还是停满车")
    keys.press("Tab")
    keys.type("银星")
    keys.press("Enter")
    join = page.get_by_role("button", name=f"并入 {taken.case.number} 号")
    join.focus()
    keys.press("Enter")
    expect(page.get_by_text(f"将并入 {taken.case.number} 号案卷")).to_be_visible()
    keys.press("Control+Enter")
    expect(page.locator(".intake-done li")).to_have_count(2)
    assert (taken.case.complaints.count(), Case.objects.count()) == (2, 2)


def test_what_is_missing_is_pointed_out_and_nothing_written_is_lost(page_as, estate):
    page = page_as("clerk", viewport={"width": 800, "height": 1280}, locale="en-GB")
    page.goto("/cases/new/")
    page.get_by_label("What is said").fill("Cars in the fire lane")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#wrong-estate")).to_have_text("Choose the estate, or mark the place")
    expect(page.locator("#wrong-title")).to_have_text("This is needed")
    expect(page.get_by_label("Estate", exact=True)).to_be_focused()
    expect(page.get_by_label("What is said")).to_have_value("Cars in the fire lane")
    # A clerk opens no case of joint enforcement.
    expect(page.get_by_role("radio", name="Joint enforcement")).to_have_count(0)
    page.get_by_role("radio", name="From a file").check()
    page.set_input_files(
        "input[type=file]",
        {
            "name": "投诉.csv",
            "mimeType": "text/csv",
            "buffer": "内容,受理时间,小区\n停车,2024-11-30,银星花园\n".encode("gb18030"),
        },
    )
    page.get_by_role("button", name="Take 1 in").click()
    expect(page.get_by_text("1 complaint was taken in")).to_be_visible()
    assert Complaint.objects.get().estate == estate


def test_a_residents_photos_go_with_the_complaint_and_are_seen_in_its_case(
    page_as, people, estate, live, settings
):
    data = Path(live.environment["XUNTU_DATA"])
    settings.UPLOADS_DIR, settings.MEDIA_ROOT = data / "uploads", data / "photos"
    page = page_as("officer", expected=("Failed to load",))
    page.goto("/cases/new/")
    page.get_by_label("反映内容").fill("楼道灯不亮")
    page.get_by_label("小区").fill("银星")
    page.keyboard.press("Enter")
    page.get_by_label("事由").fill("楼道照明")
    page.get_by_label("居民提供的照片").set_input_files(
        [
            {"name": "楼道.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(640, 480))},
            {"name": "二.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(641, 480))},
            {"name": "说明.txt", "mimeType": "text/plain", "buffer": "楼道灯不亮".encode()},
        ]
    )
    expect(page.locator(".attached li")).to_have_count(2)
    expect(page.get_by_text("“说明.txt”")).to_be_visible()
    page.get_by_role("button", name="去掉“二.jpg”").click()
    expect(page.locator(".attached li")).to_have_count(1)
    page.get_by_label("反映内容").press("Control+Enter")
    expect(page.get_by_text("照片已存好（1）")).to_be_visible()
    expect(page.locator(".attached li")).to_have_count(0)

    row = Photo.objects.get()
    assert (row.complaint, row.name, row.how) == (Complaint.objects.get(), "楼道.jpg", "picker")
    assert row.held_at is not None
    tasks.make_derivatives(photo=str(row.pk))
    page.locator(".intake-done a").click()
    expect(page.locator("#case-complaints + ul img")).to_be_visible()
