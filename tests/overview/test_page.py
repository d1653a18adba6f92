"""The overview on one page of paper."""

import pypdfium2
import pytest
import shapely
from shapely.geometry import box

from geo.measure import from_metric
from inspections.overview.taken import colours, drawing
from inspections.overview.taken.ground import Ground
from inspections.papers import fonts
from tests.factories import CommunityFactory, EstateFactory, FindingFactory
from tests.overview.taking import PAGE, taken
from tests.papers.desk import NoFonts, pages_of

pytestmark = pytest.mark.django_db


def test_it_says_every_measure_what_it_means_and_of_which_data(as_user, estate, community):
    for _ in range(3):
        FindingFactory(estate=estate)
    leader = as_user("leader")
    version = leader.get("/api/v1/overview/version/").json()["version"]
    reply = taken(leader, PAGE, "zh-CN", measure="rate", community=community.pk)
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"] == 'attachment; filename="xuntu-rate-2024-12-20.pdf"'
    (said,) = pages_of(reply.content)
    for words in (
        *("隐患地图：检出率", "1处/次检查", "95%区间0.21至2.92", "截止日2024-12-20", "陈村社区"),
        *("发现隐患数", "每百户隐患数", "当日未销号", "逾期案卷", "30日内复发", "无人检查"),
        *("这段时间内发现的隐患数÷同期有效检查次数", f"数据版本:{version}", "社区:陈村社区"),
        *("比例尺1:", "上北下南", "1/1"),
    ):
        assert words in said, words


def test_it_speaks_the_readers_language(as_user, estate):
    FindingFactory(estate=estate)
    (said,) = pages_of(taken(as_user("leader"), PAGE).content)
    assert "Mapoffindings:Findings" in said
    assert "Filters:none" in said
    assert "隐患" not in said


def test_the_whole_office_is_on_one_page(as_user, community):
    """Fifteen communities, in the longer of the two languages."""
    for n in range(15):
        of = CommunityFactory(name=f"第{n}社区", name_en=f"Xiangshan Community {n}")
        FindingFactory(estate=EstateFactory(community=of))
    pages = pages_of(taken(as_user("leader"), PAGE).content)
    assert len(pages) == 1
    assert "XiangshanCommunity14" in pages[0]


def test_a_communitys_person_reads_only_theirs(as_user, estate, elsewhere):
    FindingFactory(estate=estate)
    FindingFactory(estate=EstateFactory(community=elsewhere))
    (said,) = pages_of(taken(as_user("supervisor"), PAGE, "zh-CN").content)
    assert estate.community.name in said
    assert elsewhere.name not in said


def test_where_no_font_has_chinese_it_says_so(as_user, estate, monkeypatch):
    fonts._fonts.cache_clear()
    monkeypatch.setattr(fonts.typst, "Fonts", lambda **_: NoFonts())
    reply = as_user("leader").get(PAGE)
    monkeypatch.undo()
    fonts._fonts.cache_clear()
    assert (reply.status_code, reply.json()["code"]) == (503, "no_font")


def test_estates_are_drawn_to_scale_and_filled_by_the_measure():
    """A square of 500 m in a community of 4 km, at the first scale at which that fits."""
    east, north = 560_000.0, 2_745_000.0
    community = from_metric(box(east - 2000, north - 2000, east + 2000, north + 2000))
    estate = from_metric(box(east, north, east + 500, north + 500))
    ground = Ground({1: community}, {1: ("某社区", "Some")}, {7: estate}, ())
    drawn = drawing.draw(ground, {7: colours.STEPS[3]}, english=True, font="Noto Sans CJK SC")
    assert drawn.scale == 40_000
    assert f'fill="{colours.STEPS[3]}"' in drawn.svg
    assert ">Some</text>" in drawn.svg
    path = next(each for each in drawn.svg.split("<path ") if colours.STEPS[3] in each)
    points = path.split('d="M')[1].split("Z")[0].split("L")
    shape = shapely.Polygon([tuple(map(float, each.split())) for each in points])
    west, south, east_mm, north_mm = shape.bounds
    assert (east_mm - west, north_mm - south) == pytest.approx((12.5, 12.5), abs=0.02)


def test_a_page_of_which_nothing_is_known_is_a_page(as_user, elsewhere):
    """Somebody of a community that has no estate and no boundary."""
    elsewhere.geom = None
    elsewhere.save()
    reply = taken(as_user("inspector2"), PAGE)
    document = pypdfium2.PdfDocument(reply.content)
    assert len(document) == 1
    document.close()
