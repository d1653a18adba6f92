"""The addresses at which cases are moved."""

from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections import services
from inspections.api import bodies, entries
from inspections.api.cases import told
from inspections.api.cases.serializers import (
    DecisionInput,
    MoveInput,
    MoveOutput,
    MovesInput,
    MovesOutput,
)
from inspections.api.schema import problems
from inspections.errors import BodyUnreadable, CaseNotFound, MoveInvalid, Refusal
from inspections.models import Move
from inspections.services import Outcome, Sent
from inspections.services.cases import deciding, moving
from people.api.authentication import person
from people.models import User

MOST_MOVES = 200
_AT_ONCE = 25


class OneMove(APIView):
    @extend_schema(
        operation_id="move_get",
        tags=["cases"],
        responses={200: MoveOutput, **problems(401, 404)},
    )
    def get(self, request: Request, case: UUID, id: UUID) -> HttpResponse:
        """What became of a move."""
        user = person(request)
        seen = Move.objects.visible_to(user).filter(pk=id, case=case)
        # Whoever sent it is told, wherever the case is now.
        if not (seen | Move.objects.filter(pk=id, case=case, by=user)).exists():
            raise CaseNotFound
        return entries.as_json(_with_now(user, [moving.known([id])[id].recorded])[0])

    @extend_schema(
        operation_id="move_put",
        tags=["cases"],
        request=MoveInput,
        responses={
            201: MoveOutput,
            200: MoveOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, case: UUID, id: UUID) -> HttpResponse:
        """Move a case, by the id that the mover gave the move.

        It names the version of the case that it saw. Where the case was moved meanwhile it is
        kept as a proposal, for a supervisor to accept or decline. 201 when this sending brought
        it; 200, with the same answer, when an equal one had. `now` is the case as it stands.
        """
        taken = entries.take_one(request, id, services.MOVE, case)
        (answer,) = _with_now(person(request), [taken.recorded])
        return entries.as_json(answer, 201 if taken.now else 200)


class Decision(APIView):
    @extend_schema(
        operation_id="move_decision_put",
        tags=["cases"],
        request=DecisionInput,
        responses={200: MoveOutput, **problems(400, 401, 403, 404, 409)},
    )
    def put(self, request: Request, case: UUID, id: UUID) -> HttpResponse:
        """Accept or decline a move that came late; declining says why."""
        user = person(request)
        asked = _object(bodies.whole(request._request))
        accept, note = asked.get("accept"), asked.get("note", "")
        wrong = {}
        if not isinstance(accept, bool):
            wrong["accept"] = _("Yes or no.")
        if not isinstance(note, str):
            wrong["note"] = _("A text of at most %d characters.") % 300
        if wrong or not isinstance(accept, bool):
            raise MoveInvalid(fields=wrong)
        moved = deciding.decide_move(case=case, move=id, accept=accept, note=note, by=user)
        return entries.as_json(_with_now(user, [moved])[0])


class Moves(APIView):
    @extend_schema(
        operation_id="moves_post",
        tags=["cases"],
        request=MovesInput,
        responses={200: MovesOutput, **problems(400, 401, 411, 413)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Move several cases, each as if it had been put by itself; with `dry_run`, tell what
        would become of each and do nothing.

        What becomes of one says nothing of the others: each has its own status and answer.
        """
        sender = person(request)
        sent, dry_run = _several(request, _object(bodies.whole(request._request)))
        if dry_run:
            with transaction.atomic():
                answers = _answers(sender, sent, services.take(sent, sender=sender))
                transaction.set_rollback(True)
        else:
            answers = _answers(sender, sent, _taken(sent, sender))
        return entries.as_json({"moves": answers})


def _taken(sent: list[Sent], sender: User) -> list[Outcome]:
    """A few in a transaction: those that close something let nobody record meanwhile."""
    parts = (sent[at : at + _AT_ONCE] for at in range(0, len(sent), _AT_ONCE))
    return [outcome for part in parts for outcome in entries.take_several(part, sender)]


def _answers(sender: User, sent: list[Sent], outcomes: list[Outcome]) -> list[dict[str, Any]]:
    taken = [each.recorded for each in outcomes if not isinstance(each, Refusal)]
    whole = {each["id"]: each for each in _with_now(sender, taken)}
    answers = []
    for one, outcome in zip(sent, outcomes, strict=True):
        status, answer = entries.answered(outcome)
        if not isinstance(outcome, Refusal):
            answer = whole[one.id]
        answers.append({"case": one.case, "id": one.id, "status": status, "answer": answer})
    return answers


def _several(request: Request, asked: dict[str, Any]) -> tuple[list[Sent], bool]:
    moves, dry_run = asked.get("moves"), asked.get("dry_run", False)
    wrong = {}
    if not isinstance(dry_run, bool):
        wrong["dry_run"] = _("Yes or no.")
    if not isinstance(moves, list) or not 0 < len(moves) <= MOST_MOVES:
        wrong["moves"] = _("A list of 1 to %d moves.") % MOST_MOVES
    if wrong or not isinstance(moves, list):
        raise MoveInvalid(fields=wrong)
    return [_one(n, each, request) for n, each in enumerate(moves)], dry_run


def _one(n: int, asked: object, request: Request) -> Sent:
    try:
        if not isinstance(asked, dict):
            raise TypeError
        content = {name: each for name, each in asked.items() if name not in ("case", "id")}
        id, case = UUID(asked["id"]), UUID(asked["case"])
        return entries.sent_by(request, id, orjson.dumps(content), services.MOVE, case)
    except (ValueError, AttributeError, TypeError, KeyError) as e:
        raise MoveInvalid(fields={f"moves.{n}": _("A case and an id are needed.")}) from e


def _with_now(user: User, moved: list[services.Moved]) -> list[dict[str, Any]]:
    now = told.in_brief(user, {each.case for each in moved})
    return [
        {
            "id": each.id,
            "case": each.case,
            "move": each.move,
            "standing": each.standing,
            "version": each.version,
            "state": each.state,
            "problem": each.problem,
            "evidence": each.evidence,
            "now": now.get(str(each.case), {}).get("properties"),
        }
        for each in moved
    ]


def _object(body: bytes) -> dict[str, Any]:
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError as e:
        raise BodyUnreadable from e
    if not isinstance(asked, dict):
        raise BodyUnreadable
    return asked
