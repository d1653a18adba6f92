"""One's own reminders on a page of their own: what is to be done now, what one was told, and how
one wants to be told."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from campaign import reminding
from campaign.models import Letter, Reminder, ReminderRule, ReminderWish
from tests.campaign.entered import a_value, enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_indicators")]

PAGE = "/campaign/reminders/"
SEEN, WISH = f"{PAGE}seen/", f"{PAGE}wish/"
OFFICE = ("admin", "inspector", "supervisor", "officer", "planner", "leader", "clerk", "unit")


def texts(page: str, heading: str) -> list[str]:
    """The lines under a heading, as they are read."""
    section = re.search(rf'<h2 id="{heading}">.*?</section>', page, re.DOTALL)
    assert section
    lines = re.findall(r"<li.*?</li>", section[0], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in lines]


@pytest.mark.parametrize(
    ("address", "verb", "status"),
    [
        (PAGE, "get", 200),
        (PAGE, "post", 405),
        (SEEN, "post", 302),
        (SEEN, "get", 405),
        (WISH, "post", 302),
        (WISH, "get", 405),
    ],
)
def test_everyone_of_the_office_has_their_own_and_nobody_else(as_user, address, verb, status):
    for who in OFFICE:
        assert getattr(as_user(who), verb)(address).status_code == status, who
    for who in ("company", "stranger"):
        assert getattr(as_user(who), verb)(address).status_code in {403, 405}, who
    assert getattr(as_user("nobody"), verb)(address)["Location"].startswith("/sign-in/")


def test_what_is_to_be_done_and_what_was_told_stand_there_and_are_marked_as_seen(
    clock, as_user, people, only
):
    only("ZX07-R1", "ZX10-M1")
    reminding.remind(clock("2024-12-30"))
    clock("2024-12-31", "09:00")
    officer = as_user("officer")
    page = officer.get(PAGE).text
    cleanup = "ZX07-R1 Mass clean-up · 陈村社区 · 0/1"
    project = "ZX10-M1 Micro-project per estate · 陈村社区 · 0/1"
    assert texts(page, "owed") == [
        f"{cleanup} late: was due on 2024-11-30, 31 days ago",
        f"{project} due today",
    ]
    assert texts(page, "told") == [
        f"{cleanup} 2024-12-30 · due on 2024-11-30 · new",
        f"{project} 2024-12-30 · due on 2024-12-31 · new",
    ]
    ids = re.findall(r'name="reminder" value="([^"]+)"', page)
    # Nobody marks another's; what is no id is passed over.
    as_user("leader").post(SEEN, {"reminder": [*ids, "x"]})
    assert Reminder.objects.filter(seen_at=None).count() == 2
    assert officer.get("/api/v1/inbox/").json()["elsewhere"] == [
        {"page": "/campaign/", "count": 2, "late": 1}
    ]
    officer.post(SEEN, {"reminder": ids})
    assert officer.get("/api/v1/inbox/").json()["elsewhere"] == []
    assert [each.split(" · ")[4] for each in texts(officer.get(PAGE).text, "told")] == ["seen"] * 2
    other = as_user("leader").get(PAGE).text
    assert texts(other, "owed") == texts(other, "told") == []


def test_the_board_is_not_made_anew_for_everyone_who_opens_it(
    clock, as_user, people, only, estate, django_assert_max_num_queries
):
    only("ZX07-R1", "ZX10-M1")
    clock("2024-12-31")
    officer, other = as_user("officer"), as_user("leader")
    first = officer.get(PAGE).text
    # Who asks, what they were told, how they are reminded.
    with django_assert_max_num_queries(15):
        other.get(PAGE)
    assert texts(officer.get(PAGE).text, "owed") == texts(first, "owed") != []
    enter(officer, a_value("ZX10-M1", estate=estate.pk, measured_on="2024-12-31"))
    assert len(texts(officer.get(PAGE).text, "owed")) == 1
    clock("2025-01-01")
    assert "32 days ago" in officer.get(PAGE).text


def test_one_says_oneself_whether_and_where_letters_go(clock, as_user, people, only, settings):
    only("ZX10-M1")
    settings.EMAIL_HOST = "mail.example.cn"
    officer = as_user("officer")
    reply = officer.post(WISH, {"mail": "on", "address": "no address"})
    assert reply.status_code == 400
    assert "Enter a valid email address." in reply.text
    assert not ReminderWish.objects.exists()
    officer.post(WISH, {"mail": "on", "address": "li@example.cn"})
    assert 'value="li@example.cn"' in officer.get(PAGE).text
    reminding.remind(clock("2024-12-26"))
    assert Letter.objects.get().address == "li@example.cn"
    officer.post(WISH, {"address": "li@example.cn"})
    reminding.remind(clock("2024-12-31"))
    assert Letter.objects.get(day="2024-12-31").mail == "off"


def test_the_page_says_how_the_office_reminds(as_user, notice):
    ReminderRule.objects.create(days_before=1, quiet_from="19:30", quiet_until="08:30")
    page = as_user("officer").get(PAGE).text
    assert "1 working day before something is due" in page
    assert "never from 19:30 to 08:30." in page
    assert "No mail server is set up here" in page


def test_the_registers_say_what_became_of_letters_and_that_there_is_no_mail_server(
    clock, people, only, settings, django_capture_on_commit_callbacks
):
    only("ZX10-M1")
    desk = Client(headers={"accept-language": "en"})
    desk.force_login(people["clerk"], "django.contrib.auth.backends.ModelBackend")
    settings.EMAIL_HOST = "mail.example.cn"
    ReminderWish.objects.create(user=people["officer"], address="li@example.cn")
    reminding.remind(clock("2024-12-26"))
    Letter.objects.update(mail="given_up", attempts=9, problem="554 no")
    listed = reverse("admin:campaign_letter_changelist")
    assert "554 no" in desk.get(listed).text
    assert "No mail server is set up" not in desk.get(listed).text
    letter = Letter.objects.get()
    reply = desk.post(
        listed, {"action": "send_again", "_selected_action": [str(letter.pk)]}, follow=True
    )
    assert "1 letter is sent again." in reply.text
    letter.refresh_from_db()
    assert (letter.mail, letter.attempts, letter.problem) == ("waiting", 0, "")
    settings.EMAIL_HOST = ""
    for name in ("letter", "reminderrule"):
        address = reverse(f"admin:campaign_{name}_changelist")
        assert "No mail server is set up (EMAIL_URL)" in desk.get(address).text
    add = reverse("admin:campaign_reminderrule_add")
    told = {"days_before": "2", "quiet_from": "19:00", "quiet_until": "08:00", "mail": "on"}
    assert desk.post(add, told).status_code == 302
    assert ReminderRule.current().days_before == 2
    # One for the whole office.
    assert desk.get(add).status_code == 403
