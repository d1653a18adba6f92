"""Complaints: taken by hand, told, answered, and who complained kept apart."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.contrib.gis.geos import MultiPolygon, Point
from django.utils import timezone

from geo.models import ExcludedArea
from inspections.models import Case, Complainant, ComplainantReading, Complaint
from tests.factories import EstateFactory

pytestmark = pytest.mark.django_db

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = "2024-11-30T16:30:00+08:00"
WHO = {"name": "林阿姨", "phone": "13800001111", "address": "5栋301", "wants_reply": True}


def a_complaint(estate=None, /, **more) -> dict:
    told = {
        "channel": "phone",
        "title": "消防通道停车",
        "text": "楼下消防通道天天停满小车，消防车进不来。",
        "received_at": AT,
    }
    return told | ({"estate": estate.pk} if estate else {}) | more


def take(client, body, id=None):
    return client.put(f"/api/v1/complaints/{id or uuid4()}/", body, format="json")


def post_alike(client, **asked):
    return client.post("/api/v1/complaints/alike/", asked, format="json").json()["cases"]


def test_a_complaint_opens_a_case_and_is_answered_the_same_when_sent_again(as_user, estate):
    id, client = uuid4(), as_user("officer")
    body = a_complaint(estate, complainant=WHO, severity=2, place_told="5栋楼下")
    first = take(client, body, id)
    again = take(client, body | {"received_at": "2024-11-30T08:30:00Z"}, id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    case = Case.objects.get()
    assert first.json() == {
        "type": "Feature",
        "id": str(id),
        "geometry": None,
        "properties": {
            "id": str(id),
            "case": str(case.pk),
            "case_number": case.number,
            "case_state": "reported",
            "title": "消防通道停车",
            "channel": "phone",
            "outside_number": "",
            "community": estate.community_id,
            "community_name": "陈村社区",
            "estate": estate.pk,
            "estate_name": "银星花园",
            "place_told": "5栋楼下",
            "text": body["text"],
            "received_at": "2024-11-30T08:30:00Z",
            "entered_at": first.json()["properties"]["entered_at"],
            "entered_by": "officer",
            # The day it came, to its end.
            "reply_due_at": "2024-11-30T15:59:59Z",
            "replied_at": None,
            "reply": "",
            "named": True,
        },
    }
    assert (case.source, case.title, case.severity, case.estate) == (
        "complaint",
        "消防通道停车",
        2,
        estate,
    )
    assert estate.geom.contains(case.place)
    assert case.step_due_at is not None


def test_another_complaint_with_the_same_id_is_refused(as_user, estate):
    id = uuid4()
    take(as_user("officer"), a_complaint(estate), id)
    reply = take(as_user("officer"), a_complaint(estate, text="别的事"), id)
    assert (reply.status_code, reply.json()["code"]) == (409, "recorded_differently")
    assert Complaint.objects.count() == 1


def test_every_wrong_field_is_named_at_once(as_user, estate):
    reply = take(
        as_user("officer"),
        {
            "channel": "pigeon",
            "text": " ",
            "received_at": (timezone.now() + timedelta(hours=1)).isoformat(),
            "severity": 4,
            "simple": "no",
            "complainant": {"name": "n" * 61, "age": 3},
            "join": str(uuid4()),
            "colour": "red",
        },
    )
    assert (reply.status_code, reply.json()) == (
        400,
        {
            "code": "complaint_invalid",
            "message": "Some fields need another look.",
            "details": {
                "fields": {
                    "channel": "One of visit, phone, letter, miniapp, hotline, other.",
                    "text": "This is needed.",
                    "estate": "An estate or a place on the map is needed.",
                    "received_at": "This is still to come.",
                    "severity": "A whole number is needed.",
                    "simple": "true or false.",
                    "complainant.name": "A text of at most 60 characters.",
                    "complainant.age": "A record has no such field.",
                    "join": "There is no such case in your area.",
                    "colour": "A record has no such field.",
                }
            },
        },
    )


def test_a_place_on_the_map_tells_the_estate_or_the_community(as_user, estate, elsewhere):
    inside = estate.geom.point_on_surface
    reply = take(
        as_user("clerk"), a_complaint(place={"type": "Point", "coordinates": list(inside.coords)})
    ).json()["properties"]
    assert (reply["estate_name"], reply["community_name"]) == ("银星花园", "陈村社区")
    outside = elsewhere.geom.point_on_surface
    place = {"type": "Point", "coordinates": list(outside.coords)}
    reply = take(as_user("clerk"), a_complaint(place=place)).json()["properties"]
    assert (reply["estate_name"], reply["community_name"]) == (None, "象山社区")
    assert Case.objects.latest("number").place == outside
    refused = take(as_user("officer"), a_complaint(place=place))
    assert refused.json()["details"]["fields"] == {
        "place": "This place lies in no community of yours."
    }


def test_on_excluded_ground_nothing_is_taken(as_user, estate):
    ExcludedArea.objects.create(
        name="x", geom=MultiPolygon(estate.geom.envelope, srid=4326), reason="military"
    )
    place = {"type": "Point", "coordinates": list(estate.geom.point_on_surface.coords)}
    reply = take(as_user("officer"), a_complaint(estate, place=place))
    assert (reply.status_code, reply.json()["code"]) == (422, "excluded_area")
    assert Complaint.objects.count() == Case.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("admin", 201),
        ("supervisor", 201),
        ("officer", 201),
        ("clerk", 201),
        ("inspector", 403),
        ("planner", 403),
        ("leader", 403),
        ("unit", 403),
        # The estate is theirs, complaints are not.
        ("company", 403),
        ("inspector2", 400),
        ("stranger", 400),
        ("nobody", 401),
    ],
)
def test_who_takes_complaints(as_user, estate, who, status):
    assert take(as_user(who), a_complaint(estate)).status_code == status


def test_one_number_of_one_channel_is_entered_once(as_user, estate):
    client = as_user("clerk")
    body = a_complaint(estate, channel="hotline", outside_number="12345-7")
    first = take(client, body).json()
    reply = take(client, body)
    assert (reply.status_code, reply.json()["code"]) == (409, "complaint_entered")
    assert reply.json()["details"] == {"complaint": first["id"]}
    assert take(client, body | {"channel": "miniapp"}).status_code == 201


def test_who_complained_is_told_apart_and_each_reading_is_noted(as_user, people, estate):
    id = uuid4()
    take(as_user("officer"), a_complaint(estate, complainant=WHO), id)
    address = f"/api/v1/complaints/{id}/complainant/"
    statuses = {who: as_user(who).get(address).status_code for who in (*people, "nobody")}
    assert statuses == {
        "admin": 200,
        "supervisor": 200,
        "officer": 200,
        "clerk": 200,
        "inspector": 403,
        "planner": 403,
        "leader": 403,
        "unit": 403,
        "company": 404,
        "inspector2": 404,
        "stranger": 404,
        "nobody": 401,
    }
    reply = as_user("supervisor").get(address)
    told = reply.json()
    assert reply["Cache-Control"] == "no-store"
    readers = [each["by"] for each in told.pop("readings")]
    assert told == WHO
    assert readers[0] == "supervisor"
    assert sorted(readers) == ["admin", "clerk", "officer", "supervisor", "supervisor"]
    assert ComplainantReading.objects.count() == 5


def test_a_complaint_of_nobody_named_has_no_details(as_user, estate):
    id = uuid4()
    told = take(as_user("officer"), a_complaint(estate, complainant={"wants_reply": False}), id)
    assert told.json()["properties"]["named"] is False
    assert as_user("officer").get(f"/api/v1/complaints/{id}/complainant/").status_code == 404
    assert Complainant.objects.count() == ComplainantReading.objects.count() == 0


def test_it_is_answered_once(as_user, people, estate):
    id = uuid4()
    take(as_user("officer"), a_complaint(estate), id)
    address = f"/api/v1/complaints/{id}/reply/"
    assert as_user("inspector").put(address, {"text": "已处理"}, format="json").status_code == 403
    assert as_user("company").put(address, {"text": "已处理"}, format="json").status_code == 404
    blank = as_user("supervisor").put(address, {"text": " "}, format="json")
    assert (blank.status_code, blank.json()["code"]) == (400, "complaint_invalid")
    answers = [
        as_user("supervisor").put(address, {"text": words}, format="json")
        for words in ("已派物业清理。", "已派物业清理。", "另一种说法")
    ]
    assert [each.status_code for each in answers] == [200, 200, 409]
    told = answers[0].json()["properties"]
    assert (told["reply"], answers[1].json()) == ("已派物业清理。", answers[0].json())
    assert answers[2].json()["code"] == "complaint_answered"
    row = Complaint.objects.get()
    assert (row.replied_by, row.reply) == (people["supervisor"], "已派物业清理。")


def test_it_joins_an_open_case_and_no_ended_one(as_user, estate):
    client = as_user("supervisor")
    first = take(client, a_complaint(estate)).json()["properties"]
    second = take(client, a_complaint(estate, text="还是停车", join=first["case"])).json()
    assert second["properties"]["case"] == first["case"]
    case = Case.objects.get()
    assert case.complaints.count() == 2
    end(client, case)
    reply = take(client, a_complaint(estate, text="又停车", join=first["case"]))
    assert (reply.status_code, reply.json()["code"]) == (409, "case_is_ended")
    assert Complaint.objects.count() == 2


def test_a_list_is_narrowed_by_what_is_asked(as_user, estate):
    client = as_user("clerk")
    first = take(client, a_complaint(estate)).json()
    other = a_complaint(
        EstateFactory(name="金井小区"),
        channel="hotline",
        outside_number="G-77",
        text="路灯不亮",
        received_at="2024-12-02T09:00:00+08:00",
    )
    second = take(client, other).json()
    client.put(f"/api/v1/complaints/{first['id']}/reply/", {"text": "好"}, format="json")

    def told(query: str) -> list[str]:
        reply = client.get(f"/api/v1/complaints/?{query}").json()
        assert reply["count"] == len(reply["features"])
        return [each["id"] for each in reply["features"]]

    assert told("") == [second["id"], first["id"]]
    assert told("answered=0") == [second["id"]]
    assert told("answered=1") == told("channel=phone") == told("q=停满") == [first["id"]]
    assert told("q=g-77") == told("since=2024-12-01") == [second["id"]]
    assert told("until=2024-11-30") == [first["id"]]
    assert told(f"case={second['properties']['case']}") == [second["id"]]
    assert told(f"community={estate.community_id}&estate={estate.pk}") == [first["id"]]
    assert client.get("/api/v1/complaints/?case=1").status_code == 400
    seen = {
        who: as_user(who).get("/api/v1/complaints/").json()["count"]
        for who in ("inspector", "leader", "company", "inspector2", "stranger")
    }
    assert seen == {"inspector": 1, "leader": 2, "company": 0, "inspector2": 0, "stranger": 0}


def test_open_cases_near_in_place_and_words_are_proposed(as_user, estate, elsewhere):
    client = as_user("officer")
    now = timezone.now().isoformat()
    middle = estate.geom.point_on_surface
    place = {"type": "Point", "coordinates": list(middle.coords)}
    same = take(client, a_complaint(estate, place=place, received_at=now)).json()
    take(client, a_complaint(estate, title="电梯异响", text="电梯有异响", received_at=now))
    found = post_alike(
        client, estate=estate.pk, place=place, text="消防通道又停满车了，消防车怎么进来"
    )
    assert [each["id"] for each in found][:1] == [same["properties"]["case"]]
    best = found[0]
    assert (best["same_estate"], best["distance_m"], best["title"]) == (True, 0.0, "消防通道停车")
    assert best["words"] == 0.38
    # A place alone, forty metres off; and a place where nothing is open.
    near = Point(middle.x + 0.0004, middle.y, srid=4326)
    by_place = post_alike(client, place={"type": "Point", "coordinates": list(near.coords)})
    assert same["properties"]["case"] in [each["id"] for each in by_place]
    far = elsewhere.geom.point_on_surface
    assert post_alike(client, place={"type": "Point", "coordinates": list(far.coords)}) == []
    assert post_alike(client, text="消防通道") == []
    # Neither what is ended nor what lies long back.
    end(as_user("supervisor"), Case.objects.get(pk=same["properties"]["case"]))
    old = Case.objects.exclude(pk=same["properties"]["case"]).get()
    Case.objects.filter(pk=old.pk).update(reported_at=datetime(2024, 1, 1, tzinfo=SHANGHAI))
    assert post_alike(client, estate=estate.pk) == []


def test_only_who_takes_complaints_is_shown_what_is_alike(as_user, estate):
    statuses = {
        who: as_user(who)
        .post("/api/v1/complaints/alike/", {"estate": estate.pk}, format="json")
        .status_code
        for who in ("officer", "clerk", "inspector", "leader", "company", "stranger", "nobody")
    }
    assert statuses == {
        "officer": 200,
        "clerk": 200,
        "inspector": 403,
        "leader": 403,
        "company": 403,
        "stranger": 403,
        "nobody": 401,
    }


def end(client, case) -> None:
    reply = client.put(
        f"/api/v1/cases/{case.pk}/moves/{uuid4()}/",
        {
            "move": "reject",
            "version": case.version,
            "recorded_at": timezone.now().isoformat(),
            "note": "不属实",
        },
        format="json",
    )
    assert reply.status_code == 201, reply.json()
