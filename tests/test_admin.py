"""The registers as the clerk finds them: who gets in, what is found, what is only read."""

import re
import uuid

import pytest
from django.utils import timezone

from inspections.models import Finding, Hook, Telling
from people.models import ApiToken
from people.services import create_token
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    EstateFactory,
)
from tests.records import a_record, put
from tests.registers import REGISTERS, page_of, told_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(as_user):
    return as_user("clerk")


# ── who gets in ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("admin", 200),
        ("clerk", 200),
        ("inspector", 403),
        ("supervisor", 403),
        ("planner", 403),
        ("leader", 403),
        ("unit", 403),
        ("officer", 403),
        ("company", 403),
        ("stranger", 403),
    ],
)
def test_only_the_clerk_and_the_administrator_keep_the_registers(as_user, who, status):
    for address in ("/admin/", "/admin/geo/estate/", "/admin/people/user/add/"):
        assert as_user(who).get(address, follow=True).status_code == status


def test_who_is_not_signed_in_is_led_to_the_door_and_back(as_user):
    reply = as_user("nobody").get("/admin/geo/estate/?q=银星", follow=True)
    (first, _), (last, _) = reply.redirect_chain[0], reply.redirect_chain[-1]
    assert first.startswith("/admin/login/?next=")
    assert last.startswith("/sign-in/?next=/admin/geo/estate/")


# What leads outside is the administrator's alone.
ADMINISTRATORS = {Hook, Telling}


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_register_opens_in_both_languages(as_user, estate, model, language):
    keeper = as_user("admin" if model in ADMINISTRATORS else "clerk")
    create_token(user=estate.community.memberships.model.objects.first().user, name="x", days=1)
    BuildingFactory(estate=estate)
    AssetFactory(estate=estate)
    headers = {"accept-language": language}
    assert keeper.get(page_of(model), headers=headers).status_code == 200
    assert keeper.get(page_of(model) + "?q=x", headers=headers).status_code == 200
    if row := model._default_manager.first():
        for what in ("change", "history"):
            assert keeper.get(page_of(model, what, row.pk), headers=headers).status_code == 200


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_nothing_in_a_page_comes_from_outside_or_is_written_into_it(clerk, estate, model):
    """A strict policy would stop it, and the office's network may lead nowhere."""
    pages = [clerk.get(page_of(model)), clerk.get(page_of(model, "add"))]
    for page in (each for each in pages if each.status_code == 200):
        outside = re.findall(r'(?:src|href|action)="(?:https?:)?//([^"/]+)', page.text)
        assert outside == []
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page.text)
        assert {each.strip() for each in inline} <= {'type="importmap"'}
        assert re.findall(r"\sstyle=\"|\son\w+=\"", page.text) == []


def test_the_policy_of_every_page_is_strict(clerk):
    policy = clerk.get("/admin/geo/estate/add/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


# ── finding ─────────────────────────────────────────────────────────────────────────────────────


def names_in(page) -> list[str]:
    return re.findall(r'<th class="field-name"><a [^>]+>([^<]+)</a>', page.text)


def test_estates_are_found_by_name_code_and_community(clerk, estate, elsewhere):
    EstateFactory(community=elsewhere, name="象山新村", code="QY-9")
    for asked, found in (("银星", "银星花园"), ("QY-9", "象山新村"), ("象山社区", "象山新村")):
        assert names_in(clerk.get("/admin/geo/estate/", {"q": asked})) == [found]
    by = clerk.get("/admin/geo/estate/", {"community__id__exact": elsewhere.pk})
    assert names_in(by) == ["象山新村"]


def test_a_list_shows_what_is_in_use_unless_asked_for_more(clerk, estate, people, community):
    gone = EstateFactory(community=community, name="旧改小区")
    clerk.post(f"/admin/geo/estate/retire/?id={gone.pk}", {"id": gone.pk, "reason": "已拆除"})
    assert names_in(clerk.get("/admin/geo/estate/")) == ["银星花园"]
    assert names_in(clerk.get("/admin/geo/estate/?use=retired")) == ["旧改小区"]
    assert len(names_in(clerk.get("/admin/geo/estate/?use=all"))) == 2


def test_what_is_out_of_use_is_not_offered(clerk, estate, community):
    gone = EstateFactory(community=community, name="旧改小区")
    gone.retired_at = "2024-01-01T00:00+08:00"
    gone.save()
    offered = clerk.get(
        "/admin/autocomplete/",
        {"app_label": "geo", "model_name": "building", "field_name": "estate", "term": "小区"},
    ).json()
    assert [each["text"] for each in offered["results"]] == []


# ── what was recorded ───────────────────────────────────────────────────────────────────────────


def test_the_clerk_reads_what_was_recorded_and_changes_none_of_it(clerk, as_user, estate):
    id = uuid.uuid4()
    put(as_user("inspector"), a_record(estate), id)
    put(as_user("inspector2"), a_record(estate))
    page = clerk.get(f"/admin/inspections/inspection/{id}/change/")
    assert "ZM-01" in page.text
    assert 'name="_save"' not in page.text
    assert clerk.post(f"/admin/inspections/inspection/{id}/change/", {}).status_code == 403
    found = clerk.get("/admin/inspections/finding/?kind=lighting&q=银星").text
    assert "1 finding" in found
    assert "0 findings" in clerk.get("/admin/inspections/finding/?kind=fire_lane").text
    refused = clerk.get("/admin/inspections/refused/?settled=no").text
    assert "estate_not_found" in refused


def test_what_a_finding_was_before_its_first_change_is_not_made_up(clerk, as_user, estate):
    """Findings are too many for a second row each: their history begins with a change."""
    put(as_user("inspector"), a_record(estate))
    finding = Finding.objects.get()
    for closed_at in (finding.recorded_at, None):
        finding.closed_at = closed_at
        finding.save()
    rows = told_of(clerk.get(f"/admin/inspections/finding/{finding.pk}/history/"))
    at = timezone.localtime(finding.recorded_at).strftime("%Y-%m-%d %H:%M")
    assert [row[2:] for row in rows] == [["changed", "closed at", at, "–"], ["changed"]]


# ── tokens ──────────────────────────────────────────────────────────────────────────────────────


def test_the_clerk_sees_tokens_and_ends_them_and_never_reads_one(clerk, people):
    row, token = create_token(user=people["inspector"], name="周报", days=30)
    page = clerk.get("/admin/people/apitoken/").text
    assert "周报" in page
    assert token not in page
    assert row.digest not in page
    clerk.post("/admin/people/apitoken/", {"action": "revoke", "_selected_action": [row.pk]})
    assert ApiToken.objects.get().revoked_at is not None
    assert "revoked" in clerk.get("/admin/people/apitoken/?state=ended").text
    assert clerk.get("/admin/people/apitoken/add/").status_code == 403
