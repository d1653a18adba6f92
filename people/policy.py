"""Who may do what with people and the register, a sentence per function."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from people.models import Role, User

# The day from which the privacy notice says what it says now.
NOTICE_SINCE = datetime(2024, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))


def may_keep_register(user: User) -> bool:
    """The office's clerk keeps the registers of places and of people."""
    return user.is_superuser or Role.CLERK in user.roles_in(None)


def may_keep_account(by: User, of: User) -> bool:
    """A clerk keeps everyone's account but an administrator's: else one link would make one."""
    return by.is_superuser or (may_keep_register(by) and not of.is_superuser)


def may_see_plan(user: User) -> bool:
    """The planning page is the office's own: companies have theirs."""
    return user.is_superuser or bool(user.roles - {Role.COMPANY})


def may_see_overview(user: User) -> bool:
    """The leaders' page is open to everyone of the office, each within their own scope."""
    return user.is_superuser or bool(user.roles - {Role.COMPANY})


def may_see_campaign(user: User) -> bool:
    """The office's own: everyone of the office, each within their own scope."""
    return user.is_superuser or bool(user.roles - {Role.COMPANY})


def may_record_somewhere(user: User) -> bool:
    """Inspectors record, and supervisors who walk along."""
    return user.is_superuser or bool(user.roles & {Role.INSPECTOR, Role.SUPERVISOR})


def may_see_cases(user: User) -> bool:
    """The page of cases is for those who file, dispatch, handle and answer for them; companies
    have their own, inspectors their tablets."""
    seeing = {Role.SUPERVISOR, Role.OFFICER, Role.UNIT, Role.LEADER, Role.CLERK}
    return user.is_superuser or bool(user.roles & seeing)


def may_take_complaints(user: User) -> bool:
    """Whoever may take one somewhere: `inspections.policy` says where."""
    return may_keep_register(user) or bool(user.roles & {Role.SUPERVISOR, Role.OFFICER})


def may_answer_for_company(user: User) -> bool:
    """A company's people answer what the office asks of their company."""
    return user.is_superuser or Role.COMPANY in user.roles


def may_see_papers(user: User) -> bool:
    """The page of papers is the office's own; a company has those addressed to it on its page."""
    return user.is_superuser or bool(user.roles - {Role.COMPANY, Role.PLANNER})


def may_give_rounds(user: User) -> bool:
    """Supervisors give rounds, each where they supervise."""
    return user.is_superuser or Role.SUPERVISOR in user.roles


def may_dispatch_somewhere(user: User) -> bool:
    """Supervisors dispatch cases, each where they supervise."""
    return user.is_superuser or Role.SUPERVISOR in user.roles


def may_give_leave(by: User, communities: Iterable[int | None]) -> bool:
    """Supervisors of every community where the person inspects, and who keeps the register."""
    return may_keep_register(by) or all(
        Role.SUPERVISOR in by.roles_in(community_id) for community_id in communities
    )


def may_see_leaves(user: User) -> bool:
    """Whoever is on leave or stands in, who gives rounds, and who keeps the register."""
    return may_keep_register(user) or may_record_somewhere(user)


def may_see_devices(user: User) -> bool:
    """The clerk keeps the tablets; supervisors see those of their people."""
    return may_keep_register(user) or may_give_rounds(user)


def must_read_notice(user: User) -> bool:
    """Everyone reads the privacy notice once, and again when it says something new."""
    return user.privacy_read_at is None or user.privacy_read_at < NOTICE_SINCE
