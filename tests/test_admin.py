"""The registers as the clerk keeps them: who gets in, what is drawn, what is told of the past."""

import json
import re
import uuid

import pytest
from django.contrib import admin
from django.contrib.gis.geos import LineString, MultiPolygon, Point, Polygon
from django.db.models import UniqueConstraint
from django.urls import reverse
from django.utils import timezone
from shapely import wkb

from geo import geojson
from geo.admin.forms import SENTENCES
from geo.models import Asset, Building, Community, Estate, ExcludedArea, Exit, Office, Road
from inspections.models import Finding
from people.models import ApiToken
from people.services import create_token
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    CommunityFactory,
    CompanyFactory,
    EstateFactory,
)
from tests.records import a_record, put

pytestmark = pytest.mark.django_db
OURS = ("geo", "people", "inspections")
REGISTERS = [model for model in admin.site._registry if model._meta.app_label in OURS]


@pytest.fixture
def clerk(as_user):
    return as_user("clerk")


def page_of(model, what="changelist", *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def drawn(geometry) -> str:
    return json.dumps(geojson.write(wkb.loads(bytes(geometry.wkb))))


def estate_form(estate, /, **changes) -> dict:
    return {
        "name": estate.name,
        "code": estate.code or "",
        "community": estate.community_id,
        "address": estate.address,
        "company": estate.company_id or "",
        "has_company": {None: "unknown", True: "true", False: "false"}[estate.has_company],
        "households": "",
        "ebikes": "",
        "height_class": estate.height_class,
        "target_year": "",
        "geom": drawn(estate.geom) if estate.geom else "",
    } | changes


def asset_form(estate, /, **changes) -> dict:
    return {
        "type": "light",
        "estate": estate.pk,
        "community": "",
        "code": "LD-1",
        "name": "",
        "owner": "unknown",
        "status": "built",
        "width_m": "",
        "ports": "",
        "bays": "",
        "indoor": "unknown",
        "geom": drawn(estate.geom.point_on_surface),
    } | changes


def wrong_in(page) -> list[str]:
    return re.findall(r'<ul class="errorlist"[^>]*><li>(.*?)</li>', page.text)


def told_of(page) -> list[list[str]]:
    """The rows of a history as a reader sees them."""
    table = page.text[page.text.index('<table class="history">') :]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in row] for row in cells]


# ── who gets in ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("admin", 200),
        ("clerk", 200),
        ("inspector", 403),
        ("supervisor", 403),
        ("planner", 403),
        ("leader", 403),
        ("unit", 403),
        ("officer", 403),
        ("company", 403),
        ("stranger", 403),
    ],
)
def test_only_the_clerk_and_the_administrator_keep_the_registers(as_user, who, status):
    for address in ("/admin/", "/admin/geo/estate/", "/admin/people/user/add/"):
        assert as_user(who).get(address, follow=True).status_code == status


def test_who_is_not_signed_in_is_led_to_the_door_and_back(as_user):
    reply = as_user("nobody").get("/admin/geo/estate/?q=银星", follow=True)
    (first, _), (last, _) = reply.redirect_chain[0], reply.redirect_chain[-1]
    assert first.startswith("/admin/login/?next=")
    assert last.startswith("/sign-in/?next=/admin/geo/estate/")


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_register_opens_in_both_languages(clerk, estate, model, language):
    create_token(user=estate.community.memberships.model.objects.first().user, name="x", days=1)
    BuildingFactory(estate=estate)
    AssetFactory(estate=estate)
    headers = {"accept-language": language}
    assert clerk.get(page_of(model), headers=headers).status_code == 200
    assert clerk.get(page_of(model) + "?q=x", headers=headers).status_code == 200
    if row := model._default_manager.first():
        for what in ("change", "history"):
            assert clerk.get(page_of(model, what, row.pk), headers=headers).status_code == 200


@pytest.mark.parametrize("model", REGISTERS, ids=lambda model: model.__name__)
def test_nothing_in_a_page_comes_from_outside_or_is_written_into_it(clerk, estate, model):
    """A strict policy would stop it, and the office's network may lead nowhere."""
    pages = [clerk.get(page_of(model)), clerk.get(page_of(model, "add"))]
    for page in (each for each in pages if each.status_code == 200):
        outside = re.findall(r'(?:src|href|action)="(?:https?:)?//([^"/]+)', page.text)
        assert outside == []
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page.text)
        assert {each.strip() for each in inline} <= {'type="importmap"'}
        assert re.findall(r"\sstyle=\"|\son\w+=\"", page.text) == []


def test_the_policy_of_every_page_is_strict(clerk):
    policy = clerk.get("/admin/geo/estate/add/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


# ── finding ─────────────────────────────────────────────────────────────────────────────────────


def names_in(page) -> list[str]:
    return re.findall(r'<th class="field-name"><a [^>]+>([^<]+)</a>', page.text)


def test_estates_are_found_by_name_code_and_community(clerk, estate, elsewhere):
    EstateFactory(community=elsewhere, name="象山新村", code="QY-9")
    for asked, found in (("银星", "银星花园"), ("QY-9", "象山新村"), ("象山社区", "象山新村")):
        assert names_in(clerk.get("/admin/geo/estate/", {"q": asked})) == [found]
    by = clerk.get("/admin/geo/estate/", {"community__id__exact": elsewhere.pk})
    assert names_in(by) == ["象山新村"]


def test_a_list_shows_what_is_in_use_unless_asked_for_more(clerk, estate, people, community):
    gone = EstateFactory(community=community, name="旧改小区")
    clerk.post(f"/admin/geo/estate/retire/?id={gone.pk}", {"id": gone.pk, "reason": "已拆除"})
    assert names_in(clerk.get("/admin/geo/estate/")) == ["银星花园"]
    assert names_in(clerk.get("/admin/geo/estate/?use=retired")) == ["旧改小区"]
    assert len(names_in(clerk.get("/admin/geo/estate/?use=all"))) == 2


def test_what_is_out_of_use_is_not_offered(clerk, estate, community):
    gone = EstateFactory(community=community, name="旧改小区")
    gone.retired_at = "2024-01-01T00:00+08:00"
    gone.save()
    offered = clerk.get(
        "/admin/autocomplete/",
        {"app_label": "geo", "model_name": "building", "field_name": "estate", "term": "小区"},
    ).json()
    assert [each["text"] for each in offered["results"]] == []


# ── shapes ──────────────────────────────────────────────────────────────────────────────────────


def test_an_area_drawn_by_hand_becomes_the_estates_boundary(clerk, estate):
    ring = [(118.541, 24.771), (118.543, 24.771), (118.543, 24.773), (118.541, 24.771)]
    estate.src_datum, estate.src_file = "gcj02", "estates.shp"
    estate.save()
    form = estate_form(estate, geom=drawn(Polygon(ring)))
    reply = clerk.post(page_of(Estate, "change", estate.pk), form)
    assert reply.status_code == 302, wrong_in(reply)
    estate.refresh_from_db()
    assert estate.geom.equals_exact(MultiPolygon(Polygon(ring), srid=4326))
    assert (estate.src_datum, estate.src_file) == ("drawn", ""), "it is not the file's any more"


def test_a_shape_nobody_touched_stays_what_it_is_and_where_it_came_from(clerk, estate):
    ring = [(118.5410000000123, 24.771), (118.543, 24.771), (118.543, 24.773), (118.541, 24.775)]
    estate.geom = MultiPolygon(Polygon([*ring, ring[0]]), srid=4326)
    estate.src_datum, estate.src_file = "gcj02", "estates.shp"
    estate.save()
    page = clerk.get(page_of(Estate, "change", estate.pk)).text
    text = re.search(r"<textarea[^>]*name=\"geom\"[^>]*>(.*?)</textarea>", page, re.S).group(1)
    form = estate_form(estate, name="银星花园一期", geom=text.strip().replace("&quot;", '"'))
    assert clerk.post(page_of(Estate, "change", estate.pk), form).status_code == 302
    kept = Estate.objects.get(pk=estate.pk)
    assert kept.name == "银星花园一期"
    assert kept.geom.wkb == estate.geom.wkb
    assert (kept.src_datum, kept.src_file) == ("gcj02", "estates.shp")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{", "This is not JSON: line 1, column 2."),
        ('{"type": "Point", "coordinates": [118.54, 24.77]}', "Expected Polygon, MultiPolygon"),
        (
            '{"type":"Polygon","coordinates":[[[118.54,24.77],[118.56,24.79],[118.56,24.77],'
            "[118.54,24.79],[118.54,24.77]]]}",
            "crosses itself",
        ),
        (
            '{"type":"Polygon","coordinates":[[[24.77,118.54],[24.79,118.54],[24.79,118.56],'
            "[24.77,118.54]]]}",
            "within China",
        ),
        ('{"type": "Polygon", "coordinates": []}', "The shape is empty."),
    ],
)
def test_a_shape_that_cannot_be_is_refused_with_the_reason(clerk, estate, written, says):
    page = clerk.post(page_of(Estate, "change", estate.pk), estate_form(estate, geom=written))
    assert page.status_code == 200
    assert any(says in sentence for sentence in wrong_in(page)), wrong_in(page)


def test_a_geojson_feature_is_read_as_its_geometry(clerk, estate):
    shape = json.loads(drawn(estate.geom))
    feature = json.dumps({"type": "Feature", "properties": {}, "geometry": shape})
    form = estate_form(estate, geom=feature)
    assert clerk.post(page_of(Estate, "change", estate.pk), form).status_code == 302


def test_an_estate_drawn_beyond_its_community_is_kept_and_asked_about(clerk, estate):
    west, south, _, _ = estate.community.geom.extent
    ring = [(west - 0.01, south), (west, south), (west, south + 0.01), (west - 0.01, south)]
    form = estate_form(estate, geom=drawn(Polygon(ring)))
    page = clerk.post(page_of(Estate, "change", estate.pk), form, follow=True)
    assert "reaches beyond the community" in page.text


@pytest.mark.parametrize(
    ("type_", "says"),
    [
        ("lane", "A fire lane is drawn as a line."),
        ("operation_area", "An aerial-operation area is drawn as an area."),
        ("vacant_space", "A vacant space is drawn as an area."),
    ],
)
def test_a_point_is_no_lane_and_no_area(clerk, estate, type_, says):
    page = clerk.post(page_of(Asset, "add"), asset_form(estate, type=type_))
    assert wrong_in(page) == [says]


def test_a_fire_lane_has_a_line_and_a_width_and_a_light_has_neither(clerk, estate):
    x, y = estate.geom.extent[:2]
    line = drawn(LineString((x, y), (x + 0.001, y + 0.001)))
    lane = asset_form(estate, type="lane", code="XF-1", width_m="3.8", geom=line)
    assert clerk.post(page_of(Asset, "add"), lane).status_code == 302
    made = Asset.objects.get(code="XF-1")
    assert (made.geom.geom_type, made.width_m, made.community) == (
        "LineString",
        3.8,
        estate.community,
    )
    light = asset_form(estate, width_m="3.8", ports="2")
    assert wrong_in(clerk.post(page_of(Asset, "add"), light)) == [
        "Only a fire lane has a width.",
        "Only a charging site has this.",
    ]
    light = asset_form(estate, status="planned")
    assert wrong_in(clerk.post(page_of(Asset, "add"), light)) == [
        "Only a charging site is planned, and has ports, bays and a roof."
    ]


def test_an_asset_in_the_street_says_its_community(clerk, estate, elsewhere):
    nowhere = asset_form(estate, estate="")
    assert wrong_in(clerk.post(page_of(Asset, "add"), nowhere)) == [
        "Choose an estate, or at least a community."
    ]
    street = asset_form(estate, estate="", community=elsewhere.pk)
    assert clerk.post(page_of(Asset, "add"), street).status_code == 302
    assert Asset.objects.get(code="LD-1").community == elsewhere


def test_an_asset_of_an_estate_is_in_the_estates_community_whatever_is_said(
    clerk, estate, elsewhere
):
    form = asset_form(estate, community=elsewhere.pk)
    assert clerk.post(page_of(Asset, "add"), form).status_code == 302
    assert Asset.objects.get(code="LD-1").community == estate.community


def test_buildings_exits_roads_and_excluded_areas_are_entered(clerk, estate):
    shape = drawn(estate.geom)
    building = {
        "estate": estate.pk,
        "number": "14栋",
        "floors": "11",
        "height_m": "33.5",
        "households": "",
        "geom": shape,
    }
    assert clerk.post(page_of(Building, "add"), building).status_code == 302
    made = Building.objects.get(number="14栋")
    assert made.community == estate.community
    door = {"building": made.pk, "name": "北门", "geom": drawn(Point(118.545, 24.775))}
    assert clerk.post(page_of(Exit, "add"), door).status_code == 302
    road = {
        "name": "青阳路",
        "rank": "2",
        "geom": drawn(LineString((118.54, 24.77), (118.55, 24.78))),
    }
    assert clerk.post(page_of(Road, "add"), road).status_code == 302
    assert Road.objects.get().geom.geom_type == "MultiLineString"
    area = {"name": "军事管理区", "reason": "", "geom": shape}
    assert clerk.post(page_of(ExcludedArea, "add"), area).status_code == 302
    assert Exit.objects.count() == ExcludedArea.objects.count() == 1


def test_a_second_estate_of_one_name_is_refused_in_words(clerk, estate):
    form = estate_form(EstateFactory.build(community=estate.community, name=estate.name))
    page = clerk.post(page_of(Estate, "add"), form)
    assert wrong_in(page) == ["This community has an estate of this name already."]
    assert Estate.objects.count() == 1


def test_what_the_database_would_refuse_is_said_in_a_sentence_for_every_register():
    """A constraint added to a register of places has its words, or is told by Django's own."""
    silent = {
        constraint.name
        for model in REGISTERS
        if model._meta.app_label == "geo"
        for constraint in model._meta.constraints
        if constraint.name not in SENTENCES
        and not (isinstance(constraint, UniqueConstraint) and constraint.condition is None)
    }
    assert silent == {
        "there_is_one_office",
        "a_merged_estate_is_retired",
        "no_estate_merges_into_itself",
        "a_merged_asset_is_retired",
        "no_asset_merges_into_itself",
    }, "what no form here can bring about"


def test_there_is_one_office(clerk):
    assert clerk.post(page_of(Office, "add"), {"name": "青阳街道"}).status_code == 302
    assert clerk.get(page_of(Office, "add")).status_code == 403
    assert Office.objects.get().demonstration is False


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


# ── what was recorded ───────────────────────────────────────────────────────────────────────────


def test_the_clerk_reads_what_was_recorded_and_changes_none_of_it(clerk, as_user, estate):
    id = uuid.uuid4()
    put(as_user("inspector"), a_record(estate), id)
    put(as_user("inspector2"), a_record(estate))
    page = clerk.get(f"/admin/inspections/inspection/{id}/change/")
    assert "ZM-01" in page.text
    assert 'name="_save"' not in page.text
    assert clerk.post(f"/admin/inspections/inspection/{id}/change/", {}).status_code == 403
    found = clerk.get("/admin/inspections/finding/?kind=lighting&q=银星").text
    assert "1 finding" in found
    assert "0 findings" in clerk.get("/admin/inspections/finding/?kind=fire_lane").text
    refused = clerk.get("/admin/inspections/refused/?settled=no").text
    assert "estate_not_found" in refused


def test_what_a_finding_was_before_its_first_change_is_not_made_up(clerk, as_user, estate):
    """Findings are too many for a second row each: their history begins with a change."""
    put(as_user("inspector"), a_record(estate))
    finding = Finding.objects.get()
    for closed_at in (finding.recorded_at, None):
        finding.closed_at = closed_at
        finding.save()
    rows = told_of(clerk.get(f"/admin/inspections/finding/{finding.pk}/history/"))
    at = timezone.localtime(finding.recorded_at).strftime("%Y-%m-%d %H:%M")
    assert [row[2:] for row in rows] == [["changed", "closed at", at, "–"], ["changed"]]


# ── tokens ──────────────────────────────────────────────────────────────────────────────────────


def test_the_clerk_sees_tokens_and_ends_them_and_never_reads_one(clerk, people):
    row, token = create_token(user=people["inspector"], name="周报", days=30)
    page = clerk.get("/admin/people/apitoken/").text
    assert "周报" in page
    assert token not in page
    assert row.digest not in page
    clerk.post("/admin/people/apitoken/", {"action": "revoke", "_selected_action": [row.pk]})
    assert ApiToken.objects.get().revoked_at is not None
    assert "revoked" in clerk.get("/admin/people/apitoken/?state=ended").text
    assert clerk.get("/admin/people/apitoken/add/").status_code == 403
