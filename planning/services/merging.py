"""Changes of the same row by several people: what does not meet is merged, of what does, the
later one is set aside, and kept."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from people.models import User
from planning.errors import ChangedMeanwhile
from planning.models import Edit, Plan, Proposal

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """Somebody changed the same before. What was wanted is in the history, set aside."""

    yours: dict[str, Any]
    theirs: dict[str, Any]
    version: int

    def told(self) -> ChangedMeanwhile:
        return ChangedMeanwhile(yours=self.yours, theirs=self.theirs, version=self.version)


@dataclass(frozen=True, slots=True)
class Change:
    """`wanted` differs from `now`, and nobody changed the same since; empty where it is done."""

    now: Values
    wanted: dict[str, Any]
    since: Set[str]  # what others changed meanwhile


def merge(
    row: Plan | Proposal,
    *,
    now: Values,
    wanted: Values,
    seen: int,
    by: User,
    together: Set[str] = frozenset(),
) -> Change | Lost:
    """`row` is locked; `now` and `wanted` are values as the API tells them; the fields named in
    `together` are one thing. One's own changes are nobody else's: the later one counts.

    What was sent twice, since no answer came, is done already, whatever became of it since.
    """
    changes = {name: value for name, value in wanted.items() if value != now[name]}
    later = list(_edits_of(row).filter(version__gt=seen))
    made = [edit for edit in later if not edit.set_aside]
    theirs = {name for edit in made if edit.by_id != by.pk for name in edit.changes}
    since = _whole(theirs, together)
    if not changes or any(_is(edit, changes, seen, by) for edit in made):
        return Change(now, {}, since)
    lost = _whole(changes.keys() & since, together) & wanted.keys()
    if not lost:
        return Change(now, changes, since)
    aside = {name: [now[name], value] for name, value in changes.items()}
    if not any(edit.set_aside and edit.by_id == by.pk and edit.changes == aside for edit in later):
        note(row, aside, seen=seen, by=by, set_aside=True)
    return Lost(
        yours={name: wanted[name] for name in sorted(lost)},
        theirs={name: now[name] for name in sorted(lost)},
        version=row.version,
    )


def note(
    row: Plan | Proposal,
    changes: Mapping[str, list[Any]],
    *,
    seen: int,
    by: User,
    set_aside: bool = False,
) -> Edit:
    """Into the history, with the version that the row has now."""
    proposal = row if isinstance(row, Proposal) else None
    return Edit.objects.create(
        plan=row.plan if isinstance(row, Proposal) else row,
        proposal=proposal,
        seen=seen,
        version=row.version,
        by=by,
        changes=changes,
        set_aside=set_aside,
    )


def _edits_of(row: Plan | Proposal) -> Any:
    return row.edits.all() if isinstance(row, Proposal) else row.edits.filter(proposal=None)


def _whole(names: Set[str], together: Set[str]) -> Set[str]:
    return names | together if names & together else names


def _is(edit: Edit, changes: Values, seen: int, by: User) -> bool:
    """It is this very change: its values, written on the same version by the same person."""
    if (edit.by_id, edit.seen) != (by.pk, seen):
        return False
    return all(
        name in edit.changes and edit.changes[name][1] == value for name, value in changes.items()
    )
