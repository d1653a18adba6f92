"""People over time: invited, given roles with dates, led out again; and what the clerk may do."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode

from geo.scope import EVERYTHING, NOTHING, Scope
from people.models import Membership, Role, Unit, User
from people.policy import may_keep_account, may_keep_register
from people.services import invitation_tokens
from tests.factories import (
    CommunityFactory,
    CompanyFactory,
    EstateFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NEW = "a-lamp-by-the-north-gate"


@pytest.fixture
def clerk(as_user):
    return as_user("clerk")


def a_person(**changes) -> dict:
    """The form by which the clerk enters a person with one role."""
    return {
        "username": "chenxiaoming",
        "name": "陈小明",
        "language": "",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-role": "inspector",
        "memberships-0-community": "",
        "memberships-0-unit": "",
        "memberships-0-company": "",
        "memberships-0-since": "2024-11-01",
        "memberships-0-until": "",
    } | changes


def link_in(page) -> str:
    return re.search(r"http://testserver(/people/invitation/[^\s<]+)", page.text).group(1)


def open_link(link, password=NEW, browser=None):
    """What a person does with a link: opens it, sets a password."""
    browser = browser or Client(headers={"accept-language": "en"})
    page = browser.get(link, follow=True)
    if "This link no longer works" in page.text:
        return page
    place = page.redirect_chain[-1][0]
    return browser.post(place, {"new_password1": password, "new_password2": password})


# ── invitations ─────────────────────────────────────────────────────────────────────────────────


def test_the_clerk_enters_a_person_and_hands_over_a_link_that_sets_the_first_password(
    clerk, community
):
    form = a_person(**{"memberships-0-community": community.pk})
    added = clerk.post("/admin/people/user/add/", form)
    person = User.objects.get(username="chenxiaoming")
    assert added.headers["Location"] == f"/admin/people/user/{person.pk}/invite/"
    assert (person.has_usable_password(), person.must_change_password) == (False, True)
    assert list(person.memberships.values_list("role", "community")) == [
        ("inspector", community.pk)
    ]
    page = clerk.post(added.headers["Location"])
    assert "Username: chenxiaoming" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    browser = Client(headers={"accept-language": "en"})
    assert open_link(link_in(page), browser=browser).headers["Location"] == "/"
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert not person.must_change_password
    assert browser.get("/").headers["Location"].startswith("/people/privacy/"), "signed in"


def test_a_link_is_good_once(clerk, people):
    link = link_in(clerk.post(f"/admin/people/user/{people['inspector'].pk}/invite/"))
    assert open_link(link).status_code == 302
    assert "This link no longer works" in open_link(link).text


def test_a_newer_link_ends_the_older(clerk, people):
    invite = f"/admin/people/user/{people['inspector'].pk}/invite/"
    older, newer = (link_in(clerk.post(invite)) for _ in range(2))
    assert "This link no longer works" in open_link(older).text
    assert open_link(newer).status_code == 302


@pytest.mark.parametrize(("hours", "works"), [(71, True), (73, False)])
def test_a_link_is_good_for_72_hours(people, hours, works):
    user, tokens = people["inspector"], invitation_tokens
    then = tokens._num_seconds(tokens._now() - timedelta(hours=hours))
    token = tokens._make_token_with_timestamp(user, then, tokens.secret)
    uid = urlsafe_base64_encode(str(user.pk).encode())
    page = open_link(f"/people/invitation/{uid}/{token}/")
    assert (page.status_code == 302) is works


def test_a_link_of_a_closed_account_opens_nothing(clerk, people):
    link = link_in(clerk.post(f"/admin/people/user/{people['inspector'].pk}/invite/"))
    User.objects.filter(username="inspector").update(is_active=False)
    assert "This link no longer works" in open_link(link).text


def test_no_link_is_made_for_a_closed_account(clerk, people):
    User.objects.filter(username="inspector").update(is_active=False)
    page = clerk.post(f"/admin/people/user/{people['inspector'].pk}/invite/", follow=True)
    assert "This account is closed. Open it again first." in page.text


def test_a_reset_by_the_clerk_ends_the_old_password_and_what_is_open(clerk, people):
    inspector = people["inspector"]
    inspector.set_password("xuntu-demo")
    inspector.save()
    browser = Client()
    browser.post("/sign-in/", {"username": "inspector", "password": "xuntu-demo"})
    assert browser.get("/").headers["Location"] == "/field/"
    clerk.post(f"/admin/people/user/{inspector.pk}/invite/")
    assert browser.get("/").headers["Location"] == "/sign-in/?next=/"
    again = browser.post("/sign-in/", {"username": "inspector", "password": "xuntu-demo"})
    assert again.status_code == 200, "the old password opens nothing"


def test_asking_for_the_page_makes_no_link_and_ends_nothing(clerk, people):
    people["inspector"].set_password("xuntu-demo")
    people["inspector"].save()
    page = clerk.get(f"/admin/people/user/{people['inspector'].pk}/invite/")
    assert "http://testserver/people/invitation/" not in page.text
    assert "The present password stops at once" in page.text
    assert User.objects.get(username="inspector").check_password("xuntu-demo")


def test_who_made_a_link_is_in_the_persons_history_and_the_link_is_not(clerk, people):
    link = link_in(clerk.post(f"/admin/people/user/{people['inspector'].pk}/invite/"))
    page = clerk.get(f"/admin/people/user/{people['inspector'].pk}/history/").text
    assert "sign-in link made" in page
    assert link.split("/")[-2] not in page


def test_a_weak_first_password_is_refused_and_the_link_still_works(clerk, people):
    link = link_in(clerk.post(f"/admin/people/user/{people['inspector'].pk}/invite/"))
    assert "entirely numeric" in open_link(link, "1029384756").text
    assert open_link(link).status_code == 302


# ── what a clerk may not do ─────────────────────────────────────────────────────────────────────


def test_a_clerk_makes_no_administrator_and_becomes_none(clerk, people):
    clerk.post("/admin/people/user/add/", a_person(is_superuser="on", is_staff="on"))
    made = User.objects.get(username="chenxiaoming")
    assert (made.is_superuser, made.is_staff) == (False, False)
    own = people["clerk"]
    page = f"/admin/people/user/{own.pk}/change/"
    held = own.memberships.get()
    clerk.post(
        page,
        a_person(
            username="clerk",
            is_active="on",
            is_superuser="on",
            **{
                "memberships-INITIAL_FORMS": "1",
                "memberships-0-id": held.pk,
                "memberships-0-user": own.pk,
                "memberships-0-role": "clerk",
            },
        ),
    )
    own.refresh_from_db()
    assert (own.name, own.is_superuser) == ("陈小明", False)


def test_a_clerk_touches_no_administrators_account(clerk, people):
    admin = people["admin"]
    assert clerk.post(f"/admin/people/user/{admin.pk}/invite/").status_code == 403
    assert clerk.post(f"/admin/people/user/{admin.pk}/change/", a_person()).status_code == 403
    page = clerk.get(f"/admin/people/user/{admin.pk}/change/")
    assert 'name="username"' not in page.text, "shown, not to be changed"


def test_an_administrator_makes_another(as_user):
    as_user("admin").post("/admin/people/user/add/", a_person(is_superuser="on"))
    assert User.objects.get(username="chenxiaoming").is_superuser


@pytest.mark.parametrize(
    ("by", "of", "may"),
    [
        ("clerk", "inspector", True),
        ("clerk", "clerk", True),
        ("clerk", "admin", False),
        ("admin", "admin", True),
        ("leader", "inspector", False),
        ("inspector", "inspector", False),
        ("stranger", "stranger", False),
    ],
)
def test_who_keeps_whose_account(people, by, of, may):
    assert may_keep_account(people[by], people[of]) is may


def test_nobody_is_deleted(clerk, people):
    person = people["inspector"]
    assert clerk.post(f"/admin/people/user/{person.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=person.pk).exists()


# ── roles, with dates ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"memberships-0-role": "company"}, "Choose the property company."),
        ({"memberships-0-role": "unit"}, "Choose the responsible unit."),
        ({"memberships-0-company": "firm"}, "This role has none."),
        (
            {"memberships-0-role": "clerk", "memberships-0-community": "here"},
            "This role is not for one community: leave it empty.",
        ),
        ({"memberships-0-until": "2024-10-31"}, "The last day is before the first."),
    ],
)
def test_a_role_that_does_not_fit_is_told_beside_its_field(clerk, community, changes, says):
    real = {"here": community.pk, "firm": CompanyFactory().pk}
    body = a_person(**{name: real.get(value, value) for name, value in changes.items()})
    page = clerk.post("/admin/people/user/add/", body)
    assert says in page.text
    assert not User.objects.filter(username="chenxiaoming").exists()


def test_a_role_holds_on_its_first_and_its_last_day_and_not_around_them(community):
    person = UserFactory()
    MembershipFactory(
        user=person, community=community, since=date(2024, 3, 1), until=date(2024, 3, 31)
    )
    days = [date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 1)]
    here = Scope(communities=frozenset({community.pk}))
    assert [person.scope_on(day) for day in days] == [NOTHING, here, here, NOTHING]


def test_what_a_person_sees_is_what_all_their_roles_cover(community, elsewhere):
    person = UserFactory()
    firm = CompanyFactory()
    MembershipFactory(user=person, role="inspector", community=community)
    MembershipFactory(user=person, role="officer", community=elsewhere)
    MembershipFactory(user=person, role="company", company=firm)
    assert person.scope == Scope(
        communities=frozenset({community.pk, elsewhere.pk}), companies=frozenset({firm.pk})
    )
    assert person.roles == {Role.INSPECTOR, Role.OFFICER, Role.COMPANY}
    assert person.roles_in(community.pk) == {Role.INSPECTOR}


def test_a_role_for_the_whole_office_covers_everything():
    person = MembershipFactory(user=UserFactory(), role="leader", community=None).user
    assert person.scope == EVERYTHING


def test_a_companys_person_sees_its_estates_and_no_others(people, estate):
    EstateFactory(community=estate.community)
    seen = type(estate).objects.visible_to(people["company"])
    assert list(seen) == [estate]


def test_a_role_entered_by_mistake_is_taken_away_and_its_trace_stays(clerk, people):
    person = people["inspector"]
    held = person.memberships.get()
    clerk.post(
        f"/admin/people/user/{person.pk}/change/",
        a_person(
            username="inspector",
            is_active="on",
            **{
                "memberships-INITIAL_FORMS": "1",
                "memberships-0-id": held.pk,
                "memberships-0-user": person.pk,
                "memberships-0-community": held.community_id,
                "memberships-0-DELETE": "on",
            },
        ),
    )
    assert not Membership.objects.filter(user=person).exists()
    page = clerk.get(f"/admin/people/user/{person.pk}/history/").text
    assert "membership: removed" in page
    assert "陈村社区" in page


def test_only_the_offices_own_clerk_keeps_the_registers(community):
    whole = MembershipFactory(user=UserFactory(), role="clerk").user
    one = MembershipFactory(user=UserFactory(), role="clerk", community=community).user
    past = MembershipFactory(
        user=UserFactory(), role="clerk", until=timezone.localdate() - timedelta(days=1)
    ).user
    assert [may_keep_register(user) for user in (whole, one, past)] == [True, False, False]


def test_people_are_found_by_role_community_and_name(clerk, people):
    def found(query):
        page = clerk.get(f"/admin/people/user/?{query}").text
        return re.findall(r'<th class="field-username"><a [^>]+>([^<]+)</a>', page)

    assert found("role=inspector") == ["inspector", "inspector2"]
    assert found("role=none") == ["admin", "stranger"]
    assert found("q=陈村") == ["inspector", "officer", "supervisor"]
    people["leader"].set_password("xuntu-demo")
    people["leader"].save()
    assert "leader" not in found("account=waiting")


def test_units_are_kept_by_name(clerk):
    clerk.post("/admin/people/unit/add/", {"name": "社区发展办"})
    assert Unit.objects.filter(name="社区发展办").exists()


def test_an_estate_of_another_community_is_not_ones_own(people):
    far = EstateFactory(community=CommunityFactory())
    assert not type(far).objects.visible_to(people["inspector"]).filter(pk=far.pk).exists()
