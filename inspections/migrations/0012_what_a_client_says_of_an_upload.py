from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0011_who_writes_an_upload"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="metadata",
            field=models.TextField(blank=True, default="", editable=False),
        ),
    ]
