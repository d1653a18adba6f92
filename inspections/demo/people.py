"""Who signs in to the demonstration. None of them is a real person."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from geo.models import Community, PropertyCompany
from inspections.demo.register import Entered
from people.models import Membership, Role, Unit, User

PASSWORD = "xuntu-demo"  # noqa: S105
SIGN_IN = (
    "inspector",
    "inspector2",
    "supervisor",
    "planner",
    "leader",
    "clerk",
    "unit",
    "officer",
    "company",
    "admin",
)
UNIT = "综合执法队"
SINCE = timedelta(days=180)

# What a membership says beside its person and its first day.
Roles: TypeAlias = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Walker:
    """An inspector, and the communities (ids) they walk."""

    user: User
    communities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Staff:
    """Who is who: supervisors and officers by community, a company's people by company."""

    walkers: list[Walker]
    supervisors: dict[int, int]
    officers: dict[int, int]
    companies: dict[int, int]
    unit: int


def arrive(entered: Entered, first: date) -> Staff:
    """Everyone's account and memberships, in force well before that day."""
    regular = [each for each in entered.communities if not each.provisional]
    walks = _walks(regular)
    half = len(regular) // 2
    busiest = _busiest(entered)
    companies = [busiest, *(each for each in entered.companies if each.pk != busiest.pk)]
    office: dict[str, tuple[str, Roles]] = {
        "supervisor": ("督导员(演示)", _in(Role.SUPERVISOR, regular[:half])),
        "supervisor02": ("督导员02(演示)", _in(Role.SUPERVISOR, regular[half:])),
        "planner": ("规划员(演示)", [{"role": Role.PLANNER}]),
        "leader": ("分管领导(演示)", [{"role": Role.LEADER}]),
        "clerk": ("台账员(演示)", [{"role": Role.CLERK}]),
        "unit": (f"{UNIT}(演示)", [{"role": Role.UNIT, "unit": _unit()}]),
        "officer": ("社区专员(演示)", _in(Role.OFFICER, regular[:1])),
        "company": ("物业经理(演示)", [{"role": Role.COMPANY, "company": busiest}]),
        "admin": ("管理员(演示)", []),
    } | {
        username: (f"巡查员{number:02}(演示)", _in(Role.INSPECTOR, walk))
        for number, (username, walk) in enumerate(walks.items(), 1)
    }
    office |= {
        f"officer{number:02}": (f"社区专员{number:02}(演示)", _in(Role.OFFICER, [community]))
        for number, community in enumerate(regular[1:], 2)
    }
    office |= {
        f"company{number:02}": (
            f"物业经理{number:02}(演示)",
            [{"role": Role.COMPANY, "company": company}],
        )
        for number, company in enumerate(companies[1:], 2)
    }
    users = _accounts({username: name for username, (name, _) in office.items()}, first - SINCE)
    Membership.objects.filter(user__in=users.values()).delete()
    Membership.objects.bulk_create(
        Membership(user=users[username], since=first - SINCE, **membership)
        for username, (_, memberships) in office.items()
        for membership in memberships
    )
    return Staff(
        walkers=[
            Walker(users[username], tuple(each.pk for each in walk))
            for username, walk in walks.items()
        ],
        supervisors={
            each.pk: users["supervisor" if n < half else "supervisor02"].pk
            for n, each in enumerate(regular)
        },
        officers={
            each.pk: users[f"officer{n:02}" if n > 1 else "officer"].pk
            for n, each in enumerate(regular, 1)
        },
        companies={
            each.pk: users[f"company{n:02}" if n > 1 else "company"].pk
            for n, each in enumerate(companies, 1)
        },
        unit=users["unit"].pk,
    )


def _walks(regular: list[Community]) -> dict[str, list[Community]]:
    """The two who sign in, one for every community between theirs, and one who helps out. Those
    only make the record what it is."""
    walks = {"inspector": regular[:2], "inspector2": regular[-1:]}
    others = [[each] for each in regular[2:-1]] + [regular[::4]]
    return walks | {f"walker{number:02}": walk for number, walk in enumerate(others, 3)}


def _in(role: Role, communities: list[Community]) -> Roles:
    return [{"role": role, "community": each} for each in communities]


def _unit() -> Unit:
    return Unit.objects.get_or_create(name=UNIT)[0]


def _busiest(entered: Entered) -> PropertyCompany:
    """The company with most estates."""
    estates = Counter(each.company for each in entered.town.estates if each.company is not None)
    return entered.companies[estates.most_common(1)[0][0]]


def _accounts(names: dict[str, str], since: date) -> dict[str, User]:
    """Found again by username, so that a person who is there already keeps their number."""
    told, silent = make_password(PASSWORD), make_password(None)
    joined = timezone.make_aware(datetime.combine(since, time(9)))
    users = {}
    for username, name in names.items():
        chief = username == "admin"
        users[username], _ = User.objects.update_or_create(
            username=username,
            defaults={
                "name": name,
                "password": told if username in SIGN_IN else silent,
                "is_active": True,
                "is_staff": chief,
                "is_superuser": chief,
                "must_change_password": False,
                "date_joined": joined,
                # Today's notice: whoever tries the demonstration goes straight in.
                "privacy_read_at": timezone.now(),
            },
        )
    return users
