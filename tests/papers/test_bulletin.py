"""The bulletin of a month: figures as of its last day, by hand and by itself."""

from datetime import date, datetime
from io import StringIO
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone, translation

from inspections import tasks
from inspections.models import CaseSpan, Paper, PaperKind, Series
from inspections.services import papers
from tests.factories import (
    CaseFactory,
    EstateFactory,
    FindingFactory,
    InspectionFactory,
    MembershipFactory,
)
from tests.papers.desk import by_office, drafted, issued, pages_of, put_paper, rows_of, text_of

pytestmark = pytest.mark.django_db


def bulletin_of(month: str) -> Paper | None:
    return papers.monthly_of(PaperKind.BULLETIN, month)


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def found(estate, day: str, closed: str | None = None) -> None:
    inspection = InspectionFactory(estate=estate, recorded_at=at(day))
    FindingFactory(
        estate=estate,
        inspection=inspection,
        recorded_at=at(day),
        closed_at=closed and at(closed),
    )


@pytest.fixture
def autumn(series, estate, elsewhere) -> None:
    """Three findings of November in the community: one was closed in it and found again, one was
    closed after it; one of October is open; and elsewhere, inspections that found nothing."""
    found(estate, "2024-10-10")
    found(estate, "2024-11-05", closed="2024-11-20")
    found(estate, "2024-11-06", closed="2024-12-05")
    found(estate, "2024-11-30")
    found(estate, "2024-12-01")
    other = EstateFactory(community=elsewhere)
    InspectionFactory.create_batch(2, estate=other, recorded_at=at("2024-11-11"))


_MONTHS = ("2024-11", "2024-12")


def text(told: dict) -> str:
    return "".join(each.get("text", "") for each in told["says"]["body"])


def test_its_figures_are_those_of_the_months_last_day(as_user, autumn, estate):
    told = drafted(as_user("admin"), "bulletin", month="2024-11").json()
    assert rows_of(told) == [
        ["陈村社区", "3", "3", "1.00（0.21–2.92）", "3", "0", "1"],
        ["象山社区", "2", "0", "0.00（0.00–1.84）", "0", "0", "0"],
    ]
    said = text(told)
    assert "本月检查5次，发现隐患3处，平均每次检查发现0.60（0.12–1.75）处；其中1处" in said
    assert "截至2024年11月30日，未销号隐患3处，逾期未办结案卷0件。" in said
    assert "检出率：这段时间内发现的隐患数 ÷ 同期有效检查次数" in said


def test_what_happens_after_the_month_changes_nothing_of_it(as_user, autumn, estate):
    admin = as_user("admin")
    before, then = (drafted(admin, "bulletin", month=each).json() for each in _MONTHS)
    found(estate, "2024-12-02")
    after, later = (drafted(admin, "bulletin", month=each).json() for each in _MONTHS)
    assert rows_of(after) == rows_of(before)
    assert text(after).partition("数据版本")[0] == text(before).partition("数据版本")[0]
    # The data is another, and says so.
    assert text(after) != text(before)
    assert rows_of(later) != rows_of(then)


def test_how_cases_were_handled_is_what_the_board_tells_of_the_months_end(as_user, autumn, estate):
    for day, due, ended in (
        ("2024-11-03", "2024-11-10", "2024-11-08"),
        ("2024-11-04", "2024-11-11", "2024-11-20"),
        ("2024-11-05", "2024-11-12", "2024-12-02"),
        ("2024-11-25", "2024-12-05", None),
    ):
        case = CaseFactory(estate=estate, reported_at=at(day), first_due_at=at(due))
        span = CaseSpan.objects.get(case=case)
        CaseSpan.objects.filter(pk=span.pk).update(
            since=at(day), until=ended and at(ended), due_at=at(due), step_due_at=at(due)
        )
        if ended:
            ended_at = at(ended)
            told = {"state": "closed", "since": ended_at, "ended_at": ended_at}
            CaseSpan.objects.create(case=case, **told)
    told = drafted(as_user("admin"), "bulletin", month="2024-11").json()
    rates = next(each for each in told["says"]["body"] if "处置率" in each.get("head", ()))
    asked = "?since=2024-11-01&until=2024-11-30&as_of=2024-11-30"
    board = as_user("leader").get(f"/api/v1/overview/board/{asked}").json()
    names = ("handled", "on_time", "overdue", "first_time_fixed", "repeat", "inspections")
    by_name = {each["name"]: each["figures"] for each in board["communities"]}
    for name, *cells in rates["rows"]:
        assert [cell.partition("(")[2].rstrip(")") for cell in cells] == [
            f"{share['n']}/{share['of']}" if share["of"] else ""
            for share in (by_name[name][each] for each in names)
        ]
    shares = ["50% (2/4)", "33% (1/3)", "50% (1/2)", "100% (2/2)"]
    assert rates["rows"][0][:5] == ["陈村社区", *shares]
    assert (
        "本月案卷处置率50%（2/4），按期率33%（1/3），一次办结率100%（2/2）。"
        "截至2024年11月30日，未办结案卷2件，其中逾期1件；按环节时限：待受理超期1件。"
    ) in text(told)


def test_a_community_has_its_own(as_user, autumn, community):
    body = {"kind": "bulletin", "community": community.pk, "edits": {"month": "2024-11"}}
    reply = as_user("supervisor").post("/api/v1/papers/draft/", body, format="json")
    assert rows_of(reply.json()) == [["陈村社区", "3", "3", "1.00（0.21–2.92）", "3", "0", "1"]]


@pytest.fixture
def folders(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "photos"


def command(*args) -> list[str]:
    out = StringIO()
    with translation.override("en"):
        call_command("bulletin", *map(str, args), stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.slow
def test_a_command_writes_it_as_pdf_and_docx_and_keeps_it_among_the_papers(
    as_user, autumn, folders, tmp_path
):
    into = tmp_path / "out"
    into.mkdir()
    as_user("admin")
    first, again = command("2024-11", "--into", into), command("2024-11", "--into", into)
    (paper,) = Paper.objects.all()
    assert first == again == [str(into / f"{paper}.pdf"), str(into / f"{paper}.docx")]
    assert (paper.kind, paper.community, paper.pages) == ("bulletin", None, 3)
    pdf, docx = ((into / f"{paper}.{ending}").read_bytes() for ending in ("pdf", "docx"))
    for said in (text_of(pdf), text_of(by_office(docx, tmp_path))):
        assert "关于2024年11月隐患排查整治情况的通报" in said
        assert "未销号隐患3处" in said
        assert "复发（处）" in said
        assert "检查完成率" in said
    assert len(pages_of(pdf)) == 3
    told = as_user("leader").get("/api/v1/papers/", {"kind": "bulletin"}).json()
    assert [each["id"] for each in told["papers"]] == [str(paper.pk)]


def test_a_command_says_what_is_wrong(people, autumn, tmp_path):
    this = f"{timezone.localdate():%Y-%m}"
    for month, said in (("2024-13", "2024-11"), (this, "not over"), ("2024-11", "folder")):
        with pytest.raises(CommandError, match=said):
            command(month, "--into", tmp_path / "nowhere")


@pytest.fixture
def on(monkeypatch):
    def on(day: date) -> bool:
        monkeypatch.setattr(timezone, "localdate", lambda *_: day)
        return tasks.issue_bulletin(timestamp=0)

    return on


def test_it_is_issued_by_itself_once_on_the_first_working_day(people, autumn, on):
    # The first of December 2024 was a Sunday.
    assert [on(date(2024, 12, 1)), on(date(2024, 12, 2)), on(date(2024, 12, 3))] == [
        False,
        True,
        False,
    ]
    (paper,) = Paper.objects.all()
    assert (paper.data["edits"]["month"], paper.number) == ("2024-11", 1)
    # Nobody has signed it, and it says so.
    assert paper.issued_by is None
    assert "经审核并加盖印章后生效" in paper.data["sheet"]["body"][-1]["text"]


def test_it_is_issued_later_where_nothing_ran_on_the_first_working_day(people, autumn, on):
    assert on(date(2024, 12, 12))
    # A holiday ends on the seventh of October.
    assert [on(date(2024, 10, 7)), on(date(2024, 10, 8))] == [False, True]


def test_it_is_in_nobodys_name_until_somebody_issues_it_anew(as_user, people, autumn, on):
    MembershipFactory(user=people["officer"], role="supervisor", since=date(2024, 6, 1))
    on(date(2024, 12, 2))
    client = as_user("officer")
    (told,) = client.get("/api/v1/papers/?kind=bulletin").json()["papers"]
    assert (told["issued_by"], told["may"]) == (
        "the system, by itself",
        ["void", "reissue", "deliver"],
    )
    body = {"kind": "bulletin", "edits": {"month": "2024-11"}, "reissues": told["id"]}
    signed = issued(client, body)
    assert (signed.issued_by, str(signed.reissues_id)) == (people["officer"], told["id"])
    assert "系统按月自动生成" not in str(signed.data["sheet"])
    assert bulletin_of("2024-11") == signed


def test_nothing_but_a_bulletin_is_in_nobodys_name(people, autumn, on):
    on(date(2024, 12, 2))
    with pytest.raises(IntegrityError, match="nobody_issues_nothing_but_monthly_papers"):
        Paper.objects.create(
            id=uuid4(),
            kind="notice",
            series=Series.objects.get(kind="notice"),
            year=2024,
            number=9,
            data={},
            content_sha256="",
        )


def test_one_that_somebody_issued_or_made_void_is_not_issued_again(as_user, people, autumn, on):
    admin = as_user("admin")
    body = {"kind": "bulletin", "edits": {"month": "2024-11", "problems": "路灯损坏较多。"}}
    by_hand = issued(admin, body)
    assert not on(date(2024, 12, 2))
    assert bulletin_of("2024-11") == by_hand
    assert on(date(2024, 11, 4))
    by_itself = bulletin_of("2024-10")
    void = {"reason": "数据有误"}
    address = f"/api/v1/papers/{by_itself.pk}/void/"
    assert admin.put(address, void, format="json").status_code == 200
    assert not on(date(2024, 11, 5))
    anew = {"kind": "bulletin", "edits": {"month": "2024-10"}, "reissues": str(by_itself.pk)}
    assert put_paper(admin, anew).status_code == 201
    assert bulletin_of("2024-10").reissues == by_itself


def test_an_office_that_has_no_series_for_bulletins_has_none_by_itself(people, autumn, on):
    Series.objects.filter(kind="bulletin").update(retired_at=timezone.now())
    assert not on(date(2024, 12, 2))
    assert not Paper.objects.exists()
