"""What happens to rows and what is told of it: history, out of use, moved, merged."""

import re

import pytest
from django.contrib.gis.geos import Polygon

from geo.models import Asset, Building, Community, Estate
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    CommunityFactory,
    CompanyFactory,
    EstateFactory,
)
from tests.registers import drawn, estate_form, page_of, told_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(as_user):
    return as_user("clerk")


# ── the past ────────────────────────────────────────────────────────────────────────────────────


def test_the_history_of_a_row_reads_who_when_and_what_in_both_languages(clerk, people, estate):
    people["clerk"].name = "林文员"
    people["clerk"].save()
    other = CompanyFactory(name="晋江银星物业服务有限公司")
    form = estate_form(estate, company=other.pk, households="820", height_class="high")
    assert clerk.post(page_of(Estate, "change", estate.pk), form).status_code == 302
    before = estate.company.name
    rows = told_of(clerk.get(page_of(Estate, "history", estate.pk)))
    assert rows[0][1:] == ["林文员", "changed", "property company", before, other.name]
    assert rows[1] == ["households", "–", "820"]
    assert rows[2] == ["height class", "unknown", "high-rise, over 27 m"]
    assert rows[3][1:4] == ["by a program", "entered", "source datum"]
    chinese = {"accept-language": "zh-CN"}
    rows = told_of(clerk.get(page_of(Estate, "history", estate.pk), headers=chinese))
    assert rows[0][1:] == ["林文员", "修改", "物业企业", before, other.name]
    assert rows[2] == ["高度类别", "不详", "高层（27 米以上）"]
    assert rows[3][1:3] == ["程序", "新增"]


def test_a_changed_shape_is_told_by_its_corners_and_its_size(clerk, estate):
    ring = [(118.541, 24.771), (118.543, 24.771), (118.543, 24.773), (118.541, 24.771)]
    clerk.post(page_of(Estate, "change", estate.pk), estate_form(estate, geom=drawn(Polygon(ring))))
    told = told_of(clerk.get(page_of(Estate, "history", estate.pk)))[0]
    assert told[3] == "boundary"
    assert re.fullmatch(r"5 corners, 44,\d{3} m²", told[4])
    assert re.fullmatch(r"4 corners, 22,\d{3} m²", told[5])


def test_a_long_history_is_told_page_by_page(clerk, estate):
    for households in range(60):
        Estate.objects.filter(pk=estate.pk).update(households=households)
    first = told_of(clerk.get(page_of(Estate, "history", estate.pk)))
    second = told_of(clerk.get(page_of(Estate, "history", estate.pk) + "?p=2"))
    assert first[0][-1] == "59"
    assert len(first) == 50
    assert second[0][-2:] == ["8", "9"], "what was before is known across pages"


def test_a_history_of_nothing_is_not_found(clerk):
    assert clerk.get(page_of(Estate, "history", 999_999)).status_code == 404


# ── out of use, moved, merged ───────────────────────────────────────────────────────────────────


def test_a_page_says_what_will_happen_before_an_estate_goes_out_of_use(clerk, estate):
    BuildingFactory.create_batch(3, estate=estate)
    AssetFactory(estate=estate)
    page = clerk.get(f"/admin/geo/estate/retire/?id={estate.pk}").text
    told = page[page.index("What will happen") :]
    assert re.findall(r"<li>([^<]+)</li>", told) == ["1 asset", "3 buildings"]
    assert Estate.objects.get(pk=estate.pk).retired_at is None, "asking changes nothing"
    again = clerk.post("/admin/geo/estate/retire/", {"id": estate.pk, "reason": ""})
    assert again.status_code == 200
    assert Estate.objects.get(pk=estate.pk).retired_at is None, "nor does leaving out the reason"
    body = {"id": estate.pk, "reason": "已拆除"}
    done = clerk.post("/admin/geo/estate/retire/", body, follow=True)
    assert f'href="/admin/geo/estate/restore/?id={estate.pk}"' in done.text, "the way back"
    assert Building.objects.current().count() == 0
    row = told_of(clerk.get(page_of(Estate, "history", estate.pk)))[0]
    assert row[1] == "clerk"
    assert row[2].split() == ["taken", "out", "of", "use", "已拆除"]


def test_several_rows_go_and_come_back_at_once(clerk, community):
    estates = EstateFactory.create_batch(3, community=community)
    ids = [estate.pk for estate in estates]
    led = clerk.post("/admin/geo/estate/", {"action": "retire", "_selected_action": ids}).headers[
        "Location"
    ]
    assert all(f"id={pk}" in led for pk in ids)
    clerk.post("/admin/geo/estate/retire/", {"id": ids, "reason": "已拆除"})
    assert Estate.objects.current().filter(pk__in=ids).count() == 0
    clerk.post("/admin/geo/estate/restore/", {"id": ids, "reason": "核查有误"})
    assert Estate.objects.current().filter(pk__in=ids).count() == 3


def test_one_row_that_cannot_go_keeps_all_and_is_named(clerk, estate):
    empty = CommunityFactory()
    ids = [empty.pk, estate.community_id]
    page = clerk.post("/admin/geo/community/retire/", {"id": ids, "reason": "调整"})
    assert "still belong to “陈村社区”" in page.text
    assert Community.objects.current().filter(pk__in=ids).count() == 2


def test_an_estate_is_moved_by_its_own_page_and_never_by_the_way(clerk, estate, elsewhere):
    BuildingFactory(estate=estate)
    here = estate.community
    form = estate_form(estate, community=elsewhere.pk)
    assert clerk.post(page_of(Estate, "change", estate.pk), form).status_code == 302
    assert Estate.objects.get(pk=estate.pk).community == here
    page = clerk.get(f"/admin/geo/estate/move/?id={estate.pk}&to={elsewhere.pk}").text
    assert "<li>1 building</li>" in page
    clerk.post(
        "/admin/geo/estate/move/", {"id": estate.pk, "to": elsewhere.pk, "reason": "区划调整"}
    )
    assert Estate.objects.get(pk=estate.pk).community == elsewhere
    assert Building.objects.get().community == elsewhere


def test_twins_are_merged_in_three_steps_and_the_page_says_there_is_no_way_back(clerk, estate):
    twin = EstateFactory(community=estate.community, name="银星花园二期", households=320)
    AssetFactory(estate=twin)
    picked = clerk.get(f"/admin/geo/estate/merge/?id={estate.pk}&other={twin.pk}")
    both = picked.headers["Location"]
    assert both == f"/admin/geo/estate/merge/?id={estate.pk}&id={twin.pk}"
    asked = clerk.get(both).text
    assert "What will happen" not in asked, "first, which one stays"
    page = clerk.get(f"{both}&kept={estate.pk}").text
    assert "This can&#x27;t be undone by a button." in page
    assert "<li>1 asset</li>" in page
    assert "<li>households</li>" in page
    assert Estate.objects.current().count() == 2
    done = clerk.post(
        "/admin/geo/estate/merge/",
        {"id": [estate.pk, twin.pk], "kept": estate.pk, "reason": "同一小区"},
    )
    assert done.headers["Location"] == page_of(Estate, "change", estate.pk)
    twin.refresh_from_db()
    assert twin.merged_into == estate
    assert Estate.objects.get(pk=estate.pk).households == 320


def test_three_rows_are_no_twins(clerk, community):
    ids = [estate.pk for estate in EstateFactory.create_batch(3, community=community)]
    query = "&".join(f"id={pk}" for pk in ids)
    page = clerk.get(f"/admin/geo/estate/merge/?{query}", follow=True)
    assert "Tick two rows that are the same thing." in page.text


def test_assets_companies_and_communities_are_merged_too(clerk, estate):
    twins = {
        "asset": AssetFactory.create_batch(2, estate=estate),
        "propertycompany": [estate.company, CompanyFactory()],
        "community": [estate.community, CommunityFactory()],
    }
    for model, (kept, twin) in twins.items():
        done = clerk.post(
            f"/admin/geo/{model}/merge/",
            {"id": [kept.pk, twin.pk], "kept": kept.pk, "reason": "重复"},
        )
        assert done.status_code == 302
        twin.refresh_from_db()
        assert twin.retired_at is not None


@pytest.mark.parametrize("ids", ["", "id=0", "id=x", "id=999999"])
def test_an_act_on_nothing_is_not_found(clerk, ids):
    assert clerk.get(f"/admin/geo/estate/retire/?{ids}").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("inspector", 403), ("leader", 403), ("nobody", 200)])
def test_nobody_else_merges_or_retires(as_user, estate, who, status):
    reply = as_user(who).post(
        "/admin/geo/estate/retire/", {"id": estate.pk, "reason": "x"}, follow=True
    )
    assert reply.status_code == status, "who is not signed in ends at the door"
    assert Estate.objects.get(pk=estate.pk).retired_at is None


@pytest.mark.parametrize("model", [Estate, Asset, Community], ids=lambda model: model.__name__)
def test_nothing_of_the_register_is_deleted(clerk, estate, model):
    AssetFactory(estate=estate)
    row = model.objects.first()
    assert clerk.post(page_of(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()
