"""What is owed, and by whom: one registry of small functions, a file each in `sources`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.utils.encoding import uri_to_iri

from campaign.models import Programme
from campaign.policy import may_see_campaign
from geo.scope import EVERYTHING, Scope
from people.models import Membership, Role, User


@dataclass(frozen=True, slots=True)
class Whose:
    """Any of these owes it: people of the units; whoever has a role in that community, or, where
    it is None, for the whole office."""

    units: frozenset[int] = frozenset()
    roles: frozenset[tuple[Role, int | None]] = frozenset()

    def is_of(self, held: Membership) -> bool:
        if held.role == Role.UNIT:
            return held.unit_id in self.units
        return any(
            held.role == role and held.community_id in {None, community}
            for role, community in self.roles
        )


def officers_of(community: int) -> Whose:
    return Whose(roles=frozenset({(Role.OFFICER, community)}))


def within(programme: Programme | None, path: str) -> str:
    """`path` as that programme has it; None where there is no other."""
    if programme is None:
        return path
    more = urlencode({"programme": programme.code})
    return uri_to_iri(f"{path}{'&' if '?' in path else '?'}{more}")


@dataclass(frozen=True, slots=True)
class Owed:
    """`key`: what it is, the same every day until it is done. `path`: where it is done, in
    Xuntu."""

    key: str
    due_on: date
    whose: Whose
    zh: str
    en: str
    path: str = field(default="/campaign/")


# As of the end of that day, whoever owes it; of a scope at least what is owed by who sees no more.
Tell = Callable[[date, Scope], Iterable[Owed]]


@dataclass(frozen=True, slots=True)
class Source:
    """`roles`: whose it may be; for nobody else is it asked."""

    tell: Tell
    roles: frozenset[Role]


SOURCES: list[Source] = []


def owed_by(*roles: Role) -> Callable[[Tell], Source]:
    """What is decorated tells what these owe."""
    return lambda tell: Source(tell, frozenset(roles))


def owed_by_all(
    day: date, users: Iterable[User], scope: Scope = EVERYTHING
) -> Mapping[User, list[Owed]]:
    """By person, none of whom sees more than the scope: each thing once however many roles lead to
    it, what is due first before the others. `users` with their memberships; who owes nothing is
    left out."""
    held_by = {
        user: [each for each in user.memberships.all() if each.in_force_on(day)] for user in users
    }
    roles = {Role(each.role) for held in held_by.values() for each in held}
    asked = [each for each in SOURCES if each.roles & roles]
    every = [owed for source in asked for owed in source.tell(day, scope)]
    found: dict[User, list[Owed]] = {}
    for user, held in held_by.items():
        mine: dict[str, Owed] = {}
        for each in every:
            if any(map(each.whose.is_of, held)):
                mine.setdefault(each.key, each)
        if mine:
            found[user] = sorted(mine.values(), key=lambda each: (each.due_on, each.key))
    return found


def owed_of(user: User, day: date) -> list[Owed]:
    if not may_see_campaign(user):
        return []
    return owed_by_all(day, [user], user.scope_on(day)).get(user, [])
