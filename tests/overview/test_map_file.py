"""The map in one file: what it holds, in whose language, and what it never holds."""

import re
from base64 import b64decode
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings as house
from django.utils import timezone
from PIL import Image

from geo.models import Office
from inspections.models import MaskedCopy
from inspections.overview.taken import colours, map_told, points
from inspections.services import derivatives
from tests.evidence.worlds import named, recorded
from tests.factories import (
    CompanyFactory,
    EstateFactory,
    FindingFactory,
    InspectionFactory,
)
from tests.overview.taking import DAY, MAP, PAGE, stamped, taken, told_by
from tests.pictures import photo
from tests.test_complaints import WHO, a_complaint, take
from tests.test_visibility import OFFICE

pytestmark = pytest.mark.django_db

EVIL = "</script><script>alert(1)</script>{{ 7*7 }}{% raise %}\"'<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("address", [MAP, PAGE])
def test_who_may_take_it_away(as_user, estate, address):
    answered = {who: as_user(who).get(address) for who in OFFICE}
    assert {who: reply.status_code for who, reply in answered.items()} == OFFICE | {"nobody": 302}
    assert answered["nobody"]["Location"].startswith("/sign-in/?next=/overview/")
    wrong = as_user("leader").get(address, {"colour": "red"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "filter_invalid")


def test_it_is_saved_and_asks_nobody_for_anything(as_user, estate):
    reply = taken(as_user("leader"))
    assert reply["Content-Disposition"] == 'attachment; filename="xuntu-found-2024-12-20.html"'
    assert reply["Cache-Control"] == "private, no-store"
    file = reply.content.decode()
    # What stands in Leaflet's own remarks, and the name of SVG, which is no address.
    outside = {each.split("/")[2] for each in re.findall(r"\w+://[^\s\"'<)]+", file)}
    assert outside == {
        *("leafletjs.com", "www.w3.org", "bugs.chromium.org", "bugzilla.mozilla.org"),
    }
    assert not re.search(r"<(link|iframe|object|embed|base)\b|\bsrc=[\"'](?!data:)|@import", file)
    assert not re.search(r"url\((?!data:|#default#VML)", file)
    assert "default-src 'none'; img-src data:;" in file


def test_its_figures_are_those_of_the_page(as_user, estate):
    other = EstateFactory(community=estate.community, name="金井苑")
    for of, n in ((estate, 3), (other, 1)):
        for _ in range(n):
            FindingFactory(estate=of)
    leader = as_user("leader")
    for measure in ("found", "rate", "households", "open", "overdue", "repeat"):
        query = {"as_of": "2024-12-20", "measure": measure}
        page = leader.get("/api/v1/overview/figures/", query).json()
        told = told_by(taken(leader, measure=measure))
        named = [name for name, _ in told["names"]]
        whole = told["periods"][0]
        assert whole["total"] == page["total"]["value"]
        columns = ("value", "n", "of", "low", "high", "looked")
        assert dict(zip(named, whole["values"], strict=True)) == {
            row["name"]: [row[name] for name in columns] for row in page["rows"]
        }
        assert told["scale"] == page["measure"]["scale"]
        hexagons = [each["properties"] for each in told["hexagons"]["features"]]
        assert sum(each["n"] for each in hexagons) == page["total"]["n"]


def test_each_month_has_its_own_findings_and_they_add_up(as_user, estate):
    days = ["2024-10-05", "2024-11-05", "2024-11-30", "2024-12-01"]
    for day in days:
        at = timezone.make_aware(timezone.datetime.fromisoformat(f"{day}T12:00"))
        inspection = InspectionFactory(estate=estate, recorded_at=at)
        FindingFactory(estate=estate, inspection=inspection, recorded_at=at)
    told = told_by(taken(as_user("leader"), since="2024-10-01"))
    assert [(each["key"], each["total"]) for each in told["periods"][1:]] == [
        ("2024-10", 1),
        ("2024-11", 2),
        ("2024-12", 1),
    ]
    months = [told["periods"][each[2]]["key"] for each in told["findings"]]
    assert months == [day[:7] for day in reversed(days)]


def test_a_finding_is_open_or_closed_as_of_the_day(as_user, estate):
    at = timezone.make_aware(timezone.datetime(2024, 12, 1, 12))
    closed = FindingFactory(estate=estate, recorded_at=at, closed_at=at + timedelta(days=10))
    leader = as_user("leader")

    def days(as_of: str) -> list[tuple[str, str]]:
        return [(each[3], each[4]) for each in told_by(taken(leader, as_of=as_of))["findings"]]

    assert days("2024-12-05") == [("2024-12-01", "")]
    assert days("2024-12-20") == [("2024-12-01", "2024-12-11")]
    (point,) = told_by(taken(leader))["findings"]
    assert point[:2] == [pytest.approx(closed.place.x, abs=1e-6), pytest.approx(closed.place.y)]


def test_the_newest_are_shown_as_points_and_the_file_says_of_how_many(as_user, estate, monkeypatch):
    monkeypatch.setattr(points, "MOST_POINTS", 2)
    for _ in range(3):
        FindingFactory(estate=estate)
    reply = taken(as_user("leader"))
    told = told_by(reply)
    assert (len(told["findings"]), told["periods"][0]["total"]) == (2, 3)
    assert "Of 3 findings the newest 2 are shown as points." in reply.content.decode()


def test_months_older_than_the_sliders_are_said_to_be_in_the_whole_period_only(
    as_user, estate, monkeypatch
):
    monkeypatch.setattr(map_told, "MOST_MONTHS", 2)
    for recorded_at in ("2024-08-05T10:00+08:00", "2024-12-05T10:00+08:00"):
        FindingFactory(estate=estate, recorded_at=recorded_at)
    reply = taken(as_user("leader"), since="2024-08-01", until=DAY)
    assert [(each["key"], each["total"]) for each in told_by(reply)["periods"]] == [
        ("", 2),
        ("2024-11", 0),
        ("2024-12", 1),
    ]
    said = "The slider has the newest 2 months; 3 older ones are in the whole period only."
    assert said in reply.content.decode()


def test_what_people_wrote_is_only_ever_text(as_user, estate, community):
    estate.name = EVIL[:100]
    estate.save()
    community.name_en = "{{ 7*7 }}<b>"
    community.save()
    FindingFactory(estate=estate)
    reply = taken(as_user("leader"), estate=estate.pk)
    file = reply.content.decode()
    assert told_by(reply)["names"] == [[EVIL[:100], "{{ 7*7 }}<b>"]]
    assert "alert(1)</script>" not in file
    assert "<img" not in file
    assert len(re.findall("<script", file)) == 4


def test_it_speaks_the_language_of_who_asked(as_user, estate):
    FindingFactory(estate=estate)
    english, chinese = (taken(as_user("leader"), language=each) for each in ("en", "zh-CN"))
    assert '<html lang="en">' in english.content.decode()
    assert "<h1>Map of findings: Findings</h1>" in english.content.decode()
    assert '<html lang="zh-CN">' in chinese.content.decode()
    assert "<h1>隐患地图：发现隐患数</h1>" in chinese.content.decode()
    assert told_by(chinese)["words"]["severities"] == ["紧急", "较重", "一般"]


def test_it_is_stamped_with_its_day_its_filters_and_its_data(as_user, estate, community):
    leader = as_user("leader")
    version = leader.get("/api/v1/overview/version/").json()["version"]
    reply = taken(leader, kind="lighting", severity=1, community=community.pk, since="2024-11-01")
    made = stamped(reply)
    assert made.pop("Made at").startswith(str(timezone.localdate()))
    assert made == {
        "As of": "2024-12-20",
        "Period": "2024-11-01 to 2024-12-20",
        "Kinds": "Public lighting",
        "Severity": "immediate danger",
        "Communities": community.name_en or community.name,
        "Version of the data": version,
    }
    assert stamped(taken(leader))["Filters"] == "none"


def test_a_communitys_person_takes_only_theirs(as_user, estate, elsewhere):
    theirs = EstateFactory(community=elsewhere, name="远处花园")
    FindingFactory(estate=estate)
    FindingFactory(estate=theirs)
    reply = taken(as_user("supervisor"))
    told = told_by(reply)
    assert [name for name, _ in told["names"]] == [estate.name]
    assert (told["periods"][0]["total"], len(told["findings"])) == (1, 1)
    assert [len(told[each]["features"]) for each in ("communities", "estates")] == [1, 1]
    for name in ("远处花园", elsewhere.name):
        assert name not in reply.content.decode()
    told = told_by(taken(as_user("supervisor"), community=elsewhere.pk))
    assert (told["names"], told["findings"]) == ([], [])


def test_nothing_of_companies_and_complainants_is_in_it(as_user, estate):
    estate.company = CompanyFactory(name="安居物业", contact="王经理", phone="13900002222")
    estate.save()
    assert take(as_user("officer"), a_complaint(estate, complainant=WHO)).status_code == 201
    FindingFactory(estate=estate)
    file = taken(as_user("leader"), language="zh-CN").content.decode()
    for words in (
        "安居物业",
        "王经理",
        "13900002222",
        *WHO["name"],
        WHO["phone"],
        WHO["address"],
        "天天停满小车",
    ):
        assert words not in file


@pytest.fixture
def folders(settings, tmp_path) -> None:
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "photos"


def a_photo(client, estate) -> str:
    """Of a lamp that is broken; its id."""
    body = photo(size=(640, 480))
    told = named(body, item="ZM-01")
    recorded(client, estate, (told, body))
    return told["id"]


def a_masked_photo(client, estate) -> None:
    id = a_photo(client, estate)
    derivatives.make(id)
    box = {"left": 0.25, "top": 0.2, "width": 0.25, "height": 0.25}
    reply = client.put(f"/api/v1/photos/{id}/masked/{id}/", {"boxes": [box]}, format="json")
    assert reply.status_code == 201


def test_of_photos_only_masked_copies_are_in_it(as_user, estate, folders):
    supervisor = as_user("supervisor")
    a_photo(supervisor, estate)
    a_masked_photo(supervisor, estate)
    reply = taken(supervisor, as_of=str(timezone.localdate()))
    told = told_by(reply)
    (picture,) = told["photos"]
    shown = Image.open(BytesIO(_bytes(picture)))
    kept = house.MEDIA_ROOT / MaskedCopy.objects.get().small
    assert _bytes(picture) == kept.read_bytes()
    assert max(shown.size) <= 256
    assert sorted(each[-1] for each in told["findings"]) == [[], [0]]
    said = "Photos: 1 masked ones are in this file; 1 others of these findings are not."
    assert said in reply.content.decode()


def _bytes(picture: str) -> bytes:
    return b64decode(picture.removeprefix("data:image/jpeg;base64,"))


def test_the_demonstration_says_so(as_user, estate):
    assert 'class="mark"' not in taken(as_user("leader")).content.decode()
    Office.objects.update_or_create(defaults={"demonstration": True})
    assert '<p class="mark">DEMONSTRATION</p>' in taken(as_user("leader")).content.decode()


def test_colours_are_those_of_the_page():
    style = (house.STATIC_DIR / "style.css").read_text("utf-8")
    light = dict(reversed(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", style)))
    assert light["heat-none"] == colours.NOBODY
    assert colours.STEPS[1:] == tuple(light[f"heat-{n}"] for n in range(1, 7))
    severities = [light[each] for each in ("danger", "serious", "ordinary")]
    assert severities == list(colours.SEVERITIES)
