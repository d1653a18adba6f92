"""A plan as files: what is told of every site and every rule is read back from each of them."""

import json
from io import BytesIO
from pathlib import Path

import ezdxf
import openpyxl
import pyogrio.raw
import pytest
import shapely
from rest_framework.test import APIClient

from geo.measure import metric
from planning.models import SiteRule
from tests.factories import BuildingFactory, EstateFactory
from tests.planning.drawn import PLANS, SITES, a_plan, a_site, within

# Chinese as every office has it, a character that GBK lacks, and one that few fonts have.
NAMES = ["三号楼北侧充电棚", "東門㛃號棚 (A+B)", "𠮷厝=SUM(1)棚", '{"a";\\P} 50%%c']
FORMATS = {
    "gpkg": "application/geopackage+sqlite3",
    "geojson": "application/geo+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "dxf": "image/vnd.dxf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TOLD = {
    "ports": 12,
    "bays": 20,
    "partitions": True,
    "cctv": False,
    "canopy": "open",
    "power": "grid",
    "level": "ground",
    "place": "open_ground",
    "entrances": 2,
    "commercial": True,
    "cost_yuan": 68000,
    "note": "靠围墙\n原为杂物堆放处",
}


@pytest.fixture
def planner(as_user) -> APIClient:
    return as_user("planner")


@pytest.fixture
def plan(planner, estate) -> dict:
    """Four sites, the first of them told in full and near a wall."""
    BuildingFactory(estate=estate)
    made = a_plan(planner, name="增补方案")
    a_site(planner, made, estate, name=NAMES[0], geom=within(estate, 40, 40), **TOLD)
    for n, name in enumerate(NAMES[1:], 1):
        a_site(planner, made, estate, name=name, geom=within(estate, 40 + 20 * n, 100))
    return made


def fetched(client: APIClient, plan: dict, ending: str, language: str = "en"):
    address = f"{PLANS}{plan['id']}/files/{ending}/"
    reply = client.get(address, headers={"accept-language": language})
    assert reply.status_code == 200, reply.json()
    return reply


def body(client: APIClient, plan: dict, ending: str, language: str = "en") -> bytes:
    return b"".join(fetched(client, plan, ending, language).streaming_content)


def kept(tmp_path: Path, made: bytes, ending: str) -> Path:
    path = tmp_path / f"plan.{ending}"
    path.write_bytes(made)
    return path


def table(path: Path, layer: str | None = None) -> list[dict]:
    """Rows as GDAL reads them, each with its `shape`."""
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer)
    rows = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*columns, strict=True)]
    return [
        row | {"shape": None if wkb is None else shapely.from_wkb(wkb)}
        for row, wkb in zip(rows, shapes, strict=True)
    ]


def checked(client: APIClient, plan: dict) -> dict[str, list[dict]]:
    """What `check/` says of each site of the plan, by its name."""
    sites = client.get(f"{PLANS}{plan['id']}/").json()["proposals"]["features"]
    return {
        site["properties"]["name"]: client.post(
            "/api/v1/planning/check/",
            {"proposal": site["id"]}
            | {name: site["properties"][name] for name in TOLD if name not in UNJUDGED}
            | {"geom": site["geometry"], "estate": site["properties"]["estate"]},
            format="json",
        ).json()["verdicts"]
        for site in sites
    }


UNJUDGED = {"note", "cost_yuan", "power"}


def test_each_format_says_what_it_is_and_in_which_coordinates(planner, plan):
    for ending, content_type in FORMATS.items():
        reply = fetched(planner, plan, ending)
        assert reply["Content-Type"] == content_type
        assert reply["Cache-Control"] == "private, no-store"
        system = "EPSG4549-m" if ending == "dxf" else "WGS84"
        assert f"-{system}.{ending}" in reply["Content-Disposition"]


def test_a_geopackage_has_every_site_and_every_check(planner, plan, tmp_path):
    path = kept(tmp_path, body(planner, plan, "gpkg"), "gpkg")
    sites, checks = table(path, "proposals"), table(path, "checks")
    assert [site["name"] for site in sites] == NAMES
    assert {name: sites[0][name] for name in TOLD} == TOLD
    assert sites[1]["ports"] is None or sites[1]["ports"] != sites[1]["ports"]
    assert sites[0]["area_m2"] == pytest.approx(metric(sites[0]["shape"]).area, abs=0.006)
    said = checked(planner, plan)
    for name in NAMES:
        found = [row for row in checks if row["name"] == name]
        told = [
            {each: verdict[each] for each in ("code", "measure", "verdict", "force", "unit")}
            | {"says": verdict["en"], "source": verdict["source_en"]}
            for verdict in said[name]
        ]
        assert [{each: row[each] for each in told[0]} for row in found] == told
        for row, verdict in zip(found, said[name], strict=True):
            assert (row["shape"] is None) == (verdict["decides"] is None)
            assert row["value"] == pytest.approx(verdict["value"], nan_ok=True) or (
                verdict["value"] is None
            )


def test_geojson_has_the_checks_within_each_site(planner, plan):
    told = json.loads(body(planner, plan, "geojson"))
    said = checked(planner, plan)
    assert [site["properties"]["name"] for site in told["features"]] == NAMES
    first = told["features"][0]
    assert {name: first["properties"][name] for name in TOLD} == TOLD
    assert first["geometry"]["type"] == "Polygon"
    wall = {each["code"]: each for each in first["properties"]["checks"]}["R03"]
    (by_check,) = (each for each in said[NAMES[0]] if each["code"] == "R03")
    assert (wall["value"], wall["verdict"]) == (by_check["value"], by_check["verdict"])
    assert wall["decides"] == by_check["decides"]


def test_kml_names_its_placemarks_and_says_the_checks_in_the_readers_language(
    planner, plan, tmp_path
):
    path = kept(tmp_path, body(planner, plan, "kml", "zh-CN"), "kml")
    sites = table(path, "proposals")
    assert [site["Name"] for site in sites] == NAMES
    (wall,) = (line for line in sites[0]["description"].splitlines() if line.startswith("R03 "))
    (by_check,) = (each for each in checked(planner, plan)[NAMES[0]] if each["code"] == "R03")
    assert by_check["zh"] in wall
    assert sites[0]["cost_yuan"] == "68000"
    assert "三号楼北侧充电棚 · R03" in [row["Name"] for row in table(path, "checks")]


def test_a_drawing_is_in_metres_and_names_survive(planner, plan, tmp_path):
    path = kept(tmp_path, body(planner, plan, "dxf"), "dxf")
    rows = table(path)
    names = [row["Text"] for row in rows if row["Layer"] == "SITE_NAMES"]
    # What has no four-digit number is marked as missing: its id stands in the block.
    assert names == [NAMES[0], NAMES[1], NAMES[2].replace("𠮷", "〓"), NAMES[3]]
    sites = planner.get(f"{PLANS}{plan['id']}/").json()["proposals"]["features"]
    outlines = [row["shape"] for row in rows if row["Layer"] == "SITES" and row["shape"].length]
    for outline, site in zip(outlines, sites, strict=True):
        drawn = metric(shapely.from_geojson(json.dumps(site["geometry"])))
        assert shapely.Polygon(outline).symmetric_difference(drawn).area < 1e-6
    (about,) = (row["Text"] for row in rows if row["Layer"] == "ABOUT")
    assert "EPSG:4549" in about
    drawing = ezdxf.readfile(path)
    assert drawing.units == ezdxf.units.M
    assert not drawing.audit().errors
    (block, *_) = drawing.modelspace().query("INSERT")
    told = {each.dxf.tag: each.dxf.text for each in block.attribs}
    assert (told["NAME"], told["COST_YUAN"], told["CCTV"]) == (NAMES[0], "68000", "false")
    assert told["ID"] == sites[0]["id"]
    layers = {row["Layer"] for row in rows}
    assert layers & {"CHECKS_MET", "CHECKS_NOT_MET"}
    (text, *_) = (row["Text"] for row in rows if row["Layer"] == "SITE_TEXTS")
    (by_check,) = (each for each in checked(planner, plan)[NAMES[0]] if each["code"] == "R03")
    assert by_check["en"] in text


@pytest.mark.parametrize(
    ("language", "sheets", "header"),
    [
        ("zh-CN", ["拟建点", "检查结果", "说明"], {"占地面积(m²)", "纬度(°，WGS-84)"}),
        (
            "en",
            ["proposed sites", "checks", "about this file"],
            {"footprint (m²)", "latitude (°, WGS-84)", "length of a bay (m)", "cost (yuan)"},
        ),
    ],
)
def test_a_workbook_has_units_in_its_headers_in_the_readers_language(
    planner, plan, language, sheets, header
):
    book = openpyxl.load_workbook(BytesIO(body(planner, plan, "xlsx", language)))
    assert book.sheetnames == sheets
    sites, checks, about = (
        [list(row) for row in book[name].iter_rows(values_only=True)] for name in sheets
    )
    assert header <= set(sites[0])
    # What looks like a formula is text.
    assert [row[1] for row in sites[1:]] == NAMES
    assert all(cell.data_type != "f" for row in book[sheets[0]] for cell in row)
    said = [each for name in NAMES for each in checked(planner, plan)[name]]
    tongue = "zh" if language == "zh-CN" else "en"
    told = [[row[1], row[5], row[6], row[8]] for row in checks[1:]]
    assert told == [[each["code"], each["value"], each["limit"], each[tongue]] for each in said]
    assert about[1][1] == "增补方案"


def test_a_limit_from_memory_is_flagged_as_such(planner, plan):
    SiteRule.objects.filter(code="R03").update(sure="M")
    book = openpyxl.load_workbook(BytesIO(body(planner, plan, "xlsx", "en")))
    flags = {(row[1], row[12]) for row in book["checks"].iter_rows(min_row=2, values_only=True)}
    assert ("R03", "from memory, to verify") in flags


def test_an_empty_plan_is_a_file_with_nothing_in_it(planner, estate, tmp_path):
    plan = a_plan(planner)
    for ending in FORMATS:
        made = body(planner, plan, ending)
        assert made, ending
    assert table(kept(tmp_path, body(planner, plan, "gpkg"), "gpkg"), "proposals") == []


def test_each_sees_the_sites_of_their_own_ground(as_user, planner, plan, elsewhere):
    """A plan of the whole office, with one more site in another community."""
    a_site(planner, plan, EstateFactory(community=elsewhere), name="那边的棚")

    def names(who: str) -> list[str]:
        told = json.loads(body(as_user(who), plan, "geojson"))
        return [each["properties"]["name"] for each in told["features"]]

    assert names("planner") == [*NAMES, "那边的棚"]
    assert names("supervisor") == NAMES
    assert names("inspector2") == ["那边的棚"]


def test_what_was_taken_out_of_the_plan_is_not_in_its_files(planner, plan):
    first = planner.get(f"{PLANS}{plan['id']}/").json()["proposals"]["features"][0]
    seen = {"seen": first["properties"]["version"]}
    assert planner.delete(f"{SITES}{first['id']}/", seen, format="json").status_code == 200
    told = json.loads(body(planner, plan, "geojson"))
    assert [each["properties"]["name"] for each in told["features"]] == NAMES[1:]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *((who, 200) for who in ("planner", "admin", "leader", "clerk", "supervisor")),
        *((who, 200) for who in ("inspector", "officer", "inspector2")),
        *((who, 404) for who in ("company", "stranger")),
        ("nobody", 401),
    ],
)
def test_whoever_reads_a_plan_may_take_it_away(as_user, plan, who, status):
    for ending in FORMATS:
        assert as_user(who).get(f"{PLANS}{plan['id']}/files/{ending}/").status_code == status


def test_there_is_no_other_format(planner, plan):
    reply = planner.get(f"{PLANS}{plan['id']}/files/shp/")
    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")
