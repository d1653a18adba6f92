"""Webhooks: outside systems are told of moves, signed, in order, again where it fails."""

import hashlib
import hmac
import json
import threading
import uuid
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from inspections.models import Case, Hook, Move, Telling
from inspections.services import hooks
from inspections.services.hooks import telling as telling_module
from tests.factories import CaseFactory, CompanyFactory, EstateFactory, MoveFactory, UserFactory
from tests.outside import Outside

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(settings):
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    server = Outside()
    yield server
    server.stop()


@pytest.fixture
def hook(people, outside) -> Hook:
    return Hook.objects.create(
        name="晋江网格", url=f"{outside.address}/xuntu?a=1", user=people["leader"]
    )


@pytest.fixture
def case(estate) -> Case:
    case = CaseFactory(estate=estate, outside_number="JJ-1", due_at="2024-12-05T17:30:00+08:00")
    case.refresh_from_db()
    return case


def moved(case: Case, version: int = 1, name: str = "file", to: str = "filed") -> Move:
    """Made, and told of as the service does."""
    move = MoveFactory(
        case=case, version=version, name=name, state_before="reported", state_after=to
    )
    hooks.hear([move])
    return move


def verified(secret: str, signature: str, body: bytes) -> bool:
    """As another's programmer writes it, from docs/outside.md."""
    told = dict(part.split("=", 1) for part in signature.split(","))
    message = told["t"].encode() + b"." + body
    expected = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, told["v1"])


@pytest.fixture
def later(monkeypatch):
    """Lets so much time go by for who asks what time it is."""
    gone = timedelta()
    real = timezone.now

    def pass_by(more: timedelta) -> None:
        nonlocal gone
        gone += more

    monkeypatch.setattr(timezone, "now", lambda: real() + gone)
    return pass_by


def test_a_move_is_told_signed_with_how_its_case_stands(hook, outside, case, estate):
    move = moved(case)
    assert hooks.deliver(hook.pk) == 1
    ((headers, body, path),) = outside.got
    telling = Telling.objects.get()
    assert (path, headers["Content-Type"]) == ("/xuntu?a=1", "application/json")
    assert headers["Host"] == f"127.0.0.1:{outside.port}"
    assert headers["Xuntu-Telling"] == str(telling.pk)
    secret = hooks.secret_of(hook)
    assert verified(secret, headers["Xuntu-Signature"], body)
    assert not verified(secret, headers["Xuntu-Signature"], body + b" ")
    assert not verified("xh_another", headers["Xuntu-Signature"], body)
    assert json.loads(body) == {
        "id": str(telling.pk),
        "hook": str(hook.pk),
        "move": {
            "id": str(move.pk),
            "name": "file",
            "from": "reported",
            "to": "filed",
            "version": 1,
            "at": "2024-12-02T10:00:00+08:00",
        },
        "case": {
            "id": str(case.pk),
            "number": case.number,
            "source": "complaint",
            "outside_number": "JJ-1",
            "state": "filed",
            "version": 1,
            "community": case.community_id,
            "community_name": "陈村社区",
            "estate": estate.pk,
            "estate_name": "银星花园",
            "kind": "",
            "item": "",
            "title": "路灯不亮",
            "severity": 3,
            "simple": False,
            "reported_at": "2024-11-30T01:30:00Z",
            "due_at": "2024-12-05T09:30:00Z",
            "ended_at": None,
            "url": f"/api/v1/cases/{case.pk}/",
        },
    }
    assert (telling.status, telling.attempts, telling.problem) == (204, 1, "")
    assert telling.told_at
    # Nothing is told twice by itself.
    assert (hooks.deliver(hook.pk), len(outside.got)) == (0, 1)


def test_a_new_turn_is_another_secret_and_the_old_one_signs_no_more(hook, outside, case):
    old = hooks.secret_of(hook)
    new = hooks.new_secret(hook=hook)
    assert old != new == hooks.secret_of(Hook.objects.get())
    assert hooks.secret_of(Hook(id=uuid.uuid4(), turn=hook.turn)) not in (old, new)
    moved(case)
    hooks.deliver(hook.pk)
    ((headers, body, _),) = outside.got
    assert verified(new, headers["Xuntu-Signature"], body)
    assert not verified(old, headers["Xuntu-Signature"], body)


SEES = {
    "leader": {"ours", "theirs", "elsewhere"},
    "inspector": {"ours", "theirs"},
    "company": {"ours"},
    "stranger": set(),
}


@pytest.mark.parametrize("who", SEES)
def test_told_is_what_its_person_sees(people, outside, estate, elsewhere, who):
    hook = Hook.objects.create(name=who, url=outside.address, user=people[who])
    mine = {"handler": "company", "company": estate.company}
    other = {"handler": "company", "company": CompanyFactory()}
    for title, columns in (
        ("ours", {"estate": estate, **mine}),
        ("theirs", {"estate": estate, **other}),
        ("elsewhere", {"estate": EstateFactory(community=elsewhere)}),
    ):
        moved(CaseFactory(title=title, **columns))
    hooks.deliver(hook.pk)
    assert {json.loads(body)["case"]["title"] for _, body, _ in outside.got} == SEES[who]
    names = {"supervisor", "inspector", *UserFactory._meta.model.objects.values_list("name")}
    assert not [name for _, body, _ in outside.got for name in names if str(name).encode() in body]


def test_only_the_moves_that_are_wanted_are_told(people, outside, case):
    closing = Hook.objects.create(
        name="结案", url=outside.address, user=people["leader"], moves=["close", "void"]
    )
    for version, name in enumerate(("file", "assign", "close"), 1):
        moved(case, version, name)
    assert hooks.deliver(closing.pk) == 1
    assert json.loads(outside.got[0][1])["move"]["name"] == "close"


@pytest.mark.parametrize("how", ["the hook is stopped", "its person is gone"])
def test_a_hook_that_is_stopped_hears_nothing_and_is_told_nothing(hook, outside, case, people, how):
    moved(case)
    if how == "the hook is stopped":
        Hook.objects.update(stopped_at=timezone.now())
    else:
        people["leader"].is_active = False
        people["leader"].save()
    moved(case, 2)
    assert (Telling.objects.count(), hooks.deliver(hook.pk), outside.got) == (1, 0, [])


def test_what_was_not_taken_is_told_again_and_at_last_given_up(hook, outside, case, later):
    outside.answers = [500] * 20
    moved(case)
    for n, wait in enumerate((*telling_module.WAITS, None), 1):
        assert hooks.deliver(hook.pk) == 0
        telling = Telling.objects.get()
        assert (telling.attempts, telling.status) == (n, 500)
        assert bool(telling.given_up_at) == (wait is None)
        # Not a moment too early.
        if wait:
            later(wait - timedelta(seconds=5))
            hooks.deliver(hook.pk)
            assert len(outside.got) == n
            later(timedelta(seconds=5))
    later(timedelta(days=30))
    hooks.deliver(hook.pk)
    assert len(outside.got) == telling_module.MOST_ATTEMPTS == 9
    # By hand, and the other side is well again.
    outside.answers = []
    hooks.tell_again(telling=Telling.objects.get())
    assert hooks.deliver(hook.pk) == 1
    telling = Telling.objects.get()
    assert (telling.attempts, telling.status, telling.given_up_at) == (1, 204, None)
    # The same message, so that the other side knows it again.
    assert {(headers["Xuntu-Telling"], body) for headers, body, _ in outside.got} == {
        (str(telling.pk), bytes(telling.body))
    }


def test_a_dead_server_is_noted_and_tried_later(hook, outside, case, later):
    outside.stop()
    moved(case)
    assert hooks.deliver(hook.pk) == 0
    telling = Telling.objects.get()
    assert (telling.attempts, telling.status, telling.told_at) == (1, None, None)
    assert "refused" in telling.problem
    for wait in telling_module.WAITS:
        later(wait)
        hooks.deliver(hook.pk)
    telling.refresh_from_db()
    assert (telling.attempts, bool(telling.given_up_at)) == (9, True)


def test_of_one_case_nothing_is_told_before_what_came_earlier(hook, outside, estate, later):
    first, second = CaseFactory(estate=estate), CaseFactory(estate=estate)
    moved(first, 1)
    moved(second, 1)
    moved(first, 2, "assign", "assigned")
    outside.answers = [503]
    hooks.deliver(hook.pk)

    def told() -> list[tuple[str, int]]:
        bodies = [json.loads(body) for _, body, _ in outside.got]
        return [(each["case"]["id"], each["move"]["version"]) for each in bodies]

    # The first was refused; its second move waits for it; the other case does not.
    assert told() == [(str(first.pk), 1), (str(second.pk), 1)]
    later(telling_module.WAITS[0])
    assert hooks.deliver(hook.pk) == 2
    assert told()[2:] == [(str(first.pk), 1), (str(first.pk), 2)]


def test_where_nobody_answers_the_others_wait_too(hook, outside, estate):
    outside.stop()
    for _ in range(3):
        moved(CaseFactory(estate=estate))
    hooks.deliver(hook.pk)
    assert sorted(Telling.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_a_redirect_is_not_followed(hook, outside, case):
    outside.answers = [302]
    moved(case)
    assert (hooks.deliver(hook.pk), len(outside.got)) == (0, 1)
    telling = Telling.objects.get()
    assert (telling.status, telling.told_at) == (302, None)
    assert telling.problem


@pytest.mark.django_db(transaction=True)
def test_a_move_that_is_undone_tells_nobody(hook, case):
    with transaction.atomic():
        moved(case)
        transaction.set_rollback(True)
    assert Telling.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'hook' = %s", [str(hook.pk)]
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_the_worker_tells_at_once_and_what_was_missed_within_a_minute(hook, outside, case, later):
    def work() -> None:
        with app.replace_connector(app.connector.get_worker_connector()):
            app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    with transaction.atomic():
        moved(case)
    with transaction.atomic():
        moved(case, 2, "assign", "assigned")
    work()
    assert len(outside.got) == 2
    outside.answers = [503]
    with transaction.atomic():
        moved(case, 3, "claim", "in_progress")
    work()
    assert (len(outside.got), hooks.due_hooks()) == (3, [])
    later(telling_module.WAITS[0])
    assert hooks.due_hooks() == hooks.due_hooks() == [hook.pk]  # queued once
    work()
    assert (len(outside.got), Telling.objects.filter(told_at=None).count()) == (4, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_a_hook_once(hook, outside, case):
    moved(case)
    entered, go = threading.Event(), threading.Event()

    def hold() -> None:
        with telling_module._alone(hook.pk) as mine:
            assert mine
            entered.set()
            go.wait(20)
        connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    assert entered.wait(20)
    assert (hooks.deliver(hook.pk), outside.got) == (0, [])
    go.set()
    other.join(20)
    assert hooks.deliver(hook.pk) == 1
