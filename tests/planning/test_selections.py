"""Selections: asked once, worked out by the worker, called off, taken into the plan."""

import re
from copy import deepcopy
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.contrib.gis.geos import LineString, Point
from django.db import ProgrammingError, connection, transaction
from procrastinate.contrib.django import app

from planning.models import Proposal, SelectionRun
from planning.services import choosing
from planning.services.choosing import running
from tests.factories import AssetFactory, BuildingFactory, EstateFactory, square
from tests.planning.drawn import a_plan

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
RUNS = "/api/v1/planning/selections/"
# Half a kilometre of ground at most: a grid of 40 m has some thirty places in an estate.
ASKED = {"number": 1, "radius_m": 120, "ports": 12, "bays": 20, "grid_m": 40, "seconds": 30}


@pytest.fixture
def town(estate):
    """Two buildings with e-bikes in opposite corners of the estate."""
    west, south, _, _ = estate.geom.extent
    for number, right, up, households in ((1, 0.0002, 0.0002, 40), (2, 0.0016, 0.0016, 20)):
        BuildingFactory(
            estate=estate,
            number=f"{number}栋",
            households=households,
            geom=square(west + right, south + up, 0.0002),
        )
    estate.ebikes = 60
    estate.save()
    return estate


def ask(client, plan, id=None, model="mclp", **parameters):
    sent = {"plan": plan["id"], "model": model, "parameters": ASKED | parameters}
    return client.put(f"{RUNS}{id or uuid4()}/", deepcopy(sent), format="json")


def answered(client, plan, **asked):
    """As it is told once the worker was at it."""
    told = ask(client, plan, **asked).json()
    choosing.run(UUID(told["id"]))
    return client.get(f"{RUNS}{told['id']}/").json()


def test_the_same_question_is_asked_once(as_user, town):
    client = as_user("planner")
    plan, id = a_plan(client), str(uuid4())
    first, second = (ask(client, plan, id) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    told = first.json()
    assert (told["state"], told["result"], told["model"]) == ("queued", None, "mclp")
    assert told["parameters"]["capacitated"] is True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args->>'selection' = %s", [id]
        )
        assert cursor.fetchone() == (1,)
    other = ask(client, plan, id, number=2)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")


def test_the_best_site_stands_where_most_are_served(as_user, town):
    client = as_user("planner")
    told = answered(client, a_plan(client), capacitated=False)
    assert (told["state"], told["error"]) == ("done", None)
    result = told["result"]
    assert (result["status"], result["gap"], result["unit"]) == ("optimal", 0.0, "ebikes")
    # Forty of sixty households have forty of sixty e-bikes; no place reaches both buildings.
    assert (result["demand"], result["objective"]) == (60.0, 40.0)
    (site,) = result["sites"]["features"]
    assert site["properties"]["estate"] == town.pk
    assert site["properties"]["serves"] == 40.0
    assert SelectionRun.objects.get().data_version == result["data_version"]


def test_ports_serve_so_many_e_bikes_and_no_more(as_user, town):
    client = as_user("planner")
    result = answered(client, a_plan(client))["result"]
    # Twelve ports at 0.30 an e-bike.
    assert result["objective"] == 40.0
    fewer = answered(client, a_plan(client, name="乙"), ports=3)["result"]
    assert fewer["objective"] == 10.0


def test_the_same_data_give_the_same_answer(as_user, town):
    client = as_user("planner")
    first = answered(client, a_plan(client))["result"]
    again = answered(client, a_plan(client, name="乙"))["result"]
    same = {"data_version", "objective", "sites", "status", "blocked", "changes"}
    assert {name: first[name] for name in same} == {name: again[name] for name in same}
    assert first["first"] is True


def test_a_place_on_a_fire_lane_is_no_place(as_user, town):
    west, south, east, north = town.geom.extent
    middle = (west + east) / 2
    client = as_user("planner")
    free = answered(client, a_plan(client))["result"]
    assert free["barred"] == []
    AssetFactory(
        estate=town, type="lane", width_m=60.0, geom=LineString((middle, south), (middle, north))
    )
    held = answered(client, a_plan(client, name="乙"))["result"]
    assert "R01" in {each["rule"] for each in held["barred"]}
    assert held["data_version"] != free["data_version"]


def test_what_is_not_served_is_told_with_the_least_that_would_help(as_user, town):
    client = as_user("planner")
    plan = a_plan(client)
    result = answered(client, plan, capacitated=False)["result"]
    assert [(each["estate"], each["why"], each["demand"]) for each in result["blocked"]] == [
        (town.pk, "number", 20.0)
    ]
    (number,) = [each for each in result["changes"] if each["kinds"] == ["number"]]
    assert number["parameters"] == {"number": 2}
    assert (number["zh"], number["proven"]) == ("点位数量增加到 2 处（多 1 处）", True)
    for change in result["changes"]:
        anew = answered(client, plan, capacitated=False, **change["parameters"])["result"]
        assert (anew["served"], anew["blocked"]) == (60.0, [])


def test_missing_ports_are_added_where_they_are_needed_and_nowhere_else(as_user, town):
    client = as_user("planner")
    plan = a_plan(client)
    few = {"number": 2, "ports": 4, "radius_m": 150}
    result = answered(client, plan, **few)["result"]
    (change,) = [each for each in result["changes"] if each["kinds"] == ["ports"]]
    more = change["parameters"]["ports_at"]
    # Sixty e-bikes ask for eighteen ports in all, and there are eight: at one site or at both.
    assert sum(more.values()) + 4 * (2 - len(more)) == 18
    assert all(ports > 4 for ports in more.values())
    listed = "、".join(f"{id} 由 4 个增到 {ports} 个" for id, ports in more.items())
    assert change["zh"] == f"增加端口：{listed}"
    anew = answered(client, plan, **few | change["parameters"])["result"]
    assert (anew["served"], anew["blocked"], anew["extended"]) == (60.0, [], [])
    taken = {each["id"]: each["properties"]["ports"] for each in anew["sites"]["features"]}
    assert taken == dict.fromkeys(taken, 4) | more
    assert sum(taken.values()) == 18


def test_ports_may_be_added_to_a_site_that_stands(as_user, town):
    client = as_user("planner")
    plan = a_plan(client)
    west, south, _, _ = town.geom.extent
    site = AssetFactory(
        estate=town, type="charging_site", name="老车棚", ports=2, geom=Point(west, south)
    )
    asked = {"number": 0, "radius_m": 500}
    result = answered(client, plan, **asked)["result"]
    (change,) = [each for each in result["changes"] if each["kinds"] == ["ports"]]
    assert change["parameters"] == {"ports_at": {f"a{site.pk}": 18}}
    assert (change["zh"], change["en"]) == (
        "增加端口：老车棚 由 2 个增到 18 个",
        "More ports: 老车棚 from 2 to 18",
    )
    anew = answered(client, plan, **asked | change["parameters"])["result"]
    assert (anew["served"], anew["changes"]) == (60.0, [])
    assert anew["extended"] == [{"id": f"a{site.pk}", "name": "老车棚", "ports": 2, "reckoned": 18}]
    unknown = answered(client, plan, ports_at={"a0": 3})
    assert (unknown["state"], unknown["error"]) == ("failed", "ports_at: no such site: a0")


def test_where_there_are_too_many_places_the_grid_is_widened_and_it_is_said(as_user, town):
    large = EstateFactory(community=town.community, geom=square(118.6, 24.7, 0.004))
    client = as_user("planner")
    result = answered(client, a_plan(client), grid_m=5, capacitated=False)["result"]
    (of,) = result["grid"]["estates"]
    assert (of["estate"], of["name"], of["grid_m"]) == (large.pk, large.name, 10.0)
    assert result["candidates"] <= 4000 < result["candidates"] - of["kept"] + of["places"]
    assert result["grid"]["zh"] == (
        "候选点过多：1 个小区的网格由 5 米放宽到 10 米，"
        f"{of['places']} 处中比较了 {of['kept']} 处。限定一个社区可以比较得更细"
    )
    assert result["objective"] == 40.0


def test_the_curve_tells_what_each_further_site_brings(as_user, town):
    client = as_user("planner")
    result = answered(client, a_plan(client), capacitated=False, curve_to=5)["result"]
    assert [(at["number"], at["objective"]) for at in result["curve"]] == [(1, 40.0), (2, 60.0)]
    assert result["curve"][1]["share"] == 1.0


def test_chosen_places_are_drawn_in_the_plan_once(as_user, town):
    client = as_user("planner")
    plan = a_plan(client)
    told = answered(client, plan, number=2, capacitated=False)
    first, second = (client.put(f"{RUNS}{told['id']}/take/") for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200), first.json()
    assert first.json() == second.json()
    drawn = Proposal.objects.filter(plan=plan["id"])
    assert sorted(str(each.pk) for each in drawn) == sorted(first.json()["proposals"])
    assert {(each.ports, each.outline, each.estate_id) for each in drawn} == {
        (12, "rectangle", town.pk)
    }
    # They count as there the next time.
    more = answered(client, plan, capacitated=False)["result"]
    assert (more["served"], more["sites"]["features"]) == (60.0, [])


def test_what_waits_is_called_off_at_once_and_stays_so(as_user, town):
    client = as_user("planner")
    told = ask(client, a_plan(client)).json()
    called = client.put(f"{RUNS}{told['id']}/cancel/")
    assert (called.status_code, called.json()["state"]) == (200, "cancelled")
    assert choosing.run(UUID(told["id"])) is False
    taken = client.put(f"{RUNS}{told['id']}/take/")
    assert (taken.status_code, taken.json()["code"]) == (409, "selection_not_done")


def test_what_is_at_work_stops_when_it_is_called_off(as_user, town, monkeypatch):
    client = as_user("planner")
    told = ask(client, a_plan(client)).json()
    weigh = running.question

    def called_off_meanwhile(*asked):
        client.put(f"{RUNS}{told['id']}/cancel/")
        return weigh(*asked)

    monkeypatch.setattr(running, "question", called_off_meanwhile)
    assert choosing.run(UUID(told["id"])) is False
    after = client.get(f"{RUNS}{told['id']}/").json()
    assert (after["state"], after["result"]) == ("cancelled", None)


def test_an_answer_never_changes(as_user, town):
    client = as_user("planner")
    told = answered(client, a_plan(client))
    row = SelectionRun.objects.filter(pk=told["id"])
    for change in ({"result": {"sites": []}}, {"state": "queued", "result": None}):
        with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
            row.update(**change)
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot"), transaction.atomic():
        row.delete()


def test_every_wrong_parameter_is_named_at_once(as_user, town):
    client = as_user("planner")
    wrong = {"number": -1, "radius_m": "far", "colour": 1, "forced": [1], "since": "soon"}
    reply = client.put(
        f"{RUNS}{uuid4()}/",
        {"plan": a_plan(client)["id"], "model": "best", "parameters": wrong},
        format="json",
    )
    assert (reply.status_code, reply.json()["code"]) == (400, "selection_invalid")
    assert sorted(reply.json()["details"]["fields"]) == [
        "model",
        "parameters.colour",
        "parameters.forced",
        "parameters.number",
        "parameters.radius_m",
        "parameters.since",
    ]


def test_a_budget_asks_what_a_site_costs(as_user, town):
    client = as_user("planner")
    reply = ask(client, a_plan(client), budget_yuan=5000)
    assert list(reply.json()["details"]["fields"]) == ["parameters.cost_yuan"]
    told = answered(
        client, a_plan(client, name="乙"), number=None, budget_yuan=5000, cost_yuan=2000
    )
    assert len(told["result"]["sites"]["features"]) == 2


def test_a_forced_place_that_is_not_there_is_named(as_user, town):
    client = as_user("planner")
    told = answered(client, a_plan(client), forced=["g9:9:9"])
    assert (told["state"], told["error"]) == ("failed", "forced: no such site: g9:9:9")


@pytest.mark.parametrize(
    ("who", "lists", "reads", "asks", "keeps"),
    [
        ("planner", 1, 200, 201, 200),
        ("admin", 1, 200, 201, 200),
        ("leader", 1, 200, 403, 403),
        ("clerk", 1, 200, 403, 403),
        ("inspector", 0, 404, 403, 404),
        ("supervisor", 0, 404, 403, 404),
        ("inspector2", 0, 404, 403, 404),
        ("company", 0, 404, 403, 404),
        ("stranger", 0, 404, 403, 404),
        ("nobody", None, 401, 401, 401),
    ],
)
def test_who_asks_reads_and_keeps_a_selection_of_the_whole_office(
    as_user, town, who, lists, reads, asks, keeps
):
    plan = a_plan(as_user("planner"))
    told = ask(as_user("planner"), plan).json()
    client = as_user(who)
    listed = client.get(f"{RUNS}?plan={plan['id']}")
    assert lists is None or len(listed.json()["selections"]) == lists
    assert client.get(f"{RUNS}{told['id']}/").status_code == reads
    assert ask(client, plan).status_code == asks
    assert client.put(f"{RUNS}{told['id']}/cancel/").status_code == keeps
    took = client.put(f"{RUNS}{told['id']}/take/").status_code
    assert took == (409 if keeps == 200 else keeps)


def test_a_selection_of_one_community_is_read_there_and_nowhere_else(as_user, town, elsewhere):
    EstateFactory(community=elsewhere)
    plan = a_plan(as_user("planner"), community=town.community_id)
    told = answered(as_user("planner"), plan)
    assert {each["estate"] for each in told["result"]["blocked"]} <= {town.pk}
    assert as_user("inspector").get(f"{RUNS}{told['id']}/").status_code == 200
    assert as_user("inspector2").get(f"{RUNS}{told['id']}/").status_code == 404


def work(queue: str) -> None:
    """A worker of that queue, until there is nothing more to do."""
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(
            queues=[queue], wait=False, install_signal_handlers=False, listen_notify=False
        )


def state(told: dict) -> str:
    return SelectionRun.objects.get(pk=told["id"]).state


@pytest.mark.django_db(transaction=True)
def test_the_worker_of_papers_and_photos_leaves_selections_to_theirs(as_user, town):
    client = as_user("planner")
    told = ask(client, a_plan(client)).json()
    app.configure_task("inspections.tasks.tell_hooks").defer(timestamp=0)
    work("default")
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_name, status FROM procrastinate_jobs ORDER BY id")
        left = cursor.fetchall()
    assert left[:2] == [("selections", "todo"), ("default", "succeeded")]
    assert state(told) == "queued"
    work("selections")
    assert state(told) == "done"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_killed_holds_up_no_later_selection(as_user, town):
    client = as_user("planner")
    plan = a_plan(client)
    lost, later = ask(client, plan).json(), ask(client, plan, number=2).json()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE args->>'selection' = %s",
            [lost["id"]],
        )
    work("selections")
    assert (state(lost), state(later)) == ("queued", "done")


@pytest.mark.parametrize("script", ["up", "serve"])
def test_every_queue_has_a_worker(script):
    started = set(re.findall(r"--queues (\w+)", (ROOT / "script" / script).read_text("utf-8")))
    app.perform_import_paths()
    assert started == {task.queue for task in app.tasks.values()} - {"builtin"}
