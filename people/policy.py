"""Who may do what with people and the register, a sentence per function."""

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


def may_record_somewhere(user: User) -> bool:
    """Inspectors record, and supervisors who walk along."""
    return user.is_superuser or bool(user.roles & {Role.INSPECTOR, Role.SUPERVISOR})


def must_read_notice(user: User) -> bool:
    """Everyone reads the privacy notice once, and again when it says something new."""
    return user.privacy_read_at is None or user.privacy_read_at < NOTICE_SINCE
