"""Holds 保全: of an open dispute nothing is removed, until a supervisor lifts it."""

from django.db import transaction
from django.utils import timezone

from inspections import policy
from inspections.errors import HoldInvalid, NotYoursToHold
from inspections.models import Case, Hold
from people.models import User

LONGEST_REASON = 300


@transaction.atomic
def hold(case: Case, *, reason: str, by: User) -> tuple[Hold, bool]:
    """The hold, and whether it is new; with another reason the earlier one is lifted, and both
    are kept. Raises NotYoursToHold or HoldInvalid."""
    present = _present(case, by)
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise HoldInvalid(most=LONGEST_REASON)
    if present and present.reason == said:
        return present, False
    if present:
        _lift(present, by)
    return Hold.objects.create(case=case, reason=said, by=by), True


@transaction.atomic
def lift(case: Case, *, by: User) -> None:
    """As often as it is asked for, once. Raises NotYoursToHold."""
    present = _present(case, by)
    if present:
        _lift(present, by)


def _present(case: Case, by: User) -> Hold | None:
    if not policy.may_hold(by, case.community_id):
        raise NotYoursToHold
    # A removal that is under way locks its cases too: it is either before this, or sees it.
    Case.objects.select_for_update(no_key=True).only("pk").get(pk=case.pk)
    return Hold.objects.filter(case=case, lifted_at=None).first()


def _lift(hold: Hold, by: User) -> None:
    hold.lifted_at, hold.lifted_by = timezone.now(), by
    hold.save(update_fields=["lifted_at", "lifted_by"])
