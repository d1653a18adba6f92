"""The clerk reads what was seen and what was refused, and changes nothing of it."""

import uuid

import pytest

from inspections.models import Finding, Inspection, KindVersion, Refused
from tests.records import a_lamp, a_record, here, propose, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(as_user, people):
    people["clerk"].is_staff = True
    people["clerk"].save()
    return as_user("clerk")


@pytest.fixture
def rows(as_user, estate) -> dict[str, object]:
    id = uuid.uuid4()
    put(as_user("inspector"), a_record(estate, **here(estate)), id)
    put(as_user("inspector"), a_record(estate, answers={"ZM-99": "灯杆歪斜"}), id)
    return {
        "inspection": Inspection.objects.get(),
        "finding": Finding.objects.get(),
        "refused": Refused.objects.get(),
        "kindversion": KindVersion.objects.get(slug="lighting"),
    }


def test_every_row_is_listed_and_read(clerk, rows):
    for name, row in rows.items():
        assert clerk.get(f"/admin/inspections/{name}/").status_code == 200
        page = clerk.get(f"/admin/inspections/{name}/{row.pk}/change/")
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()


def test_what_was_refused_is_shown_as_it_was_sent(clerk, rows):
    page = clerk.get(f"/admin/inspections/refused/{rows['refused'].pk}/change/").content.decode()
    assert "灯杆歪斜" in page


def test_a_row_is_found_by_its_id_or_its_estate(clerk, rows):
    inspection = rows["inspection"]
    for search in (inspection.pk, "银星"):
        page = clerk.get(f"/admin/inspections/inspection/?q={search}").content.decode()
        assert f"/admin/inspections/inspection/{inspection.pk}/change/" in page
    found = clerk.get(f"/admin/inspections/refused/?q={inspection.pk}").content.decode()
    assert f"/admin/inspections/refused/{rows['refused'].pk}/change/" in found


def test_what_was_refused_of_every_kind_is_found_by_its_tablet(clerk, as_user, estate):
    device = {"device": str(uuid.uuid4()), "number": 7}
    put(as_user("inspector"), a_record(estate, answers={"ZM-99": 1}, **device))
    propose(as_user("inspector"), a_lamp(estate, layer="street", **device))
    put(as_user("inspector"), a_record(estate, answers={"ZM-99": 1}))
    for search, types in (
        (f"q={device['device']}", {"inspection", "proposal"}),
        (f"q={device['device']}&type=proposal", {"proposal"}),
    ):
        reply = clerk.get(f"/admin/inspections/refused/?{search}")
        assert {row.type for row in reply.context["cl"].result_list} == types
        assert {row.number for row in reply.context["cl"].result_list} == {7}


def test_nothing_is_added_changed_or_removed(clerk, rows):
    for name, row in rows.items():
        for address in ("add/", f"{row.pk}/delete/"):
            assert clerk.get(f"/admin/inspections/{name}/{address}").status_code == 403
        assert clerk.post(f"/admin/inspections/{name}/{row.pk}/change/", {}).status_code == 403
