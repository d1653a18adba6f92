"""Sheets of QR labels: what they say is read back from the printed page by the tablet's reader."""

import subprocess
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from geo import labels
from geo.models import Asset, Building, Estate
from tests.factories import AssetFactory, BuildingFactory, EstateFactory

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parent.parent
DPI = 200


def mm(n: float) -> int:
    return round(n / 25.4 * DPI)


def read_back(told: list[labels.Label], tmp_path) -> list[str]:
    """What the tablet's reader sees on each label of the printed pages, in their order."""
    pages = labels.sheet(told, "png", ppi=DPI)
    asked = []
    for n in range(len(told)):
        page, place = divmod(n, 21)
        image = Image.open(BytesIO(pages[page] if isinstance(pages, list) else pages))
        row, column = divmod(place, 3)
        west, north = mm(7.2 + column * (63.5 + 2.54)), mm(15 + row * 38.1)
        label = image.convert("RGBA").crop((west, north, west + mm(34), north + mm(38.1)))
        path = tmp_path / f"{n}.rgba"
        path.write_bytes(label.tobytes())
        asked.append(f"{path} {label.width} {label.height}")
    done = subprocess.run(
        ["node", "tests/read_labels.mjs"],
        input="\n".join(asked),
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=True,
    )
    return done.stdout.split()


def test_what_a_label_says_is_read_back_from_the_page(estate, tmp_path):
    estates = [estate, *(EstateFactory(community=estate.community) for _ in range(18))]
    building = BuildingFactory(estate=estate, number="14栋")
    lamp = AssetFactory(estate=estate)
    told = [
        *labels.of_estates(estates),
        *labels.of_buildings([building]),
        *labels.of_buildings([building], ["B2", "地下一层"]),
        *labels.of_assets([lamp]),
    ]
    assert read_back(told, tmp_path) == [
        *(f"XUNTU:E{each.pk}" for each in estates),
        f"XUNTU:B{building.pk}",
        f"XUNTU:B{building.pk}:B2",
        f"XUNTU:B{building.pk}:地下一层",
        f"XUNTU:A{lamp.pk}",
    ]


def test_a_label_says_what_it_is_in_chinese_whoever_prints_it(estate):
    estate.code = "QY-001"
    lamp = AssetFactory(estate=estate, code="LD-007")
    lane = Asset(pk=9, type="lane", name="环形消防车道", code="XC-01", estate=estate)
    building = BuildingFactory(estate=estate, number="14栋")
    with translation.override("en"):
        told = [
            *labels.of_estates([estate]),
            *labels.of_buildings([building], ["B1"]),
            *labels.of_assets([lamp, lane]),
        ]
    assert [(each.name, each.lines) for each in told] == [
        ("银星花园", ("小区", "QY-001", "陈村社区")),
        ("银星花园 14栋 B1", ("楼栋", "陈村社区")),
        ("LD-007", ("路灯", "银星花园")),
        ("环形消防车道", ("消防车通道", "XC-01", "银星花园")),
    ]


def test_a_label_whose_pattern_looks_like_a_corner_is_read_all_the_same(tmp_path):
    # Of nine hundred labels this one was seen by no reader that trusts the first three corners.
    told = [labels.Label("XUNTU:A83", "LD-083")]
    assert read_back(told, tmp_path) == ["XUNTU:A83"]


def test_names_of_any_length_and_any_sign_keep_to_their_label(estate, tmp_path):
    estate.name = '很长的小区名称#[*_"\\' * 6
    told = labels.of_estates([estate] * 22)
    assert read_back(told, tmp_path) == [f"XUNTU:E{estate.pk}"] * 22


def test_the_command_prints_what_is_asked_for(estate, community, elsewhere, tmp_path):
    BuildingFactory(estate=estate)
    BuildingFactory(estate=estate, retired_at=timezone.now())
    EstateFactory(community=elsewhere, name="别处小区")
    AssetFactory(estate=estate)
    file = tmp_path / "labels.pdf"

    def printed(*asked: str) -> str:
        said = StringIO()
        with translation.override("en"):
            call_command("labels", *asked, str(file), stdout=said)
        assert file.read_bytes().startswith(b"%PDF-")
        return said.getvalue().strip()

    assert printed() == "Labels: 3."
    assert printed("--community", community.code) == "Labels: 2."
    assert printed("--community", "陈村社区", "--layer", "estates") == "Labels: 1."
    assert printed("--estate", "别处小区", "--estate", str(estate.pk)) == "Labels: 3."
    assert printed("--layer", "buildings", "--floor", "B1", "--floor", "1F") == "Labels: 2."
    assert printed("--layer", "lights") == "Labels: 1."


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--estate", "无此小区"], "There is no estate “无此小区”."),
        (["--layer", "hydrants"], "There is nothing to print."),
        (["--floor", "B1:2"], "“B1:2” is no floor."),
    ],
)
def test_the_command_says_why_it_prints_nothing(estate, tmp_path, asked, says):
    with translation.override("en"), pytest.raises(CommandError) as refused:
        call_command("labels", *asked, str(tmp_path / "labels.pdf"))
    assert str(refused.value) == says
    assert not (tmp_path / "labels.pdf").exists()


@pytest.mark.parametrize("model", [Estate, Building, Asset])
def test_the_clerk_prints_those_ticked_in_the_list(as_user, estate, model):
    rows = {
        Estate: lambda: estate,
        Building: lambda: BuildingFactory(estate=estate),
        Asset: lambda: AssetFactory(estate=estate),
    }
    row = rows[model]()
    address = reverse(f"admin:geo_{model._meta.model_name}_changelist")
    asked = {"action": "labels", "_selected_action": [row.pk]}
    reply = as_user("clerk").post(address, asked)
    assert reply.status_code == 200
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"].startswith("attachment; filename=")
    assert reply.content.startswith(b"%PDF-")
    assert as_user("inspector").post(address, asked).status_code != 200


def test_there_are_no_labels_for_roads(as_user):
    page = as_user("clerk").get(reverse("admin:geo_road_changelist")).content.decode()
    assert 'value="labels"' not in page
