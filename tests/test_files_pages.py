"""Files at the clerk's page and at the addresses that pages lead to."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from geo.files import FORMATS, LAYERS
from geo.models import Asset, Estate
from tests.factories import AssetFactory, EstateFactory, square

pytestmark = pytest.mark.django_db
PAGE = "/admin/geo/estate/files/"


def upload(content, name="小区.csv"):
    return SimpleUploadedFile(name, content.encode("gb18030"))


@pytest.fixture
def clerk(as_user):
    return as_user("clerk")


def test_the_clerk_looks_first_and_then_loads(clerk, community):
    table = "名称,社区,户数\n青新花园,陈村社区,320\n"
    sent = {"layer": "estates", "look": "1", "file": upload(table)}
    page = clerk.post(PAGE, sent).content.decode()
    assert "1 added, 0 changed, 0 as they were." in page
    assert "Choose the file again to load it." in page
    assert not Estate.objects.filter(name="青新花园").exists()
    sent = {"layer": "estates", "load": "1", "file": upload(table)}
    page = clerk.post(PAGE, sent).content.decode()
    assert "1 added, 0 changed, 0 as they were." in page
    estate = Estate.objects.get(name="青新花园")
    assert (estate.households, estate.src_file) == (320, "小区.csv")
    history = clerk.get(reverse("admin:geo_estate_history", args=[estate.pk])).content.decode()
    assert "loaded from a file" in history
    assert "小区.csv" in history


def test_every_bad_row_is_on_the_page(clerk, community):
    table = "名称,社区,户数\n甲,陈村社区,许多\n乙,无此社区,1\n"
    reply = clerk.post(PAGE, {"layer": "estates", "load": "1", "file": upload(table)})
    page = reply.content.decode()
    assert reply.status_code == 400
    assert "Nothing was loaded: 2 rows need another look." in page
    assert "line 2: 户数 “许多”: is not a number." in page
    assert "line 3: there is no community “无此社区” in the register." in page


def test_a_datum_is_asked_for_on_the_page_and_given_there(clerk, community):
    table = "编号,社区,经度,纬度\n1,陈村社区,395000,2745762\n"
    page = "/admin/geo/asset/files/"
    sent = {"layer": "hydrants", "load": "1"}
    reply = clerk.post(page, {**sent, "file": upload(table)})
    assert "does not say which coordinate system" in reply.content.decode()
    reply = clerk.post(page, {**sent, "file": upload(table), "datum": "epsg"})
    assert "Give the number, such as 4549." in reply.content.decode()
    lon, lat = community.geom.centroid.coords
    table = f"编号,社区,经度,纬度\n1,陈村社区,{lon},{lat}\n"
    clerk.post(page, {**sent, "file": upload(table), "datum": "epsg", "epsg": "4490"})
    assert Asset.objects.get(type="hydrant").src_datum == "cgcs2000"


def test_columns_are_mapped_on_the_page(clerk, community):
    table = "A,B\n青新花园,陈村\n"
    sent = {"layer": "estates", "load": "1", "mapping": "name=A\ncommunity=B\n"}
    clerk.post(PAGE, {**sent, "file": upload(table)})
    assert Estate.objects.filter(name="青新花园").exists()
    reply = clerk.post(PAGE, {**sent, "mapping": "name", "file": upload(table)})
    assert "Write field=column, not “name”." in reply.content.decode()


@pytest.mark.parametrize("who", ["inspector", "leader", "stranger", "nobody"])
def test_only_who_keeps_the_registers_loads_files(as_user, community, who):
    table = "名称,社区\n青新花园,陈村社区\n"
    as_user(who).post(PAGE, {"layer": "estates", "load": "1", "file": upload(table)})
    assert not Estate.objects.filter(name="青新花园").exists()


def test_a_register_leads_to_its_files(clerk):
    assert 'href="files/"' in clerk.get("/admin/geo/estate/").content.decode()
    page = clerk.get("/admin/geo/asset/files/").content.decode()
    for slug in ("lanes", "lights", "charging_sites", "hydrants"):
        assert f'<option value="{slug}">' in page
        assert f'href="/places/{slug}.xlsx"' in page


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("slug", LAYERS)
def test_every_layer_can_be_taken_away_in_every_format(as_user, slug, format):
    reply = as_user("leader").get(f"/places/{slug}.{format}")
    assert reply.status_code == 200
    assert reply["Content-Type"] == FORMATS[format].content_type
    assert f'filename="{slug}-20' in reply["Content-Disposition"]
    assert len(b"".join(reply.streaming_content)) > 0


def names(reply):
    content = json.load(io.BytesIO(b"".join(reply.streaming_content)))
    return [one["properties"]["name"] for one in content["features"]]


def test_a_person_takes_away_only_what_they_see(as_user, estate, elsewhere):
    elsewhere_too = EstateFactory(community=elsewhere, name="象峰小区", geom=square(118.55, 24.78))
    AssetFactory(estate=elsewhere_too, name="远灯")
    AssetFactory(estate=estate, name="近灯")
    seen = {
        who: (
            names(as_user(who).get("/places/estates.geojson")),
            names(as_user(who).get("/places/lights.geojson")),
        )
        for who in ("clerk", "inspector", "inspector2", "company", "stranger")
    }
    assert seen == {
        "clerk": (["银星花园", "象峰小区"], ["远灯", "近灯"]),
        "inspector": (["银星花园"], ["近灯"]),
        "inspector2": (["象峰小区"], ["远灯"]),
        "company": (["银星花园"], ["近灯"]),
        "stranger": ([], []),
    }


def test_who_is_not_signed_in_is_asked_to(as_user):
    reply = as_user("nobody").get("/places/estates.csv")
    assert (reply.status_code, reply["Location"].partition("?")[0]) == (302, reverse("sign-in"))


@pytest.mark.parametrize("address", ["/places/secrets.csv", "/places/estates.exe"])
def test_what_is_no_layer_or_no_format_is_not_found(as_user, address):
    assert as_user("leader").get(address).status_code == 404
