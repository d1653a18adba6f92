"""The door: signing in and out, wrong passwords, first steps, the language, old browsers."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.test import Client
from django.utils import timezone

from people import services
from people.models import User
from people.web.address import client_address
from tests.conftest import PASSWORD
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(people) -> dict[str, User]:
    """Everyone, each with the password that everyone has in demonstrations."""
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
    return people


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def sign_in(browser, username, password=PASSWORD, **more):
    return browser.post("/sign-in/", {"username": username, "password": password}, **more)


# ── in and out ──────────────────────────────────────────────────────────────────────────────────


def test_the_right_password_opens_the_house_and_signing_out_closes_it(known, browser):
    assert browser.get("/").headers["Location"] == "/sign-in/?next=/"
    assert sign_in(browser, "inspector").headers["Location"] == "/"
    assert browser.get("/").headers["Location"] == "/field/"
    assert browser.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert browser.get("/").headers["Location"] == "/sign-in/?next=/"


def test_a_link_in_a_message_cannot_sign_anybody_out(known, browser):
    sign_in(browser, "inspector")
    assert browser.get("/sign-out/").status_code == 405
    assert browser.get("/").headers["Location"] == "/field/"


def test_a_wrong_password_is_told_in_both_languages_without_saying_which_is_wrong(known, browser):
    for username in ("inspector", "nobody-of-that-name"):
        page = sign_in(browser, username, "no")
        assert "This name and password do not belong together." in page.text
        page = sign_in(browser, username, "no", headers={"accept-language": "zh-CN"})
        assert "用户名或密码不对。" in page.text


def test_signing_in_leads_to_where_one_was_going_and_nowhere_outside(known, browser):
    reply = browser.post(
        "/sign-in/?next=/overview/",
        {"username": "leader", "password": PASSWORD, "next": "/overview/"},
    )
    assert reply.headers["Location"] == "/overview/"
    reply = Client().post(
        "/sign-in/", {"username": "leader", "password": PASSWORD, "next": "https://elsewhere.cn/"}
    )
    assert reply.headers["Location"] == "/"


def test_a_closed_account_is_not_let_in(known, browser):
    User.objects.filter(username="inspector").update(is_active=False)
    assert "do not belong together" in sign_in(browser, "inspector").text
    assert browser.get("/").headers["Location"] == "/sign-in/?next=/"


def test_closing_an_account_ends_what_is_open(known, browser):
    sign_in(browser, "inspector")
    User.objects.filter(username="inspector").update(is_active=False)
    assert browser.get("/").headers["Location"] == "/sign-in/?next=/"


def test_a_page_left_open_overnight_says_so_and_leads_back(known):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    reply = strict.post(
        "/sign-in/",
        {"username": "inspector", "password": PASSWORD},
        headers={"referer": "http://testserver/sign-in/?next=/plan/"},
    )
    assert reply.status_code == 403
    assert "This page was open for too long" in reply.text
    assert 'href="http://testserver/sign-in/?next=/plan/"' in reply.text


def test_a_stale_page_never_leads_outside(known):
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    reply = strict.post("/sign-in/", {}, headers={"referer": "https://elsewhere.cn/"})
    assert "elsewhere.cn" not in reply.text


# ── each role to its page ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("inspector", "/field/"),
        ("supervisor", "/field/"),
        ("planner", "/plan/"),
        ("leader", "/overview/"),
        ("unit", "/cases/"),
        ("officer", "/cases/"),
        ("clerk", "/admin/"),
        ("company", "/company/"),
    ],
)
def test_home_leads_each_role_to_its_page(as_user, who, where):
    assert as_user(who).get("/").headers["Location"] == where


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        (
            "admin",
            [
                "/field/",
                "/cases/",
                "/cases/new/",
                "/papers/",
                "/company/",
                "/rounds/",
                "/plan/",
                "/overview/",
                "/campaign/",
                "/devices/",
                "/admin/",
            ],
        ),
        ("stranger", []),
    ],
)
def test_who_has_several_pages_or_none_is_told_which(as_user, who, offered):
    page = as_user(who).get("/")
    assert page.status_code == 200
    assert re.findall(r'class="card choice" href="([^"]+)"', page.text) == offered


@pytest.mark.parametrize(
    ("who", "links"),
    [
        ("inspector", ["/field/", "/papers/", "/plan/", "/overview/", "/campaign/"]),
        ("leader", ["/cases/", "/papers/", "/plan/", "/overview/", "/campaign/"]),
        ("officer", ["/cases/", "/cases/new/", "/papers/", "/plan/", "/overview/", "/campaign/"]),
        (
            "clerk",
            [
                "/cases/",
                "/cases/new/",
                "/papers/",
                "/plan/",
                "/overview/",
                "/campaign/",
                "/devices/",
                "/admin/",
            ],
        ),
        ("company", ["/company/"]),
        ("stranger", []),
        ("nobody", []),
    ],
)
def test_links_appear_only_for_what_a_person_may_do(as_user, who, links):
    page = as_user(who).get("/people/privacy/").text
    bar = page[page.index("<nav") : page.index("</nav>")]
    assert re.findall(r'href="([^"]+)"', bar) == links


def test_a_role_that_has_ended_leads_nowhere(as_user, people):
    people["inspector"].memberships.update(until=timezone.localdate() - timedelta(days=1))
    page = as_user("inspector").get("/")
    assert "Your account has no role yet." in page.text


def test_two_roles_with_two_pages_are_a_choice(as_user, people):
    MembershipFactory(user=people["leader"], role="inspector")
    page = as_user("leader").get("/")
    offered = re.findall(r'choice" href="([^"]+)"', page.text)
    assert offered == ["/field/", "/cases/", "/papers/", "/plan/", "/overview/", "/campaign/"]


# ── wrong passwords ─────────────────────────────────────────────────────────────────────────────


def test_five_wrong_passwords_rest_one_person_and_no_colleague_behind_the_same_address(known):
    office = {"REMOTE_ADDR": "10.0.0.7"}
    for _ in range(4):
        assert sign_in(Client(), "inspector", "wrong", **office).status_code == 200
    locked = sign_in(Client(headers={"accept-language": "en"}), "inspector", "wrong", **office)
    assert locked.status_code == 429
    rested = sign_in(Client(headers={"accept-language": "en"}), "inspector", **office)
    assert rested.status_code == 429, "the right password does not help before the time is over"
    assert sign_in(Client(), "clerk", **office).status_code == 302
    elsewhere = sign_in(Client(), "inspector", REMOTE_ADDR="10.0.0.8")
    assert elsewhere.status_code == 302


def test_the_page_says_when_to_try_again_and_means_it(known, browser):
    for _ in range(5):
        locked = sign_in(browser, "inspector", "wrong")
    last = AccessAttempt.objects.get(username="inspector").attempt_time
    until = timezone.localtime(last + timedelta(minutes=15))
    assert f"rests for 15 minutes, until {until:%H:%M}." in locked.text
    assert 890 < int(locked.headers["Retry-After"]) <= 900
    for _ in range(3):
        sign_in(browser, "inspector", "wrong")
    assert AccessAttempt.objects.get(username="inspector").attempt_time == last
    AccessAttempt.objects.update(attempt_time=last - timedelta(minutes=16))
    assert sign_in(browser, "inspector").status_code == 302


def test_a_success_starts_the_count_anew(known, browser):
    for _ in range(4):
        sign_in(browser, "inspector", "wrong")
    assert sign_in(browser, "inspector").status_code == 302
    browser.post("/sign-out/")
    for _ in range(4):
        assert sign_in(browser, "inspector", "wrong").status_code == 200


@pytest.mark.parametrize(
    ("behind_caddy", "header", "believed"),
    [
        (False, "1.2.3.4", "10.0.0.7"),
        (True, "1.2.3.4", "1.2.3.4"),
        (True, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (True, "240e::1", "240e::1"),
        (True, "not an address", "10.0.0.7"),
        (True, "", "10.0.0.7"),
    ],
)
def test_only_what_our_own_proxy_says_of_the_address_is_believed(
    settings, rf, behind_caddy, header, believed
):
    settings.CLIENT_ADDRESS = "HTTP_X_FORWARDED_FOR" if behind_caddy else "REMOTE_ADDR"
    request = rf.get("/", headers={"x-forwarded-for": header}, REMOTE_ADDR="10.0.0.7")
    assert client_address(request) == believed


def test_a_made_up_header_neither_frees_nor_locks_anybody(known, browser):
    for turn in range(5):
        reply = sign_in(
            browser, "inspector", "wrong", headers={"x-forwarded-for": f"10.9.9.{turn}"}
        )
    assert reply.status_code == 429


def test_sign_ins_are_forgotten_when_the_notice_says(known, browser):
    sign_in(browser, "inspector")
    sign_in(Client(), "inspector2", "wrong")
    assert services.forget_sign_ins() == 0
    old = timezone.now() - timedelta(days=settings.SIGN_INS_KEPT_DAYS + 1)
    AccessLog.objects.update(attempt_time=old)
    AccessAttempt.objects.update(attempt_time=old)
    assert services.forget_sign_ins() == 2
    assert not AccessLog.objects.exists()


# ── first steps ─────────────────────────────────────────────────────────────────────────────────


def test_the_privacy_notice_comes_before_the_first_page_and_is_recorded_once(known, browser):
    User.objects.filter(username="inspector").update(privacy_read_at=None)
    sign_in(browser, "inspector")
    led = browser.get("/field/?estate=7")
    assert led.headers["Location"] == "/people/privacy/?" + urlencode({"next": "/field/?estate=7"})
    notice = browser.get(led.headers["Location"])
    assert "Please read this once before you begin." in notice.text
    assert "180 days" in notice.text
    before = timezone.now()
    read = browser.post("/people/privacy/", {"next": "/field/?estate=7"})
    assert read.headers["Location"] == "/field/?estate=7"
    assert before <= User.objects.get(username="inspector").privacy_read_at <= timezone.now()
    assert browser.get("/").headers["Location"] == "/field/"


def test_a_notice_that_says_something_new_is_read_again(known, browser):
    User.objects.filter(username="inspector").update(privacy_read_at="2023-12-31T23:59:00+08:00")
    sign_in(browser, "inspector")
    assert browser.get("/").headers["Location"].startswith("/people/privacy/")


def test_the_notice_never_leads_outside(known, browser):
    sign_in(browser, "inspector")
    reply = browser.post("/people/privacy/", {"next": "//elsewhere.cn/"})
    assert reply.headers["Location"] == "/"


def test_anyone_may_read_the_notice_and_only_who_signed_in_confirms_it(db, browser):
    assert browser.get("/people/privacy/").status_code == 200
    assert browser.post("/people/privacy/").headers["Location"] == "/sign-in/"


def test_records_and_tiles_are_not_held_up_by_first_steps(as_user, people):
    User.objects.filter(username="inspector").update(
        privacy_read_at=None, must_change_password=True
    )
    assert as_user("inspector").get("/api/v1/me/").status_code == 200
    assert as_user("inspector").get("/").headers["Location"].startswith("/people/password/")


def test_nothing_else_is_done_before_the_first_steps(as_user, people):
    """Not even by a form that was open before: a clerk's right does not run ahead of the notice."""
    User.objects.filter(username="clerk").update(privacy_read_at=None)
    reply = as_user("clerk").post("/admin/people/unit/add/", {"name": "x"})
    assert reply.headers["Location"] == "/people/privacy/?next=%2F"


# ── one's own password ──────────────────────────────────────────────────────────────────────────


def test_a_person_changes_their_own_password_and_stays_signed_in_here_only(known, browser):
    elsewhere = Client()
    sign_in(browser, "inspector")
    sign_in(elsewhere, "inspector")
    new = "银星花园的第三盏路灯"
    reply = browser.post(
        "/people/password/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert reply.headers["Location"] == "/"
    assert browser.get("/").headers["Location"] == "/field/"
    assert elsewhere.get("/").headers["Location"] == "/sign-in/?next=/"
    assert sign_in(Client(), "inspector").status_code == 200
    assert sign_in(Client(), "inspector", new).status_code == 302


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("short", "at least 10 characters"),
        ("1029384756", "entirely numeric"),
        ("password123", "too common"),
        ("inspector2024", "too similar to the username"),
        (PASSWORD, "the password you have already"),
    ],
)
def test_a_weak_or_old_password_is_refused_with_the_reason(known, browser, new, why):
    sign_in(browser, "inspector")
    page = browser.post(
        "/people/password/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert why in page.text
    assert User.objects.get(username="inspector").check_password(PASSWORD)


def test_a_password_that_must_be_changed_is_changed_before_anything_else(known, browser):
    User.objects.filter(username="inspector").update(must_change_password=True)
    sign_in(browser, "inspector")
    assert browser.get("/field/").headers["Location"].startswith("/people/password/")
    assert "First, a password of your own" in browser.get("/people/password/").text
    new = "a-lamp-by-the-north-gate"
    browser.post(
        "/people/password/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert browser.get("/").headers["Location"] == "/field/"


# ── the language ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("wished", "spoken"),
    [("", "登录"), ("zh-CN", "登录"), ("de-DE,de;q=0.9,en;q=0.1", "登录"), ("en-GB", "Sign in")],
)
def test_pages_speak_chinese_unless_the_browser_asks_for_english(db, wished, spoken):
    page = Client(headers={"accept-language": wished}).get("/sign-in/")
    assert f"<h1>{spoken}</h1>" in page.text


def test_a_chosen_language_counts_before_the_browsers_and_comes_along_to_another_tablet(
    known, browser
):
    sign_in(browser, "inspector")
    reply = browser.post("/i18n/setlang/", {"language": "zh-hans", "next": "/people/privacy/"})
    assert reply.headers["Location"] == "/people/privacy/"
    assert "个人信息保护告知" in browser.get("/people/privacy/").text
    assert User.objects.get(username="inspector").language == "zh-hans"
    tablet = Client(headers={"accept-language": "en"})
    sign_in(tablet, "inspector")
    assert "个人信息保护告知" in tablet.get("/people/privacy/").text


def test_a_language_nobody_speaks_here_is_not_kept(known, browser):
    sign_in(browser, "inspector")
    browser.post("/i18n/setlang/", {"language": "tlh", "next": "/"})
    assert User.objects.get(username="inspector").language == ""
    assert settings.LANGUAGE_COOKIE_NAME not in browser.cookies


# ── browsers that are too old ───────────────────────────────────────────────────────────────────


def test_every_page_carries_the_sentence_for_old_browsers_in_both_languages(db, browser):
    page = browser.get("/sign-in/").text
    block = page[page.index('id="old-browser"') : page.index("</noscript>")]
    assert "这个浏览器版本太旧" in block
    assert "This browser is too old for Xuntu" in block
    assert "巡图需要 JavaScript" in block
    assert re.search(r'<script src="/static/start\.js"></script>', page), "a plain script shows it"


def test_the_test_for_old_browsers_is_written_in_words_they_know():
    """ES5 alone: one newer word and the whole file says nothing to those it is meant for."""
    script = (settings.STATIC_DIR / "start.js").read_text(encoding="utf-8")
    newer = re.findall(r"=>|\b(?:let|const|class|async|await|import|export)\b|`|\?\.|\?\?", script)
    assert newer == []


def test_unknown_people_cannot_be_told_from_known_ones_by_the_invitation_page(db, browser):
    UserFactory(username="someone")
    for uid in ("MQ", "OTk5OTk5", "x"):
        page = browser.get(f"/people/invitation/{uid}/abc-def/")
        assert page.status_code == 200
        assert "This link no longer works" in page.text
