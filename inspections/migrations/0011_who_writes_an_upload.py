"""Which request writes an upload, and when bytes came last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0010_findings_that_left_their_community"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="writer",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="upload",
            name="written_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
