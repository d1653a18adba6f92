"""What of a case belongs to another one while it is joined to that."""

from uuid import UUID

from inspections.models import Case, Complaint, Finding, Move
from inspections.services.cases.making import Hand
from inspections.services.many import each_of


def hand_over(move: Move, case: Case) -> None:
    """With the move is kept what went along, to be taken back. Before it is made."""
    into = UUID(move.data["into"])
    findings, complaints = case.findings.all(), case.complaints.all()
    move.data["findings"] = [str(id) for id in findings.order_by("pk").values_list("pk", flat=True)]
    move.data["complaints"] = [
        str(id) for id in complaints.order_by("pk").values_list("pk", flat=True)
    ]
    findings.update(case=into)
    complaints.update(case=into)


def take_back(case: Case, hand: Hand) -> list[UUID]:
    """The findings of the case that stood for it: some came after, and belong here as well.
    Before it is made."""
    into = hand.standing_for(case)
    joining = next(each for each in reversed(hand.earlier[case.pk]) if each.name == "join")
    told = {name: joining.data.get(name, ()) for name in ("findings", "complaints")}
    Finding.objects.filter(pk__in=each_of(told["findings"]), case=into).update(case=case)
    Complaint.objects.filter(pk__in=each_of(told["complaints"]), case=into).update(case=case)
    return list(into.findings.values_list("pk", flat=True))
