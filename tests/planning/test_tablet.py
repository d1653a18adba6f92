"""What an inspector's tablet is told of a site: planned it is seen, built it is due."""

import pytest
from django.utils import timezone

from geo import services
from geo.models import Asset
from planning.services import life
from tests.packs import Tablet
from tests.planning.drawn import a_plan, a_site, taken, today
from tests.records import a_record, put

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path, monkeypatch) -> None:
    settings.DATA_DIR = tmp_path
    answer = {"version": "r1", "verdicts": [], "worst": "ok"}
    monkeypatch.setattr(life, "check_proposal", lambda _proposal: answer)


def now() -> str:
    return timezone.now().isoformat(timespec="milliseconds")


def shown(tablet: Tablet, id: int) -> tuple:
    properties = tablet.held["assets"][id]["properties"]
    return properties["status"], properties["built_at"]


def test_a_site_comes_to_the_tablet_planned_and_is_due_once_it_is_built(
    as_user, people, community, estate
):
    client = as_user("inspector")
    round = {
        "name": "充电点",
        "inspector": "inspector",
        "kinds": ["ebike_charging"],
        "estates": [estate.pk],
        "since": today(),
        "until": today(),
    }
    put(client, a_record(estate, kind="ebike_charging", answers={}))
    tablet = Tablet(client, community.pk)
    tablet.take()
    site = a_site(as_user("planner"), a_plan(as_user("planner")), estate, commercial=False)
    assert tablet.take()["full"] is False
    assert "assets" not in tablet.held or tablet.held["assets"] == {}
    taken(as_user("planner"), site, "check")
    id = taken(as_user("leader"), site, "approve")["properties"]["site"]
    tablet.take()
    assert shown(tablet, id) == ("planned", None)
    taken(as_user("planner"), site, "build", on=today())
    assert tablet.take()["full"] is False
    status, built = shown(tablet, id)
    assert (status, built is not None) == ("built", True)
    taken(as_user("planner"), site, "open", on=today())
    tablet.take()
    assert shown(tablet, id) == ("in_use", built)
    # Who gives rounds sees it too: something is there that nobody looked at.
    given = as_user("supervisor").post("/api/v1/rounds/", round, format="json").json()
    looked_at = {"estate": estate.pk, "kind": "ebike_charging", "last": given["left"][0]["last"]}
    assert (given["done"], given["left"]) == ([], [looked_at | {"due_on": today()}])
    put(client, a_record(estate, kind="ebike_charging", answers={}, recorded_at=now()))
    after = as_user("supervisor").get(f"/api/v1/rounds/{given['id']}/").json()
    assert ([each["estate"] for each in after["done"]], after["left"]) == ([estate.pk], [])
    services.retire(row=Asset.objects.get(), by=people["clerk"], reason="拆了")
    tablet.take()
    assert id not in tablet.held["assets"]


def test_whoever_says_that_a_site_is_built_makes_it_due(estate, people):
    site = Asset.objects.create(
        type="charging_site",
        status="planned",
        estate=estate,
        community=estate.community,
        geom=estate.geom.centroid,
    )
    site.status = "built"
    site.save()
    site.refresh_from_db()
    built = site.built_at
    assert built is not None
    site.status = "in_use"
    site.save()
    site.refresh_from_db()
    assert site.built_at == built
    site.status = "planned"
    site.save()
    site.refresh_from_db()
    assert site.built_at is None
