"""A move is made once, with what it needs; one that came late is kept for a supervisor."""

import uuid
from functools import partial

import pytest

from inspections.models import Case, Move, Photo, Refused
from inspections.services.cases.listeners import _listeners, when_moved
from tests.cases import LATER, a_case, a_move, bring, made, put_move
from tests.records import a_photo, a_record, put
from tests.test_delivery import at_once

pytestmark = pytest.mark.django_db


def problem(reply) -> tuple[int, str, dict]:
    told = reply.json()
    return reply.status_code, told["code"], told["details"]


def decide(client, case, move, accept: bool, note: str = ""):
    address = f"/api/v1/cases/{case.pk}/moves/{move}/decision/"
    return client.put(address, {"accept": accept, "note": note}, format="json")


def test_a_move_is_made_once_and_answered_alike(as_user, people, estate):
    case, id = a_case(as_user("inspector"), estate), uuid.uuid4()
    body = a_move(case, "file", note="属实", severity=2)
    first, second = (put_move(as_user("supervisor"), case, body, id) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    now = first.json()["now"]
    assert first.json() == {
        "id": str(id),
        "case": str(case.pk),
        "move": "file",
        "standing": "made",
        "version": 1,
        "state": "filed",
        "problem": "",
        "evidence": {"declared": 0, "held": 0},
        "now": now,
    }
    assert (now["id"], now["state"], now["version"], now["severity"]) == (
        str(case.pk),
        "filed",
        1,
        2,
    )
    move = Move.objects.get()
    assert (move.by, move.note, move.state_before, move.state_after, move.seen) == (
        people["supervisor"],
        "属实",
        "reported",
        "filed",
        0,
    )
    assert as_user("inspector").get(f"/api/v1/cases/{case.pk}/moves/{id}/").json() == first.json()


def test_of_two_contents_with_one_id_the_first_counts_and_both_are_kept(as_user, estate):
    case, id = a_case(as_user("inspector"), estate), uuid.uuid4()
    supervisor = as_user("supervisor")
    assert put_move(supervisor, case, a_move(case, "file"), id).status_code == 201
    reply = put_move(supervisor, case, a_move(case, "reject", note="重复"), id)
    assert problem(reply) == (409, "recorded_differently", {})
    reply = put_move(as_user("admin"), case, a_move(case, "file"), id)
    assert problem(reply) == (409, "recorded_differently", {})
    refused = Refused.objects.order_by("pk")
    assert [(each.type, each.entry) for each in refused] == [("move", str(id))] * 2
    assert Case.objects.get().state == "filed"


MISSING = {
    "reject": ({"note"}, "reported"),
    "fix_on_spot": ({"photos"}, "reported"),
    "join": ({"into"}, "reported"),
    "return": ({"note"}, "assigned"),
    "ask_extension": ({"note", "until"}, "in_progress"),
    "hand_back": ({"note", "photos"}, "in_progress"),
    "suspend": ({"note", "until", "approver"}, "filed"),
    "refer": ({"note", "body"}, "filed"),
    "fail_check": ({"note", "photos"}, "checking"),
}


@pytest.mark.parametrize("move", MISSING)
def test_everything_that_is_missing_is_named_at_once(as_user, estate, move):
    fields, state = MISSING[move]
    case = bring(as_user, a_case(as_user("inspector"), estate), state)
    version = case.version
    who = "company" if state in ("assigned", "in_progress") else "supervisor"
    reply = put_move(as_user(who), case, a_move(case, move))
    status, code, details = problem(reply)
    assert (status, code, set(details["fields"])) == (400, "move_invalid", fields)
    case.refresh_from_db()
    assert (case.state, case.version) == (state, version)
    assert Refused.objects.get().type == "move"


WRONG = [
    ("file", {"severity": 4}, {"severity"}),
    ("file", {"simple": 1}, {"simple"}),
    ("file", {"version": None}, {"version"}),
    ("file", {"version": "0"}, {"version"}),
    ("file", {"recorded_at": "yesterday"}, {"recorded_at"}),
    ("file", {"until": LATER}, {"until"}),
    ("file", {"colour": "red"}, {"colour"}),
    ("file", {"case": str(uuid.uuid4())}, {"case"}),
    ("reject", {"note": "n" * 2001}, {"note"}),
    ("reject", {"note": "x", "severity": 1}, {"severity"}),
    ("close the case", {}, {"move"}),
    ("join", {"into": "that one"}, {"into"}),
    ("fix_on_spot", {"photos": [{"id": 1}]}, {"photos.0.id", "photos.0.sha256"}),
]


@pytest.mark.parametrize(("move", "changes", "fields"), WRONG)
def test_what_cannot_be_read_is_named(as_user, estate, move, changes, fields):
    case = a_case(as_user("inspector"), estate)
    reply = put_move(as_user("supervisor"), case, a_move(case, move, **changes))
    assert (reply.status_code, reply.json()["code"]) == (400, "move_invalid")
    assert fields <= set(reply.json()["details"]["fields"])
    assert not Move.objects.exists()


HANDLERS = [
    ({"kind": "nobody"}, "handler.kind"),
    ({"kind": "unit"}, "handler.unit"),
    ({"kind": "unit", "unit": 999_999}, "handler.unit"),
    ({"kind": "company", "company": 999_999}, "handler.company"),
    ({"kind": "community", "company": 1}, "handler.company"),
    ({"kind": "company", "person": "unit"}, "handler.person"),
    ({"kind": "community", "person": "company"}, "handler.person"),
    ("company", "handler"),
]


@pytest.mark.parametrize(("handler", "field"), HANDLERS)
def test_a_handler_is_somebody_who_is_there(as_user, estate, handler, field):
    case = bring(as_user, a_case(as_user("inspector"), estate), "filed")
    reply = put_move(as_user("supervisor"), case, a_move(case, "assign", handler=handler))
    status, code, details = problem(reply)
    assert (status, code, list(details["fields"])) == (400, "move_invalid", [field])


def test_left_out_the_rules_of_dispatch_choose_the_handler(as_user, estate):
    case = bring(as_user, a_case(as_user("inspector"), estate), "filed")
    reply = put_move(as_user("supervisor"), case, a_move(case, "assign"))
    handler = reply.json()["now"]["handler"]
    assert (handler["kind"], handler["id"]) == ("company", estate.company_id)


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 201), ("inspector", 400), ("supervisor", 400), ("nobody", 400)]
)
def test_putting_aside_is_agreed_by_a_leader_or_another_supervisor(
    as_user, people, estate, who, status
):
    case = bring(as_user, a_case(as_user("inspector"), estate), "filed")
    body = a_move(case, "suspend", note="等资金", until=LATER, approver=who)
    reply = put_move(as_user("supervisor"), case, body)
    assert reply.status_code == status
    if status == 400:
        assert list(reply.json()["details"]["fields"]) == ["approver"]


def test_a_later_photo_lies_beside_an_earlier_one(as_user, estate):
    before = a_photo(b"before", item="ZM-01")
    elsewhere = a_photo(b"of another item", item="ZM-03")
    case = a_case(as_user("inspector"), estate, photos=[before, elsewhere])
    bring(as_user, case, "in_progress")
    company = as_user("company")

    def hand_back(pair):
        photos = [a_photo(b"after", pair=pair)]
        return put_move(company, case, a_move(case, "hand_back", note="修好了", photos=photos))

    assert list(hand_back(None).json()["details"]["fields"]) == ["photos"]
    for wrong in (elsewhere["id"], str(uuid.uuid4())):
        fields = hand_back(wrong).json()["details"]["fields"]
        assert set(fields) == {"photos", "photos.0.pair"}
    reply = hand_back(before["id"])
    assert (reply.status_code, reply.json()["evidence"]) == (201, {"declared": 1, "held": 0})
    after = Photo.objects.get(move__isnull=False)
    assert (str(after.pair), after.move.photos_missing) == (before["id"], 1)
    told = company.get(f"/api/v1/cases/{case.pk}/").json()
    assert told["pairs"] == [{"before": before["id"], "after": str(after.pk)}]


class TestFourEyes:
    def test_who_fixed_it_never_closes_it(self, as_user, estate):
        case = a_case(as_user("inspector"), estate)
        made(as_user("supervisor"), case, "fix_on_spot")
        reply = put_move(as_user("supervisor"), case, a_move(case, "close"))
        assert problem(reply) == (403, "other_eyes_needed", {})
        told = as_user("supervisor").get(f"/api/v1/cases/{case.pk}/").json()
        assert [each["move"] for each in told["may"]] == ["reopen"]
        assert made(as_user("admin"), case, "close").state == "closed"

    def test_not_even_after_it_was_opened_again(self, as_user, people, estate):
        case = a_case(as_user("inspector"), estate)
        made(as_user("supervisor"), case, "fix_on_spot")
        made(as_user("admin"), case, "reopen")
        made(as_user("admin"), case, "assign")
        made(as_user("company"), case, "hand_back")
        reply = put_move(as_user("supervisor"), case, a_move(case, "close"))
        assert problem(reply)[:2] == (403, "other_eyes_needed")

    def test_who_fixed_it_does_not_look_at_it_either(self, as_user, estate):
        case = bring(as_user, a_case(as_user("inspector"), estate), "filed")
        made(as_user("supervisor"), case, "assign", handler={"kind": "community"})
        made(as_user("officer"), case, "claim")
        made(as_user("officer"), case, "hand_back")
        photo = [a_photo(b"again", pair=str(Photo.objects.get().pk))]
        reply = put_move(as_user("officer"), case, a_move(case, "pass_check", photos=photo))
        assert problem(reply)[:2] == (403, "other_eyes_needed")
        assert made(as_user("inspector"), case, "pass_check").state == "checked"

    def test_nor_accepts_that_another_closed_it(self, as_user, estate):
        case = a_case(as_user("inspector"), estate)
        made(as_user("supervisor"), case, "fix_on_spot")
        late = put_move(as_user("admin"), case, a_move(case, "close", version=0)).json()
        assert late["standing"] == "proposed"
        reply = decide(as_user("supervisor"), case, late["id"], True)
        assert problem(reply)[:2] == (403, "other_eyes_needed")


class TestLate:
    @pytest.fixture
    def late(self, as_user, estate):
        """Fixed offline, while the office filed it and gave it to the company."""
        before = a_photo(b"before")
        case = a_case(as_user("inspector"), estate, photos=[before])
        bring(as_user, case, "filed")
        photos = [a_photo(b"after", pair=before["id"])]
        body = a_move(case, "fix_on_spot", version=0, photos=photos)
        reply = put_move(as_user("inspector"), case, body)
        return case, reply

    def test_it_is_a_proposal_and_its_photos_are_kept(self, as_user, late):
        case, reply = late
        told = reply.json()
        assert reply.status_code == 201
        assert (told["standing"], told["problem"]) == ("proposed", "moved_meanwhile")
        assert (told["version"], told["state"]) == (1, "filed")
        assert told["evidence"] == {"declared": 1, "held": 0}
        assert told["now"]["undecided"] == 1
        case.refresh_from_db()
        assert (case.state, case.version) == ("filed", 1)
        assert Photo.objects.filter(move=told["id"]).count() == 1
        whole = as_user("supervisor").get(f"/api/v1/cases/{case.pk}/").json()
        assert [(each["move"], each["standing"]) for each in whole["moves"]] == [
            ("file", "made"),
            ("fix_on_spot", "proposed"),
        ]

    def test_it_cannot_be_accepted_while_the_case_does_not_allow_it(self, as_user, late):
        case, reply = late
        answer = decide(as_user("supervisor"), case, reply.json()["id"], True)
        assert problem(answer) == (
            409,
            "move_not_allowed",
            {"move": "fix_on_spot", "state": "filed"},
        )
        assert Move.objects.undecided().count() == 1

    def test_accepted_it_is_made(self, as_user, people, late):
        case, reply = late
        made(as_user("supervisor"), case, "void")
        made(as_user("supervisor"), case, "reconsider")
        id = reply.json()["id"]
        for _ in range(2):
            answer = decide(as_user("supervisor"), case, id, True)
            assert answer.status_code == 200
            told = answer.json()
            assert (told["standing"], told["version"], told["state"]) == ("made", 4, "fixed")
        move = Move.objects.get(pk=id)
        assert (move.by, move.decided_by) == (people["inspector"], people["supervisor"])
        assert decide(as_user("supervisor"), case, id, False, "no").json()["code"] == "move_decided"

    def test_declined_it_says_why_and_its_photos_stay(self, as_user, late):
        case, reply = late
        id = reply.json()["id"]
        answer = decide(as_user("supervisor"), case, id, False)
        assert (answer.status_code, list(answer.json()["details"]["fields"])) == (400, ["note"])
        answer = decide(as_user("supervisor"), case, id, False, "已派给物业")
        assert (answer.status_code, answer.json()["standing"]) == (200, "declined")
        assert Photo.objects.filter(move=id).count() == 1
        body = Move.objects.get(pk=id).content
        again = put_move(as_user("inspector"), case, body, id)
        assert (again.status_code, again.json()["standing"]) == (200, "declined")

    @pytest.mark.parametrize(
        ("who", "status"),
        [("inspector", 403), ("leader", 403), ("company", 404), ("stranger", 404), ("nobody", 401)],
    )
    def test_a_supervisor_decides(self, as_user, late, who, status):
        case, reply = late
        answer = decide(as_user(who), case, reply.json()["id"], False, "no")
        assert answer.status_code == status


def test_several_at_once_each_with_its_outcome(as_user, estate):
    first = a_case(as_user("inspector"), estate)
    second = bring(as_user, a_case(as_user("inspector"), estate), "filed")
    ids = [str(uuid.uuid4()) for _ in range(4)]
    moves = [
        {"case": str(first.pk), "id": ids[0], **a_move(first, "file")},
        {"case": str(second.pk), "id": ids[1], **a_move(second, "file")},
        {"case": str(first.pk), "id": ids[2], **a_move(first, "assign", version=1)},
        {"case": str(uuid.UUID(int=7)), "id": ids[3], **a_move(second, "file", version=0)},
    ]
    for dry_run in (True, False):
        body = {"dry_run": dry_run, "moves": moves}
        reply = as_user("supervisor").post("/api/v1/cases/moves/", body, format="json")
        told = reply.json()["moves"]
        assert [(each["id"], each["status"]) for each in told] == list(
            zip(ids, (201, 409, 201, 409), strict=True)
        )
        assert told[1]["answer"]["code"] == "move_not_allowed"
        assert told[2]["answer"]["now"]["handler"]["kind"] == "company"
        assert told[3]["answer"]["code"] == "case_unknown"
        first.refresh_from_db()
        kept = (Move.objects.filter(case=first).count(), Refused.objects.count(), first.state)
        assert kept == ((0, 0, "reported") if dry_run else (2, 2, "assigned"))


@pytest.mark.parametrize(
    "body", [{}, {"moves": []}, {"moves": [1]}, {"moves": [{}] * 201}, {"moves": [{"id": "x"}]}]
)
def test_a_list_that_cannot_be_read_moves_nothing(as_user, estate, body):
    reply = as_user("supervisor").post("/api/v1/cases/moves/", body, format="json")
    assert (reply.status_code, reply.json()["code"]) == (400, "move_invalid")


class TestOffline:
    """A tablet names a case that the server does not know yet."""

    def test_fixed_on_the_spot_before_the_record_arrived(self, as_user, estate):
        inspector, record, id = as_user("inspector"), uuid.uuid4(), uuid.uuid4()
        before = a_photo(b"before", item="ZM-01")
        photos = [a_photo(b"after", pair=before["id"], item="ZM-01")]
        case = Case.id_of(uuid.uuid5(record, "ZM-01"))
        device = str(uuid.uuid4())
        body = a_move(case, "fix_on_spot", photos=photos, device=device, number=2)
        reply = put_move(inspector, case, body, id)
        assert problem(reply) == (409, "case_unknown", {"case": str(case)})
        (waits,) = receipts(inspector, device)
        assert (waits["type"], waits["status"], waits["number"]) == ("move", "waits", 2)
        put(inspector, a_record(estate, photos=[before], device=device, number=1), record)
        told = put_move(inspector, case, body, id)
        assert (told.status_code, told.json()["standing"]) == (200, "made")
        assert told.json()["state"] == "fixed"
        assert [(each["type"], each["status"]) for each in receipts(inspector, device)] == [
            ("inspection", "held"),
            ("move", "held"),
        ]
        assert not Refused.objects.filter(settled_at=None).exists()

    def test_moves_that_wait_are_made_in_their_order(self, as_user, estate):
        supervisor, record = as_user("supervisor"), uuid.uuid4()
        case = Case.id_of(uuid.uuid5(record, "ZM-01"))
        for version, name in ((2, "assign"), (1, "suspend"), (0, "file")):
            body = a_move(case, name, version=version)
            if name == "suspend":
                body |= {"note": "等", "until": LATER, "approver": "leader"}
            if name == "assign":
                body |= {"move": "resume"}
            assert put_move(supervisor, case, body).status_code == 409
        put(as_user("supervisor"), a_record(estate), record)
        moves = Move.objects.order_by("version").values_list("name", "version")
        assert list(moves) == [("file", 1), ("suspend", 2), ("resume", 3)]
        assert Case.objects.get().state == "filed"

    def test_one_that_saw_more_waits_for_what_it_saw(self, as_user, estate):
        case = a_case(as_user("inspector"), estate)
        supervisor, id = as_user("supervisor"), uuid.uuid4()
        reply = put_move(supervisor, case, a_move(case, "assign", version=1), id)
        assert problem(reply) == (409, "move_ahead", {"case": str(case.pk)})
        made(supervisor, case, "file")
        case.refresh_from_db()
        assert (case.state, case.version) == ("assigned", 2)

    def test_who_brings_no_records_is_told_that_it_is_not_there(self, as_user, estate):
        for who in ("company", "unit", "leader", "stranger"):
            reply = put_move(as_user(who), uuid.uuid4(), a_move(None, "claim"))
            assert problem(reply) == (404, "case_not_found", {})


def receipts(client, device) -> list[dict]:
    return client.get("/api/v1/receipts/", {"device": device}).json()["entries"]


class TestTogether:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_two_at_once_are_one_move_and_one_proposal(self, as_user, estate):
        for _ in range(5):
            case = a_case(as_user("inspector"), estate)
            calls = [
                partial(put_move, as_user(who), case, a_move(case, "file", note=who))
                for who in ("supervisor", "admin", "officer", "supervisor")
            ]
            replies = [reply.json()["standing"] for reply in at_once(calls)]
            assert sorted(replies) == ["made", "proposed", "proposed", "proposed"]
            case.refresh_from_db()
            assert (case.state, case.version) == ("filed", 1)

    def test_one_sent_twice_at_once_is_made_once(self, as_user, estate):
        for _ in range(5):
            case, id = a_case(as_user("inspector"), estate), uuid.uuid4()
            body = a_move(case, "file")
            calls = [partial(put_move, as_user("supervisor"), case, body, id) for _ in range(4)]
            replies = at_once(calls)
            assert sorted(reply.status_code for reply in replies) == [200, 200, 200, 201]
            assert len({str(reply.json()) for reply in replies}) == 1
            assert case.moves.count() == 1

    def test_a_case_and_its_record_sent_at_once(self, as_user, estate):
        for _ in range(5):
            record = uuid.uuid4()
            case = Case.id_of(uuid.uuid5(record, "ZM-01"))
            body = a_move(case, "fix_on_spot", photos=[a_photo(record.bytes)])
            at_once(
                [
                    partial(put_move, as_user("inspector"), case, body),
                    partial(put, as_user("inspector"), a_record(estate), record),
                ]
            )
            assert Case.objects.get(pk=case).state == "fixed"

    def test_two_cases_joined_to_each_other_at_once(self, as_user, estate):
        for _ in range(5):
            first, second = (a_case(as_user("inspector"), estate) for _ in range(2))
            calls = [
                partial(
                    put_move,
                    as_user("supervisor"),
                    one,
                    a_move(one, "join", into=str(other.pk)),
                )
                for one, other in ((first, second), (second, first))
            ]
            assert sorted(reply.status_code for reply in at_once(calls)) == [201, 400]
            states = Case.objects.filter(pk__in=[first.pk, second.pk]).values_list("state")
            assert sorted(state for (state,) in states) == ["joined", "reported"]


def test_who_listens_is_told_of_every_move_that_was_made(as_user, estate):
    told = []

    def listener(moves):
        told.append([(each.name, each.case.state, each.version) for each in moves])

    before = list(_listeners)
    when_moved(listener)
    try:
        first, second = (a_case(as_user("inspector"), estate) for _ in range(2))
        made(as_user("supervisor"), first, "file")
        moves = [
            {"case": str(case.pk), "id": str(uuid.uuid4()), **a_move(case, name)}
            for case, name in ((first, "assign"), (second, "file"), (second, "claim"))
        ]
        as_user("supervisor").post("/api/v1/cases/moves/", {"moves": moves}, format="json")
    finally:
        _listeners[:] = before
    assert told == [[("file", "filed", 1)], [("assign", "assigned", 2), ("file", "filed", 1)]]
