"""What goes out as a file comes in again as the same register."""

import csv
import io
import json

import openpyxl
import pyogrio
import pytest
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from geo.files import FORMATS, LAYERS, dump, layer, load_places
from geo.models import (
    Asset,
    Building,
    Community,
    Estate,
    ExcludedArea,
    Exit,
    Gate,
    PropertyCompany,
    Road,
    SensitivePlace,
    Survey,
)
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    CommunityFactory,
    EstateFactory,
    square,
)

pytestmark = pytest.mark.django_db

# What a spreadsheet would run, what it would mistake, and what only looks like it.
NASTY = [
    "=1+1",
    "+86 595",
    "-1层",
    "@SUM(A1)",
    "'=1",
    "'平常",
    "制\t表",
    "＝全角",
    "007",
    "1e5",
    "true",
    '他说"好",就走',
    "一\n二",
    "垵",
]


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def register(db):
    """A register with every field filled somewhere, empty elsewhere, and words that bite."""
    company = PropertyCompany.objects.create(
        name="=愿景佳园物业", credit_code="91350582MA00000001", contact="+张", phone="-0595"
    )
    PropertyCompany.objects.create(name="无码物业")
    home = CommunityFactory(
        name="陈村社区",
        code="350582001008",
        name_en="Chencun",
        note="=cmd|' /C calc'!A0",
        unconfirmed=True,
        src_datum="projected",
        src_file="社区.gpkg",
        geom=square(118.54, 24.77, 0.02),
    )
    CommunityFactory(code="TBC-15", name="第十五社区（待核定）", provisional=True, geom=None)
    hole = GEOSGeometry(
        "MULTIPOLYGON (((118.5421 24.7721, 118.5441 24.7721, 118.5441 24.7741, 118.5421 24.7741,"
        " 118.5421 24.7721), (118.543 24.773, 118.5432 24.773, 118.5432 24.7732, 118.543 24.773)),"
        " ((118.545 24.775, 118.5451 24.775, 118.545 24.7751, 118.545 24.775)))",
        srid=4326,
    )
    estate = EstateFactory(
        community=home,
        code="QY-001",
        name="银星花园",
        address="青阳街道1号",
        company=company,
        has_company=True,
        households=410,
        ebikes=0,
        height_class="mixed",
        target_year=2024,
        src_datum="gcj02",
        src_file="老台账.csv",
        geom=hole,
    )
    EstateFactory(community=home, name="无图小区", has_company=False, geom=None)
    for n, name in enumerate(NASTY):
        EstateFactory(community=home, name=name, code=f"N-{n}")
    building = BuildingFactory(
        estate=estate, number="14栋", floors=18, height_m=54.3, households=72, unconfirmed=True
    )
    BuildingFactory(estate=estate, number="-1")
    for n in range(3):
        Exit.objects.create(
            building=building,
            name=["东门", "", ""][n],
            geom=f"SRID=4326;POINT ({118.5421 + 0.0001 * n} 24.7721234567890123)",
        )
    line = "SRID=4326;LINESTRING (118.5421 24.7721, 118.5429 24.7733333333333333)"
    lines = (
        "SRID=4326;MULTILINESTRING ((118.54 24.77, 118.541 24.771), (118.542 24.77, 118.543 24))"
    )
    corners = "118.5421 24.7721, 118.5423 24.7721, 118.5423 24.7723, 118.5421 24.7721"
    area = f"SRID=4326;POLYGON (({corners}))"
    areas = square(118.5431, 24.7731, 0.0001)
    point = "SRID=4326;POINT (118.5431 24.7731)"
    of_estate = {"estate": estate, "community": home}
    of_street = {"estate": None, "community": home}
    AssetFactory(**of_estate, type="lane", code="XF-1", width_m=0, owner="owners", geom=line)
    AssetFactory(**of_street, type="lane", code="", name="-北通道", width_m=4.05, geom=lines)
    AssetFactory(**of_estate, type="light", code="LD-1", owner="city", geom=point)
    AssetFactory(**of_street, type="light", code="", geom=point)
    AssetFactory(
        **of_estate,
        type="charging_site",
        code="CD-1",
        status="planned",
        ports=10,
        bays=20,
        indoor=False,
        geom=area,
    )
    AssetFactory(**of_estate, type="charging_site", code="CD-2", indoor=True, geom=point)
    AssetFactory(**of_estate, type="hydrant", code="1", name="=消火栓", geom=point)
    AssetFactory(**of_estate, type="operation_area", code="1", geom=area)
    AssetFactory(**of_estate, type="operation_area", code="2", geom=areas)
    AssetFactory(**of_street, type="vacant_space", code="", name="边角地", geom=area)
    Gate.objects.create(estate=estate, name="=东大门", open_to="residents", geom=point)
    Gate.objects.create(estate=estate, geom=point, unconfirmed=True)
    Survey.objects.create(estate=estate, layer="hydrants", on="2024-12-01", by="@小陈")
    Survey.objects.create(estate=estate, layer="lanes", on="2024-12-02")
    SensitivePlace.objects.create(kind="kindergarten", name="-阳光幼儿园", geom=area)
    SensitivePlace.objects.create(kind="ward", name="某病区", geom=point, src_datum="bd09")
    ExcludedArea.objects.create(name="某处", reason="@保密", geom=square(118.56, 24.78))
    for rank in (1, 4):
        Road.objects.create(
            name="世纪大道" if rank == 1 else "",
            rank=rank,
            geom=f"SRID=4326;MULTILINESTRING ((118.5{rank} 24.77, 118.5{rank} 24.78))",
        )


MODELS = [Exit, Building, Asset, Gate, Survey, Estate, Community, PropertyCompany, ExcludedArea]
MODELS += [Road, SensitivePlace]
# In the order that parents come before their rows.
PARENTS = ["communities", "companies", "estates", "buildings"]
IN_ORDER = [*PARENTS, *(slug for slug in LAYERS if slug not in PARENTS)]


def everything(decimals=17):
    """Every row of the register, as plain values, without its numbers."""
    found = {}
    for model in MODELS:
        fields = [
            of.name
            for of in model._meta.concrete_fields
            if of.name not in {"id", "geom"} and not of.is_relation
        ]
        related = [
            f"{of.name}__{'number' if of.name == 'building' else 'name'}"
            for of in model._meta.concrete_fields
            if of.is_relation
        ]
        rows = []
        for row in model._default_manager.order_by(*fields, "id"):
            values = dict(
                zip(
                    [*fields, *related],
                    (model._default_manager.values_list(*fields, *related).get(pk=row.pk)),
                    strict=True,
                )
            )
            geom = getattr(row, "geom", None)
            shape = shapely.from_wkb(bytes(geom.wkb)) if geom else None
            drawn = shapely.to_wkt(shape, rounding_precision=decimals)
            rows.append((*map(repr, values.items()), drawn))
        found[model.__name__] = sorted(rows, key=repr)
    return found


def clear():
    for model in MODELS:
        model._default_manager.all().delete()


@pytest.mark.parametrize("format", FORMATS)
def test_a_dumped_register_loads_into_an_empty_one_as_the_same(register, tmp_path, format):
    # A sheet's numbers have 16 digits: a tenth of a nanometre is lost in them.
    decimals = 12 if format == "xlsx" else 17
    before = everything(decimals)
    for slug in IN_ORDER:
        call_command(
            "dump_places",
            "--layer",
            slug,
            "--format",
            format,
            "-o",
            str(tmp_path / f"{slug}.{format}"),
        )
    clear()
    for slug in IN_ORDER:
        call_command(
            "load_places",
            str(tmp_path / f"{slug}.{format}"),
            "--layer",
            slug,
            stdout=io.StringIO(),
            stderr=io.StringIO(),
        )
    assert everything(decimals) == before


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("slug", LAYERS)
def test_a_dumped_layer_loads_over_itself_and_changes_nothing(register, tmp_path, slug, format):
    asked = layer(slug)
    path = tmp_path / f"{slug}.{format}"
    with dump(asked, asked.rows(), format) as file:
        path.write_bytes(file.read())
    before = everything()
    loaded = load_places(layer=asked, path=path)
    assert (loaded.created, loaded.updated, loaded.unchanged) == (0, 0, asked.rows().count())
    assert loaded.unchanged > 0
    assert everything() == before


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("slug", LAYERS)
def test_no_cell_is_one_a_spreadsheet_would_run(register, slug, format):
    with dump(layer(slug), layer(slug).rows(), format) as file:
        if format == "csv":
            rows = list(csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline="")))
            # A number may be negative; a word may not begin like a formula.
            words = [cell for row in rows for cell in row if not is_number(cell)]
        else:
            cells = [cell for row in openpyxl.load_workbook(file).active.rows for cell in row]
            assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}
            words = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert [word for word in words if word.startswith(tuple("=+-@\t\r＝＋－＠"))] == []


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_a_boundary_longer_than_a_cell_goes_over_several(register, tmp_path):
    ring = GEOSGeometry("SRID=4326;POINT (118.55 24.78)").buffer(0.005, quadsegs=900)
    estate = Estate.objects.get(name="银星花园")
    estate.geom = GEOSGeometry(f"SRID=4326;MULTIPOLYGON ({ring.wkt.removeprefix('POLYGON ')})")
    estate.save()
    path = tmp_path / "a.xlsx"
    with dump(layer("estates"), layer("estates").rows(), "xlsx") as file:
        path.write_bytes(file.read())
    header = [cell.value for cell in next(openpyxl.load_workbook(path).active.rows)]
    assert header[-2].startswith("wkt_wgs84_")
    before = everything()
    Estate.objects.filter(pk=estate.pk).update(geom=square(118.54, 24.77), src_file="x")
    load_places(layer=layer("estates"), path=path)
    assert everything() == before


def test_a_geojson_has_the_registers_own_names(register):
    out = io.StringIO()
    call_command("dump_places", "--layer", "charging_sites", "--format", "geojson", stdout=out)
    collection = json.loads(out.getvalue())
    assert collection["type"] == "FeatureCollection"
    assert collection["features"][1] == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [118.5431, 24.7731]},
        "properties": {
            "community": "陈村社区",
            "community_code": "350582001008",
            "estate": "银星花园",
            "estate_code": "QY-001",
            "code": "CD-2",
            "name": "",
            "owner": "unknown",
            "status": "built",
            "ports": None,
            "bays": None,
            "indoor": True,
            "unconfirmed": False,
            "src_datum": "drawn",
            "src_file": "",
        },
    }


def test_a_sheet_is_in_the_language_of_whoever_asks(register):
    headers = {}
    for language in ("zh-hans", "en"):
        with (
            translation.override(language),
            dump(layer("lights"), layer("lights").rows(), "xlsx") as file,
        ):
            headers[language] = [
                cell.value for cell in next(openpyxl.load_workbook(file).active.rows)
            ]
    assert headers["zh-hans"][:5] == ["社区", "社区编码", "小区", "小区编码", "编号"]
    assert headers["zh-hans"][-2:] == ["经度(WGS84)", "纬度(WGS84)"]
    assert headers["en"][:5] == ["community", "community_code", "estate", "estate_code", "code"]


def test_a_geopackage_says_what_it_is(register, tmp_path):
    call_command(
        "dump_places", "--layer", "estates", "--format", "gpkg", "-o", str(tmp_path / "e.gpkg")
    )
    info = pyogrio.read_info(tmp_path / "e.gpkg")
    assert (info["crs"], info["geometry_type"], info["features"]) == (
        "EPSG:4326",
        "MultiPolygon",
        len(NASTY) + 2,
    )


def test_only_rows_asked_for_and_in_use_go_out(register):
    Estate.objects.filter(name="007").update(retired_at="2024-01-01T00:00Z")
    asked = Estate.objects.filter(name__in=["007", "1e5"])
    with dump(layer("estates"), asked, "geojson") as file:
        names = [one["properties"]["name"] for one in json.load(file)["features"]]
    assert names == ["1e5"]


def test_an_empty_layer_is_an_empty_file_of_its_kind(db, tmp_path):
    for format in FORMATS:
        path = tmp_path / f"lights.{format}"
        call_command("dump_places", "--layer", "lights", "--format", format, "-o", str(path))
        assert load_places(layer=layer("lights"), path=path).created == 0


def test_a_binary_file_does_not_go_to_the_screen(db):
    with translation.override("en"), pytest.raises(CommandError) as error:
        call_command("dump_places", "--layer", "lights", "--format", "xlsx", stdout=io.StringIO())
    assert str(error.value) == "Say with -o where the file is to go."
