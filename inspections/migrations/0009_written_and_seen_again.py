"""Indexes of full tables, made while records go on arriving."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inspections", "0008_the_tablets_day")]

    operations = [
        AddIndexConcurrently(
            model_name="finding",
            index=models.Index(
                fields=["same_as"],
                condition=models.Q(same_as__isnull=False),
                name="findings_seen_again",
            ),
        ),
        AddIndexConcurrently(
            model_name="finding", index=models.Index(fields=["xact"], name="findings_written")
        ),
        AddIndexConcurrently(
            model_name="inspection",
            index=models.Index(
                fields=["device", "number"],
                condition=models.Q(device__isnull=False),
                name="inspections_of_a_device",
            ),
        ),
    ]
