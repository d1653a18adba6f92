from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inspections", "0013_a_decision_has_its_history")]

    operations = [
        AddIndexConcurrently(
            model_name="finding",
            index=models.Index(
                fields=["community"],
                condition=models.Q(("closed_at", None), ("in_force", True)),
                name="findings_open",
            ),
        ),
    ]
