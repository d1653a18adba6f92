"""What was there before is summed, while others go on writing."""

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
        migrations.RunSQL("SELECT inspections_learn_closings()", migrations.RunSQL.noop),
        migrations.RunSQL("SELECT inspections_sum_again()", migrations.RunSQL.noop),
    ]
