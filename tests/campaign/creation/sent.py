"""What is sent about estates on the list, and what is told of them."""

from uuid import uuid4

from campaign.models import Enrolment
from tests.campaign.brought import bring, workbook
from tests.campaign.notice import NOTICE

CREATION = "/api/v1/campaign/creation/"
SHEETS = "/api/v1/campaign/sheets/"
LISTED_ON = "2024-11-08"
VERSION = "2024-1"


def put(client, address: str, body: dict, **changes):
    told = {name: value for name, value in (body | changes).items() if value is not None}
    return client.put(address, told, format="json")


def enrol(client, estate, /, id=None, **changes):
    body = {
        "programme": NOTICE,
        "estate": estate.pk,
        "person": "王经理",
        "enrolled_on": LISTED_ON,
    }
    return put(client, f"{CREATION}{id or uuid4()}/", body, **changes)


def enrolled(client, estate, **changes) -> Enrolment:
    reply = enrol(client, estate, **changes)
    assert reply.status_code == 201, reply.json()
    return Enrolment.objects.get(pk=reply.json()["id"])


def evidence(client) -> str:
    reply = bring(client, workbook(), name="材料.xlsx")
    assert reply.status_code == 201, reply.json()
    return reply.json()["id"]


def reach(client, row, to: str, on: str, id=None, **changes):
    body = {"to": to, "on": on}
    if "attachments" not in changes:
        body["attachments"] = [evidence(client)]
    return put(client, f"{CREATION}{row.pk}/stages/{id or uuid4()}/", body, **changes)


def a_sheet(row, form: str = "self", day: str = "2024-11-20", **grades: str) -> dict:
    return {
        "enrolment": str(row.pk),
        "form": form,
        "day": day,
        "standard": VERSION,
        "answers": {code.replace("_", "-"): {"grade": grade} for code, grade in grades.items()},
    }


def fill(client, body: dict, id=None, **changes):
    return put(client, f"{SHEETS}{id or uuid4()}/", body, **changes)


def declare(client, row, id=None, **changes):
    body = {"code": "V4", "since": "2024-11-15", "note": "3号楼火灾，一人死亡"}
    return put(client, f"{CREATION}{row.pk}/vetoes/{id or uuid4()}/", body, **changes)


def lift(client, row, veto, **changes):
    body = {"on": "2024-12-01", "note": "调查结论：不属实"}
    return put(client, f"{CREATION}{row.pk}/vetoes/{veto}/lifted/", body, **changes)


def card(client, row, day: str) -> dict:
    reply = client.get(f"{CREATION}{row.pk}/", {"as_of": day})
    assert reply.status_code == 200, reply.json()
    return reply.json()


def listing(client, day: str) -> dict:
    reply = client.get(CREATION, {"as_of": day})
    assert reply.status_code == 200, reply.json()
    return reply.json()


def item(told: dict, code: str) -> dict:
    return next(
        each
        for category in told["categories"]
        for each in category["items"]
        if each["code"] == code
    )
