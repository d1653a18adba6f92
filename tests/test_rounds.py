"""Rounds: who gives them, who has them on which day, and how two come to share one."""

import threading
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from inspections import reports
from inspections.models import Round
from people.models import Leave
from tests.factories import EstateFactory, InspectionFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
KINDS = "One or more of ebike_charging, environment, fire_lane, lighting."


@pytest.fixture
def colleague(people, community):
    """A second inspector of the community."""
    people["colleague"] = UserFactory(username="colleague", name="王五")
    MembershipFactory(user=people["colleague"], community=community)
    return people["colleague"]


def a_round(*estates, **changes) -> dict:
    body = {
        "name": "十二月路灯",
        "inspector": "inspector",
        "kinds": ["lighting"],
        "estates": [each.pk for each in estates],
        "since": "2024-12-01",
        "until": "2024-12-20",
    } | changes
    return {name: value for name, value in body.items() if value is not None}


def give(client, *estates, **changes):
    return client.post("/api/v1/rounds/", a_round(*estates, **changes), format="json")


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2024, 12, day, hour, tzinfo=SHANGHAI)


def of(user, day: date) -> list[str]:
    return [each["name"] for each in reports.rounds_of(user, day)]


# ── given and seen ──────────────────────────────────────────────────────────────────────────────


def test_a_round_that_was_given_is_answered_and_listed_whole(as_user, estate):
    given = give(as_user("supervisor"), estate, note="晚上去")
    assert given.status_code == 201
    assert given.json() == {
        "id": Round.objects.get().pk,
        "name": "十二月路灯",
        "inspector": "inspector",
        "inspector_name": "inspector",
        "stand_in": None,
        "stand_in_name": None,
        "kinds": ["lighting"],
        "estates": [estate.pk],
        "since": "2024-12-01",
        "until": "2024-12-20",
        "shared": False,
        "shared_with": [],
        "done": [],
        "left": [{"estate": estate.pk, "kind": "lighting", "last": None, "due_on": None}],
        "note": "晚上去",
    }
    listed = as_user("inspector").get("/api/v1/rounds/?since=2024-12-01").json()
    assert listed == {"rounds": [given.json()]}
    one = as_user("inspector").get(f"/api/v1/rounds/{given.json()['id']}/")
    assert one.json() == given.json()


def test_what_was_done_within_its_days_is_told_with_when_and_by_whom(
    as_user, people, estate, colleague
):
    id = give(as_user("supervisor"), estate, kinds=["lighting", "fire_lane"]).json()["id"]
    for made, who in ((at(1, 0), "inspector"), (at(20, 23), "colleague")):
        InspectionFactory(estate=estate, inspector=people[who], recorded_at=made)
    InspectionFactory(estate=estate, recorded_at=at(20, 23), in_force=False)
    InspectionFactory(estate=estate, recorded_at=at(21, 0))
    last = datetime(2024, 11, 30, 23, 59, tzinfo=SHANGHAI)
    InspectionFactory(estate=estate, kind="fire_lane", recorded_at=last)
    told = as_user("supervisor").get(f"/api/v1/rounds/{id}/").json()
    assert told["done"] == [
        {"estate": estate.pk, "kind": "lighting", "at": "2024-12-20T15:00:00Z", "by": "王五"}
    ]
    assert told["left"] == [
        {
            "estate": estate.pk,
            "kind": "fire_lane",
            "last": "2024-11-30T15:59:00Z",
            "due_on": "2024-12-30",
        }
    ]


def test_an_estate_that_went_out_of_use_is_no_longer_to_be_done(as_user, community, estate):
    gone = EstateFactory(community=community, name="已拆小区")
    id = give(as_user("supervisor"), estate, gone).json()["id"]
    gone.retired_at = at(2)
    gone.save()
    told = as_user("inspector").get(f"/api/v1/rounds/{id}/").json()
    assert (told["estates"], [each["estate"] for each in told["left"]]) == (
        [estate.pk],
        [estate.pk],
    )


def test_the_list_is_narrowed_by_what_stands_in_the_address(
    as_user, people, community, elsewhere, estate, colleague
):
    other = EstateFactory(community=elsewhere, name="象山花园")
    chief = as_user("admin")
    give(chief, estate, name="一")
    give(chief, other, name="二", inspector="inspector2", kinds=["fire_lane"])
    give(chief, estate, name="三", since="2025-01-01", until="2025-01-31")

    def listed(query: str, who="admin") -> list[str]:
        reply = as_user(who).get(f"/api/v1/rounds/?{query}")
        return [each["name"] for each in reply.json()["rounds"]]

    assert listed("since=2024-12-01") == ["一", "二", "三"]
    assert listed("since=2024-12-21") == ["三"]
    assert listed("since=2024-12-01&until=2024-12-31") == ["一", "二"]
    assert listed("since=2024-12-01&kind=fire_lane") == ["二"]
    assert listed(f"since=2024-12-01&community={community.pk}") == ["一", "三"]
    assert listed("since=2024-12-01&inspector=inspector2") == ["二"]
    assert listed("since=2024-12-01&mine=1", "inspector") == ["一", "三"]
    assert listed("since=2024-12-01&mine=1", "colleague") == []
    assert listed("since=2024-12-01", "inspector2") == ["二"]
    assert listed("") == [], "rounds of long ago are asked for"
    wrong = chief.get("/api/v1/rounds/?since=yesterday&who=me")
    assert (wrong.status_code, wrong.json()["details"]["fields"].keys()) == (400, {"since", "who"})


# ── what is wrong is named ──────────────────────────────────────────────────────────────────────


def test_every_wrong_field_is_named_at_once(as_user, estate, elsewhere):
    there = EstateFactory(community=elsewhere)
    reply = give(
        as_user("supervisor"),
        there,
        name=" ",
        inspector="nobody",
        kinds=["manhole"],
        since="tomorrow",
        until=None,
        shared="yes",
        note="长" * 301,
        colour="red",
    )
    assert (reply.status_code, reply.json()) == (
        400,
        {
            "code": "round_invalid",
            "message": "Some fields need another look.",
            "details": {
                "fields": {
                    "name": "This is needed.",
                    "inspector": "The sign-in name of somebody with an account.",
                    "kinds": KINDS,
                    "estates": f"Not in your area, or no longer in use: {there.pk}.",
                    "since": "A date such as 2024-11-30.",
                    "until": "A date such as 2024-11-30.",
                    "shared": "true or false.",
                    "note": "Words, at most 300 characters.",
                    "colour": "There is no such field here.",
                }
            },
        },
    )


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"until": "2024-11-30"}, "until", "The last day is before the first."),
        ({"until": "2026-01-01"}, "until", "A round lasts at most 366 days."),
        ({"estates": []}, "estates", "A list of 1 to 500 estates, by number."),
        ({"estates": ["1"]}, "estates", "A list of 1 to 500 estates, by number."),
        ({"kinds": []}, "kinds", KINDS),
        (
            {"inspector": "inspector2"},
            "inspector",
            "inspector2 is not an inspector on all of these days in: 陈村社区.",
        ),
        (
            {"inspector": "leader"},
            "inspector",
            "leader is not an inspector on all of these days in: 陈村社区.",
        ),
    ],
)
def test_what_can_not_be_is_said_of_its_field(as_user, estate, changes, field, said):
    reply = give(as_user("supervisor"), estate, **changes)
    assert (reply.status_code, reply.json()["details"]) == (400, {"fields": {field: said}})


def test_one_who_inspects_there_for_some_of_the_days_only_can_not_have_it(
    as_user, people, community, estate
):
    first = people["inspector"].memberships.get()
    first.until = date(2024, 12, 10)
    first.save()
    assert give(as_user("supervisor"), estate).status_code == 400
    MembershipFactory(user=people["inspector"], community=community, since=date(2024, 12, 11))
    assert give(as_user("supervisor"), estate).status_code == 201


def test_what_is_no_object_has_every_field_missing(as_user):
    reply = as_user("supervisor").post("/api/v1/rounds/", [1], format="json")
    assert (reply.status_code, reply.json()["code"]) == (400, "round_invalid")


# ── who may ─────────────────────────────────────────────────────────────────────────────────────

GIVES = {"admin": 201, "supervisor": 201, "nobody": 401}
CHANGES = {"admin": 200, "supervisor": 200, "nobody": 401} | dict.fromkeys(
    ("inspector2", "stranger", "company"), 404
)
EVERYONE = (
    *("admin", "inspector", "inspector2", "supervisor", "planner", "leader", "clerk"),
    *("unit", "officer", "company", "stranger", "nobody"),
)


def test_supervisors_of_the_community_give_and_nobody_else(as_user, estate):
    answered = {}
    for who in EVERYONE:
        answered[who] = give(as_user(who), estate).status_code
        Round.objects.all().delete()
    assert answered == dict.fromkeys(EVERYONE, 403) | GIVES


@pytest.mark.parametrize("verb", ["put", "delete"])
def test_supervisors_of_the_community_change_and_cancel_and_nobody_else(as_user, estate, verb):
    id = give(as_user("supervisor"), estate).json()["id"]
    body = a_round(estate, name="改名") if verb == "put" else None
    answered = {
        who: getattr(as_user(who), verb)(f"/api/v1/rounds/{id}/", body, format="json").status_code
        for who in EVERYONE
    }
    assert answered == dict.fromkeys(EVERYONE, 403) | CHANGES


def test_a_round_through_two_communities_is_for_supervisors_of_both(
    as_user, people, elsewhere, estate
):
    MembershipFactory(user=people["inspector"], community=elsewhere)
    there = EstateFactory(community=elsewhere, name="象山花园")
    both = give(as_user("admin"), estate, there).json()
    mine = as_user("supervisor")
    assert mine.get(f"/api/v1/rounds/{both['id']}/").json()["estates"] == [estate.pk]
    for verb, body in (("put", a_round(estate)), ("delete", None)):
        reply = getattr(mine, verb)(f"/api/v1/rounds/{both['id']}/", body, format="json")
        assert (reply.status_code, reply.json()["code"]) == (403, "not_yours_to_give")
    MembershipFactory(user=people["supervisor"], role="supervisor", community=elsewhere)
    put = as_user("supervisor").put(f"/api/v1/rounds/{both['id']}/", a_round(estate), format="json")
    assert put.status_code == 200


def test_whoever_sees_an_estate_of_it_sees_the_round(as_user, estate):
    id = give(as_user("supervisor"), estate).json()["id"]
    seen = {who: as_user(who).get(f"/api/v1/rounds/{id}/").status_code for who in EVERYONE}
    unseen = dict.fromkeys(("inspector2", "stranger", "company"), 404) | {"nobody": 401}
    assert seen == dict.fromkeys(EVERYONE, 200) | unseen


# ── overlaps ────────────────────────────────────────────────────────────────────────────────────


def test_what_another_already_has_is_named_and_shared_on_purpose_only(
    as_user, people, community, estate, colleague
):
    client = as_user("supervisor")
    two = EstateFactory(community=community, name="金星花园")
    first = give(client, estate, two, kinds=["lighting", "fire_lane"], name="先给的").json()
    Leave.objects.create(
        person=people["inspector"],
        stand_in=colleague,
        since=date(2024, 12, 19),
        until=date(2024, 12, 25),
    )
    mine = {"inspector": "colleague", "since": "2024-12-20", "until": "2025-01-05"}
    refused = give(client, estate, **mine)
    assert (refused.status_code, refused.json()) == (
        409,
        {
            "code": "round_overlaps",
            "message": "Another inspector has part of this on these days. Leave it out, or share "
            "it on purpose.",
            "details": {
                "rounds": [
                    {
                        "id": first["id"],
                        "name": "先给的",
                        "inspector": "inspector",
                        "inspector_name": "inspector",
                        "stand_ins": ["王五"],
                        "since": "2024-12-01",
                        "until": "2024-12-20",
                        "kinds": ["lighting"],
                        "estates": [{"id": estate.pk, "name": "银星花园"}],
                    }
                ]
            },
        },
    )
    assert Round.objects.count() == 1
    shared = give(client, estate, name="一起查", shared=True, **mine)
    assert shared.status_code == 201
    told = {
        each["name"]: (each["shared"], [with_["name"] for with_ in each["shared_with"]])
        for each in client.get("/api/v1/rounds/?since=2024-12-01").json()["rounds"]
    }
    assert told == {"先给的": (True, ["一起查"]), "一起查": (True, ["先给的"])}


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": ["fire_lane"]},
        {"since": "2024-12-21", "until": "2024-12-31"},
        {"inspector": "inspector"},
    ],
    ids=["another kind", "the day after", "the same inspector"],
)
def test_what_is_not_the_same_is_no_overlap(as_user, estate, colleague, changes):
    client = as_user("supervisor")
    give(client, estate)
    assert give(client, estate, **({"inspector": "colleague"} | changes)).status_code == 201


def test_what_was_cancelled_is_free_and_comes_back_only_if_it_still_is(as_user, estate, colleague):
    client = as_user("supervisor")
    id = give(client, estate).json()["id"]
    assert client.delete(f"/api/v1/rounds/{id}/").status_code == 200
    assert client.get(f"/api/v1/rounds/{id}/").status_code == 404
    back = client.put(f"/api/v1/rounds/{id}/", a_round(estate), format="json")
    assert (back.status_code, back.json()["id"]) == (200, id)
    client.delete(f"/api/v1/rounds/{id}/")
    assert give(client, estate, inspector="colleague").status_code == 201
    late = client.put(f"/api/v1/rounds/{id}/", a_round(estate), format="json")
    assert (late.status_code, late.json()["code"]) == (409, "round_overlaps")


def test_a_round_is_handed_over_with_what_was_done_in_it(as_user, people, estate, colleague):
    client = as_user("supervisor")
    id = give(client, estate).json()["id"]
    InspectionFactory(estate=estate, inspector=people["inspector"], recorded_at=at(3))
    put = client.put(f"/api/v1/rounds/{id}/", a_round(estate, inspector="colleague"), format="json")
    assert put.json()["inspector_name"] == "王五"
    assert put.json()["done"][0]["by"] == "inspector"
    assert of(people["inspector"], date(2024, 12, 5)) == []
    assert of(colleague, date(2024, 12, 5)) == ["十二月路灯"]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_overlap_and_are_given_at_once_exactly_one_is_given(
    as_user, community, estate, colleague
):
    estates = [estate, *EstateFactory.create_batch(3, community=community)]
    clients = [as_user("supervisor") for _ in range(8)]
    together, statuses = threading.Barrier(len(clients)), []

    def at_once(n: int) -> None:
        together.wait()
        who = ("inspector", "colleague")[n % 2]
        name = f"{who} {n}"
        reply = give(clients[n], *estates[n % 3 :], estates[0], inspector=who, name=name)
        statuses.append((who, reply.status_code))
        connection.close()

    threads = [threading.Thread(target=at_once, args=(n,)) for n in range(len(clients))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    winner = Round.objects.order_by("pk").first().inspector.username
    loser = {"inspector": "colleague", "colleague": "inspector"}[winner]
    assert sorted(statuses) == sorted([(winner, 201)] * 4 + [(loser, 409)] * 4)


# ── whose it is on which day ────────────────────────────────────────────────────────────────────


def test_on_days_of_leave_both_included_the_stand_in_has_it(as_user, people, estate, colleague):
    me = people["inspector"]
    give(as_user("supervisor"), estate)
    Leave.objects.create(
        person=me, stand_in=colleague, since=date(2024, 12, 5), until=date(2024, 12, 6)
    )
    had = {
        day: (of(me, date(2024, 12, day)), of(colleague, date(2024, 12, day)))
        for day in (4, 5, 6, 7)
    }
    mine, theirs = (["十二月路灯"], []), ([], ["十二月路灯"])
    assert had == {4: mine, 5: theirs, 6: theirs, 7: mine}
    (covered,) = reports.rounds_of(colleague, date(2024, 12, 5))
    assert (covered["inspector"], covered["stand_in"], covered["stand_in_name"]) == (
        "inspector",
        "colleague",
        "王五",
    )
    (told,) = reports.rounds_told(Round.objects.all(), date(2024, 12, 7))
    assert told["stand_in"] is None


def test_one_has_what_is_to_come_and_for_a_month_what_ran_out(as_user, people, estate):
    give(as_user("supervisor"), estate)
    days = [(2024, 11, 30), (2024, 12, 1), (2025, 1, 20), (2025, 1, 21)]
    had = [bool(of(people["inspector"], date(*day))) for day in days]
    assert had == [True, True, True, False]


def test_a_round_follows_an_estate_that_is_merged(as_user, people, community, estate):
    from geo.services import merge_estates

    twin = EstateFactory(community=community, name="银星花园二期")
    id = give(as_user("supervisor"), twin).json()["id"]
    merge_estates(kept=estate, twin=twin, by=people["clerk"], reason="同一个小区")
    assert as_user("inspector").get(f"/api/v1/rounds/{id}/").json()["estates"] == [estate.pk]
