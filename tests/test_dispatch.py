"""To whom a case goes, by the office's rules."""

import pytest
from django.utils import timezone

from inspections.models import DispatchRule
from people.models import Unit
from tests.cases import a_case, a_move, made, put_move
from tests.factories import AssetFactory, CaseFactory, CompanyFactory, EstateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(people) -> Unit:
    return Unit.objects.get()


@pytest.fixture
def handed(as_user):
    """To whom this case goes when the supervisor names nobody."""

    def assign(case) -> tuple:
        reply = put_move(as_user("admin"), case, a_move(case, "assign"))
        assert reply.status_code == 201, reply.json()
        case.refresh_from_db()
        return case.handler, case.company_id, case.unit_id

    return assign


def test_at_first_a_case_goes_to_the_estates_company_and_else_to_the_community(handed, estate):
    without = EstateFactory(community=estate.community, has_company=False)
    nowhere = CaseFactory(estate=None, community=estate.community, state="filed")

    assert handed(CaseFactory(estate=estate, state="filed")) == ("company", estate.company_id, None)
    assert handed(CaseFactory(estate=without, state="filed")) == ("community", None, None)
    assert handed(nowhere) == ("community", None, None)


FITS = {"source": "inspection", "kind": "lighting", "item": "ZM-01", "owner": "city"}
OTHER = {"source": "complaint", "kind": "fire_lane", "item": "ZM-02", "owner": "owners"}


@pytest.mark.parametrize(
    "asked", [("source",), ("kind",), ("kind", "item"), ("owner",), ("community",), tuple(FITS)]
)
def test_the_first_rule_by_rank_that_fits_counts(handed, estate, elsewhere, unit, asked):
    fitting = FITS | {"community": estate.community}
    rule = {name: fitting[name] for name in asked}
    DispatchRule.objects.create(rank=20, handler="unit", unit=unit, **rule)
    DispatchRule.objects.create(rank=10, handler="community", community=elsewhere)
    DispatchRule.objects.create(rank=5, handler="community", retired_at="2024-01-01T00:00:00Z")

    def a_filed(**changes):
        told = FITS | changes
        lamp = AssetFactory(estate=estate, owner=told.pop("owner"))
        return CaseFactory(estate=estate, asset=lamp, state="filed", **told)

    assert handed(a_filed()) == ("unit", None, unit.pk)
    for name in asked:
        if name in OTHER:
            changed = a_filed(**{name: OTHER[name]})
            assert handed(changed) == ("company", estate.company_id, None)
    there = EstateFactory(community=elsewhere, company=CompanyFactory(), has_company=True)
    assert handed(CaseFactory(estate=there, state="filed")) == ("community", None, None)


def test_the_supervisor_may_choose_another(as_user, estate, unit):
    case = CaseFactory(estate=estate, state="filed")
    made(as_user("supervisor"), case, "assign", handler={"kind": "unit", "unit": unit.pk})
    assert (case.handler, case.unit) == ("unit", unit)


def test_where_no_rule_fits_somebody_has_to_say(as_user, estate):
    DispatchRule.objects.all().delete()
    case = CaseFactory(estate=estate, state="filed")
    reply = put_move(as_user("supervisor"), case, a_move(case, "assign"))
    assert (reply.status_code, reply.json()["code"]) == (400, "move_invalid")
    assert list(reply.json()["details"]["fields"]) == ["handler"]


def test_what_a_rule_counts_as_simple_is_due_the_same_day_unless_who_files_says_otherwise(
    as_user, estate
):
    DispatchRule.objects.create(rank=10, item="ZM-01", handler="community", simple=True)
    now = timezone.now()
    case = a_case(as_user("inspector"), estate, recorded_at=now.isoformat())
    assert case.simple
    due = case.due_at
    made(as_user("supervisor"), case, "file", simple=False)
    assert not case.simple
    assert case.due_at > due
