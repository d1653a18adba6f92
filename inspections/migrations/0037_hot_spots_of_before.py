"""The last answer to a question about hot spots is found though the data have changed since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0036_a_bulletin_is_issued_by_itself")]

    operations = [
        # They are asked for anew: whose question an answer belongs to was not kept.
        migrations.RunSQL("DELETE FROM inspections_hotspots", migrations.RunSQL.noop),
        migrations.AddField(
            "hotspots",
            "of_question",
            models.CharField(max_length=64, db_index=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "hotspots",
            "version",
            models.CharField(max_length=40, default=""),
            preserve_default=False,
        ),
    ]
