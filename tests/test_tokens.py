"""Programs come in by a token: told once, kept as a hash, expiring, revocable."""

import hashlib
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.test import APIClient

from people.errors import NotYourAccount
from people.models import ApiToken
from people.services import create_token, revoke_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(people) -> tuple[ApiToken, str]:
    return create_token(user=people["inspector"], name="weekly report", days=30)


def ask(token: str, word: str = "Token"):
    client = APIClient(headers={"accept-language": "en", "authorization": f"{word} {token}"})
    return client.get("/api/v1/me/")


def test_a_token_opens_what_its_person_may_open(made):
    reply = ask(made[1])
    assert (reply.status_code, reply.json()["username"]) == (200, "inspector")


def test_the_word_before_a_token_is_read_in_any_case(made):
    assert ask(made[1], "token").status_code == 200


def test_only_the_hash_of_a_token_is_kept(made):
    row, token = made
    assert row.digest == hashlib.sha256(token.encode()).hexdigest()
    kept = str(ApiToken.objects.values().get()) + str(list(row.events.values()))
    assert token not in kept
    assert row.digest not in str(list(row.events.values()))


def test_the_command_prints_the_token_once_last_on_its_line(people, capsys):
    call_command("create_token", "inspector", "--name", "GIS desk", "--days", "7")
    line = capsys.readouterr().out.rstrip("\n")
    assert "\n" not in line
    assert ask(line.split()[-1]).status_code == 200
    row = ApiToken.objects.get()
    assert (row.name, str(row.user)) == ("GIS desk", "inspector")
    assert abs(row.expires_at - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nobody"], "Nobody signs in as “nobody”."),
        (["inspector", "--days", "0"], "A token is good for one day at least."),
        (["stranger"], "This account is closed. Open it again first."),
    ],
)
def test_the_command_says_in_one_sentence_what_is_wrong(people, arguments, says, settings):
    settings.LANGUAGE_CODE = "en"
    people["stranger"].is_active = False
    people["stranger"].save()
    with pytest.raises(CommandError) as refused:
        call_command("create_token", *arguments)
    assert str(refused.value) == says
    assert not ApiToken.objects.exists()


def an_expired(row):
    row.expires_at = timezone.now() - timedelta(seconds=1)
    row.save()


def a_revoked(row):
    revoke_token(token=row, by=row.user.__class__.objects.get(username="clerk"))


def a_closed_account(row):
    row.user.is_active = False
    row.user.save()


@pytest.mark.parametrize("ended", [an_expired, a_revoked, a_closed_account])
def test_an_ended_token_is_401(made, ended):
    ended(made[0])
    reply = ask(made[1])
    assert (reply.status_code, reply.json()) == (
        401,
        {
            "code": "not_signed_in",
            "message": "This token is unknown, expired or revoked.",
            "details": {},
        },
    )
    assert reply.headers["WWW-Authenticate"] == 'Token realm="xuntu"'


@pytest.mark.parametrize(
    "token", ["", "xuntu_made-up", "two words", "中".encode().decode("latin-1")]
)
def test_a_token_nobody_made_is_401(db, token):
    assert ask(token).status_code == 401


def test_when_a_token_was_last_used_is_kept_roughly(made):
    ask(made[1])
    used = ApiToken.objects.get().last_used_at
    assert timezone.now() - used < timedelta(minutes=1)
    ask(made[1])
    assert ApiToken.objects.get().last_used_at == used, "one write in ten minutes is enough"


def test_a_clerk_ends_anyones_token_but_an_administrators(people):
    ours, _ = create_token(user=people["inspector"], name="", days=1)
    admins, _ = create_token(user=people["admin"], name="", days=1)
    assert revoke_token(token=ours, by=people["clerk"]).revoked_at is not None
    with pytest.raises(NotYourAccount):
        revoke_token(token=admins, by=people["clerk"])
    with pytest.raises(NotYourAccount):
        revoke_token(token=ours, by=people["leader"])


def test_who_revoked_a_token_is_in_the_history(made, people):
    revoke_token(token=made[0], by=people["clerk"])
    event = made[0].events.order_by("-pgh_id").first()
    assert event.pgh_context.metadata == {"user": people["clerk"].pk, "act": "revoke"}


def test_revoking_twice_keeps_the_first_time(made, people):
    first = revoke_token(token=made[0], by=people["clerk"]).revoked_at
    assert revoke_token(token=made[0], by=people["admin"]).revoked_at == first
