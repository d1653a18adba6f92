"""People are reminded of what they owe: once at each call, on working days out of quiet hours, on
the page, by mail and by webhook; nothing is told twice, and nothing is lost."""

import json
from ipaddress import ip_network

import pytest
from django.core.mail import EmailMessage

from campaign import reminding
from campaign.models import (
    Indicator,
    Letter,
    RemindedDay,
    Reminder,
    ReminderRule,
    ReminderWish,
)
from inspections.models import Hook, OfficeDay
from inspections.services import hooks
from people.models import Leave, Unit, User
from tests.campaign.entered import a_value, enter
from tests.factories import MembershipFactory
from tests.outside import Outside
from tests.post import Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_indicators")]

PAGE = "/campaign/reminders/"


@pytest.fixture
def post(settings):
    server = Post()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
    settings.DEFAULT_FROM_EMAIL = "xuntu@example.cn"
    yield server
    server.stop()


def strike(clock, day: str, at: str = "08:00") -> int:
    """The worker comes by; how many letters it wrote."""
    return reminding.remind(clock(day, at))


def told(user=None) -> list[str]:
    rows = Reminder.objects.select_related("person", "letter")
    rows = rows.filter(letter__to=user) if user else rows
    return [
        f"{each.letter.day:%m-%d} {each.person} {each.call} {each.en}"
        for each in rows.order_by("letter__day", "person__username", "key")
    ]


def test_each_call_is_told_once_on_working_days_out_of_quiet_hours(clock, people, only):
    only("ZX10-M1")
    # Three working days before Tuesday 31 December is Thursday 26 December.
    for day, at in (
        ("2024-12-25", "09:00"),
        ("2024-12-26", "07:59"),
        ("2024-12-26", "08:00"),
        ("2024-12-26", "08:05"),
        ("2024-12-27", "09:00"),
        ("2024-12-28", "09:00"),
        ("2024-12-30", "09:00"),
        ("2024-12-31", "20:00"),
        ("2024-12-31", "19:59"),
        ("2025-01-01", "09:00"),
        ("2025-01-02", "09:00"),
        ("2025-01-06", "09:00"),
        ("2025-01-07", "09:00"),
        ("2025-01-13", "09:00"),
    ):
        strike(clock, day, at)
    line = "ZX10-M1 Micro-project per estate · 陈村社区 · 0/1"
    assert told(people["officer"]) == [
        f"12-26 officer before {line}",
        f"12-31 officer on {line}",
        f"01-06 officer 2025-W02 {line}",
        f"01-13 officer 2025-W03 {line}",
    ]
    assert set(Reminder.objects.values_list("person__username", flat=True)) == {"officer"}


def test_the_office_has_its_own_holidays(clock, people, only):
    only("ZX10-M1")
    OfficeDay.objects.create(day="2024-12-30", works=False, name="停电")
    assert strike(clock, "2024-12-25") == 1
    OfficeDay.objects.create(day="2024-12-31", works=False, name="停电")
    assert strike(clock, "2024-12-31") == 0
    assert strike(clock, "2025-01-06") == 1


def test_a_day_on_which_the_worker_did_not_run_is_made_up_for(clock, people, only):
    only("ZX10-M1")
    assert strike(clock, "2024-12-27") == 1
    assert strike(clock, "2025-01-09") == 1
    assert [each.split()[2] for each in told()] == ["before", "2025-W02"]


def test_what_was_done_is_told_no_more_and_its_reminders_end(clock, as_user, people, only, estate):
    only("ZX10-M1")
    strike(clock, "2024-12-26")
    officer = as_user("officer")
    assert officer.get("/api/v1/inbox/").json()["elsewhere"] == [
        {"page": "/campaign/", "count": 1, "late": 0}
    ]
    enter(officer, a_value("ZX10-M1", estate=estate.pk, measured_on="2024-12-26"))
    assert officer.get("/api/v1/inbox/").json()["elsewhere"] != []
    # Whoever opens the page is told how it stands now.
    assert "Nothing with a day by which it is due." in officer.get(PAGE).content.decode()
    assert officer.get("/api/v1/inbox/").json()["elsewhere"] == []
    assert strike(clock, "2024-12-31") == 0
    assert strike(clock, "2025-01-06") == 0


def test_who_has_two_roles_has_one_letter_with_each_thing_once(clock, people, notice, only):
    """综合执法队 leads action 4, whose monthly duty is the whole's, and officers know nothing of
    it; clean-ups are every estate's, and 社区 tell them."""
    only("ZX04-R1", "ZX07-R1")
    both = people["officer"]
    MembershipFactory(user=both, role="unit", unit=Unit.objects.get(name="综合执法队"))
    MembershipFactory(
        user=both, role="officer", community=both.memberships.first().community, since="2024-02-01"
    )
    assert strike(clock, "2024-11-26") == 2
    assert told() == [
        "11-26 officer before ZX04-R1 Joint enforcement",
        "11-26 officer before ZX07-R1 Mass clean-up · 陈村社区 · 0/1",
        "11-26 unit before ZX04-R1 Joint enforcement",
    ]
    assert Letter.objects.filter(to=both).count() == 1


def test_who_is_on_leave_is_told_by_the_stand_in(clock, people, only):
    only("ZX10-M1")
    people["inspector"].name = "王五"
    people["inspector"].save()
    Leave.objects.create(
        person=people["officer"],
        stand_in=people["inspector"],
        since="2024-12-24",
        until="2024-12-27",
    )
    strike(clock, "2024-12-26")
    letter = Letter.objects.get()
    assert letter.to == people["inspector"]
    assert "ZX10-M1 每个小区“微实事”项目 · 陈村社区 · 0/1（代officer）" in letter.body
    # Back again: the call was told, and is not told again.
    assert strike(clock, "2024-12-30") == 0
    assert strike(clock, "2024-12-31") == 1
    assert Letter.objects.get(day="2024-12-31").to == people["officer"]


def test_whoever_left_the_office_or_has_no_role_any_more_is_told_nothing(clock, people, only):
    only("ZX10-M1")
    people["officer"].memberships.update(until="2024-12-25")
    assert strike(clock, "2024-12-26") == 0


def test_a_letter_says_all_of_it_in_the_readers_language(clock, people, post, only):
    only("ZX01-D1", "ZX07-R1", "ZX10-M1")
    officer = people["officer"]
    officer.email, officer.language, officer.name = "li@example.cn", "en", "Li Si"
    officer.save()
    strike(clock, "2024-12-30", "08:05")
    assert reminding.deliver() == 1
    (mail,) = post.got
    assert mail["To"] == "li@example.cn"
    assert mail["From"] == "xuntu@example.cn"
    assert mail["Subject"] == "Xuntu reminder of 2024-12-30: 3 things, 2 late"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n") == (
        "Li Si, this is still to be done in the campaign:\n\n"
        "Late\n"
        "- ZX01-D1 Survey of Party members in estates · 陈村社区 · 0/1:"
        " was due on 2024-11-15, 45 days ago\n"
        "- ZX07-R1 Mass clean-up · 陈村社区 · 0/1: was due on 2024-11-30, 30 days ago\n\n"
        "Due soon\n"
        "- ZX10-M1 Micro-project per estate · 陈村社区 · 0/1: due on 2024-12-31\n\n"
        "It stands in Xuntu under Campaign, Reminders; there you also say whether letters are sent"
        " to you. Nobody reads answers to this letter.\n"
    )
    assert reminding.deliver() == 0
    row = Letter.objects.get()
    assert (row.mail, row.attempts, row.problem) == ("sent", 1, "")


def test_a_mail_server_that_is_down_loses_nothing(clock, people, post, only):
    only("ZX10-M1")
    ReminderWish.objects.create(user=people["officer"], address="li@example.cn")
    port = post.port
    post.stop()
    strike(clock, "2024-12-26")
    assert reminding.deliver() == 0
    row = Letter.objects.get()
    assert (row.mail, row.attempts) == ("waiting", 1)
    assert "refused" in row.problem.lower()
    # Not yet its turn, then in quiet hours, then on the next working morning.
    assert reminding.due_letters(clock("2024-12-26", "08:00")) is False
    clock("2024-12-26", "21:00")
    assert reminding.deliver() == 0
    clock("2024-12-28", "10:00")
    assert reminding.deliver() == 0
    post.start(port)
    assert reminding.due_letters(clock("2024-12-30", "08:00")) is True
    assert reminding.deliver() == 1
    assert [mail["To"] for mail in post.got] == ["li@example.cn"]
    row.refresh_from_db()
    assert (row.mail, row.attempts, row.problem) == ("sent", 2, "")


@pytest.mark.parametrize(
    ("answer", "becomes", "says"),
    [
        (("RCPT", "550 no such person"), "given_up", "The server does not take this address."),
        (("RCPT", "451 come later"), "waiting", "The server does not take this address."),
        (("DATA", "554 no"), "waiting", "554 no"),
        (("MAIL", ""), "waiting", "Connection unexpectedly closed"),
    ],
)
def test_what_a_mail_server_answers_is_seen(
    clock, people, post, only, in_english, answer, becomes, says
):
    only("ZX10-M1")
    ReminderWish.objects.create(user=people["officer"], address="li@example.cn")
    post.refuses.append(answer)
    strike(clock, "2024-12-26")
    assert reminding.deliver() == 0
    row = Letter.objects.get()
    assert (row.mail, row.problem) == (becomes, says)


def test_a_letter_that_never_gets_through_is_given_up_and_sent_again_by_hand(
    clock, people, post, only
):
    only("ZX10-M1")
    ReminderWish.objects.create(user=people["officer"], address="li@example.cn")
    strike(clock, "2024-12-26")
    post.refuses += [("DATA", "554 no")] * 9
    for n in range(9):
        clock(f"2025-01-{6 + n + 2 * (n > 4):02}")
        assert reminding.deliver() == 0
    row = Letter.objects.get()
    assert (row.mail, row.attempts) == ("given_up", 9)
    assert reminding.deliver() == 0
    reminding.send_again(letter=row)
    assert reminding.deliver() == 1


def test_a_worker_that_is_killed_while_it_sends_says_nothing_twice(
    clock, people, post, only, monkeypatch
):
    only("ZX10-M1")
    ReminderWish.objects.create(user=people["officer"], address="li@example.cn")
    strike(clock, "2024-12-26")
    send = EmailMessage.send

    def killed(message, *_):
        send(message)
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", killed)
        with pytest.raises(SystemExit):
            reminding.deliver()
    assert len(post.got) == 1
    assert Letter.objects.get().mail == "sending"
    assert reminding.deliver() == 0
    assert Letter.objects.get().mail == "unsure"
    assert len(post.got) == 1
    # It was told to nobody's loss: it stands on the page.
    assert len(told(people["officer"])) == 1


def test_a_last_attempt_that_was_broken_off_holds_up_no_other_letter(clock, people, post, only):
    only("ZX10-M1")
    ReminderWish.objects.create(user=people["officer"], address="li@example.cn")
    strike(clock, "2024-12-26")
    Letter.objects.update(mail="sending", attempts=9, tried_at=clock("2024-12-26", "09:00"))
    assert reminding.due_letters(clock("2024-12-30")) is True
    assert reminding.deliver() == 0
    assert Letter.objects.get().mail == "unsure"
    assert reminding.due_letters(clock("2024-12-30", "08:01")) is False


def test_what_has_not_begun_is_nobodys_yet(clock, people, only):
    only("ZX07-R1")
    Indicator.objects.filter(code="ZX07-R1").update(since="2025-01-01")
    assert strike(clock, "2024-12-31") == 0
    # A Sunday that is worked instead of a day of the Spring Festival.
    assert strike(clock, "2025-01-26") == 1
    assert {each.due_on.isoformat() for each in Reminder.objects.all()} == {"2025-01-31"}


def test_what_was_broken_off_while_it_was_written_is_written_anew(clock, people, only, monkeypatch):
    only("ZX10-M1")
    with monkeypatch.context() as patched:
        patched.setattr(Reminder.objects, "bulk_create", lambda rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            strike(clock, "2024-12-26")
    assert not RemindedDay.objects.exists()
    assert not Letter.objects.exists()
    assert strike(clock, "2024-12-26", "08:05") == 1
    assert strike(clock, "2024-12-26", "08:10") == 0


@pytest.mark.parametrize(
    ("office", "wish", "server", "mail"),
    [
        (True, None, True, "nowhere"),
        (True, {"address": "li@example.cn"}, True, "waiting"),
        (True, {"address": "li@example.cn", "mail": False}, True, "off"),
        (False, {"address": "li@example.cn"}, True, "off"),
        (True, {"address": "li@example.cn"}, False, "none"),
        # The account's own address was taken out.
        (True, {"address": ""}, True, "nowhere"),
    ],
)
def test_by_mail_only_where_office_person_and_server_will(
    clock, people, post, settings, only, office, wish, server, mail
):
    only("ZX10-M1")
    ReminderRule.objects.create(mail=office)
    if wish is not None and wish["address"] == "":
        User.objects.filter(username="officer").update(email="li@example.cn")
    if wish:
        ReminderWish.objects.create(user=people["officer"], **wish)
    if not server:
        settings.EMAIL_HOST = ""
    assert strike(clock, "2024-12-26") == 1
    assert Letter.objects.get().mail == mail
    assert reminding.deliver() == (1 if mail == "waiting" else 0)


def test_the_office_says_how_long_before_and_when_it_is_quiet(clock, people, only):
    only("ZX10-M1")
    ReminderRule.objects.create(days_before=1, quiet_from="12:00", quiet_until="14:00")
    assert strike(clock, "2024-12-27", "11:00") == 0
    assert strike(clock, "2024-12-30", "12:00") == 0
    assert strike(clock, "2024-12-30", "13:59") == 0
    assert strike(clock, "2024-12-30", "14:00") == 1


def test_hooks_that_want_reminders_are_told_signed(clock, people, settings, only):
    only("ZX10-M1")
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    outside = Outside()
    try:
        made = {
            name: Hook.objects.create(
                name=name, url=f"{outside.address}/{name}", user=people[name], reminders=wants
            )
            for name, wants in (
                ("leader", True),
                ("officer", True),
                ("inspector", True),
                ("clerk", False),
            )
        }
        strike(clock, "2024-12-26")
        for hook in made.values():
            hooks.deliver(hook.pk)
            hooks.deliver(hook.pk)
        assert [path for _, _, path in outside.got] == ["/leader", "/officer"]
        headers, body, _ = outside.got[0]
        sent = json.loads(body)
        at = int(clock("2024-12-26").timestamp())
        secret = hooks.secret_of(made["leader"])
        assert headers["Xuntu-Signature"] == hooks.signature(secret, at, body)
        line = "ZX10-M1 Micro-project per estate · 陈村社区 · 0/1"
        assert sent["reminder"] == {
            "to": "officer",
            "day": "2024-12-26",
            "things": [
                {
                    "key": Reminder.objects.get().key,
                    "for": "officer",
                    "zh": "ZX10-M1 每个小区“微实事”项目 · 陈村社区 · 0/1",
                    "en": line,
                    "due_on": "2024-12-31",
                    "call": "before",
                    "late": False,
                    "url": "/campaign/month/",
                }
            ],
        }
    finally:
        outside.stop()
