"""Webhooks in the registers: an administrator's, with a secret that is shown once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from inspections.models import Hook, Telling
from inspections.services import hooks
from tests.factories import CaseFactory, MoveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people):
    client = Client(headers={"accept-language": "en"})
    client.force_login(people["admin"], "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def hook(people) -> Hook:
    return Hook.objects.create(
        name="晋江网格", url="https://grid.example.cn/hook", user=people["leader"]
    )


def form(people, **changes) -> dict:
    return {
        "name": "晋江网格",
        "url": "https://grid.example.cn/hook",
        "user": people["leader"].pk,
        "moves": ["close"],
        "stopped_at_0": "",
        "stopped_at_1": "",
    } | changes


def secret_in(page) -> str:
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    (secret,) = re.findall(r'id="hook-secret">(xh_[0-9a-f]{64})<', page.text)
    return secret


def test_a_new_hook_shows_its_secret_once(desk, people):
    page = desk.post(reverse("admin:inspections_hook_add"), form(people))
    hook = Hook.objects.get()
    assert secret_in(page) == hooks.secret_of(hook)
    assert (hook.moves, hook.turn) == (["close"], 1)
    for name, args in (("changelist", []), ("change", [hook.pk]), ("history", [hook.pk])):
        page = desk.get(reverse(f"admin:inspections_hook_{name}", args=args))
        assert (page.status_code, "xh_" in page.text) == (200, False)


def test_a_new_secret_takes_the_place_of_the_old_one(desk, hook):
    old = hooks.secret_of(hook)
    asked = {"action": "make_new_secret", "_selected_action": [hook.pk]}
    new = secret_in(desk.post(reverse("admin:inspections_hook_changelist"), asked))
    hook.refresh_from_db()
    assert new == hooks.secret_of(hook) != old
    assert hook.turn == 2


@pytest.mark.parametrize(
    "url",
    ["https://me:secret@grid.example.cn/", "ftp://grid.example.cn/", "https://grid.example.cn:0/"],
)
def test_an_address_that_is_none_is_not_taken(desk, people, url):
    page = desk.post(reverse("admin:inspections_hook_add"), form(people, url=url))
    assert (page.status_code, Hook.objects.count()) == (200, 0)
    assert "errorlist" in page.text


def test_what_was_given_up_is_told_again_by_hand(desk, hook, estate):
    move = MoveFactory(case=CaseFactory(estate=estate), state_after="filed")
    hooks.hear([move])
    Telling.objects.update(
        attempts=9, given_up_at="2024-12-02T10:00:00+08:00", status=500, problem="x"
    )
    listed = reverse("admin:inspections_telling_changelist")
    page = desk.get(f"{listed}?standing=given_up")
    telling = Telling.objects.get()
    assert str(telling.pk) in page.text
    one = desk.get(reverse("admin:inspections_telling_change", args=[telling.pk]))
    assert str(move.case_id) in one.text
    asked = {"action": "tell_again", "_selected_action": [telling.pk]}
    page = desk.post(listed, asked, follow=True)
    assert "1 message is told again." in page.text
    telling.refresh_from_db()
    assert (telling.attempts, telling.given_up_at) == (0, None)


@pytest.mark.parametrize("who", ["clerk", "supervisor", "leader"])
def test_hooks_are_the_administrators_alone(people, hook, who):
    client = Client()
    client.force_login(people[who], "django.contrib.auth.backends.ModelBackend")
    for model in ("hook", "telling"):
        page = client.get(reverse(f"admin:inspections_{model}_changelist"), follow=True)
        assert page.status_code == 403
    one = client.get(reverse("admin:inspections_hook_change", args=[hook.pk]), follow=True)
    assert one.status_code == 403
