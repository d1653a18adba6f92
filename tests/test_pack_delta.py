"""What changed since a tablet was here: nothing is missed, and what is gone is told as gone."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.contrib.gis.geos import Point
from django.db import connection, connections, transaction
from django.utils import timezone

from geo.models import Asset, Building, Change, Community, Estate, Exit
from geo.services import (
    forget_changes,
    merge_assets,
    merge_communities,
    merge_estates,
    move_estate,
    restore,
    retire,
)
from inspections.api.pack import changed
from inspections.api.pack.snapshot import Cursor
from inspections.models import Finding, Inspection, Photo
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    CommunityFactory,
    CompanyFactory,
    EstateFactory,
    FindingFactory,
    MembershipFactory,
    UserFactory,
)
from tests.packs import Tablet, names
from tests.records import a_record, put
from tests.test_pack import a_round, shown

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path) -> None:
    """And nothing is known of the test before, whose tables were emptied."""
    settings.DATA_DIR = tmp_path
    Change.objects.all().delete()


@pytest.fixture
def tablet(as_user, community, estate) -> Tablet:
    """Of the community's inspector, who has taken the pack once."""
    tablet = Tablet(as_user("inspector"), community.pk)
    tablet.take()
    return tablet


def delta(tablet: Tablet) -> set[str]:
    """What was told of, where not all was told anew."""
    manifest = tablet.take()
    assert manifest["full"] is False
    return set(names(manifest))


def same_as_anew(tablet: Tablet) -> None:
    """What it holds is what a new one would take."""
    new = Tablet(tablet.client, *tablet.communities)
    new.take()
    held = {name: rows for name, rows in tablet.held.items() if rows}
    assert held == {name: rows for name, rows in new.held.items() if rows}
    assert tablet.calendar == new.calendar


def test_where_nothing_changed_nothing_is_fetched(tablet):
    manifest = tablet.take()
    assert manifest["full"] is False
    assert (manifest["bytes"], manifest["packed"]) == (0, 0)


def meanwhile(act: Callable[[], object]) -> tuple[threading.Thread, threading.Event]:
    """`act` in a transaction of another connection, which commits when the event is set."""
    begun, commit, wrong = threading.Event(), threading.Event(), []

    def slowly() -> None:
        try:
            with transaction.atomic():
                act()
                begun.set()
                assert commit.wait(20)
        except BaseException as e:  # noqa: BLE001 told below
            wrong.append(e)
            begun.set()
        finally:
            connections.close_all()

    late = threading.Thread(target=slowly)
    late.start()
    assert begun.wait(20)
    assert not wrong
    return late, commit


def test_what_was_written_before_and_committed_after_is_told_the_next_time(
    as_user, tablet, estate, people
):
    def write() -> None:
        AssetFactory(estate=estate, code="LD-777")
        Estate.objects.filter(pk=estate.pk).update(households=777)
        FindingFactory(estate=estate, inspection__inspector=people["inspector"])

    late, commit = meanwhile(write)
    # Others write and commit, so that a greatest number would pass over what is still to come.
    EstateFactory(community=estate.community, name="先到小区")
    delta(tablet)
    assert len(tablet.ids("estates")) == 2
    assert not tablet.ids("assets") | tablet.ids("findings")
    delta(tablet)
    commit.set()
    late.join(20)
    assert not late.is_alive()
    assert delta(tablet) == {"estates", "assets", "findings", "looked"}
    assert tablet.held["estates"][estate.pk]["properties"]["households"] == 777
    assert [each["properties"]["code"] for each in tablet.held["assets"].values()] == ["LD-777"]
    assert len(tablet.ids("findings")) == 1
    same_as_anew(tablet)


def test_rows_of_one_pack_are_of_one_moment(as_user, community, estate, monkeypatch):
    """An estate and its asset come in between the reading of estates and that of assets."""
    from inspections.api.pack import parts

    tablet, between = Tablet(as_user("inspector"), community.pk), []
    rows_of = parts._rows

    def reading(layer, *rest):
        if layer.name == "assets" and not between:
            late, commit = meanwhile(
                lambda: AssetFactory(estate=EstateFactory(community=community))
            )
            commit.set()
            late.join(20)
            between.append(True)
        return rows_of(layer, *rest)

    monkeypatch.setattr(parts, "_rows", reading)
    tablet.take()
    assert (tablet.ids("estates"), tablet.ids("assets")) == ({estate.pk}, set())
    tablet.take()
    assert (len(tablet.ids("estates")), len(tablet.ids("assets"))) == (2, 1)


def test_what_is_retired_or_deleted_is_gone(as_user, people, tablet, community, estate):
    building = BuildingFactory(estate=estate, height_m=60)
    door = Exit.objects.create(building=building, geom=Point(118.5, 24.8, srid=4326))
    lamp, other = AssetFactory(estate=estate), AssetFactory(estate=estate)
    tablet.take()
    assert tablet.held["estates"][estate.pk]["properties"]["tallest_m"] == 60
    assert (tablet.ids("buildings"), tablet.ids("exits")) == ({building.pk}, {door.pk})
    retire(row=lamp, by=people["clerk"], reason="拆除")
    retire(row=building, by=people["clerk"], reason="拆除")
    other.delete()
    assert delta(tablet) == {"estates", "buildings", "exits", "assets"}
    assert not tablet.ids("buildings") | tablet.ids("exits") | tablet.ids("assets")
    # An estate tells its highest building.
    assert tablet.held["estates"][estate.pk]["properties"]["tallest_m"] is None
    restore(row=building, by=people["clerk"], reason="还在")
    delta(tablet)
    assert (tablet.ids("buildings"), tablet.ids("exits")) == ({building.pk}, {door.pk})
    same_as_anew(tablet)


def test_an_estate_that_moved_is_gone_here_and_there_with_all_that_is_its_own(
    as_user, people, tablet, community, elsewhere, estate
):
    building = BuildingFactory(estate=estate)
    Exit.objects.create(building=building, geom=Point(118.5, 24.8, srid=4326))
    AssetFactory(estate=estate)
    FindingFactory(estate=estate)
    tablet.take()
    there = Tablet(as_user("inspector2"), elsewhere.pk)
    there.take()
    move_estate(estate=estate, to=elsewhere, by=people["clerk"], reason="划界")
    told = {"estates", "buildings", "exits", "assets", "findings", "looked"}
    assert delta(tablet) == told
    for name in told:
        assert tablet.ids(name) == set(), name
    assert delta(there) == told
    for name in told:
        assert len(there.ids(name)) == 1, name
    same_as_anew(tablet)
    same_as_anew(there)


def test_twins_that_become_one_leave_nothing_behind(people, tablet, community, elsewhere, estate):
    twin = EstateFactory(community=elsewhere)
    here = EstateFactory(community=community)
    for each in (twin, here):
        AssetFactory(estate=each)
        FindingFactory(estate=each)
    there = Tablet(tablet.client, community.pk)
    there.take()
    tablet.take()
    merge_estates(kept=twin, twin=here, by=people["clerk"], reason="同一小区")
    delta(tablet)
    assert tablet.ids("estates") == {estate.pk}
    assert not tablet.ids("findings") | tablet.ids("assets")
    merge_estates(kept=estate, twin=twin, by=people["clerk"], reason="同一小区")
    delta(tablet)
    assert len(tablet.ids("findings")) == len(tablet.ids("assets")) == 2
    same_as_anew(tablet)


def test_a_closed_finding_is_gone_and_one_that_counts_again_is_back(tablet, estate):
    finding = FindingFactory(estate=estate)
    delta(tablet)
    assert tablet.ids("findings") == {str(finding.pk)}
    finding.closed_at = timezone.now()
    finding.save()
    assert delta(tablet) == {"findings"}
    assert tablet.ids("findings") == set()
    finding.closed_at = None
    finding.save()
    delta(tablet)
    assert tablet.ids("findings") == {str(finding.pk)}
    Finding.objects.filter(pk=finding.pk).update(in_force=False)
    delta(tablet)
    assert tablet.ids("findings") == set()


def test_a_finding_is_told_anew_when_it_is_seen_again_and_when_its_photo_is_ready(
    tablet, estate, people
):
    finding = FindingFactory(estate=estate)
    photo = shown(finding, "ZM-01", None)
    delta(tablet)

    def told() -> tuple[int, int]:
        (row,) = tablet.held["findings"].values()
        return len(row["properties"]["photos"]), row["properties"]["sightings"]

    assert told() == (0, 0)
    Photo.objects.filter(pk=photo.pk).update(small_bytes=4000, made_at=timezone.now())
    assert delta(tablet) == {"findings"}
    assert told() == (1, 0)
    at = "2024-12-05T09:30:00+08:00"
    FindingFactory(estate=estate, recorded_at=at, same_as=finding.pk, in_force=False)
    assert "findings" in delta(tablet)
    assert told() == (1, 1)
    same_as_anew(tablet)


def test_names_are_told_anew_wherever_they_stand(people, tablet, community, estate):
    FindingFactory(estate=estate)
    tablet.take()
    estate.company.name = "改名物业"
    estate.company.save()
    assert delta(tablet) == {"estates"}
    community.name = "改名社区"
    community.save()
    assert delta(tablet) == {"communities", "estates"}
    estate.name = "改名小区"
    estate.save()
    assert delta(tablet) == {"estates", "findings"}
    told = tablet.held["estates"][estate.pk]["properties"]
    assert (told["name"], told["community_name"], told["company_name"]) == (
        "改名小区",
        "改名社区",
        "改名物业",
    )
    same_as_anew(tablet)


def test_a_company_that_is_given_an_estate_is_told_of_all_in_it(as_user, people, community, estate):
    other = EstateFactory(community=community)
    BuildingFactory(estate=other)
    AssetFactory(estate=other)
    FindingFactory(estate=other)
    tablet = Tablet(as_user("company"), community.pk)
    tablet.take()
    assert tablet.ids("estates") == {estate.pk}
    Estate.objects.filter(pk=other.pk).update(company=estate.company, has_company=True)
    delta(tablet)
    assert tablet.ids("estates") == {estate.pk, other.pk}
    assert len(tablet.ids("buildings") | tablet.ids("assets")) == 2
    assert len(tablet.ids("findings")) == 1
    Estate.objects.filter(pk=other.pk).update(company=None)
    delta(tablet)
    assert tablet.ids("estates") == {estate.pk}
    assert not tablet.ids("buildings") | tablet.ids("assets") | tablet.ids("findings")
    same_as_anew(tablet)


def test_an_inspection_is_seen_in_what_was_looked_at_and_in_the_round(tablet, people, estate):
    a_round(people["inspector"], estate)
    assert delta(tablet) == {"rounds"}
    now = timezone.localtime().isoformat()
    put(tablet.client, a_record(estate, recorded_at=now))
    assert delta(tablet) == {"findings", "rechecks", "looked", "rounds"}
    (round_,) = tablet.held["rounds"].values()
    assert [each["estate"] for each in round_["done"]] == [estate.pk]
    same_as_anew(tablet)


def test_other_rights_or_other_communities_begin_anew(as_user, people, tablet, elsewhere, estate):
    MembershipFactory(user=people["inspector"], role="inspector", community=elsewhere)
    other = EstateFactory(community=elsewhere)
    tablet.client = as_user("inspector")
    assert tablet.take()["full"] is True
    tablet.communities = (*tablet.communities, elsewhere.pk)
    assert tablet.take()["full"] is True
    assert tablet.ids("estates") == {estate.pk, other.pk}
    people["inspector"].memberships.filter(community=estate.community).delete()
    tablet.client = as_user("inspector")
    assert tablet.ask().json()["details"] == {"communities": [estate.community_id]}
    tablet.communities = (elsewhere.pk,)
    assert tablet.take()["full"] is True
    assert tablet.ids("estates") == {other.pk}


def test_a_cursor_is_for_whom_it_was_told(as_user, people, tablet, community):
    colleague = UserFactory(username="colleague")
    MembershipFactory(user=colleague, role="inspector", community=community)
    people["colleague"] = colleague
    other = Tablet(as_user("colleague"), community.pk)
    other.cursor = tablet.cursor
    assert other.take()["full"] is True


@pytest.mark.parametrize("cursor", ["1", "x" * 5000, "1.2.3", "１.a.b"])
def test_an_unknown_cursor_begins_anew(tablet, cursor):
    tablet.cursor = cursor
    assert tablet.take()["full"] is True


def test_a_cursor_too_old_begins_anew(tablet, estate):
    cursor = Cursor.read(tablet.cursor)
    for days, full in ((59, False), (61, True)):
        tablet.cursor = str(replace(cursor, at=cursor.at - days * 24 * 3600))
        assert tablet.take()["full"] is full, days


def test_a_cursor_of_another_database_begins_anew(tablet):
    cursor = Cursor.read(tablet.cursor)
    tablet.cursor = str(replace(cursor, database=cursor.database[::-1]))
    assert tablet.take()["full"] is True


def test_a_cursor_that_somebody_made_up_begins_anew(tablet):
    told, _, seal = tablet.cursor.rpartition(".")
    tablet.cursor = f"{told.replace(':', ':1', 1)}.{seal}"
    assert tablet.take()["full"] is True


def test_a_restored_backup_begins_anew(tablet):
    """Into the same database: its tables are made anew, its numbers of transactions go on."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE anew (LIKE geo_change INCLUDING ALL)")
        cursor.execute("ALTER TABLE geo_change RENAME TO before")
        cursor.execute("ALTER TABLE anew RENAME TO geo_change")
    try:
        assert tablet.take()["full"] is True
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE geo_change")
            cursor.execute("ALTER TABLE before RENAME TO geo_change")


def test_what_a_backup_brought_along_from_a_larger_number_is_not_told_each_time(tablet, estate):
    FindingFactory(estate=estate)
    delta(tablet)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE inspections_finding SET xact = 10::bigint ^ 15")
        cursor.execute("UPDATE geo_change SET xact = 10::bigint ^ 15")
        cursor.execute("SET session_replication_role = origin")
    assert delta(tablet) == set()


def test_tables_emptied_begin_anew(tablet, estate):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE geo_exit")
    assert tablet.take()["full"] is True
    assert delta(tablet) == set()


def test_what_was_written_over_and_over_hides_nothing_else(tablet, estate):
    """As by imports of the same file, night after night."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO geo_change (layer, key, community, whole, xact, at)"
            " SELECT 'estates', %s, %s, false, pg_current_xact_id()::text::bigint, now()"
            " FROM generate_series(0, %s)",
            [str(estate.pk), estate.community_id, changed.MOST],
        )
    other = EstateFactory(community=estate.community)
    assert delta(tablet) == {"estates"}
    assert tablet.ids("estates") == {estate.pk, other.pk}


def test_changes_are_kept_for_sixty_days(tablet, estate):
    assert Change.objects.exists()
    Change.objects.update(at=timezone.now() - timedelta(days=60, hours=12))
    assert forget_changes() == 0
    Change.objects.update(at=timezone.now() - timedelta(days=62))
    EstateFactory(community=estate.community)
    assert forget_changes() > 0
    assert {each.layer for each in Change.objects.all()} == {"estates"}


def test_what_did_not_change_is_not_told(tablet, estate):
    AssetFactory(estate=estate)
    before = Change.objects.count()
    estate.save()
    Asset.objects.update(name="")
    assert Change.objects.count() == before


def test_a_fetch_that_was_cut_goes_on_where_it_was(as_user, community, estate):
    """Part by part: what was fetched stays good although others wrote meanwhile."""
    AssetFactory(estate=estate)
    tablet = Tablet(as_user("inspector"), community.pk)
    manifest = tablet.ask().json()
    half = len(manifest["parts"]) // 2
    for part in manifest["parts"][:half]:
        tablet.put(part["name"], tablet.fetch(part))
    Asset.objects.update(name="改了")
    for part in manifest["parts"][half:]:
        tablet.put(part["name"], tablet.fetch(part))
    tablet.cursor = manifest["cursor"]
    assert delta(tablet) == {"assets"}
    same_as_anew(tablet)


class Clerk:
    """Writes to the register and the record at random."""

    def __init__(self, seed: int, by) -> None:
        self.dice, self.by = Random(seed), by

    def one(self, rows):
        rows = list(rows.order_by("pk"))
        return self.dice.choice(rows) if rows else None

    def act(self) -> None:
        acts = [getattr(self, name) for name in dir(self) if name.startswith("do_")]
        self.dice.choice(acts)()

    def estate(self) -> Estate:
        return self.one(Estate.objects.current())

    def do_edit(self) -> None:
        Estate.objects.filter(pk=self.estate().pk).update(households=self.dice.randrange(10**6))

    def do_rename(self) -> None:
        Estate.objects.filter(pk=self.estate().pk).update(name=f"小区{self.dice.random()}")

    def do_rename_community(self) -> None:
        one = self.one(Community.objects.current())
        Community.objects.filter(pk=one.pk).update(name=f"社区{self.dice.random()}")

    def do_move(self) -> None:
        estate = self.estate()
        to = self.one(Community.objects.current().exclude(pk=estate.community_id))
        move_estate(estate=estate, to=to, by=self.by, reason="划界")

    def do_company(self) -> None:
        other = self.dice.choice([None, CompanyFactory(), *Estate.objects.order_by("pk")[:1]])
        company = other.company if isinstance(other, Estate) else other
        Estate.objects.filter(pk=self.estate().pk).update(
            company=company, has_company=True if company else None
        )

    def do_build(self) -> None:
        building = BuildingFactory(estate=self.estate(), height_m=self.dice.randrange(5, 99))
        Exit.objects.create(building=building, geom=Point(118.5, 24.8, srid=4326))

    def do_open_estate(self) -> None:
        EstateFactory(community=self.one(Community.objects.current()))

    def do_asset(self) -> None:
        AssetFactory(estate=self.estate())

    def do_delete_exit(self) -> None:
        if one := self.one(Exit.objects.all()):
            one.delete()

    def do_retire(self) -> None:
        model = self.dice.choice([Building, Asset, Exit])
        if one := self.one(model.objects.current()):
            retire(row=one, by=self.by, reason="拆除")

    def do_retire_estate(self) -> None:
        if Estate.objects.current().count() > 3:
            retire(row=self.estate(), by=self.by, reason="拆迁")

    def do_restore(self) -> None:
        gone = Building.objects.filter(retired_at__isnull=False, estate__retired_at=None)
        if one := self.one(gone):
            restore(row=one, by=self.by, reason="还在")

    def do_merge(self) -> None:
        if Estate.objects.current().count() > 3:
            kept = self.estate()
            twin = self.one(Estate.objects.current().exclude(pk=kept.pk))
            merge_estates(kept=kept, twin=twin, by=self.by, reason="同一小区")

    def do_merge_assets(self) -> None:
        estate = self.estate()
        pair = list(estate.assets.current().order_by("pk")[:2])
        if len(pair) == 2:
            merge_assets(kept=pair[0], twin=pair[1], by=self.by, reason="同一盏灯")

    def do_find(self) -> None:
        FindingFactory(estate=self.estate(), inspection__inspector=self.by)

    def do_find_again(self) -> None:
        if one := self.one(Finding.objects.in_force().open()):
            FindingFactory(
                estate=one.estate,
                recorded_at=timezone.now(),
                same_as=one.pk,
                in_force=False,
                inspection__inspector=self.by,
            )

    def do_close(self) -> None:
        if one := self.one(Finding.objects.in_force().open()):
            Finding.objects.filter(pk=one.pk).update(closed_at=timezone.now())

    def do_correct(self) -> None:
        if one := self.one(Inspection.objects.in_force()):
            Inspection.objects.filter(pk=one.pk).update(in_force=False)
            Finding.objects.filter(inspection=one).update(in_force=False)

    def do_photograph(self) -> None:
        if one := self.one(Finding.objects.in_force().open()):
            shown(one, self.dice.choice(["", one.item]), self.dice.randrange(100, 9000))


@pytest.mark.parametrize("seed", range(2))
def test_change_by_change_a_tablet_comes_to_hold_what_a_new_one_takes(
    as_user, people, community, elsewhere, estate, seed
):
    for each in (community, elsewhere, CommunityFactory()):
        AssetFactory(estate=EstateFactory(community=each))
    tablets = [
        Tablet(as_user("inspector"), community.pk),
        Tablet(as_user("leader"), community.pk, elsewhere.pk),
        Tablet(as_user("leader")),
        Tablet(as_user("company"), community.pk),
    ]
    # A company's people see the communities that its estates stand in.
    EstateFactory(community=community, company=estate.company, has_company=True)
    for tablet in tablets:
        tablet.take()
    clerk = Clerk(seed, people["clerk"])
    fulls = 0
    for _ in range(8):
        for _ in range(clerk.dice.randrange(1, 6)):
            clerk.act()
        for tablet in tablets:
            if tablet.ask().status_code == 404:
                continue
            fulls += tablet.take()["full"]
            same_as_anew(tablet)
    assert fulls == 0


def test_two_communities_that_become_one(as_user, people, tablet, community, elsewhere, estate):
    merge_communities(kept=elsewhere, twin=community, by=people["clerk"], reason="合并")
    tablet.client = as_user("inspector")
    assert tablet.ask().status_code == 404
    tablet.communities = (elsewhere.pk,)
    assert tablet.take()["full"] is True
    assert tablet.ids("estates") == {estate.pk}
