"""The index that finds what was closed at a place; and what was there before is summed, while
others go on writing.
"""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

OF_CLOSED = models.Q(("closed_at__isnull", False))


def sum_again(apps, _editor):
    # Not before: a new database has nothing, and not yet all that this reads.
    if apps.get_model("inspections", "Inspection").objects.exists():
        from inspections.overview.verified import sum_again

        sum_again()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inspections", "0032_found_again_by_place")]

    operations = [
        AddIndexConcurrently(
            "finding",
            models.Index(
                "estate",
                "item",
                "asset",
                "closed_at",
                models.Func("place", function="ST_X", output_field=models.FloatField()),
                models.Func("place", function="ST_Y", output_field=models.FloatField()),
                condition=OF_CLOSED,
                name="findings_closed_on_a_spot",
            ),
        ),
        RemoveIndexConcurrently("finding", "findings_closed_at_a_place"),
        migrations.RunPython(sum_again, migrations.RunPython.noop),
    ]
