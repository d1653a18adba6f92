"""The month's supervision result: the board as of the month's end on paper, in nobody's name until
it is signed; that it was issued is what the notice asks for each month."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.metrics import METRICS, WHOLE, Span
from campaign.models import Enrolment, Programme, StageMove
from campaign.papers.figures import of_month
from geo.scope import EVERYTHING
from inspections import tasks
from inspections.models import Paper, Series
from tests.campaign.entered import a_value, enter
from tests.campaign.notice import NOTICE
from tests.factories import CompanyFactory, EstateFactory, MembershipFactory
from tests.papers.desk import by_office, issued, rendered, text_of

pytestmark = pytest.mark.django_db

PAPERS = "/api/v1/papers/"
KEPT = (
    *("ZX01-D1", "ZX02-M1", "ZX04-R1", "ZX07-R1", "ZX07-M3", "ZX08-M1", "ZX08-D3"),
    "ZX00-R1",
)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "photos"
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.PAPER_FONTS_DIR = tmp_path / "fonts"


@pytest.fixture
def autumn(as_user, people, only, community, elsewhere, estate):
    """What two communities, each with one estate, told of November."""
    only(*KEPT)
    Series.objects.get_or_create(kind="oversight", code="青街督")
    far = EstateFactory(community=elsewhere, company=CompanyFactory(), has_company=True)
    admin = as_user("admin")
    for code, day, told in (
        ("ZX01-D1", "2024-11-14", {"community": community.pk}),
        ("ZX02-M1", "2024-11-20", {"community": community.pk, "numerator": 3, "denominator": 4}),
        ("ZX02-M1", "2024-11-21", {"community": elsewhere.pk, "numerator": 1, "denominator": 4}),
        ("ZX04-R1", "2024-11-20", {}),
        ("ZX07-R1", "2024-11-28", {"estate": estate.pk}),
        ("ZX07-R1", "2024-12-03", {"estate": far.pk}),
    ):
        reply = enter(admin, a_value(code, measured_on=day, **told))
        assert reply.status_code == 201, (code, reply.json())
    # Two are on the way to the standard: one was announced in November, one in December.
    listed(estate, people["admin"], announced="2024-11-29")
    listed(far, people["admin"], announced="2024-12-10")


def listed(estate, by, *, announced: str) -> None:
    row = Enrolment.objects.create(
        id=uuid4(),
        programme=Programme.objects.get(code=NOTICE),
        estate=estate,
        person="王经理",
        enrolled_on="2024-11-08",
        by=by,
        content_sha256="",
    )
    StageMove.objects.create(
        id=uuid4(),
        enrolment=row,
        to="S10",
        on=announced,
        announcement="晋安办〔2024〕9号",
        by=by,
        content_sha256="",
    )


def drafted(client, month: str, **more):
    body = {"kind": "oversight", "edits": {"month": month}} | more
    return client.post(f"{PAPERS}draft/", body, format="json")


def texts(told: dict) -> list[str]:
    return [each["text"] for each in told["says"]["body"] if each["type"] == "paragraph"]


def tables(told: dict) -> list[list[list[str]]]:
    return [each["rows"] for each in told["says"]["body"] if each["type"] == "table"]


def test_it_says_how_everything_stood_at_the_months_end(as_user, autumn, settings):
    told = drafted(as_user("admin"), "2024-11").json()
    assert told["says"]["title"] == "关于2024年11月督导检查结果的通报"
    actions, late, communities = tables(told)
    assert actions == [
        # Nobody published a result in November.
        [
            "ZX00 总体目标与组织保障",
            "工作专班（综合协调组挂靠社区发展办）",
            "0/1",
            "未填报",
            "—",
        ],
        # 象山社区 told nothing by 15 November.
        ["ZX01 党的组织覆盖提升", "党建办", "0/1", "逾期", "2024.11.16"],
        # 4 of 8 are 50 %; 24 of 55 days ask for 26 %.
        ["ZX02 小区自治组织提升", "各社区", "0/1", "进度正常", "—"],
        ["ZX04 “执法进小区”", "综合执法队", "1/1", "已完成", "—"],
        # Of two estates one cleaned up; November is over only tomorrow. No estate was inspected.
        ["ZX07 住宅小区环境提升", "综合执法队、人居环境办", "0/2", "未填报", "—"],
        # 1 of 20 where 44 % of the days are over; of charging sites none is asked.
        ["ZX08 安全防范提升", "社区发展办", "0/1", "进度滞后", "—"],
    ]
    assert late == [
        ["ZX01-D1 小区党员摸底排查", "≥1 项，2024.11.15前", "1/2", "2024.11.16", "象山"],
        [
            "ZX08-M1 物业住宅小区安全生产标准化创建",
            "≥20 个小区，2024.12.31前",
            "1",
            "—",
            "—",
        ],
    ]
    assert communities == [
        ["陈村社区", "3/4", "0", "0", "—", "—"],
        ["象山社区", "0/4", "1", "1", "2024.11.16", "ZX01-D1"],
    ]
    said = texts(told)
    assert said[2] == (
        "截至2024年11月30日，专项行动共6类、指标8项：已完成1项、进度正常2项、进度滞后1项、逾期1项、"
        "未填报2项；另有1项未设目标。"
    )
    assert "截至2024年11月30日，已公告的达标小区1个，目标≥20个，期限2024年12月31日。" in said
    # What is our reading and not the notice's is called so.
    assert [each for each in said if each.startswith("ZX")] == [
        "ZX07-M3：通知为定性要求，数值为我们的理解。"
    ]


def test_what_comes_after_the_month_changes_nothing_of_it(as_user, autumn, elsewhere):
    admin = as_user("admin")
    before = drafted(admin, "2024-11").json()["says"]["body"]
    enter(admin, a_value("ZX01-D1", measured_on="2024-12-01", community=elsewhere.pk))
    assert drafted(admin, "2024-11").json()["says"]["body"] == before
    december = drafted(admin, "2024-12").json()
    assert "截至2024年12月31日，已公告的达标小区" in "".join(texts(december))
    # Of November no result was published; 4 of 8 are fewer than 60 %; 2 are fewer than 20. One
    # estate has until midnight for December, the other did not make up for November but did clean
    # up since.
    assert [row[0].split()[0] for row in tables(december)[1]] == ["ZX00-R1", "ZX02-M1", "ZX08-M1"]


def test_there_is_none_of_before_the_notice(as_user, autumn):
    reply = drafted(as_user("admin"), "2024-10")
    assert reply.status_code == 400
    assert reply.json()["details"]["fields"] == {
        "edits.month": "There was no programme in that month."
    }


def test_there_is_none_of_a_month_that_has_not_begun(as_user, autumn, clock):
    clock("2024-12-31", "23:59")
    reply = drafted(as_user("admin"), "2025-01")
    assert reply.json()["details"]["fields"] == {"edits.month": "This month has not begun yet."}
    clock("2025-01-01", "00:00")
    assert drafted(as_user("admin"), "2025-01").status_code == 200


def test_decembers_is_of_its_own_year_though_next_years_notice_is_out(as_user, autumn):
    Programme.objects.create(
        code="晋政青〔2024〕99号", zh="明年", en="Next year", year=2025, issued_on="2024-12-15"
    )
    (says, *_rest) = texts(drafted(as_user("admin"), "2024-12").json())
    assert NOTICE in says
    (says, *_rest) = texts(drafted(as_user("admin"), "2025-01").json())
    assert "晋政青〔2024〕99号" in says


def test_who_leads_is_read_once_for_all_actions(autumn):
    with CaptureQueriesContext(connection) as asked:
        of_month(EVERYTHING, "2024-11", None)
    # By the board, and for the names on the paper.
    assert sum("campaign_responsibility" in each["sql"] for each in asked) == 2


def test_it_is_issued_by_itself_in_nobodys_name_and_counts_once_somebody_signed_it(
    as_user, people, autumn, clock
):
    count = METRICS["supervision_publish"].count
    december = Span(date(2024, 12, 1), date(2024, 12, 31), date(2024, 12, 31))
    november = Span(date(2024, 11, 7), date(2024, 11, 30), date(2024, 11, 30))
    MembershipFactory(user=people["officer"], role="supervisor", since=date(2024, 6, 1))
    clock("2024-12-02")
    assert tasks.issue_bulletin(timestamp=0) >= 1
    (made,) = Paper.objects.filter(kind="oversight")
    assert (str(made), made.issued_by) == ("青街督〔2024〕1号", None)
    assert made.data["sheet"]["body"][-1]["text"] == (
        "本结果由系统按月自动生成，经审核并加盖印章后生效。"
    )
    clock("2024-12-03")
    assert tasks.issue_bulletin(timestamp=0) == 0
    clock("2024-12-05", "10:00")
    assert count(EVERYTHING, december) == {}
    body = {"kind": "oversight", "edits": {"month": "2024-11"}, "reissues": str(made.pk)}
    signed = issued(as_user("officer"), body)
    assert signed.issued_by == people["officer"]
    assert "系统按月自动生成" not in str(signed.data["sheet"])
    clock("2024-12-06")
    assert {place: share.n for place, share in count(EVERYTHING, december).items()} == {WHOLE: 1}
    assert count(EVERYTHING, november) == {}
    before = Span(date(2024, 12, 1), date(2024, 12, 4), date(2024, 12, 4))
    assert count(EVERYTHING, before) == {}
    board = as_user("leader").get("/api/v1/campaign/board/", {"as_of": "2024-12-06"}).json()
    (row,) = [
        each
        for action in board["actions"]
        for each in action["indicators"]
        if each["code"] == "ZX00-R1"
    ]
    assert (row["derived"], row["whole"]["light"], row["whole"]["n"]) == (True, "done", 1)
    # Void, it is published no more; of the days before, it was.
    clock("2024-12-09")
    reply = as_user("officer").put(
        f"{PAPERS}{signed.pk}/void/", {"reason": "数字有误"}, format="json"
    )
    assert reply.status_code in {200, 201, 204}, reply.content
    clock("2024-12-10")
    assert count(EVERYTHING, december) == {}
    of_then = Span(date(2024, 12, 1), date(2024, 12, 6), date(2024, 12, 6))
    assert {place: share.n for place, share in count(EVERYTHING, of_then).items()} == {WHOLE: 1}


def test_nobody_enters_what_follows_from_the_paper(as_user, autumn):
    reply = enter(as_user("admin"), a_value("ZX00-R1", period="2024-11"))
    assert (reply.status_code, reply.json()["code"]) == (409, "indicator_derived")


@pytest.mark.parametrize(
    ("who", "office", "status"),
    [
        ("supervisor", False, 403),
        ("officer", False, 403),
        ("leader", False, 403),
        ("clerk", False, 403),
        ("company", False, 403),
        ("supervisor", True, 201),
    ],
)
def test_it_is_issued_by_the_supervisors_of_the_office(
    as_user, people, autumn, who, office, status
):
    if office:
        MembershipFactory(user=people[who], role="supervisor")
    body = {"kind": "oversight", "edits": {"month": "2024-11"}}
    reply = as_user(who).put(f"{PAPERS}{uuid4()}/", body, format="json")
    assert reply.status_code == status, reply.json()


def test_a_community_has_its_own(as_user, people, autumn, community):
    told = drafted(as_user("supervisor"), "2024-11", community=community.pk).json()
    assert told["says"]["title"] == "关于2024年11月陈村社区督导检查结果的通报"
    assert [row[0] for row in tables(told)[-1]] == ["陈村社区"]
    # One of its estates is no part of twenty that could be behind.
    assert "无。" in texts(told)
    assert (
        "截至2024年11月30日，已公告的达标小区1个，全街道目标≥20个，期限2024年12月31日。"
        in texts(told)
    )


@pytest.mark.slow
def test_its_files_say_the_same(as_user, people, autumn, tmp_path):
    MembershipFactory(user=people["supervisor"], role="supervisor")
    body = {"kind": "oversight", "edits": {"month": "2024-11", "problems": "象山社区进度滞后。"}}
    paper = rendered(issued(as_user("supervisor"), body))
    pdf, docx = ((tmp_path / "photos" / name).read_bytes() for name in (paper.pdf, paper.docx))
    for text in (text_of(pdf), text_of(by_office(docx, tmp_path))):
        for said in ("关于2024年11月督导检查结果的通报", "象山社区", "已公告的达标小区1个"):
            assert said in text
