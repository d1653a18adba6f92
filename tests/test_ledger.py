"""隐患台账: the book of cases as a file, with the numbers of the pages."""

import csv
import io
from datetime import datetime, timedelta
from uuid import uuid4
from zipfile import ZipFile

import openpyxl
import pytest
from django.utils import timezone

from inspections.models import Case, Paper, Series
from inspections.reports.ledger import lines as ledger_lines
from tests.factories import (
    AssetFactory,
    CaseFactory,
    CompanyFactory,
    EstateFactory,
    FindingFactory,
    MoveFactory,
    UserFactory,
    case_of,
)

pytestmark = pytest.mark.django_db
CASES, XLSX, CSV = "/api/v1/cases/", "/api/v1/ledger.xlsx", "/api/v1/ledger.csv"
CHINESE = {"accept-language": "zh-CN"}


def body(reply) -> bytes:
    assert reply.status_code == 200, getattr(reply, "content", "")
    return b"".join(reply.streaming_content)


def book(reply) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body(reply)))


def lines(reply) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(reply).decode("utf-8-sig"))))


@pytest.fixture
def closed(estate, people) -> Case:
    """Found on a lamp, put right by the company, looked at twice, closed after its deadline."""
    finding = FindingFactory(
        estate=estate,
        asset=AssetFactory(estate=estate, name="", code="LD-023"),
        inspection__inspector=UserFactory(username="chen", name="陈巡查"),
        inspection__zone="北区",
    )
    case = case_of(
        finding,
        title="单盏路灯不亮",
        severity=2,
        state="closed",
        handler="company",
        company=estate.company,
        opened_at="2024-11-30T09:31:30+08:00",
        assigned_at="2024-11-30T11:00:00+08:00",
        due_at="2024-12-04T17:30:00+08:00",
        first_due_at="2024-12-03T17:30:00+08:00",
        ended_at="2024-12-05T09:05:00+08:00",
        reopened=1,
        provisional=True,
    )
    checker = UserFactory(username="wu", name="吴复查")
    for version, (name, at, by) in enumerate(
        (
            ("hand_back", "2024-12-02T10:00:00+08:00", people["company"]),
            ("fail_check", "2024-12-02T15:00:00+08:00", checker),
            ("hand_back", "2024-12-04T16:10:00+08:00", people["company"]),
            ("pass_check", "2024-12-04T17:00:00+08:00", checker),
        ),
        1,
    ):
        MoveFactory(case=case, version=version, name=name, recorded_at=at, by=by)
    MoveFactory(
        case=case, name="fail_check", standing="proposed", version=None, made_at=None, seen=1
    )
    paper(case, 3, people)
    paper(case, 4, people)
    paper(case, 5, people, voided_at=timezone.now(), voided_by=people["admin"], void_reason="写错")
    case.refresh_from_db()
    return case


def paper(case, number, people, **columns) -> Paper:
    row = Paper.objects.create(
        id=uuid4(),
        kind="notice",
        series=Series.objects.get(kind="notice"),
        year=2024,
        number=number,
        community=case.community,
        company=case.company,
        data={},
        content_sha256="",
        issued_by=people["admin"],
        **columns,
    )
    row.cases.add(case)
    return row


def test_a_case_is_a_line_as_an_office_writes_it(as_user, closed):
    assert lines(as_user("leader").get(CSV, headers=CHINESE)) == [
        {
            "序号": "1",
            "案卷号": str(closed.number),
            "来源": "巡查",
            "平台编号": "",
            "社区": "陈村社区",
            "小区": "银星花园",
            "部位": "LD-023 北区",
            "检查类别": "公共照明",
            "检查项代码": "ZM-01",
            "隐患描述": "单盏路灯不亮",
            "等级": "较重",
            "当日办结": "",
            "发现时间": "2024-11-30 09:30",
            "发现人": "陈巡查",
            "受理时间": "2024-11-30 09:31",
            "责任单位": closed.company.name,
            "派遣时间": "2024-11-30 11:00",
            "整改期限": "2024-12-04 17:30",
            "首次期限": "2024-12-03 17:30",
            "期限为暂定": "是",
            "状态": "已销号",
            "整改时间": "2024-12-04 16:10",
            "复查时间": "2024-12-04 17:00",
            "复查": "合格 吴复查",
            "销号（办结）时间": "2024-12-05 09:05",
            "是否逾期": "超期办结",
            "重开次数": "1",
            "文书号": "青街改〔2024〕3号、青街改〔2024〕4号",
        }
    ]


def test_a_company_gets_its_own_without_names_of_others(as_user, closed, estate):
    CaseFactory(estate=estate, handler="company", company=CompanyFactory(), title="别家的")
    CaseFactory(estate=estate, title="没有派出的")
    (line,) = lines(as_user("company").get(CSV))
    assert (line["case number"], line["found by"], line["re-inspection"]) == (
        str(closed.number),
        "",
        "in order",
    )
    text = body(as_user("company").get(XLSX))
    with ZipFile(io.BytesIO(text)) as parts:
        told = b"".join(parts.read(name) for name in parts.namelist()).decode()
    assert [name for name in ("陈巡查", "吴复查", "别家的", "没有派出的") if name in told] == []


def test_the_name_of_another_company_is_not_told_by_its_number(as_user, closed):
    other = CompanyFactory(name="别家物业")
    about = book(as_user("company").get(f"{XLSX}?company={other.pk}")).worksheets[1]
    told = {row[0]: row[1] for row in about.iter_rows(values_only=True)}
    assert told["property company"] == str(other.pk)


def test_the_workbook_has_types_a_header_that_stays_and_filters(as_user, closed):
    sheet = book(as_user("leader").get(XLSX)).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, sheet[2], strict=True))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:AB{sheet.max_row}")
    assert all(cell.font.b for cell in sheet[1])
    assert row["case number"].value == closed.number
    found = row["found at"]
    assert (found.value, found.number_format) == (
        datetime(2024, 11, 30, 9, 30),  # noqa: DTZ001 as a sheet has it
        "yyyy\\-mm\\-dd\\ hh:mm",
    )
    assert row["times reopened"].value == 1
    assert sheet.column_dimensions["J"].width == 36


def test_the_second_sheet_says_what_is_in_the_first(as_user, closed, estate, people, monkeypatch):
    now = datetime.fromisoformat("2024-12-20T08:15:42+08:00")
    monkeypatch.setattr(timezone, "now", lambda: now)
    people["leader"].name = "林主任"
    people["leader"].save()
    query = f"state=closed&severity=2&estate={estate.pk}&since=2024-11-01&until=2024-11-30&q=路灯"
    reply = as_user("leader").get(f"{XLSX}?{query}", headers=CHINESE)
    about = book(reply).worksheets[1]
    assert about.title == "台账说明"
    assert list(about.iter_rows(values_only=True)) == [
        ("项目", "内容"),
        ("截至", datetime(2024, 12, 20, 8, 15)),  # noqa: DTZ001
        ("导出人", "林主任"),
        ("案卷数", 1),
        ("状态", "已销号"),
        ("等级", "较重"),
        ("小区", "银星花园"),
        ("搜索", "路灯"),
        ("发现时间起", datetime(2024, 11, 1)),  # noqa: DTZ001
        ("发现时间止", datetime(2024, 11, 30)),  # noqa: DTZ001
    ]
    assert "20241220" in reply["Content-Disposition"]


EVIL = ("=1+1", "+86", "-2+3", "@SUM(A1)", "\t=1", "＝1", "'=1", '=HYPERLINK("http://x","y")')


def test_nothing_in_it_is_a_formula(as_user, estate):
    for text in EVIL:
        CaseFactory(estate=estate, title=text, outside_number="" if text in EVIL[1:] else "=2")
    leader = as_user("leader")
    sheet = book(leader.get(XLSX)).worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value}
    assert "f" not in kinds
    told = [sheet.cell(n, 10).value for n in range(2, len(EVIL) + 2)]
    assert told == [f"'{text}" for text in EVIL]
    assert [line["what is wrong"] for line in lines(leader.get(CSV))] == told
    cells = [cell for line in lines(leader.get(CSV)) for cell in line.values()]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t＝"))] == []


def test_what_no_file_can_hold_is_left_out(as_user, estate):
    CaseFactory(estate=estate, title="a\x01b <&> ]]> _x0041_ 中\n文 ")
    sheet = book(as_user("leader").get(XLSX)).worksheets[0]
    assert sheet["J2"].value in {"ab <&> ]]> _x005F_x0041_ 中\n文 ", "ab <&> ]]> _x0041_ 中\n文 "}
    assert lines(as_user("leader").get(CSV))[0]["what is wrong"].startswith("a")


@pytest.fixture
def many(estate, elsewhere, people):
    there = EstateFactory(community=elsewhere)
    now = timezone.now()
    hour = timedelta(hours=1)
    for n in range(24):
        ended = n % 4 == 0
        CaseFactory(
            estate=(estate, there)[n % 2],
            severity=1 + n % 3,
            kind=("lighting", "fire_lane")[n % 2],
            source=("inspection", "complaint", "platform")[n % 3],
            state="closed" if ended else "assigned",
            ended_at=now if ended else None,
            handler="company",
            company=estate.company,
            due_at=now + hour * (n % 5 - 2) * 3,
            step_due_at=now + hour * (n % 7 - 3) * 3,
        )


QUERIES = (
    "",
    "status=open",
    "status=ended",
    "status=overdue",
    "status=late",
    "severity=1",
    "severity=2&kind=lighting",
    "source=platform",
    "state=closed&severity=3",
    "community={elsewhere}",
    "community={elsewhere}&status=overdue",
    "kind=fire_lane&status=late",
    "q=路灯&status=open",
    "mine=1",
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("who", ["leader", "inspector", "company"])
def test_list_tiles_and_ledger_have_the_same_numbers(
    as_user, many, elsewhere, monkeypatch, query, who
):
    monkeypatch.setattr(ledger_lines, "BATCH", 5)
    client, query = as_user(who), query.format(elsewhere=elsewhere.pk)
    listed = client.get(f"{CASES}?{query}&page_size=1000").json()
    told = lines(client.get(f"{CSV}?{query}"))
    sheets = book(client.get(f"{XLSX}?{query}")).worksheets
    about = dict(sheets[1].iter_rows(values_only=True))
    numbers = [each["properties"]["number"] for each in listed["features"]]
    assert [int(line["case number"]) for line in told] == sorted(numbers)
    assert [line["No."] for line in told] == [str(n + 1) for n in range(len(numbers))]
    assert (sheets[0].max_row - 1, about["cases"]) == (len(numbers), listed["count"])
    overdue = [line for line in told if line["overdue?"] == "overdue"]
    assert len(overdue) == sum(each["properties"]["overdue"] for each in listed["features"])


FIGURES = ("", "severity=1", "kind=lighting", "community={elsewhere}", "severity=3&kind=fire_lane")


@pytest.mark.parametrize("query", FIGURES)
@pytest.mark.parametrize("who", ["leader", "inspector"])
def test_the_board_has_the_same_numbers_as_the_ledger(as_user, many, elsewhere, query, who):
    client, query = as_user(who), query.format(elsewhere=elsewhere.pk)
    board = client.get(f"/api/v1/overview/board/?{query}").json()["totals"]["figures"]
    late = sum(each["n"] for each in board["overdue_by_step"].values())
    told = {"open": board["overdue"]["of"], "overdue": board["overdue"]["n"], "late": late}
    for name, n in told.items():
        assert len(lines(client.get(f"{CSV}?status={name}&{query}"))) == n, name


def test_many_lines_are_read_a_batch_at_a_time(as_user, many, monkeypatch, tmp_path):
    """And each batch in as many queries, however long the book is."""
    read = []
    whole = ledger_lines.beside.read
    monkeypatch.setattr(ledger_lines, "BATCH", 10)
    monkeypatch.setattr(
        ledger_lines.beside, "read", lambda user, ids: read.append(len(ids)) or whole(user, ids)
    )
    assert len(lines(as_user("leader").get(CSV))) == 24
    assert read == [10, 10, 4]


def test_who_is_not_signed_in_gets_no_ledger(as_user):
    for address in (XLSX, CSV):
        assert as_user("nobody").get(address).status_code == 401
        assert lines(as_user("stranger").get(CSV)) == []
        refused = as_user("leader").get(f"{address}?sort=due&status=x")
        assert (refused.status_code, set(refused.json()["details"]["fields"])) == (
            400,
            {"sort", "status"},
        )


def test_each_language_has_its_own_tag(as_user, closed):
    first = as_user("leader").get(CSV)
    other = as_user("leader").get(CSV, headers=CHINESE | {"if-none-match": first["ETag"]})
    assert other.status_code == 200
