"""A step as it was asked for, held against what it needs."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from planning.errors import OwnersNotAgreed, RulesBroken, StepInvalid
from planning.life import STEPS, Count, Need, Share, State, Step
from planning.models import Document, Proposal, Vote
from planning.services.fields import LONGEST_NOTE, Reading

FIELDS = frozenset({"step", "seen", "note", "on", "vote", "documents"})
MOST_DOCUMENTS = 20
_MOST_HEADS = 1_000_000
_MOST_M2 = Decimal(100_000_000)
_COUNTED = (
    ("heads", "heads_took_part", "heads_agreed"),
    ("area_m2", "area_took_part_m2", "area_agreed_m2"),
)
# Where a rule of this force can't tell, somebody says why it is in order all the same.
_ASKED = frozenset({"hard", "should"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A step as it is wanted. `verdicts`: all that the server's check answers, where it looks."""

    step: Step
    seen: int
    note: str
    on: date | None
    vote: Count | None
    documents: tuple[Document, ...]
    verdicts: dict[str, Any] | None = None


def read(reading: Reading, proposal: Proposal) -> Asked:
    """Raises StepInvalid naming every fault."""
    reading.nothing_else(FIELDS)
    step = STEPS.get(reading.choice("step", STEPS, needed=True))
    asked = Asked(
        step=step or STEPS["check"],
        seen=reading.whole("seen", most=2**31 - 1) or 0,
        note=reading.text("note", most=LONGEST_NOTE) if reading.content.get("note") else "",
        on=_day(reading, "on"),
        vote=_vote(reading),
        documents=_documents(reading, proposal),
    )
    if step and not reading.wrong:
        _complete(reading, asked, proposal)
    if reading.wrong:
        raise StepInvalid(fields=reading.wrong)
    return asked


def held_against_rules(asked: Asked, proposal: Proposal, found: dict[str, Any]) -> Asked:
    """Raises RulesBroken, and StepInvalid where a reason is wanted. Why a rule that can't tell is
    in order is told once: at the approval only of what was not so at the check."""
    broken = [
        each for each in found["verdicts"] if (each["force"], each["verdict"]) == ("hard", "breach")
    ]
    if broken:
        raise RulesBroken(verdicts=broken)
    unsure = _unsure(found) - (_told_before(proposal) if asked.step.name != "check" else set())
    if unsure and not asked.note:
        said = _("Say why, where the rules can't tell: %s.") % ", ".join(sorted(unsure))
        raise StepInvalid(fields={"note": said})
    return replace(asked, verdicts=found)


def needs_vote(proposal: Proposal) -> bool | None:
    """Is it run for business on ground that the owners of an estate have in common? None: nobody
    said."""
    return False if proposal.estate_id is None else proposal.commercial


def check_agreed(proposal: Proposal) -> None:
    """Raises StepInvalid, OwnersNotAgreed."""
    needed = needs_vote(proposal)
    if needed is None:
        said = _("Say first whether it is run for business on the owners' common ground.")
        raise StepInvalid(fields={"commercial": said})
    if needed and proposal.state != State.VOTED:
        raise OwnersNotAgreed(missed=[each.value for each in missed_last(proposal)])


def missed_last(proposal: Proposal) -> tuple[Share, ...]:
    """By the last vote on it; empty without one."""
    last = Vote.objects.filter(proposal=proposal).order_by("-step__version").first()
    return last.count.missed if last else ()


def _complete(reading: Reading, asked: Asked, proposal: Proposal) -> None:
    needs = asked.step.needs
    for need, name, told in (
        (Need.NOTE, "note", asked.note),
        (Need.ON, "on", asked.on),
        (Need.VOTE, "vote", asked.vote),
        (Need.DOCUMENT, "documents", asked.documents),
    ):
        if need in needs and not told:
            reading.blame(name, _("This is needed."))
    if asked.vote and Need.VOTE not in needs:
        reading.blame("vote", _("This is no vote."))
    if asked.on is None:
        return
    if asked.on > timezone.localdate():
        reading.blame("on", _("This day is still to come."))
    earlier = proposal.steps.filter(name__in=["build", "open"], on__gt=asked.on)
    if Need.VOTE not in needs and earlier.exists():
        reading.blame("on", _("This is before the day of an earlier step."))


def _day(reading: Reading, name: str) -> date | None:
    told = reading.content.get(name)
    if told is None:
        return None
    try:
        day = date.fromisoformat(told if isinstance(told, str) else "")
    except ValueError:
        day = date.min
    if not date(1990, 1, 1) <= day <= date(9000, 1, 1):
        reading.blame(name, _("A date such as 2024-11-30."))
        return None
    return day


def _vote(reading: Reading) -> Count | None:
    told = reading.content.get("vote")
    if told is None:
        return None
    if not isinstance(told, dict):
        reading.blame("vote", _("Heads and square metres are needed here."))
        return None
    within = Reading(told, wrong=reading.wrong, within="vote.", by=reading.by)
    within.nothing_else({name for names in _COUNTED for name in names})
    heads = [_heads(within, name) for name in _COUNTED[0]]
    areas = [_square_metres(within, name) for name in _COUNTED[1]]
    if reading.wrong:
        return None
    for names, (whole, part, agreed) in zip(_COUNTED, (heads, areas), strict=True):
        if not agreed <= part <= whole:
            within.blame(names[0], _("No more agree than take part, and no more than there are."))
    return Count(
        heads=int(heads[0]),
        area_m2=areas[0],
        heads_took_part=int(heads[1]),
        area_took_part_m2=areas[1],
        heads_agreed=int(heads[2]),
        area_agreed_m2=areas[2],
    )


def _heads(reading: Reading, name: str) -> Decimal:
    told = reading.count(name, most=_MOST_HEADS)
    if told is None and f"vote.{name}" not in reading.wrong:
        reading.blame(name, _("This is needed."))
    return Decimal(told or 0)


def _square_metres(reading: Reading, name: str) -> Decimal:
    """As it was written, to the hundredth: a number, or the digits of one."""
    told = reading.content.get(name)
    try:
        area = Decimal(str(told)) if type(told) in (int, float, str) else Decimal(-1)
        exact = area.is_finite() and area == area.quantize(Decimal("0.01"))
    except InvalidOperation:
        area, exact = Decimal(-1), False
    if not exact or not 0 <= area <= _MOST_M2:
        reading.blame(name, _("Square metres, to the hundredth."))
        return Decimal(0)
    return area


def _documents(reading: Reading, proposal: Proposal) -> tuple[Document, ...]:
    told = reading.content.get("documents") or []
    try:
        ids = [UUID(each) for each in told]
    except (TypeError, ValueError, AttributeError):
        ids = []
    if not isinstance(told, list) or len(ids) != len(told) or len(ids) > MOST_DOCUMENTS:
        reading.blame("documents", _("A list of documents of this site."))
        return ()
    known = proposal.documents.in_bulk(ids)
    if len(known) < len(set(ids)):
        reading.blame("documents", _("A list of documents of this site."))
    return tuple(known[id] for id in dict.fromkeys(ids) if id in known)


def _unsure(found: dict[str, Any]) -> set[str]:
    return {
        each["code"]
        for each in found["verdicts"]
        if each["verdict"] == "cant_tell" and each["force"] in _ASKED
    }


def _told_before(proposal: Proposal) -> set[str]:
    last = proposal.steps.filter(name="check").order_by("-version").first()
    return _unsure(last.verdicts) if last and last.verdicts else set()
