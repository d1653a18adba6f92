"""The network goes in three ways and the power at every step: each record arrives exactly once."""

import hashlib
import json
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from inspections.models import Inspection, Photo, Refused
from tests.browser import day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def large_photo(tmp_path) -> Path:
    """Of the size that cameras make: several pieces on the way."""
    file = tmp_path / "IMG_0412.jpg"
    Image.effect_noise((1800, 1400), 80).convert("RGB").save(file, quality=92)
    return file


def test_three_inspections_with_photos_recorded_with_no_network_arrive_exactly_once(
    tablet, line, live, people, estate, sign_in, large_photo
):
    west, south, east, north = estate.geom.extent
    inspector = people["inspector"]
    tablet.stand_at(
        {"longitude": (west + east) / 2, "latitude": (south + north) / 2, "accuracy": 8}
    )
    page = tablet.open()
    sign_in(page, inspector)
    day.take_pack(page)
    page.goto(f"{tablet.home}/field/#/tablet")
    expect(page.get_by_text("可以打开，可以检查")).to_be_visible()

    # In flight mode; the app was closed and is opened again.
    tablet.switch_off()
    tablet.switch_on()
    day.lose_network("off", tablet, line)
    page = tablet.open()
    day.begin(page, estate, "fire_lane")
    day.report(page, "XF-01")
    day.photograph(page, "XF-01")
    ids = [day.submit(page)]
    day.waits(page, 1)

    # The server is switched off. The power goes after an answer, then after a photo.
    tablet.switch_off()
    day.lose_network("refuses", tablet, line)
    tablet.switch_on()

    def answer() -> None:
        page = tablet.open(f"/field/#/estate/{estate.pk}/lighting")
        day.report(page, "ZM-01")

    tablet.loses_power(answer, writes=1)

    def shoot() -> None:
        page = tablet.open(f"/field/#/estate/{estate.pk}/lighting")
        expect(day.question(page, "ZM-01").get_by_label("有问题", exact=True)).to_be_checked()
        day.open_camera(page, "ZM-01")
        # Its bytes are one write, its name in the checklist the other.
        page.evaluate("writesLeft = 2")
        day.shutter(page).dispatch_event("click")

    tablet.loses_power(shoot, writes=None)
    page = tablet.open(f"/field/#/estate/{estate.pk}/lighting")
    expect(day.question(page, "ZM-01").locator(".count")).to_have_text("1")
    day.choose_photo(page, estate, "lighting", "ZM-02", large_photo)
    ids.append(day.submit(page))
    day.waits(page, 2)

    # The server accepts and never answers; the power goes as the record is in the journal.
    day.lose_network("hangs", tablet, line)

    def record() -> None:
        page = tablet.open(f"/field/#/estate/{estate.pk}/ebike_charging")
        day.report(page, "DC-01")
        day.photograph(page, "DC-01")
        button = day.review(page)
        page.evaluate("writesOf = 'entries'; writesLeft = 1")
        button.dispatch_event("click")

    tablet.loses_power(record, writes=None)
    page = tablet.open()
    assert page.evaluate("navigator.onLine")
    day.waits(page, 3)
    assert Inspection.objects.count() == 0

    # The network is back. The power goes after every single write, then after every other.
    page.close()
    line.passes()
    went = 0
    for writes in [*[1] * 12, *[2] * 20]:
        if not tablet.loses_power(lambda: day.all_is_held(tablet.open(), 3), writes, surely=False):
            break
        went += 1
    # More than once for each record, each photo and each receipt.
    assert went >= 12

    page = tablet.context.pages[-1]
    day.all_is_held(page, 3)
    entries = day.on_disk(page, inspector.pk, "entries")
    assert [entry["number"] for entry in entries] == [1, 2, 3]
    assert {entry["id"] for entry in entries} > set(ids)
    told = {entry["id"]: entry["sha256"] for entry in entries}
    assert {str(each.pk): each.content_sha256 for each in Inspection.objects.all()} == told
    for entry in entries:
        assert hashlib.sha256(entry["body"].encode()).hexdigest() == entry["sha256"]
        assert json.loads(entry["body"])["number"] == entry["number"]
    taken = {photo["id"]: photo["sha256"] for entry in entries for photo in entry["files"]}
    assert len(taken) == 4
    folder = Path(live.environment["XUNTU_DATA"]) / "photos"
    assert {
        str(photo.pk): hashlib.sha256((folder / photo.original).read_bytes()).hexdigest()
        for photo in Photo.objects.all()
    } == taken
    assert hashlib.sha256(large_photo.read_bytes()).hexdigest() in taken.values()
    assert Refused.objects.count() == 0
