"""Files that are refused whole, with every reason."""

import zipfile

import pytest
import shapely
from django.utils import translation
from shapely.geometry import Point

from geo.models import Asset, Estate
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
