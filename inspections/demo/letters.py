"""Papers that the office has sent: notices to companies for what they are late with, and reminders.
Issued as the product issues them, on the day the demonstration is made."""

from datetime import timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from inspections.demo.people import Staff
from inspections.models import Case, PaperKind
from inspections.services import papers
from people.models import User

OFFICERS = [
    {"name": "陈志明(演示)", "number": "QY-001"},
    {"name": "林晓红(演示)", "number": "QY-002"},
]
PHONE = "0595-00000000"
# Of each kind so many, and the least grave that it is about.
SENT = ((PaperKind.NOTICE, 4, 2), (PaperKind.REMINDER, 2, 3))


def send(seed: int, staff: Staff) -> None:
    chance = Random(f"{seed} letters")  # noqa: S311
    supervisor = User.objects.get(username="supervisor")
    mine = [pk for pk, by in staff.supervisors.items() if by == supervisor.pk]
    late = Case.objects.overdue().filter(community__in=mine, handler="company")
    late = late.filter(state__in=["assigned", "in_progress"]).order_by("number")
    taken: set[UUID] = set()
    for kind, many, severity in SENT:
        rows = late.filter(severity__lte=severity).exclude(pk__in=taken)
        for case in rows[:many]:
            taken.add(case.pk)
            _issue(UUID(int=chance.getrandbits(128), version=4), kind, case, supervisor)


def _issue(id: UUID, kind: str, case: Case, by: User) -> None:
    today = timezone.localdate()
    edits = {"due": today + timedelta(days=7), "recheck_on": today + timedelta(days=8)}
    known = {each.name for each in papers.FORMS[kind].entries}
    told = {
        "kind": str(kind),
        "cases": [str(case.pk)],
        "edits": {name: each.isoformat() for name, each in edits.items() if name in known}
        | ({"phone": PHONE} if "phone" in known else {}),
        "officers": OFFICERS,
    }
    papers.issue(id=id, told=told, wish=papers.read(told), by=by)
