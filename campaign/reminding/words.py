"""What a letter says: plain text in the reader's language, and no address to follow."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.reminding.owed import Owed
from campaign.standing.calls import ON
from people.models import User

Line = tuple[User, Owed, str]


def written(reader: User, day: date, lines: Sequence[Line]) -> tuple[str, str]:
    """Subject and text, what is late first."""
    language = reader.language or settings.LANGUAGE_CODE
    with translation.override(language):
        late = [each for each in lines if each[1].due_on < day]
        soon = [each for each in lines if each[1].due_on >= day]
        subject = ngettext(
            "Xuntu reminder of %(day)s: %(n)d thing, %(late)d late",
            "Xuntu reminder of %(day)s: %(n)d things, %(late)d late",
            len(lines),
        ) % {"day": day, "n": len(lines), "late": len(late)}
        parts = [_("%s, this is still to be done in the campaign:") % reader]
        for title, several in ((_("Late"), late), (_("Due soon"), soon)):
            if several:
                parts.append(
                    "\n".join([title, *(_line(reader, each, day, language) for each in several)])
                )
        parts.append(
            _(
                "It stands in Xuntu under Campaign, Reminders; there you also say whether letters"
                " are sent to you. Nobody reads answers to this letter."
            )
        )
        return subject, "\n\n".join(parts) + "\n"


def _line(reader: User, line: Line, day: date, language: str) -> str:
    person, owed, call = line
    says = owed.en if language == "en" else owed.zh
    if person != reader:
        says = _("%(what)s (standing in for %(person)s)") % {"what": says, "person": person}
    if owed.due_on < day:
        days = (day - owed.due_on).days
        when = ngettext(
            "was due on %(day)s, %(n)d day ago", "was due on %(day)s, %(n)d days ago", days
        )
        return f"- {says}: " + when % {"day": owed.due_on, "n": days}
    if call == ON and owed.due_on == day:
        return f"- {says}: " + _("due today")
    return f"- {says}: " + _("due on %s") % owed.due_on


def message(reader: User, day: date, lines: Sequence[Line]) -> dict[str, Any]:
    """As a webhook is told: by the name one signs in with."""
    return {
        "reminder": {
            "to": reader.username,
            "day": day,
            "things": [
                {
                    "key": owed.key,
                    "for": person.username,
                    "zh": owed.zh,
                    "en": owed.en,
                    "due_on": owed.due_on,
                    "call": call,
                    "late": owed.due_on < day,
                    "url": owed.path,
                }
                for person, owed, call in lines
            ],
        }
    }
