"""How cases stood at any moment."""

from django.db import models

from geo.models import PropertyCompany
from inspections.models.cases import Case
from inspections.querysets import CaseSpans


class CaseSpan(models.Model):
    """A stretch of time in which a case stood in one way: its state, in which company's hands, how
    often it had been opened again, and its deadlines as they were then.

    The first begins when the case was reported, each other with the move that made it, and one
    that is over when it ended (`Case.ended_at`). Triggers write them in the transaction that
    writes the case (see the migration); `inspections.services.cases.standing` tells them anew
    from moves. What is overdue at a moment is worked out from these, and never stored.
    """

    id = models.BigAutoField(primary_key=True)
    # An index of both begins with it.
    case = models.ForeignKey(Case, models.CASCADE, related_name="spans", db_index=False)
    since = models.DateTimeField()
    # None: it still stands so.
    until = models.DateTimeField(null=True)
    state = models.CharField(max_length=16)
    company = models.ForeignKey(
        PropertyCompany, models.DO_NOTHING, null=True, related_name="+", db_index=False
    )
    reopened = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)

    objects = CaseSpans.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "since"], name="a_span_begins_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(until=None),
                name="a_case_stands_in_one_way",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="a_span_lasts",
            ),
        ]
        # What is overdue now, and what was so once.
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(until=None, ended_at=None),
                name="case_spans_by_deadline",
            ),
            models.Index(
                fields=["until"],
                condition=models.Q(ended_at=None, until__gt=models.F("due_at")),
                name="case_spans_that_were_late",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.state} · {self.since:%Y-%m-%d}"
