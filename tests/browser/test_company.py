"""A company answers by phone: what is asked, the photo from the same place, a line that goes."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from inspections import tasks
from inspections.models import Case, Move, Photo, Refused
from tests import tus
from tests.browser.conftest import CHROMIUM, PHONE
from tests.browser.films import film
from tests.cases import a_case, made
from tests.pictures import photo as picture
from tests.records import a_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser(playwright, system_chromium, tmp_path_factory) -> Iterator[Browser]:
    seen = film(tmp_path_factory.mktemp("seen") / "wall.y4m", "XUNTU")
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={seen}"]
    chromium = playwright.chromium.launch(
        executable_path=system_chromium, args=[*CHROMIUM, *camera]
    )
    yield chromium
    chromium.close()


@pytest.fixture
def case(as_user, estate, live, settings) -> Case:
    """Assigned to the estate's company, with a photo of what was found."""
    data = Path(live.environment["XUNTU_DATA"])
    settings.UPLOADS_DIR, settings.MEDIA_ROOT = data / "uploads", data / "photos"
    before = picture(size=(640, 480))
    named, record = a_photo(before, item="ZM-01"), uuid4()
    case = a_case(as_user("inspector"), estate, id=record, photos=[named])
    reply = tus.upload(as_user("inspector"), before, entry=record, photo=named["id"])
    assert reply.status_code == 204
    tasks.make_derivatives(photo=named["id"])
    made(as_user("supervisor"), case, "file")
    return made(as_user("supervisor"), case, "assign")


def test_a_company_answers_by_phone_and_nothing_is_lost_with_the_line(
    page_as, as_user, people, estate, case
):
    page = page_as(
        "company", viewport=PHONE, permissions=["camera"], expected=("Failed to load", "ERR_")
    )
    page.goto("/")
    expect(page.get_by_role("link", name="银星花园")).to_contain_text("请接收")
    page.get_by_role("link", name="银星花园").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(case.title)
    expect(page.locator(".asks")).to_contain_text("前")
    expect(page.locator("main")).not_to_contain_text("inspector")
    page.get_by_role("button", name="接收").click()
    expect(page.get_by_text("街道已收到，照片齐全")).to_be_visible()
    expect(page.get_by_role("link", name="反馈整改结果")).to_be_visible()
    page.get_by_role("link", name="反馈整改结果").click()
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#wrong-note")).to_have_text("请填写")
    page.get_by_label("做了什么").fill("灯已修好，换了灯头")
    page.get_by_role("link", name="在同一位置拍").click()
    expect(page.locator(".finder svg.ghost image")).to_be_visible()
    page.get_by_role("button", name="拍照", exact=True).click()
    expect(page.locator(".beside .taken img")).to_be_visible()

    # In the basement there is no line: it is kept, through a reload, and says so.
    page.context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已保存在这部手机上，还没送到街道")).to_be_visible()
    assert Move.objects.filter(name="hand_back").count() == 0
    page.context.set_offline(False)
    expect(page.get_by_text("街道已收到，照片齐全")).to_be_visible()
    case.refresh_from_db()
    move = Move.objects.get(name="hand_back")
    photo = Photo.objects.get(move=move)
    before = Photo.objects.get(inspection__isnull=False)
    assert (case.state, move.by, move.note) == ("checking", people["company"], "灯已修好，换了灯头")
    assert (photo.pair, photo.held_at is not None, photo.how) == (before.pk, True, "camera")
    expect(page.locator(".asks")).to_contain_text("等待复查")


def test_what_was_answered_to_a_case_that_went_to_another_is_said_so_and_kept(
    page_as, as_user, people, case
):
    made(as_user("company"), case, "claim")
    unit = people["unit"].memberships.get().unit
    page = page_as("company", viewport=PHONE, expected=("Failed to load",))
    page.goto(f"/company/#/case/{case.pk}")
    page.get_by_role("link", name="不属于我方").click()
    page.get_by_label("原因").fill("这盏灯归路灯所")
    # Meanwhile it is given to somebody else, and so is no case of theirs any more.
    made(as_user("supervisor"), case, "assign", handler={"kind": "unit", "unit": unit.pk})
    page.get_by_role("button", name="提交").click()

    said = f"{case.number} 号案卷已转由别的单位处置，“退回”没有办理"
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_text("你填写的内容街道已留存")).to_be_visible()
    page.goto("/company/")
    expect(page.get_by_text(said)).to_be_visible()
    refused = Refused.objects.get(code="case_not_found")
    assert json.loads(bytes(refused.body))["note"] == "这盏灯归路灯所"
    page.get_by_role("button", name="知道了").click()
    expect(page.get_by_text(said)).to_be_hidden()


def test_a_phone_has_room_for_the_whole_count_of_what_is_to_be_done(page_as, case):
    page = page_as("company", viewport=PHONE, locale="en-GB")
    page.goto("/company/")
    expect(page.get_by_role("heading", name="Our cases")).to_be_attached()
    expect(page.get_by_role("link", name="Xuntu")).to_be_visible()
    pages = page.get_by_role("navigation", name="Pages")
    expect(pages.locator(".inbox")).to_be_visible()
    assert pages.evaluate("nav => nav.scrollWidth <= nav.clientWidth")
