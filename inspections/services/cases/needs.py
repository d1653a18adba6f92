"""A move held against its case: what it names is there, and who makes it may."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from geo.models import PropertyCompany
from inspections import policy
from inspections.errors import MoveInvalid, NotYoursToMove, OtherEyesNeeded
from inspections.models import Case, Handler, Move, Photo
from inspections.services.cases import dispatch
from inspections.services.cases.reading import Asked, HandlerTold
from inspections.services.many import each_of
from inspections.workflow import ENDED, FIXING, Need
from inspections.workflow import Move as Kind
from people.models import Membership, Role, Unit, User

_PERSON_IS = {
    Handler.COMPANY: (Role.COMPANY,),
    Handler.UNIT: (Role.UNIT,),
    Handler.COMMUNITY: (Role.OFFICER, Role.INSPECTOR),
}


def check_part(asked: Asked, case: Case, by: User) -> None:
    """Raises NotYoursToMove."""
    if not policy.parts_in(by, case, asked.recorded_at) & asked.move.who:
        raise NotYoursToMove(move=asked.move.name)


def eyes_fit(kind: Kind, made: Iterable[Move], by: User) -> bool:
    """Four eyes: who ever said that it was put right is not who says that it is."""
    fixed = {move.by_id for move in made if move.name in FIXING}
    return Need.OTHER_EYES not in kind.needs or by.pk not in fixed


def check_eyes(kind: Kind, made: Iterable[Move], by: User) -> None:
    """Raises OtherEyesNeeded."""
    if not eyes_fit(kind, made, by):
        raise OtherEyesNeeded


def earlier_photos(case: Case, but: UUID | None = None) -> set[UUID]:
    """Those that a later one may be laid beside: of what was found, and of the moves."""
    found = case.findings.values_list("inspection", "item")
    seen = Q(move__case=case, move__standing="made")
    for inspection, item in found:
        seen |= Q(inspection=inspection, item__in=["", item])
    rows = Photo.objects.filter(seen, declared_at__isnull=False)
    if but is not None:
        rows = rows.exclude(move=but)
    return set(rows.values_list("pk", flat=True))


def lies_beside(case: Case, by: User, but: UUID | None = None) -> bool:
    """Is there an earlier photo that this person sees? Nobody is asked to stand where one was
    taken that they are not shown, as at an estate of another company."""
    return Photo.objects.visible_to(by).filter(pk__in=earlier_photos(case, but)).exists()


def details(asked: Asked, case: Case, by: User) -> dict[str, Any]:
    """What the move keeps beside its note, with every name found in the registers.

    Raises MoveInvalid naming every fault.
    """
    wrong: dict[str, str] = {}
    told: dict[str, Any] = {}
    if Need.PAIR in asked.move.needs or any(photo.pair for photo in asked.photos):
        _check_pairs(asked, case, by, wrong)
    if Need.HANDLER in asked.move.needs:
        told["handler"] = _handler(asked.handler, case, wrong)
    if asked.until:
        told["until"] = asked.until.isoformat()
    if asked.approver:
        told["approver"] = _approver(asked.approver, case, by, wrong)
    if asked.body:
        told["body"] = asked.body
    if asked.into:
        told["into"] = _into(asked.into, case, by, wrong)
    for name in ("severity", "simple"):
        if getattr(asked, name) is not None:
            told[name] = getattr(asked, name)
    if wrong:
        raise MoveInvalid(fields=wrong)
    return told


def _check_pairs(asked: Asked, case: Case, by: User, wrong: dict[str, str]) -> None:
    earlier = earlier_photos(case, but=asked.id)
    for n, photo in enumerate(asked.photos):
        if photo.pair and photo.pair not in earlier:
            wrong[f"photos.{n}.pair"] = _("No earlier photo of this case.")
    paired = any(photo.pair in earlier for photo in asked.photos if photo.pair)
    needed = Need.PAIR in asked.move.needs and not paired
    if needed and lies_beside(case, by, but=asked.id):
        wrong["photos"] = _("A photo from where an earlier one was taken is needed.")


def _handler(told: HandlerTold | None, case: Case, wrong: dict[str, str]) -> dict[str, Any] | None:
    if told is None:
        chosen = dispatch.choose(case)
        if chosen is None:
            wrong["handler"] = _("No rule says who handles this: choose.")
            return None
        return {"kind": chosen.handler.value, "company": chosen.company, "unit": chosen.unit}
    company = told.company
    if told.kind == Handler.COMPANY:
        if company is None and case.estate:
            company = case.estate.company_id
        if not _company_is_there(company):
            wrong["handler.company"] = _("No such company.")
    elif told.kind == Handler.UNIT and not Unit.objects.filter(pk__in=[told.unit]).exists():
        wrong["handler.unit"] = _("No such unit.")
    handler: dict[str, Any] = {"kind": told.kind, "company": company, "unit": told.unit}
    if told.person:
        handler["person"] = _person(told, handler, case, wrong)
    return handler


def _company_is_there(id: int | None) -> bool:
    return PropertyCompany.objects.filter(pk__in=[id], retired_at=None).exists()


def _person(
    told: HandlerTold, handler: dict[str, Any], case: Case, wrong: dict[str, str]
) -> str | None:
    held = Membership.objects.in_force().filter(
        user__username=told.person,
        user__is_active=True,
        role__in=_PERSON_IS[Handler(told.kind)],
    )
    held = held.filter(Q(community=None) | Q(community=case.community_id))
    if told.kind == Handler.COMPANY:
        held = held.filter(company=handler["company"])
    elif told.kind == Handler.UNIT:
        held = held.filter(unit=handler["unit"])
    if held.exists():
        return told.person
    wrong["handler.person"] = _("Nobody there is called so.")
    return None


def _approver(username: str, case: Case, by: User, wrong: dict[str, str]) -> str:
    approver = User.objects.filter(username=username).first()
    if approver is None or approver.pk == by.pk or not policy.may_approve(approver, case):
        wrong["approver"] = _("A leader, or another supervisor of this community.")
    return username


def _into(id: UUID, case: Case, by: User, wrong: dict[str, str]) -> str:
    into = Case.objects.visible_to(by).filter(pk__in=each_of([id])).first()
    if into is None or id == case.pk or into.state in ENDED:
        wrong["into"] = _("Another case in your area, one that is open.")
    return str(id)
