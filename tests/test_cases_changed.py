"""`updated_since`: an outside system that asks now and then holds what a new one would be told."""

import threading
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.utils import timezone

from inspections.api.cases import changed
from inspections.models import Case, CaseLeft, Move
from people.models import Membership
from tests.factories import (
    CaseFactory,
    CompanyFactory,
    EstateFactory,
    FindingFactory,
    MembershipFactory,
    MoveFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
CASES = "/api/v1/cases/"


class Follower:
    """Another's system: what it holds of cases, by id."""

    def __init__(self, client, query: str = "", page_size: int = 100) -> None:
        self.client = client
        self.query = f"{query}&page_size={page_size}"
        self.cursor = "0"
        self.held: dict[str, dict] = {}

    def ask(self) -> tuple[bool, set[str], set[str]]:
        """Whether all was told anew, which cases were told, and which are gone."""
        address = f"{CASES}?updated_since={self.cursor}&{self.query}"
        told, gone, full, first = {}, [], False, None
        while address:
            reply = self.client.get(address)
            assert reply.status_code == 200, reply.json()
            body = reply.json()
            first = first or body
            assert (body["cursor"], body["full"]) == (first["cursor"], first["full"])
            told |= {each["id"]: each["properties"] for each in body["features"]}
            address = body["next"]
        full, gone = first["full"], first["gone"]
        assert not set(gone) & told.keys()
        self.held = told if full else self.held | told
        for id in gone:
            self.held.pop(id, None)
        self.cursor = first["cursor"]
        return full, set(told), set(gone)


def same_as_anew(follower: Follower) -> None:
    new = Follower(follower.client, follower.query)
    assert new.ask()[0] is True
    assert follower.held == new.held


@pytest.fixture
def case(estate) -> Case:
    return CaseFactory(estate=estate)


@pytest.fixture
def follower(as_user, case) -> Follower:
    follower = Follower(as_user("inspector"))
    follower.ask()
    return follower


def test_the_first_time_all_is_told_and_then_nothing(follower, case):
    assert follower.held.keys() == {str(case.pk)}
    assert follower.ask() == (False, set(), set())


WRITES = {
    "moved": lambda case: Case.objects.filter(pk=case.pk).update(state="filed", version=1),
    "a finding": lambda case: FindingFactory(estate=case.estate, case=case),
    "a late move": lambda case: MoveFactory(
        case=case, standing="proposed", version=None, made_at=None, seen=0
    ),
    "a late move decided": lambda case: Move.objects.filter(case=case).update(
        standing="declined", decided_at=timezone.now()
    ),
}


@pytest.mark.parametrize("what", WRITES)
def test_what_was_written_of_a_case_is_told(follower, case, estate, what):
    CaseFactory(estate=estate)
    MoveFactory(case=case, standing="proposed", version=None, made_at=None, seen=0)
    follower.ask()
    WRITES[what](case)
    assert follower.ask() == (False, {str(case.pk)}, set())
    same_as_anew(follower)


def meanwhile(write) -> tuple[threading.Thread, threading.Event]:
    """`write` in a transaction of another connection, which commits when the event is set."""
    written, commit = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with transaction.atomic():
                write()
                written.set()
                assert commit.wait(20)
        finally:
            written.set()
            connections.close_all()

    late = threading.Thread(target=slowly)
    late.start()
    assert written.wait(20)
    return late, commit


def test_what_was_written_before_and_committed_after_is_told_the_next_time(follower, case, estate):
    slow = CaseFactory(estate=estate)
    follower.ask()
    late, commit = meanwhile(
        lambda: Case.objects.filter(pk=slow.pk).update(state="filed", version=1)
    )
    # A later transaction ends first: the greatest number seen stands behind the one to come.
    Case.objects.filter(pk=case.pk).update(state="filed", version=1)
    assert follower.ask() == (False, {str(case.pk)}, set())
    commit.set()
    late.join(20)
    assert not late.is_alive()
    assert str(slow.pk) in follower.ask()[1]
    same_as_anew(follower)
    assert follower.ask() == (False, set(), set())


def test_what_left_the_community_is_gone(follower, case, estate, elsewhere, as_user):
    there = Follower(as_user("inspector2"))
    there.ask()
    estate.community = elsewhere
    estate.save()
    assert follower.ask() == (False, set(), {str(case.pk)})
    assert there.ask() == (False, {str(case.pk)}, set())
    assert (follower.held, there.held.keys()) == ({}, {str(case.pk)})


def test_what_was_given_to_another_company_is_gone_for_the_first(as_user, estate, people):
    other = UserFactory(username="other")
    MembershipFactory(user=other, role="company", company=CompanyFactory())
    people["other"] = other
    case = CaseFactory(estate=estate, handler="company", company=estate.company)
    CaseFactory(estate=estate)
    first, second = Follower(as_user("company")), Follower(as_user("other"))
    assert first.ask() == (True, {str(case.pk)}, set())
    assert second.ask() == (True, set(), set())
    Case.objects.update(handler="company", company=other.memberships.get().company)
    assert first.ask() == (False, set(), {str(case.pk)})
    assert (first.held, len(second.ask()[1])) == ({}, 2)
    # And nothing of what never was theirs.
    CaseFactory(estate=estate)
    assert first.ask() == (False, set(), set())


def test_what_is_no_longer_asked_for_is_gone(as_user, case):
    follower = Follower(as_user("leader"), "status=open")
    follower.ask()
    Case.objects.update(state="closed", ended_at=timezone.now())
    assert follower.ask() == (False, set(), {str(case.pk)})
    Case.objects.update(state="filed", ended_at=None)
    assert follower.ask() == (False, {str(case.pk)}, set())


def test_the_pages_of_one_answer_have_one_cursor(as_user, estate):
    CaseFactory.create_batch(5, estate=estate)
    follower = Follower(as_user("leader"), page_size=2)
    assert len(follower.ask()[1]) == 5
    Case.objects.update(version=1, state="filed")
    full, told, _ = follower.ask()
    assert (full, len(told)) == (False, 5)
    same_as_anew(follower)


def test_what_is_written_between_two_pages_is_told_the_next_time(as_user, estate):
    first, *_, last = CaseFactory.create_batch(4, estate=estate)
    leader = as_user("leader")
    page = leader.get(f"{CASES}?updated_since=0&page_size=2").json()
    Case.objects.filter(pk__in=(first.pk, last.pk)).update(state="filed", version=1)
    rest = leader.get(page["next"]).json()
    assert rest["cursor"] == page["cursor"]
    since = leader.get(f"{CASES}?updated_since={page['cursor']}").json()
    assert {each["id"] for each in since["features"]} >= {str(first.pk), str(last.pk)}
    assert all(each["properties"]["state"] == "filed" for each in since["features"][-1:])


STRANGE = ("0", "x", "1.2.3", "x" * 3000, "ü.ü")


@pytest.mark.parametrize("cursor", STRANGE)
def test_a_cursor_that_was_not_told_here_is_answered_with_all(as_user, case, cursor):
    reply = as_user("leader").get(CASES, {"updated_since": cursor})
    assert (reply.status_code, reply.json()["full"]) == (200, True)
    assert len(reply.json()["features"]) == 1


def test_a_cursor_is_good_for_its_own_question_and_reader_only(as_user, people, follower, case):
    cursor = follower.cursor
    for who, query in (("leader", ""), ("inspector", "&state=filed"), ("inspector", "&severity=1")):
        reply = as_user(who).get(f"{CASES}?updated_since={cursor}{query}")
        assert reply.json()["full"] is True
    Membership.objects.filter(user=people["inspector"]).delete()
    reply = as_user("inspector").get(f"{CASES}?updated_since={cursor}").json()
    assert (reply["full"], reply["features"], reply["gone"]) == (True, [], [])


def test_too_many_to_be_named_as_gone_are_told_anew(as_user, estate, monkeypatch):
    monkeypatch.setattr(changed, "MOST_GONE", 2)
    CaseFactory.create_batch(5, estate=estate)
    follower = Follower(as_user("leader"), "state=reported", page_size=1)
    follower.ask()
    Case.objects.filter(pk__in=Case.objects.values("pk")[:3]).update(state="filed", version=1)
    full, told, gone = follower.ask()
    assert (full, len(told), gone) == (True, 2, set())


def test_what_changes_with_time_is_not_asked_for_together_with_it(as_user, follower):
    query = f"updated_since={follower.cursor}&status=overdue&q=x&mine=1&undecided=1&sort=due"
    reply = as_user("inspector").get(f"{CASES}?{query}&in_bbox=1,1,2,2")
    assert reply.status_code == 400
    assert set(reply.json()["details"]["fields"]) == {
        *("status", "q", "mine", "undecided", "sort", "in_bbox")
    }
    for wrong in ("after=5", f"cursor={follower.cursor}", "after=5&cursor=x", "after=x&cursor=x"):
        reply = as_user("inspector").get(f"{CASES}?updated_since=0&{wrong}")
        assert reply.status_code == 400, wrong


def test_where_cases_were_is_forgotten_after_the_cursors_are(case, elsewhere):
    Case.objects.update(estate=None, community=elsewhere)
    CaseLeft.objects.update(at=timezone.now() - timedelta(days=60))
    assert CaseLeft.objects.outdated().count() == 0
    CaseLeft.objects.update(at=timezone.now() - timedelta(days=62))
    assert CaseLeft.objects.outdated().count() == 1


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_a_follower_holds_what_a_new_one_would(
    as_user, people, estate, elsewhere, seed
):
    """Writes at random, some of them committed late, and four who ask in between."""
    random = Random(seed)
    estates = [estate, EstateFactory(community=elsewhere), EstateFactory(community=elsewhere)]
    companies = [estate.company, CompanyFactory()]
    cases = CaseFactory.create_batch(6, estate=estate)
    followers = [
        Follower(as_user("leader"), page_size=3),
        Follower(as_user("inspector")),
        Follower(as_user("inspector2"), "status=open"),
        Follower(as_user("company")),
    ]

    def write() -> None:
        case = Case.objects.get(pk=random.choice(cases).pk)
        match random.randrange(6):
            case 0:
                FindingFactory(estate=case.estate, case=case)
            case 1:
                MoveFactory(case=case, standing="proposed", version=None, made_at=None, seen=0)
            case 2:
                case.company = random.choice(companies)
                case.handler = "company"
                case.save()
            case 3:
                case.estate = random.choice(estates)
                case.community_id = case.estate.community_id
                case.save()
            case 4:
                ended = random.random() < 0.5
                case.state = "closed" if ended else "filed"
                case.ended_at = timezone.now() if ended else None
                case.save()
            case 5:
                cases.append(CaseFactory(id=uuid4(), estate=random.choice(estates)))

    late = None
    for _ in range(25):
        if late is None and random.random() < 0.3:
            target = CaseFactory(estate=estate)
            late = meanwhile(
                lambda pk=target.pk: Case.objects.filter(pk=pk).update(title="late", version=1)
            )
        write()
        if random.random() < 0.5:
            random.choice(followers).ask()
        if late and random.random() < 0.4:
            late[1].set()
            late[0].join(20)
            late = None
    if late:
        late[1].set()
        late[0].join(20)
    for follower in followers:
        follower.ask()
        same_as_anew(follower)
