"""A 整改通知书 from one recorded finding of the demonstration: every field, on paper and .docx."""

import pytest
from rest_framework.test import APIClient

from inspections.kind import Item
from inspections.models import Finding, Paper
from inspections.services.cases.before import open_cases_of_before
from inspections.services.kinds import kind_of
from people.models import User
from tests.papers.desk import (
    a_notice,
    by_office,
    bytes_of,
    close,
    day,
    issued,
    pages_of,
    rendered,
    said,
    text_of,
    words_of,
)


@pytest.fixture
def supervisor(demo_town, db) -> APIClient:
    client = APIClient(headers={"accept-language": "zh-hans"})
    client.force_login(
        User.objects.get(username="supervisor"), "django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def finding(supervisor) -> Finding:
    """What has a clause of its own and a case that goes on, in an estate that has a company."""
    list(open_cases_of_before())
    # Of a case that was rejected or is void the finding may stay open; no paper is about it.
    going_on = Finding.objects.open().filter(case__isnull=False, case__ended_at=None)
    rows = going_on.filter(estate__company__isnull=False)
    found = next(each for each in rows.order_by("number") if item_of(each).printable_basis)
    company = found.estate.company
    company.credit_code = "91350582MA2XYZ1234"
    company.save()
    return found


@pytest.fixture
def notice(supervisor, finding) -> Paper:
    return rendered(issued(supervisor, a_notice(finding.case)))


def item_of(finding: Finding) -> Item:
    return kind_of(finding.inspection.kind_version).item(finding.item)


def fields_of(finding: Finding, paper: Paper) -> dict[str, str]:
    """Each field that DOMAIN asks of one, as it must be read."""
    estate, company = finding.estate, finding.estate.company
    item = item_of(finding)
    at = finding.recorded_at.astimezone()
    issued_on = paper.issued_at.astimezone()
    return {
        "发文机关": "青阳街道办事处",
        "文号": f"青街改〔{issued_on.year}〕{paper.number}号",
        "标题": "整改通知书",
        "被通知单位": company.name,
        "统一社会信用代码": "统一社会信用代码：91350582MA2XYZ1234",
        "小区": estate.name,
        "检查时间": f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分",
        "检查地点": f"检查地点：{estate.address or estate.name}",
        "检查人员一": "张三（证号：闽C001）",
        "检查人员二": "李四（证号：闽C002）",
        "部位": estate.name,
        "描述": item.zh,
        "检查项代码": finding.item,
        "依据": item.basis_zh,
        "整改要求": "整改到位",
        "整改期限": f"整改期限为{said(day(7))}",
        "复查日期": f"复查日期为{said(day(10))}",
        "逾期后果": "逾期未整改或者整改不到位的",
        "联系人": "联系人：",
        "联系电话": "联系电话：0595-85000000",
        "印章": "（印章）",
        "签发日期": f"{issued_on.year}年{issued_on.month}月{issued_on.day}日",
        "送达方式": "送达方式",
        "签收人": "签收人",
        "签收时间": "签收时间",
        "拒收说明": "拒收说明",
        "抄送": f"抄送：{estate.community.name}居民委员会",
    }


def test_it_holds_every_field_with_its_number(finding, notice):
    text = text_of(bytes_of(notice.pdf))
    missing = {name for name, told in fields_of(finding, notice).items() if close(told) not in text}
    assert missing == set()
    # The columns of the list, and its first line's number.
    assert "序号部位隐患描述检查项依据照片整改要求期限1" in text


def test_every_page_says_that_it_is_of_a_demonstration(notice):
    pages = pages_of(bytes_of(notice.pdf))
    assert len(pages) == notice.pages
    assert all("演示" in page for page in pages)


def test_a_subdistrict_asks_and_never_fines(notice):
    text = text_of(bytes_of(notice.pdf))
    assert "属于行政指导，不是行政处罚" in text
    assert "罚款" not in text
    assert "责令" not in text


@pytest.mark.slow
def test_the_docx_says_the_same_on_as_many_pages(finding, notice, tmp_path):
    printed = by_office(bytes_of(notice.docx), tmp_path)
    text = text_of(printed)
    missing = {name for name, told in fields_of(finding, notice).items() if close(told) not in text}
    assert missing == set()
    unsaid = [each for each in words_of(notice.data["sheet"]) if close(each) not in text]
    assert unsaid == []
    assert abs(len(pages_of(printed)) - notice.pages) <= 1
    assert all("演示" in page for page in pages_of(printed))


def test_the_pdf_says_all_that_is_frozen(notice):
    text = text_of(bytes_of(notice.pdf))
    assert [each for each in words_of(notice.data["sheet"]) if close(each) not in text] == []
