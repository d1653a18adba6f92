"""Who may do what with inspections, a sentence per function."""

from datetime import datetime

from people.models import Role, User


def may_record(user: User, community_id: int, at: datetime) -> bool:
    """Inspectors and supervisors of the community record: as of that day, or as of today.

    Both count, so that one who was moved loses nothing of what they recorded before, and a
    tablet's clock gone wrong loses nothing either.
    """
    if user.is_superuser:
        return True
    held = user.roles_in(community_id, at) | user.roles_in(community_id)
    return bool(held & {Role.INSPECTOR, Role.SUPERVISOR})
