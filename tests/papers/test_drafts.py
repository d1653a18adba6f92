"""What a paper would say, and what it may not say."""

import uuid

import pytest
from django.utils import timezone

from inspections.models import Case, Finding, Paper
from tests.factories import (
    CaseFactory,
    FindingFactory,
    InspectionFactory,
    case_of,
)
from tests.papers.desk import (
    DRAFT,
    a_notice,
    bytes_of,
    day,
    drafted,
    issued,
    put_paper,
    rendered,
    rows_of,
    said,
    text_of,
    words_of,
)

pytestmark = pytest.mark.django_db


def test_a_draft_says_what_is_missing_and_takes_no_number(as_user, case):
    reply = as_user("supervisor").get(f"{DRAFT}?kind=notice&case={case.pk}")
    told = reply.json()
    assert reply.status_code == 200
    assert told["number"] == f"青街改〔{timezone.localdate().year}〕　号"
    assert told["wrong"] == {
        "edits.due": "This is needed.",
        "edits.recheck_on": "This is needed.",
        "officers": "At least 2 inspectors, each with the number of the certificate.",
    }
    assert told["addressee"]["name"] == case.estate.company.name
    assert Paper.objects.count() == 0


def test_a_draft_begins_with_the_deadline_of_its_case(as_user, case):
    due = timezone.now().replace(hour=2, minute=0) + timezone.timedelta(days=5)
    Case.objects.filter(pk=case.pk).update(due_at=due)
    told = as_user("supervisor").get(f"{DRAFT}?kind=notice&case={case.pk}").json()
    local = timezone.localdate(due)
    assert told["edits"]["due"] == local.isoformat()
    assert told["edits"]["recheck_on"] > told["edits"]["due"]
    assert set(told["wrong"]) == {"officers"}
    assert rows_of(told)[0][-1] == said(local.isoformat())


def test_no_line_is_due_later_than_the_whole(as_user, case):
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() + timezone.timedelta(days=20))
    supervisor, finding = as_user("supervisor"), case.findings.get()
    told = drafted(supervisor, "notice", case, due=day(3), recheck_on=day(4)).json()
    assert rows_of(told)[0][-1] == said(day(3))
    later = {str(finding.pk): {"requirement": "更换灯具", "due": day(5)}}
    wrong = drafted(supervisor, "notice", case, due=day(3), recheck_on=day(4), rows=later).json()
    assert "edits.rows" in wrong["wrong"]


def test_what_is_put_otherwise_stands_in_the_draft(as_user, case):
    finding = case.findings.get()
    told = drafted(
        as_user("supervisor"),
        "notice",
        case,
        place="东门",
        due=day(3),
        recheck_on=day(4),
        extra="夜间专人值守。\n每日报告。",
        rows={str(finding.pk): {"requirement": "更换灯具", "due": day(2)}},
    ).json()
    assert set(told["wrong"]) == {"officers"}
    assert rows_of(told)[0][-2:] == ["更换灯具", said(day(2))]
    words = words_of(told["says"])
    assert {"夜间专人值守。", "每日报告。"} <= set(words)
    assert any("检查地点：东门" in each for each in words)


WRONG = [
    ({"due": "tomorrow"}, {"edits.due"}),
    ({"due": day(-1)}, {"edits.due"}),
    ({"due": day(9)}, {"edits.recheck_on"} | set()),
    ({"consequence": "逾期处以罚款二千元。"}, {"edits.consequence"}),
    ({"extra": "罚款"}, {"edits.extra"}),
    ({"ordered": True}, {"edits.authority"}),
    ({"photos": [str(uuid.uuid4())]}, {"edits.photos"}),
    ({"rows": {str(uuid.uuid4()): {"requirement": "x"}}}, {"edits.rows"}),
    ({"place": "x" * 201}, {"edits.place"}),
    ({"contact": ""}, {"edits.contact"}),
    ({"checked_at": "2024-11-30"}, {"edits.checked_at"}),
]


@pytest.mark.parametrize(("edits", "wrong"), WRONG, ids=[str(n) for n in range(len(WRONG))])
def test_what_cannot_stand_on_a_notice_is_named_and_nothing_is_issued(as_user, case, edits, wrong):
    body = a_notice(case, edits={"due": day(5), "recheck_on": day(6)} | edits)
    reply = put_paper(as_user("supervisor"), body)
    assert (reply.status_code, reply.json()["code"]) == (400, "paper_invalid")
    assert set(reply.json()["details"]["fields"]) == wrong
    assert Paper.objects.count() == 0


def test_with_the_power_to_order_it_is_an_order_and_says_by_what(as_user, case):
    edits = {"ordered": True, "authority": "福建省人民政府关于赋予乡镇街道行政权力的决定"}
    paper = issued(as_user("supervisor"), a_notice(case, edits=edits))
    words = "".join(words_of(paper.data["sheet"]))
    assert paper.data["sheet"]["title"] == "责令整改通知书"
    assert "依据福建省人民政府关于赋予乡镇街道行政权力的决定，责令你单位" in words
    assert "行政指导" not in words
    assert "罚款" not in words


def found(estate, item: str, kind: str, answer, **columns) -> Case:
    inspection = InspectionFactory(estate=estate, kind=kind, answers={item: answer}, **columns)
    finding = FindingFactory(estate=estate, inspection=inspection, kind=kind, item=item)
    return case_of(finding, title=item)


def line_of(client, case) -> list[str]:
    reply = drafted(client, "notice", case)
    assert reply.status_code == 200, reply.json()
    return rows_of(reply.json())[0]


def test_a_confirmed_basis_is_printed_with_what_it_asks_for(as_user, estate):
    line = line_of(as_user("supervisor"), found(estate, "XF-03", "fire_lane", 3.2))
    assert line[2] == "消防车通道净宽度(m)：3.2 m，不应小于 4 m"
    assert line[3:5] == ["XF-03", "《建筑设计防火规范》GB 50016-2014(2018年版)"]


def test_what_is_only_remembered_is_never_printed_as_law(as_user, estate):
    line = line_of(as_user("supervisor"), found(estate, "XF-05", "fire_lane", 6))
    assert line[2] == "转弯半径(m)：6 m"
    assert line[3:5] == ["XF-05", "—"]


def test_what_the_code_only_recommends_is_printed_as_such(as_user, estate):
    line = line_of(as_user("supervisor"), found(estate, "XF-06", "fire_lane", 3))
    assert "不宜小于 5 m" in line[2]


def test_what_came_by_a_complaint_is_told_in_the_offices_words(as_user, estate):
    case = CaseFactory(estate=estate, title="楼道堆物")
    line = line_of(as_user("supervisor"), case)
    assert line[1:5] == ["银星花园", "楼道堆物", "—", "—"]


def test_a_clause_stays_what_it_was_when_the_kind_is_reworded(as_user, estate, monkeypatch):
    case = found(estate, "XF-03", "fire_lane", 3.2)
    paper = issued(as_user("supervisor"), a_notice(case))
    before = paper.data
    Finding.objects.filter(case=case).update(severity=1)
    again = rendered(paper)
    assert again.data == before
    assert "GB50016-2014(2018年版)" in text_of(bytes_of(again.pdf))
