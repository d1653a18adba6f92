"""The clerk keeps the series of numbers, and looks at papers."""

import pytest
from django.utils import timezone

from inspections.models import Paper, Series
from tests.papers.desk import a_notice, issued, rendered

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(as_user, people):
    people["clerk"].is_staff = True
    people["clerk"].save()
    return as_user("clerk")


def test_a_new_series_is_used_from_now_on_and_the_old_one_stays(as_user, clerk, case):
    first = issued(as_user("supervisor"), a_notice(case))
    reply = clerk.post("/admin/inspections/series/add/", {"kind": "notice", "code": "青办改"})
    assert reply.status_code == 302
    assert Series.objects.get(code="青街改").retired_at is not None
    second = issued(as_user("supervisor"), a_notice(case))
    year = timezone.localdate().year
    assert (str(first), str(second)) == (f"青街改〔{year}〕1号", f"青办改〔{year}〕1号")
    old = Series.objects.get(code="青街改")
    asked = {"action": "use", "_selected_action": [old.pk]}
    assert clerk.post("/admin/inspections/series/?use=all", asked).status_code == 302
    assert str(issued(as_user("supervisor"), a_notice(case))) == f"青街改〔{year}〕2号"


def test_a_series_with_numbers_is_never_called_otherwise(clerk, series):
    row = Series.objects.get(code="青街改")
    page = clerk.get(f"/admin/inspections/series/{row.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    reply = clerk.post("/admin/inspections/series/add/", {"kind": "talk", "code": "青街改"})
    assert "code" in reply.context["adminform"].form.errors


def test_papers_are_looked_at_and_not_changed(as_user, clerk, case):
    paper = rendered(issued(as_user("supervisor"), a_notice(case)))
    listed = clerk.get("/admin/inspections/paper/")
    assert str(paper) in listed.content.decode()
    page = clerk.get(f"/admin/inspections/paper/{paper.pk}/change/").content.decode()
    assert f"/api/v1/papers/{paper.pk}/paper.pdf" in page
    assert 'name="_save"' not in page
    assert clerk.get(f"/admin/inspections/paper/{paper.pk}/history/").status_code == 200
    assert clerk.post(f"/admin/inspections/paper/{paper.pk}/delete/").status_code == 403
    assert Paper.objects.count() == 1
