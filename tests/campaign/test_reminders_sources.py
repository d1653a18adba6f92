"""What is owed beside the indicators: reports of a month, and what estates on their way to the
standard lack; each to those whose it is."""

from datetime import date
from uuid import uuid4

import pytest

from campaign import reminding
from campaign.models import Action, Enrolment, Indicator, Programme, Reminder, Report, Target
from campaign.reminding import owed
from campaign.reminding.sources import creation, reports
from tests.campaign.creation import sent
from tests.campaign.notice import NOTICE

pytestmark = pytest.mark.django_db


def told(day: str) -> list[str]:
    rows = Reminder.objects.filter(letter__day=day).select_related("person")
    return [
        f"{each.person} {each.call} {each.due_on} {each.en}"
        for each in rows.order_by("person__username", "key")
    ]


@pytest.fixture
def of_reports(monkeypatch, only) -> None:
    monkeypatch.setattr(owed, "SOURCES", [reports])
    # What every estate is asked, and what 综合执法队 tells of the whole.
    only("ZX05-D1", "ZX02-R1")


def test_last_months_report_is_owed_until_it_is_submitted(clock, people, of_reports, community):
    line = "2024-12-05 Monthly report of 2024-11"
    # Due on Thursday: three working days before it is Monday.
    reminding.remind(clock("2024-12-02"))
    assert told("2024-12-02") == [
        f"officer before {line} · 陈村社区",
        f"unit before {line} · 综合执法队",
    ]
    report = Report.objects.create(
        programme=Programme.objects.get(code=NOTICE),
        month="2024-11-01",
        community=community,
        state="submitted",
    )
    reminding.remind(clock("2024-12-05"))
    assert told("2024-12-05") == [f"unit on {line} · 综合执法队"]
    assert Reminder.objects.get(person=people["officer"]).settled_at is not None
    # Returned, it is owed again, and late.
    report.state = "returned"
    report.save()
    reminding.remind(clock("2024-12-09"))
    assert told("2024-12-09") == [
        f"officer 2024-W50 {line} (returned: correct it, submit again) · 陈村社区",
        f"unit 2024-W50 {line} · 综合执法队",
    ]
    Report.objects.update(state="accepted")
    Report.objects.create(
        programme=report.programme,
        month="2024-11-01",
        unit=people["unit"].memberships.get().unit,
        state="accepted",
    )
    reminding.remind(clock("2024-12-16"))
    assert told("2024-12-16") == []


def test_of_two_notices_each_has_its_own_report_and_the_way_to_it(
    clock, people, of_reports, community
):
    old = Programme.objects.get(code=NOTICE)
    new = Programme.objects.create(code="青〔2024〕9号", year=2024, issued_on="2024-11-20", zh="冬")
    Action.objects.create(programme=new, code="ZX01", zh="巡夜", en="Night rounds")
    action = Action.objects.get(programme=new)
    action.responsibilities.create(part="lead", named="各社区", whom="communities")
    Indicator.objects.create(
        action=action,
        code="ZX01-R1",
        zh="巡夜",
        en="Night rounds",
        metric="rounds",
        unit="time",
        level="community",
        recurrence="monthly",
    )
    target = Target(indicator=Indicator.objects.get(code="ZX01-R1", action=action))
    target.holds_from, target.op, target.number = date(2024, 11, 20), ">=", 1
    target.save()
    reminding.remind(clock("2024-12-02"))
    mine = Reminder.objects.filter(person=people["officer"]).order_by("key")
    assert [(each.en, each.path) for each in mine] == [
        (
            f"Monthly report of 2024-11 ({each.code}) · 陈村社区",
            f"/campaign/month/?month=2024-11&community={community.pk}&programme={each.code}",
        )
        for each in sorted((old, new), key=lambda each: str(each.pk))
    ]


def test_what_stands_in_a_ledger_is_told_there(clock, people, only, only_indicators):
    only("ZX10-M1")
    reminding.remind(clock("2024-12-26"))
    assert told("2024-12-26") == [
        "officer before 2024-12-31 ZX10-M1 Micro-project per estate · 陈村社区 · 0/1"
    ]
    assert Reminder.objects.get().path == "/campaign/ledgers/"


def test_what_an_estate_lacks_goes_to_those_who_do_it(
    client, clock, people, notice, estate, monkeypatch
):
    monkeypatch.setattr(owed, "SOURCES", [creation])
    row = Enrolment.objects.create(
        id=uuid4(),
        programme=notice,
        estate=estate,
        person="王经理",
        enrolled_on="2024-11-08",
        by=people["admin"],
        content_sha256="",
    )
    reminding.remind(clock("2024-12-26"))
    # Nothing was looked at and nothing graded; of so few steps nobody knows the pace, so all of it
    # is due by the target's deadline. What is the company's, the community's officer sees to.
    assert told("2024-12-26") == [
        "inspector before 2024-12-31 Safety standard · 银星花园 · 15 missing:"
        " Hydrants neither buried, enclosed nor hidden: not looked at yet",
        "officer before 2024-12-31 Safety standard · 银星花园 · 27 missing:"
        " Hazard ledger closed: not graded yet",
    ]
    # It leads to the estate's score card.
    assert {each.path for each in Reminder.objects.all()} == {
        f"/campaign/standardisation/{row.pk}/"
    }
    client.force_login(people["officer"])
    assert client.get(f"/campaign/standardisation/{row.pk}/").status_code == 200


def test_what_an_estate_lacks_that_was_taken_off_the_list_nobody_is_reminded_of(
    as_user, clock, notice, estate, monkeypatch
):
    monkeypatch.setattr(owed, "SOURCES", [creation])
    clerk = as_user("clerk")
    row = sent.enrolled(clerk, estate)
    told_of_it = {"reason": "物业退出", "attachments": None}
    assert sent.reach(clerk, row, "SX", "2024-12-20", removed=True, **told_of_it).status_code == 201
    reminding.remind(clock("2024-12-26"))
    assert not Reminder.objects.exists()
    # Back on the list it lacks what it lacked.
    assert sent.reach(clerk, row, "S4", "2024-12-26", **told_of_it).status_code == 201
    reminding.remind(clock("2024-12-31"))
    assert [each.key for each in Reminder.objects.order_by("key")] == [
        f"creation:{row.pk}:{whom}" for whom in ("company", "inspector")
    ]
