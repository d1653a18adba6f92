"""Giving rounds: two inspectors never have the same to do without knowing of each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.models import Community, Estate
from inspections import kinds, policy
from inspections.errors import NotYoursToGive, RoundInvalid, RoundOverlaps
from inspections.models import Round
from people.models import Leave, Role, User

MOST_DAYS = 366
MOST_ESTATES = 500
_GIVING = 7_241_005  # the key of the lock under which rounds are given


@dataclass(frozen=True, slots=True)
class RoundWish:
    """A round as a supervisor wants it. `shared`: part of it may be another's too."""

    name: str
    inspector: User
    kinds: tuple[str, ...]
    estates: tuple[Estate, ...]
    since: date
    until: date
    shared: bool
    note: str

    @property
    def communities(self) -> set[int]:
        return {each.community_id for each in self.estates}


def read_round(told: object, *, by: User) -> RoundWish:
    """Raises RoundInvalid naming every wrong field."""
    sent = told if isinstance(told, dict) else {}
    reading = _Reading(sent)
    wish = RoundWish(
        name=reading.text("name", 80, needed=True),
        inspector=reading.person("inspector"),
        kinds=reading.kinds("kinds"),
        estates=reading.estates("estates", by),
        since=reading.day("since"),
        until=reading.day("until"),
        shared=reading.yes_or_no("shared"),
        note=reading.text("note", 300, needed=False),
    )
    reading.nothing_else()
    if not reading.wrong.keys() & {"since", "until"}:
        reading.wrong |= _wrong_days(wish)
        if not reading.wrong.keys() & {"since", "until", "inspector", "estates"}:
            reading.wrong |= _wrong_inspector(wish)
    if reading.wrong:
        raise RoundInvalid(fields=reading.wrong)
    return wish


@transaction.atomic
def give_round(*, wish: RoundWish, by: User) -> Round:
    """Raises RoundOverlaps where another has part of it and it is not to be shared."""
    if not policy.may_give_round(by, wish.communities):
        raise NotYoursToGive
    _take_turn()
    return _write(Round(given_by=by), wish)


@transaction.atomic
def change_round(*, row: Round, wish: RoundWish, by: User) -> Round:
    """As it is told now: to another inspector it is handed over, and one that was cancelled
    counts again. What was done in it stays done, whoever did it."""
    before = row.estates.values_list("community", flat=True)
    if not policy.may_give_round(by, wish.communities | set(before)):
        raise NotYoursToGive
    _take_turn()
    return _write(Round.objects.select_for_update().get(pk=row.pk), wish)


@transaction.atomic
def cancel_round(*, row: Round, by: User) -> Round:
    """Nobody has it any more. Changed to what it was, it is there again."""
    if not policy.may_give_round(by, set(row.estates.values_list("community", flat=True))):
        raise NotYoursToGive
    row.cancelled_at = timezone.now()
    row.save(update_fields=["cancelled_at"])
    return row


def _take_turn() -> None:
    """One after the other: of two that overlap, the second sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_GIVING])


def _write(row: Round, wish: RoundWish) -> Round:
    if not wish.shared:
        _not_unknowingly(row, wish)
    row.name, row.inspector, row.note = wish.name, wish.inspector, wish.note
    row.kinds, row.since, row.until = list(wish.kinds), wish.since, wish.until
    row.shared, row.cancelled_at = wish.shared, None
    row.save()
    row.estates.set(wish.estates)
    return row


def _not_unknowingly(row: Round, wish: RoundWish) -> None:
    """Who stands in for somebody has their rounds: those are another's all the same."""
    estates = {each.pk: each.name for each in wish.estates}
    others = Round.objects.of_others(wish.inspector, wish.kinds, list(estates))
    others = others.in_days(wish.since, wish.until).exclude(pk=row.pk or 0)
    told = [
        {
            "id": other.pk,
            "name": other.name,
            "inspector": other.inspector.username,
            "inspector_name": str(other.inspector),
            "stand_ins": _stand_ins(other, wish),
            "since": other.since.isoformat(),
            "until": other.until.isoformat(),
            "kinds": [kind for kind in wish.kinds if kind in other.kinds],
            "estates": [
                {"id": pk, "name": estates[pk]}
                for pk in other.estates.filter(pk__in=estates).values_list("pk", flat=True)
            ],
        }
        for other in others.select_related("inspector").order_by("since", "pk")
    ]
    if told:
        raise RoundOverlaps(rounds=told)


def _stand_ins(other: Round, wish: RoundWish) -> list[str]:
    """Who does it for its inspector on some of the days that both have."""
    since, until = max(other.since, wish.since), min(other.until, wish.until)
    leaves = Leave.objects.filter(person=other.inspector).in_days(since, until)
    return [str(each.stand_in) for each in leaves.select_related("stand_in").order_by("since")]


def _wrong_days(wish: RoundWish) -> dict[str, str]:
    if wish.until < wish.since:
        return {"until": _("The last day is before the first.")}
    if wish.until - wish.since >= timedelta(days=MOST_DAYS):
        return {"until": _("A round lasts at most %d days.") % MOST_DAYS}
    return {}


def _wrong_inspector(wish: RoundWish) -> dict[str, str]:
    lacking = [
        each
        for each in sorted(wish.communities)
        if not wish.inspector.holds(Role.INSPECTOR, each, wish.since, wish.until)
    ]
    if not lacking:
        return {}
    names = Community.objects.filter(pk__in=lacking).values_list("name", flat=True)
    said = _("%(name)s is not an inspector on all of these days in: %(where)s.")
    return {"inspector": said % {"name": wish.inspector, "where": ", ".join(names)}}


class _Reading:
    """Reads one field after the other, and remembers what is `wrong` with each."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        self.sent = sent
        self.asked: set[str] = set()
        self.wrong: dict[str, str] = {}

    def _of(self, name: str) -> Any:
        self.asked.add(name)
        return self.sent.get(name)

    def text(self, name: str, most: int, *, needed: bool) -> str:
        told = self._of(name)
        if told is None and not needed:
            return ""
        if not isinstance(told, str) or "\0" in told or len(told.strip()) > most:
            self.wrong[name] = _("Words, at most %d characters.") % most
        elif needed and not told.strip():
            self.wrong[name] = _("This is needed.")
        else:
            return told.strip()
        return ""

    def person(self, name: str) -> Any:
        told = self._of(name)
        readable = isinstance(told, str) and "\0" not in told
        found = User.objects.filter(username=told, is_active=True).first() if readable else None
        if found is None:
            self.wrong[name] = _("The sign-in name of somebody with an account.")
        return found

    def kinds(self, name: str) -> tuple[str, ...]:
        told, known = self._of(name), [kind.slug for kind in kinds.all()]
        if not isinstance(told, list) or not told or not all(each in known for each in told):
            self.wrong[name] = _("One or more of %s.") % ", ".join(known)
            return ()
        return tuple(slug for slug in known if slug in told)

    def estates(self, name: str, by: User) -> tuple[Estate, ...]:
        told = self._of(name)
        numbers = isinstance(told, list) and all(type(each) is int for each in told)
        if not numbers or not 0 < len(set(told)) <= MOST_ESTATES:
            self.wrong[name] = _("A list of 1 to %d estates, by number.") % MOST_ESTATES
            return ()
        wanted = {each for each in told if 0 < each < 2**63}
        found = Estate.objects.visible_to(by).current().filter(pk__in=wanted).order_by("pk")
        if unknown := set(told) - {each.pk for each in found}:
            listed = ", ".join(str(each) for each in sorted(unknown)[:20])
            self.wrong[name] = _("Not in your area, or no longer in use: %s.") % listed
        return tuple(found)

    def day(self, name: str) -> Any:
        try:
            day = date.fromisoformat(str(self._of(name)))
        except ValueError:
            day = date.min
        if not date(1900, 1, 1) <= day <= date(9000, 1, 1):
            self.wrong[name] = _("A date such as 2024-11-30.")
            return None
        return day

    def yes_or_no(self, name: str) -> bool:
        told = self._of(name)
        if told is not None and not isinstance(told, bool):
            self.wrong[name] = _("true or false.")
        return told is True

    def nothing_else(self) -> None:
        for name in self.sent.keys() - self.asked:
            self.wrong[str(name)[:60]] = _("There is no such field here.")
