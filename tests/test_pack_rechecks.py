"""Cases on a tablet: what there is to look at again, and what stays true of it."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from geo.models import Change, Estate
from geo.services import move_estate
from inspections.models import Case, Finding, Move, Photo
from tests.factories import CaseFactory, CompanyFactory, FindingFactory, MoveFactory, case_of
from tests.packs import Tablet
from tests.test_pack import shown

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path
    Change.objects.all().delete()


@pytest.fixture
def tablet(as_user, community, estate) -> Tablet:
    return Tablet(as_user("inspector"), community.pk)


@pytest.fixture
def handed_back(estate) -> Case:
    """By a company, with a photo beside the first."""
    company = CompanyFactory(name="安居物业")
    Estate.objects.filter(pk=estate.pk).update(company=company)
    finding = FindingFactory(estate=estate)
    case = case_of(
        finding,
        state="checking",
        version=3,
        handler="company",
        company=company,
        due_at="2024-12-10T17:30:00+08:00",
        step_due_at="2024-12-03T17:30:00+08:00",
    )
    MoveFactory(case=case, version=1, name="file")
    MoveFactory(case=case, version=2, name="assign")
    MoveFactory(case=case, version=3, note="灯泡已换")
    return case


def taken(move: Move, small: int | None = 700, **columns) -> Photo:
    """With a move."""
    return Photo.objects.create(
        id=uuid4(),
        entry=move.pk,
        move=move,
        sender=move.by,
        sha256="",
        bytes=2_000_000,
        declared_at=timezone.now(),
        held_at=timezone.now(),
        original="x",
        small_bytes=small,
        **columns,
    )


def test_what_was_handed_back_comes_with_what_was_found_and_what_was_answered(
    tablet, handed_back, estate
):
    finding = Finding.objects.get()
    whole = shown(finding, "", 300, taken_at="2024-11-30T09:00:00+08:00")
    near = shown(finding, "ZM-01", 100, taken_at="2024-11-30T09:20:00+08:00")
    shown(finding, "ZM-02", 400)
    move = Move.objects.get(name="hand_back")
    after = taken(move, pair=near.pk, taken_at="2024-12-02T09:59:00+08:00")
    bare = taken(move, None, taken_at="2024-12-02T10:01:00+08:00")
    manifest = tablet.take()
    # The two that show the fault, and the one that is there of the answer.
    assert manifest["photos"] == {"count": 4, "bytes": 300 + 100 + 700}
    row = tablet.held["rechecks"][str(handed_back.pk)]
    assert row == {
        "type": "Feature",
        "id": str(handed_back.pk),
        "geometry": {
            "type": "Point",
            "coordinates": pytest.approx(list(finding.place.coords), abs=1e-7),
        },
        "properties": {
            "id": str(handed_back.pk),
            "number": handed_back.number,
            "version": 3,
            "state": "checking",
            "source": "inspection",
            "kind": "lighting",
            "item": "ZM-01",
            "title": "路灯不亮",
            "severity": 3,
            "community": estate.community_id,
            "estate": estate.pk,
            "asset": None,
            "reported_at": "2024-11-30T01:30:00Z",
            "step_due_at": "2024-12-03T09:30:00Z",
            "due_at": "2024-12-10T09:30:00Z",
            "provisional": False,
            "reopened": 0,
            "handler": "company",
            "company_name": "安居物业",
            "unit_name": None,
            "person_name": None,
            "own_work": False,
            "before": [
                told(near, 100, "2024-11-30T01:20:00Z"),
                told(whole, 300, "2024-11-30T01:00:00Z"),
            ],
            "after": [
                told(after, 700, "2024-12-02T01:59:00Z"),
                told(bare, None, "2024-12-02T02:01:00Z"),
            ],
            "note": "灯泡已换",
            "handed_back_at": "2024-12-02T02:00:00Z",
        },
    }
    properties = tablet.held["findings"][str(finding.pk)]["properties"]
    assert {name: properties[name] for name in ("case", "case_state", "case_version")} == {
        "case": str(handed_back.pk),
        "case_state": "checking",
        "case_version": 3,
    }


def told(photo: Photo, size: int | None, at: str) -> dict:
    return {
        "id": str(photo.pk),
        "small": f"/api/v1/photos/{photo.pk}/small.jpg" if size else None,
        "bytes": size,
        "taken_at": at,
    }


def test_only_what_can_be_looked_at_or_put_right_is_there(tablet, estate, elsewhere):
    reported = CaseFactory(estate=estate)
    checking = CaseFactory(estate=estate, state="checking")
    for state in ("fixed", "filed", "assigned", "in_progress", "checked", "suspended"):
        CaseFactory(estate=estate, state=state)
    CaseFactory(estate=estate, state="closed", ended_at=timezone.now())
    CaseFactory(estate__community=elsewhere)
    tablet.take()
    assert tablet.ids("rechecks") == {str(reported.pk), str(checking.pk)}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        *(("inspector", True), ("officer", True), ("supervisor", True)),
        *(("leader", False), ("company", False), ("unit", False)),
    ],
)
def test_cases_to_look_at_are_told_to_those_who_are_out_and_about(
    as_user, handed_back, estate, who, sees
):
    # A company's people see their estates' communities, and no more of them than that.
    tablet = Tablet(as_user(who))
    tablet.take()
    assert tablet.ids("rechecks") == ({str(handed_back.pk)} if sees else set())


def test_who_put_it_right_is_told_so(as_user, people, handed_back, estate):
    MoveFactory(case=handed_back, version=4, by=people["officer"])
    told = {}
    for who in ("officer", "inspector"):
        tablet = Tablet(as_user(who), estate.community_id)
        tablet.take()
        told[who] = tablet.held["rechecks"][str(handed_back.pk)]["properties"]["own_work"]
    assert told == {"officer": True, "inspector": False}


def test_what_became_of_a_case_comes_with_the_next_pack(tablet, handed_back, estate):
    finding = str(Finding.objects.get().pk)
    tablet.take()
    later = CaseFactory(estate=estate)
    Case.objects.filter(pk=handed_back.pk).update(state="checked", version=4)
    manifest = tablet.take()
    assert manifest["full"] is False
    assert tablet.ids("rechecks") == {str(later.pk)}
    assert tablet.held["findings"][finding]["properties"]["case_state"] == "checked"
    # Not in order after all, and handed back once more.
    Case.objects.filter(pk=handed_back.pk).update(state="checking", version=7)
    move = MoveFactory(case=handed_back, version=7, note="线路已修")
    tablet.take()
    row = tablet.held["rechecks"][str(handed_back.pk)]["properties"]
    assert (row["version"], row["note"], row["after"]) == (7, "线路已修", [])
    photo = taken(move)
    tablet.take()
    row = tablet.held["rechecks"][str(handed_back.pk)]["properties"]
    assert [each["id"] for each in row["after"]] == [str(photo.pk)]


def test_a_case_that_left_the_community_is_told_as_gone(
    tablet, handed_back, elsewhere, estate, people
):
    tablet.take()
    assert tablet.ids("rechecks") == {str(handed_back.pk)}
    move_estate(estate=estate, to=elsewhere, by=people["clerk"], reason="划界")
    tablet.take()
    assert tablet.ids("rechecks") == set()


def test_a_case_is_named_as_a_tablet_names_it():
    inspection = UUID("01934567-89ab-7cde-8f01-23456789abcd")
    finding = Finding.id_of(inspection, "XF-01")
    # As tests/app/uuid.test.js has them.
    assert (str(finding), str(Case.id_of(finding))) == (
        "97c5ae68-22db-5e1c-bffc-1e394b1bdd7f",
        "17347c2b-cd7c-52a3-82ee-aa2342137c7c",
    )
