"""What no inspection tells is declared, with its day, and lifted with another."""

import uuid

import pytest

from campaign.models import Enrolment
from tests.campaign.creation import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(notice, as_user, estate) -> Enrolment:
    return sent.enrolled(as_user("clerk"), estate)


def vetoes(as_user, row, day: str) -> list[tuple]:
    told = sent.card(as_user("leader"), row, day)
    assert told["veto"] == bool(told["vetoes"])
    return [(each["code"], each["since"], each["until"], each["note"]) for each in told["vetoes"]]


def test_a_fire_vetoes_from_its_day_for_a_year_with_its_proof(as_user, people, row):
    clerk, id = as_user("clerk"), uuid.uuid4()
    file = sent.evidence(clerk)
    reply = sent.declare(clerk, row, id=id, attachment=file)
    assert reply.status_code == 201
    assert reply.json()["attachment"]["id"] == file
    assert sent.declare(clerk, row, id=id, attachment=file).status_code == 200
    assert sent.declare(clerk, row, id=id).json()["code"] == "recorded_differently"
    fire = [("V4", "2024-11-15", "2025-11-15", "3号楼火灾，一人死亡")]
    assert {
        day: vetoes(as_user, row, day)
        for day in ("2024-11-14", "2024-11-15", "2025-11-15", "2025-11-16")
    } == {"2024-11-14": [], "2024-11-15": fire, "2025-11-15": fire, "2025-11-16": []}
    # Whoever sees the estate sees the proof, and who declared it.
    (told,) = sent.card(as_user("supervisor"), row, "2024-11-15")["vetoes"]
    assert (told["by_name"], told["attachment"]["id"]) == (str(people["clerk"]), file)
    address = told["attachment"]["address"]
    assert as_user("supervisor").get(address).status_code == 200
    assert as_user("inspector2").get(address).status_code == 404


def test_what_was_declared_is_lifted_once_and_the_days_before_keep_it(as_user, row):
    clerk = as_user("clerk")
    veto = sent.declare(clerk, row, code="V5").json()["id"]
    told = {"id": veto, "on": "2024-12-01", "note": "调查结论：不属实"}
    reply = sent.lift(clerk, row, veto)
    assert (reply.status_code, reply.json()) == (201, told)
    assert sent.lift(clerk, row, veto).status_code == 200
    again = sent.lift(clerk, row, veto, on="2024-12-02")
    assert (again.status_code, again.json()["code"]) == (409, "veto_lifted_differently")
    lasting = [("V5", "2024-11-15", None, "3号楼火灾，一人死亡")]
    assert vetoes(as_user, row, "2024-11-30") == lasting
    assert vetoes(as_user, row, "2024-12-01") == []
    # Why it came and why it went stays to be read.
    turns = sent.card(as_user("leader"), row, "2024-12-20")["history"][-2:]
    assert [(each["day"], each["zh"]) for each in turns] == [
        ("2024-11-15", "一票否决：弄虚作假（3号楼火灾，一人死亡）"),
        ("2024-12-01", "否决解除：弄虚作假（调查结论：不属实）"),
    ]


def test_only_what_the_standard_asks_to_be_declared_is(as_user, row):
    clerk = as_user("clerk")
    reply = sent.declare(clerk, row, code="V1", since="2099-01-01", note=None)
    assert (reply.status_code, reply.json()["details"]) == (
        400,
        {
            "fields": {
                "code": "One of V4, V5.",
                "since": "This day has not come yet.",
                "note": "This is needed.",
            }
        },
    )
    unknown = sent.lift(clerk, row, uuid.uuid4())
    assert (unknown.status_code, unknown.json()["code"]) == (404, "veto_not_found")
    veto = sent.declare(clerk, row).json()["id"]
    early = sent.lift(clerk, row, veto, on="2024-11-14")
    assert early.json()["details"] == {"fields": {"on": "It had not begun on that day."}}
