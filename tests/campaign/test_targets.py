"""Targets: by the day from which they hold, as a past day reads them."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, transaction

from campaign.models import Indicator, Target
from tests.campaign.notice import NOTICE
from tests.registers import page_of

pytestmark = pytest.mark.django_db


def holding(code: str, day: date) -> Decimal | None:
    target = Target.objects.filter(indicator__code=code).holding_on(day).first()
    return target.number if target else None


def form_of(indicator: Indicator, /, **target) -> dict:
    """What the register's page sends when one more target is entered."""
    told = {
        name: getattr(indicator, name) or ""
        for name in ("code", "zh", "en", "metric", "unit", "level", "recurrence", "note_zh")
    }
    rows = {f"targets-0-{name}": value for name, value in target.items()}
    counts = {"targets-TOTAL_FORMS": 1 if target else 0, "targets-INITIAL_FORMS": 0}
    return told | {"action": indicator.action_id, "note_en": "", "since": "", **rows, **counts}


def test_a_target_changed_in_mid_year_reads_as_it_was_as_of_an_earlier_day(as_user, notice, people):
    indicator = Indicator.objects.get(code="ZX08-M1")
    sent = form_of(indicator, holds_from="2024-12-10", op=">=", number="25", deadline="2025-01-31")
    page = page_of(Indicator, "change", indicator.pk)
    assert as_user("clerk").post(page, sent).status_code == 302
    changed = indicator.targets.get(holds_from="2024-12-10")
    assert (changed.by, changed.deadline) == (people["clerk"], date(2025, 1, 31))
    assert holding("ZX08-M1", date(2024, 12, 9)) == 20
    assert holding("ZX08-M1", date(2024, 12, 10)) == 25
    assert holding("ZX08-M1", date(2025, 6, 1)) == 25


def test_of_two_targets_from_one_day_the_one_entered_last_holds(notice):
    indicator = Indicator.objects.get(code="ZX08-M1")
    for number in (22, 24):
        Target.objects.create(indicator=indicator, holds_from="2024-12-10", op=">=", number=number)
    assert holding("ZX08-M1", date(2024, 12, 31)) == 24


def test_before_the_notice_nothing_was_asked(notice):
    assert Target.objects.holding_on(date(2024, 11, 6)).count() == 0
    assert Target.objects.holding_on(date(2024, 11, 7)).count() == 51


def test_a_target_that_a_file_says_holds_from_another_day_follows_the_first(notice, tmp_path):
    file = tmp_path / "more.csv"
    file.write_text(
        "programme,action,indicator,zh,en,metric,unit,level,recurrence,since,op,target,deadline,"
        "note_zh,note_en,holds_from,target_note\n"
        f"{NOTICE},ZX10,ZX10-M1,每个小区“微实事”项目,Micro-project per estate,micro_projects,"
        "project,estate,,,>=,2,2025-06-30,,,2025-01-01,会议纪要3号\n",
        encoding="utf-8",
    )
    call_command("load_actions", file)
    assert holding("ZX10-M1", date(2024, 12, 31)) == 1
    assert holding("ZX10-M1", date(2025, 1, 1)) == 2
    assert Target.objects.get(number=2).note == "会议纪要3号"


def test_deadlines_before_the_notice_itself_are_accepted(notice):
    early = Target.objects.filter(deadline__lt=notice.issued_on)
    assert set(early.values_list("indicator__code", "deadline")) == {
        ("ZX05-D1", date(2024, 10, 31)),
        ("ZX07-D1", date(2024, 10, 31)),
    }


@pytest.mark.parametrize(("op", "number"), [(">=", None), ("", 5), ("<", 5), (">=", -1)])
def test_a_target_has_a_number_and_what_it_is_compared_by_or_neither(notice, op, number):
    indicator = Indicator.objects.get(code="ZX00-G2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(indicator=indicator, holds_from="2024-12-01", op=op, number=number)


def test_a_target_is_never_changed_or_taken_away(notice):
    for act in (lambda rows: rows.update(number=1), lambda rows: rows._raw_delete("default")):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            act(Target.objects.filter(number=20))
