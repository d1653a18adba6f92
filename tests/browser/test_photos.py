"""Photos as evidence, and where one stands: with a camera that sees a label on a wall."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.datum import wgs84_to_gcj02
from inspections import tasks
from inspections.models import Inspection, Photo
from tests import tus
from tests.browser import day
from tests.browser.conftest import CHROMIUM, PHONE, TABLET
from tests.browser.films import by_apple, by_phone, film
from tests.factories import BuildingFactory
from tests.pictures import photo as picture
from tests.records import a_record, put

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAMERA = ["--use-fake-device-for-media-stream"]
MAY = ["camera", "geolocation"]
BUILDING = 7014


@pytest.fixture(scope="module")
def browser(playwright, system_chromium, tmp_path_factory) -> Iterator[Browser]:
    seen = film(tmp_path_factory.mktemp("seen") / "wall.y4m", f"XUNTU:B{BUILDING}:B2")
    chromium = playwright.chromium.launch(
        executable_path=system_chromium,
        args=[*CHROMIUM, *CAMERA, f"--use-file-for-fake-video-capture={seen}"],
    )
    yield chromium
    chromium.close()


@pytest.fixture
def middle(estate) -> dict[str, float]:
    west, south, east, north = estate.geom.extent
    return {
        "longitude": (west + east) / 2 + 0.0000123,
        "latitude": (south + north) / 2 + 0.0000456,
        "accuracy": 8,
    }


@pytest.fixture
def opened(page_as, middle) -> Callable[..., Page]:
    """An inspector's page with the pack taken along."""

    def open_page(**options: Any) -> Page:
        page = page_as(
            "inspector",
            **{"viewport": TABLET, "permissions": MAY, "geolocation": middle} | options,
        )
        page.goto("/field/#/pack")
        page.get_by_role("button", name="下载").click()
        expect(page.get_by_role("button", name="更新")).to_be_visible()
        return page

    return open_page


def checklist(page: Page, estate, kind: str = "fire_lane") -> None:
    page.goto(f"/field/#/estate/{estate.pk}/{kind}")
    expect(page.locator(".question").first).to_be_visible()


def card(page: Page, code: str):
    return page.locator(f"#item-{code}")


def to_camera(page: Page, code: str) -> None:
    card(page, code).get_by_role("link", name="拍照").click()
    expect(page.get_by_role("button", name="拍照", exact=True)).to_be_visible()


def shoot(page: Page, *, so_far: int) -> None:
    page.get_by_role("button", name="拍照", exact=True).click()
    expect(page.locator(".last .count")).to_have_text(str(so_far + 1))


def draft_of(page: Page, estate, kind: str = "fire_lane") -> dict[str, Any]:
    """As it is on the disk, with the hash of the bytes beside each photo."""
    return page.evaluate(
        """async (key) => {
          const names = (await indexedDB.databases()).map(({ name }) => name);
          const name = names.find((each) => /^xuntu-[1-9]/.test(each));
          const db = await new Promise((resolve) => {
            indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
          });
          const of = (store, ...query) => new Promise((resolve) => {
            const asked = db.transaction(store).objectStore(store).getAll(...query);
            asked.onsuccess = () => resolve(asked.result);
          });
          const { draft } = (await of("drafts", key))[0];
          for (const photo of draft.photos) {
            const range = IDBKeyRange.bound([photo.id, 0], [photo.id, Infinity]);
            const pieces = await of("pieces", range);
            const whole = await new Blob(pieces.map(({ bytes }) => bytes)).arrayBuffer();
            const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
            photo.kept = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
            photo.length = whole.byteLength;
          }
          db.close();
          return draft;
        }""",
        f"{estate.pk}/{kind}",
    )


def test_many_photos_are_taken_in_a_row_and_survive_the_page(opened, estate, middle):
    page = opened()
    checklist(page, estate)
    card(page, "XF-01").get_by_label("有问题", exact=True).check()
    expect(card(page, "XF-01")).to_contain_text("要全景和近景各一张，已有 0 张")

    to_camera(page, "XF-01")
    caption = page.locator(".caption")
    expect(caption).to_contain_text("银星花园 XF-01")
    expect(caption).to_contain_text("± 8 米")
    expect(caption).to_contain_text(f"{middle['latitude']:.5f}, {middle['longitude']:.5f}")
    for so_far in range(3):
        shoot(page, so_far=so_far)
    # The page goes while the camera is open.
    page.goto("about:blank")
    checklist(page, estate)
    expect(card(page, "XF-01").locator("img.thumb")).to_have_count(3)
    expect(card(page, "XF-01")).not_to_contain_text("要全景和近景")

    photos = draft_of(page, estate)["photos"]
    assert [(each["kept"], each["length"]) for each in photos] == [
        (each["sha256"], each["bytes"]) for each in photos
    ]
    assert len({each["id"] for each in photos}) == 3
    for photo in photos:
        assert (photo["item"], photo["how"], photo["source"]) == ("XF-01", "camera", "gps")
        assert photo["accuracyM"] == 8
        assert photo["point"] == [
            pytest.approx(middle["longitude"], abs=1e-7),
            pytest.approx(middle["latitude"], abs=1e-7),
        ]
        assert photo["type"] in ("image/jpeg", "image/png")


def test_done_leads_back_to_the_question_and_a_deleted_photo_can_be_brought_back(opened, estate):
    page = opened(viewport=PHONE)
    checklist(page, estate)
    to_camera(page, "XF-16")
    shoot(page, so_far=0)
    shoot(page, so_far=1)
    page.get_by_role("button", name="完成").click()
    expect(card(page, "XF-16")).to_be_in_viewport()

    card(page, "XF-16").get_by_role("link", name="看 XF-16 的 2 张照片").click()
    expect(page.locator(".photo")).to_have_count(2)
    before = draft_of(page, estate)["photos"]
    page.get_by_role("button", name="删除 照片 1").click()
    expect(page.locator(".photo")).to_have_count(1)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".photo")).to_have_count(2)
    expect(page.locator(".photo").first).to_contain_text("现场拍摄")
    # Until all is on the disk, the page asks before it lets one go.
    page.wait_for_function("dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    page.reload()
    expect(page.locator(".photo")).to_have_count(2)
    assert draft_of(page, estate)["photos"] == before


def test_who_leaves_at_once_leaves_nothing_and_what_was_taken_arrives_to_the_byte(opened, estate):
    page = opened()
    checklist(page, estate)
    day.report(page, "XF-01")
    to_camera(page, "XF-01")
    # Both in one moment: the arrow waits for the photo.
    page.evaluate(
        """() => {
          document.querySelector("button.shutter").click();
          document.querySelector("a[aria-label=返回]").click();
        }"""
    )
    expect(card(page, "XF-01").locator("img.thumb")).to_have_count(1)
    [taken] = draft_of(page, estate)["photos"]
    assert taken["kept"] == taken["sha256"]

    record = Inspection.objects.filter(pk=day.submit(page))
    day.all_is_held(page, 1)
    photo = Photo.objects.get()
    assert (str(photo.pk), photo.sha256, photo.bytes, photo.how, photo.item) == (
        taken["id"],
        taken["sha256"],
        taken["bytes"],
        "camera",
        "XF-01",
    )
    original = page.request.get(f"/api/v1/photos/{photo.pk}/original")
    assert sha256(original.body()).hexdigest() == taken["sha256"]
    assert record.get().photos_missing == 0


def test_the_photo_from_before_lies_over_the_picture(opened, as_user, live, settings, estate):
    # Where the running server has its photos.
    data = Path(live.environment["XUNTU_DATA"])
    settings.UPLOADS_DIR, settings.MEDIA_ROOT = data / "uploads", data / "photos"
    body, entry, photo = picture(), str(uuid4()), str(uuid4())
    told = {"id": photo, "sha256": tus.sha256(body), "bytes": len(body), "type": "image/jpeg"}
    reporter = as_user("inspector")
    record = a_record(
        estate,
        kind="fire_lane",
        answers={"XF-01": True},
        photos=[told | {"how": "camera", "item": "XF-01"}],
    )
    assert put(reporter, record, entry).status_code == 201
    assert tus.upload(reporter, body, entry=entry, photo=photo).status_code == 204
    tasks.make_derivatives(photo=photo)

    page = opened()
    checklist(page, estate)
    to_camera(page, "XF-01")
    ghost = page.get_by_role("img", name="上次的照片")
    expect(ghost).to_have_count(0)
    page.get_by_role("button", name="对照上次").click()
    expect(ghost).to_be_visible()
    lies = ghost.locator("image")
    assert lies.get_attribute("href").startswith("blob:")
    # Its longer side is as long as that of the camera's picture, its middle on the middle.
    frame = page.locator("video").evaluate("(each) => [each.videoWidth, each.videoHeight]")
    x, y, width, height = (
        float(lies.get_attribute(each) or "") for each in ("x", "y", "width", "height")
    )
    assert max(width, height) == max(frame)
    assert [x + width / 2, y + height / 2] == [side / 2 for side in frame]
    strength = page.get_by_label("上次照片的浓淡")
    seen = []
    for strong in ("2", "8"):
        strength.fill(strong)
        seen.append(lies.get_attribute("opacity"))
    assert seen == ["0.2", "0.8"]
    shoot(page, so_far=0)
    page.get_by_role("button", name="对照上次").click()
    expect(ghost).to_have_count(0)


def test_chosen_photos_say_what_their_files_know_and_what_is_unknown_is_unknown(
    opened, estate, middle
):
    page = opened()
    checklist(page, estate)
    page.goto(f"/field/#/estate/{estate.pk}/fire_lane/photos/XF-02")
    here = (middle["longitude"], middle["latitude"])
    files = {
        "here.jpg": by_phone("2024:11:20 09:30:05", *here),
        "far.jpg": by_phone("2024:11:20 09:31:00", here[0] + 0.02, here[1]),
        "bare.jpg": by_phone(None),
        "null.jpg": by_phone(None, 0.0, 0.0),
        "apple.heic": by_apple(),
        "words.jpg": b"this is no picture at all",
    }
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": data} for name, data in files.items()]
    )
    cards = page.locator(".photo")
    expect(cards).to_have_count(5)
    expect(page.get_by_text("“words.jpg”不是能保存的照片或视频")).to_be_visible()
    expect(cards.nth(0)).to_contain_text("从平板选取")
    expect(cards.nth(0)).to_contain_text("有拍摄位置")
    expect(cards.nth(0).get_by_role("time")).to_have_attribute("title", "2024年11月20日 09:30")
    expect(cards.nth(1)).to_contain_text("拍摄位置离小区")
    for unknown in (2, 3):
        expect(cards.nth(unknown)).to_contain_text("拍摄时间未知 · 拍摄位置未知")
    expect(cards.nth(4)).to_contain_text("HEIC 照片，这台平板不能显示，已原样保存")

    photos = draft_of(page, estate)["photos"]
    kept = [data for name, data in files.items() if name != "words.jpg"]
    assert [each["kept"] for each in photos] == [sha256(data).hexdigest() for data in kept]
    assert [each["type"] for each in photos] == ["image/jpeg"] * 4 + ["image/heic"]
    assert [each["how"] for each in photos] == ["picker"] * 5
    assert photos[0]["takenAt"] == "2024-11-20T01:30:05.000Z"
    assert photos[0]["point"] == [
        pytest.approx(here[0], abs=1e-6),
        pytest.approx(here[1], abs=1e-6),
    ]
    assert [each["point"] for each in photos[2:]] == [None, None, None]


def test_a_flicker_is_filmed(opened, estate):
    page = opened()
    checklist(page, estate, "lighting")
    card(page, "ZM-03").get_by_label("有问题", exact=True).check()
    expect(card(page, "ZM-03")).to_contain_text("还没有短视频")
    card(page, "ZM-03").get_by_role("link", name="拍照").click()
    page.get_by_role("button", name="开始录像").click()
    expect(page.locator(".caption .left")).to_contain_text("还剩 28 秒")
    page.get_by_role("button", name="停止录像").click()
    expect(page.locator(".last .count")).to_have_text("1")
    page.get_by_role("button", name="完成").click()
    expect(card(page, "ZM-03")).not_to_contain_text("还没有短视频")
    [video] = draft_of(page, estate, "lighting")["photos"]
    assert (video["how"], video["type"].split("/")[0]) == ("video", "video")
    assert video["kept"] == video["sha256"]
    assert 1000 < video["bytes"] < 20 * 2**20


def test_with_no_right_to_the_camera_a_sentence_and_the_picker_stand_there(opened, estate):
    page = opened(permissions=["geolocation"])
    checklist(page, estate)
    card(page, "XF-01").get_by_role("link", name="拍照").click()
    expect(page.get_by_text("浏览器没有相机权限")).to_be_visible()
    expect(page.get_by_role("button", name="再打开相机")).to_be_visible()
    expect(page.get_by_text("用系统相机", exact=True)).to_be_visible()
    expect(page.locator("input[capture=environment]")).to_have_count(1)
    page.locator("input[type=file]:not([capture])").set_input_files(
        [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": by_phone(None)}]
    )
    expect(page.locator(".last .count")).to_have_text("1")


def test_where_there_is_no_camera_it_is_said(opened, estate):
    page = opened()
    page.add_init_script(
        "MediaDevices.prototype.getUserMedia = () => Promise.reject("
        "new DOMException('', 'NotFoundError'))"
    )
    page.reload()
    checklist(page, estate)
    card(page, "XF-01").get_by_role("link", name="拍照").click()
    expect(page.get_by_text("没有找到相机")).to_be_visible()
    expect(page.get_by_text("选照片")).to_be_visible()


def test_a_camera_that_goes_away_leaves_the_photos_and_comes_back(opened, estate):
    page = opened()
    checklist(page, estate)
    to_camera(page, "XF-01")
    shoot(page, so_far=0)
    page.evaluate(
        """() => {
          const [track] = document.querySelector("video").srcObject.getVideoTracks();
          track.stop();
          track.dispatchEvent(new Event("ended"));
        }"""
    )
    expect(page.get_by_text("相机断开了")).to_be_visible()
    expect(page.locator(".last .count")).to_have_text("1")
    page.get_by_role("button", name="再打开相机").click()
    shoot(page, so_far=1)


def test_a_finding_without_its_evidence_is_pointed_out_and_never_held_back(opened, estate):
    page = opened()
    checklist(page, estate)
    card(page, "XF-01").get_by_label("有问题", exact=True).check()
    page.get_by_role("link", name="核对并提交").click()
    expect(page.get_by_text("1 处隐患还缺证据，也可以先提交")).to_be_visible()
    expect(page.get_by_role("button", name="提交")).to_be_enabled()


def test_in_a_basement_a_label_tells_the_building_and_the_floor(opened, estate):
    BuildingFactory(pk=BUILDING, estate=estate, number="14栋", floors=6)
    page = opened()
    checklist(page, estate)
    page.goto(f"/field/#/estate/{estate.pk}/fire_lane/place")
    expect(page.get_by_role("button", name="14栋")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("link", name="扫标签").click()
    expect(page.get_by_role("heading", name="楼栋和楼层")).to_be_visible()
    expect(page.get_by_role("button", name="14栋")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="B2")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("区域").fill("2号出入口旁")
    page.get_by_role("link", name="完成").click()
    expect(page.get_by_text("14栋 · B2 · 2号出入口旁")).to_be_visible()
    expect(page.get_by_text("扫码", exact=True)).to_be_visible()
    draft = draft_of(page, estate)
    assert (draft["building"], draft["floor"], draft["zone"]) == (BUILDING, "B2", "2号出入口旁")
    assert draft["position"]["source"] == "qr"
    assert draft["position"]["accuracyM"] is None


def test_a_label_of_elsewhere_is_not_taken(opened, estate):
    BuildingFactory(estate=estate, number="14栋")
    page = opened()
    checklist(page, estate)
    page.goto(f"/field/#/estate/{estate.pk}/fire_lane/scan")
    expect(page.locator(".said")).to_contain_text("平板里没有这个标签的资料")
    expect(page.get_by_role("heading", name="扫标签")).to_be_visible()


def test_by_hand_a_place_has_no_accuracy_and_the_last_position_has_its_age(opened, estate, middle):
    BuildingFactory(pk=BUILDING, estate=estate, number="14栋", floors=6)
    page = opened()
    checklist(page, estate)
    page.goto(f"/field/#/estate/{estate.pk}/fire_lane/review")
    expect(page.get_by_text("± 8 米")).to_be_visible()
    page.goto(f"/field/#/estate/{estate.pk}/fire_lane/place")
    page.get_by_role("button", name="14栋").click()
    page.get_by_role("button", name="B1").click()
    page.get_by_role("button", name="用上次定位").click()
    page.get_by_role("link", name="完成").click()
    expect(page.get_by_text("14栋 · B1")).to_be_visible()
    expect(page.get_by_text("上次定位", exact=True)).to_be_visible()
    draft = draft_of(page, estate)
    assert (draft["position"]["source"], draft["position"]["accuracyM"]) == ("last_fix", 8)
    # The tablet was off, and there is no signal down here.
    page.context.set_geolocation(None)
    page.goto("about:blank")
    page.goto(f"/field/#/estate/{estate.pk}/lighting/place")
    expect(page.get_by_role("button", name="用上次定位")).to_contain_text("± 8 米")
    page.goto(f"/field/#/estate/{estate.pk}/fire_lane/review")

    page.get_by_role("button", name="在地图上标").click()
    page.get_by_role("button", name="就是这里").click()
    expect(page.get_by_text("手动标注")).to_be_visible()
    assert draft_of(page, estate)["position"]["accuracyM"] is None


def test_a_browser_that_shifts_positions_is_found_out_and_put_right(opened, estate, middle):
    lon, lat = wgs84_to_gcj02((middle["longitude"], middle["latitude"]))
    shifted = {"longitude": float(lon), "latitude": float(lat), "accuracy": 8}
    page = opened(draws=True, geolocation=shifted)
    checklist(page, estate)
    page.goto(f"/field/#/estate/{estate.pk}/fire_lane/review")
    expect(page.get_by_text("离这个小区较远")).to_be_visible()

    # The map stands at the far position. From further away its scale tells when it has come to the
    # estate.
    page.goto("/field/#/datum")
    expect(page.get_by_text("还没校对")).to_be_visible()
    page.get_by_role("button", name="缩小").click()
    scale, near = page.locator(".maplibregl-ctrl-scale"), re.compile(r"^30\sm$")
    expect(scale).not_to_have_text(near)
    page.goto(f"/field/#/estate/{estate.pk}")
    expect(scale).to_have_text(near)
    page.goto("/field/#/datum")
    expect(page.get_by_text("还没校对")).to_be_visible()
    page.get_by_role("button", name="我站在这里").click()
    expect(page.get_by_text("GCJ-02 偏移")).to_be_visible()
    expect(page.get_by_text("位置有偏移，每次都已改正")).to_be_visible()

    page.goto(f"/field/#/estate/{estate.pk}/fire_lane/review")
    page.get_by_role("button", name="重新定位").click()
    expect(page.get_by_text("在小区内")).to_be_visible()
    position = draft_of(page, estate)["position"]
    assert position["datum"] == "gcj02"
    assert position["point"] == [
        pytest.approx(middle["longitude"], abs=1e-7),
        pytest.approx(middle["latitude"], abs=1e-7),
    ]
