"""What each is told of a case, and cases that were opened by hand or of what was found before."""

import uuid
from io import StringIO

import pgtrigger
import pytest
from django.core.management import call_command

from inspections.models import Case, Complainant, Complaint, Finding
from tests.cases import a_case, a_move, bring, made, put_move
from tests.factories import CompanyFactory, EstateFactory, MembershipFactory, UserFactory
from tests.records import a_record, here, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(people):
    """Everyone has a name of their own."""
    for user in people.values():
        user.name = f"{user.username}先生"
        user.save()


@pytest.fixture
def told_all(as_user, people, estate, named):
    """A case with everything that there may be around one."""
    case = a_case(as_user("inspector"), estate)
    made(as_user("supervisor"), case, "file", note="属实")
    made(as_user("supervisor"), case, "assign", handler={"kind": "company", "person": "company"})
    late = a_move(case, "fix_on_spot", version=0, photos=[])
    assert put_move(as_user("officer"), case, late).status_code == 400
    made(as_user("company"), case, "claim")
    put_move(as_user("supervisor"), case, a_move(case, "void", version=1, note="误报"))
    made(as_user("company"), case, "ask_extension")
    made(as_user("supervisor"), case, "grant_extension")
    body = a_move(case, "suspend", note="等资金", until="2099-01-01", approver="leader")
    assert put_move(as_user("supervisor"), case, body).status_code == 201
    said = Complaint.objects.create(
        id=uuid.uuid4(),
        case=case,
        channel="phone",
        community=estate.community,
        text="3栋张三家门口的灯不亮",
        received_at="2024-12-02T08:00:00Z",
        entered_by=people["supervisor"],
        content_sha256="",
    )
    Complainant.objects.create(complaint=said, name="张三", phone="13800000000")
    case.refresh_from_db()
    return case


def test_the_office_is_told_who_did_what(as_user, told_all):
    told = as_user("supervisor").get(f"/api/v1/cases/{told_all.pk}/").json()
    moves = [(each["move"], each["standing"], each["by"]) for each in told["moves"]]
    assert moves == [
        ("file", "made", "supervisor"),
        ("assign", "made", "supervisor"),
        ("claim", "made", "company"),
        ("void", "proposed", "supervisor"),
        ("ask_extension", "made", "company"),
        ("grant_extension", "made", "supervisor"),
        ("suspend", "made", "supervisor"),
    ]
    assert told["moves"][-1]["data"] == {"until": "2099-01-01", "approver": "leader"}
    assert told["findings"][0]["by_name"] == "inspector先生"
    assert told["complaints"][0]["text"] == "3栋张三家门口的灯不亮"
    assert "13800000000" not in str(told)
    properties = told["properties"]
    assert (properties["findings"], properties["complaints"], properties["undecided"]) == (1, 1, 1)


def test_a_company_is_told_parts_and_no_names(as_user, people, told_all):
    """Of the office, of the community, of who complained; its own people it knows."""
    told = as_user("company").get(f"/api/v1/cases/{told_all.pk}/").json()
    assert told["complaints"] == []
    assert [(each["move"], each["by_part"], each["by"]) for each in told["moves"]] == [
        ("file", "office", None),
        ("assign", "office", None),
        ("claim", "company", "company"),
        ("ask_extension", "company", "company"),
        ("grant_extension", "office", None),
        ("suspend", "office", None),
    ]
    assert told["findings"][0]["by_part"] == "community"
    assert told["properties"]["handler"]["person_name"] == "company先生"
    said = str(told)
    for name in ("inspector", "supervisor", "leader", "officer", "张三", "13800000000"):
        assert name not in said.replace("'inspection", ""), name


def test_another_company_of_the_same_community_sees_nothing_of_it(as_user, people, told_all):
    people["company2"] = UserFactory(username="company2")
    MembershipFactory(user=people["company2"], role="company", company=CompanyFactory())
    address = f"/api/v1/cases/{told_all.pk}/"
    for path in ("", f"moves/{told_all.moves.first().pk}/"):
        reply = as_user("company2").get(address + path)
        assert (reply.status_code, reply.json()["code"]) == (404, "case_not_found")


class TestByHand:
    def open(self, client, body, id=None):
        return client.put(f"/api/v1/cases/{id or uuid.uuid4()}/", body, format="json")

    def test_with_the_number_of_the_platform(self, as_user, estate):
        id = uuid.uuid4()
        body = {
            "source": "platform",
            "outside_number": "JJ-2024-0007",
            "estate": estate.pk,
            "title": "消防通道堆放杂物",
            "severity": 2,
        }
        first, second = (self.open(as_user("supervisor"), body, id) for _ in range(2))
        assert (first.status_code, second.status_code) == (201, 200)
        told = first.json()["properties"]
        assert (told["source"], told["outside_number"], told["state"], told["severity"]) == (
            "platform",
            "JJ-2024-0007",
            "reported",
            2,
        )
        assert told["due_at"] is not None
        assert first.json()["geometry"]["type"] == "Point"
        other = body | {"outside_number": "JJ-2024-0008"}
        assert self.open(as_user("supervisor"), other, id).status_code == 409
        reply = self.open(as_user("supervisor"), body)
        assert list(reply.json()["details"]["fields"]) == ["outside_number"]
        case = Case.objects.get()
        assert made(as_user("supervisor"), case, "file").state == "filed"

    def test_of_what_was_only_noted(self, as_user, estate):
        put(as_user("inspector"), a_record(estate, kind="fire_lane", answers={"XF-06": 3}))
        noted = Finding.objects.get()
        body = {"source": "inspection", "findings": [str(noted.pk)]}
        reply = self.open(as_user("supervisor"), body)
        assert reply.status_code == 201
        told = reply.json()
        assert [each["id"] for each in told["findings"]] == [str(noted.pk)]
        assert (told["properties"]["item"], told["properties"]["severity"]) == ("XF-06", 3)
        # It is of a case now.
        assert self.open(as_user("supervisor"), body).status_code == 400
        case = Case.objects.get()
        bring(as_user, case, "rejected")
        noted.refresh_from_db()
        assert noted.closed_at == case.ended_at

    def test_a_fault_has_its_own_case_already(self, as_user, estate):
        a_case(as_user("inspector"), estate)
        body = {
            "source": "joint",
            "estate": estate.pk,
            "severity": 3,
            "findings": [str(Finding.objects.get().pk)],
            "title": "联合执法",
        }
        reply = self.open(as_user("supervisor"), body)
        assert list(reply.json()["details"]["fields"]) == ["findings"]

    def test_at_a_place_without_an_estate(self, as_user, community, elsewhere):
        def at(where):
            point = where.geom.centroid
            place = {"type": "Point", "coordinates": list(point.coords)}
            body = {"source": "joint", "title": "路面塌陷", "severity": 1, "place": place}
            return self.open(as_user("supervisor"), body)

        assert at(community).json()["properties"]["community"] == community.pk
        assert list(at(elsewhere).json()["details"]["fields"]) == ["place"]

    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"source": "complaint"}, {"source"}),
            ({"source": "platform"}, {"outside_number"}),
            ({"source": "inspection"}, {"findings"}),
            ({"severity": 4, "simple": "yes"}, {"severity", "simple"}),
            ({"title": ""}, {"title"}),
            ({"estate": 999_999}, {"estate"}),
            ({"estate": None}, {"estate"}),
            ({"findings": "all"}, {"findings"}),
            ({"colour": 1}, {"colour"}),
        ],
    )
    def test_everything_wrong_is_named(self, as_user, estate, changes, fields):
        body = {
            "source": "joint",
            "estate": estate.pk,
            "title": "联合执法",
            "severity": 3,
        } | changes
        reply = self.open(as_user("supervisor"), body)
        assert (reply.status_code, reply.json()["code"]) == (400, "case_invalid")
        assert set(reply.json()["details"]["fields"]) == fields

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("supervisor", 201),
            ("admin", 201),
            ("inspector", 403),
            ("officer", 403),
            ("leader", 403),
            ("clerk", 403),
            ("company", 403),
            ("inspector2", 400),
            ("stranger", 400),
            ("nobody", 401),
        ],
    )
    def test_supervisors_open_them(self, as_user, estate, who, status):
        body = {"source": "joint", "estate": estate.pk, "title": "联合执法", "severity": 3}
        assert self.open(as_user(who), body).status_code == status


def test_faults_of_before_find_their_cases_part_after_part(as_user, estate, community, monkeypatch):
    client = as_user("inspector")
    first, again, closed = (uuid.uuid4() for _ in range(3))
    put(client, a_record(estate, **here(estate)), first)
    seen = {"same_as": {"ZM-01": str(first)}, "recorded_at": "2024-12-02T08:00:00Z"}
    put(client, a_record(estate, **seen), again)
    put(client, a_record(estate), closed)
    for _ in range(3):
        put(client, a_record(EstateFactory(community=community)))
    before = dict(Finding.objects.values_list("pk", "case"))
    # As it was before there were any.
    Finding.objects.filter(inspection=closed).update(closed_at="2024-12-03T08:00:00Z")
    Finding.objects.update(case=None)
    with pgtrigger.ignore("inspections.Case:case_stays"):
        Case.objects.all().delete()
    monkeypatch.setattr("inspections.services.cases.before._AT_ONCE", 2)
    for n in (4, 0):
        said = StringIO()
        call_command("open_cases", stdout=said)
        assert said.getvalue().strip().endswith(f"{n}.")
    after = dict(Finding.objects.values_list("pk", "case"))
    assert {id for id, case in after.items() if case is None} == set(
        Finding.objects.closed().values_list("pk", flat=True)
    )
    assert all(case is None or case == before[id] for id, case in after.items())
    assert Case.objects.count() == 4
