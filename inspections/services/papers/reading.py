"""What is asked of a paper: which kind, about what, and what its issuer puts otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.errors import PaperInvalid
from inspections.models import PaperKind
from inspections.papers.words import plain
from inspections.services.fields import BIGGEST_ID, Fields
from inspections.services.papers.forms import FORMS, Entry, Officer, PaperForm, Row
from inspections.services.papers.matters import Matter

MOST_CASES = 200
MOST_OFFICERS = 6
MOST_PHOTOS = 60
_FIELDS = frozenset({"kind", "cases", "edits", "officers", "reissues", "escalation", "community"})
# What only a penalty does. A subdistrict asks, and sends on to whoever may.
_PENALTIES = re.compile("罚款|处以|没收|拘留|行政处罚决定")


@dataclass(frozen=True, slots=True)
class PaperWish:
    """`edits` as told, read once it is known what the paper is about."""

    kind: str
    cases: tuple[UUID, ...]
    edits: Mapping[str, Any]
    officers: tuple[Officer, ...]
    reissues: UUID | None
    escalation: UUID | None
    community: int | None

    @property
    def form(self) -> PaperForm:
        return FORMS[self.kind]


def read(told: Mapping[str, Any]) -> PaperWish:
    """Raises PaperInvalid naming every field that can't be read; what is missing for issuing is
    named by `whole`."""
    fields = Fields(dict(told))
    fields.nothing_else(_FIELDS)
    kind = fields.choice("kind", PaperKind.values, needed=True)
    edits = told.get("edits") or {}
    if not isinstance(edits, Mapping):
        fields.blame("edits", _("An object of fields."))
        edits = {}
    elif kind:
        known = {each.name for each in FORMS[kind].entries}
        for name in edits.keys() - known:
            fields.blame(f"edits.{name}", _("A paper of this kind has no such field."))
    wish = PaperWish(
        kind=kind or PaperKind.NOTICE,
        cases=_cases(fields),
        edits=edits,
        officers=_officers(fields),
        reissues=fields.uuid("reissues"),
        escalation=fields.uuid("escalation"),
        community=fields.whole("community", most=BIGGEST_ID, needed=False),
    )
    if fields.wrong:
        raise PaperInvalid(fields=fields.wrong)
    return wish


def filled(
    wish: PaperWish, matter: Matter, defaults: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What the paper says in each of its fields, and what is wrong or missing: there stands what
    it would have begun with."""
    reading = _Edits(dict(wish.edits), matter)
    edits = {}
    for entry in wish.form.entries:
        value = defaults.get(entry.name)
        if wish.edits.get(entry.name) is not None:
            read = reading.of(entry)
            value = value if read is None else read
        edits[entry.name] = value
        if entry.needed and value in (None, "") and entry.name not in reading.wrong:
            reading.blame(entry.name, _("This is needed."))
    rows, due = edits.get("rows"), edits.get("due")
    if "rows" not in wish.edits and rows and due:
        edits["rows"] = _within(rows, due)
    if wish.form.guidance:
        reading.no_penalty(wish.form.entries, edits)
    wrong = reading.wrong
    if wish.form.of and "addressee" in edits and not (matter.addressee.name or edits["addressee"]):
        wrong["addressee"] = _("This is needed.")
    if edits.get("ordered") and not edits.get("authority"):
        wrong["authority"] = _("Only who has the power to order may: say by what.")
    wrong |= _wrong_days(edits)
    return edits, {f"edits.{name}": sentence for name, sentence in wrong.items()}


def missing_officers(wish: PaperWish) -> dict[str, str]:
    if len({each.name for each in wish.officers if each.number}) >= wish.form.officers:
        return {}
    return {
        "officers": _("At least %d inspectors, each with the number of the certificate.")
        % wish.form.officers
    }


def told_of(edits: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON, as it may be sent again."""
    return {name: _json(value) for name, value in edits.items()}


class _Edits(Fields):
    def __init__(self, told: dict[str, Any], matter: Matter) -> None:
        super().__init__(told)
        self.matter = matter

    def of(self, entry: Entry) -> Any:
        """None where it can't be read, which is then blamed."""
        match entry.type:
            case "line" | "text":
                return self.words(entry)
            case "day":
                return self.day(entry.name)
            case "moment":
                return self.instant(entry.name)
            case "month":
                return self.month(entry.name)
            case "yes":
                return self.yes_or_no(entry.name)
            case "rows":
                return self.rows(entry.name)
            case "photos":
                return self.photos(entry.name)

    def words(self, entry: Entry) -> str | None:
        told = self.text(entry.name, most=entry.most)
        if entry.name in self.wrong:
            return None
        return plain(told) if entry.type == "text" else " ".join(plain(told).split())

    def day(self, name: str) -> date | None:
        return self._day(self.content.get(name), name)

    def month(self, name: str) -> str | None:
        told = self.content.get(name)
        if not isinstance(told, str) or not re.fullmatch("20[0-9]{2}-(0[1-9]|1[0-2])", told):
            self.blame(name, _("A month such as 2024-11."))
            return None
        return told

    def yes_or_no(self, name: str) -> bool | None:
        told = self.content.get(name)
        if not isinstance(told, bool):
            self.blame(name, _("Yes or no."))
            return None
        return told

    def rows(self, name: str) -> dict[UUID, Row] | None:
        """Of each fault; one that is not told stays as it would begin."""
        told = self.content.get(name)
        known = {str(each.id): each for each in self.matter.faults}
        if not isinstance(told, dict) or not told.keys() <= known.keys():
            self.blame(name, _("By finding, what is asked and by when."))
            return None
        rows = {}
        for id, fault in known.items():
            row = told.get(id) if isinstance(told.get(id), dict) else {}
            asked = Fields(dict(row or {})).text("requirement", most=500)
            if not asked:
                self.blame(name, _("Say what is asked for each of them."))
            due = row.get("due") if row else None
            rows[fault.id] = Row(plain(asked), self._day(due, name) if due else None)
        return rows if name not in self.wrong else None

    def photos(self, name: str) -> list[UUID] | None:
        told = self.content.get(name)
        known = {str(each.id): each.id for each in self.matter.shots}
        if not isinstance(told, list) or not all(each in known for each in told):
            self.blame(name, _("Photos of these findings, by their ids."))
            return None
        if len(told) > MOST_PHOTOS:
            self.blame(name, _("A list of at most %d photos.") % MOST_PHOTOS)
            return None
        return [known[each] for each in told]

    def no_penalty(self, entries: tuple[Entry, ...], edits: Mapping[str, Any]) -> None:
        for entry in entries:
            value = edits.get(entry.name)
            said = [value] if isinstance(value, str) else []
            if isinstance(value, dict):
                said = [each.requirement for each in value.values()]
            if any(_PENALTIES.search(each) for each in said):
                self.blame(
                    entry.name, _("This paper is guidance: it asks, and speaks of no penalty.")
                )

    def _day(self, told: object, name: str) -> date | None:
        try:
            return date.fromisoformat(told if isinstance(told, str) else "")
        except ValueError:
            self.blame(name, _("A date such as 2024-11-30."))
            return None


def _within(rows: Mapping[UUID, Row], due: date) -> dict[UUID, Row]:
    """What nobody put otherwise is due with the whole at the latest."""
    return {
        id: replace(row, due=due) if row.due and row.due > due else row for id, row in rows.items()
    }


def _wrong_days(edits: Mapping[str, Any]) -> dict[str, str]:
    wrong = {}
    due, again = edits.get("due"), edits.get("recheck_on")
    if due and due < timezone.localdate():
        wrong["due"] = _("This day is past.")
    if due and again and again < due:
        wrong["recheck_on"] = _("It is looked at again once the time is over, not before.")
    rows = edits.get("rows") or {}
    if due and any(row.due and row.due > due for row in rows.values()):
        wrong["rows"] = _("None of them is due later than the whole.")
    return wrong


def _cases(fields: Fields) -> tuple[UUID, ...]:
    told = fields.content.get("cases", [])
    try:
        cases = tuple(dict.fromkeys(UUID(each) for each in told))
    except (ValueError, TypeError, AttributeError):
        fields.blame("cases", _("A list of the ids of cases."))
        return ()
    if len(cases) > MOST_CASES:
        fields.blame("cases", _("At most %d cases.") % MOST_CASES)
    return cases


def _officers(fields: Fields) -> tuple[Officer, ...]:
    told = fields.content.get("officers", [])
    if not isinstance(told, list) or len(told) > MOST_OFFICERS:
        fields.blame("officers", _("A list of at most %d people.") % MOST_OFFICERS)
        return ()
    officers = []
    for each in told:
        one = Fields(dict(each) if isinstance(each, dict) else {})
        one.nothing_else({"name", "number"})
        name, number = one.text("name", most=30), one.text("number", most=40)
        if one.wrong or not name:
            fields.blame("officers", _("Each with a name and the number of the certificate."))
            return ()
        officers.append(Officer(plain(name), plain(number)))
    return tuple(officers)


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Row):
        return {"requirement": value.requirement, "due": _json(value.due)}
    if isinstance(value, dict):
        return {str(name): _json(each) for name, each in value.items()}
    if isinstance(value, list):
        return [str(each) for each in value]
    return value
