"""Who may do what with a case that stands how: every cell, as a supervisor would read it."""

import ast
import uuid
from pathlib import Path

import pytest
from django.db import transaction

import inspections
from inspections.models import Case
from tests.cases import a_case, a_move, bring, made, needed, put_move
from tests.factories import CompanyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

# S supervisor · I inspector · O officer · H who has it in hand. A star: where nobody has it in
# hand, it is filed again.
TABLE = """
file              S O      reported                                    → filed
fix_on_spot       S I O    reported                                    → fixed
reject            S        reported                                    → rejected
void              S        reported filed assigned returned            → void
join              S        reported filed                              → joined
reconsider        S        rejected void joined                        → reported
assign            S        filed assigned in_progress returned         → assigned
claim             H        assigned                                    → in_progress
return            H        assigned in_progress                        → returned
ask_extension     H        in_progress                                 → extension_asked
grant_extension   S        extension_asked                             → in_progress
refuse_extension  S        extension_asked                             → in_progress
hand_back         H        assigned in_progress extension_asked        → checking
pass_check        S I O    checking                                    → checked
fail_check        S I O    checking                                    → assigned*
close             S        fixed checking checked                      → closed
reopen            S        fixed checking checked closed               → assigned*
suspend           S        filed assigned in_progress extension_asked  → suspended
resume            S        suspended                                   → assigned*
refer             S        filed assigned in_progress returned         → referred
hear_done         S O      referred                                    → checking
take_back         S        referred                                    → filed
"""
STATES = (
    "reported",
    "fixed",
    "filed",
    "assigned",
    "in_progress",
    "extension_asked",
    "checking",
    "checked",
    "returned",
    "suspended",
    "referred",
    "closed",
    "rejected",
    "void",
    "joined",
)
# What each is to the case; "" sees it and has no part in it, None does not see it.
PEOPLE = {
    "supervisor": "S",
    "admin": "S",
    "inspector": "I",
    "officer": "O",
    "company": "H",
    "unit": "",
    "planner": "",
    "leader": "",
    "clerk": "",
    "inspector2": None,
    "company2": None,
    "stranger": None,
    "nobody": None,
}


def rows():
    for line in TABLE.strip().splitlines():
        before, to = line.split("→")
        move, *words = before.split()
        who = {each for each in words if len(each) == 1}
        yield move, who, set(words) - who, to.strip()


@pytest.fixture
def company2(people):
    people["company2"] = UserFactory(username="company2")
    MembershipFactory(user=people["company2"], role="company", company=CompanyFactory())


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_every_move_of_everybody(as_user, estate, company2, state):
    """What is refused together with all that this person is refused; what is made by itself."""
    case, other = standing_at(as_user, estate, state)
    bodies = {move: a_move(case, move, **needed(case, move, into=other)) for move, *_ in rows()}
    for who, part in PEOPLE.items():
        client = as_user(who)
        sees = part is not None and (who != "company" or case.handler)
        refused, made_to = {}, {}
        for move, may, since, to in rows():
            if not sees:
                refused[move] = 404
            elif part not in may:
                refused[move] = 403
            elif state not in since:
                refused[move] = 409
            else:
                back = "assigned" if case.handler else "filed"
                made_to[move] = back if to.endswith("*") else to
        asked = [
            {"case": str(case.pk), "id": str(uuid.uuid4()), **bodies[move]} for move in refused
        ]
        reply = client.post("/api/v1/cases/moves/", {"moves": asked}, format="json")
        if who == "nobody":
            assert reply.status_code == 401
            continue
        answered = [each["status"] for each in reply.json()["moves"]]
        assert dict(zip(refused, answered, strict=True)) == refused, who
        for move, to in made_to.items():
            with transaction.atomic():
                reply = put_move(client, case, bodies[move])
                assert (reply.status_code, reply.json()["state"]) == (201, to), (who, move)
                assert Case.objects.get(pk=case.pk).state == to
                transaction.set_rollback(True)
        assert Case.objects.get(pk=case.pk).state == state


def standing_at(as_user, estate, state) -> tuple[Case, Case]:
    """A case in that state, and another one that is open."""
    case, other = a_case(as_user("inspector"), estate), a_case(as_user("inspector"), estate)
    if state == "joined":
        made(as_user("supervisor"), case, "join", into=str(other.pk))
    else:
        bring(as_user, case, state)
    return case, other


def test_the_table_names_every_move_and_state():
    from inspections.workflow import MOVES, State

    assert {move for move, *_ in rows()} == set(MOVES)
    assert set(STATES) == set(State)
    assert set().union(*(since for _, _, since, _ in rows())) == set(STATES)


@pytest.mark.parametrize("state", STATES)
def test_what_a_page_offers_is_what_the_table_says(as_user, estate, company2, state):
    case, _ = standing_at(as_user, estate, state)
    for who, part in PEOPLE.items():
        reply = as_user(who).get(f"/api/v1/cases/{case.pk}/")
        offered = {move for move, may, since, _ in rows() if part in may and state in since}
        if who == "nobody":
            assert reply.status_code == 401
        elif part is None or (who == "company" and not case.handler):
            assert (reply.status_code, reply.json()["code"]) == (404, "case_not_found")
        else:
            assert {each["move"] for each in reply.json()["may"]} == offered, who


@pytest.mark.parametrize(("handler", "answers"), [("unit", {"unit"}), ("community", {"officer"})])
def test_a_unit_or_the_community_has_it_in_hand(as_user, people, estate, handler, answers):
    case = bring(as_user, a_case(as_user("inspector"), estate), "filed")
    told = {"kind": handler}
    if handler == "unit":
        told["unit"] = people["unit"].memberships.get().unit_id
    made(as_user("supervisor"), case, "assign", handler=told)
    for who in ("unit", "officer", "company", "inspector", "supervisor"):
        with transaction.atomic():
            status = put_move(as_user(who), case, a_move(case, "claim")).status_code
            transaction.set_rollback(True)
        expected = 201 if who in answers else 404 if who == "company" else 403
        assert status == expected, who


def _changes_of_state(file: Path) -> list[str]:
    """Where a module gives a `state` to something it has, or to rows of the database."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        given = [each for each in targets if isinstance(each, ast.Attribute)]
        if any(each.attr == "state" for each in given):
            found.append(f"{file.name}:{node.lineno}")
        updates = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update"
        if updates and any(each.arg == "state" for each in node.keywords):
            found.append(f"{file.name}:{node.lineno}")
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.lower().split()
            if "update" in words and "inspections_case" in words:
                found.append(f"{file.name}:{node.lineno}")
    return found


def test_no_other_path_changes_a_state():
    """Of all modules of the server one gives a case its state, takes it and writes it."""
    folder = Path(inspections.__file__).parent
    modules = [each for each in folder.rglob("*.py") if "migrations" not in each.parts]
    # Clocks that are replayed, and cases that the demonstration plays through, are of no database;
    # an answer about hot spots has a state of its own.
    others = {"clocks", "demo", "hotspots.py"}
    modules = [each for each in modules if not others & set(each.parts)]
    found = [place for each in modules for place in _changes_of_state(each)]
    assert {place.split(":")[0] for place in found} == {"making.py"}, found


def test_the_admin_looks_at_cases_and_moves_and_changes_none(as_user, estate):
    case = bring(as_user, a_case(as_user("inspector"), estate), "filed")
    move = case.moves.get()
    admin = as_user("admin")
    for address in (f"case/{case.pk}", f"move/{move.pk}"):
        page = f"/admin/inspections/{address}/change/"
        assert admin.get(page).status_code == 200
        assert admin.post(page, {"state": "closed"}).status_code == 403
        assert admin.post(f"/admin/inspections/{address}/delete/").status_code == 403
    for model in ("case", "move"):
        assert admin.get(f"/admin/inspections/{model}/").status_code == 200
        assert admin.post(f"/admin/inspections/{model}/add/", {}).status_code == 403
    assert Case.objects.get().state == "filed"
