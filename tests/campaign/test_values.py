"""Values: entered once, never changed, the newest counts, and every one is kept."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from campaign.models import Value
from geo import services
from tests.campaign.entered import VALUES, a_value, enter
from tests.factories import CompanyFactory, EstateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(as_user, notice):
    return as_user("officer")


def test_sending_the_same_value_twice_enters_it_once(officer, estate, people):
    id, body = str(uuid4()), a_value("ZX05-M1", estate=estate.pk, numerator=7, denominator=12)
    first, again = enter(officer, body, id), enter(officer, body, id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert {name: told for name, told in first.json().items() if name != "at"} == {
        "id": id,
        "indicator": body["indicator"],
        "code": "ZX05-M1",
        "numerator": 7,
        "denominator": 12,
        "measured_on": "2024-11-30",
        "period": None,
        "community": None,
        "estate": estate.pk,
        "company": None,
        "place": "银星花园",
        "source": "社区月报",
        "attachment": None,
        "by": "officer",
        "by_name": "officer",
        "taken_back_at": None,
        "counts": True,
    }
    other = enter(officer, body | {"numerator": 8}, id)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    assert Value.objects.get().numerator == 7


def test_an_id_of_somebody_elses_is_taken(officer, as_user, community):
    id, body = uuid4(), a_value("ZX01-D1", community=community.pk)
    assert enter(officer, body, id).status_code == 201
    other = enter(as_user("admin"), body, id)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")


def listed(client, **asked) -> list[tuple]:
    reply = client.get(VALUES, asked)
    assert reply.status_code == 200, reply.json()
    told = reply.json()
    assert told["count"] == len(told["values"])
    return [(each["numerator"], each["measured_on"], each["counts"]) for each in told["values"]]


def test_the_newest_value_counts_and_the_others_are_its_history(officer, community):
    of = {"community": community.pk, "denominator": 20}
    for n, day in ((3, "2024-11-15"), (9, "2024-12-01"), (5, "2024-11-20"), (8, "2024-12-01")):
        body = a_value("ZX02-M1", numerator=n, measured_on=day, **of)
        assert enter(officer, body).status_code == 201
    assert listed(officer) == [
        (8, "2024-12-01", True),
        (9, "2024-12-01", False),
        (5, "2024-11-20", False),
        (3, "2024-11-15", False),
    ]
    assert listed(officer, as_of="2024-11-30") == [
        (5, "2024-11-20", True),
        (3, "2024-11-15", False),
    ]
    assert listed(officer, counts=1) == [(8, "2024-12-01", True)]
    assert [n for n, *_ in listed(officer, counts=0)] == [9, 5, 3]


def test_each_month_has_a_value_of_its_own(officer, estate):
    for n, day, month in (
        (1, "2024-11-28", None),
        (2, "2024-12-03", "2024-11"),
        (1, "2024-12-20", None),
    ):
        body = a_value("ZX07-R1", estate=estate.pk, numerator=n, measured_on=day, period=month)
        assert enter(officer, body).status_code == 201
    values = officer.get(VALUES, {"counts": 1}).json()["values"]
    assert [(each["period"], each["numerator"]) for each in values] == [
        ("2024-12", 1),
        ("2024-11", 2),
    ]


def test_values_come_by_pages(officer, community):
    for n in range(5):
        enter(officer, a_value("ZX01-D1", community=community.pk, numerator=n))
    told = [officer.get(VALUES, {"page": n, "page_size": 2}).json() for n in (1, 2, 3, 4)]
    assert [[each["numerator"] for each in page["values"]] for page in told] == [
        [4, 3],
        [2, 1],
        [0],
        [],
    ]
    assert {page["count"] for page in told} == {5}


# ── what is refused ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "sent", "wrong"),
    [
        ("ZX02-M1", {"denominator": None}, {"denominator": "This is needed."}),
        ("ZX01-D1", {"denominator": 5}, {"denominator": "This is a count: it is of nothing."}),
        ("ZX02-M1", {"numerator": 3, "denominator": 2}, {"numerator": "More than there are."}),
        ("ZX01-D1", {"numerator": None}, {"numerator": "This is needed."}),
        ("ZX01-D1", {"numerator": 0.125}, {"numerator": "At most two decimals."}),
        ("ZX01-D1", {"numerator": -1}, {"numerator": "A number is needed, at least 0."}),
        ("ZX01-D1", {"source": None}, {"source": "This is needed."}),
        ("ZX01-D1", {"measured_on": "2999-01-01"}, {"measured_on": "This day has not come yet."}),
        ("ZX01-D1", {"measured_on": "30.11."}, {"measured_on": "A date such as 2024-11-30."}),
        ("ZX01-D1", {"period": "2024-11"}, {"period": "This is not asked by month."}),
        ("ZX01-D1", {"colour": "red"}, {"colour": "A record has no such field."}),
    ],
)
def test_what_is_wrong_with_a_value_is_named(officer, community, code, sent, wrong):
    reply = enter(officer, a_value(code, community=community.pk, **sent))
    assert (reply.status_code, reply.json()) == (
        400,
        {
            "code": "value_invalid",
            "message": "Some fields need another look.",
            "details": {"fields": wrong},
        },
    )


def test_a_month_begins_before_it_is_measured(officer, estate):
    reply = enter(officer, a_value("ZX07-R1", estate=estate.pk, period="2024-12"))
    assert reply.json()["details"]["fields"] == {"period": "This month had not begun on that day."}


def test_a_value_is_of_whom_the_indicator_asks(officer, as_user, community, estate):
    """A subdistrict's may be told by communities, whose numbers add up."""
    assert enter(officer, a_value("ZX02-M1", community=community.pk)).status_code == 201
    for code, place, asked in (
        ("ZX02-M1", {"estate": estate.pk}, "subdistrict"),
        ("ZX01-D1", {"estate": estate.pk}, "community"),
        ("ZX05-M1", {"community": community.pk}, "estate"),
        ("ZX06-M1", {"estate": estate.pk}, "property company"),
        ("ZX01-D1", {}, "community"),
    ):
        reply = enter(as_user("admin"), a_value(code, **place))
        assert reply.json()["details"]["fields"] == {
            "indicator": f"This is asked of each: {asked}."
        }, code


def test_a_value_names_one_place(officer, community, estate):
    reply = enter(officer, a_value("ZX05-M1", community=community.pk, estate=estate.pk))
    sentence = "One place: a community, an estate or a company."
    assert reply.json()["details"]["fields"] == {"community": sentence, "estate": sentence}


def test_an_indicator_that_is_not_there_or_no_longer_asked_is_not_found(officer, community):
    body = a_value("ZX01-D1", community=community.pk)
    for indicator in (10**12, body["indicator"]):
        reply = enter(officer, body | {"indicator": indicator})
        if indicator == body["indicator"]:
            assert reply.status_code == 201
            Value.objects.get().indicator.__class__.objects.filter(pk=indicator).update(
                retired_on="2024-12-01"
            )
            reply = enter(officer, body)
        assert (reply.status_code, reply.json()["code"]) == (404, "indicator_not_found")


def test_what_is_counted_is_not_entered(officer, community):
    reply = enter(officer, a_value("ZX03-R2", community=community.pk))
    assert (reply.status_code, reply.json()["code"]) == (409, "indicator_derived")


# ── the register changes around them ────────────────────────────────────────────────────────────


def test_a_value_is_never_changed_or_taken_away(officer, community):
    enter(officer, a_value("ZX01-D1", community=community.pk))
    for act in (lambda rows: rows.update(numerator=5), lambda rows: rows._raw_delete("default")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            act(Value.objects.all())


def test_values_follow_the_estate_that_moves_or_turns_out_to_be_another(
    officer, people, community, estate, elsewhere
):
    why = {"by": people["clerk"], "reason": "按核查结果"}
    twin = EstateFactory(community=community, company=CompanyFactory(), has_company=True)
    enter(officer, a_value("ZX05-M1", estate=twin.pk))
    enter(officer, a_value("ZX06-M1", company=twin.company_id))
    enter(officer, a_value("ZX01-D1", community=community.pk))
    services.merge_companies(kept=estate.company, twin=twin.company, **why)
    services.merge_estates(kept=estate, twin=twin, **why)
    services.move_estate(estate=estate, to=elsewhere, **why)
    services.merge_communities(kept=elsewhere, twin=community, **why)
    places = set(Value.objects.values_list("community", "estate", "company"))
    assert places == {
        (elsewhere.pk, estate.pk, None),
        (None, None, estate.company_id),
        (elsewhere.pk, None, None),
    }
