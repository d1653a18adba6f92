"""When a tile is told to be unchanged, and to whom: never to another, never after a write."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from django.db import connections, transaction
from django.utils import timezone

from geo.models import Asset, WriteCount
from inspections.models import Finding
from inspections.services import published_kinds
from people.models import ApiToken, Membership
from tests.browser.server import Server
from tests.factories import (
    AssetFactory,
    EstateFactory,
    FindingFactory,
    MembershipFactory,
    UserFactory,
)
from tests.records import a_record
from tests.tiles import address, features

FIGURES = "/api/v1/overview/figures/"


def place_of(estate) -> tuple[float, float]:
    return estate.geom.centroid.coords


def again(client, url, first):
    """The same address once more, with the tag that came the first time."""
    return client.get(url, headers={"if-none-match": first["ETag"]})


@pytest.mark.django_db
@pytest.mark.parametrize("zoom", [12, 16])
def test_an_unchanged_tile_is_not_sent_again(as_user, estate, zoom):
    FindingFactory(estate=estate)
    leader, url = as_user("leader"), address("findings", zoom, *place_of(estate))
    first = leader.get(url)
    second = again(leader, url, first)
    assert (second.status_code, second.content) == (304, b"")
    assert (second["ETag"], second["Cache-Control"]) == (first["ETag"], "private, no-cache")
    assert {"Cookie", "Authorization"} <= {each.strip() for each in second["Vary"].split(",")}


@pytest.mark.django_db
@pytest.mark.parametrize("layer", ["findings", "estates", "figures"])
def test_ones_tag_is_never_anothers_304(as_user, estate, elsewhere, layer):
    FindingFactory(estate=estate)
    FindingFactory(estate=EstateFactory(community=elsewhere, geom=estate.geom))
    kept = address(layer, 16, *place_of(estate)) if layer != "figures" else FIGURES
    tags = {who: as_user(who).get(kept)["ETag"] for who in ("inspector", "inspector2", "leader")}
    assert len(set(tags.values())) == 3
    for who in tags:
        for other, tag in tags.items():
            reply = as_user(who).get(kept, headers={"if-none-match": tag})
            assert reply.status_code == (304 if who == other else 200)
            if reply.status_code == 200 and layer != "figures":
                assert len(features(reply)) == (2 if who == "leader" else 1)


@pytest.mark.django_db
def test_a_tag_ends_with_the_role_it_was_given_for(as_user, people, estate, elsewhere):
    FindingFactory(estate=estate)
    FindingFactory.create_batch(2, estate=EstateFactory(community=elsewhere, geom=estate.geom))
    inspector, url = as_user("inspector"), address("findings", 16, *place_of(estate))
    first = inspector.get(url)
    assert len(features(first)) == 1
    Membership.objects.filter(user=people["inspector"]).update(community=elsewhere)
    moved = again(inspector, url, first)
    assert len(features(moved)) == 2
    Membership.objects.filter(user=people["inspector"]).update(until=date(2023, 12, 31))
    assert features(again(inspector, url, moved)) == []
    people["inspector"].is_active = False
    people["inspector"].save()
    assert again(inspector, url, moved).status_code == 401


@pytest.mark.django_db
def test_who_signs_out_has_no_tiles(as_user, estate):
    inspector, url = as_user("inspector"), address("estates", 14, *place_of(estate))
    first = inspector.get(url)
    session = inspector.cookies["sessionid"].value
    inspector.logout()
    inspector.cookies["sessionid"] = session
    assert again(inspector, url, first).status_code == 401


@pytest.mark.django_db
def test_each_filter_has_its_own_tag(as_user, estate):
    leader = as_user("leader")
    queries = [
        "",
        "kind=lighting",
        "kind=fire_lane",
        "kind=fire_lane&kind=lighting",
        "severity=1",
        "severity=1&severity=2",
        "since=2024-11-01",
        "until=2024-11-01",
        f"community={estate.community_id}",
        f"estate={estate.pk}",
        f"estate={estate.pk + 1}",
    ]
    of_status = ["status=open", "status=closed"]
    tiles = address("findings", 16, *place_of(estate))
    for url, asked in ((tiles, [*queries, *of_status]), (FIGURES, queries)):
        tags = [leader.get(f"{url}?{query}")["ETag"] for query in asked]
        assert len(set(tags)) == len(asked)
    layers = ("estates", "buildings", "lanes", "roads", "findings")
    assert len({leader.get(f"/tiles/{each}/3/6/3.mvt")["ETag"] for each in layers}) == len(layers)


@pytest.mark.django_db
def test_figures_of_yesterday_are_not_todays(as_user, estate, monkeypatch):
    leader = as_user("leader")
    first = leader.get(FIGURES)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    assert again(leader, FIGURES, first).status_code == 200


WRITES: dict[str, tuple[str, Callable]] = {
    "an asset drawn": ("lights", lambda estate: AssetFactory(estate=estate)),
    "an asset moved": ("lights", lambda estate: Asset.objects.update(code="LD-9")),
    "an asset deleted": ("lights", lambda estate: Asset.objects.all().delete()),
    "an estate renamed": ("estates", lambda estate: type(estate).objects.update(name="新名")),
    "a finding": ("findings", lambda estate: FindingFactory(estate=estate)),
    "a finding closed": (
        "findings",
        lambda estate: Finding.objects.update(closed_at=timezone.now()),
    ),
    "a finding no longer in force": (
        "findings",
        lambda estate: Finding.objects.update(in_force=False),
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("written", WRITES)
def test_every_write_ends_the_tags_of_what_it_changes_and_no_others(
    as_user, estate, elsewhere, written
):
    layer, write = WRITES[written]
    AssetFactory(estate=estate)
    FindingFactory(estate=estate)
    readers = [as_user(who) for who in ("inspector", "leader", "company")]
    urls = {each: address(each, 16, *place_of(estate)) for each in ("lights", "findings", "roads")}
    urls |= {layer: address(layer, 16, *place_of(estate))}
    before = {
        (n, each): reader.get(urls[each]) for n, reader in enumerate(readers) for each in urls
    }
    elsewhere_before = as_user("inspector2").get(urls[layer])
    write(estate)
    for (n, each), first in before.items():
        changed = each == layer or (layer == "estates" and each != "roads")
        assert again(readers[n], urls[each], first).status_code == (200 if changed else 304), each
    # What is written in one community spoils nothing in another.
    assert again(as_user("inspector2"), urls[layer], elsewhere_before).status_code == 304


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_commits_late_is_not_passed_over(as_user, estate):
    """A greatest number would be: the late one has a smaller number than was already seen."""
    leader, url = as_user("leader"), address("lights", 16, *place_of(estate))
    begun, commit = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            AssetFactory(estate=estate, code="late")
            begun.set()
            commit.wait(10)
        connections.close_all()

    late = threading.Thread(target=slowly)
    late.start()
    assert begun.wait(10)
    AssetFactory(estate=estate, code="early")
    seen = leader.get(url)
    assert [each["properties"]["code"] for each in features(seen)] == ["early"]
    assert again(leader, url, seen).status_code == 304
    commit.set()
    late.join()
    codes = {each["properties"]["code"] for each in features(again(leader, url, seen))}
    assert codes == {"early", "late"}


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_neither_wait_nor_deadlock_over_counts(community, elsewhere):
    """Each writes in both communities, in opposite order, before any of them ends."""
    places = [EstateFactory(community=each) for each in (community, elsewhere)]
    published_kinds()
    meet = threading.Barrier(6, timeout=20)
    failed: list[BaseException] = []

    def write(n: int) -> None:
        try:
            with transaction.atomic():
                for place in places[:: 1 if n % 2 else -1]:
                    AssetFactory(estate=place, code=f"{n}")
                    FindingFactory(estate=place)
                    meet.wait()
        except BaseException as e:  # noqa: BLE001 what a thread raises is told below
            failed.append(e)
            meet.abort()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []
    assert Asset.objects.count() == 12
    assert WriteCount.objects.filter(group="light", community=community.pk).count() == 6


@contextmanager
def a_web_process(data: Path) -> Iterator[int]:
    """The real server, in a process of its own, as often fresh as in the office; its port."""
    data.mkdir()
    server = Server(data, threads=2, FRESH_SECONDS="0.5")
    try:
        yield server.port
    finally:
        server.stop()


@pytest.mark.django_db(transaction=True)
def test_a_write_is_seen_within_a_second_through_another_web_process(tmp_path, community, estate):
    user = UserFactory()
    MembershipFactory(user=user, role="inspector", community=community)
    ApiToken.objects.create(user=user, digest=ApiToken.digest_of("secret"))
    headers = {"Authorization": "Token secret"}

    with a_web_process(tmp_path / "here") as here, a_web_process(tmp_path / "there") as there:
        reader, writer = (HTTPConnection("127.0.0.1", port, timeout=20) for port in (there, here))

        def ask(tag: str = ""):
            url = address("findings", 16, *place_of(estate))
            reader.request("GET", url, headers=headers | {"If-None-Match": tag})
            reply = reader.getresponse()
            return reply.status, reply.headers["ETag"], reply.read()

        status, tag, body = ask()
        assert (status, body) == (200, b"")
        for n in range(3):
            assert ask(tag)[0] == 304
            writer.request(
                "PUT",
                f"/api/v1/inspections/{uuid4()}/",
                orjson.dumps(a_record(estate)),
                headers | {"Content-Type": "application/json"},
            )
            reply = writer.getresponse()
            assert reply.status == 201, reply.read()
            reply.read()
            written = time.monotonic()
            while (seen := ask(tag))[0] == 304:
                assert time.monotonic() - written < 1
            status, tag, body = seen
            assert (status, body.count(b"ZM-01")) == (200, 1)
            assert Finding.objects.count() == n + 1
