"""What the server says of a site: every rule, with what decides it, and what it does not tell."""

from datetime import date
from uuid import uuid4

import pytest

from geo.models import ExcludedArea, Exit, Gate, SensitivePlace, Survey
from planning.models import Plan, Proposal, SiteRule
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    EstateFactory,
    MembershipFactory,
    UserFactory,
)
from tests.planning.ground import MIDDLE, box, boxes, line, point, polygon

pytestmark = pytest.mark.django_db

RULES, AROUND, CHECK = (f"/api/v1/planning/{name}/" for name in ("rules", "around", "check"))
NEAR = ",".join(
    str(each)
    for each in (MIDDLE[0] - 0.005, MIDDLE[1] - 0.005, MIDDLE[0] + 0.005, MIDDLE[1] + 0.005)
)
READERS = {
    **dict.fromkeys(
        ("admin", "inspector", "supervisor", "officer", "planner", "leader", "clerk", "unit"), 200
    ),
    **dict.fromkeys(("inspector2",), 200),
    **dict.fromkeys(("company", "stranger"), 403),
    "nobody": 401,
}


@pytest.fixture
def drawn(estate):
    """The estate with a building 2 m north of the site, a lane 6 m wide to its south."""
    estate.geom = boxes(-100, -100, 100, 100)
    estate.save()
    building = BuildingFactory(estate=estate, number="1栋", geom=boxes(0, 4, 10, 14))
    Exit.objects.create(building=building, name="东门", geom=point(10, 4))
    AssetFactory(type="lane", estate=estate, code="XF-1", width_m=6, geom=line((-50, -4), (50, -4)))
    AssetFactory(type="hydrant", estate=estate, code="H-1", geom=point(20, 1))
    return estate


SITE = polygon(0, 0, 10, 2)


def check(client, **body):
    reply = client.post(CHECK, {"geom": SITE, **body}, format="json")
    assert reply.status_code == 200, reply.json()
    return reply.json()


def verdict(answer, code):
    [found] = [each for each in answer["verdicts"] if each["code"] == code]
    return found


@pytest.mark.parametrize(("who", "status"), READERS.items())
def test_who_may_read_rules_and_surroundings_and_have_a_site_checked(as_user, drawn, who, status):
    client = as_user(who)
    assert client.get(RULES).status_code == status
    assert client.get(AROUND, {"in_bbox": NEAR}).status_code == status
    assert client.post(CHECK, {"geom": SITE}, format="json").status_code == status


def test_every_rule_is_answered_with_its_value_and_what_decides_it(as_user, drawn):
    answer = check(as_user("planner"), level="ground", place="open_ground")
    codes = [each["code"] for each in answer["verdicts"]]
    assert codes == sorted(SiteRule.objects.values_list("code", flat=True))
    wall = verdict(answer, "R03")
    assert {**wall, "decides": None} == {
        "code": "R03",
        "measure": "wall_m",
        "force": "should",
        "verdict": "breach",
        "value": 2.0,
        "limit": 3.0,
        "unit": "m",
        "zh": "距建筑外墙 2 m（不宜小于 3 m）。",
        "en": "2 m from a building's wall (should be at least 3 m).",
        "why_zh": None,
        "why_en": None,
        "source_zh": "福州市电动自行车停放充电场所导则（试行），2025 年 2 月，据新闻报道",
        "source_en": "Fuzhou guideline (trial), February 2025, as reported in the news",
        "source_on": None,
        "sure": "S",
        "decides": None,
    }
    assert wall["decides"]["type"] == "LineString"
    door = verdict(answer, "R04")
    assert (door["verdict"], door["value"], door["force"]) == ("breach", 2, "hard")
    lane = verdict(answer, "R01b")
    assert (lane["verdict"], lane["value"], lane["decides"]["type"]) == ("ok", 6, "LineString")
    assert verdict(answer, "R01")["value"] == 0
    assert verdict(answer, "R05") | {"decides": None} == verdict(answer, "R05") | {
        "verdict": "ok",
        "value": 10,
        "decides": None,
    }
    assert answer["worst"] == "hard"


def test_a_layer_that_nobody_drew_is_never_fine(as_user, drawn):
    planner = as_user("planner")
    place = verdict(check(planner), "R10")
    assert (place["verdict"], place["value"]) == ("cant_tell", None)
    assert place["why_en"] == "It is not known whether the sensitive places are all drawn here."
    Survey.objects.create(estate=drawn, layer="sensitive_places", on=date(2024, 12, 1))
    place = verdict(check(planner), "R10")
    assert (place["verdict"], place["value"]) == ("ok", None)
    SensitivePlace.objects.create(kind="school", name="小学", geom=box(-9, 0, -2, 2))
    place = verdict(check(planner), "R10")
    assert (place["verdict"], place["value"]) == ("breach", 2)


def test_a_rule_that_is_off_is_not_told_and_another_limit_counts_at_once(as_user, drawn):
    planner = as_user("planner")
    before = check(planner)["version"]
    SiteRule.objects.filter(code="R10").update(on=False)
    SiteRule.objects.filter(code="R03").update(limit=2)
    answer = check(planner)
    assert "R10" not in {each["code"] for each in answer["verdicts"]}
    assert verdict(answer, "R03")["verdict"] == "ok"
    assert answer["version"] != before
    assert answer["version"] == planner.get(RULES).json()["version"]


def test_a_proposal_is_checked_as_it_is_stored_but_for_what_else_is_told(as_user, drawn, people):
    plan = Plan.objects.create(id=uuid4(), name="方案一", by=people["planner"])
    proposal = Proposal.objects.create(
        id=uuid4(),
        plan=plan,
        by=people["planner"],
        community=drawn.community,
        estate=drawn,
        geom=box(0, 0, 10, 1),
        bays=12,
        level="ground",
    )
    planner = as_user("planner")
    reply = planner.post(CHECK, {"proposal": str(proposal.pk)}, format="json").json()
    assert (verdict(reply, "R03")["value"], verdict(reply, "R06")["value"]) == (3, 12)
    reply = planner.post(
        CHECK, {"proposal": str(proposal.pk), "geom": SITE, "bays": None}, format="json"
    ).json()
    assert (verdict(reply, "R03")["value"], verdict(reply, "R06")["verdict"]) == (2, "cant_tell")
    # Not shared: nobody else's.
    other = as_user("leader").post(CHECK, {"proposal": str(proposal.pk)}, format="json")
    assert other.status_code == 404


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"geom": "This is needed."}),
        ({"geom": SITE, "bays": -1}, {"bays": "A whole number from 0 to 100000."}),
        ({"geom": SITE, "colour": "red"}, {"colour": "A record has no such field."}),
    ],
)
def test_what_can_not_be_checked_is_named(as_user, drawn, body, wrong):
    reply = as_user("planner").post(CHECK, body, format="json")
    assert (reply.status_code, reply.json()["details"]) == (400, {"fields": wrong})


class TestExcludedGround:
    @pytest.fixture(autouse=True)
    def barracks(self, drawn):
        return ExcludedArea.objects.create(name="某处", geom=boxes(5, -5, 50, 50))

    def test_whoever_keeps_the_register_sees_it_and_how_much_is_taken(self, as_user):
        answer = as_user("clerk").get(AROUND, {"in_bbox": NEAR}).json()
        assert len(answer["layers"]["excluded_areas"]["features"]) == 1
        found = verdict(check(as_user("clerk")), "R00")
        assert (found["verdict"], found["value"], found["decides"]["type"]) == (
            "breach",
            10,
            "Polygon",
        )

    @pytest.mark.parametrize("who", ["planner", "inspector", "leader"])
    def test_the_others_are_told_that_it_is_and_not_where(self, as_user, who):
        answer = as_user(who).get(AROUND, {"in_bbox": NEAR}).json()
        assert answer["layers"]["excluded_areas"] is None
        found = verdict(check(as_user(who)), "R00")
        assert (found["verdict"], found["value"], found["decides"]) == ("breach", None, None)
        assert found["en"] == "Takes ground of an excluded area (none may be drawn on)."

    def test_beside_it_all_is_well(self, as_user):
        found = verdict(check(as_user("planner"), geom=polygon(-10, 0, 0, 2)), "R00")
        assert (found["verdict"], found["value"]) == ("ok", 0)


class TestWhatLiesOutOfScope:
    @pytest.fixture
    def next_door(self, drawn, elsewhere):
        """Of another community: a building 1 m from the site."""
        estate = EstateFactory(community=elsewhere, geom=boxes(11, -20, 40, 20))
        return BuildingFactory(estate=estate, geom=boxes(11, 0, 20, 2))

    @pytest.fixture
    def local(self, people, drawn):
        people["local"] = UserFactory(username="local")
        MembershipFactory(user=people["local"], role="planner", community=drawn.community)

    def test_it_counts_and_is_not_drawn(self, as_user, local, next_door):
        wall = verdict(check(as_user("local")), "R03")
        assert (wall["value"], wall["decides"]) == (1, None)
        wall = verdict(check(as_user("planner")), "R03")
        assert (wall["value"], wall["decides"]["type"]) == (1, "LineString")

    def test_it_is_not_around(self, as_user, local, next_door, drawn):
        def estates(who):
            told = as_user(who).get(AROUND, {"in_bbox": NEAR}).json()["layers"]
            return {each["id"] for each in told["estates"]["features"]}

        assert estates("local") == {drawn.pk}
        assert estates("planner") == {drawn.pk, next_door.estate_id}


class TestAround:
    def test_all_that_matters_is_told_with_what_rules_read_of_it(self, as_user, drawn):
        Gate.objects.create(estate=drawn, name="东门", open_to="residents", geom=point(30, 0))
        Survey.objects.create(estate=drawn, layer="lanes", on=date(2024, 12, 1))
        site = {"type": "charging_site", "estate": drawn, "ports": 10, "bays": 20}
        built = AssetFactory(**site, code="CD-1", status="built", geom=point(0, 30))
        AssetFactory(**site, code="CD-2", status="planned", geom=point(0, 40))
        type(drawn).objects.filter(pk=drawn.pk).update(ebikes=100)
        answer = as_user("planner").get(AROUND, {"in_bbox": NEAR}).json()
        [estate] = answer["layers"]["estates"]["features"]
        assert estate["properties"] == {
            "name": "银星花园",
            "households": None,
            "ebikes": 100,
            "charging": [{"id": built.pk, "ports": 10, "bays": 20}],
        }
        assert answer["surveyed"] == {str(drawn.pk): ["lanes"]}
        [lane] = answer["layers"]["lanes"]["features"]
        assert lane["properties"]["width_m"] == 6
        [door] = answer["layers"]["exits"]["features"]
        assert door["properties"]["estate"] == drawn.pk
        assert {name: len(each["features"]) for name, each in answer["layers"].items() if each} == {
            "lanes": 1,
            "operation_areas": 0,
            "buildings": 1,
            "exits": 1,
            "hydrants": 1,
            "sensitive_places": 0,
            "vacant_spaces": 0,
            "charging_sites": 2,
            "gates": 1,
            "estates": 1,
        }

    def test_it_is_told_anew_only_when_something_was_written(self, as_user, drawn):
        planner = as_user("planner")
        tag = planner.get(AROUND, {"in_bbox": NEAR})["ETag"]
        same = planner.get(AROUND, {"in_bbox": NEAR}, headers={"if-none-match": tag})
        assert same.status_code == 304
        Exit.objects.update(name="西门")
        new = planner.get(AROUND, {"in_bbox": NEAR}, headers={"if-none-match": tag})
        assert (new.status_code, new["ETag"] == tag) == (200, False)

    @pytest.mark.parametrize(
        ("query", "why"),
        [
            ({}, "Four numbers: west,south,east,north."),
            ({"in_bbox": "118,24,119,25"}, "At most 0.03 degrees each way."),
        ],
    )
    def test_a_town_is_not_told_at_once(self, as_user, query, why):
        reply = as_user("planner").get(AROUND, query)
        assert (reply.status_code, reply.json()["details"]) == (400, {"fields": {"in_bbox": why}})


def test_a_check_asks_no_more_however_much_lies_around(
    as_user, drawn, django_assert_max_num_queries
):
    planner = as_user("planner")
    check(planner)
    with django_assert_max_num_queries(22):
        check(planner)
