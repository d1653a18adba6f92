"""Promises kept whatever is added to the house."""

import pytest
from rest_framework.test import APIClient

from inspections.api import lists
from tests.addresses import every_address

pytestmark = pytest.mark.django_db

PROGRAMS = ("/api/v1/", "/api/schema/", "/tiles/")
NO_ID = "00000000-0000-7000-8000-000000000000"
RECORDING = {
    ("post", "/api/v1/overview/hotspots/"),
    ("post", "/api/v1/inspections/"),
    ("put", "/api/v1/inspections/00000000-0000-7000-8000-000000000000/"),
    ("put", "/api/v1/proposals/00000000-0000-7000-8000-000000000000/"),
    ("put", "/api/v1/devices/00000000-0000-7000-8000-000000000000/"),
    *(
        (verb, address)
        for verb in ("put", "delete")
        for address in ("/api/v1/rounds/1/", "/api/v1/leaves/1/")
    ),
    *(("post", address) for address in ("/api/v1/rounds/", "/api/v1/leaves/")),
    *(("put", f"/api/v1/complaints/{NO_ID}/{what}") for what in ("", "reply/")),
    *(("post", f"/api/v1/complaints/{what}/") for what in ("alike", "file")),
    ("post", "/api/v1/papers/draft/"),
    ("post", "/api/v1/planning/check/"),
    ("put", f"/api/v1/campaign/values/{NO_ID}/"),
    ("put", f"/api/v1/campaign/creation/{NO_ID}/"),
    *(
        ("put", f"/api/v1/campaign/creation/{NO_ID}/{what}/{NO_ID}/{then}")
        for what, then in (("stages", ""), ("vetoes", ""), ("vetoes", "lifted/"))
    ),
    ("put", f"/api/v1/campaign/sheets/{NO_ID}/"),
    ("put", f"/api/v1/campaign/attachments/{NO_ID}/"),
    ("put", f"/api/v1/campaign/ledgers/x/rows/{NO_ID}/"),
    ("post", "/api/v1/campaign/ledgers/x/file/"),
    *(("put", f"/api/v1/campaign/reports/x/x/1/{what}/") for what in ("cells", f"moves/{NO_ID}")),
    ("put", "/api/v1/campaign/reports/x/x/1/workbook.xlsx"),
    ("put", f"/api/v1/cases/{NO_ID}/"),
    ("post", "/api/v1/cases/moves/"),
    *(("put", f"/api/v1/cases/{NO_ID}/moves/{NO_ID}/{what}") for what in ("", "decision/")),
    *((verb, f"/api/v1/cases/{NO_ID}/hold/") for verb in ("put", "delete")),
    ("put", f"/api/v1/photos/{NO_ID}/masked/{NO_ID}/"),
    *(
        ("put", f"/api/v1/papers/00000000-0000-7000-8000-000000000000/{what}")
        for what in ("", "void/", "delivery/")
    ),
    ("put", "/api/v1/escalations/00000000-0000-7000-8000-000000000000/"),
    ("put", "/api/v1/saved-filters/"),
    ("delete", "/api/v1/saved-filters/1/"),
    *(
        (verb, f"/api/v1/planning/{what}/{NO_ID}/")
        for what, verbs in (("plans", ("put", "patch")), ("proposals", ("put", "patch", "delete")))
        for verb in verbs
    ),
    *(("put", f"/api/v1/planning/selections/{NO_ID}/{what}") for what in ("", "cancel/", "take/")),
    *(
        ("put", f"/api/v1/planning/plans/{NO_ID}/{what}/")
        for what in ("copy", "archive", "restore")
    ),
    *(
        ("put", f"/api/v1/planning/proposals/{NO_ID}/{what}/")
        for what in ("restore", f"steps/{NO_ID}", f"documents/{NO_ID}")
    ),
    ("post", "/api/v1/uploads/"),
    ("patch", "/api/v1/uploads/00000000-0000-7000-8000-000000000000/"),
    ("delete", "/api/v1/uploads/00000000-0000-7000-8000-000000000000/"),
}
# Open to anyone, each for a reason: signing in itself, and what says whether the house is well.
OPEN = {
    "/admin/logout/",
    "/field/manifest.webmanifest",
    "/field/sw.js",
    "/field/workers/x.js",
    "/healthz",
    "/i18n/setlang/",
    "/people/invitation/x/x/",
    "/people/privacy/",
    "/sign-in/",
    "/sign-out/",
}


def asked(address: str) -> tuple[int, str]:
    """The status that nobody gets there, and the code or the place they are led to."""
    reply = APIClient().get(address)
    if address.startswith(PROGRAMS):
        assert reply["WWW-Authenticate"] == 'Token realm="xuntu"', address
        return reply.status_code, reply.json()["code"]
    return reply.status_code, reply.get("Location", "").partition("next=/")[0]


def test_every_address_asks_who_you_are():
    answers = {each: asked(each) for each in every_address() if each not in OPEN}
    asks = {(401, "not_signed_in"), (302, "/sign-in/?"), (302, "/admin/login/?")}
    assert {each: answer for each, answer in answers.items() if answer not in asks} == {}
    programs = {answer for each, answer in answers.items() if each.startswith(PROGRAMS)}
    assert programs == {(401, "not_signed_in")}


def test_what_is_open_is_there():
    assert set(every_address()) >= OPEN


def refused(client, verb: str, address: str) -> tuple[int, str]:
    reply = getattr(client, verb)(address)
    return reply.status_code, reply.json()["code"]


def test_an_api_address_refuses_what_it_does_not_do(as_user):
    nobody, admin = as_user("nobody"), as_user("admin")
    for address in (each for each in every_address() if each.startswith(("/api/v1", "/tiles"))):
        for verb in ("post", "put", "patch", "delete"):
            if (verb, address) in RECORDING:
                continue
            answers = [refused(client, verb, address) for client in (nobody, admin)]
            expected = [(401, "not_signed_in"), (405, "method_not_allowed")]
            assert answers == expected, (verb, address)


@pytest.mark.parametrize(
    "address",
    ["/api/v1/nothing/", "/api/", "/api/v2/me/", "/tiles/nothing/1/0/0.mvt", "/tiles/x/y"],
)
def test_an_address_that_is_not_there_is_told_in_the_one_shape(as_user, address):
    reply = as_user("inspector").get(address)
    assert (reply.status_code, reply.json()) == (
        404,
        {"code": "not_found", "message": "Not found.", "details": {}},
    )


def test_a_forgotten_slash_is_added_for_readers(as_user):
    reply = as_user("inspector").get("/api/v1/findings?severity=1")
    assert (reply.status_code, reply["Location"]) == (302, "/api/v1/findings/?severity=1")


def test_a_fault_of_ours_is_told_in_the_one_shape(as_user, monkeypatch):
    def broken(*_):
        raise RuntimeError("broken")

    monkeypatch.setattr(lists, "_features", broken)
    client = as_user("inspector")
    client.raise_request_exception = False
    reply = client.get("/api/v1/findings/")
    assert (reply.status_code, reply.json()) == (
        500,
        {
            "code": "failed",
            "message": "Something went wrong here. It was noted; please try again later.",
            "details": {},
        },
    )
