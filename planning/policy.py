"""Who may do what with plans, a sentence per function."""

from people.models import Role, User
from people.policy import may_keep_register
from planning.life import Part
from planning.models import Plan, Proposal


def may_plan(user: User, community_id: int | None) -> bool:
    """Planners of the community, or of the office; what is the whole office's (None), the
    office's planners."""
    return user.is_superuser or Role.PLANNER in user.roles_in(community_id)


def may_plan_somewhere(user: User) -> bool:
    return user.is_superuser or Role.PLANNER in user.roles


def may_keep_plan(user: User, plan: Plan) -> bool:
    """Every planner where it is, once it is shared; before that its maker alone."""
    return (plan.shared or plan.by_id == user.pk) and may_plan(user, plan.community_id)


def may_draw(user: User, proposal: Proposal) -> bool:
    """In a plan that one may see: a community's planner draws in a plan of the whole office
    too, on the community's own ground."""
    plan = proposal.plan
    return (plan.shared or plan.by_id == user.pk) and may_plan(user, proposal.community_id)


def draws_in(user: User, plan: Plan) -> frozenset[int] | None:
    """The communities on whose ground a person draws in a plan; None is all of the office."""
    scope = user.scope_as(Role.PLANNER)
    ground = None if plan.community_id is None else frozenset({plan.community_id})
    if not (plan.shared or plan.by_id == user.pk):
        return frozenset()
    if scope.everything:
        return ground
    return scope.communities if ground is None else scope.communities & ground


def parts_in(user: User, proposal: Proposal) -> frozenset[Part]:
    """What a person is to a proposal today."""
    if user.is_superuser:
        return frozenset(Part)
    held = user.roles_in(proposal.community_id)
    parts = set()
    if Role.PLANNER in held:
        parts.add(Part.PLANNER)
    if held & {Role.LEADER, Role.SUPERVISOR}:
        parts.add(Part.APPROVER)
    if may_keep_register(user):
        parts.add(Part.KEEPER)
    return frozenset(parts)
