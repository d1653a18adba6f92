"""A company's person goes to every address of the house, and finds nothing of another company's,
and of their own nothing that says who found it or who complained."""

import contextlib
import gzip
import itertools
import json
import re
import zipfile
from html import unescape
from io import BytesIO

import pypdfium2
import pytest
from django.urls.converters import IntConverter, UUIDConverter

from geo.models import Estate, PropertyCompany
from inspections.models import Case, Complaint, Move, Paper, Photo
from people.models import User
from tests import tus
from tests.addresses import every_template
from tests.cases import made
from tests.evidence.worlds import named
from tests.factories import EstateFactory, MembershipFactory, UserFactory
from tests.neighbours import Neighbour, settle
from tests.pictures import photo as picture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MINE, THEIRS = "甲乙标记", "丙丁标记"
# Whoever works for the office, and whoever complained, are told to no company.
OFFICE = {
    "巡查标记员",
    "督导标记员",
    "专员标记员",
    "mark-inspector",
    "mark-supervisor",
    "mark-officer",
}
COMPLAINED = {f"{MINE}人", f"139{MINE}", f"{MINE}家", f"{MINE}楼下路灯坏了很久", f"{MINE}门口"}
# What signs a person out, or in, and what never ends.
LEFT_OUT = {"/sign-out/", "/admin/logout/"}
VERBS = ("put", "post", "patch", "delete")


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "photos"
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.PAPER_FONTS_DIR = tmp_path / "fonts"


@pytest.fixture
def world(as_user, people, community) -> tuple[Neighbour, Neighbour]:
    """Mine and theirs, in the same community, looked after by the same people of the office."""
    for role, name in (("inspector", "巡查"), ("supervisor", "督导"), ("officer", "专员")):
        person = people[role]
        person.name, person.username = f"{name}标记员", f"mark-{role}"
        person.save()
    their_company = PropertyCompany.objects.create(name=f"{THEIRS}物业")
    people["neighbour"] = UserFactory(username="neighbour", name=f"{THEIRS}经理")
    MembershipFactory(user=people["neighbour"], role="company", company=their_company)
    my_estate = Estate.objects.get()
    Estate.objects.update(name=f"{MINE}花园")
    my_estate.refresh_from_db()
    my_estate.company.name = f"{MINE}物业"
    my_estate.company.save()
    their_estate = EstateFactory(
        community=community, name=f"{THEIRS}花园", company=their_company, has_company=True
    )
    mine = settle(as_user, my_estate, "company", MINE, 400)
    theirs = settle(as_user, their_estate, "neighbour", THEIRS, 500)
    return mine, theirs


def texts_of(reply) -> list[str]:
    """All that can be read in an answer, whatever it is packed in."""
    body = reply.getvalue() if reply.streaming else reply.content
    told = [f"{name}: {value}" for name, value in reply.items()]
    if reply.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return [*told, *_unpacked(body)]


def _unpacked(body: bytes) -> list[str]:
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            inside = [_unpacked(archive.read(name)) for name in archive.namelist()]
            return [*archive.namelist(), *itertools.chain.from_iterable(inside)]
    if body.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(body)
        pages = [page.get_textpage().get_text_range() for page in document]
        document.close()
        # What is drawn apart is read together.
        return ["".join(re.sub(r"\s", "", page) for page in pages)]
    if body.startswith(b"\x1f\x8b"):
        return _unpacked(gzip.decompress(body))
    text = body.decode("utf-8", errors="ignore")
    read = [text, unescape(text)]
    if text[:1] in "[{":
        with contextlib.suppress(ValueError):
            read.append(json.dumps(json.loads(text), ensure_ascii=False))
    return read


def hash_of(reply) -> str:
    return tus.sha256(reply.getvalue() if reply.streaming else reply.content)


def addresses(*of: Neighbour) -> list[str]:
    """Every address there is, with everything in it that there is."""
    ids = sorted({id for each in of for id in each.ids})
    # Of two in one path the first is a case or a photo, whosever the second is.
    above = sorted({id for each in of for id in each.above})
    numbers = sorted({number for each in of for number in each.numbers})
    found = []
    for address in every_template():
        choices = []
        for name, read in address.parts.items():
            if "/tiles/" in address.template:
                choices.append([f"%({name})s"])
            elif read is UUIDConverter:
                choices.append(ids if choices or len(address.parts) == 1 else above)
            elif read is IntConverter or address.template.startswith("/admin/"):
                choices.append([*map(str, numbers), *ids] if read is None else numbers)
            else:
                choices.append(["x"])
        for told in itertools.product(*choices):
            found.append(address.with_parts(**dict(zip(address.parts, told, strict=True))))
    return sorted(set(found))


def tiles_over(estate: Estate) -> list[str]:
    """The tiles that it lies in, of every layer, from the whole town to a single lamp."""
    layers = ["communities", "estates", "buildings", "roads", "findings", "cases", "lanes"]
    layers += ["lights", "hydrants", "charging_sites", "operation_areas", "vacant_spaces", "base"]
    middle = estate.geom.centroid
    from math import asinh, pi, radians, tan

    found = []
    for z in range(10, 21, 2):
        x = int((middle.x + 180) / 360 * 2**z)
        y = int((1 - asinh(tan(radians(middle.y))) / pi) / 2 * 2**z)
        found += [f"/tiles/{layer}/{z}/{x}/{y}.mvt" for layer in layers]
    return found + [f"/tiles/{layer}.json" for layer in layers]


def questions(theirs: Neighbour) -> list[str]:
    """What may be asked of a list to be told of somebody else."""
    west, south, east, north = theirs.estate.geom.extent
    case = theirs.case
    return [
        f"company={theirs.estate.company_id}",
        f"estate={theirs.estate.pk}",
        f"community={theirs.estate.community_id}",
        f"asset={theirs.asset.pk}",
        f"case={case.pk}",
        f"number={case.number}",
        f"in_bbox={west},{south},{east},{north}",
        "updated_since=0",
        "status=open",
        "state=checking",
        "mine=0",
        "mine=1",
        "undecided=0",
        "retired=1",
        "in_force=0",
        "page_size=1000",
        "inspector=mark-inspector",
        f"kind=notice&case={case.pk}",
        f"case={case.pk}&case={case.pk}",
        "with=last_inspected",
        "since=2024-01-01",
    ]


def leaks(client, address: str, sought: set[str], files: set[str], verb: str = "get") -> list[str]:
    if verb == "get":
        reply = client.get(address)
    else:
        reply = getattr(client, verb)(address, {}, format="json")
    texts = texts_of(reply)
    found = [f"{verb} {address}: {word}" for word in sought if any(word in text for text in texts)]
    return found + ([f"{verb} {address}: a file"] if hash_of(reply) in files else [])


def test_a_company_finds_nothing_of_another(as_user, world):
    mine, theirs = world
    client = as_user("company")
    client.raise_request_exception = False
    sought = theirs.marks | theirs.ids
    asked = [each for each in addresses(mine, theirs) if each.split("?")[0] not in LEFT_OUT]
    # What an address names itself may be told back.
    found = []
    for address in [*asked, *tiles_over(theirs.estate)]:
        words = {word for word in sought if word not in address}
        found += leaks(client, address, words, theirs.files)
    plain = [each for each in asked if not any(id in each for id in mine.ids | theirs.ids)]
    for address, question in itertools.product(plain, questions(theirs)):
        if address.startswith(("/api/", "/tiles/")):
            words = {word for word in sought if word not in question}
            found += leaks(client, f"{address}?{question}", words, theirs.files)
    assert not found, "\n".join(found)


def test_what_is_anothers_is_not_found_and_not_changed(as_user, world):
    _mine, theirs = world
    client = as_user("company")
    client.raise_request_exception = False
    before = standing(theirs)
    found = []
    for address in addresses(theirs):
        if not any(id in address for id in theirs.ids) or address.startswith("/admin/"):
            continue
        words = {word for word in theirs.marks | theirs.ids if word not in address}
        for verb in VERBS:
            found += leaks(client, address, words, theirs.files, verb)
    assert not found, "\n".join(found)
    assert standing(theirs) == before


def test_nothing_says_who_found_it_or_who_complained(as_user, world):
    mine, _ = world
    client = as_user("company")
    client.raise_request_exception = False
    papers = {str(pk) for pk in Paper.objects.values_list("pk", flat=True)}
    found = []
    for address in [*addresses(mine), *tiles_over(mine.estate)]:
        if address in LEFT_OUT:
            continue
        # Who inspects is named on a paper: it is signed.
        words = COMPLAINED if any(pk in address for pk in papers) else OFFICE | COMPLAINED
        found += leaks(client, address, words, set())
        if address.startswith("/api/") and not any(id in address for id in mine.ids):
            for question in questions(mine):
                asked = {word for word in words if word not in question}
                found += leaks(client, f"{address}?{question}", asked, set())
    assert not found, "\n".join(found)


def test_what_is_ones_own_is_found(as_user, world):
    """Else the others would be easily kept."""
    mine, theirs = world
    client = as_user("company")
    told = client.get(f"/api/v1/cases/{mine.case.pk}/")
    assert any(MINE in text for text in texts_of(told))
    before_after = sorted(told.json()["photos"], key=lambda each: each["of"])
    photos = [each["id"] for each in before_after]
    assert len(photos) == 2
    statuses = {
        what: [client.get(f"/api/v1/photos/{id}/{what}").status_code for id in photos]
        for what in ("small.jpg", "large.jpg", "original")
    }
    # The original of what somebody else took is not handed out.
    assert statuses == {"small.jpg": [200, 200], "large.jpg": [200, 200], "original": [403, 200]}
    paper = told.json()["papers"][0]
    pdf = client.get(paper["pdf"])
    assert pdf.status_code == 200
    assert any(MINE in text for text in texts_of(pdf))
    assert leaks(as_user("neighbour"), f"/api/v1/cases/{theirs.case.pk}/", {THEIRS}, set())
    assert leaks(as_user("supervisor"), "/api/v1/ledger.xlsx", theirs.marks & {THEIRS}, set())


def standing(theirs: Neighbour) -> list:
    cases = Case.objects.filter(estate=theirs.estate).order_by("pk")
    return [
        *cases.values_list("state", "version", "xact"),
        *Move.objects.filter(case__in=cases).order_by("pk").values_list("standing", "xact"),
        *Paper.objects.filter(cases__in=cases).values_list("voided_at", "delivered_at", "xact"),
        *Complaint.objects.filter(case__in=cases).order_by("pk").values_list("reply", "xact"),
        Photo.objects.count(),
        User.objects.count(),
    ]


def test_nobody_is_asked_to_stand_where_a_photo_was_taken_that_they_are_not_shown(as_user, world):
    """A case at the neighbour's estate may be given to my company: its photos are theirs."""
    mine, theirs = world
    case = Case.objects.exclude(pk=theirs.case.pk).get(estate=theirs.estate)
    case.findings.add(theirs.case.findings.get())
    mine_too = {"kind": "company", "company": mine.estate.company_id}
    made(as_user("supervisor"), case, "assign", handler=mine_too)
    client = as_user("company")
    told = client.get(f"/api/v1/cases/{case.pk}/").json()
    needed = {each["move"]: each["needs"] for each in told["may"]}
    assert (told["photos"], needed["hand_back"]) == ([], ["note", "photo"])
    made(client, case, "hand_back", photos=[named(picture(size=(64, 48)))])
