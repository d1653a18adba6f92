"""Who sees what, as a table: an address that is not in it fails the last test."""

import re
import uuid

import pytest

from geo.models import PropertyCompany
from inspections.models import Finding, Inspection
from tests.addresses import every_address
from tests.factories import AssetFactory, EstateFactory, MembershipFactory
from tests.records import AT, a_lamp, a_record, put

pytestmark = pytest.mark.django_db

# In the community, of the whole office, of the estate's company: they see it. Elsewhere: not
# found. Nobody: not signed in.
SEES = {
    "admin": 200,
    "inspector": 200,
    "supervisor": 200,
    "officer": 200,
    "planner": 200,
    "leader": 200,
    "clerk": 200,
    "unit": 200,
    "company": 200,
    "inspector2": 404,
    "stranger": 404,
    "nobody": 401,
}
ALL_SIGNED_IN = dict.fromkeys(SEES, 200) | {"nobody": 401}
OFFICE = ALL_SIGNED_IN | dict.fromkeys(("company", "stranger"), 403)
NOT_THERE = dict.fromkeys(SEES, 404) | {"nobody": 401}
NOT_THERE_FOR_OFFICE = {who: 404 if status == 200 else status for who, status in OFFICE.items()}
RECORDS = dict.fromkeys(SEES, 403) | {
    "admin": 201,
    "inspector": 201,
    "supervisor": 201,
    "inspector2": 404,
    "stranger": 404,
    "nobody": 401,
}
NOT_SO = dict.fromkeys(SEES, 405) | {"nobody": 401}
LADDER = dict.fromkeys(SEES, 403) | {
    **dict.fromkeys(("admin", "supervisor", "leader"), 200),
    "nobody": 401,
}

# There is no programme yet, and no estate on a list.
CONCERNED = OFFICE | dict.fromkeys(
    [who for who, status in OFFICE.items() if status == 200] + ["company"], 404
)
# What there is before any programme is out.
CONCERNED_ANYWAY = CONCERNED | {who: 200 for who, status in CONCERNED.items() if status == 404}
TABLE = {
    ("get", "/api/v1/me/"): ALL_SIGNED_IN,
    ("get", "/api/v1/kinds/"): ALL_SIGNED_IN,
    # Each within what they see: tests/overview/.
    ("get", "/api/v1/overview/figures/"): OFFICE,
    ("get", "/api/v1/overview/frames/"): OFFICE,
    ("get", "/api/v1/overview/table.csv"): OFFICE,
    ("get", "/api/v1/overview/table.xlsx"): OFFICE,
    ("get", "/api/v1/overview/heat/"): OFFICE,
    ("get", "/api/v1/overview/hexagons/"): OFFICE,
    ("get", "/api/v1/overview/hotspots/"): OFFICE,
    ("post", "/api/v1/overview/hotspots/"): {
        who: 202 if status == 200 else status for who, status in OFFICE.items()
    },
    ("get", "/api/v1/overview/version/"): OFFICE,
    ("get", "/api/v1/overview/board/"): OFFICE,
    ("get", "/api/v1/overview/due/"): OFFICE,
    ("get", "/api/v1/overview/rows/"): OFFICE,
    ("get", "/api/v1/communities/"): ALL_SIGNED_IN,
    ("get", "/api/v1/communities/<id>/"): SEES,
    ("get", "/api/v1/estates/"): ALL_SIGNED_IN,
    ("get", "/api/v1/estates/<id>/"): SEES,
    ("get", "/api/v1/assets/"): ALL_SIGNED_IN,
    ("get", "/api/v1/assets/<id>/"): SEES,
    ("get", "/api/v1/inspections/"): ALL_SIGNED_IN,
    ("get", "/api/v1/inspections/<id>/"): SEES,
    ("put", "/api/v1/inspections/<id>/"): RECORDS,
    ("post", "/api/v1/inspections/"): ALL_SIGNED_IN,
    ("get", "/api/v1/findings/"): ALL_SIGNED_IN,
    ("get", "/api/v1/findings/<id>/"): SEES,
    ("put", "/api/v1/proposals/<id>/"): RECORDS,
    ("put", "/api/v1/devices/<id>/"): ALL_SIGNED_IN,
    ("get", "/api/v1/pack/"): ALL_SIGNED_IN,
    # Nobody was told of this part.
    ("get", "/api/v1/pack/parts/x/"): dict.fromkeys(SEES, 410) | {"nobody": 401},
    ("get", "/api/v1/basemap/x.pmtiles"): NOT_THERE,
    # Without naming a tablet nothing is told; with it, one's own: tests/test_receipts.py.
    ("get", "/api/v1/receipts/"): dict.fromkeys(SEES, 400) | {"nobody": 401},
    # Whose uploads are whose stands in tests/test_uploads.py, who sees photos in test_photos.py.
    ("get", "/api/v1/uploads/"): NOT_SO,
    ("get", "/api/v1/uploads/<id>/"): NOT_SO,
    ("get", "/api/v1/photos/<id>/"): NOT_THERE,
    # Who sees, masks, holds and is handed which stands in tests/evidence/.
    ("get", "/api/v1/photos/<id>/masked/<id>/"): NOT_SO,
    ("get", "/api/v1/masked/<id>.jpg"): NOT_THERE,
    ("get", "/api/v1/cases/<id>/evidence/"): NOT_THERE,
    ("get", "/api/v1/cases/<id>/hold/"): NOT_SO,
    # Who may do what with them stands in tests/test_rounds.py and tests/test_leaves.py.
    ("get", "/api/v1/rounds/"): ALL_SIGNED_IN,
    ("get", "/api/v1/rounds/<id>/"): NOT_THERE,
    ("get", "/api/v1/leaves/"): ALL_SIGNED_IN,
    ("get", "/api/v1/proposals/"): ALL_SIGNED_IN,
    ("get", "/api/v1/leaves/<id>/"): NOT_THERE,
    ("get", "/api/v1/inspectors/"): dict.fromkeys(SEES, 403)
    | {"admin": 200, "supervisor": 200, "nobody": 401},
    # Each within what they see: tests/test_cases_list.py, tests/test_ledger.py.
    ("get", "/api/v1/cases/"): ALL_SIGNED_IN,
    # Who sees one, and who moves which how, stands in tests/test_case_table.py.
    ("get", "/api/v1/cases/<id>/"): NOT_THERE,
    ("put", "/api/v1/cases/<id>/"): dict.fromkeys(SEES, 400) | {"nobody": 401},
    ("post", "/api/v1/cases/moves/"): dict.fromkeys(SEES, 400) | {"nobody": 401},
    ("get", "/api/v1/cases/<id>/moves/<id>/"): NOT_THERE,
    ("get", "/api/v1/cases/<id>/moves/<id>/decision/"): NOT_SO,
    ("get", "/api/v1/ledger.xlsx"): ALL_SIGNED_IN,
    ("get", "/api/v1/ledger.csv"): ALL_SIGNED_IN,
    ("get", "/api/v1/cases/counts/"): ALL_SIGNED_IN,
    ("get", "/api/v1/working-days/"): ALL_SIGNED_IN,
    ("get", "/api/v1/handlers/"): dict.fromkeys(SEES, 403)
    | {"admin": 200, "supervisor": 200, "nobody": 401},
    # Who waives what is due stands in tests/test_escalations.py.
    ("get", "/api/v1/escalations/"): LADDER,
    ("get", "/api/v1/escalations/<id>/"): NOT_SO,
    ("put", "/api/v1/escalations/<id>/"): LADDER
    | dict.fromkeys(("admin", "supervisor", "leader"), 400),
    # Who takes, reads and answers which stands in tests/test_complaints.py.
    ("get", "/api/v1/complaints/"): ALL_SIGNED_IN,
    ("get", "/api/v1/complaints/<id>/"): NOT_THERE,
    ("get", "/api/v1/complaints/<id>/complainant/"): NOT_THERE,
    ("get", "/api/v1/complaints/<id>/reply/"): NOT_SO,
    ("get", "/api/v1/complaints/alike/"): NOT_SO,
    ("get", "/api/v1/complaints/file/"): NOT_SO,
    ("get", "/api/v1/inbox/"): ALL_SIGNED_IN,
    # Who issues, reads and delivers which stands in tests/papers/test_who.py.
    ("get", "/api/v1/papers/"): ALL_SIGNED_IN,
    ("get", "/api/v1/papers/<id>/"): NOT_THERE,
    ("get", "/api/v1/papers/draft/"): dict.fromkeys(SEES, 400) | {"nobody": 401},
    ("get", "/api/v1/papers/<id>/void/"): NOT_SO,
    ("get", "/api/v1/papers/<id>/delivery/"): NOT_SO,
    # Whose are whose stands in tests/test_saved_filters.py.
    ("get", "/api/v1/saved-filters/"): dict.fromkeys(SEES, 200)
    | dict.fromkeys(("inspector", "planner", "company", "inspector2", "stranger"), 403)
    | {"nobody": 401},
    ("get", "/api/v1/saved-filters/<id>/"): NOT_THERE,
    # Who sees and enters which value stands in tests/campaign/test_who.py.
    ("get", "/api/v1/campaign/indicators/"): OFFICE,
    # There is no programme yet: tests/campaign/test_board.py.
    ("get", "/api/v1/campaign/board/table.csv"): OFFICE
    | {who: 404 for who, status in OFFICE.items() if status == 200},
    ("get", "/api/v1/campaign/board/table.xlsx"): OFFICE
    | {who: 404 for who, status in OFFICE.items() if status == 200},
    ("get", "/api/v1/campaign/board/rows/"): OFFICE
    | dict.fromkeys(SEES.keys() - {"company", "stranger", "nobody"}, 400),
    ("get", "/api/v1/campaign/board/version/"): OFFICE,
    ("get", "/api/v1/campaign/board/"): NOT_THERE_FOR_OFFICE,
    ("get", "/api/v1/campaign/values/"): OFFICE,
    ("get", "/api/v1/campaign/values/<id>/"): NOT_SO,
    # Who brings and sees which file stands in tests/campaign/test_attachments.py.
    ("get", "/api/v1/campaign/attachments/<id>/"): NOT_THERE,
    # Who enrols, moves, fills in and sees what stands in tests/campaign/creation/test_who.py.
    ("get", "/api/v1/campaign/creation/"): CONCERNED_ANYWAY,
    ("get", "/api/v1/campaign/creation/map/"): CONCERNED_ANYWAY,
    ("get", "/api/v1/campaign/creation/tablet/"): CONCERNED_ANYWAY,
    ("get", "/api/v1/campaign/creation/<id>/"): CONCERNED,
    ("get", "/api/v1/campaign/creation/<id>/stages/<id>/"): NOT_SO,
    ("get", "/api/v1/campaign/creation/<id>/vetoes/<id>/"): NOT_SO,
    ("get", "/api/v1/campaign/creation/<id>/vetoes/<id>/lifted/"): NOT_SO,
    ("get", "/api/v1/campaign/sheets/<id>/"): CONCERNED,
    # Who sees, fills in and checks which report stands in tests/campaign/test_month_who.py.
    # Who keeps and sees which row stands in tests/campaign/test_ledgers_who.py.
    ("get", "/api/v1/campaign/ledgers/"): OFFICE,
    ("get", "/api/v1/campaign/complaints/"): OFFICE,
    ("get", "/api/v1/campaign/ledgers/x/rows/"): NOT_THERE_FOR_OFFICE,
    ("get", "/api/v1/campaign/ledgers/x/rows/<id>/"): NOT_THERE_FOR_OFFICE,
    ("get", "/api/v1/campaign/ledgers/x/owed/"): NOT_THERE_FOR_OFFICE,
    ("get", "/api/v1/campaign/ledgers/x/file/"): NOT_THERE_FOR_OFFICE,
    ("get", "/api/v1/campaign/reports/"): NOT_THERE_FOR_OFFICE,
    ("get", "/api/v1/campaign/reports/x/x/<id>/"): NOT_THERE,
    ("get", "/api/v1/campaign/reports/x/x/<id>/cells/"): NOT_THERE,
    ("get", "/api/v1/campaign/reports/x/x/<id>/workbook.xlsx"): NOT_THERE,
    ("get", "/api/v1/campaign/reports/x/x/<id>/moves/<id>/"): NOT_THERE,
    # Who draws, changes, approves and reads which stands in tests/planning/.
    ("get", "/api/v1/planning/plans/"): ALL_SIGNED_IN,
    ("get", "/api/v1/planning/plans/<id>/"): NOT_THERE,
    ("get", "/api/v1/planning/plans/<id>/copy/"): NOT_SO,
    ("get", "/api/v1/planning/plans/<id>/archive/"): NOT_SO,
    ("get", "/api/v1/planning/plans/<id>/restore/"): NOT_SO,
    ("get", "/api/v1/planning/plans/<id>/edits/"): NOT_THERE,
    ("get", "/api/v1/planning/plans/<id>/files/x/"): NOT_THERE,
    ("get", "/api/v1/planning/proposals/<id>/"): NOT_THERE,
    ("get", "/api/v1/planning/proposals/<id>/restore/"): NOT_SO,
    ("get", "/api/v1/planning/proposals/<id>/edits/"): NOT_THERE,
    ("get", "/api/v1/planning/proposals/<id>/sheet.pdf"): NOT_THERE,
    ("get", "/api/v1/planning/proposals/<id>/effect/"): NOT_THERE,
    ("get", "/api/v1/planning/proposals/<id>/steps/<id>/"): NOT_SO,
    ("get", "/api/v1/planning/proposals/<id>/documents/<id>/"): NOT_THERE,
    # The office's own: what each is told stands in tests/planning/test_check_api.py.
    # As tests/planning/test_coverage.py says who is told how much.
    ("get", "/api/v1/planning/coverage/"): OFFICE,
    ("get", "/api/v1/planning/rules/"): OFFICE,
    ("get", "/api/v1/planning/around/"): OFFICE
    | {who: 400 for who, status in OFFICE.items() if status == 200},
    ("get", "/api/v1/planning/check/"): NOT_SO,
    ("get", "/api/v1/planning/selections/"): ALL_SIGNED_IN,
    ("get", "/api/v1/planning/selections/<id>/"): NOT_THERE,
    ("get", "/api/v1/planning/selections/<id>/cancel/"): NOT_SO,
    ("get", "/api/v1/planning/selections/<id>/take/"): NOT_SO,
}


@pytest.fixture
def lamp(estate):
    return AssetFactory(estate=estate)


@pytest.fixture
def seen(as_user, estate, lamp) -> Inspection:
    """An inspection of the lamp, with one finding."""
    put(as_user("supervisor"), a_record(estate, asset=lamp.pk))
    return Inspection.objects.get()


def of_each_list(community, estate, lamp, seen) -> dict[str, object]:
    return {
        "communities": community.pk,
        "estates": estate.pk,
        "assets": lamp.pk,
        "inspections": seen.pk,
        "findings": Finding.objects.get().pk,
    }


@pytest.mark.parametrize(("verb", "address"), TABLE, ids=[" ".join(row) for row in TABLE])
def test_who_is_answered_what(as_user, community, estate, lamp, seen, verb, address):
    for name, pk in of_each_list(community, estate, lamp, seen).items():
        address = address.replace(f"{name}/<id>", f"{name}/{pk}") if verb == "get" else address
    answered = {}
    for who in SEES:
        path = address.replace("<id>", str(uuid.uuid4()))
        record = a_record(estate)
        entries = {"entries": [{"id": str(uuid.uuid4()), "record": record}]}
        body = {"put": record, "post": entries}.get(verb)
        if verb == "put" and "/proposals/" in address:
            body = a_lamp(estate, code=who)
        elif verb == "put" and "/devices/" in address:
            body = {"app_version": "1", "unsent": 0, "unsent_bytes": 0, "clock": AT}
        answered[who] = getattr(as_user(who), verb)(path, body, format="json").status_code
    assert answered == TABLE[verb, address_of(address)]


def test_of_several_records_each_is_answered_as_if_put_by_itself(as_user, estate):
    answered = {}
    for who in SEES:
        entries = [{"id": str(uuid.uuid4()), "record": a_record(estate)}]
        reply = as_user(who).post("/api/v1/inspections/", {"entries": entries}, format="json")
        told = reply.json().get("entries", [{"status": reply.status_code}])
        answered[who] = told[0]["status"]
    assert answered == RECORDS


_ID = re.compile("(?<=/)[0-9a-f-]{36}(?=[/.])")


def address_of(path: str) -> str:
    *before, last, _ = path.split("/")
    named = last.isdigit() or len(last) == 36 or last == "<id>"
    return _ID.sub("<id>", "/".join([*before, "<id>", ""]) if named else path)


def test_a_list_tells_what_its_reader_sees_and_no_more(as_user, community, estate, lamp, seen):
    other = EstateFactory(
        community=community,
        company=PropertyCompany.objects.create(name="另一家"),
        has_company=True,
    )
    things = of_each_list(community, estate, lamp, seen)
    for who, status in SEES.items():
        if status == 401:
            continue
        client = as_user(who)
        told = {
            name: {feature["id"] for feature in client.get(f"/api/v1/{name}/").json()["features"]}
            for name in things
        }
        theirs = {name: {pk if isinstance(pk, int) else str(pk)} for name, pk in things.items()}
        if status == 404:
            theirs = {name: set() for name in things}
            theirs["communities"] = told["communities"] - {community.pk}
        elif who != "company":
            theirs["estates"] |= {other.pk}
            theirs["communities"] = told["communities"] | {community.pk}
        assert told == theirs, who


def test_a_right_ends_with_its_last_day(as_user, people, estate):
    address = f"/api/v1/estates/{estate.pk}/"
    assert as_user("inspector").get(address).status_code == 200
    people["inspector"].memberships.update(until="2024-01-01")
    assert as_user("inspector").get(address).status_code == 404
    MembershipFactory(user=people["inspector"], role="leader")
    assert as_user("inspector").get(address).status_code == 200


def test_what_moved_is_seen_where_it_is_now(as_user, estate, elsewhere, seen):
    estate.community = elsewhere
    estate.save()
    addresses = [
        f"/api/v1/estates/{estate.pk}/",
        f"/api/v1/inspections/{seen.pk}/",
        f"/api/v1/findings/{Finding.objects.get().pk}/",
    ]
    for address in addresses:
        assert as_user("inspector").get(address).status_code == 404
        assert as_user("inspector2").get(address).status_code == 200


def test_every_address_of_the_api_is_in_the_table():
    known = {address_of(address) for _, address in TABLE}
    every = {address_of(each) for each in every_address() if each.startswith("/api/v1/")}
    assert {each.replace("/1/", "/<id>/") for each in every} == known
