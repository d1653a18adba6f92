"""Files as offices have them, of every format, loaded whole."""

import zipfile

import pytest

from geo import datum
from geo.models import Asset, Building, Estate
from tests.factories import EstateFactory
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
