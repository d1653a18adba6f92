"""Lists of complaints from other systems: looked through first, all or nothing, never twice."""

from datetime import datetime
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest

from geo.datum import wgs84_to_gcj02
from inspections.models import Case, Complainant, Complaint
from tests.factories import EstateFactory
from tests.test_complaints import a_complaint, end, take

pytestmark = pytest.mark.django_db

HEAD = "来源,编号,事由,内容,社区,小区,地点,受理时间,严重程度,简单,姓名,电话,要求回复,案卷号"
FIRST = (
    "热线,12345-1,消防通道停车,楼下消防通道停满车,陈村社区,银星花园,5栋楼下,2024-11-30 16:30,"
    "严重,否,林阿姨,13800001111,是,"
)
SECOND = "小程序,G-2,路灯不亮,3栋门口路灯不亮,,银星花园,,2024/12/1 9:05,,,,,,"


def sheet(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([HEAD, *lines, ""]).encode(encoding)


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def send(client, body: bytes, name: str = "投诉.csv", **asked):
    query = "&".join(f"{name}={value}" for name, value in {"name": name, **asked}.items())
    return client.post(
        f"/api/v1/complaints/file/?{query}", body, content_type="application/octet-stream"
    )


def test_a_file_is_looked_through_then_taken_in_once(as_user, estate):
    client = as_user("clerk")
    body = sheet(FIRST, SECOND, encoding="gb18030")
    looked = send(client, body, check=1)
    assert looked.status_code == 200
    assert Complaint.objects.count() == Case.objects.count() == 0
    told = looked.json()
    assert (told["checked"], told["taken"], told["known"], told["joined"]) == (True, 2, 0, 0)
    assert [each["reason"] for each in told["notes"]] == ["The text was read as GB18030."]
    assert told["lines"][0] == {
        "line": 2,
        "id": told["lines"][0]["id"],
        "known": False,
        "channel": "hotline",
        "title": "消防通道停车",
        "text": "楼下消防通道停满车",
        "community_name": "陈村社区",
        "estate_name": "银星花园",
        "received_at": "2024-11-30T08:30:00Z",
        "joins": None,
        "alike": [],
    }

    assert send(client, body).json()["taken"] == 2
    first = Complaint.objects.get(outside_number="12345-1")
    assert (first.file, first.line, first.case.severity) == ("投诉.csv", 2, 2)
    assert (first.place_told, str(first.pk)) == ("5栋楼下", told["lines"][0]["id"])
    who = Complainant.objects.get()
    assert (who.complaint, who.name, who.phone) == (first, "林阿姨", "13800001111")
    second = Complaint.objects.get(outside_number="G-2")
    assert (second.channel, second.case.severity, second.estate) == ("miniapp", 3, estate)
    assert second.received_at.isoformat() == "2024-12-01T01:05:00+00:00"

    again = send(client, body).json()
    assert (again["taken"], again["known"]) == (0, 2)
    assert Complaint.objects.count() == Case.objects.count() == 2


def test_a_workbook_with_a_title_and_true_dates_is_read(as_user, estate):
    rows = [
        ["11月投诉登记表"],
        ["内容", "小区", "受理时间", "经度(GCJ-02)", "纬度(GCJ-02)"],
        ["楼道堆物", "银星花园", datetime(2024, 11, 30, 16, 30), None, None],  # noqa: DTZ001
    ]
    reply = send(as_user("clerk"), workbook(*rows), name="登记.xlsx")
    assert reply.status_code == 200, reply.json()
    row = Complaint.objects.get()
    assert (row.channel, row.line, row.case.title) == ("other", 3, "居民投诉")
    assert row.received_at.isoformat() == "2024-11-30T08:30:00+00:00"


def test_a_place_in_the_file_says_in_which_system_it_is(as_user, estate):
    middle = estate.geom.point_on_surface
    lon, lat = wgs84_to_gcj02([[middle.x, middle.y]])[0]
    lines = f"内容,受理时间,经度,纬度\n楼道堆物,2024-11-30,{lon},{lat}\n".encode()
    unsaid = send(as_user("clerk"), lines)
    assert (unsaid.status_code, unsaid.json()["code"]) == (400, "complaint_file_unreadable")
    assert unsaid.json()["details"]["why"] == "datum_missing"
    assert send(as_user("clerk"), lines, datum="gcj02").json()["taken"] == 1
    row = Complaint.objects.get()
    assert row.estate == estate
    assert row.place.distance(middle) < 1e-7


def test_every_bad_line_is_named_and_nothing_is_taken(as_user, estate, elsewhere):
    EstateFactory(community=elsewhere, name="银星花园")
    take(as_user("clerk"), a_complaint(estate))
    ended = Case.objects.get()
    end(as_user("supervisor"), ended)
    lines = [
        FIRST,
        "飞鸽,,x,有事,陈村社区,银星花园,,2024-11-30,,,,,,",
        "电话,,x,有事,,银星花园,,2024-11-30,,,,,,",
        "电话,,x,有事,陈村社区,没有的小区,,2024-13-40,特急,也许,,,,",
        "电话,,x,,陈村社区,银星花园,,2024-11-30,,,,,,",
        "电话,,x,有事,陈村社区,银星花园,,2024-11-30,,,,,,999999",
        f"电话,,x,有事,陈村社区,银星花园,,2024-11-30,,,,,,{ended.number}",
    ]
    reply = send(as_user("clerk"), sheet(*lines))
    assert reply.status_code == 400
    told = reply.json()
    assert (told["code"], told["details"]["found"]) == ("complaint_file_refused", 9)
    by_line: dict[int, list[str]] = {}
    for each in told["details"]["problems"]:
        by_line.setdefault(each["line"], []).append(each["reason"])
    assert by_line.keys() == {3, 4, 5, 6, 7, 8}
    assert by_line[3][0].startswith("来源 “飞鸽”: must be one of")
    assert by_line[4] == ["There are several estates “银星花园”: name the community."]
    assert [each.split("”")[0] for each in by_line[5]] == [
        "受理时间 “2024-13-40",
        "严重程度 “特急",
        "简单 “也许",
        "There is no estate “没有的小区",
    ]
    assert by_line[6] == ["This is needed."]
    assert by_line[7] == ["There is no case 999999 in your area."]
    assert by_line[8] == ["This case is ended. Reopen it, or let the complaint open its own."]
    assert Complaint.objects.count() == 1


def test_a_line_joins_a_case_and_what_may_be_the_same_is_told(as_user, estate):
    client = as_user("clerk")
    now = "2024-11-30T16:30:00+08:00"
    open_case = take(client, a_complaint(estate, received_at=now)).json()["properties"]
    number = open_case["case_number"]
    joins = f"电话,,x,又停车了,陈村社区,银星花园,,2024-12-01,,,,,,{number}"
    same = "电话,,消防通道停车,消防通道停满小车,陈村社区,银星花园,,2024-12-01,,,,,,"
    Case.objects.update(reported_at="2099-01-01T00:00Z")
    told = send(client, sheet(joins, same, same), check=1).json()
    assert [each["joins"] for each in told["lines"]] == [number, None]
    assert [[one["number"] for one in each["alike"]] for each in told["lines"]] == [[], [number]]
    assert [each["reason"] for each in told["notes"]] == [
        "It says the same as line 3 and is taken once."
    ]
    assert send(client, sheet(joins, same)).json()["joined"] == 1
    assert Case.objects.get(number=number).complaints.count() == 2
    assert Case.objects.count() == 2


def test_what_was_entered_by_hand_is_known_by_its_number(as_user, estate):
    client = as_user("clerk")
    by_hand = a_complaint(estate, channel="hotline", outside_number="12345-1")
    take(client, by_hand, uuid4())
    told = send(client, sheet(FIRST)).json()
    assert (told["taken"], told["known"]) == (0, 1)
    assert [(each["line"], each["reason"]) for each in told["notes"]] == [
        (2, "It is there already, in other words: what is there stays.")
    ]
    assert Complaint.objects.get().text == by_hand["text"]


@pytest.mark.parametrize(
    ("body", "name", "why"),
    [
        (b"\n", "x.csv", None),
        (b"\x89PNG", "x.png", "format_unknown"),
        ("小区,受理时间\n银星花园,2024-11-30\n".encode(), "x.csv", None),
        (b"\xff\xfe\x00", "x.csv", None),
    ],
)
def test_what_is_no_such_list_is_refused_as_a_whole(as_user, estate, body, name, why):
    reply = send(as_user("clerk"), body, name=name)
    assert reply.status_code == 400
    assert reply.json()["code"] == "complaint_file_unreadable"
    assert reply.json()["details"].get("why") in {why, "file_damaged"}


def test_who_takes_no_complaints_takes_no_file(as_user, estate):
    statuses = {
        who: send(as_user(who), sheet(FIRST), check=1).status_code
        for who in ("clerk", "officer", "supervisor", "inspector", "company", "leader", "nobody")
    }
    assert statuses == {
        "clerk": 200,
        "officer": 200,
        "supervisor": 200,
        "inspector": 403,
        "company": 403,
        "leader": 403,
        "nobody": 401,
    }
