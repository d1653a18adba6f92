"""Who may do what with the campaign, a sentence per function."""

from campaign.models import Indicator
from campaign.models.programmes import Whom
from people.models import Role, User
from people.policy import may_see_campaign as may_see_campaign


def may_attach(user: User) -> bool:
    """Whoever has a part to play; what it hangs on has its own rules."""
    return user.is_superuser or bool(user.roles)


def may_enter_somewhere(user: User) -> bool:
    return user.is_superuser or bool(user.roles & {Role.OFFICER, Role.UNIT})


def may_enter(user: User, indicator: Indicator, communities: frozenset[int] | None) -> bool:
    """People of a unit that answers for the action; and where every community does, the officers
    of the community. `communities` are those that the place lies in, one of which is enough; None
    is the whole subdistrict."""
    if user.is_superuser:
        return True
    answering = indicator.action.responsibilities.all()
    units = {each.unit_id for each in answering if each.unit_id}
    every_unit = any(each.whom == Whom.UNITS for each in answering)
    every_community = any(each.whom == Whom.COMMUNITIES for each in answering)
    for held in user.held():
        here = held.community_id is None or held.community_id in (communities or ())
        if not here:
            continue
        if held.role == Role.UNIT and (every_unit or held.unit_id in units):
            return True
        if held.role == Role.OFFICER and every_community and communities is not None:
            return True
    return False
