"""The life of a site: who takes which step, what it needs, and what the register shows of it."""

from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction

from geo import services
from geo.models import Asset, Estate
from planning.models import Proposal, Step, Vote
from planning.services import life
from tests.factories import AssetFactory, MembershipFactory, UserFactory
from tests.planning.drawn import (
    PLANS,
    SITES,
    a_plan,
    a_site,
    change,
    put_site,
    site_sent,
    step,
    taken,
    today,
    told_of,
)
from tests.planning.files import attach, pdf

pytestmark = pytest.mark.django_db

VOTE = {
    "heads": 300,
    "area_m2": "30000.00",
    "heads_took_part": 200,
    "area_took_part_m2": 20000,
    "heads_agreed": 150,
    "area_agreed_m2": 15000.00,
}


def verdict(code: str, verdict: str, force: str = "hard") -> dict:
    return {"code": code, "verdict": verdict, "force": force, "decides": {"type": "Point"}}


@pytest.fixture(autouse=True)
def found(monkeypatch, settings, tmp_path) -> dict:
    """What the server's check finds: to be changed by a test."""
    settings.MEDIA_ROOT = tmp_path / "photos"
    settings.UPLOADS_DIR = tmp_path / "uploads"
    answer = {"version": "r1", "verdicts": [verdict("R01", "ok")], "worst": "ok"}
    monkeypatch.setattr(life, "check_proposal", lambda _proposal: answer)
    return answer


@pytest.fixture
def plan(as_user) -> dict:
    return a_plan(as_user("planner"))


@pytest.fixture
def site(as_user, plan, estate) -> dict:
    return a_site(as_user("planner"), plan, estate, ports=10, level="ground", commercial=False)


def approved(as_user, site: dict) -> dict:
    taken(as_user("planner"), site, "check")
    return taken(as_user("leader"), site, "approve")


def test_a_site_goes_from_a_drawing_to_use_and_out_of_it(as_user, plan, estate):
    planner, leader = as_user("planner"), as_user("leader")
    site = a_site(planner, plan, estate, ports=10, level="ground", commercial=True)
    paper = attach(planner, site, pdf())
    taken(planner, site, "check", note="现场看过")
    taken(planner, site, "record_vote", on=today(), vote=VOTE, documents=[paper["id"]])
    site = taken(leader, site, "approve")
    asset = Asset.objects.get(pk=site["properties"]["site"])
    shown = (asset.type, asset.status, asset.name, asset.ports, asset.bays, asset.indoor)
    assert shown == ("charging_site", "planned", "东门车棚", 10, 20, False)
    assert (asset.estate, asset.community) == (estate, estate.community)
    assert asset.geom.equals_exact(Proposal.objects.get().geom)
    for name, status in (("build", "built"), ("open", "in_use")):
        taken(planner, site, name, on=today())
        asset.refresh_from_db()
        assert asset.status == status
    whole = taken(leader, site, "retire", on=today(), note="拆除")["properties"]
    asset.refresh_from_db()
    assert (whole["state"], asset.retired_at is None) == ("retired", False)
    steps = [
        (each["step"], each["by"], each["version"], each["state_before"], each["state_after"])
        for each in whole["steps"]
    ]
    assert steps == [
        ("check", "planner", 2, "proposed", "checked"),
        ("record_vote", "planner", 3, "checked", "voted"),
        ("approve", "leader", 4, "voted", "planned"),
        ("build", "planner", 5, "planned", "built"),
        ("open", "planner", 6, "built", "in_use"),
        ("retire", "leader", 7, "in_use", "retired"),
    ]
    assert whole["steps"][1]["vote"] == {
        "heads": 300,
        "heads_took_part": 200,
        "heads_agreed": 150,
        "area_m2": "30000.00",
        "area_took_part_m2": "20000.00",
        "area_agreed_m2": "15000.00",
        "carried": True,
        "missed": [],
    }
    assert whole["can"] == []


WHO = (
    *("admin", "planner", "leader", "supervisor", "clerk", "inspector", "unit", "officer"),
    *("inspector2", "company", "stranger", "nobody"),
)
OUT = {"inspector2": 404, "company": 404, "stranger": 404, "nobody": 401}
PLANNERS = {"admin", "planner"}
APPROVERS = {"admin", "leader", "supervisor"}
# Step → from where, who may, and what it brings beside its day.
STEPS = {
    "check": ([], PLANNERS, {}),
    "withdraw": ([], PLANNERS, {"note": "不建了"}),
    "refuse": ([], APPROVERS, {"note": "离楼太近"}),
    "approve": (["check"], APPROVERS, {}),
    "build": (["check", "approve"], PLANNERS | APPROVERS, {}),
    "open": (["check", "approve", "build"], PLANNERS | APPROVERS, {}),
    "retire": (["check", "approve"], APPROVERS | {"clerk"}, {"note": "不建了"}),
    "reconsider": (["refuse"], PLANNERS | APPROVERS, {"note": "再看"}),
}


def brought(name: str) -> dict:
    return STEPS[name][2] | ({"on": today()} if name in ("build", "open", "retire") else {})


@pytest.mark.parametrize("name", STEPS)
def test_who_may_take_a_step(as_user, people, plan, estate, name):
    before, may, _ = STEPS[name]
    first = {"check": "planner", "approve": "leader", "build": "planner", "refuse": "leader"}
    site = a_site(as_user("planner"), plan, estate, commercial=False)
    for earlier in before:
        taken(as_user(first[earlier]), site, earlier, **brought(earlier))
    seen = told_of(as_user("planner"), site)["properties"]["version"]
    answered = {}
    for who in WHO:
        # Each finds it as it was.
        with transaction.atomic():
            reply = step(as_user(who), site, name, seen=seen, **brought(name))
            transaction.set_rollback(True)
        answered[who] = reply.status_code
    assert answered == {who: OUT.get(who, 201 if who in may else 403) for who in WHO}


def test_a_step_is_taken_once(as_user, site):
    client, id = as_user("planner"), str(uuid4())
    first = step(client, site, "check", id, seen=1)
    again = step(client, site, "check", id, seen=1)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = step(client, site, "check", id, seen=1, note="另")
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    assert Step.objects.count() == 1


def test_who_comes_late_is_told_how_it_stands(as_user, site):
    change(as_user("planner"), site, note="改")
    late = step(as_user("planner"), site, "check", seen=1)
    told = late.json()
    assert (late.status_code, told["code"], told["details"]["version"]) == (409, "moved_on", 2)
    assert told["details"]["proposal"]["properties"]["note"] == "改"
    gone = step(as_user("planner"), site, "open", on=today())
    assert (gone.status_code, gone.json()) == (
        409,
        {
            "code": "step_not_allowed",
            "message": "This can't be done with a site that stands as this one does.",
            "details": {"step": "open", "state": "proposed"},
        },
    )


def test_every_wrong_field_of_a_step_is_named_at_once(as_user, site):
    wrong = {
        "note": 1,
        "on": "yesterday",
        "vote": {"heads": 10, "heads_took_part": 20, "area_m2": "1.005"},
        "documents": [str(uuid4())],
        "colour": "red",
    }
    reply = step(as_user("planner"), site, "record_vote", **wrong)
    assert (reply.status_code, reply.json()["code"]) == (400, "step_invalid")
    assert reply.json()["details"]["fields"].keys() == {
        "note",
        "on",
        "vote.heads_agreed",
        "vote.area_m2",
        "vote.area_took_part_m2",
        "vote.area_agreed_m2",
        "documents",
        "colour",
    }
    ahead = step(as_user("planner"), site, "build", on=today(1))
    assert ahead.json()["details"] == {"fields": {"on": "This day is still to come."}}


def test_a_broken_rule_stops_the_check_and_the_approval(as_user, site, found):
    broken = verdict("R01", "breach")
    found["verdicts"] = [broken, verdict("R03", "breach", "should")]
    stopped = step(as_user("planner"), site, "check", note="仍要")
    assert (stopped.status_code, stopped.json()["code"]) == (409, "rules_broken")
    assert stopped.json()["details"] == {"verdicts": [broken]}
    assert Step.objects.count() == 0
    found["verdicts"] = [verdict("R03", "breach", "should")]
    taken(as_user("planner"), site, "check")
    # The register went on since.
    found["verdicts"] = [broken]
    late = step(as_user("leader"), site, "approve")
    assert (late.status_code, late.json()["code"]) == (409, "rules_broken")
    assert Asset.objects.count() == 0


def test_where_the_rules_cant_tell_somebody_says_why(as_user, site, found):
    found["verdicts"] = [verdict("R05", "cant_tell"), verdict("R15", "cant_tell", "note")]
    unsaid = step(as_user("planner"), site, "check")
    assert (unsaid.status_code, unsaid.json()["details"]) == (
        400,
        {"fields": {"note": "Say why, where the rules can't tell: R05."}},
    )
    checked = taken(as_user("planner"), site, "check", note="现场无消火栓")
    # As it was found then, whatever is found later; said once, it need not be said again.
    kept = checked["properties"]["steps"][0]["verdicts"]
    assert kept == found
    found["verdicts"] = [verdict("R05", "cant_tell"), verdict("R02", "cant_tell")]
    anew = step(as_user("leader"), site, "approve")
    assert anew.json()["details"] == {
        "fields": {"note": "Say why, where the rules can't tell: R02."}
    }
    taken(as_user("leader"), site, "approve", note="无登高场地")
    assert told_of(as_user("planner"), site)["properties"]["steps"][0]["verdicts"] == kept
    # Shapes that decided are told to those who see all of the office.
    seen = told_of(as_user("supervisor"), site)["properties"]["steps"][0]["verdicts"]
    assert [each["decides"] for each in seen["verdicts"]] == [None, None]


def test_four_eyes_approve(as_user, people, site):
    people["second"] = UserFactory(username="second")
    for who in ("planner", "second"):
        MembershipFactory(user=people[who], role="leader")
    MembershipFactory(user=people["second"], role="planner")
    change(as_user("second"), site, note="看过")
    taken(as_user("planner"), site, "check")
    for who in ("planner", "second"):
        refused = step(as_user(who), site, "approve")
        assert (refused.status_code, refused.json()["code"]) == (403, "other_eyes_needed")
        can = {
            each["step"]: each["refused"]
            for each in told_of(as_user(who), site)["properties"]["can"]
        }
        assert can["approve"] == "other_eyes_needed"
    taken(as_user("leader"), site, "approve")


def test_what_is_changed_is_checked_anew(as_user, site):
    client = as_user("planner")
    taken(client, site, "check")
    named = change(client, site, seen=2, name="西门", cost_yuan=1)
    assert named.json()["properties"]["state"] == "checked"
    changed = change(client, site, seen=3, bays=21)
    assert changed.json()["properties"]["state"] == "proposed"
    assert step(as_user("leader"), site, "approve").json()["code"] == "step_not_allowed"


def test_what_is_approved_is_no_longer_drawn(as_user, plan, site):
    client, site = as_user("planner"), approved(as_user, site)
    moved = change(client, site, bays=30)
    assert (moved.status_code, moved.json()["code"]) == (409, "proposal_settled")
    assert change(client, site, cost_yuan=9).status_code == 200
    hidden = client.patch(f"{PLANS}{plan['id']}/", {"seen": 1, "shared": False}, format="json")
    assert (hidden.status_code, hidden.json()["code"]) == (409, "plan_has_sites")
    # Putting the plan away stops no site.
    client.put(f"{PLANS}{plan['id']}/archive/")
    taken(client, site, "build", on=today())


def test_owners_agree_before_their_common_ground_is_used_for_business(as_user, plan, estate):
    planner, leader = as_user("planner"), as_user("leader")
    site = a_site(planner, plan, estate)
    taken(planner, site, "check")
    unsaid = step(leader, site, "approve")
    assert unsaid.json()["details"]["fields"].keys() == {"commercial"}
    assert step(planner, site, "record_vote", on=today()).status_code == 400
    change(planner, site, seen=2, commercial=True)
    taken(planner, site, "check")
    early = step(leader, site, "approve")
    assert (early.status_code, early.json()["code"], early.json()["details"]) == (
        409,
        "owners_not_agreed",
        {"missed": []},
    )
    paper = attach(planner, site, pdf())
    lost = VOTE | {"heads_agreed": 149, "area_took_part_m2": "19999.99"}
    brings = {"on": today(), "documents": [paper["id"]]}
    after = taken(planner, site, "record_vote", vote=lost, **brings)
    assert after["properties"]["state"] == "checked"
    again = step(leader, site, "approve")
    assert again.json()["details"] == {"missed": ["area_took_part", "heads_agreed"]}
    taken(planner, site, "record_vote", vote=VOTE, **brings)
    taken(leader, site, "approve")
    assert Vote.objects.count() == 2


def test_in_the_open_street_nobody_votes(as_user, plan, estate):
    site = a_site(as_user("planner"), plan, estate, estate=None, commercial=True)
    taken(as_user("planner"), site, "check")
    vote = step(as_user("planner"), site, "record_vote", on=today(), vote=VOTE)
    assert vote.status_code in {400, 409}
    told = taken(as_user("supervisor"), site, "approve")
    assert Asset.objects.get(pk=told["properties"]["site"]).estate is None


def test_a_site_opens_no_earlier_than_it_was_built(as_user, site):
    site = approved(as_user, site)
    taken(as_user("planner"), site, "build", on=today())
    early = step(as_user("planner"), site, "open", on=today(-1))
    assert early.json()["details"] == {
        "fields": {"on": "This is before the day of an earlier step."}
    }


def test_a_site_follows_what_the_clerk_does_in_the_register(as_user, people, site):
    site, clerk = approved(as_user, site), people["clerk"]
    taken(as_user("planner"), site, "build", on=today())
    asset = Asset.objects.get()
    services.retire(row=asset, by=clerk, reason="拆了")
    told = told_of(as_user("planner"), site)["properties"]
    assert (told["state"], told["version"]) == ("retired", 5)
    assert [(each["step"], each["by"], each["note"]) for each in told["steps"][-1:]] == [
        ("retire", None, "拆了")
    ]
    services.restore(row=asset, by=clerk, reason="误删")
    assert told_of(as_user("planner"), site)["properties"]["state"] == "built"
    twin = AssetFactory(type="charging_site", estate=asset.estate, code="C-1")
    services.merge_assets(kept=twin, twin=asset, by=clerk, reason="同一处")
    assert told_of(as_user("planner"), site)["properties"]["site"] == twin.pk
    services.retire(row=Estate.objects.get(), by=clerk, reason="拆迁")
    assert told_of(as_user("planner"), site)["properties"]["state"] == "retired"


def test_a_site_that_is_retired_by_its_own_step_is_so_once(as_user, site):
    site = approved(as_user, site)
    whole = taken(as_user("leader"), site, "retire", on=today(), note="不建了")
    assert [each["step"] for each in whole["properties"]["steps"]] == ["check", "approve", "retire"]
    assert Asset.objects.get().retired_at is not None


def test_what_is_withdrawn_keeps_its_documents(as_user, site):
    client = as_user("planner")
    paper = attach(client, site, pdf())
    taken(client, site, "withdraw", note="另选")
    told = told_of(client, site)["properties"]
    assert [each["id"] for each in told["documents"]] == [paper["id"]]
    assert client.get(paper["address"]).status_code == 200
    client.put(f"{SITES}{site['id']}/restore/", {"seen": 2}, format="json")
    assert told_of(client, site)["properties"]["state"] == "proposed"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_the_same_moment_one_makes_the_site(as_user, site):
    taken(as_user("planner"), site, "check")
    both, statuses = Barrier(2), {}

    def approve(who: str) -> None:
        both.wait()
        statuses[who] = step(as_user(who), site, "approve", seen=2).status_code
        connection.close()

    threads = [Thread(target=approve, args=[who]) for who in ("leader", "supervisor")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(statuses.values()) == [201, 409]
    assert Asset.objects.count() == 1


def test_every_day_of_a_vote_is_told_as_it_was(as_user, plan, estate):
    client = as_user("planner")
    id = str(uuid4())
    put_site(client, id, site_sent(plan, estate, commercial=True))
    site = told_of(client, {"id": id})
    paper = attach(client, site, pdf())
    taken(client, site, "check")
    day = date(2024, 11, 30)
    taken(client, site, "record_vote", on=str(day), vote=VOTE, documents=[paper["id"]])
    assert Vote.objects.get().on == day
