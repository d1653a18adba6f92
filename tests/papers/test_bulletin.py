"""The bulletin of a month: figures as of its last day, by hand and by itself."""

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from inspections import tasks
from inspections.models import Paper, Series
from inspections.services import papers
from people.models import Membership, User
from tests.factories import (
    EstateFactory,
    FindingFactory,
    InspectionFactory,
    MembershipFactory,
)
from tests.papers.desk import by_office, drafted, issued, pages_of, put_paper, rows_of, text_of

pytestmark = pytest.mark.django_db


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
    assert (paper.kind, paper.community, paper.pages) == ("bulletin", None, 2)
    pdf, docx = ((into / f"{paper}.{ending}").read_bytes() for ending in ("pdf", "docx"))
    for said in (text_of(pdf), text_of(by_office(docx, tmp_path))):
        assert "关于2024年11月隐患排查整治情况的通报" in said
        assert "未销号隐患3处" in said
        assert "复发（处）" in said
    assert len(pages_of(pdf)) == 2
    told = as_user("leader").get("/api/v1/papers/", {"kind": "bulletin"}).json()
    assert [each["id"] for each in told["papers"]] == [str(paper.pk)]


def test_a_command_says_what_is_wrong(people, autumn, tmp_path):
    this = f"{timezone.localdate():%Y-%m}"
    for month, said in (("2024-13", "2024-11"), (this, "not over"), ("2024-11", "folder")):
        with pytest.raises(CommandError, match=said):
            command(month, "--into", tmp_path / "nowhere")
    User.objects.filter(is_superuser=True).update(is_active=False)
    with pytest.raises(CommandError, match="Nobody supervises the whole office"):
        command("2024-11", "--into", tmp_path)


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
    assert paper.issued_by == people["admin"]


def test_it_is_issued_later_where_nothing_ran_on_the_first_working_day(people, autumn, on):
    assert on(date(2024, 12, 12))
    # A holiday ends on the seventh of October.
    assert [on(date(2024, 10, 7)), on(date(2024, 10, 8))] == [False, True]


def test_who_supervises_the_whole_office_issues_it(people, autumn, on):
    MembershipFactory(user=people["officer"], role="supervisor", since=date(2024, 6, 1))
    on(date(2024, 12, 2))
    assert Paper.objects.get().issued_by == people["officer"]
    Membership.objects.all().delete()
    assert papers.issue_bulletin("2024-11") == Paper.objects.get()


def test_one_that_somebody_issued_or_made_void_is_not_issued_again(as_user, people, autumn, on):
    admin = as_user("admin")
    body = {"kind": "bulletin", "edits": {"month": "2024-11", "problems": "路灯损坏较多。"}}
    by_hand = issued(admin, body)
    assert not on(date(2024, 12, 2))
    assert papers.bulletin_of("2024-11") == by_hand
    assert on(date(2024, 11, 4))
    by_itself = papers.bulletin_of("2024-10")
    void = {"reason": "数据有误"}
    address = f"/api/v1/papers/{by_itself.pk}/void/"
    assert admin.put(address, void, format="json").status_code == 200
    assert not on(date(2024, 11, 5))
    anew = {"kind": "bulletin", "edits": {"month": "2024-10"}, "reissues": str(by_itself.pk)}
    assert put_paper(admin, anew).status_code == 201
    assert papers.bulletin_of("2024-10").reissues == by_itself


def test_an_office_that_has_no_series_for_bulletins_has_none_by_itself(people, autumn, on):
    Series.objects.filter(kind="bulletin").update(retired_at=timezone.now())
    assert not on(date(2024, 12, 2))
    assert not Paper.objects.exists()
