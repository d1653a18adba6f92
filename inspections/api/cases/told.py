"""One case as a person is told of it: in brief, and whole."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.prepared import Prepared
from geo.scope import Scope
from inspections import policy
from inspections.api.cases.layer import CASES, told_to
from inspections.api.filters import Told
from inspections.api.layers import DECIMALS
from inspections.api.lists import as_read, features_of
from inspections.api.serializers import address_of
from inspections.models import Case, Complaint, Finding, Handler, Move, MoveStanding, Paper, Photo
from inspections.services.cases import needs
from inspections.services.kinds import kind_of
from inspections.services.many import each_told, ids_as_text
from inspections.workflow import Need, State, moves_from
from people.models import Role, User


def in_brief(user: User, ids: Iterable[UUID]) -> dict[str, dict[str, Any]]:
    """By id, the features that the list would tell this person."""
    rows = _brief(user.scope, policy.sees_names(user)).ask(ids_as_text(ids), timezone.now())
    return {each["id"]: each for each in features_of(CASES, rows, Told(QueryDict()))}


_IDS, _NOW = str(object()), datetime.now(UTC)


@lru_cache(maxsize=1000)
def _brief(scope: Scope, names: bool) -> Prepared:
    def rows() -> Any:
        seen = Case.objects.visible_in(scope).filter(pk__in=each_told(_IDS))
        return as_read(CASES, told_to(names, seen, _NOW))

    return Prepared(rows, [_IDS, _NOW])


def whole(user: User, id: UUID) -> dict[str, Any] | None:
    """A feature with everything around the case; None where it is out of scope.

    Who has only a company's part is told what others are, never who; and of proposals those that
    its own people sent.
    """
    brief = in_brief(user, [id]).get(str(id))
    if brief is None:
        return None
    case = Case.objects.select_related("estate", "joined_to").get(pk=id)
    names = Names(user, case)
    findings, moves = _findings(case), _moves(user, case)
    complaints = list(_complaints(user, case))
    photos = _photos(user, findings, moves, complaints)
    return brief | {
        "findings": [_finding(each, names) for each in findings],
        "complaints": [_complaint(each) for each in complaints],
        "moves": [_move(each, names, photos) for each in moves],
        "photos": [_photo(each) for each in photos],
        "papers": [_paper(each) for each in _papers(user, case)],
        "pairs": [
            {"before": each.pair, "after": each.pk} for each in photos if each.pair is not None
        ],
        "joined": [
            {"id": each.pk, "number": each.number, "title": each.title}
            for each in Case.objects.visible_to(user).filter(joined_to=case)
        ],
        "may": _may(user, case, moves),
    }


class Names:
    """How people are told to one reader of a case."""

    def __init__(self, reader: User, case: Case) -> None:
        self.named, self.case = policy.sees_names(reader), case

    def of(self, person: User | None, name: str = "by") -> dict[str, Any]:
        part = self._part(person)
        shown = person is not None and (self.named or part == "company")
        return {
            name: person.username if shown and person else None,
            f"{name}_name": str(person) if shown and person else self._told(part),
            f"{name}_part": part,
        }

    def _part(self, person: User | None) -> str:
        """Of what they are today."""
        if person is None:
            return "xuntu"
        if person.is_superuser:
            return "office"
        held = person.held()
        if any(each.company_id == self.case.company_id for each in held if each.company_id):
            return "company"
        if self.case.handler == Handler.UNIT and any(
            each.unit_id == self.case.unit_id for each in held
        ):
            return "unit"
        here = {each.role for each in held if each.community_id == self.case.community_id}
        walking = {Role.INSPECTOR, Role.OFFICER}
        return "community" if here and here <= walking else "office"

    @staticmethod
    def _told(part: str) -> str:
        return {
            "xuntu": "Xuntu",
            "company": _("the company"),
            "unit": _("the responsible unit"),
            "community": _("the community"),
            "office": _("the subdistrict office"),
        }[part]


def _findings(case: Case) -> list[Finding]:
    rows = case.findings.select_related("inspection__inspector", "inspection__kind_version")
    return list(
        rows.prefetch_related("inspection__inspector__memberships").order_by("recorded_at", "pk")
    )


def _finding(finding: Finding, names: Names) -> dict[str, Any]:
    item = kind_of(finding.inspection.kind_version).item(finding.item)
    return {
        "id": finding.pk,
        "number": finding.number,
        "inspection": finding.inspection_id,
        "kind": finding.kind,
        "item": finding.item,
        "item_zh": item.zh,
        "item_en": item.en,
        "severity": finding.severity,
        "advisory": finding.advisory,
        "estate": finding.estate_id,
        "asset": finding.asset_id,
        "recorded_at": finding.recorded_at,
        "closed_at": finding.closed_at,
        "in_force": finding.in_force,
        "same_as": finding.same_as,
        "place": _point(finding.place),
        **names.of(finding.inspection.inspector),
    }


def _complaints(user: User, case: Case) -> Iterable[Complaint]:
    return Complaint.objects.visible_to(user).filter(case=case).order_by("received_at", "pk")


def _complaint(row: Complaint) -> dict[str, Any]:
    return {
        "id": row.pk,
        "channel": row.channel,
        "outside_number": row.outside_number,
        "text": row.text,
        "place_told": row.place_told,
        "received_at": row.received_at,
        "reply_due_at": row.reply_due_at,
        "replied_at": row.replied_at,
        "reply": row.reply,
    }


def _moves(user: User, case: Case) -> list[Move]:
    rows = case.moves.select_related("by", "decided_by").prefetch_related(
        "by__memberships", "decided_by__memberships"
    )
    told = list(rows.order_by("received_at", "version", "pk"))
    if policy.sees_names(user):
        return told
    colleagues = Names(user, case)
    return [
        each
        for each in told
        if each.standing == MoveStanding.MADE or colleagues.of(each.by)["by_part"] == "company"
    ]


def _move(move: Move, names: Names, photos: list[Photo]) -> dict[str, Any]:
    own = [photo for photo in photos if photo.move_id == move.pk]
    data = {name: each for name, each in move.data.items() if name not in _KEPT}
    if not names.named:
        data.pop("approver", None)
    return {
        "id": move.pk,
        "move": move.name,
        "standing": move.standing,
        "seen": move.seen,
        "version": move.version,
        "from": move.state_before or None,
        "to": move.state_after or None,
        **names.of(move.by),
        "recorded_at": move.recorded_at,
        "received_at": move.received_at,
        "made_at": move.made_at,
        "note": move.note,
        "data": data,
        "problem": move.problem,
        **(names.of(move.decided_by, "decided_by") if move.decided_at else _UNDECIDED),
        "decided_at": move.decided_at,
        "decision": move.decision,
        "evidence": {
            "declared": len(own),
            "held": sum(photo.held_at is not None for photo in own),
        },
        "photos": [photo.pk for photo in own],
    }


# What a joining keeps for its taking back.
_KEPT = ("findings", "complaints")
_UNDECIDED = {"decided_by": None, "decided_by_name": None, "decided_by_part": None}


def _photos(
    user: User, findings: list[Finding], moves: list[Move], complaints: list[Complaint]
) -> list[Photo]:
    """Those of what was found, by item, and those of the moves and complaints that are told."""
    seen = Q(move__in=[each.pk for each in moves])
    seen |= Q(complaint__in=[each.pk for each in complaints])
    for each in findings:
        seen |= Q(inspection=each.inspection_id, item__in=["", each.item])
    rows = Photo.objects.visible_to(user).filter(seen, declared_at__isnull=False)
    return list(rows.order_by("taken_at", "pk"))


def _photo(photo: Photo) -> dict[str, Any]:
    made = photo.made_at is not None
    return {
        "id": photo.pk,
        "of": _of(photo),
        "entry": photo.move_id or photo.complaint_id or photo.inspection_id,
        "item": photo.item,
        "how": photo.how,
        "taken_at": photo.taken_at,
        "location": _point(photo.location),
        "pair": photo.pair,
        "held": photo.held_at is not None,
        "small": address_of(photo.pk, "small") if made else None,
        "large": address_of(photo.pk, "large") if made else None,
    }


def _of(photo: Photo) -> str:
    if photo.complaint_id:
        return "complaint"
    return "move" if photo.move_id else "inspection"


def _point(point: Point | None) -> dict[str, Any] | None:
    if point is None:
        return None
    return {"type": "Point", "coordinates": [round(each, DECIMALS) for each in point.coords]}


def _papers(user: User, case: Case) -> Iterable[Paper]:
    rows = Paper.objects.visible_to(user).filter(cases=case).select_related("series")
    return rows.order_by("issued_at", "pk")


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "id": paper.pk,
        "kind": paper.kind,
        "number": str(paper),
        "issued_at": paper.issued_at,
        "voided_at": paper.voided_at,
        "delivered_at": paper.delivered_at,
        "pdf": f"/api/v1/papers/{paper.pk}/paper.pdf" if paper.rendered_at else None,
    }


def _may(user: User, case: Case, moves: list[Move]) -> list[dict[str, Any]]:
    """What this person may do with it now, and what that needs."""
    parts = policy.parts_in(user, case)
    kinds = [each for each in moves_from(State(case.state)) if each.who & parts]
    made = [each for each in moves if each.standing == MoveStanding.MADE]
    kinds = [each for each in kinds if needs.eyes_fit(each, made, user)]
    paired = any(Need.PAIR in each.needs for each in kinds) and needs.lies_beside(case, user)
    unsaid = {Need.OTHER_EYES} if paired else {Need.OTHER_EYES, Need.PAIR}
    return [
        {
            "move": each.name,
            "needs": sorted(each.needs - unsaid),
            "to": each.leads_to(handled=bool(case.handler)),
        }
        for each in kinds
    ]
