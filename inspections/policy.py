"""Who may do what with inspections, a sentence per function."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from geo.scope import EVERYTHING, NOTHING, Scope
from inspections.case_filter import Hands
from inspections.models import Case, Handler, Inspection, Photo
from inspections.workflow import Part
from people.models import Membership, Role, User
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


_PART_OF = {
    Role.SUPERVISOR: Part.SUPERVISOR,
    Role.INSPECTOR: Part.INSPECTOR,
    Role.OFFICER: Part.OFFICER,
}


def parts_in(user: User, case: Case, at: datetime | None = None) -> frozenset[Part]:
    """What a person is to a case today, and with `at` also what they were to it on that day.

    Who is asked by name (`case.person`) narrows nobody out: colleagues answer as well.
    """
    if user.is_superuser:
        return frozenset({Part.SUPERVISOR})
    held = {*user.held(), *(user.held(at) if at else ())}
    here = [each for each in held if each.community_id in {None, case.community_id}]
    parts = {_PART_OF[Role(each.role)] for each in here if each.role in _PART_OF}
    if any(_handles(each, case) for each in here):
        parts.add(Part.HANDLER)
    return frozenset(parts)


def _handles(held: Membership, case: Case) -> bool:
    if case.handler == Handler.COMPANY:
        return held.role == Role.COMPANY and held.company_id == case.company_id
    if case.handler == Handler.UNIT:
        return held.role == Role.UNIT and held.unit_id == case.unit_id
    return case.handler == Handler.COMMUNITY and held.role == Role.OFFICER


def may_open_case(user: User, community_id: int) -> bool:
    """By hand: supervisors of its community, or of the office."""
    return user.is_superuser or Role.SUPERVISOR in user.roles_in(community_id)


def may_decide_move(user: User, case: Case) -> bool:
    """What came late is accepted or declined by the case's supervisors."""
    return Part.SUPERVISOR in parts_in(user, case)


def may_approve(user: User, case: Case) -> bool:
    """That a case is put aside: leaders, and supervisors of its community."""
    roles = user.roles_in(case.community_id)
    return user.is_active and bool(roles & {Role.LEADER, Role.SUPERVISOR})


def sees_names(user: User) -> bool:
    """Everyone of the office; who has only a company's part is told what others are, not who."""
    return user.is_superuser or bool(user.roles - {Role.COMPANY})


def may_take_complaint(user: User, community_id: int) -> bool:
    """Supervisors and officers of the community, and the office's clerk, take complaints, answer
    them, and may read who complained."""
    return may_keep_register(user) or bool(
        user.roles_in(community_id) & {Role.SUPERVISOR, Role.OFFICER}
    )


def scope_of_complaints(user: User) -> Scope:
    """Whose complaints a person takes and answers: `may_take_complaint` says of one."""
    if may_keep_register(user):
        return EVERYTHING
    return user.scope_as(Role.SUPERVISOR) | user.scope_as(Role.OFFICER)


def hands_of(user: User) -> Hands:
    """Whose hands a person's are today."""
    held = user.held()
    officer = [each.community_id for each in held if each.role == Role.OFFICER]
    return Hands(
        person=user.pk,
        companies=frozenset(each.company_id for each in held if each.company_id),
        units=frozenset(each.unit_id for each in held if each.unit_id),
        communities=frozenset(each for each in officer if each is not None),
        every_community=None in officer,
    )


def may_bring_cases(user: User) -> bool:
    """Whoever records may have a move under way whose case their own record opens."""
    recording = {Role.INSPECTOR, Role.SUPERVISOR, Role.OFFICER}
    return user.is_superuser or bool(recording & user.roles)


def may_issue_paper(user: User, communities: Iterable[int | None]) -> bool:
    """Supervisors of every community it concerns; of the whole office's (None), of the office."""
    return user.is_superuser or all(
        Role.SUPERVISOR in user.roles_in(community_id) for community_id in communities
    )


def may_see_ladder(user: User) -> bool:
    """What is due to be issued is read by supervisors and leaders, each within their scope."""
    return user.is_superuser or bool(user.roles & {Role.SUPERVISOR, Role.LEADER})


def may_confirm_paper(user: User, company_id: int | None) -> bool:
    """That it came electronically: people of the company that it is addressed to."""
    return company_id is not None and company_id in user.scope_as(Role.COMPANY).companies


def may_deliver_paper(user: User, community_id: int | None) -> bool:
    """Who hands it over enters it: supervisors, inspectors and officers of the community."""
    delivering = {Role.SUPERVISOR, Role.INSPECTOR, Role.OFFICER}
    return user.is_superuser or bool(user.roles_in(community_id) & delivering)
