"""One truth of a site: what the clerk says in the register is so in its plan, and at one time."""

import csv
from functools import partial
from threading import Event

import pytest
from django.core.management import call_command
from django.db import connection, connections

from geo import services
from geo.errors import RowRetired
from geo.models import Asset, Estate
from planning.models import Proposal, Step
from planning.services import life
from tests.factories import AssetFactory
from tests.line import wait_until
from tests.planning.drawn import a_plan, a_site, step, taken, today, told_of
from tests.registers import asset_form, drawn, page_of, wrong_in
from tests.test_delivery import at_once

pytestmark = pytest.mark.django_db

WAITING = """
    SELECT count(*) > 0 FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture(autouse=True)
def no_rules(monkeypatch) -> None:
    answer = {"version": "r1", "verdicts": [], "worst": "ok"}
    monkeypatch.setattr(life, "check_proposal", lambda _proposal: answer)


@pytest.fixture
def checked(as_user, estate) -> dict:
    planner = as_user("planner")
    site = a_site(planner, a_plan(planner), estate, ports=10, commercial=False)
    return taken(planner, site, "check")


@pytest.fixture
def site(as_user, checked) -> dict:
    return taken(as_user("leader"), checked, "approve")


def said(as_user, site: dict) -> tuple:
    """Its state, and the steps that nobody took here."""
    told = told_of(as_user("planner"), site)["properties"]
    by_register = [(each["step"], each["note"]) for each in told["steps"] if each["by"] is None]
    return told["state"], by_register


def set_by_hand(as_user, asset: Asset, status: str):
    form = asset_form(
        asset.estate,
        type="charging_site",
        status=status,
        code="",
        ports="10",
        geom=drawn(asset.geom),
    )
    reply = as_user("clerk").post(page_of(Asset, "change", asset.pk), form)
    assert reply.status_code == 302, wrong_in(reply)


def test_a_status_set_by_hand_is_so_in_the_plan(as_user, site):
    asset = Asset.objects.get()
    set_by_hand(as_user, asset, "built")
    assert said(as_user, site) == ("built", [("build", "")])
    # Who saw it as it stood before is told so.
    late = step(as_user("planner"), site, "build", seen=3, on=today())
    assert (late.status_code, late.json()["code"]) == (409, "moved_on")
    set_by_hand(as_user, asset, "in_use")
    set_by_hand(as_user, asset, "planned")
    assert said(as_user, site) == ("planned", [("build", ""), ("open", ""), ("set_back", "")])
    # Something else that is set by hand is none of the plan's business.
    before = Step.objects.count()
    set_by_hand(as_user, asset, "planned")
    assert Step.objects.count() == before


def test_a_status_that_a_file_says_is_so_in_the_plan(as_user, site, tmp_path):
    path = tmp_path / "台账.csv"
    rows = [
        ["名称", "所属小区", "所属社区", "状态"],
        ["东门车棚", str(Estate.objects.get()), str(Estate.objects.get().community), "已建"],
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    call_command("load_places", str(path), "--layer", "charging_sites", "--dry-run", verbosity=0)
    assert said(as_user, site) == ("planned", [])
    call_command("load_places", str(path), "--layer", "charging_sites", verbosity=0)
    assert said(as_user, site) == ("built", [("build", "台账.csv")])


def test_a_site_that_is_merged_stands_as_the_kept_one(as_user, people, site):
    asset = Asset.objects.get()
    kept = AssetFactory(type="charging_site", estate=asset.estate, status="in_use")
    services.merge_assets(kept=kept, twin=asset, by=people["clerk"], reason="同一处")
    assert said(as_user, site) == ("in_use", [("open", "")])


def test_a_site_that_comes_back_stands_as_the_register_says(as_user, people, site):
    asset = Asset.objects.get()
    services.retire(row=asset, by=people["clerk"], reason="停")
    set_by_hand(as_user, asset, "built")
    assert said(as_user, site)[0] == "retired"
    services.restore(row=asset, by=people["clerk"], reason="误停")
    assert said(as_user, site) == ("built", [("retire", "停"), ("restore", "误停")])


def waiting_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        # Within a transaction, what was read once would be told again.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["build", "retire"])
@pytest.mark.parametrize("what", [Asset, Estate])
def test_a_step_and_the_clerk_who_retires_come_one_after_the_other(
    as_user, people, site, monkeypatch, name, what
):
    """The step has its proposal, and waits there until the clerk is held up by it: with rows
    locked in two orders, each would wait for the other."""
    inside, clear = Event(), life.needs.read

    def read(*asked):
        inside.set()
        wait_until(waiting_for_a_lock)
        return clear(*asked)

    monkeypatch.setattr(life.needs, "read", read)

    def clerk() -> None:
        inside.wait()
        services.retire(row=what.objects.get(), by=people["clerk"], reason="拆迁")

    take = partial(step, as_user("leader"), site, name, on=today(), note="停", seen=3)
    if name == "retire" and what is Asset:
        with pytest.raises(RowRetired):
            at_once([take, clerk])
    else:
        reply, _ = at_once([take, clerk])
        assert reply.status_code == 201, reply.json()
    assert Proposal.objects.get().state == "retired"
    assert Asset.objects.get().retired_at is not None
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_no_site_is_approved_in_an_estate_that_is_going(as_user, people, checked, monkeypatch):
    inside, clear = Event(), services.tell_retired

    def told(*asked):
        inside.set()
        wait_until(waiting_for_a_lock)
        clear(*asked)

    monkeypatch.setattr(services, "tell_retired", told)

    def approve():
        inside.wait()
        return step(as_user("leader"), checked, "approve", seen=2)

    def clerk() -> None:
        services.retire(row=Estate.objects.get(), by=people["clerk"], reason="拆迁")

    reply, _ = at_once([approve, clerk])
    assert (reply.status_code, reply.json()["details"]) == (
        400,
        {"fields": {"estate": "This estate is no longer in use."}},
    )
    assert Asset.objects.count() == 0
