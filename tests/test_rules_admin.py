"""What the office sets in its registers: limits, days, to whom a case goes, when it escalates."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook
from procrastinate.contrib.django import app

from inspections.models import Case, DispatchRule, LadderRule, Limit, OfficeDay
from inspections.services.cases.clocks import set_clocks
from inspections.timetable import published, timetable
from people.models import Unit
from tests.factories import CaseFactory, EstateFactory

pytestmark = pytest.mark.django_db
LAST = max(published().known)
YEAR = LAST + 1


@pytest.fixture
def clerk(as_user, people):
    people["clerk"].is_staff = True
    people["clerk"].save()
    return as_user("clerk")


def page_of(model, what: str) -> str:
    return f"/admin/inspections/{model}/{what}/"


def wrong_in(page) -> list:
    assert page.status_code == 200
    return [str(one) for each in page.context["adminform"].form.errors.values() for one in each]


def work() -> None:
    """What the worker would do now."""
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def a_table(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("days.csv", "\n".join(("日期,上班,名称", *rows)).encode())


WHOLE = (
    f"{YEAR}-01-01,0,元旦",
    f"{YEAR}/1/2,休,元旦",
    f"{YEAR}年1月3日,1,元旦调休",
    f"{YEAR}-05-01,0,劳动节",
    f"{YEAR}-10-01,0,国庆节",
)


def test_every_register_of_rules_is_listed_read_and_has_its_history(clerk):
    OfficeDay.objects.create(day=date(2025, 1, 26), works=True, name="春节调休")
    for model in (Limit, OfficeDay, DispatchRule, LadderRule):
        name = model._meta.model_name
        assert clerk.get(f"/admin/inspections/{name}/").status_code == 200
        row = model.objects.first()
        assert clerk.get(page_of(name, f"{row.pk}/change")).status_code == 200
        assert clerk.get(page_of(name, f"{row.pk}/history")).status_code == 200
        assert clerk.get(page_of(name, "add")).status_code == 200


def test_only_who_keeps_registers_sees_the_rules(as_user):
    for who in ("supervisor", "leader", "company"):
        for name in ("limit", "officeday", "dispatchrule", "ladderrule"):
            assert as_user(who).get(f"/admin/inspections/{name}/").status_code == 302


# Limits


def test_another_limit_counts_for_what_begins_from_then_on(clerk, estate):
    before = timezone.now()
    had = Limit.objects.get(step="whole", severity=3)
    form = {"step": "whole", "severity": "3", "measure": "working_days", "amount": "10"}

    assert clerk.post(page_of("limit", "add"), form).status_code == 302

    had.refresh_from_db()
    new = Limit.objects.get(step="whole", severity=3, retired_at=None)
    assert (new.amount, new.since == had.retired_at) == (10, True)
    working = timetable().working
    for at, days in ((before, 7), (timezone.now(), 10)):
        case = Case(severity=3, reported_at=at, opened_at=at, kind="lighting", item="ZM-01")
        set_clocks(case, (), at)
        assert case.due_at == working.days_after(at, days).at
    # What is set is not rewritten, and offered to be set anew.
    page = clerk.get(page_of("limit", f"{new.pk}/change")).content.decode()
    assert 'name="_save"' not in page
    assert "add/?step=whole&amp;severity=3&amp;measure=working_days&amp;amount=10" in page


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"amount": "0"}, "How many?"),
        ({"amount": "1001"}, "Ensure this value is less than or equal to 1000."),
        ({"item": "ZM-01", "kind": "fire_lane"}, "This item is of another kind."),
    ],
)
def test_a_limit_that_says_nothing_is_told_so(clerk, changes, says):
    form = {"step": "whole", "measure": "working_days", "amount": "10"} | changes
    assert wrong_in(clerk.post(page_of("limit", "add"), form)) == [says]


def test_an_item_has_its_kind_and_the_same_day_has_no_number(clerk):
    form = {"step": "whole", "item": "ZM-01", "measure": "same_day", "amount": "3"}
    assert clerk.post(page_of("limit", "add"), form).status_code == 302
    made = Limit.objects.get(item="ZM-01")
    assert (made.kind, made.amount) == ("lighting", 0)
    retire = {"action": "retire", "_selected_action": [made.pk]}
    clerk.post("/admin/inspections/limit/", retire)
    made.refresh_from_db()
    assert made.retired_at


# Days


def test_a_table_of_days_is_loaded_whole_and_deadlines_are_counted_anew(clerk, estate):
    at = timezone.make_aware(timezone.datetime(LAST, 12, 28, 10))
    case = CaseFactory.build(estate=estate, community=estate.community, reported_at=at)
    case.opened_at = at
    set_clocks(case, (), at)
    case.save()
    guessed = case.due_at
    assert (case.provisional, guessed.year) == (True, YEAR)

    reply = clerk.post(page_of("officeday", "load"), {"file": a_table(*WHOLE)}, follow=True)

    case.refresh_from_db()
    told = [str(each) for each in reply.context["messages"]]
    assert told == [f"5 days of {YEAR} were loaded. Cases with other deadlines now: 1."]
    assert (case.provisional, case.due_at) == (False, timetable().working.days_after(at, 7).at)
    assert list(OfficeDay.objects.values_list("day", "works"))[:3] == [
        (date(YEAR, 1, 1), False),
        (date(YEAR, 1, 2), False),
        (date(YEAR, 1, 3), True),
    ]


def test_of_a_table_with_bad_lines_nothing_is_loaded_and_each_is_named(clerk):
    rows = (
        *WHOLE,
        f"{YEAR}-13-01,0,",
        f"{YEAR}-10-01,0,国庆节",
        f"{YEAR}-10-02,maybe,",
        "1999-1-1,0,",
    )

    page = clerk.post(page_of("officeday", "load"), {"file": a_table(*rows)})

    assert [str(each) for each in page.context["problems"]] == [
        f"line 7: This is no date: {YEAR}-13-01.",
        f"line 8: {YEAR}-10-01 is there twice.",
        "line 9: Is it worked on? Write 1 or 0, not “maybe”.",
        "line 10: This is no date: 1999-1-1.",
    ]
    assert not OfficeDay.objects.exists()


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (WHOLE[:3], f"Of {YEAR} not even 1 January, 1 May and 1 October are told"),
        ((), "There are no lines in it."),
    ],
)
def test_half_a_year_is_not_taken_for_a_year_that_is_known(clerk, rows, says):
    page = clerk.post(page_of("officeday", "load"), {"file": a_table(*rows)})
    assert str(page.context["problems"][0]).startswith(says)
    day = {"day": f"{YEAR}-01-01", "name": "元旦"}
    assert wrong_in(clerk.post(page_of("officeday", "add"), day)) == [
        f"Of {YEAR} nothing is known yet: load the whole table of that year."
    ]


def test_a_table_may_be_a_workbook(clerk):
    book = Workbook()
    book.active.append(["date", "works", "name"])
    for day in ((1, 1), (5, 1), (10, 1)):
        book.active.append([timezone.datetime(YEAR, *day), 0, "休"])
    file = BytesIO()
    book.save(file)
    sent = SimpleUploadedFile("days.xlsx", file.getvalue())

    assert clerk.post(page_of("officeday", "load"), {"file": sent}).status_code == 302
    assert OfficeDay.objects.filter(works=False).count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_day_off_at_short_notice_moves_deadlines_and_its_end_moves_them_back(clerk, estate):
    at = timezone.now()
    case = CaseFactory.build(estate=estate, community=estate.community, reported_at=at)
    case.opened_at = at
    set_clocks(case, (), at)
    case.save()
    had, working = case.due_at, timetable().working
    day = timezone.localdate(working.days_after(at, 2).at)

    clerk.post(page_of("officeday", "add"), {"day": str(day), "name": "台风停工"})
    work()
    case.refresh_from_db()
    assert case.due_at == timetable().working.days_after(at, 7).at > had
    clerk.post(page_of("officeday", f"{day}/delete"), {"post": "yes"})
    work()
    case.refresh_from_db()
    assert case.due_at == had


# To whom a case goes


def test_a_unit_is_named_where_a_rule_goes_to_one(clerk, people):
    form = {"rank": "10", "item": "ZM-01", "handler": "unit"}
    add = page_of("dispatchrule", "add")
    assert wrong_in(clerk.post(add, form)) == ["Choose the responsible unit."]
    unit = Unit.objects.get()
    wrong = form | {"handler": "company", "unit": unit.pk}
    assert wrong_in(clerk.post(add, wrong)) == ["Only what goes to a unit names one."]
    assert clerk.post(add, form | {"unit": unit.pk, "owner": "city"}).status_code == 302
    made = DispatchRule.objects.get(rank=10)
    assert (made.kind, made.unit, made.owner) == ("lighting", unit, "city")


def test_the_page_says_which_rule_would_choose(clerk, people, estate):
    unit = Unit.objects.get()
    DispatchRule.objects.create(rank=10, owner="city", handler="unit", unit=unit)
    without = EstateFactory(community=estate.community, has_company=False)
    case = CaseFactory(estate=without)
    page = page_of("dispatchrule", "example")

    def chosen(query: str) -> tuple:
        told = clerk.get(f"{page}?{query}").context
        return told["chosen"] and str(told["chosen"].handler), [
            line.rule.rank for line in told["lines"] if line.fits
        ]

    assert chosen(f"estate={estate.pk}&item=ZM-01") == ("company", [900, 999])
    assert chosen(f"estate={estate.pk}&owner=city") == ("unit", [10, 900, 999])
    assert chosen(f"number={case.number}") == ("community", [999])
    assert "number" in clerk.get(f"{page}?number=999999").context["form"].errors
    assert clerk.get(page).context["lines"] == []


# When it escalates


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"trigger": "repeated", "amount": "2"}, ["Within how many days?"]),
        ({"trigger": "overdue", "amount": "2", "days": "9"}, ["This is not counted in days."]),
        ({"trigger": "severe", "amount": "0"}, ["As severe as what?"]),
        (
            {"trigger": "unmet", "amount": "2", "days": "90"},
            ["Notices that are not met lead to a talk, and only they do."],
        ),
        ({"trigger": "overdue", "amount": "8", "severity": "2"}, None),
    ],
)
def test_a_rule_of_escalation_is_one_that_can_be_met(clerk, form, says):
    reply = clerk.post(page_of("ladderrule", "add"), {"rung": "reminder", **form})
    if says is None:
        assert reply.status_code == 302
    else:
        assert wrong_in(reply) == says


def test_a_rule_goes_out_of_use_and_comes_back(clerk):
    rule = LadderRule.objects.get(trigger="overdue")
    for action, gone in (("retire", True), ("restore", False)):
        where = "/admin/inspections/ladderrule/?use=all"
        clerk.post(where, {"action": action, "_selected_action": [rule.pk]})
        rule.refresh_from_db()
        assert bool(rule.retired_at) is gone
