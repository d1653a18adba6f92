"""Stages: forward by one table, with what each needs as of its day, and back with a reason."""

import uuid
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from campaign.creation.stages import MOVES
from campaign.models import Enrolment, Indicator, StageMove, Target
from tests.campaign.creation import sent
from tests.campaign.creation.ready import ago, graded, seen, walked
from tests.factories import EstateFactory

pytestmark = pytest.mark.django_db

# From → to: what is brought along, and what is found.
TABLE = """
S1  S2   file
S2  S3   file
S3  S4   file surveyed no_danger
S4  S5   file self passes
S5  S6   file
S6  S7   file review
S7  S8   file no_open_case recheck
S8  S9   file passes
S9  S10  file announcement passes
S1 S2 S3 S4 S5 S6 S7 S8 S9 S10  SX  reason
SX  S4   reason
SX  SX   reason
"""


def test_the_table_of_moves_is_this_one():
    told = set()
    for line in TABLE.strip().splitlines():
        words = line.split()
        stages = [each for each in words if each.startswith("S")]
        needs = tuple(each for each in words if not each.startswith("S"))
        told |= {(since, stages[-1], needs) for since in stages[:-1]}
    assert told == {
        (since.value, move.to.value, tuple(need.value for need in move.needs))
        for move in MOVES
        for since in move.since
    }


@pytest.fixture
def row(notice, as_user, estate) -> Enrolment:
    return sent.enrolled(as_user("clerk"), estate)


def refused(reply) -> tuple:
    return reply.status_code, reply.json()["code"], reply.json()["details"]


def test_a_stage_is_reached_once_with_day_actor_and_evidence(as_user, row):
    clerk, id = as_user("clerk"), uuid.uuid4()
    file = sent.evidence(clerk)
    told = {"id": id, "attachments": [file], "note": "方案已印发"}
    reply = sent.reach(clerk, row, "S2", "2024-11-12", **told)
    assert reply.status_code == 201
    made = reply.json()
    assert [made[name] for name in ("to", "on", "by", "note")] == [
        "S2", "2024-11-12", "clerk", "方案已印发",
    ]  # fmt: skip
    assert [each["id"] for each in made["attachments"]] == [file]
    assert sent.reach(clerk, row, "S2", "2024-11-12", **told).status_code == 200
    other = sent.reach(clerk, row, "S2", "2024-11-13", **told)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    assert StageMove.objects.count() == 1
    # Who sees the estate sees its evidence.
    address = made["attachments"][0]["address"]
    assert as_user("company").get(address).status_code == 200
    assert as_user("inspector2").get(address).status_code == 404


def test_an_id_that_one_estate_has_is_no_answer_about_another(as_user, notice, row):
    """Sent word for word to the next estate, nothing was written there, and nothing says so."""
    clerk, id = as_user("clerk"), uuid.uuid4()
    neighbour = EstateFactory(
        community=row.estate.community, company=row.estate.company, has_company=True
    )
    other = sent.enrolled(clerk, neighbour)
    told = {"id": id, "attachments": [sent.evidence(clerk)]}
    assert sent.reach(clerk, row, "S2", "2024-11-12", **told).status_code == 201
    assert sent.declare(clerk, row, id=id).status_code == 201
    for reply in (
        sent.reach(clerk, other, "S2", "2024-11-12", **told),
        sent.declare(clerk, other, id=id),
    ):
        assert (reply.status_code, reply.json()["code"]) == (409, "recorded_differently")
    stages = {each["id"]: each["stage"] for each in sent.listing(clerk, ago(0))["enrolments"]}
    assert stages == {str(row.pk): "S2", str(other.pk): "S1"}


def test_no_stage_is_skipped_and_none_is_reached_before_the_last(as_user, row):
    clerk = as_user("clerk")
    assert refused(sent.reach(clerk, row, "S3", "2024-11-12")) == (
        409, "stage_not_allowed", {"stage": "S1", "may": ["S2", "SX"]},
    )  # fmt: skip
    assert sent.reach(clerk, row, "S2", "2024-11-12").status_code == 201
    assert refused(sent.reach(clerk, row, "S3", "2024-11-11")) == (
        400, "creation_invalid",
        {"fields": {"on": "The stage before was reached on 2024-11-12."}},
    )  # fmt: skip
    assert refused(sent.reach(clerk, row, "S3", "2099-01-01"))[2] == {
        "fields": {"on": "This day has not come yet."}
    }


def test_without_evidence_nothing_is_reached(as_user, row):
    clerk = as_user("clerk")
    assert refused(sent.reach(clerk, row, "S2", "2024-11-12", attachments=[])) == (
        409, "stage_lacks", {"needs": ["file"], "lacking": ["evidence attached"]},
    )  # fmt: skip
    reply = sent.reach(clerk, row, "S2", "2024-11-12", attachments=[str(uuid.uuid4())])
    assert refused(reply)[2] == {"fields": {"attachments": "There is no such attachment."}}


def test_hazards_are_surveyed_once_everything_bound_was_looked_at(as_user, notice, estate):
    row = walked(as_user, estate, "S3")
    clerk = as_user("clerk")
    # Looked at thirty days ago; two months before nobody had.
    reply = sent.reach(clerk, row, "S4", ago(33))
    assert refused(reply)[2]["needs"] == ["surveyed"]
    seen(as_user("inspector"), estate, 25, fire_lane={"XF-01": True})
    assert refused(sent.reach(clerk, row, "S4", ago(20)))[2]["needs"] == ["no_danger"]
    assert sent.reach(clerk, row, "S4", ago(28)).status_code == 201


def test_a_self_assessment_below_the_mark_is_not_passed(as_user, notice, estate):
    row = walked(as_user, estate, "S4")
    clerk, company = as_user("clerk"), as_user("company")
    asked = sent.card(clerk, row, ago(20))
    unmet = {
        each["code"].replace("-", "_"): "unmet"
        for category in asked["categories"]
        for each in category["items"]
        if each["sheet"]
    }
    graded(company, row, "self", 20, **unmet)
    assert refused(sent.reach(clerk, row, "S5", ago(20)))[2]["needs"] == ["passes"]
    graded(company, row, "self", 19)
    assert sent.reach(clerk, row, "S5", ago(19)).status_code == 201


def test_a_review_is_of_after_the_application_and_a_re_check_of_after_the_review(
    as_user, notice, estate
):
    row = walked(as_user, estate, "S6")
    clerk = as_user("clerk")
    graded(as_user("inspector"), row, "review", 19)
    assert refused(sent.reach(clerk, row, "S7", ago(10)))[2]["needs"] == ["review"]
    graded(as_user("inspector"), row, "review", 10)
    assert sent.reach(clerk, row, "S7", ago(10)).status_code == 201
    assert refused(sent.reach(clerk, row, "S8", ago(9)))[2]["needs"] == ["recheck"]
    # A finding of after: its case is open.
    seen(as_user("inspector"), estate, 8, lighting={"ZM-01": True})
    graded(as_user("supervisor"), row, "recheck", 8)
    assert refused(sent.reach(clerk, row, "S8", ago(7)))[2]["needs"] == ["no_open_case"]
    told = {each["to"]: each for each in sent.card(clerk, row, ago(7))["may"]}
    assert told["S8"]["needs"] == ["file"]
    assert [each["code"] for each in told["S8"]["lacking"]] == ["no_open_case"]


def test_a_returned_estate_goes_on_from_where_hazards_are_fixed(as_user, notice, estate):
    row = walked(as_user, estate, "S6")
    clerk = as_user("clerk")
    assert refused(sent.reach(clerk, row, "SX", ago(15)))[2]["needs"] == ["reason"]
    told = {"reason": "申报材料不全", "attachments": None}
    assert sent.reach(clerk, row, "SX", ago(15), **told).status_code == 201
    assert sent.listing(clerk, ago(15))["enrolments"][0]["forecast"]["likely"] is None
    assert sent.reach(clerk, row, "S4", ago(13), **told).status_code == 201
    # A past day still has it where it was.
    stages = [sent.card(clerk, row, ago(days))["stage"] for days in (16, 15, 14, 13)]
    assert stages == ["S6", "SX", "SX", "S4"]


def announced_on(as_user, estate, on: str, deadline: str) -> dict:
    """Announced that day, where one was to be by the deadline."""
    Target.objects.create(
        indicator=Indicator.objects.get(code="ZX08-M1"),
        holds_from=ago(60), op=">=", number=1, deadline=deadline,
    )  # fmt: skip
    row = walked(as_user, estate)
    reply = sent.reach(as_user("clerk"), row, "S10", on, announcement="晋建物安〔2026〕7号")
    assert reply.status_code == 201, reply.json()
    return sent.listing(as_user("leader"), ago(0))


def the_board(as_user) -> tuple:
    told = as_user("leader").get("/api/v1/campaign/board/").json()
    rows = [each for action in told["actions"] for each in action["indicators"]]
    whole = next(each for each in rows if each["code"] == "ZX08-M1")["whole"]
    return whole["light"], whole["n"], whole["late_since"]


def test_an_announcement_on_the_last_day_counts(as_user, notice, estate):
    told = announced_on(as_user, estate, ago(4), deadline=ago(4))
    assert (told["announced"], told["counted"]) == (1, 1)
    assert told["forecast"]["chance"] == 1.0
    assert the_board(as_user) == ("done", 1, None)


def test_an_announcement_after_the_deadline_does_not_count(as_user, notice, estate):
    told = announced_on(as_user, estate, ago(3), deadline=ago(4))
    assert (told["announced"], told["counted"]) == (1, 0)
    assert told["forecast"]["chance"] == 0.0
    assert the_board(as_user) == ("late", 0, ago(3))


@pytest.mark.parametrize("removed", [False, True])
def test_a_withdrawn_announcement_counts_no_more_from_its_day_on(as_user, notice, estate, removed):
    announced_on(as_user, estate, ago(4), deadline=ago(0))
    row = Enrolment.objects.get()
    told = {"reason": "弄虚作假，撤销", "attachments": None, "removed": removed}
    reply = sent.reach(as_user("clerk"), row, "SX", ago(2), **told)
    assert reply.status_code == 201
    leader = as_user("leader")
    counted = {days: sent.listing(leader, ago(days))["counted"] for days in (5, 4, 3, 2, 0)}
    assert counted == {5: 0, 4: 1, 3: 1, 2: 0, 0: 0}


def test_nothing_that_happened_is_changed_or_taken_back(as_user, row):
    assert sent.reach(as_user("clerk"), row, "S2", "2024-11-12").status_code == 201
    move = StageMove.objects.get()
    for change in (
        lambda: StageMove.objects.update(on="2024-11-01"),
        move.delete,
        lambda: Enrolment.objects.update(person="李经理"),
        row.delete,
    ):
        with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
            change()
    assert StageMove.objects.get().on.isoformat() == "2024-11-12"


@pytest.mark.django_db(transaction=True)
def test_the_same_stage_sent_twice_at_once_is_reached_once(as_user, notice, estate):
    row, clerk = sent.enrolled(as_user("clerk"), estate), as_user("clerk")
    told = {"id": uuid.uuid4(), "attachments": [sent.evidence(clerk)]}
    assert at_once(lambda: sent.reach(clerk, row, "S2", "2024-11-12", **told)) == [200, 201]
    assert StageMove.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_an_estate_at_once_one_does(as_user, notice, estate):
    row, clerk = sent.enrolled(as_user("clerk"), estate), as_user("clerk")
    told = {"attachments": [sent.evidence(clerk)]}
    assert at_once(lambda: sent.reach(clerk, row, "S2", "2024-11-12", **told)) == [201, 409]
    assert [each.to for each in StageMove.objects.all()] == ["S2"]


def at_once(ask) -> list[int]:
    """What two are answered who ask in the same moment."""
    answered: list[int] = []

    def asking() -> None:
        try:
            answered.append(ask().status_code)
        finally:
            connection.close()

    threads = [Thread(target=asking) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(answered)
