"""Every kind of paper, with many findings, two looks and photos, as PDF and as .docx."""

import uuid

import pytest

from inspections.models import MaskedCopy
from tests.cases import made
from tests.evidence.worlds import handled
from tests.factories import (
    AssetFactory,
    FindingFactory,
    InspectionFactory,
    MoveFactory,
    case_of,
)
from tests.papers.desk import (
    OFFICERS,
    a_notice,
    by_office,
    bytes_of,
    close,
    day,
    drafted,
    issued,
    pages_of,
    rendered,
    rows_of,
    text_of,
    words_of,
)

pytestmark = pytest.mark.django_db

DAYS = {"due", "recheck_on", "month"}
KINDS = {
    "record": ("检查记录", {"present": "王五", "opinion": "请于三日内更换灯具。"}),
    "notice": ("整改通知书", {"due": day(7), "recheck_on": day(10)}),
    "recheck": ("复查意见书", {"conclusion": "经复查，已整改到位。"}),
    "reminder": ("工作提醒函", {"reason": "该事项已超期，特此提醒。"}),
    "talk": (
        "约谈纪要",
        {
            "host": "赵六",
            "recorder": "钱七",
            "attended": "孙八（项目经理）",
            "agreed": "一周内完成整改。",
        },
    ),
    "bulletin": ("通报", {"month": "2024-11", "problems": "路灯损坏较多。"}),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_the_same_as_pdf_and_as_docx(as_user, case, kind, tmp_path):
    title, edits = KINDS[kind]
    MoveFactory(case=case, name="pass_check", state_after="checked")
    cases = [] if kind == "bulletin" else [str(case.pk)]
    body = {"kind": kind, "cases": cases, "edits": edits, "officers": OFFICERS}
    paper = rendered(issued(as_user("admin"), body))
    assert paper.data["sheet"]["title"].endswith(title)
    printed = by_office(bytes_of(paper.docx), tmp_path)
    for text in (text_of(bytes_of(paper.pdf)), text_of(printed)):
        unsaid = [each for each in words_of(paper.data["sheet"]) if close(each) not in text]
        assert unsaid == []
        assert close(str(paper)) in text
        assert all(
            close(each) in text
            for name, each in edits.items()
            if name not in {"due", "recheck_on", "month"}
        )
    assert abs(len(pages_of(printed)) - paper.pages) <= 1


@pytest.mark.slow
def test_60_findings_stand_on_one_notice(as_user, estate, tmp_path, series):
    inspection = InspectionFactory(estate=estate, kind="fire_lane", answers={"XF-03": 3.2})
    cases = [case_of(FindingFactory(estate=estate, inspection=inspection, item="XF-03"))]
    for n in range(59):
        lane = AssetFactory(estate=estate, code=f"LD-{n:03}", name=f"{n + 1}号楼前路灯")
        cases.append(
            case_of(FindingFactory(estate=estate, asset=lane, item="ZM-01"), title=f"路灯{n}")
        )
    paper = rendered(issued(as_user("supervisor"), a_notice(*cases)))
    rows = rows_of({"says": paper.data["sheet"]})
    assert [each[0] for each in rows] == [str(n) for n in range(1, 61)]
    text = text_of(bytes_of(paper.pdf))
    assert all(f"{n}号楼前路灯" in text for n in range(1, 60))
    printed = by_office(bytes_of(paper.docx), tmp_path)
    assert all(f"{n}号楼前路灯" in text_of(printed) for n in range(1, 60))
    assert abs(len(pages_of(printed)) - paper.pages) <= 1


def test_what_nobody_looked_at_again_has_no_opinion(as_user, case):
    reply = drafted(as_user("supervisor"), "recheck", case)
    assert (reply.status_code, reply.json()["details"]["fields"]) == (
        400,
        {"cases": f"Not looked at again yet: {case.number}."},
    )


def test_a_second_look_is_told_with_both_photos(as_user, estate, series):
    world = handled(as_user, estate)
    case = made(as_user("inspector"), world.case, "pass_check")
    body = {"kind": "recheck", "cases": [str(case.pk)], "officers": OFFICERS}
    paper = issued(as_user("supervisor"), body)
    sheet = paper.data["sheet"]
    assert rows_of({"says": sheet})[0][4:] == ["已整改到位", "1"]
    assert [each["sha256"] for each in sheet["pictures"]] == [world.before.sha256]


def test_photos_are_attached_as_they_may_be_given_away(as_user, estate, series, people):
    world = handled(as_user, estate)
    supervisor = as_user("supervisor")
    told = drafted(supervisor, "notice", world.case).json()
    assert [each["id"] for each in told["faults"][0]["photos"]] == [str(world.before.pk)]
    assert rows_of(told)[0][5] == "1"
    boxes = {"boxes": [{"left": 0.1, "top": 0.1, "width": 0.3, "height": 0.3}]}
    masked = uuid.uuid4()
    address = f"/api/v1/photos/{world.before.pk}/masked/{masked}/"
    assert supervisor.put(address, boxes, format="json").status_code == 201
    paper = rendered(issued(supervisor, a_notice(world.case)))
    (picture,) = paper.data["sheet"]["pictures"]
    assert picture["file"] == MaskedCopy.objects.get(pk=masked).file
    assert picture["sha256"] == world.before.sha256
    assert picture["caption"].startswith("照片1")
    assert pages_of(bytes_of(paper.pdf))[-1].startswith("附件：现场照片照片1")
    without = issued(supervisor, a_notice(world.case, edits={"photos": []}))
    assert without.data["sheet"]["pictures"] == []
