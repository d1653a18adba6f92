"""Who may do what with people and the register, a sentence per function."""

from people.models import Role, User


def may_keep_register(user: User) -> bool:
    """The clerk keeps the registers of places and of people."""
    return user.is_superuser or Role.CLERK in user.roles


def may_see_plan(user: User) -> bool:
    """The planning page is the office's own: companies have theirs."""
    return user.is_superuser or bool(user.roles - {Role.COMPANY})


def may_see_overview(user: User) -> bool:
    """The leaders' page is open to everyone of the office, each within their own scope."""
    return user.is_superuser or bool(user.roles - {Role.COMPANY})


def may_record_somewhere(user: User) -> bool:
    """Inspectors record, and supervisors who walk along."""
    return user.is_superuser or bool(user.roles & {Role.INSPECTOR, Role.SUPERVISOR})
