"""Which pages a person has, and which of them is theirs before all others."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Role, User
from people.policy import (
    may_answer_for_company,
    may_give_rounds,
    may_keep_register,
    may_record_somewhere,
    may_see_campaign,
    may_see_cases,
    may_see_devices,
    may_see_overview,
    may_see_papers,
    may_see_plan,
    may_take_complaints,
)


@dataclass(frozen=True, slots=True)
class Page:
    address: str
    title: str | Promise
    says: str | Promise
    may_open: Callable[[User], bool]
    # What a person has to do is counted beside its name.
    counted: bool = False


FIELD = Page(
    "/field/",
    _("Inspect"),
    _("Walk an estate, answer its checklist, see what was found."),
    may_record_somewhere,
)
CASES = Page(
    "/cases/",
    _("Cases"),
    _("What was found, from the first report until it is closed."),
    may_see_cases,
    counted=True,
)
CASE_NEW = Page(
    "/cases/new/",
    _("Take in"),
    _("A complaint, or a case that came by another way."),
    may_take_complaints,
)
PAPERS = Page(
    "/papers/",
    _("Papers"),
    _("Notices, letters and minutes: drafted, numbered, delivered."),
    may_see_papers,
)
COMPANY = Page(
    "/company/",
    _("Our cases"),
    _("What the office asks of your company, and by when."),
    may_answer_for_company,
    counted=True,
)
ROUNDS = Page(
    "/rounds/",
    _("Rounds"),
    _("Who inspects what and by when, and how far it is."),
    may_give_rounds,
)
PLAN = Page(
    "/plan/",
    _("Plan"),
    _("The register on the map, layer by layer."),
    may_see_plan,
)
OVERVIEW = Page(
    "/overview/",
    _("Overview"),
    _("Where trouble gathers, and how far the target estates have come."),
    may_see_overview,
)
CAMPAIGN = Page(
    "/campaign/",
    _("Campaign"),
    _("How far the special actions are, community by community, and what is late."),
    may_see_campaign,
    counted=True,
)
DEVICES = Page(
    "/devices/",
    _("Tablets"),
    _("Which tablet has reported when, and what still waits on it."),
    may_see_devices,
)
REGISTERS = Page(
    "/admin/",
    _("Registers"),
    _("Estates, assets, people: what the office keeps."),
    may_keep_register,
)
PAGES = (
    *(FIELD, CASES, CASE_NEW, PAPERS, COMPANY, ROUNDS),
    *(PLAN, OVERVIEW, CAMPAIGN, DEVICES, REGISTERS),
)

_FIRST = {
    Role.INSPECTOR: FIELD,
    Role.SUPERVISOR: FIELD,
    Role.PLANNER: PLAN,
    Role.LEADER: OVERVIEW,
    Role.UNIT: CASES,
    Role.OFFICER: CASES,
    Role.CLERK: REGISTERS,
    Role.COMPANY: COMPANY,
}


def pages_of(user: User | AnonymousUser) -> list[Page]:
    if not isinstance(user, User):
        return []
    return [page for page in PAGES if page.may_open(user)]


def page_at(path: str) -> str:
    """The address of the page that a path belongs to: of two that fit, the one that says more."""
    within = [page.address for page in PAGES if path.startswith(page.address)]
    return max(within, key=len, default="")


def first_page_of(user: User) -> Page | None:
    """The page a role leads to; None where roles lead to several, or to none."""
    firsts = {_FIRST[role] for role in user.roles if role in _FIRST}
    firsts = {page for page in firsts if page.may_open(user)}
    return firsts.pop() if len(firsts) == 1 and not user.is_superuser else None
