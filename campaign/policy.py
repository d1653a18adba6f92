"""Who may do what with the campaign, a sentence per function."""

from collections.abc import Iterable
from datetime import datetime

from campaign.creation.evidence import Form
from campaign.models import Action, Indicator, Report, Responsibility
from campaign.models.programmes import Part, Whom
from campaign.standing import monthly
from people.models import Role, User
from people.policy import may_see_campaign as may_see_campaign


def may_attach(user: User) -> bool:
    """Whoever has a part to play; what it hangs on has its own rules."""
    return user.is_superuser or bool(user.roles)


def may_enter_somewhere(user: User) -> bool:
    return user.is_superuser or bool(user.roles & {Role.OFFICER, Role.UNIT})


def may_enter(user: User, indicator: Indicator, communities: frozenset[int] | None) -> bool:
    """Who answers for its action."""
    return _answers(user, indicator.action, communities)


def may_keep(user: User, actions: Iterable[Action], communities: frozenset[int] | None) -> bool:
    """A ledger's rows: who answers for one of the actions that it is of."""
    return user.is_superuser or any(_answers(user, each, communities) for each in actions)


def may_keep_somewhere(user: User, actions: Iterable[Action], *, whole: bool) -> bool:
    """Of one place at least; said of a ledger before a place is chosen. `whole`: its rows are of
    the whole subdistrict."""
    if user.is_superuser or whole:
        return may_keep(user, actions, None)
    own = frozenset(held.community_id for held in user.held() if held.community_id)
    return any(_answers(user, each, own) for each in actions)


def _answers(user: User, action: Action, communities: frozenset[int] | None) -> bool:
    """People of a unit that answers for the action; and where every community does, the officers
    of the community. `communities` are those that the place lies in, one of which is enough; None
    is the whole subdistrict."""
    if user.is_superuser:
        return True
    answering = action.responsibilities.all()
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


def may_see_creation(user: User) -> bool:
    """The office; and companies, of their own estates."""
    return may_see_campaign(user) or Role.COMPANY in user.roles


def may_keep_creation(user: User, lead_units: frozenset[int]) -> bool:
    """The clerk, supervisors of the whole office, and people of a unit that leads the action whose
    target the announced estates are. Of estates that they see."""
    if user.is_superuser or {Role.CLERK, Role.SUPERVISOR} & user.roles_in(None):
        return True
    return any(held.role == Role.UNIT and held.unit_id in lead_units for held in user.held())


def may_fill(
    user: User, form: Form, community: int, company: int | None, at: datetime | None = None
) -> bool:
    """The estate's company and the community's officer assess it themselves, supervisors and
    inspectors review and re-check it: as of the moment at which it was filled in, or as of today,
    as for inspections."""
    if user.is_superuser:
        return True
    roles = user.roles_in(community, at) | user.roles_in(community)
    if form != Form.SELF:
        return bool(roles & {Role.SUPERVISOR, Role.INSPECTOR})
    held = (*user.held(at), *user.held())
    theirs = company is not None and any(each.company_id == company for each in held)
    return theirs or Role.OFFICER in roles


def forms_of(user: User, community: int, company: int | None) -> list[Form]:
    """Which sheets of an estate this person may fill in today."""
    return [form for form in Form if may_fill(user, form, community, company)]


def may_report(user: User, report: Report) -> bool:
    """The officers of the community; the people of the unit."""
    if user.is_superuser:
        return True
    for held in user.held():
        if report.community_id is None:
            if held.role == Role.UNIT and held.unit_id == report.unit_id:
                return True
        elif held.role == Role.OFFICER and held.community_id in {None, report.community_id}:
            return True
    return False


def may_check(user: User, report: Report) -> bool:
    """Supervisors and clerks where the report is from, and the people of units that lead an action
    of its programme: of another's report."""
    if user.is_superuser:
        return True
    held = user.roles_in(report.community_id)
    if held & {Role.SUPERVISOR, Role.CLERK}:
        return True
    units = {
        each.unit_id
        for each in user.held()
        if each.role == Role.UNIT and each.community_id in {None, report.community_id}
    }
    lead = Responsibility.objects.filter(action__programme=report.programme_id, part=Part.LEAD)
    return lead.filter(unit__in=units - {report.unit_id, None}).exists()


def parts_in(user: User, report: Report) -> frozenset[monthly.Part]:
    """What a person is to a report."""
    told = {monthly.Part.FILLS} if may_report(user, report) else set()
    return frozenset(told | ({monthly.Part.CHECKS} if may_check(user, report) else set()))
