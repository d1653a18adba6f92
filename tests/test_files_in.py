"""Files as offices have them, loaded whole or refused whole with every reason."""

import csv
import io
import json
import zipfile

import numpy as np
import openpyxl
import pyogrio.raw
import pytest
import shapely
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation
from shapely import affinity
from shapely.geometry import LineString, Point, box

from geo import datum
from geo.models import Asset, Building, Community, Estate, Exit, PropertyCompany, Road
from tests.factories import AssetFactory, BuildingFactory, CommunityFactory, EstateFactory, square

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def community(db):
    return CommunityFactory(name="陈村社区", code="350582001008", geom=square(118.54, 24.77, 0.02))


@pytest.fixture
def elsewhere(db):
    """The next community to the east."""
    return CommunityFactory(name="象山社区", code="350582001014", geom=square(118.56, 24.77, 0.02))


@pytest.fixture
def load():
    """Runs load_places; returns what it wrote to stdout and to stderr."""

    def run(path, layer, *options):
        out, err = io.StringIO(), io.StringIO()
        call_command("load_places", str(path), "--layer", layer, *options, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return run


@pytest.fixture
def refused(load):
    """What load_places says when it refuses."""

    def run(path, layer, *options):
        with pytest.raises(CommandError) as error:
            load(path, layer, *options)
        assert error.value.returncode == 1
        return str(error.value)

    return run


def write_csv(path, rows, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_geojson(path, features, **members):
    content = {
        "type": "FeatureCollection",
        **members,
        "features": [
            {
                "type": "Feature",
                "geometry": None if shape is None else shapely.geometry.mapping(shape),
                "properties": properties,
            }
            for shape, properties in features
        ],
    }
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def write_vector(path, features, crs, driver, layer=None, **options):
    shapes = np.array([shapely.to_wkb(shape) for shape, _properties in features], dtype=object)
    names = list(features[0][1])
    values = [np.array([one[name] for _shape, one in features], dtype=object) for name in names]
    pyogrio.raw.write(
        path,
        shapes,
        values,
        names,
        layer=layer,
        driver=driver,
        crs=crs,
        geometry_type="Unknown" if driver == "GPKG" else features[0][0].geom_type,
        **options,
    )
    return path


def ground(community, size=0.001, east=0.004, north=0.004):
    """A block inside a community, as WGS-84."""
    west, south = community.geom.extent[:2]
    return box(west + east, south + north, west + east + size, south + north + size)


def moved(shape, name):
    return shapely.transform(shape, lambda at: datum.from_wgs84(at, name))


def same(geom, shape, metres=0.01):
    drawn = shapely.from_wkb(bytes(geom.wkb))
    return drawn.hausdorff_distance(shape) < metres / 100_000


# ── the five that the office will bring first ───────────────────────────────────────────────────


@pytest.fixture
def gbk_shapefile(tmp_path, community):
    features = [
        (ground(community), {"小区名称": "洪宅垵花园", "所属社区": "陈村社区", "户数": "320"}),
        (ground(community, east=0.01), {"小区名称": "象峰小区", "所属社区": "陈村", "户数": "96"}),
    ]
    path = write_vector(
        tmp_path / "小区.shp", features, "EPSG:4490", "ESRI Shapefile", encoding="GB18030"
    )
    path.with_suffix(".cpg").unlink()
    return path


def test_a_shapefile_in_gbk_without_a_cpg_is_read_right(gbk_shapefile, community, load):
    out, err = load(gbk_shapefile, "estates")
    assert out == "estates: 2 added, 0 changed, 0 as they were.\n"
    assert "Attributes were read as GB18030." in err
    first, second = Estate.objects.order_by("households")
    assert (first.name, first.households, first.community) == ("象峰小区", 96, community)
    assert (second.name, second.households) == ("洪宅垵花园", 320)
    assert (second.src_datum, second.src_file, second.unconfirmed) == (
        "cgcs2000",
        "小区.shp",
        False,
    )
    assert same(second.geom, ground(community))


def test_a_zipped_shapefile_is_read_without_leaving_anything_behind(gbk_shapefile, tmp_path, load):
    archive = tmp_path / "上报.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for part in gbk_shapefile.parent.glob("小区.*"):
            packed.write(part, f"资料/{part.name}")
        packed.writestr("__MACOSX/资料/._小区.shp", b"litter")
        packed.writestr("资料/说明.txt", "请查收")
    load(archive, "estates")
    assert set(Estate.objects.values_list("name", "src_file")) == {
        ("洪宅垵花园", "上报.zip"),
        ("象峰小区", "上报.zip"),
    }


@pytest.mark.parametrize("declared", ["UTF-8", "936", "ISO-8859-1", "no such thing"])
def test_a_cpg_that_lies_is_seen_through(gbk_shapefile, declared, load):
    gbk_shapefile.with_suffix(".cpg").write_text(declared)
    load(gbk_shapefile, "estates")
    assert Estate.objects.filter(name="洪宅垵花园").exists()


def test_a_csv_from_excel_in_gb18030_with_gcj02_columns(tmp_path, community, load):
    place = ground(community).centroid
    lon, lat = datum.wgs84_to_gcj02((place.x, place.y))
    path = write_csv(
        tmp_path / "台账.csv",
        [
            ["青阳街道路灯台账", "", "", "", ""],
            ["灯杆编号", "所属社区", "权属", "经度(GCJ-02)", "纬度(GCJ-02)"],
            ["LD-001", "陈村社区", "市政", f"{lon:.9f}", f"{lat:.9f}"],
        ],
        encoding="gb18030",
    )
    out, _err = load(path, "lights", "--datum", "gcj02")
    assert out == "lights: 1 added, 0 changed, 0 as they were.\n"
    light = Asset.objects.get()
    assert (light.type, light.code, light.owner, light.community, light.estate) == (
        "light",
        "LD-001",
        "city",
        community,
        None,
    )
    assert (light.src_datum, light.src_file) == ("gcj02", "台账.csv")
    assert same(light.geom, place)


def test_a_kml_with_a_hole_keeps_it(tmp_path, community, load):
    whole = ground(community, size=0.002)
    hole = whole.centroid.buffer(0.0003, quad_segs=1)
    rings = [
        "".join(f"{x},{y},12 " for x, y in ring.coords) for ring in (whole.exterior, hole.exterior)
    ]
    path = tmp_path / "小区.kml"
    path.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?>
        <kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>小区</name>
        <Placemark><name>银星花园</name>
          <ExtendedData>
            <Data name="户数"><value>410</value></Data>
            <Data name="社区"><value>陈村社区</value></Data>
          </ExtendedData>
          <Polygon>
            <outerBoundaryIs><LinearRing><coordinates>{rings[0]}</coordinates></LinearRing></outerBoundaryIs>
            <innerBoundaryIs><LinearRing><coordinates>{rings[1]}</coordinates></LinearRing></innerBoundaryIs>
          </Polygon>
        </Placemark></Folder></Document></kml>""",
        encoding="utf-8",
    )
    load(path, "estates")
    estate = Estate.objects.get()
    assert (estate.name, estate.households, estate.src_datum) == ("银星花园", 410, "wgs84")
    assert same(estate.geom, whole.difference(hole))
    assert len(estate.geom[0]) == 2


def test_a_geopackage_in_epsg_4549_lands_where_it_was_surveyed(tmp_path, community, load):
    estate = EstateFactory(community=community, name="银星花园")
    shape = ground(community, size=0.0004)
    path = write_vector(
        tmp_path / "楼栋.gpkg",
        [(moved(shape, "EPSG:4549"), {"小区": "银星花园", "楼号": "14栋", "层数": 18.0})],
        "EPSG:4549",
        "GPKG",
        layer="楼栋",
    )
    load(path, "buildings")
    building = Building.objects.get()
    assert (building.number, building.floors, building.estate, building.community) == (
        "14栋",
        18,
        estate,
        community,
    )
    assert (building.src_datum, building.src_file) == ("projected", "楼栋.gpkg")
    assert same(building.geom, shape)


def lamps(community, count):
    west, south = community.geom.extent[:2]
    header = ["编号", "社区", "lon", "lat"]
    rows = [
        [f"LD-{n:04}", "陈村社区", west + 0.00001 * n, south + 0.00001 * n]
        for n in range(1, count + 1)
    ]
    return [header, *rows]


def test_one_bad_row_in_a_thousand_refuses_the_file_and_is_named(tmp_path, community, refused):
    rows = lamps(community, 1000)
    rows[500][2] = "见附图"
    said = refused(write_csv(tmp_path / "lamps.csv", rows), "lights", "--datum", "wgs84")
    assert said.splitlines()[0] == "Nothing was loaded: 1 rows need another look."
    assert said.splitlines()[1].startswith("line 501: “见附图, ")
    assert not Asset.objects.exists()


def test_a_thousand_good_rows_are_loaded_and_again_change_nothing(tmp_path, community, load):
    path = write_csv(tmp_path / "lamps.csv", lamps(community, 1000))
    assert load(path, "lights", "--datum", "wgs84")[0].startswith("lights: 1000 added")
    assert load(path, "lights", "--datum", "wgs84")[0] == (
        "lights: 0 added, 0 changed, 1000 as they were.\n"
    )
    assert Asset.objects.count() == 1000


def test_a_kmz_is_read_and_a_kml_in_gbk_too(tmp_path, community, load):
    place = ground(community).centroid
    text = f"""<?xml version="1.0" encoding="GBK"?><kml><Document><Placemark>
        <ExtendedData><SchemaData>
        <SimpleData name="编号">消-1</SimpleData>
        </SchemaData></ExtendedData>
        <MultiGeometry><Point>
        <coordinates>{place.x}, {place.y}</coordinates>
        </Point></MultiGeometry></Placemark></Document></kml>"""
    with zipfile.ZipFile(tmp_path / "消火栓.kmz", "w") as packed:
        packed.writestr("doc.kml", text.encode("gbk"))
    load(tmp_path / "消火栓.kmz", "hydrants")
    hydrant = Asset.objects.get()
    assert (hydrant.code, hydrant.community, same(hydrant.geom, place)) == ("消-1", community, True)


def test_a_unicode_text_from_excel_is_read(tmp_path, community, load):
    path = tmp_path / "小区.txt"
    path.write_bytes("小区名称\t社区\t户数\r\n甲\t陈村\t12\r\n".encode("utf-16"))
    load(path, "estates")
    assert Estate.objects.values_list("name", "households").get() == ("甲", 12)


def test_a_character_cut_in_half_by_the_end_of_its_column_is_dropped(tmp_path, community, load):
    address = "x" + "甲" * 126 + "y"
    path = write_vector(
        tmp_path / "a.shp",
        [(ground(community), {"小区名称": "甲", "社区": "陈村", "地址": address})],
        "EPSG:4326",
        "ESRI Shapefile",
        encoding="GB18030",
    )
    path.with_suffix(".cpg").unlink()
    table = path.with_suffix(".dbf")
    full = address.encode("gbk")
    table.write_bytes(table.read_bytes().replace(full, full[:-1] + "乙".encode("gbk")[:1]))
    load(path, "estates")
    assert Estate.objects.get().address == address[:-1]


def surveyed(place, first, second):
    east, north = datum.from_wgs84((place.x, place.y), "EPSG:4549")
    return [["编号", "社区", first, second], ["1", "陈村", east, north]]


def test_surveyed_columns_are_east_and_north_and_a_swap_is_said(tmp_path, community, load, refused):
    place = ground(community).centroid
    path = write_csv(tmp_path / "a.csv", surveyed(place, "X(EPSG:4549)", "Y(EPSG:4549)"))
    load(path, "lights")
    assert same(Asset.objects.get().geom, place)
    path = write_csv(tmp_path / "b.csv", surveyed(place, "Y", "X"))
    assert "swapped" in refused(path, "lights", "--datum", "EPSG:4549")


def test_a_geojson_that_names_its_system_the_old_way_is_believed(tmp_path, community, load):
    shape = ground(community)
    path = write_geojson(
        tmp_path / "a.geojson",
        [(moved(shape, "EPSG:4549"), {"name": "甲", "community": "陈村"})],
        crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}},
    )
    load(path, "estates")
    assert same(Estate.objects.get().geom, shape)


def test_an_old_datum_is_converted_with_a_warning(tmp_path, community, load):
    path = write_csv(
        tmp_path / "a.csv", [["编号", "社区", "经度", "纬度"], ["1", "陈村", "118.545", "24.775"]]
    )
    _out, err = load(path, "lights", "--datum", "EPSG:4610")
    assert "Converted from Xian 1980: places may be off by tens of metres." in err


# ── what is refused, and in which words ─────────────────────────────────────────────────────────


def test_every_bad_row_is_named_at_once(tmp_path, community, refused):
    EstateFactory(community=community, name="银星花园")
    path = write_csv(
        tmp_path / "estates.csv",
        [
            ["名称", "社区", "户数", "创建年度", "lon", "lat"],
            ["甲小区", "陈村社区", "-5", "2024", "118.545", "24.775"],
            ["乙小区", "没有的社区", "12", "1999", "118.545", "24.775"],
            ["", "陈村社区", "12", "2024", "118.546", "24.775"],
            ["丁小区", "陈村社区", "很多", "2024", "24.775", "118.545"],
            ["丁小区", "陈村社区", "12", "2024", "0", "0"],
            ["戊小区", "陈村社区", "12", "2024", "355663", "2745762"],
            ["己小区", "陈村社区", "12", "2024", "118.546", ""],
        ],
    )
    said = refused(path, "estates", "--datum", "wgs84").splitlines()
    assert said == [
        "Nothing was loaded: 7 rows need another look.",
        "line 2: 户数 “-5”: Ensure this value is greater than or equal to 0.",
        "line 3: 创建年度 “1999”: Ensure this value is greater than or equal to 2020.",
        "line 3: there is no community “没有的社区” in the register.",
        "line 4: It lacks name.",
        "line 5: 24.775, 118.545: longitude and latitude, or east and north, are swapped.",
        "line 5: 户数 “很多”: is not a number.",
        "line 6: 0, 0: it lies outside China.",
        "line 7: 355663, 2745762: these are not degrees; projected coordinates need their EPSG "
        "number (--datum EPSG:n).",
        "line 8: “118.546, ”: a coordinate is missing.",
    ]


def test_bad_rows_are_told_in_chinese_to_who_reads_chinese(tmp_path, community, refused):
    path = write_csv(
        tmp_path / "a.csv",
        [["名称", "社区", "户数"], ["甲", "无此社区", "很多"], ["", "陈村", "1"]],
    )
    with translation.override("zh-hans"):
        assert refused(path, "estates").splitlines() == [
            "没有载入任何内容：有 2 行需要再看一看。",
            "第 2 行：户数“很多”：不是数字。",
            "第 2 行：台账里没有名为“无此社区”的社区。",
            "第 3 行：缺少：小区名称。",
        ]


def test_a_list_of_bad_rows_ends_somewhere(tmp_path, community, refused):
    rows = lamps(community, 500)
    for row in rows[1:]:
        row[2] = 0
    said = refused(write_csv(tmp_path / "lamps.csv", rows), "lights", "--datum", "wgs84")
    assert (len(said.splitlines()), said.splitlines()[-1]) == (102, "… and 400 more.")


def test_a_missing_datum_is_asked_for(tmp_path, community, refused, load):
    path = write_csv(tmp_path / "lamps.csv", lamps(community, 3))
    assert "does not say which coordinate system it is in" in refused(path, "lights")
    shape = write_vector(
        tmp_path / "lamps.shp",
        [(Point(118.545, 24.775), {"编号": "LD-1"})],
        "EPSG:4326",
        "ESRI Shapefile",
        encoding="UTF-8",
    )
    shape.with_suffix(".prj").unlink()
    assert "--datum" in refused(shape, "lights")
    load(shape, "lights", "--datum", "cgcs2000")
    assert Asset.objects.get().src_datum == "cgcs2000"


@pytest.mark.parametrize("wrong", ["mars", "EPSG:1", "EPSG:999999"])
def test_a_datum_nobody_knows_is_refused(tmp_path, community, refused, wrong):
    path = write_csv(tmp_path / "lamps.csv", lamps(community, 3))
    assert f"“{wrong}” is not a coordinate system known here" in refused(
        path, "lights", "--datum", wrong
    )


@pytest.mark.parametrize(("real", "name"), [("gcj02", "GCJ-02"), ("bd09", "BD-09")])
def test_data_shifted_off_its_communities_is_refused_with_the_reason(
    tmp_path, community, elsewhere, refused, load, real, name
):
    shapes = [
        (ground(where, east=east), {"name": f"小区{n}", "community": where.name})
        for n, (where, east) in enumerate(
            [(community, 0.017), (community, 0.018), (elsewhere, 0.016), (elsewhere, 0.004)]
        )
    ]
    path = write_geojson(
        tmp_path / "export.geojson", [(moved(shape, real), told) for shape, told in shapes]
    )
    said = refused(path, "estates")
    assert "taken as WGS-84" in said
    assert f"as {name} 4 of 4 places fit the register, as WGS-84 1" in said
    assert f"--datum {real}" in said
    if real == "gcj02":
        assert "about 560 m to the south-east" in said or "about 561 m to the south-east" in said
    assert not Estate.objects.exists()
    load(path, "estates", "--datum", real)
    assert same(Estate.objects.get(name="小区0").geom, shapes[0][0])


def test_lamps_that_do_not_say_whose_they_are_betray_the_shift_too(
    tmp_path, community, refused, load
):
    estate = EstateFactory(community=community)
    west, south = estate.geom.extent[:2]
    lamps = [Point(west + 0.0003 * n, south + 0.0003 * n) for n in range(1, 7)]
    path = write_geojson(
        tmp_path / "a.geojson",
        [(moved(lamp, "gcj02"), {"code": n}) for n, lamp in enumerate(lamps)],
    )
    assert "as GCJ-02 6 of 6 places fit the register, as WGS-84 0" in refused(path, "lights")
    load(path, "lights", "--datum", "gcj02")
    assert Asset.objects.filter(estate=estate).count() == 6


def test_data_shifted_twice_is_refused_too(tmp_path, community, refused):
    estate = EstateFactory(community=community, name="银星花园")
    path = write_geojson(
        tmp_path / "export.geojson",
        [(shapely.from_wkb(bytes(estate.geom.wkb)), {"name": "银星花园", "community": "陈村社区"})],
    )
    said = refused(path, "estates", "--datum", "gcj02")
    assert "taken as GCJ-02" in said
    assert "to the north-west" in said
    assert "--datum wgs84" in said


def test_a_register_that_is_itself_wrong_can_be_overruled(tmp_path, community, load):
    EstateFactory(community=community, name="银星花园")
    drawn = moved(ground(community, size=0.002, east=0.002, north=0.002), "gcj02")
    path = write_geojson(
        tmp_path / "new.geojson", [(drawn, {"name": "银星花园", "community": "陈村社区"})]
    )
    load(path, "estates", "--trust-datum")
    assert same(Estate.objects.get().geom, drawn)


def test_what_merely_lies_astray_is_loaded_and_said(tmp_path, community, elsewhere, load):
    shape = ground(elsewhere, east=0.012)
    path = write_geojson(tmp_path / "a.geojson", [(shape, {"name": "甲", "community": "陈村社区"})])
    _out, err = load(path, "estates")
    assert "m outside of 陈村社区." in err
    assert Estate.objects.get().community == community


@pytest.mark.parametrize(
    "entry", ["../小区.shp", "/etc/小区.shp", "a/../../b.shp", "C:\\a.shp", "..\\a.shp"]
)
def test_an_archive_that_leads_outside_is_refused(tmp_path, db, refused, entry):
    archive = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("good.csv", "name,lon,lat\n")
        packed.writestr(zipfile.ZipInfo(entry), b"x")
    assert "leads outside of it" in refused(archive, "estates")
    assert list(tmp_path.iterdir()) == [archive]


def test_an_archive_that_would_burst_is_refused(tmp_path, db, refused):
    archive = tmp_path / "bomb.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for n in range(5):
            with packed.open(f"{n}.csv", "w", force_zip64=True) as file:
                for _block in range(100):
                    file.write(b"0" * 1_000_000)
    assert (
        refused(archive, "estates") == "“bomb.zip” is too large: 500 MB; at most 400 MB is allowed."
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.kml", b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd"),
        ("a.kml", b"<!DOCTYPE kml [<!ENTITY a 'b'>]><kml xmlns='http://www.opengis.net/kml/2.2'/>"),
        ("a.geojson", b"not json"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": 7}'),
        ("a.geojson", b"[" * 100_000),
        ("a.geojson", b'{"a":' * 100_000),
        ("a.gpkg", b"SQLite format 3\0 and then nothing"),
        ("a.shp", b"\x00\x00\x27\x0a and then nothing"),
        ("a.xlsx", b"PK\x03\x04 and then nothing"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.csv", b'name,lon,lat\n"open'),
        ("a.csv", b"name,lon,lat\n\0"),
        ("a.csv", "café,x\nNaïve,1\n".encode("latin-1")),
        ("a.exe", b"MZ"),
        ("a.csv", b""),
    ],
)
def test_what_is_no_file_of_places_is_refused_in_one_sentence(tmp_path, db, refused, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    said = refused(path, "estates", "--datum", "wgs84")
    assert said.count("\n") == 0
    assert said.endswith(".")


def test_a_file_that_is_not_there_is_said(tmp_path, db, refused):
    assert refused(tmp_path / "none.csv", "estates") == (
        "“none.csv” can't be read: No such file or directory."
    )


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
