"""What is owed, and by whom: one registry of small functions, a file each in `sources`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.utils.encoding import uri_to_iri

from campaign.models import Programme
from campaign.policy import may_see_campaign
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


# As of the end of that day, for everybody.
Source = Callable[[date], Iterable[Owed]]
SOURCES: list[Source] = []


def owed_by_all(day: date, users: Iterable[User]) -> Mapping[User, list[Owed]]:
    """By person, each thing once however many roles lead to it, what is due first before the
    others. `users` with their memberships; who owes nothing is left out."""
    every = [each for told in SOURCES for each in told(day)]
    found: dict[User, list[Owed]] = {}
    for user in users:
        mine: dict[str, Owed] = {}
        held = [each for each in user.memberships.all() if each.in_force_on(day)]
        for each in every:
            if any(map(each.whose.is_of, held)):
                mine.setdefault(each.key, each)
        if mine:
            found[user] = sorted(mine.values(), key=lambda each: (each.due_on, each.key))
    return found


def owed_of(user: User, day: date) -> list[Owed]:
    if not may_see_campaign(user):
        return []
    return owed_by_all(day, [user]).get(user, [])
