"""What becomes of a paper that was issued: void, issued anew, delivered, rendered again."""

import uuid

import pytest
from django.core.files.storage import default_storage

from geo.models import Office
from inspections import tasks
from inspections.models import Paper
from inspections.papers import fonts
from tests import tus
from tests.papers.desk import (
    OFFICERS,
    NoFonts,
    a_notice,
    bytes_of,
    delivered,
    issued,
    pages_of,
    put_paper,
    rendered,
    words_of,
)
from tests.pictures import photo
from tests.records import a_photo

pytestmark = pytest.mark.django_db


def test_a_void_paper_keeps_its_number_and_says_so_on_every_page(as_user, case):
    supervisor = as_user("supervisor")
    paper = rendered(issued(supervisor, a_notice(case)))
    address = f"/api/v1/papers/{paper.pk}/void/"
    assert supervisor.put(address, {"reason": " "}, format="json").status_code == 400
    reply = supervisor.put(address, {"reason": "检查时间写错"}, format="json")
    assert (reply.status_code, reply.json()["void"]["reason"]) == (200, "检查时间写错")
    assert supervisor.get(f"/api/v1/papers/{paper.pk}/paper.pdf").json()["code"] == "not_made_yet"
    paper.refresh_from_db()
    again = rendered(paper)
    assert all("作废" in each for each in pages_of(bytes_of(again.pdf)))
    assert issued(supervisor, a_notice(case)).number == paper.number + 1
    # Told again it stays; for another reason it does not become void a second time.
    assert supervisor.put(address, {"reason": "检查时间写错"}, format="json").status_code == 200
    other = supervisor.put(address, {"reason": "另一个原因"}, format="json")
    assert (other.status_code, other.json()["code"]) == (409, "paper_is_void")


def test_a_paper_issued_in_place_of_another_names_it_and_makes_it_void(as_user, case):
    supervisor = as_user("supervisor")
    old = issued(supervisor, a_notice(case))
    new = issued(supervisor, a_notice(case, reissues=str(old.pk)))
    old.refresh_from_db()
    assert new.reissues == old
    assert f"本文书替代{old}，原文书作废。" in words_of(new.data["sheet"])
    assert old.voided_at is not None
    assert str(new) in old.void_reason
    told = supervisor.get(f"/api/v1/papers/{old.pk}/").json()
    assert (told["reissued_as"], told["may"]) == (str(new.pk), [])
    reply = put_paper(supervisor, a_notice(case, reissues=str(old.pk)))
    assert (reply.status_code, reply.json()["code"]) == (409, "paper_reissued")


def test_the_same_asked_again_is_the_same_paper(as_user, case):
    supervisor, id = as_user("supervisor"), uuid.uuid4()
    body = a_notice(case)
    first, second = (put_paper(supervisor, body, id) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    other = put_paper(supervisor, body | {"officers": OFFICERS[::-1]}, id)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    assert Paper.objects.count() == 1


def test_a_delivery_is_entered_with_a_photo_of_the_signed_copy(as_user, case):
    paper, inspector = issued(as_user("supervisor"), a_notice(case)), as_user("inspector")
    body = photo()
    named = a_photo(body)
    reply = delivered(inspector, paper, photos=[named])
    assert reply.status_code == 200, reply.json()
    assert reply.json()["delivery"]["receiver"] == "王五"
    assert reply.json()["delivery"]["photos"] == [named["id"]]
    sent = tus.upload(inspector, body, entry=paper.pk, photo=named["id"])
    assert sent.status_code == 204
    tasks.make_derivatives(photo=named["id"])
    # Who the paper is for sees it, and nobody else's company.
    address = f"/api/v1/photos/{named['id']}/large.jpg"
    assert as_user("company").get(address).status_code == 200
    assert as_user("inspector2").get(address).status_code == 404


def test_what_is_not_signed_for_says_why(as_user, case):
    paper, supervisor = issued(as_user("supervisor"), a_notice(case)), as_user("supervisor")
    wrong = [
        ({"receiver": None}, {"receiver"}),
        ({"how": "left", "receiver": None}, {"refusal"}),
        ({"how": "by_pigeon"}, {"how"}),
        ({"at": "2099-01-01T00:00:00+08:00"}, {"at"}),
        ({"at": "2020-01-01T00:00:00+08:00"}, {"at"}),
    ]
    for told, fields in wrong:
        reply = delivered(supervisor, paper, **told)
        assert (reply.status_code, set(reply.json()["details"]["fields"])) == (400, fields)
    left = delivered(supervisor, paper, how="left", receiver=None, refusal="负责人拒绝签收")
    assert left.json()["delivery"]["refusal"] == "负责人拒绝签收"
    # Put right afterwards.
    assert delivered(supervisor, paper).json()["delivery"]["how"] == "in_person"


def test_the_company_says_itself_that_a_paper_came_electronically(as_user, people, case):
    paper, company = issued(as_user("supervisor"), a_notice(case)), as_user("company")
    mine = {"how": "electronic", "receiver": people["company"].username}
    for told in ({"how": "in_person"}, {"receiver": "别人"}):
        reply = delivered(company, paper, **(mine | told))
        assert (reply.status_code, reply.json()["code"]) == (403, "not_yours_to_deliver")
    reply = delivered(company, paper, **mine)
    assert (reply.status_code, reply.json()["delivery"]["how"]) == (200, "electronic")
    assert delivered(company, paper, **mine).status_code == 403
    assert delivered(as_user("supervisor"), paper).status_code == 200


def test_a_void_paper_is_not_delivered(as_user, case):
    paper, supervisor = issued(as_user("supervisor"), a_notice(case)), as_user("supervisor")
    supervisor.put(f"/api/v1/papers/{paper.pk}/void/", {"reason": "写错"}, format="json")
    reply = delivered(supervisor, paper)
    assert (reply.status_code, reply.json()["code"]) == (409, "paper_is_void")


def test_a_file_that_is_gone_is_made_again(as_user, case):
    supervisor = as_user("supervisor")
    paper = rendered(issued(supervisor, a_notice(case)))
    before = paper.pdf
    default_storage.delete(before)
    address = f"/api/v1/papers/{paper.pk}/paper.pdf"
    assert supervisor.get(address).json()["code"] == "not_made_yet"
    paper.refresh_from_db()
    assert rendered(paper).pdf == before
    assert supervisor.get(address).status_code == 200


def test_what_is_not_for_demonstration_does_not_say_so(as_user, case):
    Office.objects.update_or_create(
        pk=1, defaults={"name": "晋江市人民政府青阳街道办事处", "demonstration": False}
    )
    paper = rendered(issued(as_user("supervisor"), a_notice(case)))
    assert all("演示" not in each for each in pages_of(bytes_of(paper.pdf)))
    assert paper.data["sheet"]["issuer"] == "晋江市人民政府青阳街道办事处"


def test_a_font_that_is_missing_is_told_and_the_paper_waits(as_user, case, monkeypatch):
    paper = issued(as_user("supervisor"), a_notice(case))
    monkeypatch.setattr(fonts.typst, "Fonts", lambda **_: NoFonts())
    fonts._fonts.cache_clear()
    with pytest.raises(fonts.NoFont):
        tasks.render_paper(paper=str(paper.pk))
    told = as_user("supervisor").get(f"/api/v1/papers/{paper.pk}/").json()
    assert (told["problem"], told["pdf"]) == ("no_font", None)
    monkeypatch.undo()
    fonts._fonts.cache_clear()
    assert rendered(paper).problem == ""
