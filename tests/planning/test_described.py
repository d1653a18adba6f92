"""What planning answers is what the API describes of it."""

from uuid import uuid4

import pytest

from planning.services import life
from tests.planning.drawn import PLANS, SITES, a_plan, a_site, change, put_site, site_sent, step
from tests.planning.files import pdf, put
from tests.test_openapi import checked, described

pytestmark = pytest.mark.django_db

__all__ = ["described"]
AT = "/api/v1/planning/"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "photos"
    settings.UPLOADS_DIR = tmp_path / "uploads"
    answer = {"version": "r1", "verdicts": [], "worst": "ok"}
    monkeypatch.setattr(life, "check_proposal", lambda _proposal: answer)


def test_what_is_answered_of_plans_and_sites_is_what_is_described(as_user, estate, described):
    client = as_user("planner")
    plan = a_plan(client)
    site = a_site(client, plan, estate, ports=6, commercial=False)
    one_plan, one_site = f"{PLANS}{plan['id']}/", f"{SITES}{site['id']}/"
    copy = {"id": str(uuid4()), "name": "方案乙"}
    paper = str(uuid4())
    replies = [
        ("plans/", "get", client.get(PLANS)),
        ("plans/{id}/", "get", client.get(one_plan)),
        ("plans/{id}/", "put", client.put(one_plan, {"name": "方案甲", "shared": True}, "json")),
        ("plans/{id}/", "put", client.put(one_plan, {"name": ""}, "json")),
        ("plans/{id}/", "patch", client.patch(one_plan, {"seen": 1, "note": "新"}, "json")),
        ("plans/{id}/copy/", "put", client.put(f"{one_plan}copy/", copy, "json")),
        ("plans/{id}/archive/", "put", client.put(f"{one_plan}archive/")),
        ("plans/{id}/restore/", "put", client.put(f"{one_plan}restore/")),
        ("plans/{id}/edits/", "get", client.get(f"{one_plan}edits/")),
        ("proposals/{id}/", "get", client.get(one_site)),
        ("proposals/{id}/", "put", put_site(client, str(uuid4()), site_sent(plan, estate))),
        ("proposals/{id}/", "put", put_site(client, str(uuid4()), {"plan": plan["id"]})),
        ("proposals/{id}/", "patch", change(client, site, bays=8)),
        ("proposals/{id}/", "delete", client.delete(one_site, {"seen": 2}, "json")),
        ("proposals/{id}/restore/", "put", client.put(f"{one_site}restore/", {"seen": 3}, "json")),
        ("proposals/{id}/edits/", "get", client.get(f"{one_site}edits/")),
        ("proposals/{proposal}/documents/{id}/", "put", put(client, site, pdf(), paper)),
        ("proposals/{proposal}/documents/{id}/", "put", put(client, site, b"x")),
        ("proposals/{proposal}/steps/{id}/", "put", step(client, site, "check")),
        ("proposals/{proposal}/steps/{id}/", "put", step(client, site, "check", seen=1)),
        ("proposals/{id}/", "get", client.get(one_site)),
    ]
    for path, verb, reply in replies:
        checked(described, f"{AT}{path}", verb, reply)
