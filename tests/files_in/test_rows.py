"""Which row of a file is which place, what its shape becomes, and what is said of it."""

import io
import json

import openpyxl
import pytest
import shapely
from django.core.management import call_command
from shapely import affinity
from shapely.geometry import LineString, Point, box

from geo import datum
from geo.models import Asset, Community, Estate, Exit, PropertyCompany, Road
from tests.factories import AssetFactory, BuildingFactory, CommunityFactory, EstateFactory, square
from tests.files_in.written import (
    ground,
    lamps,
    moved,
    same,
    write_csv,
    write_geojson,
    write_vector,
)

pytestmark = pytest.mark.django_db

# ── shapes ──────────────────────────────────────────────────────────────────────────────────────


def test_a_bow_tie_is_repaired_and_said(tmp_path, community, load):
    west, south = community.geom.extent[:2]
    corners = [(0.004, 0.004), (0.006, 0.006), (0.006, 0.004), (0.004, 0.006)]
    ring = [(west + x, south + y) for x, y in (*corners, corners[0])]
    path = write_geojson(
        tmp_path / "a.geojson", [(shapely.Polygon(ring), {"name": "甲", "community": "陈村"})]
    )
    _out, err = load(path, "estates")
    assert "line 1: A ring that crosses itself was repaired: " in err
    geom = Estate.objects.get().geom
    assert (geom.valid, len(geom)) == (True, 2)


def test_an_open_ring_is_closed_and_said(tmp_path, community, load):
    shape = ground(community)
    path = tmp_path / "a.geojson"
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [list(shape.exterior.coords)[:-1]]},
        "properties": {"name": "甲", "community": "陈村"},
    }
    path.write_text(json.dumps(feature))
    _out, err = load(path, "estates")
    assert "line 1: An open ring was closed." in err
    assert same(Estate.objects.get().geom, shape)


def test_shapes_of_the_wrong_type_are_named(tmp_path, community, refused):
    path = write_geojson(
        tmp_path / "a.geojson",
        [
            (Point(118.545, 24.775), {"community": "陈村"}),
            (LineString([(118.545, 24.775), (118.546, 24.775)]), {"community": "陈村"}),
            (shapely.GeometryCollection(), {"community": "陈村"}),
            (None, {"community": "陈村"}),
        ],
    )
    assert refused(path, "lanes").splitlines()[1:] == [
        "line 1: the layer needs line, not point.",
        "line 3: the shape is empty.",
        "line 4: It lacks a shape.",
    ]


def test_an_estate_known_by_a_point_gets_a_square_until_someone_draws_it(tmp_path, community, load):
    place = ground(community).centroid
    rows = [["小区名称", "社区", "lon_wgs84", "lat_wgs84"], ["甲", "陈村", place.x, place.y]]
    _out, err = load(write_csv(tmp_path / "a.csv", rows), "estates")
    assert "1 places have only a point" in err
    estate = Estate.objects.get()
    assert estate.unconfirmed
    assert same(estate.geom.centroid, place)
    drawn = ground(community)
    load(
        write_geojson(tmp_path / "a.geojson", [(drawn, {"name": "甲", "community": "陈村"})]),
        "estates",
    )
    estate.refresh_from_db()
    assert (estate.unconfirmed, same(estate.geom, drawn)) == (False, True)
    load(tmp_path / "a.csv", "estates")
    estate.refresh_from_db()
    assert (estate.unconfirmed, same(estate.geom, drawn)) == (False, True)


# ── which row is which ──────────────────────────────────────────────────────────────────────────


def test_a_moved_twin_is_found_by_its_name_within_its_community(
    tmp_path, community, elsewhere, load
):
    here = EstateFactory(community=community, name="阳光花园(一期)", households=100)
    there = EstateFactory(community=elsewhere, name="阳光花园(一期)", households=200)
    shape = ground(community, east=0.012, north=0.012)
    path = write_geojson(
        tmp_path / "a.geojson",
        [(shape, {"name": "阳光花园（一期） ", "community": community.code, "households": 120})],
    )
    assert load(path, "estates")[0] == "estates: 0 added, 1 changed, 0 as they were.\n"
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.households, there.households) == (120, 200)
    assert same(here.geom, shape)


def test_an_estate_whose_community_is_not_said_is_the_one_of_its_name_nearby(
    tmp_path, community, elsewhere, load, refused
):
    west, south = community.geom.extent[:2]
    here = EstateFactory(community=community, name="甲", geom=square(west + 0.018, south + 0.01))
    shape = shapely.from_wkb(bytes(here.geom.wkb))
    over = affinity.translate(shape, 0.0021)
    path = write_geojson(tmp_path / "a.geojson", [(over, {"name": "甲"})])
    load(path, "estates")
    here.refresh_from_db()
    assert (here.community, same(here.geom, over)) == (community, True)
    # As a shifted file would have it: refused, and not taken for a new estate next door.
    path = write_geojson(tmp_path / "b.geojson", [(moved(over, "gcj02"), {"name": "甲"})])
    assert "taken as WGS-84" in refused(path, "estates")
    far = affinity.translate(shape, 0.018)
    load(write_geojson(tmp_path / "c.geojson", [(far, {"name": "甲"})]), "estates")
    assert Estate.objects.values_list("name", "community").order_by("pk").last() == (
        "甲",
        elsewhere.pk,
    )


def test_a_code_goes_before_a_name(tmp_path, community, load):
    estate = EstateFactory(community=community, code="QY-001", name="旧名")
    path = write_csv(tmp_path / "a.csv", [["编码", "小区名称", "社区"], ["qy-001", "新名", "陈村"]])
    load(path, "estates")
    estate.refresh_from_db()
    assert (estate.name, Estate.objects.count()) == ("新名", 1)


def test_two_places_that_would_share_a_name_or_code_are_named(tmp_path, community, refused):
    EstateFactory(community=community, code="QY-001", name="甲")
    EstateFactory(community=community, code="QY-009", name="乙", retired_at="2024-01-01T00:00Z")
    path = write_csv(
        tmp_path / "a.csv",
        [
            ["编码", "小区名称", "社区"],
            ["QY-002", "甲", "陈村"],
            ["QY-003", "丙", "陈村"],
            ["QY-003", "丁", "陈村"],
            ["QY-009", "戊", "陈村"],
            ["", "庚", "陈村"],
            ["", "庚", "陈村"],
            ["QY-010", "辛", "陈村"],
            ["", "辛", "陈村"],
        ],
    )
    assert refused(path, "estates").splitlines()[1:] == [
        "line 2: “甲” is already there (the register).",
        "line 4: “QY-003” is already there (line 3).",
        "line 5: “QY-009” is already there (out of use).",
        "line 7: “庚” is already there (line 6).",
        "line 9: “辛” is already there (line 8).",
    ]


def test_two_lamps_of_an_estate_cannot_share_a_number(tmp_path, community, refused):
    EstateFactory(community=community, name="银星花园")
    rows = [["编号", "小区", "lon", "lat"]]
    rows += [["LD-1", "银星花园", 118.5421 + n / 10_000, 24.7725] for n in range(2)]
    assert refused(write_csv(tmp_path / "a.csv", rows), "lights", "--datum", "wgs84").endswith(
        "line 3: “LD-1” is already there (line 2)."
    )


def test_an_estate_that_changes_its_community_takes_its_own_along(
    tmp_path, community, elsewhere, load
):
    estate = EstateFactory(community=community, code="QY-001")
    building, lamp = BuildingFactory(estate=estate), AssetFactory(estate=estate)
    load(write_csv(tmp_path / "a.csv", [["编码", "社区"], ["QY-001", "象山"]]), "estates")
    for row in (estate, building, lamp):
        row.refresh_from_db()
        assert row.community == elsewhere


def test_lamps_without_a_number_are_known_by_their_place(tmp_path, community, load):
    west, south = community.geom.extent[:2]
    lamps = [(Point(west + 0.001 * n, south + 0.001), {"社区": "陈村"}) for n in range(1, 6)]
    path = write_geojson(tmp_path / "a.geojson", lamps)
    assert load(path, "lights")[0].startswith("lights: 5 added")
    lamps.append((Point(west + 0.0065, south + 0.001), {"社区": "陈村"}))
    write_geojson(path, lamps)
    assert load(path, "lights")[0] == "lights: 1 added, 0 changed, 5 as they were.\n"


def test_doors_of_one_name_are_told_apart_by_their_place(tmp_path, community, load):
    building = BuildingFactory(estate=EstateFactory(community=community, name="银星花园"))
    west, south = building.geom.extent[:2]
    doors = [
        (
            Point(west + 0.0001 * n, south),
            {"小区": "银星花园", "楼号": building.number, "名称": "单元门"},
        )
        for n in range(3)
    ]
    path = write_geojson(tmp_path / "a.geojson", doors)
    assert load(path, "exits")[0].startswith("exits: 3 added")
    assert load(path, "exits")[0].startswith("exits: 0 added, 0 changed, 3 as")
    assert Exit.objects.filter(building=building).count() == 3


def test_where_a_thing_lies_says_whose_it_is_when_the_file_does_not(
    tmp_path, community, elsewhere, load
):
    estate = EstateFactory(community=community)
    inside = shapely.from_wkb(bytes(estate.geom.wkb)).centroid
    street = ground(elsewhere).centroid
    path = write_geojson(tmp_path / "a.geojson", [(inside, {"code": "1"}), (street, {"code": "2"})])
    load(path, "hydrants")
    assert list(Asset.objects.order_by("code").values_list("type", "community", "estate")) == [
        ("hydrant", community.pk, estate.pk),
        ("hydrant", elsewhere.pk, None),
    ]


def test_an_empty_cell_and_an_absent_column_change_nothing(tmp_path, community, load):
    estate = EstateFactory(community=community, name="甲", households=100, ebikes=30)
    path = write_csv(
        tmp_path / "a.csv", [["名称", "社区", "户数", "地址"], ["甲", "陈村", "", "青阳街1号"]]
    )
    load(path, "estates")
    estate.refresh_from_db()
    assert (estate.households, estate.ebikes, estate.address) == (100, 30, "青阳街1号")
    assert (estate.src_file, estate.src_datum) == ("", "drawn")


def test_columns_are_mapped_by_hand_where_their_names_say_nothing(
    tmp_path, community, load, refused
):
    path = write_csv(tmp_path / "a.csv", [["A", "B", "C"], ["甲", "陈村", "77"]])
    assert refused(path, "estates") == (
        "There is no column for name. The file's columns are: A, B, C."
    )
    assert "the file has no such column" in refused(path, "estates", "--map", "name=Z")
    assert "there is no field of that name" in refused(path, "estates", "--map", "colour=A")
    load(path, "estates", "--map", "name=A", "--map", "community=B", "--map", "households=C")
    assert Estate.objects.values_list("name", "households").get() == ("甲", 77)


def test_coordinates_are_mapped_by_hand_too(tmp_path, community, load):
    place = ground(community).centroid
    path = write_csv(tmp_path / "a.csv", [["A", "B", "C", "D"], ["1", "陈村", place.x, place.y]])
    named = ["--map", "code=A", "--map", "community=B", "--map", "lon=C", "--map", "lat=D"]
    load(path, "lights", "--datum", "wgs84", *named)
    assert same(Asset.objects.get().geom, place)


def test_a_shapefile_without_its_table_is_refused(gbk_shapefile, refused):
    gbk_shapefile.with_suffix(".dbf").unlink()
    assert refused(gbk_shapefile, "estates") == "“小区.shp” can't be read: its .dbf is missing."


def test_an_excel_ledger_with_a_title_numbers_as_codes_and_words_for_choices(
    tmp_path, community, load
):
    PropertyCompany.objects.create(name="愿景佳园物业", credit_code="91350582MA00000001")
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("台账")
    sheet.append(["青阳街道住宅小区台账(2024年)"])
    sheet.append([])
    sheet.append(
        ["小区编码", "小区名称", "社区编码", "物业公司", "户数(户)", "楼宇类型", "经纬度（高德）"]
    )
    place = ground(community).centroid
    gcj = datum.wgs84_to_gcj02((place.x, place.y))
    sheet.append(
        [3505820010, "甲", 350582001008, "愿景佳园物业", "1,024户", "高层", f"{gcj[0]},{gcj[1]}"]
    )
    path = tmp_path / "台账.xlsx"
    book.save(path)
    load(path, "estates")
    estate = Estate.objects.get()
    assert (estate.code, estate.community, estate.households, estate.height_class) == (
        "3505820010",
        community,
        1024,
        "high",
    )
    assert (estate.company.name, estate.has_company) == ("愿景佳园物业", True)
    assert (estate.src_datum, same(estate.geom.centroid, place)) == ("gcj02", True)


def test_of_several_tables_it_must_be_said_which(tmp_path, community, load, refused):
    shape = ground(community)
    path = tmp_path / "all.gpkg"
    for layer in ("甲表", "乙表"):
        write_vector(
            path,
            [(shape, {"name": layer, "community": "陈村"})],
            "EPSG:4326",
            "GPKG",
            layer=layer,
            append=path.exists(),
        )
    assert refused(path, "estates") == (
        "The file holds several tables: 甲表, 乙表. Say which (--table)."
    )
    assert "holds no table “丙”" in refused(path, "estates", "--table", "丙")
    load(path, "estates", "--table", "乙表")
    assert Estate.objects.get().name == "乙表"


# ── what is said of it ──────────────────────────────────────────────────────────────────────────


def test_a_dry_run_says_what_would_be_and_keeps_nothing(tmp_path, community, load):
    kept = EstateFactory(community=community, name="甲", households=1)
    path = write_csv(
        tmp_path / "a.csv", [["名称", "社区", "户数"], ["乙", "陈村", "3"], ["甲", "陈村", "2"]]
    )
    out, _err = load(path, "estates", "--dry-run", "--format", "json")
    written = json.loads(out)
    assert written["type"] == "FeatureCollection"
    assert [
        (one["properties"]["name"], one["properties"]["households"], one["geometry"] is None)
        for one in written["features"]
    ] == [("乙", 3, True), ("甲", 2, False)]
    kept.refresh_from_db()
    assert (kept.households, Estate.objects.count()) == (1, 1)
    assert load(path, "estates", "--dry-run")[0] == (
        "estates: 1 added, 1 changed, 0 as they were. Nothing was kept: this was a dry run.\n"
    )


def test_json_on_stdout_is_what_was_written_and_loads_again(tmp_path, community, load):
    path = write_csv(tmp_path / "lamps.csv", lamps(community, 3))
    out, _err = load(path, "lights", "--datum", "wgs84", "--format", "json")
    again = tmp_path / "again.geojson"
    again.write_text(out, encoding="utf-8")
    assert load(again, "lights")[0] == "lights: 0 added, 0 changed, 3 as they were.\n"
    assert json.loads(load(again, "lights", "--format", "json")[0])["features"] == []


def test_the_history_says_which_file_a_row_came_from(tmp_path, community, load):
    load(write_csv(tmp_path / "lamps.csv", lamps(community, 1)), "lights", "--datum", "wgs84")
    event = Asset.objects.get().events.get()
    assert event.pgh_context.metadata == {"act": "load", "reason": "lamps.csv"}


def test_communities_are_loaded_once_and_then_left_to_the_office(db):
    call_command("load_communities", stdout=io.StringIO())
    assert Community.objects.count() == 15
    assert (
        Community.objects.filter(provisional=True).values_list("code", flat=True).get() == "TBC-15"
    )
    Community.objects.filter(code="TBC-15").update(code="350582001018", name="新社区")
    call_command("load_communities", stdout=io.StringIO())
    assert Community.objects.count() == 15


def test_a_community_takes_its_boundary_by_name(tmp_path, load):
    CommunityFactory(code="350582001008", name="陈村社区", geom=None)
    shape = box(118.55, 24.78, 118.56, 24.79)
    load(write_geojson(tmp_path / "a.geojson", [(shape, {"社区名称": "陈村社区"})]), "communities")
    community = Community.objects.get()
    assert (community.code, same(community.geom, shape)) == ("350582001008", True)


def test_roads_are_background_without_a_community(tmp_path, load, db):
    line = LineString([(118.55, 24.78), (118.56, 24.79)])
    path = write_geojson(tmp_path / "roads.geojson", [(line, {"路名": "世纪大道", "等级": 1})] * 1)
    load(path, "roads")
    road = Road.objects.get()
    assert (road.name, road.rank, same(road.geom, line)) == ("世纪大道", 1, True)


def test_an_asset_of_the_register_is_not_found_among_another_type(tmp_path, community, load):
    hydrant = AssetFactory(
        type="hydrant", code="1", estate=None, community=community, geom="POINT (118.545 24.775)"
    )
    path = write_csv(
        tmp_path / "a.csv",
        [["编号", "社区", "lon_wgs84", "lat_wgs84"], ["1", "陈村", hydrant.geom.x, hydrant.geom.y]],
    )
    assert load(path, "lights")[0].startswith("lights: 1 added")


def test_the_squares_of_the_factories_are_where_the_tests_think(community):
    assert same(square(118.54, 24.77), box(118.54, 24.77, 118.542, 24.772))
