"""The whole life of a case: found with no network, given to a company, answered by phone, looked at
again with no network, closed; and every list, file and paper tells the same of it."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from django.apps import apps
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from inspections import tasks
from inspections.models import Case, Finding, Move, Paper, Photo
from tests.browser import day
from tests.browser.conftest import CHROMIUM, PHONE
from tests.browser.films import film
from tests.papers.desk import a_notice, bytes_of, issued, rendered, text_of
from tests.papers.desk import day as desk_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "inspections.migrations.0018_what_the_office_sets_at_first"
ITEM = "ZM-01"


@pytest.fixture(scope="module")
def browser(playwright, system_chromium, tmp_path_factory) -> Iterator[Browser]:
    """The company's phone has a camera too."""
    seen = film(tmp_path_factory.mktemp("seen") / "wall.y4m", "XUNTU")
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={seen}"]
    chromium = playwright.chromium.launch(
        executable_path=system_chromium, args=[*CHROMIUM, *camera]
    )
    yield chromium
    chromium.close()


@pytest.fixture(autouse=True)
def office(live, settings) -> None:
    """Its limits and rules as they are at first, and the stores of the running server."""
    import_module(KEPT).begin(apps, None)
    data = Path(live.environment["XUNTU_DATA"])
    settings.UPLOADS_DIR, settings.MEDIA_ROOT = data / "uploads", data / "photos"


def worker() -> None:
    """What the server's worker does with what arrived."""
    for id in Photo.objects.unmade().values_list("pk", flat=True):
        tasks.make_derivatives(photo=str(id))


def renew(page: Page) -> None:
    day.go(page, "pack")
    page.get_by_role("button", name="更新", exact=True).click()
    expect(page.get_by_role("button", name="更新", exact=True)).to_be_visible()


def test_from_the_finding_to_the_closed_case(tablet, page_as, as_user, people, estate):
    # The inspector finds a lamp that is out, where there is no network.
    tablet.sign_in(people["inspector"])
    field = tablet.open()
    day.take_pack(field)
    day.go(field, "tablet")
    expect(field.get_by_text("可以打开，可以检查")).to_be_visible()
    tablet.go_offline(True)
    day.begin(field, estate, "lighting")
    day.report(field, ITEM)
    day.photograph(field, ITEM)
    record = day.submit(field)
    day.waits(field, 1)
    assert Case.objects.count() == 0
    tablet.go_offline(False)
    day.all_is_held(field, 1)
    worker()
    case, found = Case.objects.get(), Finding.objects.get()
    assert (str(found.inspection_id), found.item, found.case_id) == (record, ITEM, case.pk)
    assert case.pk == Case.id_of(found.pk)

    # The supervisor files it and gives it to the estate's company; a notice goes with it.
    desk = page_as("supervisor")
    desk.goto(f"/cases/#/{case.pk}")
    article = desk.get_by_role("article")
    form = article.get_by_role("form")
    for move, state in (("立案", "已立案"), ("派遣", "已派遣")):
        article.get_by_role("button", name=move, exact=True).click()
        form.get_by_role("button", name=move, exact=True).click()
        expect(article.locator("header")).to_contain_text(state)
    told = a_notice(case, edits={"due": desk_day(14), "recheck_on": desk_day(16)})
    notice = rendered(issued(as_user("supervisor"), told))

    # The company answers by phone, with a photo from the same place.
    phone = page_as("company", viewport=PHONE, permissions=["camera"])
    phone.goto("/company/")
    phone.get_by_role("link", name=estate.name).click()
    phone.get_by_role("button", name="接收").click()
    phone.get_by_role("link", name="反馈整改结果").click()
    phone.get_by_label("做了什么").fill("换了灯头，试亮正常")
    phone.get_by_role("link", name="在同一位置拍").click()
    expect(phone.get_by_role("img", name="上次的照片")).to_be_visible()
    phone.get_by_role("button", name="拍照", exact=True).click()
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("街道已收到，照片齐全")).to_be_visible()
    worker()

    # With the next pack it is on the tablet; the photo is taken where there is no network again.
    renew(field)
    tablet.go_offline(True)
    day.go(field, "rechecks")
    field.get_by_role("link", name=f"案卷 {case.number}").click()
    expect(field.get_by_text("换了灯头，试亮正常")).to_be_visible()
    field.get_by_role("link", name="拍照").click()
    expect(day.shutter(field)).to_be_visible()
    ghost = field.get_by_role("img", name="上次的照片").locator("image")
    field.get_by_label("上次照片的浓淡").fill("8")
    expect(ghost).to_have_attribute("opacity", "0.8")
    day.shutter(field).click()
    expect(field.locator(".last .count")).to_have_text("1")
    field.get_by_role("button", name="完成").click()
    field.get_by_role("button", name="复查合格").click()
    expect(field.get_by_role("region", name="本机已办，等街道确认")).to_contain_text("复查合格")
    day.waits(field, 1)
    tablet.go_offline(False)
    day.all_is_held(field, 2)
    worker()

    # The supervisor closes it: somebody else than who put it right.
    expect(article.locator("header")).to_contain_text("复查合格", timeout=60_000)
    article.get_by_role("button", name="销号", exact=True).click()
    form.get_by_role("button", name="销号", exact=True).click()
    expect(article.locator("header")).to_contain_text("已销号")

    # Everything tells the same.
    case.refresh_from_db()
    moves = list(Move.objects.order_by("version"))
    by = [(each.name, each.by.username) for each in moves]
    assert by == [
        *(("file", "supervisor"), ("assign", "supervisor"), ("claim", "company")),
        *(("hand_back", "company"), ("pass_check", "inspector"), ("close", "supervisor")),
    ]
    assert (case.state, case.version, case.ended_at) == ("closed", 6, moves[-1].recorded_at)
    found.refresh_from_db()
    assert found.closed_at == case.ended_at
    before = Photo.objects.get(inspection__isnull=False)
    later = Photo.objects.filter(move__isnull=False).order_by("move__version")
    assert [(each.move.name, each.pair) for each in later] == [
        ("hand_back", before.pk),
        ("pass_check", before.pk),
    ]
    assert Photo.objects.missing().count() == 0
    everything_tells_the_same(as_user, case, notice)


def everything_tells_the_same(as_user, case: Case, notice: Paper) -> None:
    """Case, list, evidence, ledger, figures and the notice, as the supervisor reads them."""
    estate, moves = case.estate, list(case.moves.order_by("version"))
    found = case.findings.get()
    before = Photo.objects.get(inspection=found.inspection)
    later = Photo.objects.filter(move__case=case, pair__isnull=False)
    client = as_user("supervisor")
    one = client.get(f"/api/v1/cases/{case.pk}/").json()
    (listed,) = client.get("/api/v1/cases/").json()["features"]
    told = one["properties"]
    assert {name: told[name] for name in ("number", "state", "version", "ended_at")} == {
        name: listed["properties"][name] for name in ("number", "state", "version", "ended_at")
    }
    assert datetime.fromisoformat(told["ended_at"]) == case.ended_at
    assert [each["move"] for each in one["moves"]] == [each.name for each in moves]
    (paper,) = one["papers"]
    assert paper["id"] == str(notice.pk)

    evidence = client.get(f"/api/v1/cases/{case.pk}/evidence/").json()
    pairs = [(each["before"], each["after"]) for each in evidence["pairs"]]
    assert sorted(pairs) == sorted((str(before.pk), str(each.pk)) for each in later)
    assert {each["sha256"] for each in evidence["photos"]} == set(
        Photo.objects.values_list("sha256", flat=True)
    )

    # The ledger, as a workbook and as text.
    (line,) = csv.DictReader(io.StringIO(body(ledger(as_user, "csv")).decode("utf-8-sig")))
    sheet = openpyxl.load_workbook(io.BytesIO(body(ledger(as_user, "xlsx")))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, row in enumerate(rows) if row[:2] == list(line)[:2])
    written = dict(zip(rows[at], rows[at + 1], strict=True))
    assert written["案卷号"] == case.number == int(line["案卷号"])
    number = f"青街改〔{notice.year}〕{notice.number}号"
    for name, wanted in {
        "状态": "已销号",
        "小区": estate.name,
        "隐患描述": case.title,
        "文书号": number,
    }.items():
        assert (written[name], line[name]) == (wanted, wanted)
    for name, moment in {
        "发现时间": case.reported_at,
        "派遣时间": case.assigned_at,
        "整改期限": case.due_at,
        "销号（办结）时间": case.ended_at,
    }.items():
        wall = timezone.localtime(moment).replace(second=0, microsecond=0, tzinfo=None)
        assert (written[name], line[name]) == (wall, wall.strftime("%Y-%m-%d %H:%M")), name

    # The figures of the board, and the paper.
    for measure, n in (("found", 1), ("open", 0)):
        told = client.get(f"/api/v1/overview/figures/?measure={measure}&by=community").json()
        numbers = {row["key"]: row["n"] for row in told["rows"]}
        assert numbers[estate.community_id] == n, measure
    board = client.get("/api/v1/overview/board/").json()["totals"]["figures"]
    assert (board["first_time_fixed"]["of"], board["overdue"]["of"]) == (1, 0)
    words = text_of(bytes_of(notice.pdf))
    wall = timezone.localtime(found.recorded_at)
    for said in (
        number,
        estate.name,
        ITEM,
        f"{wall.year}年{wall.month}月{wall.day}日{wall.hour}时{wall.minute:02}分",
    ):
        assert said in words, said


def ledger(as_user, kind: str):
    client = as_user("supervisor")
    return client.get(f"/api/v1/ledger.{kind}", headers={"accept-language": "zh-hans"})


def body(reply) -> bytes:
    assert reply.status_code == 200, getattr(reply, "content", "")
    return b"".join(reply.streaming_content)
