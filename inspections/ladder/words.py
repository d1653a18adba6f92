"""Why a rung is due, in a sentence."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from inspections.ladder.due import Due, Reason
from inspections.models import LadderRule, Trigger

_OFFICE = "zh-hans"


def said(reason: Reason) -> str:
    """In the language of who reads it."""
    return " ".join(_said(rule, reason) for rule in reason.rules)


def kept(due: Due, longest: int = 300) -> str:
    """All of it, in the office's language: as the history keeps it."""
    with override(_OFFICE):
        return "".join(dict.fromkeys(said(each) for each in due.reasons))[:longest]


def _said(rule: LadderRule, reason: Reason) -> str:
    when = date_format(timezone.localtime(reason.met_at), "Y-m-d H:i")
    told = {"when": when, "n": rule.amount, "days": rule.days or 0}
    match Trigger(rule.trigger):
        case Trigger.OVERDUE:
            return _("It was due at %(when)s.") % told
        case Trigger.UNCLAIMED:
            return _("It was to be taken up by %(when)s.") % told
        case Trigger.REPEATED:
            return _("Found on %(n)d days within %(days)d, the last on %(when)s.") % told
        case Trigger.SEVERE:
            return _("It is of severity %(severity)d or graver.") % {"severity": rule.severity or 3}
        case Trigger.IGNORED:
            text = ngettext(
                "%(n)d working day after the reminder of %(when)s it is still open.",
                "%(n)d working days after the reminder of %(when)s it is still open.",
                rule.amount,
            )
            return text % told
        case Trigger.UNMET:
            return _("%(n)d notices within %(days)d days were not met.") % told
