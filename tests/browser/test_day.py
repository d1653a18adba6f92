"""An inspector's day at /field/: what is due, already known, missing, and sent."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from geo.models import Asset, Estate
from inspections.models import Finding, Inspection, Proposal, Round
from tests.browser.conftest import PHONE, TABLET
from tests.browser.walk import open_checklist, question, record_one_fault, submit, take_pack
from tests.factories import EstateFactory, square

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def middle(estate) -> dict[str, float]:
    west, south, east, north = estate.geom.extent
    return {"longitude": (west + east) / 2, "latitude": (south + north) / 2, "accuracy": 8}


@pytest.fixture
def neighbours(estate) -> list[Estate]:
    """Two more, in a row to the north."""
    west, south, _, _ = estate.geom.extent
    return [
        EstateFactory(
            community=estate.community, name=name, geom=square(west, south + 0.003 * n, 0.002)
        )
        for n, name in ((1, "金星花园"), (2, "铜星花园"))
    ]


def test_the_day_lists_what_is_due_and_orders_the_visits_from_where_one_stands(
    page_as, people, estate, neighbours, middle
):
    today = timezone.localdate()
    round_ = Round.objects.create(
        name="十一月巡查",
        inspector=people["inspector"],
        kinds=["lighting"],
        shared=True,
        since=today - timedelta(days=3),
        until=today + timedelta(days=3),
        given_by=people["supervisor"],
    )
    round_.estates.add(estate)
    others = Round.objects.create(
        name="联合巡查",
        inspector=people["inspector2"],
        kinds=["lighting"],
        since=today,
        until=today,
        shared=True,
        given_by=people["supervisor"],
    )
    others.estates.add(estate)
    page = page_as("inspector", geolocation=middle, permissions=["geolocation"])
    page.goto("/field/#/day")
    take_pack(page)

    expect(page.get_by_text("3 个小区待查")).to_be_visible()
    place = page.locator(".due-place", has_text="银星花园")
    expect(place).to_contain_text("十一月巡查")
    expect(place).to_contain_text("与inspector2共同负责")
    page.get_by_role("button", name="巡查任务 1").click()
    expect(page.locator(".due-place")).to_have_count(1)
    page.get_by_role("button", name="全部 3").click()

    for name in ("铜星花园", "银星花园", "金星花园"):
        page.get_by_role("checkbox", name=f"选择 {name}").check()
    page.get_by_role("button", name="排路线").click()
    expect(page.locator(".way b")).to_have_text(["银星花园", "金星花园", "铜星花园"])
    expect(page.get_by_text("从所在位置出发")).to_be_visible()
    page.reload()
    expect(page.locator(".way b")).to_have_text(["银星花园", "金星花园", "铜星花园"])

    # What was done today is off the list before anybody was told of it.
    page.get_by_role("link", name="银星花园").click()
    expect(page.get_by_role("heading", name="银星花园")).to_be_visible()
    page.get_by_role("link", name="公共照明").click()
    question(page, "ZM-01").get_by_label("没问题", exact=True).check()
    page.get_by_role("link", name="核对并提交").click()
    submit(page)
    page.get_by_role("link", name="我的一天").click()
    page.get_by_role("button", name="重新选").click()
    expect(place).to_be_visible()
    expect(place).not_to_contain_text("十一月巡查")


def test_a_finding_that_is_already_known_gets_evidence_and_no_twin(page_as, estate, middle):
    first = page_as("inspector", viewport=TABLET, geolocation=middle, permissions=["geolocation"])
    record_one_fault(first, estate)
    submit(first)
    expect(first.get_by_text("服务器已收妥")).to_be_visible()

    second = page_as("inspector", viewport=PHONE, geolocation=middle, permissions=["geolocation"])
    record_one_fault(second, estate)
    expect(second.get_by_text("± 8 米")).to_be_visible()
    expect(second.get_by_role("heading", name="是不是已经上报过？")).to_be_visible()
    expect(second.get_by_role("button", name="先回答“是不是已经上报过”")).to_be_visible()
    candidate = second.locator(".candidate")
    expect(candidate).to_contain_text("就在这里")
    candidate.get_by_label("同一处，补充证据").check()
    submit(second)
    expect(second.get_by_text("1 处补充到已有的隐患。")).to_be_visible()
    expect(second.get_by_text("服务器已收妥")).to_be_visible()

    seen, again = Finding.objects.order_by("inspection__received_at")
    assert (again.same_as, again.in_force, seen.in_force) == (seen.pk, False, True)


def test_what_waits_on_this_tablet_is_known_too_with_no_network(page_as, live, estate, middle):
    page = page_as(
        "inspector",
        expected=("ERR_INTERNET_DISCONNECTED",),
        geolocation=middle,
        permissions=["geolocation"],
    )
    record_one_fault(page, estate)
    page.context.set_offline(True)
    submit(page)
    page.get_by_role("link", name="回到小区").click()
    expect(page.get_by_text("本机记录，未上传")).to_be_visible()

    page.get_by_role("link", name="消防车通道").click()
    question(page, "XF-01").get_by_label("有问题", exact=True).check()
    page.get_by_role("link", name="核对并提交").click()
    page.locator(".candidate", has_text="本机记录，未上传").get_by_label("同一处，补充证据").check()
    submit(page)
    expect(page.locator(".bar")).to_contain_text("待上传 2 条")

    page.context.set_offline(False)
    expect(page.locator(".bar")).to_contain_text("都已上传")
    assert Inspection.objects.count() == 2
    assert Finding.objects.filter(in_force=True).count() == 1


def test_a_lamp_missing_in_the_register_is_proposed_and_inspected_at_once(page_as, estate):
    page = page_as("inspector", draws=True)
    page.goto(f"/field/#/estate/{estate.pk}")
    take_pack(page)
    page.get_by_role("link", name="补登一处").click()
    page.get_by_role("link", name="路灯").click()
    page.get_by_role("button", name="就是这里").click()
    page.get_by_label("编号（如杆号，可不填）").fill("LD-999")
    page.get_by_role("button", name="保存，马上可用").click()
    expect(page.get_by_text("已存在平板上，可以检查了")).to_be_visible()

    page.get_by_role("link", name="公共照明").click()
    lamp = page.get_by_role("button", name="LD-999")
    expect(lamp).to_contain_text("待确认")
    lamp.click()
    question(page, "ZM-01").get_by_label("有问题", exact=True).check()
    page.get_by_role("link", name="核对并提交").click()
    submit(page)
    expect(page.get_by_text("服务器已收妥")).to_be_visible()

    asset = Asset.objects.get(code="LD-999")
    assert (asset.type, asset.estate, asset.unconfirmed) == ("light", estate, True)
    assert asset.proposed == Proposal.objects.get().pk
    assert Inspection.objects.get().asset == asset


def test_the_statement_agrees_when_the_server_holds_all_that_was_taken(page_as, estate, middle):
    page = page_as("inspector", geolocation=middle, permissions=["geolocation"])
    open_checklist(page, estate)
    question(page, "XF-01").get_by_label("有问题", exact=True).check()
    page.get_by_role("link", name="核对并提交").click()
    submit(page)
    expect(page.get_by_text("服务器已收妥")).to_be_visible()
    page.goto("/field/#/statement")
    figures = page.locator(".tally dd")
    expect(figures).to_have_text(["1", "1", "1", "0", "0", "0"])
    expect(page.get_by_text("两边一致，没有遗漏")).to_be_visible()
    expect(page.get_by_role("heading", name="救援包")).to_be_hidden()


def test_what_waits_is_exported_as_one_file(page_as, estate, middle):
    page = page_as("inspector", expected=("ERR_INTERNET_DISCONNECTED",))
    record_one_fault(page, estate)
    page.context.set_offline(True)
    submit(page)
    page.goto("/field/#/statement")
    expect(page.get_by_text("还有 1 条没有对上")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出未上传的 1 条").click()
    assert download.value.suggested_filename.endswith(".zip")
    expect(page.get_by_text("请交给街道办理人员", exact=False).last).to_be_visible()
