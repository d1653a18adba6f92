"""Who may do what with inspections, a sentence per function."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from geo.scope import EVERYTHING, NOTHING, Scope
from inspections.models import Inspection, Photo
from people.models import Role, User
from people.policy import may_keep_register


def scope_of_record(user: User, at: datetime) -> Scope:
    """Whose rows a record of that moment may name: as of its own day, or as of today."""
    return user.scope_on(timezone.localdate(at)) | user.scope


def may_record(user: User, community_id: int, at: datetime) -> bool:
    """Inspectors and supervisors of the community record: as of that day, or as of today.

    Both count, so that one who was moved loses nothing of what they recorded before, and a
    tablet's clock gone wrong loses nothing either.
    """
    if user.is_superuser:
        return True
    held = user.roles_in(community_id, at) | user.roles_in(community_id)
    return bool(held & {Role.INSPECTOR, Role.SUPERVISOR})


def may_correct(user: User, first: Inspection, at: datetime) -> bool:
    """Who recorded it first, and supervisors of its community: as of that day, or as of today."""
    if user.is_superuser or first.inspector_id == user.pk:
        return True
    community_id = first.community_id
    return Role.SUPERVISOR in user.roles_in(community_id, at) | user.roles_in(community_id)


def may_give_round(user: User, communities: Iterable[int]) -> bool:
    """Supervisors of every community it goes through, or of the office."""
    return user.is_superuser or all(
        Role.SUPERVISOR in user.roles_in(community_id) for community_id in communities
    )


def may_decide_proposals(user: User) -> bool:
    """The register is the clerk's: what was proposed for it too."""
    return may_keep_register(user)


def scope_of_proposals(user: User) -> Scope:
    """Beside one's own: the clerk sees all, supervisors those of their communities."""
    return EVERYTHING if may_keep_register(user) else user.scope_as(Role.SUPERVISOR)


def may_mask(user: User, community_id: int | None) -> bool:
    """Whoever works in the field there makes masked copies of its photos; companies never do."""
    field = {Role.INSPECTOR, Role.OFFICER, Role.SUPERVISOR}
    return user.is_superuser or bool(field & user.roles_in(community_id))


def may_see_raw(user: User, photo: Photo) -> bool:
    """The office's people see photos as they were taken; a company's people their own, and
    masked copies of others' where there are any."""
    if user.is_superuser or photo.sender_id == user.pk:
        return True
    scope = user.scope
    return scope.everything or photo.community_id in scope.communities


def may_seal(user: User, community_id: int) -> bool:
    """Supervisors of its community, or of the office, hand out the whole of a case."""
    return user.is_superuser or Role.SUPERVISOR in user.roles_in(community_id)


def may_hold(user: User, community_id: int) -> bool:
    """Supervisors say what is kept for an open dispute, and when it need not be any more."""
    return user.is_superuser or Role.SUPERVISOR in user.roles_in(community_id)


def scope_of_checks(user: User) -> Scope:
    """Whose cases a person may look at again or put right on the spot: where they are out and
    about, and no company's or unit's people."""
    scope = NOTHING
    for role in (Role.INSPECTOR, Role.OFFICER, Role.SUPERVISOR):
        scope |= user.scope_as(role)
    return scope
