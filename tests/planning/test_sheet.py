"""A site on paper."""

import io

import pypdfium2
import pytest
import shapely
from PIL import Image
from rest_framework.test import APIClient

from geo.models import Office
from inspections.papers import fonts
from planning.models import SiteRule
from planning.reports.sheet import drawing
from planning.reports.sheet.drawing import Deciding, Thing
from tests.factories import BuildingFactory
from tests.papers.desk import NoFonts
from tests.planning.drawn import SITES, a_plan, a_site, taken, within


@pytest.fixture
def planner(as_user) -> APIClient:
    return as_user("planner")


@pytest.fixture
def site(planner, estate) -> dict:
    """Beside a building."""
    BuildingFactory(estate=estate, number="14栋")
    plan = a_plan(planner, name="增补方案")
    return a_site(
        planner,
        plan,
        estate,
        name="东门车棚 #panic()",
        geom=within(estate, 40, 40),
        ports=12,
        bays=20,
        commercial=True,
        cost_yuan=68000,
        note="原为堆放杂物的空地",
    )


def read(reply) -> str:
    """All that is written in the PDF, without spaces."""
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(reply.content)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return "".join(text.split())


def sheet(client: APIClient, site: dict, language: str = "zh-CN"):
    return client.get(f"{SITES}{site['id']}/sheet.pdf", headers={"accept-language": language})


def test_it_says_where_it_is_what_it_is_made_of_and_every_rule(planner, site, estate):
    text = read(sheet(planner, site))
    told = ("东门车棚#panic()", "增补方案", estate.name, estate.community.name, "第1版", "68,000")
    for words in (*told, "原为堆放杂物的空地", "比例尺1:500", "14栋", "规则检查"):
        assert words in text, words
    for rule in SiteRule.objects.filter(on=True):
        assert rule.code in text


def test_it_speaks_the_readers_language(planner, site):
    text = read(sheet(planner, site, "en"))
    assert "Whatitismadeof" in text
    assert "Scale1:500onA4" in text
    assert "fromthenearestwall" in text
    assert "规则检查" not in text


def test_of_a_rule_from_memory_neither_limit_nor_source_is_printed(planner, site):
    rule = SiteRule.objects.get(code="R03")
    SiteRule.objects.filter(pk=rule.pk).update(limit=37.77, source_zh="某处记得的导则")
    said = read(sheet(planner, site))
    assert "37.77" in said
    assert "某处记得的导则" in said
    SiteRule.objects.filter(pk=rule.pk).update(sure="M")
    said = read(sheet(planner, site))
    assert "R03" in said
    assert "37.77" not in said
    assert "某处记得的导则" not in said


def test_it_has_the_vote_the_steps_and_the_photos(planner, as_user, site):
    photo = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(photo, "JPEG")
    document = f"{SITES}{site['id']}/documents/00000000-0000-4000-8000-000000000001/"
    sent = planner.put(
        f"{document}?name=现场.jpg", photo.getvalue(), content_type="application/octet-stream"
    )
    assert sent.status_code == 201, sent.json()
    taken(planner, site, "check", note="到现场看过")
    vote = {
        "heads": 300,
        "heads_took_part": 200,
        "heads_agreed": 149,
        "area_m2": "30000.00",
        "area_took_part_m2": "20000.00",
        "area_agreed_m2": "15000.00",
    }
    taken(
        planner,
        site,
        "record_vote",
        on="2024-11-20",
        vote=vote,
        documents=["00000000-0000-4000-8000-000000000001"],
    )
    text = read(sheet(planner, site))
    for words in ("对照规则检查", "到现场看过", "登记业主表决", "2024-11-20", "现场.jpg"):
        assert words in text, words
    # 149 of 200 heads is not three quarters.
    assert "200/300" in text
    assert "66.67%" in text
    assert "74.50%" in text
    assert "表决未通过" in text


def test_a_demonstration_says_so_on_every_page(planner, site):
    assert "演示" not in read(sheet(planner, site))
    Office.objects.update_or_create(pk=1, defaults={"demonstration": True})
    assert "演示" in read(sheet(planner, site))


def test_without_a_font_that_has_chinese_it_says_so(planner, site, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(fonts.typst, "Fonts", lambda **_: NoFonts())
    settings.PAPER_FONTS_DIR = tmp_path / "none"
    reply = sheet(planner, site, "en")
    assert (reply.status_code, reply.json()["code"]) == (503, "no_font")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *((who, 200) for who in ("planner", "admin", "leader", "supervisor", "inspector")),
        *((who, 404) for who in ("inspector2", "company", "stranger")),
        ("nobody", 401),
    ],
)
def test_whoever_sees_a_site_may_print_it(as_user, site, who, status):
    assert sheet(as_user(who), site).status_code == status


def test_the_map_is_to_scale():
    """A site of 20 by 10 metres, at one to five hundred: 40 by 20 millimetres."""
    site = shapely.box(460_000, 2_744_000, 460_020, 2_744_010)
    drawn = drawing.draw(site, [], [], font="x")
    assert drawn.scale == 500
    (path,) = (part for part in drawn.svg.split("<path ") if drawing.STYLES["site"] in part)
    points = [
        tuple(map(float, at.split()))
        for at in path.split('"')[1].strip("MZ").replace("L", "\n").splitlines()
    ]
    west, south = min(x for x, _ in points), max(y for _, y in points)
    assert max(x for x, _ in points) - west == pytest.approx(40, abs=0.02)
    assert south - min(y for _, y in points) == pytest.approx(20, abs=0.02)


def test_all_that_decides_is_on_the_map_though_it_be_far():
    site = shapely.box(0, 0, 20, 10)
    far = Deciding(shapely.LineString([(20, 5), (150, 5)]), "R13 130 m", "met")
    drawn = drawing.draw(site, [], [far], font="x")
    assert drawn.scale == 1000
    assert "R13 130 m" in drawn.svg


def test_no_name_is_written_across_another_or_the_site():
    site = shapely.box(0, 0, 20, 10)
    crowd = [Thing("building", shapely.box(0, 0, 20, 10).buffer(n), f"{n}栋") for n in range(1, 9)]
    drawn = drawing.draw(site, crowd, [], font="x")
    places = {
        tuple(part.split('"')[1:4:2]) for part in drawn.svg.split("<text ")[1:] if "栋" in part
    }
    assert len(places) == sum(f">{n}栋<" in drawn.svg for n in range(1, 9))


def test_what_somebody_called_a_building_stays_text():
    site = shapely.box(0, 0, 20, 10)
    name = '</text><script>alert("x")</script>&'
    drawn = drawing.draw(
        site, [Thing("building", shapely.box(-40, -20, -5, 30), name)], [], font="x"
    )
    assert "<script>" not in drawn.svg
    assert "&lt;script&gt;" in drawn.svg
