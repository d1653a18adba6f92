"""What is read of what was there before has its indexes, while others go on writing. It is summed
by 0033, which finds faster what came again; where this was run before, that adds nothing."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

OF_CLOSED = models.Q(("closed_at__isnull", False))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inspections", "0029_what_sums_lack")]

    operations = [
        AddIndexConcurrently(
            "finding",
            models.Index(fields=["closed_at"], condition=OF_CLOSED, name="findings_by_closing"),
        ),
        AddIndexConcurrently(
            "finding",
            models.Index(
                fields=["estate", "item", "closed_at"],
                condition=OF_CLOSED,
                name="findings_closed_at_a_place",
            ),
        ),
        AddIndexConcurrently(
            "casespan",
            models.Index(
                fields=["due_at"],
                condition=models.Q(until=None, ended_at=None),
                name="case_spans_by_deadline",
            ),
        ),
        AddIndexConcurrently(
            "casespan",
            models.Index(
                fields=["until"],
                condition=models.Q(ended_at=None, until__gt=models.F("due_at")),
                name="case_spans_that_were_late",
            ),
        ),
    ]
