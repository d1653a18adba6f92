"""The API describes itself, and what it answers is what it describes."""

import json
import re
import uuid

import jsonschema
import pytest
from django.contrib.staticfiles import finders

from inspections.models import Finding
from tests.addresses import every_address
from tests.factories import AssetFactory, EstateFactory, MembershipFactory
from tests.records import AT, a_lamp, a_photo, a_record, here, propose, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(as_user) -> dict:
    return as_user("inspector").get("/api/schema/").json()


def checked(described: dict, path: str, verb: str, reply) -> None:
    """The reply is what is described for its status, with nothing beside it."""
    responses = described["paths"][path][verb]["responses"]
    content = responses[str(reply.status_code)]["content"]
    schema = content[reply["Content-Type"].partition(";")[0]]["schema"]
    jsonschema.validate(
        reply.json(), {**strict(schema), "components": strict(described["components"])}
    )


def strict(schema):
    """As it is, in JSON Schema's words: nullable written out, and no property not described."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: strict(each) for name, each in schema.items() if name != "nullable"}
    if "properties" in schema and schema.get("type") == "object":
        told.setdefault("additionalProperties", False)
    return {"anyOf": [told, {"type": "null"}]} if schema.get("nullable") is True else told


def _named(path: str) -> str:
    """With samples for what is no `id`."""
    return re.sub(r"\{(sha256|ending|month|kind|slug)\}", "x", path).replace("{place}", "1")


def test_every_address_of_the_api_is_described(described):
    every = {each for each in every_address() if each.startswith("/api/v1/")}
    samples = {"{id}": ("1", "00000000-0000-7000-8000-000000000000")}
    paths = {
        re.sub(r"\{\w+\}", sample, _named(path))
        for path in described["paths"]
        for sample in samples["{id}"]
    }
    assert every <= paths
    told = {
        operation["operationId"]
        for path in described["paths"].values()
        for operation in path.values()
    }
    assert told >= {"me", "kinds_list", "inspection_put", "findings_list", "estate_get"}


def test_every_operation_says_what_a_refusal_looks_like(described):
    for path, operations in described["paths"].items():
        for verb, operation in operations.items():
            refused = operation["responses"].get("401", {})
            schema = refused.get("content", {}).get("application/json", {}).get("schema")
            assert schema == {"$ref": "#/components/schemas/Problem"}, (verb, path)


def test_what_the_lists_answer_is_what_is_described(as_user, described, community, estate):
    EstateFactory(community=community, geom=None)
    lamp = AssetFactory(estate=estate)
    id, client = uuid.uuid4(), as_user("inspector")
    put(client, a_record(estate, asset=lamp.pk, **here(estate)), id)
    put(client, a_record(estate, answers={}))
    things = {
        "communities": community.pk,
        "estates": estate.pk,
        "assets": lamp.pk,
        "inspections": id,
        "findings": Finding.objects.get().pk,
    }
    for name, pk in things.items():
        checked(described, f"/api/v1/{name}/", "get", client.get(f"/api/v1/{name}/"))
        one = client.get(f"/api/v1/{name}/{pk}/")
        checked(described, f"/api/v1/{name}/{{id}}/", "get", one)
        wrong = client.get(f"/api/v1/{name}/?page=0")
        checked(described, f"/api/v1/{name}/", "get", wrong)
    with_last = client.get("/api/v1/estates/?with=last_inspected")
    checked(described, "/api/v1/estates/", "get", with_last)


def test_what_recording_answers_is_what_is_described(as_user, described, estate):
    path, id = "/api/v1/inspections/{id}/", uuid.uuid4()
    client, stranger, leader = as_user("inspector"), as_user("stranger"), as_user("leader")
    replies = [
        put(client, a_record(estate, **here(estate)), id),
        put(client, a_record(estate, **here(estate)), id),
        put(client, a_record(estate), id),
        put(client, a_record(estate, answers={"ZM-99": 1})),
        put(stranger, a_record(estate)),
        put(leader, a_record(estate)),
        put(as_user("nobody"), a_record(estate)),
    ]
    assert [reply.status_code for reply in replies] == [201, 200, 409, 400, 404, 403, 401]
    for reply in replies:
        checked(described, path, "put", reply)


def test_what_a_tablet_is_answered_is_what_is_described(as_user, described, estate):
    client, device = as_user("inspector"), str(uuid.uuid4())
    of_it = {"device": device, "number": 1, "photos": [a_photo()]}
    id, address = uuid.uuid4(), f"/api/v1/devices/{device}/"
    put(client, a_record(estate, answers={"ZM-99": 1}, **of_it))
    for lamp in (a_lamp(estate, **of_it), a_lamp(estate, **of_it), a_lamp(estate, layer="x")):
        checked(described, "/api/v1/proposals/{id}/", "put", propose(client, lamp, id))
    for query in (f"?device={device}", ""):
        reply = client.get(f"/api/v1/receipts/{query}")
        checked(described, "/api/v1/receipts/", "get", reply)
    told = {"app_version": "1", "unsent": 0, "unsent_bytes": 0, "clock": AT}
    checked(described, "/api/v1/devices/{id}/", "put", client.put(address, told, format="json"))


def test_who_and_which_kinds_are_told_as_described(as_user, described):
    for name in ("me", "kinds", "overview/figures"):
        reply = as_user("leader").get(f"/api/v1/{name}/")
        assert reply.status_code == 200
        checked(described, f"/api/v1/{name}/", "get", reply)


def test_what_the_pack_answers_is_what_is_described(
    as_user, described, community, estate, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    lamp = AssetFactory(estate=estate)
    client = as_user("inspector")
    put(client, a_record(estate, asset=lamp.pk))
    manifest = client.get("/api/v1/pack/")
    checked(described, "/api/v1/pack/", "get", manifest)
    for part in manifest.json()["parts"]:
        checked(described, "/api/v1/pack/parts/{sha256}/", "get", client.get(part["url"]))
    gone = client.get("/api/v1/pack/parts/x/")
    checked(described, "/api/v1/pack/parts/{sha256}/", "get", gone)
    refused = client.get("/api/v1/pack/?community=987654")
    checked(described, "/api/v1/pack/", "get", refused)


def test_rounds_leaves_and_proposals_are_told_as_described(as_user, people, described, estate):
    MembershipFactory(user=people["planner"], community=estate.community)
    client = as_user("supervisor")
    wish = {"name": "夜查", "inspector": "inspector", "kinds": ["lighting"]}
    wish |= {"estates": [estate.pk], "since": "2024-12-01", "until": "2024-12-20"}
    given = client.post("/api/v1/rounds/", wish, format="json")
    checked(described, "/api/v1/rounds/", "post", given)
    other = client.post("/api/v1/rounds/", wish | {"inspector": "planner"}, format="json")
    assert [given.status_code, other.status_code] == [201, 409]
    checked(described, "/api/v1/rounds/", "post", other)
    one = f"/api/v1/rounds/{given.json()['id']}/"
    checked(described, "/api/v1/rounds/{id}/", "get", client.get(one))
    checked(described, "/api/v1/rounds/{id}/", "put", client.put(one, wish, format="json"))
    leave = {"person": "inspector", "stand_in": "planner"}
    leave |= {"since": "2024-12-02", "until": "2024-12-03"}
    entered = client.post("/api/v1/leaves/", leave, format="json")
    assert entered.status_code == 201
    checked(described, "/api/v1/leaves/", "post", entered)
    middle = estate.geom.centroid
    lamp = {"layer": "lights", "estate": estate.pk, "recorded_at": "2024-11-30T09:30:00+08:00"}
    lamp |= {"geometry": {"type": "Point", "coordinates": [middle.x, middle.y]}}
    as_user("inspector").put(f"/api/v1/proposals/{uuid.uuid4()}/", lamp, format="json")
    for name in ("rounds", "leaves", "inspectors", "proposals"):
        checked(described, f"/api/v1/{name}/", "get", client.get(f"/api/v1/{name}/"))
    checked(described, "/api/v1/rounds/{id}/", "delete", client.delete(one))


def test_the_page_to_read_it_asks_for_nothing_outside(as_user):
    reply = as_user("inspector").get("/api/docs/")
    page = reply.content.decode()
    asked = re.findall(r'(?:src|href|data-schema)="([^"]+)"', page)
    assert all(each.startswith(("/static/", "/api/schema/")) for each in asked), asked
    assert all(
        finders.find(each.removeprefix("/static/")) for each in asked if "/static/" in each
    ), asked
    assert not re.search(r"<style|style=|<script>", page)
    assert "default-src 'none'" in reply["Content-Security-Policy"]


def test_it_speaks_the_reader_s_language(as_user):
    client = as_user("inspector")
    client.cookies["django_language"] = "zh-hans"
    told = json.dumps(client.get("/api/schema/").json(), ensure_ascii=False)
    assert "按服务器的时钟" in told
