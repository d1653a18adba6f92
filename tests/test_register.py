"""The register over time: rows go out of use and back, move, become one; the history tells it."""

import uuid
from datetime import date

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection

from geo.errors import (
    AlreadyThere,
    NameTaken,
    NotTwins,
    ReasonMissing,
    RowInUse,
    RowMerged,
    RowRetired,
    SameRow,
    StillNeeded,
)
from geo.models import Asset, Building, Community, Estate, Exit, PropertyCompany
from geo.services import (
    merge_assets,
    merge_communities,
    merge_companies,
    merge_estates,
    move_estate,
    preview,
    restore,
    retire,
)
from inspections.models import Inspection
from people.models import Membership
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    CommunityFactory,
    CompanyFactory,
    EstateFactory,
    MembershipFactory,
    UserFactory,
    square,
)
from tests.records import a_record, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(people):
    return people["clerk"]


@pytest.fixture
def why(clerk):
    return {"by": clerk, "reason": "按核查结果"}


@pytest.fixture
def recorded(as_user):
    """An inspection of an asset with one finding, as a tablet sends it."""

    def record(estate, asset):
        id = uuid.uuid4()
        reply = put(as_user("admin"), a_record(estate, asset=asset.pk), id)
        assert reply.status_code == 201, reply.json()
        return Inspection.objects.get(pk=id)

    return record


def pointing_at(row):
    """What still points at a row, wherever in the house: history and the merge itself apart."""
    left = set()
    for relation in type(row)._meta.related_objects:
        if relation.name == "events" or relation.field.name in ("pgh_obj", "merged_into"):
            continue
        model, field = relation.related_model, relation.field.name
        if model.__name__.endswith("Event"):
            continue
        if model._base_manager.filter(**{field: row}).exists():
            left.add(f"{model.__name__}.{field}")
    return left


def last_told(row):
    event = row.events.order_by("-pgh_id").select_related("pgh_context").first()
    return {name: event.pgh_context.metadata.get(name) for name in ("user", "act", "reason")}


# ── out of use, and back ────────────────────────────────────────────────────────────────────────


def test_what_cannot_be_in_use_without_an_estate_goes_out_of_use_with_it(estate, why):
    building = BuildingFactory(estate=estate)
    Exit.objects.create(building=building, name="北门", geom=building.geom.point_on_surface)
    AssetFactory(estate=estate)
    AssetFactory()
    outcome = retire(row=estate, **why)
    assert +outcome.retired == {Exit: 1, Building: 1, Asset: 1}
    assert not Estate.objects.current().filter(pk=estate.pk).exists()
    assert (Building.objects.current().count(), Exit.objects.current().count()) == (0, 0)
    assert Asset.objects.current().filter(estate=estate).count() == 0
    assert Asset.objects.current().count() == 1
    assert last_told(estate) == {
        "user": why["by"].pk,
        "act": "retire",
        "reason": "按核查结果",
    }


def test_only_what_went_out_of_use_together_comes_back_together(estate, why):
    demolished, standing = BuildingFactory.create_batch(2, estate=estate)
    retire(row=demolished, **why)
    retire(row=estate, **why)
    outcome = restore(row=estate, **why)
    assert +outcome.restored == {Building: 1}
    assert list(Building.objects.current()) == [standing]
    assert restore(row=demolished, **why).row.retired_at is None


def test_a_row_is_not_retired_twice_nor_restored_while_in_use(estate, why):
    with pytest.raises(RowInUse):
        restore(row=estate, **why)
    retire(row=estate, **why)
    with pytest.raises(RowRetired):
        retire(row=estate, **why)


def test_a_building_does_not_come_back_without_its_estate(estate, why):
    building = BuildingFactory(estate=estate)
    retire(row=building, **why)
    retire(row=estate, **why)
    with pytest.raises(RowRetired, match="银星花园"):
        restore(row=building, **why)


def test_an_estate_does_not_come_back_under_a_name_that_another_bears_by_now(estate, why):
    retire(row=estate, **why)
    EstateFactory(community=estate.community, name=estate.name)
    with pytest.raises(NameTaken):
        restore(row=estate, **why)
    assert Estate.objects.get(pk=estate.pk).retired_at is not None


@pytest.mark.parametrize("what", ["community", "company"])
def test_a_community_or_company_with_estates_in_use_stays_in_use(estate, why, what):
    row = getattr(estate, what)
    with pytest.raises(StillNeeded, match="1 rows"):
        retire(row=row, **why)
    retire(row=estate, **why)
    assert retire(row=row, **why).row.retired_at is not None


def test_nothing_is_done_without_a_reason(estate, clerk):
    with pytest.raises(ReasonMissing):
        retire(row=estate, by=clerk, reason="  ")


def test_a_preview_tells_the_truth_and_changes_nothing(estate, why):
    BuildingFactory(estate=estate)
    before = estate.events.count()
    assert +preview(retire, row=estate, **why).retired == {Building: 1}
    assert Building.objects.current().count() == 1
    assert Estate.objects.get(pk=estate.pk).retired_at is None
    assert estate.events.count() == before


# ── to another community ────────────────────────────────────────────────────────────────────────


def test_an_estate_moves_with_everything_that_is_its_own(estate, elsewhere, why, recorded):
    building, asset = BuildingFactory(estate=estate), AssetFactory(estate=estate)
    street = AssetFactory(estate=None, community=estate.community, geom=asset.geom)
    inspection = recorded(estate, asset)
    outcome = move_estate(estate=estate, to=elsewhere, **why)
    counted = {model.__name__: count for model, count in outcome.moved.items()}
    assert counted == {"Building": 1, "Asset": 1, "Inspection": 1, "Finding": 1, "Case": 1}
    for row in (estate, building, asset, inspection, inspection.findings.get()):
        row.refresh_from_db()
        assert row.community_id == elsewhere.pk
    street.refresh_from_db()
    assert street.community_id != elsewhere.pk
    assert last_told(building)["act"] == "move"
    communities = [event.community_id for event in estate.events.order_by("pgh_id")]
    assert communities[-1] == elsewhere.pk
    assert len(set(communities)) == 2


def test_people_of_the_new_community_see_a_moved_estate_and_its_past(
    estate, elsewhere, why, people, recorded
):
    recorded(estate, AssetFactory(estate=estate))
    move_estate(estate=estate, to=elsewhere, **why)
    seen = {
        name: (
            Estate.objects.visible_to(people[name]).count(),
            estate.inspections.visible_to(people[name]).count(),
        )
        for name in ("inspector", "inspector2")
    }
    assert seen == {"inspector": (0, 0), "inspector2": (1, 1)}


def test_an_estate_is_not_moved_onto_a_namesake_or_to_where_it_is(estate, elsewhere, why):
    with pytest.raises(AlreadyThere):
        move_estate(estate=estate, to=estate.community, **why)
    EstateFactory(community=elsewhere, name=estate.name)
    with pytest.raises(NameTaken):
        move_estate(estate=estate, to=elsewhere, **why)


def test_an_estate_is_not_moved_to_a_community_out_of_use(estate, why):
    gone = CommunityFactory()
    retire(row=gone, **why)
    with pytest.raises(RowRetired):
        move_estate(estate=estate, to=gone, **why)


# ── twins become one ────────────────────────────────────────────────────────────────────────────


def test_nothing_in_the_house_points_at_a_merged_estate_any_more(estate, why, recorded):
    twin = EstateFactory(community=estate.community, households=320, code="QY-7")
    asset = AssetFactory(estate=twin, code="LD-1")
    BuildingFactory(estate=twin, number="9栋")
    inspection = recorded(twin, asset)
    outcome = merge_estates(kept=estate, twin=twin, **why)
    assert pointing_at(twin) == set()
    inspection.refresh_from_db()
    assert inspection.estate == estate
    assert inspection.content["estate"] == twin.pk, "what was sent stays what it was"
    counted = {model.__name__: count for model, count in outcome.moved.items()}
    assert counted == {"Building": 1, "Asset": 1, "Inspection": 1, "Finding": 1, "Case": 1}
    twin.refresh_from_db()
    assert (twin.merged_into, twin.retired_at is None) == (estate, False)


def test_a_merge_across_communities_takes_the_records_along(estate, elsewhere, why, recorded):
    twin = EstateFactory(community=elsewhere)
    inspection = recorded(twin, AssetFactory(estate=twin))
    merge_estates(kept=estate, twin=twin, **why)
    inspection.refresh_from_db()
    assert inspection.community_id == estate.community_id
    assert inspection.findings.get().community_id == estate.community_id


def test_what_both_have_by_one_number_or_code_is_merged_with_them(estate, why, recorded):
    twin = EstateFactory(community=estate.community)
    kept_building = BuildingFactory(estate=estate, number="14栋", floors=None)
    twin_building = BuildingFactory(estate=twin, number="14栋", floors=11)
    door = Exit.objects.create(building=twin_building, geom=twin_building.geom.point_on_surface)
    kept_light = AssetFactory(estate=estate, code="LD-023")
    twin_light = AssetFactory(estate=twin, code="LD-023")
    inspection = recorded(twin, twin_light)
    outcome = merge_estates(kept=estate, twin=twin, **why)
    assert outcome.merged == {Building: 1, Asset: 1}
    for row in (door, kept_building, twin_light, inspection):
        row.refresh_from_db()
    assert (door.building, kept_building.floors) == (kept_building, 11)
    assert (twin_light.merged_into, inspection.asset) == (kept_light, kept_light)
    assert list(Building.objects.current()) == [kept_building]
    assert list(Asset.objects.current()) == [kept_light]


def test_the_kept_row_takes_over_only_what_it_does_not_say(estate, why):
    estate.households = 500
    estate.save()
    other = CompanyFactory()
    twin = EstateFactory(
        community=estate.community,
        code="QY-7",
        households=320,
        ebikes=90,
        target_year=2024,
        company=other,
        has_company=True,
    )
    outcome = merge_estates(kept=estate, twin=twin, **why)
    estate.refresh_from_db()
    twin.refresh_from_db()
    assert (estate.code, twin.code) == ("QY-7", None)
    assert (estate.households, estate.ebikes, estate.target_year) == (500, 90, 2024)
    assert estate.company != other
    assert sorted(outcome.filled) == ["code", "ebikes", "target_year"]


def test_an_estate_known_to_have_no_company_gets_none_from_its_twin(community, why):
    kept = EstateFactory(community=community, has_company=False)
    twin = EstateFactory(community=community, company=CompanyFactory(), has_company=True)
    merge_estates(kept=kept, twin=twin, **why)
    kept.refresh_from_db()
    assert (kept.company, kept.has_company) == (None, False)


def test_a_chain_of_merges_ends_at_the_last(estate, community, why):
    first, second = EstateFactory.create_batch(2, community=community)
    merge_estates(kept=second, twin=first, **why)
    merge_estates(kept=estate, twin=second, **why)
    first.refresh_from_db()
    assert first.merged_into == estate


def test_a_merged_row_does_not_come_back_by_itself(estate, community, why):
    twin = EstateFactory(community=community)
    merge_estates(kept=estate, twin=twin, **why)
    with pytest.raises(RowMerged, match="银星花园"):
        restore(row=twin, **why)


def test_a_row_is_not_its_own_twin_and_a_retired_one_is_nobodys(estate, community, why):
    with pytest.raises(SameRow):
        merge_estates(kept=estate, twin=estate, **why)
    gone = EstateFactory(community=community)
    retire(row=gone, **why)
    for kept, twin in ((estate, gone), (gone, estate)):
        with pytest.raises(RowRetired):
            merge_estates(kept=kept, twin=twin, **why)


def test_records_of_a_twin_light_are_the_kept_lights(estate, why, recorded):
    kept, twin = AssetFactory.create_batch(2, estate=estate)
    inspection = recorded(estate, twin)
    outcome = merge_assets(kept=kept, twin=twin, **why)
    inspection.refresh_from_db()
    assert (inspection.asset, inspection.findings.get().asset) == (kept, kept)
    assert {model.__name__: n for model, n in outcome.moved.items()} == {
        "Inspection": 1,
        "Finding": 1,
        "Case": 1,
    }
    assert pointing_at(twin) == set()


@pytest.mark.parametrize("other", ["type", "estate"])
def test_only_things_of_one_type_and_estate_are_twins(estate, why, other):
    kept = AssetFactory(estate=estate)
    twin = (
        AssetFactory(estate=estate, type="hydrant")
        if other == "type"
        else AssetFactory(estate=EstateFactory(community=estate.community))
    )
    with pytest.raises(NotTwins):
        merge_assets(kept=kept, twin=twin, **why)


def test_estates_and_people_of_a_twin_company_are_the_kept_companys(estate, why, people):
    twin = CompanyFactory(credit_code="91350582MA2XYQ1J6B", phone="0595-1")
    theirs = EstateFactory(company=twin, has_company=True)
    guard = MembershipFactory(role="company", company=twin)
    both = MembershipFactory(
        user=people["company"], role="company", company=twin, until=date(2024, 5, 1)
    )
    merge_companies(kept=estate.company, twin=twin, **why)
    kept = PropertyCompany.objects.get(pk=estate.company_id)
    twin.refresh_from_db()
    theirs.refresh_from_db()
    guard.refresh_from_db()
    assert pointing_at(twin) == set()
    assert (theirs.company, guard.company, twin.retired_at is None) == (kept, kept, False)
    assert (kept.credit_code, kept.phone, twin.credit_code) == (
        "91350582MA2XYQ1J6B",
        "0595-1",
        "",
    )
    assert not Membership.objects.filter(pk=both.pk).exists(), "two of one kind became one"
    assert people["company"].memberships.get().until is None, "the later end counts"


def test_two_communities_become_one_with_their_ground_their_estates_and_their_people(why):
    kept = CommunityFactory(geom=square(118.54, 24.77, 0.02))
    twin = CommunityFactory(geom=square(118.56, 24.77, 0.02), name_en="Twin")
    moved = EstateFactory(community=twin)
    building = BuildingFactory(estate=moved)
    street = AssetFactory(estate=None, community=twin, geom=moved.geom.point_on_surface)
    officer = MembershipFactory(user=UserFactory(), role="officer", community=twin)
    merge_communities(kept=kept, twin=twin, **why)
    for row in (kept, moved, building, street, officer):
        row.refresh_from_db()
    assert {moved.community, building.community, street.community, officer.community} == {kept}
    assert pointing_at(twin) == set()
    west, south, east, north = kept.geom.extent
    assert (west, south, east, north) == pytest.approx((118.54, 24.77, 118.58, 24.79))
    assert kept.name_en == "Twin"
    assert moved.geom.within(kept.geom)


def test_estates_of_one_name_are_merged_before_their_communities(community, elsewhere, estate, why):
    EstateFactory(community=elsewhere, name=estate.name)
    with pytest.raises(NameTaken, match="银星花园"):
        merge_communities(kept=community, twin=elsewhere, **why)
    assert Community.objects.current().count() == 2


# ── what the database keeps by itself ───────────────────────────────────────────────────────────


def test_a_change_by_bare_sql_is_in_the_history_too(estate):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE geo_estate SET households = 7 WHERE id = %s", [estate.pk])
    event = estate.events.order_by("-pgh_id").first()
    assert (event.households, event.pgh_context) == (7, None)


def test_a_boundary_keeps_its_holes_through_history(community):
    outer = ((118.54, 24.77), (118.56, 24.77), (118.56, 24.79), (118.54, 24.79), (118.54, 24.77))
    inner = ((118.545, 24.775), (118.55, 24.775), (118.55, 24.78), (118.545, 24.775))
    community.geom = MultiPolygon(Polygon(outer, inner), srid=4326)
    community.save()
    assert community.events.order_by("-pgh_id").first().geom.equals_exact(community.geom)
