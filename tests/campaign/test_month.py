"""A month's report: what is asked, kept as it is typed, submitted into values, looked through."""

from uuid import uuid4

import pytest
from django.apps import apps

from campaign.models import Value
from geo import services
from tests.campaign.entered import a_value, enter
from tests.campaign.monthly import ask_more, cell, matter, matters, outcomes, page, put, step
from tests.factories import CompanyFactory, EstateFactory, MembershipFactory

Typed = apps.get_model("campaign", "ReportCellEvent")
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(as_user, notice, people):
    ask_more()
    return as_user("officer")


def cell_of(told: dict, code: str, key: str) -> dict:
    return next(each for each in matters(told)[code]["cells"] if each["place"] == key)


# ── what is asked ───────────────────────────────────────────────────────────────────────────────


def test_a_community_is_asked_what_the_notice_asks_every_community(officer, community, estate):
    """Of its estates and companies; of the whole's rates its part, and what communities lead."""
    far = EstateFactory(company=CompanyFactory(), has_company=True)
    told = page(officer, community)
    asked = {code: [each["place"] for each in row["cells"]] for code, row in matters(told).items()}
    here, itself = f"estate-{estate.pk}", f"community-{community.pk}"
    assert asked["ZX01-D1"] == asked["TX-M1"] == asked["ZX02-R1"] == [itself]
    assert asked["ZX05-M1"] == [here]
    assert asked["TX-C1"] == [f"company-{estate.company_id}"]
    # Only units hold joint enforcement; what Xuntu counts is told beside, and what begins in 2025
    # is not asked yet.
    assert {"ZX04-R1", "ZX00-G1", "ZX07-M1", "ZX06-M2"}.isdisjoint(asked)
    beside = {
        each["code"]: each["ledger"] for action in told["actions"] for each in action["beside"]
    }
    assert (beside["ZX07-M1"], beside["ZX07-R1"]) == (None, "cleanups")
    assert beside.keys().isdisjoint(asked)
    assert f"estate-{far.pk}" not in {each["key"] for each in told["places"]}


def test_what_is_asked_once_is_asked_until_it_is_done(officer, community, estate):
    """Surveyed in November: no longer owed in December, but it may be told anew; a clean-up is
    asked every month."""
    enter(officer, a_value("ZX01-D1", community=community.pk, measured_on="2024-11-14"))
    enter(officer, a_value("TX-R1", estate=estate.pk, measured_on="2024-11-20"))
    half = {"numerator": 3, "denominator": 12, "measured_on": "2024-11-20"}
    enter(officer, a_value("ZX05-M1", estate=estate.pk, **half))
    key, here = f"community-{community.pk}", f"estate-{estate.pk}"
    december, november = page(officer, community), page(officer, community, "2024-11")
    told = cell_of(december, "ZX01-D1", key)
    assert (told["owed"], told["met_on"], told["stands"]) == (
        False,
        "2024-11-14",
        {"n": 1, "of": None},
    )
    assert cell_of(november, "ZX01-D1", key)["owed"]
    told = cell_of(december, "TX-R1", here)
    assert (told["owed"], told["stands"], told["known"]["n"]) == (True, {"n": None, "of": None}, 1)
    told = cell_of(december, "ZX05-M1", here)
    assert (told["owed"], told["stands"]) == (True, {"n": 3, "of": 12})
    # As of a day, what was measured by then.
    before = page(officer, community, "2024-11", as_of="2024-11-13")
    assert cell_of(before, "ZX01-D1", key)["known"] is None


def test_what_a_month_was_may_have_been_measured_after_it(officer, community, estate):
    late = {"measured_on": "2024-12-03", "period": "2024-11"}
    reply = enter(officer, a_value("TX-R1", estate=estate.pk, **late))
    assert reply.status_code == 201, reply.json()
    here = f"estate-{estate.pk}"
    november, december = page(officer, community, "2024-11"), page(officer, community)
    assert cell_of(november, "TX-R1", here)["known"]["of_month"]
    assert (november["told"], december["told"]) == (1, 0)
    # As of a day before, nobody knew it.
    before = page(officer, community, "2024-11", as_of="2024-12-02")
    assert cell_of(before, "TX-R1", here)["known"] is None


def test_a_unit_is_asked_what_the_whole_is_asked_where_it_leads(officer, as_user, people):
    unit = people["unit"].memberships.get().unit
    told = matters(page(as_user("unit"), unit))
    asked = ("ZX00-G1", "ZX00-G2", "ZX00-R2", "TX-U1", "TX-M1", "ZX02-R1")
    # 综合执法队 leads the fourth action; of the whole's own nobody in the register does; the second
    # is led by communities.
    assert {code: told[code]["leads"] for code in asked} == {
        "ZX00-G1": True,
        "ZX00-G2": True,
        "ZX00-R2": True,
        "TX-U1": True,
        "TX-M1": False,
        "ZX02-R1": False,
    }
    assert not told["ZX00-G2"]["owed"]
    assert {each["level"] for each in told.values()} == {"subdistrict"}
    assert [each["place"] for each in told["TX-U1"]["cells"]] == ["whole"]


# ── kept as it is typed ─────────────────────────────────────────────────────────────────────────


def test_what_is_typed_is_kept_and_of_two_at_once_the_second_is_told(officer, as_user, community):
    code, key = "TX-M1", f"community-{community.pk}"
    assert outcomes(put(officer, community, cell(code, key, 3))) == ["saved"]
    assert outcomes(put(officer, community, cell(code, key, 3))) == ["same"]
    admin = as_user("admin")
    reply = put(admin, community, cell(code, key, 4, 9))
    assert outcomes(reply) == ["changed"]
    stands = reply.json()["cells"][0]["stands"]
    assert (stands["n"], stands["of"], stands["by_name"]) == (3, None, "officer")
    # Who has seen it may put theirs over it.
    again = put(admin, community, cell(code, key, 4, 9, seen=stands["version"]))
    assert outcomes(again) == ["saved"]
    told = cell_of(page(officer, community), code, key)
    assert (told["n"], told["of"], told["by_name"]) == (4, 9, "admin")
    # Every number that was typed is kept.
    assert [each.numerator for each in Typed.objects.order_by("pgh_id")] == [3, 4]


def test_what_stands_is_read_once_however_many_cells_are_typed(
    officer, community, estate, django_assert_max_num_queries
):
    others = [EstateFactory(community=community) for _ in range(20)]
    put(officer, community, cell("TX-R1", estate, 1))
    with django_assert_max_num_queries(60):
        reply = put(officer, community, *(cell("TX-R1", each, 2) for each in others))
    assert outcomes(reply) == ["saved"] * 20


@pytest.mark.parametrize(
    ("code", "told", "wrong"),
    [
        ("ZX05-M1", {"n": 13, "of": 12}, {"n": "More than there are."}),
        ("ZX05-M1", {"n": -1}, {"n": "A number is needed, at least 0."}),
        ("ZX05-M1", {"n": "three"}, {"n": "A number is needed, at least 0."}),
        ("TX-R1", {"n": 1, "of": 1}, {"of": "This is a count: it is of nothing."}),
        ("TX-R1", {"n": 0.125}, {"n": "At most two decimals."}),
        ("ZX04-R1", {"n": 1}, {"indicator": "This is not asked here."}),
    ],
)
def test_what_cant_be_is_named_and_the_rest_is_kept(officer, community, estate, code, told, wrong):
    good, bad = cell("ZX05-M2", estate, 1, 2), cell(code, estate) | told
    reply = put(officer, community, bad, good)
    assert outcomes(reply) == ["refused", "saved"]
    assert reply.json()["cells"][0]["fields"] == wrong


def test_a_day_is_one_of_the_month(officer, community):
    wrong = {"measured_on": "A day of the month is needed: 2024-12."}
    for code, day, expected in (
        ("TX-R1", "2024-12-05", {}),
        ("TX-R3", "2024-11-30", wrong),
        ("ZX05-M1", "2024-11-30", {}),
        ("ZX05-M2", "2025-01-01", wrong),
        ("ZX01-D1", "2999-01-01", {"measured_on": "This day has not come yet."}),
    ):
        reply = put(officer, community, matters=(matter(code, measured_on=day),))
        assert reply.json()["matters"][0]["fields"] == expected, (code, day)


# ── submitted, returned, accepted ───────────────────────────────────────────────────────────────


def values() -> list[tuple]:
    rows = Value.objects.order_by("at", "indicator__code")
    return [
        (row.indicator.code, row.numerator, row.denominator, str(row.measured_on), row.source)
        for row in rows
    ]


def test_a_report_is_submitted_returned_submitted_again_and_accepted(
    officer, as_user, community, estate
):
    supervisor = as_user("supervisor")
    reply = put(
        officer,
        community,
        cell("ZX05-M1", estate, 3, 12),
        cell("TX-R1", estate, 1),
        matters=(matter("TX-R1", measured_on="2024-12-05", source="现场照片"),),
    )
    version = reply.json()["version"]
    first = step(officer, community, "submit", version)
    assert (first.status_code, first.json()["state"], first.json()["values"]) == (
        201,
        "submitted",
        2,
    )
    monthly = "Monthly report 12/2024"
    entered = [
        ("ZX05-M1", 3, 12, "2024-12-31", monthly),
        ("TX-R1", 1, None, "2024-12-05", "现场照片"),
    ]
    assert values() == entered
    closed = put(officer, community, cell("ZX05-M1", estate, 4, 12, seen=version))
    assert (closed.status_code, closed.json()["code"]) == (409, "report_not_open")
    assert closed.json()["details"] == {"state": "submitted", "version": version + 1}
    nothing = step(supervisor, community, "return", version + 1)
    assert nothing.json()["details"]["fields"] == {"reason": "This is needed."}
    back = step(supervisor, community, "return", version + 1, reason="银星花园有12项")
    assert (back.status_code, back.json()["state"]) == (201, "returned")
    assert values() == entered
    better = put(officer, community, cell("ZX05-M1", estate, 12, 12, seen=version))
    assert outcomes(better) == ["saved"]
    again = step(officer, community, "submit", better.json()["version"])
    assert again.json()["values"] == 1
    assert values() == [*entered, ("ZX05-M1", 12, 12, "2024-12-31", monthly)]
    done = step(supervisor, community, "accept", again.json()["version"])
    assert done.json()["state"] == "accepted"
    told = page(officer, community)
    assert (told["state"], told["open"], told["steps"]) == ("accepted", False, [])
    assert [(each["step"], each["by"], each["reason"]) for each in told["history"]] == [
        ("accept", "supervisor", ""),
        ("submit", "officer", ""),
        ("return", "supervisor", "银星花园有12项"),
        ("submit", "officer", ""),
    ]


def test_what_follows_from_the_month_is_told_in_the_language_of_who_fills_it_in(
    officer, as_user, community, estate
):
    """And is no other number for it: what stands is not entered anew in another language."""
    told = {}
    for language in ("en", "zh-hans"):
        officer.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        told[language] = page(officer, community)["default_source"]
    assert told == {"en": "Monthly report 12/2024", "zh-hans": "2024年12月月报"}
    version = put(officer, community, cell("ZX05-M1", estate, 3, 12)).json()["version"]
    version = step(officer, community, "submit", version).json()["version"]
    back = step(as_user("supervisor"), community, "return", version, reason="请核对")
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    again = step(officer, community, "submit", back.json()["version"])
    assert again.json()["values"] == 0
    assert values() == [("ZX05-M1", 3, 12, "2024-12-31", "2024年12月月报")]


def test_what_is_half_told_is_named_and_nothing_is_entered(officer, community, estate):
    reply = put(officer, community, cell("ZX05-M1", estate, 3), cell("TX-R1", estate, 1))
    refused = step(officer, community, "submit", reply.json()["version"])
    assert refused.status_code == 400
    name = f"{matters(page(officer, community))['ZX05-M1']['id']}:estate-{estate.pk}"
    sentence = "Half of it is lacking: so many, of how many."
    assert refused.json()["details"]["cells"] == {name: sentence}
    assert values() == []
    assert page(officer, community)["state"] == "draft"


def test_who_submits_has_seen_everything(officer, as_user, community, estate):
    seen = put(officer, community, cell("TX-R1", estate, 1)).json()["version"]
    put(as_user("admin"), community, cell("ZX05-M1", estate, 1, 2))
    refused = step(officer, community, "submit", seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "report_changed")
    assert refused.json()["details"] == {"version": seen + 1}


def test_a_step_is_taken_once(officer, as_user, community, estate):
    seen = put(officer, community, cell("TX-R1", estate, 1)).json()["version"]
    id = uuid4()
    first, again = (step(officer, community, "submit", seen, id=id) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = step(as_user("admin"), community, "submit", seen, id=id)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    assert Value.objects.count() == 1


# ── the register changes around it ──────────────────────────────────────────────────────────────


def test_a_report_follows_places_that_turn_out_to_be_others(
    officer, people, community, elsewhere, estate
):
    """Where both were told in one report, the number of the one that stays is kept."""
    why = {"by": people["clerk"], "reason": "按核查结果"}
    twin = EstateFactory(community=community, company=estate.company, has_company=True)
    both = [cell("ZX05-M1", each, n, 9) for each, n in ((estate, 3), (twin, 4))]
    put(officer, community, *both, cell("TX-R1", twin, 2), cell("ZX01-D1", community, 1))
    services.merge_estates(kept=estate, twin=twin, **why)
    key = f"estate-{estate.pk}"
    told = page(officer, community)
    assert cell_of(told, "ZX05-M1", key)["n"] == 3
    assert cell_of(told, "TX-R1", key)["n"] == 2
    MembershipFactory(user=people["officer"], role="officer", community=elsewhere)
    services.merge_communities(kept=elsewhere, twin=community, **why)
    told = page(officer, elsewhere)
    assert cell_of(told, "ZX01-D1", f"community-{elsewhere.pk}")["n"] == 1
    assert cell_of(told, "TX-R1", key)["n"] == 2
